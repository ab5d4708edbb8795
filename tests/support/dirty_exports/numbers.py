"""Exports whose numbers are text, of another type, in another unit, or none at all."""

import math
from collections.abc import Callable
from decimal import Decimal
from random import Random

from tests.support.dirty_exports.export import Export, only_writing

FAULT = {"not_a_number"}


def _grouped(value: str, thousands: str, decimals: str) -> str:
    return f"{Decimal(value):,}".replace(",", "\0").replace(".", decimals).replace("\0", thousands)


# How programs and people write numbers, apart from digits and a dot.
FORMATS: dict[str, Callable[[str], str]] = {
    "1,234.50": lambda value: _grouped(value, ",", "."),
    "1.234,50": lambda value: _grouped(value, ".", ","),
    "1 234,50": lambda value: _grouped(value, " ", ","),
    "1 234,50 with a no-break space": lambda value: _grouped(value, "\u00a0", ","),
    "1 234.50 with a thin space": lambda value: _grouped(value, "\u202f", "."),
    "1'234.50": lambda value: _grouped(value, "'", "."),
    "1234,50": lambda value: value.replace(".", ","),
    "EUR 12.50": lambda value: f"EUR {value}",
    "12.50 €": lambda value: f"{value} €",
    "$12.50": lambda value: f"${value}",
    "12.50%": lambda value: f"{value}%",
    "1.25e1": lambda value: f"{Decimal(value):e}",
    "1.25E+01": lambda value: f"{float(value):E}",
    "+12.50": lambda value: f"+{value}",
    "12.50-": lambda value: f"{value}-",
    "(12.50)": lambda value: f"({value})",
    "12_50": lambda value: f"{value[0]}_{value[1:]}",
    "'12.50": lambda value: f"'{value}",
    '"12.50"': lambda value: f'"{value}"',
    '="12.50"': lambda value: f'="{value}"',
    "full width": lambda value: value.translate({ord(str(digit)): 0xFF10 + digit for digit in range(10)}),
    "arabic digits": lambda value: value.translate({ord(str(digit)): 0x0660 + digit for digit in range(10)}),
    "12.50k": lambda value: f"{Decimal(value) / 1000}k",
    "12.50 a line end in it": lambda value: f"{value[0]}\n{value[1:]}",
    ".": lambda value: f"{value}.",
}
# What stands where a number should be.
NONE = [
    "n/a",
    "-",
    "--",
    "null",
    "NULL",
    "NaN",
    "nan",
    "None",
    "#N/A",
    "#VALUE!",
    "\\N",
    "inf",
    "Infinity",
    "true",
    "?",
]


def text(column: str, form: str) -> Callable[[Export, Random], None]:
    """Numbers in one of FORMATS."""

    @only_writing
    def dirt(export: Export, rng: Random) -> None:
        export.metrics.types[column] = "varchar"
        for number in export.some(rng):
            row = export.metrics.rows[number]
            row[column] = FORMATS[form](row[column] or "0")
        export.expect(FAULT, column)

    return dirt


def thousands_with_dots(column: str, unit: int = 1) -> Callable[[Export, Random], None]:
    """1.234 is one thousand and some: without decimals, it looks like a number. So does 12.000 if all are round.

    unit : the numbers are rounded up to a multiple of it.
    """

    def dirt(export: Export, rng: Random) -> None:
        export.metrics.types[column] = "varchar"
        for row, fact in zip(export.metrics.rows, export.facts, strict=True):
            whole = math.ceil(fact.numbers[column] / unit) * Decimal(unit)
            fact.numbers[column] = whole
            row[column] = _grouped(str(whole), ".", ",")
        export.expect(FAULT, column)

    return dirt


def no_number(column: str) -> Callable[[Export, Random], None]:
    """Words where a number is missing: then it counts as zero, if somebody says so."""

    def dirt(export: Export, rng: Random) -> None:
        word = rng.choice(NONE)
        export.metrics.types[column] = "varchar"
        for number in export.some(rng):
            export.metrics.rows[number][column] = word
            export.facts[number].numbers[column] = Decimal(0)
        export.expect(FAULT, column, settles={"accepted_findings": {"not_a_number": "all"}}, heard=True)

    return dirt


def null_spend(export: Export, rng: Random) -> None:
    """The ads ran, and the loader lost what they cost."""
    for number in export.some(rng):
        export.metrics.rows[number]["spend"] = None
        export.facts[number].numbers["spend"] = Decimal(0)
    export.expect({"missing_spend"}, "spend", heard=True)


