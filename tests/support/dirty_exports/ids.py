"""Exports whose ids are written in two ways, have lost digits, or are missing."""

from collections.abc import Callable
from random import Random

from tests.support.dirty_exports.export import Export, Table

LOST = {"ids_that_lost_digits"}
APART = {"unattributed_spend"}
INVISIBLE = {
    "U+200E": "\u200e",
    "zero-width space": "\u200b",
    "byte order mark": "\ufeff",
    "soft hyphen": "\u00ad",
    "embedding": "\u202a",
    "word joiner": "\u2060",
    "no-break space": "\u00a0",
    "tab": "\t",
    "carriage return": "\r",
    "line end": "\n",
    "blank": " ",
}


def _one_side(export: Export, rng: Random) -> Table:
    return rng.choice([export.creatives, export.metrics])


def invisible(name: str, inside: bool = False) -> Callable[[Export, Random], None]:
    """What nobody sees, on one side, of all ids."""

    def dirt(export: Export, rng: Random) -> None:
        sign = INVISIBLE[name]
        column = rng.choice(["creative_id", "account_id"])
        side = _one_side(export, rng)
        if inside:
            export.ids(column, lambda id_: f"{id_[:3]}{sign}{id_[3:]}", side)
        else:
            export.ids(column, lambda id_: rng.choice([f"{sign}{id_}", f"{id_}{sign}"]), side)
        export.expect(APART, column, settles=None)

    return dirt


def of_types(creatives: str, metrics: str) -> Callable[[Export, Random], None]:
    """The two tables have another type each; no digit is lost."""

    def dirt(export: Export, rng: Random) -> None:
        column = rng.choice(["creative_id", "account_id"])
        export.creatives.types[column] = creatives
        export.metrics.types[column] = metrics

    return dirt


def float_text(suffix: str) -> Callable[[Export, Random], None]:
    """What pandas and some loaders make of a number: 98.0."""

    def dirt(export: Export, rng: Random) -> None:
        export.ids(rng.choice(["creative_id", "account_id"]), lambda id_: f"{id_}{suffix}", _one_side(export, rng))

    return dirt


def prefix(text: str) -> Callable[[Export, Random], None]:
    """A prefix that a platform adds to accounts."""

    def dirt(export: Export, rng: Random) -> None:
        export.ids("account_id", lambda id_: f"{text}{id_}", _one_side(export, rng))
        export.expect(APART, "account_id", "the account is", settles={"account_id_prefixes": [text]})

    return dirt


def google_dashes(export: Export, rng: Random) -> None:
    export.ids("account_id", lambda id_: f"{id_[:3]}-{id_[3:6]}-{id_[6:]}", _one_side(export, rng))
    export.expect(APART, "account_id", "the account is", settles=None)


def upper_case_on_one_side(export: Export, rng: Random) -> None:
    export.ids("creative_id", str.upper, _one_side(export, rng))
    export.expect(APART, "creative_id", settles={"ids_ignore_case": True})


def ids_that_differ_in_case_alone(export: Export, rng: Random) -> None:
    """Two ads, and not one."""
    _two_ads(export, str.swapcase)


def ids_that_differ_in_a_leading_zero(export: Export, rng: Random) -> None:
    _two_ads(export, lambda id_: f"0{id_}")


def leading_zeros_lost_on_one_side(export: Export, rng: Random) -> None:
    export.ids("creative_id", lambda id_: f"00{id_}")
    export.ids("creative_id", lambda id_: id_.lstrip("0"), _one_side(export, rng))
    export.expect(APART, "creative_id", settles=None)


def _as_float(id_: str) -> str:
    return str(int(float(id_)))


# What programs make of a number of 17 or 18 digits.
LOSSES: dict[str, Callable[[str], str]] = {
    "1.2021E+17": lambda id_: f"{float(id_):.4E}",
    "1.20210012E+17": lambda id_: f"{float(id_):.8E}",
    "1,2021E+17": lambda id_: f"{float(id_):.4E}".replace(".", ","),
    "1.2021e+17": lambda id_: f"{float(id_):.4e}",
    "1.2021e17": lambda id_: f"{float(id_):.4e}".replace("+", ""),
    "1E+17": lambda id_: f"{float(id_):.0E}",
    "1.2021E+17 with blanks": lambda id_: f" {float(id_):.4E} ",
    "1.2021001234567891e+17": lambda id_: repr(float(id_)),
    "float, as a whole number": _as_float,
    "float, .0": lambda id_: f"{_as_float(id_)}.0",
    "15 digits and zeros": lambda id_: f"{id_[:15]}{'0' * (len(id_) - 15)}",
}


def digits_lost(form: str, both: bool) -> Callable[[Export, Random], None]:
    def dirt(export: Export, rng: Random) -> None:
        # An account makes its ads one after the other: their ids are near each other, and meet when digits are lost.
        _number_near_each_other(export, rng)
        sides = (export.creatives, export.metrics) if both else (_one_side(export, rng),)
        export.ids("creative_id", LOSSES[form], *sides)
        # Of few ads too little is left to see it, but those that became one contradict each other.
        export.expect(LOST | APART | {"contradicting_rows"}, "creative_id", "spend", settles=None)

    return dirt


def digits_lost_of_groups(column: str) -> Callable[[Export, Random], None]:
    """Campaigns or accounts, of both sides."""

    def dirt(export: Export, rng: Random) -> None:
        export.ids(column, LOSSES["1.2021E+17"])
        export.expect(LOST, column, settles=None)

    return dirt


