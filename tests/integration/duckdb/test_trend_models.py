"""Changes and fatigue in SQL against the same numbers made the slow way, creative by creative, with scipy."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import scipy.stats

from tests.support.workspace import Workspace
from tests.support.worlds.simulated_metrics import Market, simulate_metrics
from tests.support.worlds.trend_models import load_simulated, run_trends

PARTS = {
    "ctr": ("clicks", "impressions"),
    "conversion_rate": ("conversions", "clicks"),
    "cost_per_click": ("spend", "clicks"),
    "cost_per_conversion": ("spend", "conversions"),
    "return_on_spend": ("conversions_value", "spend"),
    "frequency": ("impressions_with_reach", "reach"),
}
WEEKS = 4


@pytest.fixture(scope="module")
def trends(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Approaches of 2 to 20 creatives with turnover and shifts.

    One creative has clicks but was never shown, one has credits and refunds, and one no conversions. Of the largest
    account, each two creatives are copies of one.
    """
    simulated = [
        simulate_metrics(
            seed,
            Market(members, shift=0.8, turnover=0.25, conversion_delay=2.0),
            1 + 0.2 * np.random.default_rng(seed).random((5, WEEKS)),
            f"account of {members}",
        )
        for seed, members in enumerate((2, 3, 4, 8, 20))
    ]
    workspace = load_simulated(tmp_path_factory.mktemp("trends") / "a project", simulated)
    table = "approaches_staging.stg_raw__creative_daily_metrics"
    workspace.execute(
        f"update {table} set impressions = 0, reach = null where creative_key = 'account of 4 0000000'",
        f"update {table} set spend = -5, conversions = -1 where creative_key = 'account of 8 0000000'",
        f"update {table} set conversions = 0, conversions_value = 0 where creative_key = 'account of 3 0000000'",
        "insert into approaches_intermediate.int_creatives__content_hashes (version_key, content_hash) "
        "select distinct creative_key, account_id || ' ' || right(creative_key, 7)::int // 2 "
        f"from {table} where account_id = 'account of 20'",
    )
    run_trends(workspace, conversion_lag_days=0, trend_min_impressions=0, trend_min_clicks=0, trend_min_conversions=0)
    return workspace


@dataclass(frozen=True)
class Change:
    """A row of fct_approach_changes."""

    values: dict[str, Any]
    newer: dict[str, dict[str, float]]
    older: dict[str, dict[str, float]]

    def parts(self) -> tuple[str, str]:
        return PARTS[self.values["metric"]]


@pytest.fixture(scope="module")
def changes(trends: Workspace) -> list[Change]:
    members: dict[tuple[str, date], dict[str, dict[str, float]]] = defaultdict(dict)
    for row in _rows(trends, "approaches_intermediate.int_approaches__creative_periods"):
        sums = members[row["approach_id"], row["period_start"]].setdefault(row["content_key"], defaultdict(float))
        for name in _measures():
            sums[name] += float(row[name])
    rows = _rows(trends, "approaches_marts.fct_approach_changes")
    assert {row["periods_back"] for row in rows} == {1, 2, 3}
    return [
        Change(
            row,
            members[row["approach_id"], row["period_start"]],
            members[row["approach_id"], row["period_start"] - timedelta(weeks=row["periods_back"])],
        )
        for row in rows
    ]


def test_intervals_and_p_are_those_of_a_jackknife_over_creatives(changes: list[Change]) -> None:
    tested = 0
    for change in changes:
        expected = _jackknife(change)
        if expected is None:
            assert change.values["p_value"] is None
            continue
        delta, error, degrees = expected
        tested += 1
        assert change.values["delta"] == pytest.approx(delta, rel=1e-9, abs=1e-12)
        margin = scipy.stats.t.ppf(0.975, degrees) * error
        assert change.values["delta_high"] - change.values["delta"] == pytest.approx(margin, rel=0.0015)
        assert change.values["p_value"] == pytest.approx(2 * scipy.stats.t.sf(abs(delta) / error, degrees), abs=3e-5)
        assert change.values["creatives"] == degrees + 1
    assert tested > 500