def too_large(column: str, type_: str, value: str) -> Callable[[Export, Random], None]:
    """One value that the column of the contract cannot hold, or that nothing costs."""

    def dirt(export: Export, rng: Random) -> None:
        number = rng.randrange(len(export.metrics.rows))
        export.metrics.types[column] = type_
        export.metrics.rows[number][column] = value
        export.facts[number].numbers[column] = Decimal(0)
        export.expect(FAULT, column, settles={"accepted_findings": {"not_a_number": "all"}}, heard=True)

    return dirt


def half_a_count(column: str) -> Callable[[Export, Random], None]:
    def dirt(export: Export, rng: Random) -> None:
        export.metrics.types[column] = "double"
        for number in export.some(rng):
            export.metrics.rows[number][column] = f"{export.facts[number].numbers[column]}.5"
            export.facts[number].numbers[column] = Decimal(0)
        export.expect(FAULT, column, settles={"accepted_findings": {"not_a_number": "all"}}, heard=True)

    return dirt


def of_type(column: str, type_: str) -> Callable[[Export, Random], None]:
    """Numbers that are right, in another type than the contract's."""

    @only_writing
    def dirt(export: Export, rng: Random) -> None:
        export.metrics.types[column] = type_

    return dirt


def money_in_32_bits(export: Export, rng: Random) -> None:
    """Seven digits are left of nine."""
    export.metrics.types["spend"] = "float"
    export.expect({"numbers_that_lost_digits"}, "spend", heard=True)


@only_writing
def plain_text(export: Export, rng: Random) -> None:
    for column in ("impressions", "clicks", "spend", "conversions", "conversions_value"):
        export.metrics.types[column] = "varchar"


@only_writing
def text_with_blanks(export: Export, rng: Random) -> None:
    export.metrics.types |= {"spend": "varchar", "clicks": "varchar"}
    for row in export.metrics.rows:
        row |= {"spend": f" {row['spend']} ", "clicks": f"{row['clicks']}\r"}


@only_writing
def whole_numbers_as_floats_in_text(export: Export, rng: Random) -> None:
    """What pandas writes for a column with a missing value."""
    export.metrics.types |= {"impressions": "varchar", "clicks": "varchar"}
    for row in export.metrics.rows:
        row |= {"impressions": f"{row['impressions']}.0", "clicks": f"{row['clicks']}.0"}


def micros_in_a_column_of_that_name(name: str) -> Callable[[Export, Random], None]:
    @only_writing
    def dirt(export: Export, rng: Random) -> None:
        _in_micros(export)
        export.metrics.rename("spend", name)
        export.vars |= {"raw_metrics_columns": {"spend": name}}
        settles = {"raw_metrics_columns": {"spend": {"micros": name}}}
        export.expect({"spend_in_micros", "implausible_costs"}, name, settles=settles)

    return dirt


@only_writing
def micros_without_a_word(export: Export, rng: Random) -> None:
    _in_micros(export)
    export.expect({"implausible_costs"}, "spend", settles={"raw_metrics_columns": {"spend": {"micros": "spend"}}})


def one_row_in_micros(export: Export, rng: Random) -> None:
    row = rng.choice(export.metrics.rows)
    row["spend"] = str(Decimal(row["spend"] or 0) * 1_000_000)
    export.expect({"implausible_costs"}, "spend", heard=True)


@only_writing
def micros_as_they_should_be(export: Export, rng: Random) -> None:
    _in_micros(export)
    export.metrics.rename("spend", "cost_micros")
    export.vars |= {"raw_metrics_columns": {"spend": {"micros": "cost_micros"}}}


def credits_and_refunds(export: Export, rng: Random) -> None:
    """Below zero is right."""
    for number in export.some(rng)[:3]:
        row, fact = export.metrics.rows[number], export.facts[number]
        row |= {"spend": f"-{row['spend']}", "conversions": f"-{row['conversions']}"}
        fact.numbers |= {"spend": -fact.numbers["spend"], "conversions": -fact.numbers["conversions"]}


def impossible_counts(kind: str) -> Callable[[Export, Random], None]:
    """They count as they are, and somebody hears of it."""

    def dirt(export: Export, rng: Random) -> None:
        for number in export.some(rng):
            row, fact = export.metrics.rows[number], export.facts[number]
            shown, clicks = fact.numbers["impressions"], fact.numbers["clicks"]
            counts = {
                "clicks_without_impressions": {"impressions": Decimal(0), "clicks": clicks + 1},
                "clicks_above_impressions": {"impressions": shown, "clicks": shown + 1},
                "negative_counts": {"impressions": shown, "clicks": -clicks - 1},
            }[kind]
            fact.numbers |= counts
            row |= {name: str(count) for name, count in counts.items()}
        export.expect({kind}, "clicks", heard=True)

    return dirt


def _in_micros(export: Export) -> None:
    export.metrics.types["spend"] = "bigint"
    for row in export.metrics.rows:
        row["spend"] = str(int(Decimal(row["spend"] or 0) * 1_000_000))
