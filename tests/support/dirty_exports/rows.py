"""Exports with more rows than facts: finer ones, repeated ones, versions, totals."""

from collections.abc import Callable
from decimal import Decimal
from random import Random

from tests.support.dirty_exports.export import NUMBERS, Export, Row

FINER = {"contradicting_rows", "repeated_rows"}
# Counted once, or added where rows add up.
COPIES = {"repeated_rows", "equal_rows_added"}
VERSIONS = {"raw_metrics_grain": "versions", "raw_metrics_version": "synced"}
BREAKDOWNS = {
    "age": ["18-24", "25-34", "35-44"],
    "gender": ["female", "male"],
    "hour": [str(hour) for hour in range(24)],
    "publisher_platform": ["facebook", "instagram", "audience_network"],
    "attribution_window": ["1d_view", "7d_click"],
    "device": ["mobile", "desktop", "tablet"],
    "country": ["DE", "AT", "CH", "FR"],
    "ad_group_id": ["4001", "4002"],
}


def finer(column: str) -> Callable[[Export, Random], None]:
    """A row for each value of a column that is not read."""

    def dirt(export: Export, rng: Random) -> None:
        parts = BREAKDOWNS[column]
        export.metrics.types[column] = "varchar"
        split = set(export.some(rng))
        rows: list[Row] = []
        for number, row in enumerate(export.metrics.rows):
            shares = _parts(row, len(parts), rng) if number in split else [row]
            rows += [share | {column: part} for share, part in zip(shares, parts, strict=False)]
        export.metrics.rows = rows
        export.expect(FINER, column, settles={"raw_metrics_grain": "finer"})

    return dirt


def finer_with_equal_numbers(export: Export, rng: Random) -> None:
    """Women and men cost the same."""
    _halve(export)
    export.metrics.types["gender"] = "varchar"
    export.metrics.rows = [row | {"gender": gender} for row in export.metrics.rows for gender in ("female", "male")]
    export.expect(FINER, "gender", settles={"raw_metrics_grain": "finer"})


def finer_without_the_column(export: Export, rng: Random) -> None:
    """The column that tells the rows apart was left out of the export."""
    export.metrics.rows = [part for row in export.metrics.rows for part in _parts(row, 3, rng)]
    export.expect(FINER, *NUMBERS, settles={"raw_metrics_grain": "finer"})


def equal_rows_that_are_two_facts(export: Export, rng: Random) -> None:
    """Nobody can tell them from a row that was loaded twice, so that they may count once if it is said."""
    _halve(export)
    export.metrics.rows = [dict(row) for row in export.metrics.rows for _ in range(2)]
    export.expect(FINER | COPIES, "creative_daily_metrics", settles={"raw_metrics_grain": "finer"})


def loaded_twice(export: Export, rng: Random) -> None:
    export.metrics.rows += [dict(export.metrics.rows[number]) for number in export.some(rng)]
    export.expect(COPIES, "creative_daily_metrics", heard=True)


def loaded_twice_at_other_times(export: Export, rng: Random) -> None:
    """A loader's own columns differ."""
    again = [dict(export.metrics.rows[number]) for number in export.some(rng)]
    for load, rows in enumerate((export.metrics.rows, again)):
        for row in rows:
            row |= {"_file": f"export_{load}.csv", "loaded_at": f"2026-04-0{load + 1} 06:00:00"}
    export.metrics.types |= {"_file": "varchar", "loaded_at": "timestamp"}
    export.metrics.rows += again
    export.expect(COPIES, "creative_daily_metrics", heard=True)


def loaded_twice_with_rounding(export: Export, rng: Random) -> None:
    """The second program kept fewer decimals: the rows differ by less than a tenth of a cent."""
    export.metrics.types["spend"] = "decimal(18, 4)"
    again = [row | {"spend": str(Decimal(row["spend"] or 0) - Decimal("0.0004"))} for row in export.metrics.rows]
    export.metrics.rows += again
    export.expect(FINER, "spend", heard=True)