def test_the_four_parts_are_what_they_say(changes: list[Change]) -> None:
    for change in changes:
        n, d = change.parts()
        if change.values["delta"] is None:
            continue
        lasting = change.newer.keys() & change.older.keys()
        comparable = [key for key in lasting if change.newer[key][d] > 0 < change.older[key][d]]
        bases = [sum(side[key][d] for key in lasting) for side in (change.newer, change.older)]
        if not comparable or not all(bases):
            continue
        rate, rate_back = (
            sum(side[key][n] for key in lasting) / base
            for side, base in zip((change.newer, change.older), bases, strict=True)
        )
        newer_total = sum(change.newer[key][d] for key in comparable)
        older_total = sum(change.older[key][d] for key in comparable)
        shifted = 0.0
        for key in comparable:
            rates = change.newer[key][n] / change.newer[key][d], change.older[key][n] / change.older[key][d]
            shifted += sum(rates) / 2 * (change.newer[key][d] / newer_total - change.older[key][d] / older_total)
        own = rate - rate_back - shifted
        came, left = change.values["value"] - rate, rate_back - change.values["value_back"]
        scale = max(abs(change.values["value"]), abs(change.values["value_back"]), 1e-9)
        found = [change.values[f"{part}_change"] for part in ("own", "reallocation", "entered", "left")]
        assert found == pytest.approx([own, shifted, came, left], rel=1e-6, abs=1e-7 * scale)
        assert sum(found) == pytest.approx(change.values["delta"], rel=1e-9, abs=1e-9 * scale)


def test_q_is_benjamini_hochbergs_within_cohort_period_and_metric(changes: list[Change]) -> None:
    families: dict[tuple[str, date, str], list[dict[str, Any]]] = defaultdict(list)
    for change in changes:
        row = change.values
        if row["p_value"] is None:
            assert row["q_value"] is None
            assert row["is_significant"] is None
        else:
            families[row["cohort_id"], row["period_start"], row["metric"]].append(row)
    assert max(map(len, families.values())) == 15
    for family in families.values():
        expected = scipy.stats.false_discovery_control([row["p_value"] for row in family])
        assert [row["q_value"] for row in family] == pytest.approx(expected.tolist(), rel=1e-12)
        assert all(row["is_significant"] == (row["q_value"] <= 0.05) for row in family)


def test_direction_knows_that_lower_costs_are_better(changes: list[Change]) -> None:
    seen = set()
    for row in (change.values for change in changes):
        if row["delta"]:
            is_cost = row["metric"] in ("cost_per_click", "cost_per_conversion", "frequency")
            assert row["direction"] == ("better" if (row["delta"] < 0) == is_cost else "worse")
            seen.add((row["metric"], row["direction"]))
    assert len(seen) == 2 * len(PARTS)


def test_no_figure_of_trends_is_infinite(trends: Workspace) -> None:
    for mart in ("fct_approach_changes", "fct_approach_trends", "fct_approach_fatigue"):
        rows = _rows(trends, f"approaches_marts.{mart}")
        assert rows
        assert all(np.isfinite(value) for row in rows for value in row.values() if isinstance(value, float))


