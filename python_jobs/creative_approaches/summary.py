"""What the marts say, in short: one table per cohort, for a terminal."""

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from itertools import groupby
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from creative_approaches.adapters.warehouses.port import Warehouse
from creative_approaches.tables import BRIEFS, ISSUES, PERIODS

SHOWN_TAGS = 3
SHOWN_ENDED = 5  # approaches without activity in the last period; the rest are counted
OUTSIDE = {
    "outlier": "outliers",
    "unclusterable": "without usable text",
    "unattributed": "no creative found",
    "late": "too late for their period",
    "pending": "not clustered yet",
}
# Why not to rely on an approach, by the word that its row says.
CAUTIONS = {
    "not stable": "samples of the same creatives do not reliably form it again",
    "mixed": "no trait holds its creatives together",
}
WARNED = "Warnings about what was read, in fct_data_quality_issues: "

Spend = Mapping[str, Decimal]  # by currency


def summarise(warehouse: Warehouse, marts: Mapping[str, str]) -> RenderableType:
    """Approaches by name and status with stability, size, CTR, its trend, tags and spend, then where to look next.

    Currencies are never added up: an approach that was billed in two shows two sums.
    """
    periods = warehouse.read(PERIODS).to_pylist()
    briefs = warehouse.read(BRIEFS).to_pylist()
    if not periods:
        return Text("The marts are empty: no creative has any activity. Check the raw tables, then: approaches run")
    spend = _spend_by(periods, "approach_id")
    first, last = min(row["period_start"] for row in periods), max(row["period_start"] for row in periods)
    parts: list[RenderableType] = [Text(f"Creative approaches, periods from {first} to {last}", style="bold")]
    briefs.sort(key=lambda row: (row["cohort_id"], row["status"] == "INACTIVE", -row["creatives"], row["approach_id"]))
    said: set[str] = set()
    for cohort_id, rows in groupby(briefs, key=lambda row: row["cohort_id"]):
        own_periods = [row for row in periods if row["cohort_id"] == cohort_id]
        shown, hidden = _shown(list(rows))
        said.update(word for row in shown for word in _cautions(row))
        parts += _cohort(cohort_id, shown, hidden, spend, _spend_by(own_periods, "assignment_status"))
    if said:
        parts.append(Text())
        parts += [Text(f"{word}: {reason}", style="dim") for word, reason in CAUTIONS.items() if word in said]
    warned = [row for row in warehouse.read(ISSUES).to_pylist() if row["level"] == "warn"]
    if warned:
        parts += [Text(), Text(f"{WARNED}{_counts(warned)}. See: approaches check", style="yellow")]
    parts.append(Text(_next_steps(warehouse.location, marts)))
    return Group(*parts)


def _counts(issues: list[dict[str, Any]]) -> str:
    """The kinds of these issues, each with how many rows, creatives or days it has."""
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for row in issues:
        counts[row["kind"].replace("_", " "), row["unit"]] += row["affected"]
    return ", ".join(
        f"{kind} ({count:,} {unit}{'' if count == 1 else 's'})" for (kind, unit), count in sorted(counts.items())
    )


def _spend_by(periods: list[dict[str, Any]], column: str) -> dict[str, dict[str, Decimal]]:
    sums: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for row in periods:
        sums[row[column]][row["currency_code"]] += row["spend"]
    return sums


def _shown(briefs: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], int]:
    """The approaches that a cohort's table shows, and how many ended ones it does not."""
    living = [row for row in briefs if row["status"] != "INACTIVE"]
    ended = [row for row in briefs if row["status"] == "INACTIVE"]
    return living + ended[:SHOWN_ENDED], max(0, len(ended) - SHOWN_ENDED)


def _cautions(brief: Mapping[str, Any]) -> list[str]:
    """What is known to speak against it; what was not measured or read does not."""
    return ["not stable"] * (brief["is_stable"] is False) + ["mixed"] * (brief["name_traits"] == "")


def _cohort(
    cohort_id: str,
    shown: list[dict[str, Any]],
    hidden: int,
    spend: Mapping[str, Spend],
    by_assignment: Mapping[str, Spend],
) -> list[RenderableType]:
    table = Table(
        box=SIMPLE_HEAD,
        title=f"Cohort {cohort_id}: creatives of the last active period, CTR of the last one that is over",
        title_justify="left",
        pad_edge=False,
    )
    for heading in ("approach", "status"):
        table.add_column(heading)
    for heading in ("stability", "creatives", "CTR"):
        table.add_column(heading, justify="right")
    table.add_column("trend of the CTR")
    table.add_column("tags that set it apart")
    table.add_column("spend, all periods", justify="right")
    for row in shown:
        table.add_row(
            Text.assemble(row["approach_name"] or row["approach_id"], (_bracketed(_cautions(row)), "dim")),
            row["status"],
            "" if row["stability"] is None else f"{row['stability']:.2f}",
            f"{row['creatives']:,}",
            "" if row["ctr"] is None else f"{row['ctr']:.2%}",
            Text((row["ctr_direction"] or "too little data") + (", wearing out" if row["is_fatigued"] else "")),
            Text(", ".join((row["discriminating_tags"] or "").split(", ")[:SHOWN_TAGS])),
            _money(spend.get(row["approach_id"], {})),
        )
    lines: list[RenderableType] = [Text(), table]
    if hidden:
        lines.append(Text(f"... and {hidden} more that ended"))
    outside = [f"{_money(by_assignment[key], ', ')} {words}" for key, words in OUTSIDE.items() if key in by_assignment]
    if outside:
        lines.append(Text(f"Spend outside of approaches: {'; '.join(outside)}"))
    return lines


def _bracketed(words: list[str]) -> str:
    return f" ({', '.join(words)})" if words else ""


def _money(spend: Spend, separator: str = "\n") -> str:
    return separator.join(f"{amount:,.2f} {currency}" for currency, amount in sorted(spend.items()))


def _next_steps(location: str, marts: Mapping[str, str]) -> str:
    trends = marts["fct_approach_trends"].replace('"', "")
    names = ", ".join(marts)
    return f"""
Data: {location}
Marts: {names}
Try next, in DuckDB: which approaches are getting better, and since when?
  select approach_name, cohort_id, metric, currency_code, period_start, trend_reason
  from {trends}
  where direction = 'better' and is_mature
  order by period_start desc, cohort_id, approach_name, metric, currency_code;
"""