def floats(both: bool, type_: str = "double") -> Callable[[Export, Random], None]:
    """Ids in a column of floats that have too few digits for them."""

    def dirt(export: Export, rng: Random) -> None:
        if type_ == "double":
            _number_near_each_other(export, rng)
        for side in (export.creatives, export.metrics) if both else (_one_side(export, rng),):
            side.types["creative_id"] = type_
        # Of few ads too little is left to see it, but those that became one contradict each other.
        export.expect(LOST | APART | {"contradicting_rows"}, "creative_id", "spend", settles=None)

    return dirt


def missing(value: str | None) -> Callable[[Export, Random], None]:
    """No id, or what some program writes for none."""

    def dirt(export: Export, rng: Random) -> None:
        for number in export.some(rng):
            export.metrics.rows[number]["creative_id"] = value
            export.facts[number].headline = None
        # Several ads are one key now, and their rows add up.
        settles = {"accepted_findings": {"unattributed_spend": "all"}, "raw_metrics_grain": "finer"}
        kinds = APART | {"metrics_without_id", "contradicting_rows"}
        export.expect(kinds, "creative_id", "spend", settles=settles)

    return dirt


def null_ids_of_most_ads(export: Export, rng: Random) -> None:
    """All rows of one ad lose their id, as a deleted ad's do; they are lines of one key then."""
    lost = set(rng.sample(sorted({str(row["creative_id"]) for row in export.metrics.rows}), 3))
    for row, fact in zip(export.metrics.rows, export.facts, strict=True):
        if row["creative_id"] in lost:
            row["creative_id"], fact.headline = None, None
    export.expect(
        APART | {"metrics_without_id"}, "creative_id", settles={"accepted_findings": {"unattributed_spend": "all"}}
    )


def missing_accounts(both: bool) -> Callable[[Export, Random], None]:
    def dirt(export: Export, rng: Random) -> None:
        export.ids("account_id", lambda _: None, *((export.creatives, export.metrics) if both else (export.metrics,)))
        export.expect(APART, "account_id", "the account is", settles=None)

    return dirt


def unknown_ads(export: Export, rng: Random) -> None:
    """The creatives table was exported before the newest ads were made."""
    gone = {str(row["headline"]) for row in rng.sample(export.creatives.rows, 3)}
    export.creatives.rows = [row for row in export.creatives.rows if row["headline"] not in gone]
    for fact in export.facts:
        if fact.headline in gone:
            fact.headline = None
    export.expect(APART, "creative_id", settles={"accepted_findings": {"unattributed_spend": "all"}})


def another_platform_name(export: Export, rng: Random) -> None:
    for row in export.metrics.rows:
        row["platform"] = "meta"
    export.expect({"unknown_platforms", "unattributed_spend"}, "platform", settles=None)


def platform_in_capitals(export: Export, rng: Random) -> None:
    for row in export.metrics.rows:
        name = str(row["platform"])
        row["platform"] = rng.choice([name.title(), name.upper(), f" {name}", f"{name}\u200b"])


def campaigns_as_floats(export: Export, rng: Random) -> None:
    """The same rows twice, by two programs of which one writes campaigns as floats."""
    again = [row | {"campaign_id": f"{row['campaign_id']}.0"} for row in export.metrics.rows]
    export.metrics.rows += again
    export.expect(
        {"repeated_rows", "equal_rows_added", "contradicting_rows"}, "campaign_id", "creative_daily_metrics", heard=True
    )


def currencies_in_small_letters(export: Export, rng: Random) -> None:
    for row in export.metrics.rows:
        row["currency_code"] = rng.choice([str(row["currency_code"]), str(row["currency_code"]).lower() + " "])


def currencies_with_invisible_signs(export: Export, rng: Random) -> None:
    for number in export.some(rng):
        row = export.metrics.rows[number]
        row["currency_code"] = rng.choice([f"\u200e{row['currency_code']}", f"{row['currency_code']}\u00ad"])


def no_currency(export: Export, rng: Random) -> None:
    for row, fact in zip(export.metrics.rows, export.facts, strict=True):
        row["currency_code"], fact.currency = None, "XXX"
    export.expect({"unknown_currency"}, "currency_code")


def no_currency_in_some_rows(value: str | None) -> Callable[[Export, Random], None]:
    """What cost euros in one row cost nothing that is known in the next."""

    def dirt(export: Export, rng: Random) -> None:
        for number in export.some(rng)[::2]:
            export.metrics.rows[number]["currency_code"] = value
        export.expect({"unknown_currency"}, "currency_code", heard=True)

    return dirt


def old_versions_of_creatives(export: Export, rng: Random) -> None:
    older = [
        row | {"headline": "Old", "created_at": "2026-02-01 00:00:00", "updated_at": "2026-02-01 00:00:00"}
        for row in export.creatives.rows
    ]
    export.creatives.rows = older + export.creatives.rows


def _two_ads(export: Export, second: Callable[[str], str]) -> None:
    """Give the second ad of the first account an id that looks much like the first one's."""
    first, other = str(export.creatives.rows[0]["creative_id"]), str(export.creatives.rows[1]["creative_id"])
    export.ids("creative_id", lambda id_: second(first) if id_ == other else id_)


def _number_near_each_other(export: Export, rng: Random) -> None:
    start = rng.randrange(120210000000000000, 120219999999999000)
    ids = {
        id_: str(start + 7 * number)
        for number, id_ in enumerate(sorted({str(row["creative_id"]) for row in export.creatives.rows}))
    }
    export.ids("creative_id", ids.__getitem__)
