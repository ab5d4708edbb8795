"""Job track: which cluster of a period continues which approach."""

from dataclasses import asdict
from datetime import date
from itertools import groupby
from typing import Any

from creative_approaches.adapters.warehouse import Warehouse
from creative_approaches.core.lineage import LineageRules, trace_lineage
from creative_approaches.core.periods import Grain, period_range
from creative_approaches.errors import DataError
from creative_approaches.jobs.job import JobResult, Progress, replace_tables
from creative_approaches.settings import Settings
from creative_approaches.tables import APPROACH_EVENTS, APPROACH_SNAPSHOTS, CLUSTER_ASSIGNMENTS, CLUSTER_RUNS

Clusters = dict[date, dict[int, frozenset[str]]]


def track(warehouse: Warehouse, settings: Settings, progress: Progress) -> JobResult:
    """Trace every cohort from its first period to the last period of the data."""
    rules = LineageRules(**settings.track.model_dump(exclude={"period_grain"}))
    assignments = warehouse.read(CLUSTER_ASSIGNMENTS).to_pylist()
    hashes = {
        (row["cohort_id"], row["period_start"]): row["input_hash"] for row in warehouse.read(CLUSTER_RUNS).to_pylist()
    }
    last = max((row["period_start"] for row in assignments), default=date.min)
    snapshots: list[dict[str, Any]] = []
    events: list[dict[str, Any]] = []
    cohorts = [(key, list(rows)) for key, rows in groupby(assignments, key=lambda row: row["cohort_id"])]
    for cohort_id, rows in progress(cohorts, "track"):
        lineage = trace_lineage(cohort_id, _periods(rows, last, settings.track.period_grain), _clusters(rows), rules)
        for snapshot in lineage.snapshots:
            tracked = None if snapshot.cluster is None else hashes[cohort_id, snapshot.period_start]
            snapshots.append({"cohort_id": cohort_id, **asdict(snapshot), "cluster_input_hash": tracked})
        events += [{"cohort_id": cohort_id, **asdict(event)} for event in lineage.events]
    written = replace_tables(
        warehouse,
        {
            APPROACH_SNAPSHOTS: APPROACH_SNAPSHOTS.rows(snapshots),
            APPROACH_EVENTS: APPROACH_EVENTS.rows(events),
        },
    )
    approaches = len({row["approach_id"] for row in snapshots})
    return JobResult(len(assignments), written, f"{approaches:,} approaches in {len(cohorts):,} cohorts")


def _periods(rows: list[dict[str, Any]], last: date, grain: Grain) -> list[date]:
    starts = {row["period_start"] for row in rows}
    try:
        periods = period_range(min(starts), last, grain)
    except ValueError:
        periods = []
    if not starts.issubset(periods):
        raise DataError(
            f"The clusters were made with another period_grain than {grain}. "
            "Run every step with the same vars: approaches run"
        )
    return periods


def _clusters(rows: list[dict[str, Any]]) -> Clusters:
    members: dict[date, dict[int, set[str]]] = {}
    for row in rows:
        if row["cluster"] is not None:
            members.setdefault(row["period_start"], {}).setdefault(row["cluster"], set()).add(row["creative_key"])
    return {
        period: {number: frozenset(keys) for number, keys in numbered.items()} for period, numbered in members.items()
    }