def test_fatigue_is_the_spend_weighted_slope_of_each_creatives_own_ctr(trends: Workspace) -> None:
    table = "approaches_intermediate.int_approaches__creative_periods"
    histories: dict[str, dict[date, dict[str, float]]] = defaultdict(dict)
    members: dict[tuple[str, date], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for row in _rows(trends, table):
        sums = histories[row["content_key"]].setdefault(row["period_start"], defaultdict(float))
        for name in ("impressions", "clicks"):
            sums[name] += float(row[name])
        members[row["approach_id"], row["period_start"]][row["content_key"]] += float(row["spend"])
    tested = 0
    for row in _rows(trends, "approaches_marts.fct_approach_fatigue"):
        slopes = []
        for key, spend in members[row["approach_id"], row["period_start"]].items():
            seen = [week for week in sorted(histories[key]) if week <= row["period_start"]]
            shown = np.array([histories[key][week]["impressions"] for week in seen])
            clicks = np.array([histories[key][week]["clicks"] for week in seen])
            if len(seen) < 3 or spend <= 0 or clicks.sum() == 0 or shown.sum() == 0:
                continue
            ages = [(week - seen[0]).days / 7 for week in seen]
            slope, _ = np.polyfit(ages, clicks / shown, 1, w=np.sqrt(shown))
            slopes.append((spend, slope * shown.sum() / clicks.sum()))
        assert row["creatives"] == len(slopes)
        if slopes:
            tested += 1
            expected = sum(spend * slope for spend, slope in slopes) / sum(spend for spend, _ in slopes)
            assert row["response_change"] == pytest.approx(expected, rel=1e-5, abs=1e-8)
    assert tested > 20


def test_conversions_that_are_still_arriving_are_neither_tested_nor_labelled(tmp_path: Path) -> None:
    """Nothing changes but that a conversion takes four days. Without a lag the last week seems to convert worse."""
    market = Market(20, conversion_delay=4.0)
    workspace = load_simulated(tmp_path / "a project", [simulate_metrics(1, market, np.ones((20, 5)), "account")])
    worse = """
        select count(*) from approaches_marts.fct_approach_changes
        where metric = 'conversion_rate' and is_significant and direction = 'worse'
    """
    run_trends(workspace, conversion_lag_days=0)
    ((called,),) = workspace.query(worse)
    assert called > 20
    run_trends(workspace, conversion_lag_days=14)
    ((called,),) = workspace.query(worse)
    assert called <= 2
    found = workspace.query("""
        select distinct metric, trend_label, trend_reason, is_mature from approaches_marts.fct_approach_trends
        where period_start = '2025-02-03' and metric in ('conversion_rate', 'return_on_spend') order by all
    """)
    assert found == [
        (metric, "too_little_data", f"{words} is not final: conversions of this week are still arriving", False)
        for metric, words in (("conversion_rate", "Conversion rate"), ("return_on_spend", "Return on spend"))
    ]
    assert workspace.query(
        "select distinct period_start::varchar, is_mature "
        "from approaches_intermediate.int_approaches__periods order by 1"
    ) == [
        ("2025-01-06", True),
        ("2025-01-13", True),
        ("2025-01-20", True),
        ("2025-01-27", False),
        ("2025-02-03", False),
    ]


def _measures() -> set[str]:
    return {name for parts in PARTS.values() for name in parts}


def _jackknife(change: Change) -> tuple[float, float, int] | None:
    """The change, its standard error and degrees of freedom, by leaving out each creative in turn."""
    n, d = change.parts()
    zero = {n: 0.0, d: 0.0}
    keys = change.newer.keys() | change.older.keys()
    units = [
        key
        for key in keys
        if any(side.get(key, zero)[part] for side in (change.newer, change.older) for part in (n, d))
    ]
    totals = [sum(side[key][part] for key in side) for side in (change.newer, change.older) for part in (n, d)]
    if len(units) < 2 or totals[1] == 0 or totals[3] == 0:
        return None
    delta = totals[0] / totals[1] - totals[2] / totals[3]
    squares = 0.0
    for key in units:
        rest = [
            total - side.get(key, zero)[part]
            for total, (side, part) in zip(
                totals, [(change.newer, n), (change.newer, d), (change.older, n), (change.older, d)], strict=True
            )
        ]
        if rest[1] == 0 or rest[3] == 0:
            return None
        squares += (rest[0] / rest[1] - rest[2] / rest[3] - delta) ** 2
    return (delta, float(np.sqrt(squares)), len(units) - 1) if squares > 0 else None


def _rows(workspace: Workspace, table: str) -> list[dict[str, Any]]:
    names = [
        name
        for (name,) in workspace.query(
            f"select column_name from information_schema.columns "
            f"where table_schema || '.' || table_name = '{table}' order by ordinal_position"
        )
    ]
    return [dict(zip(names, row, strict=True)) for row in workspace.query(f"select * from {table} order by all")]
