"""How honest changes and trend labels are on metrics whose truth is known, and what their SQL costs."""

import resource
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from statistics import fmean
from types import MappingProxyType
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from creative_approaches.settings import SETTINGS
from tests.support.workspace import Workspace
from tests.support.worlds.simulated_metrics import CTR, Market, SimulatedMetrics, simulate_metrics
from tests.support.worlds.trend_models import MODELS, load_simulated, run_trends

APPROACHES: Final = 400
MEMBERS: Final = (5, 10, 20, 50, 100)
ENOUGH_MEMBERS: Final = 20  # from which the bar asks for exact intervals; below, for conservative ones
TRUE_CHANGE: Final = 0.2
SCENARIOS: Final = MappingProxyType(
    {
        "unchanged spend": {"shift": 0.0, "turnover": 0.0},
        "spend shifts": {"shift": 1.0, "turnover": 0.0},
        "turnover": {"shift": 0.5, "turnover": 0.3},
    }
)
SHIFTING: Final = ("spend shifts", "turnover")

# Values of four weeks, in steps. Several ways to be one thing count as one.
SHAPES: Final = (
    ("improving", (0, 1, 2, 3)),
    ("improving", (0, 0, 1, 2)),
    ("improving", (0, 1, 1, 2)),
    ("declining", (3, 2, 1, 0)),
    ("declining", (2, 1, 0, 0)),
    ("peaked", (0, 1, 2, 1)),
    ("peaked", (0, 2, 1, 0)),
    ("peaked", (0, 1, 0, -1)),
    ("recovering", (2, 1, 0, 1)),
    ("recovering", (1, 0, 1, 2)),
    ("volatile", (0, 1, 0, 1)),
    ("steady", (0, 0, 0, 0)),
)
LABELLED_COHORTS: Final = 40
STEPS: Final = (2.0, 4.0)  # standard errors of the change between two weeks: 4 is twice the reach of its interval

SIZES: Final = (1_000_000, 3_000_000, 10_000_000)  # creative-days
WEEKS: Final = 26
TAGS: Final = 50  # of which each creative carries three
BESIDE_TRENDS: Final = ("int_approaches__tag_performance", "fct_data_quality_issues")


def delta_calibration() -> Iterator[dict[str, Any]]:
    """How often 95% intervals of the change of the CTR miss what is true, beside the pooled two-proportion test.

    false_positive_rate : intervals without zero where nothing changed.  coverage : intervals that hold a true change of
    20%. Both per number of creatives and kind of spend.
    """
    cells = [(members, name) for members in MEMBERS for name in SCENARIOS]
    simulated = []
    for seed, (members, name) in enumerate(cells):
        market = Market(members, **SCENARIOS[name])
        for change in (0.0, TRUE_CHANGE):
            shapes = np.tile([1.0, 1.0 + change], (APPROACHES, 1))
            simulated.append(simulate_metrics(2 * seed + (change > 0), market, shapes, f"{members} {name} {change}"))
    with tempfile.TemporaryDirectory() as folder:
        workspace = load_simulated(Path(folder) / "calibration", simulated)
        del simulated
        run_trends(workspace, conversion_lag_days=0)
        excluded = _rates(workspace, "not (delta_low <= 0 and delta_high >= 0)", "0.0")
        covered = _rates(workspace, f"delta_low <= {CTR * TRUE_CHANGE} and delta_high >= {CTR * TRUE_CHANGE}", "0.2")
        pooled = _pooled(workspace)
    for members, name in cells:
        key = {"members": members, "scenario": name}
        yield {"method": "published", **key, "false_positive_rate": pooled[members, name]}
        yield {**key, "false_positive_rate": excluded[members, name], "coverage": covered[members, name]}
    enough = [cell for cell in cells if cell[0] >= ENOUGH_MEMBERS]
    few = [cell for cell in cells if cell[0] < ENOUGH_MEMBERS]
    yield {
        "false_positive_rate": round(fmean(excluded.values()), 4),
        "false_positive_rate_published": round(fmean(pooled.values()), 4),
        "false_positive_rate_with_shifts": round(fmean(excluded[cell] for cell in cells if cell[1] in SHIFTING), 4),
        "coverage": round(fmean(covered[cell] for cell in enough), 4),
        "coverage_worst": min(covered[cell] for cell in enough),
        "coverage_below_20": round(fmean(covered[cell] for cell in few), 4),
        "coverage_below_20_worst": min(covered[cell] for cell in few),
        "summary": True,
    }