def loaded_twice_by_two_programs(column: str, change: Callable[[str], str | None]) -> Callable[[Export, Random], None]:
    """The second program writes one of the columns that tell rows apart in another way, or not at all."""

    def dirt(export: Export, rng: Random) -> None:
        again = [export.metrics.rows[number] for number in export.some(rng)]
        export.metrics.rows += [row | {column: change(row[column] or "")} for row in again]
        kinds = {"contradicting_rows", "unattributed_spend", "rows_repeated_under_other_keys"}
        export.expect(COPIES | kinds, column, "creative_daily_metrics", "creative_id", heard=True)

    return dirt


def overlapping_files(export: Export, rng: Random) -> None:
    """Two files hold some days both, and the name of the file is a column like any other."""
    again = [row | {"source_file": "second.csv"} for row in export.metrics.rows[len(export.metrics.rows) // 2 :]]
    export.metrics.types["source_file"] = "varchar"
    export.metrics.rows = [row | {"source_file": "first.csv"} for row in export.metrics.rows] + again
    export.expect(FINER | {"rows_repeated_under_other_keys"}, "source_file", heard=True)


def restated(export: Export, rng: Random) -> None:
    """The platform corrected its numbers later, and both states are in the table."""
    _restate(export, rng, "2026-04-01", "2026-04-02", "date")
    export.expect(FINER, "synced", settles=VERSIONS)


def versions_in_text(older: str, newer: str, *, have_an_order: bool) -> Callable[[Export, Random], None]:
    """The column that is said to tell the newest row is a text."""

    def dirt(export: Export, rng: Random) -> None:
        _restate(export, rng, older, newer, "varchar")
        export.vars |= VERSIONS
        if not have_an_order:
            export.expect({"contradicting_rows"}, "synced", settles=None)

    return dirt


def finer_in_one_version(export: Export, rng: Random) -> None:
    """What is said to be versions are parts that were loaded together."""
    finer("age")(export, rng)
    export.metrics.types["synced"] = "timestamp"
    export.metrics.rows = [row | {"synced": "2026-04-01 06:00:00"} for row in export.metrics.rows]
    export.vars |= VERSIONS


def versions_without_an_id(export: Export, rng: Random) -> None:
    """A deleted ad's rows are restated, too, and nothing tells which row is a version of which."""
    lost = {str(row["creative_id"]) for row in rng.sample(export.creatives.rows, 3)}
    for row, fact in zip(export.metrics.rows, export.facts, strict=True):
        if row["creative_id"] in lost:
            row["creative_id"], fact.headline = None, None
    _restate(export, rng, "2026-04-01", "2026-04-02", "date")
    export.vars |= VERSIONS | {"accepted_findings": {"unattributed_spend": "all"}}
    export.expect({"versions_added"}, "creative_id")


def restated_downwards(export: Export, rng: Random) -> None:
    """Clicks that were fraud are taken back: the fullest row is the wrong one."""
    older = []
    for number in export.some(rng):
        row = export.metrics.rows[number]
        older.append(row | {"spend": str(Decimal(row["spend"] or 0) * 2), "synced": "2026-04-01"})
    export.metrics.types["synced"] = "date"
    export.metrics.rows = older + [row | {"synced": "2026-04-02"} for row in export.metrics.rows]
    export.expect(FINER, "synced", settles=VERSIONS)


def one_row_restated(export: Export, rng: Random) -> None:
    """Too little to stop a run."""
    row = min(export.metrics.rows, key=lambda row: Decimal(row["spend"] or 0))
    export.metrics.rows.append(row | {"spend": str(Decimal(row["spend"] or 0) - Decimal("0.01"))})
    export.expect(FINER, "spend", heard=True)


def with_subtotals(export: Export, rng: Random) -> None:
    """A row for all ads of an account and day, as reports with subtotals have them: without an ad."""
    sums: dict[tuple[str | None, ...], Row] = {}
    for row in export.metrics.rows:
        key = (row["date_day"], row["account_id"], row["currency_code"])
        total = sums.setdefault(key, row | {"creative_id": None, "campaign_id": None} | dict.fromkeys(NUMBERS, "0"))
        total |= {name: str(Decimal(total[name] or 0) + Decimal(row[name] or 0)) for name in NUMBERS}
    export.metrics.rows += list(sums.values())
    export.expect({"unattributed_spend", "metrics_without_id"}, "creative_id")


def with_a_total_at_the_end(export: Export, rng: Random) -> None:
    total = {name: str(sum(Decimal(row[name] or 0) for row in export.metrics.rows)) for name in NUMBERS}
    last = dict.fromkeys(export.metrics.types) | total
    last |= {"platform": export.metrics.rows[0]["platform"], "currency_code": "EUR"}
    export.metrics.rows.append(last)
    export.expect({"not_a_day", "unattributed_spend"}, "date_day", "creative_id")


def in_two_campaigns(export: Export, rng: Random) -> None:
    """One ad in two campaigns has two rows a day, which add up."""
    rows: list[Row] = []
    for row in export.metrics.rows:
        rows += [part | {"campaign_id": str(number + 1)} for number, part in enumerate(_parts(row, 2, rng))]
    export.metrics.rows = rows


def loaded_by_two_connections(column: str) -> Callable[[Export, Random], None]:
    """A column that says how a row came tells the copies apart, beside the one that says what part it is."""

    def dirt(export: Export, rng: Random) -> None:
        again = {number * 2 + part for number in export.some(rng) for part in range(2)}
        parts = [part for row in export.metrics.rows for part in _parts(row, 2, rng)]
        parts = [row | {"ad_set": str(number % 2)} for number, row in enumerate(parts)]
        export.metrics.types |= {"ad_set": "varchar", column: "varchar"}
        export.metrics.rows = [row | {column: "one"} for row in parts]
        export.metrics.rows += [row | {column: "two"} for number, row in enumerate(parts) if number in again]
        export.vars |= {"raw_metrics_grain": "finer"}
        export.expect({"rows_repeated_under_other_keys"}, column, heard=True)

    return dirt


def _restate(export: Export, rng: Random, older: str, newer: str, type_: str) -> None:
    """Rows of some of which there is an older state, which held less."""
    before = []
    for number in export.some(rng):
        row = export.metrics.rows[number]
        share = Decimal(rng.randrange(50, 99)) / 100
        old = {name: str(_as_before(Decimal(row[name] or 0) * share, name)) for name in NUMBERS}
        before.append(row | old | {"synced": older})
    export.metrics.types["synced"] = type_
    export.metrics.rows = before + [row | {"synced": newer} for row in export.metrics.rows]


def _halve(export: Export) -> None:
    for row, fact in zip(export.metrics.rows, export.facts, strict=True):
        for name in NUMBERS:
            half = max(1, int(fact.numbers[name] // 2))
            row[name], fact.numbers[name] = str(half), Decimal(2 * half)


def _parts(row: Row, number: int, rng: Random) -> list[Row]:
    """Rows that add up to this one, in whole counts and cents."""
    parts: list[Row] = [dict(row) for _ in range(number)]
    for name in NUMBERS:
        unit = Decimal("0.01") if "." in str(row[name]) else Decimal(1)
        left = Decimal(row[name] or 0)
        for place, part in enumerate(parts):
            most = int(left / unit)
            share = left if place == number - 1 else rng.randint(0, max(0, most) * 2 // number) * unit
            share = min(share, left)
            part[name] = str(share)
            left -= share
    return parts


def _as_before(value: Decimal, name: str) -> Decimal:
    return value.quantize(Decimal(1) if name in ("impressions", "clicks", "conversions") else Decimal("0.01"))