def trend_labels() -> Iterator[dict[str, Any]]:
    """Share of approaches with the right label, per label and overall, beside steps of 5% without a test.

    A cohort has each shape once. Its steps are so many standard errors of a change between two weeks.
    """
    for step in STEPS:
        with tempfile.TemporaryDirectory() as folder:
            steady = np.ones((len(SHAPES), 4))
            workspace = load_simulated(Path(folder) / "noise", _cohorts(steady))
            run_trends(workspace, conversion_lag_days=0)
            ((noise,),) = workspace.query(
                "select median((delta_high - delta_low) / 2 / 2.093) from approaches_marts.fct_approach_changes "
                "where metric = 'ctr' and periods_back = 1"
            )
            shapes = 1 + step * noise / CTR * np.array([shape for _, shape in SHAPES])
            workspace = load_simulated(Path(folder) / "labels", _cohorts(shapes))
            run_trends(workspace, conversion_lag_days=0)
            rows = workspace.query(
                "select right(approach_id, 5)::int, trend_label, value_3_back, value_2_back, value_1_back, value "
                "from approaches_marts.fct_approach_trends where metric = 'ctr' "
                "qualify period_start = max(period_start) over ()"
            )
        ours = _accuracy((SHAPES[number][0], label) for number, label, *_ in rows)
        published = _accuracy((SHAPES[number][0], _stepwise(values)) for number, _, *values in rows)
        yield {"method": "published", "step": step, "accuracy": round(fmean(published.values()), 4), **published}
        yield {"step": step, "accuracy": round(fmean(ours.values()), 4), **ours}
    yield {"accuracy": round(fmean(ours.values()), 4), "step": step, "summary": True}


def trends_sql() -> Iterator[dict[str, Any]]:
    """Seconds and memory of all models of changes, trends, fatigue, tags and data quality, from creative-days up."""
    figures: dict[str, Any] = {}
    for size in SIZES:
        market = Market(40, shift=0.3, turnover=0.15)
        accounts = max(1, round(size / (40 * 7 * WEEKS * 100)))
        simulated = [
            simulate_metrics(seed, market, np.ones((100, WEEKS)), f"account {seed}") for seed in range(accounts)
        ]
        with tempfile.TemporaryDirectory() as folder:
            workspace = replace(load_simulated(Path(folder) / "scale", simulated), starts_anew=True)
            del simulated
            ((days,),) = workspace.query("select count(*) from approaches_staging.stg_raw__creative_daily_metrics")
            workspace.execute(
                "insert into approaches_intermediate.int_creatives__tags "
                f"select distinct creative_key, 'tag ' || (hash(creative_key || tag) % {TAGS}) "
                "from approaches_intermediate.int_creatives__assigned_to_approaches cross join range(3) as tags(tag)",
                "insert into approaches_jobs.approach_tag_tests (cohort_id, period_start, approach_id, tag) "
                "select distinct cohort_id, period_start, approach_id, 'tag ' || tag "
                "from approaches_intermediate.int_creatives__assigned_to_approaches "
                f"cross join range({TAGS}) as tags(tag)",
            )
            start = time.perf_counter()
            run_trends(workspace, (*MODELS, *BESIDE_TRENDS))
            figures = {
                "n": days,
                "seconds": round(time.perf_counter() - start, 1),
                "peak_mb": round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024),
            }
        yield figures
    yield {**figures, "summary": True}


def _rates(workspace: Workspace, event: str, change: str) -> dict[tuple[int, str], float]:
    """Share of approaches with an event, per cell, of those with an interval."""
    rows = workspace.query(
        f"select cohort_id, round(avg(({event})::int), 4) from approaches_marts.fct_approach_changes "
        f"where metric = 'ctr' and delta_low is not null and cohort_id like '% {change}' group by 1"
    )
    return {_cell(cohort): rate for cohort, rate in rows}


def _pooled(workspace: Workspace) -> dict[tuple[int, str], float]:
    """The published test: clicks and impressions of all creatives in one heap, each impression an observation."""
    rows = workspace.query("""
        with heaps as (
            select
                cohort_id, approach_id,
                arg_min(clicks, period_start) as c0, arg_min(impressions, period_start) as n0,
                arg_max(clicks, period_start) as c1, arg_max(impressions, period_start) as n1
            from approaches_intermediate.int_approaches__periods where cohort_id like '% 0.0' group by all
        )
        select
            cohort_id,
            round(avg((abs(c1 / n1 - c0 / n0) > 1.959964 * sqrt(
                (c0 + c1) / (n0 + n1) * (1 - (c0 + c1) / (n0 + n1)) * (1 / n0 + 1 / n1)
            ))::int), 4)
        from heaps group by 1
    """)
    return {_cell(cohort): rate for cohort, rate in rows}


def _cell(cohort: str) -> tuple[int, str]:
    members, rest = cohort.split(" ", 1)
    return int(members), rest.rsplit(" ", 1)[0]


def _cohorts(shapes: NDArray[np.float64]) -> list[SimulatedMetrics]:
    market = Market(ENOUGH_MEMBERS, shift=0.3, turnover=0.1)
    return [simulate_metrics(seed, market, shapes, f"account {seed}") for seed in range(LABELLED_COHORTS)]


def _accuracy(pairs: Iterator[tuple[str, str]]) -> dict[str, float]:
    found: dict[str, list[bool]] = {}
    for true, label in pairs:
        found.setdefault(true, []).append(true == label)
    return {true: round(fmean(hits), 4) for true, hits in found.items()}


def _stepwise(values: Sequence[float]) -> str:
    """Steps between weeks that are more than trend_min_relative_change, taken at their word."""
    least = SETTINGS["trend_min_relative_change"].default
    steps = [int(np.sign(b - a)) * (abs(b - a) > least * a) for a, b in pairwise(values)]
    moves = [step for step in steps if step]
    turns = sum(a != b for a, b in pairwise(moves))
    if not moves:
        return "steady"
    if turns > 1:
        return "volatile"
    if turns == 1:
        return "peaked" if moves[0] > 0 else "recovering"
    return "improving" if moves[0] > 0 else "declining"
