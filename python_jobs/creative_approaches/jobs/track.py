"""Job track: which cluster of a period continues which approach."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from itertools import groupby
from typing import Any

import numpy as np

from creative_approaches.adapters.warehouse import Warehouse
from creative_approaches.core.lineage import Cluster, Snapshot, trace_lineage
from creative_approaches.core.periods import Grain, first_open_period, period_range
from creative_approaches.errors import DataError
from creative_approaches.jobs.job import JobResult, Progress, replace_tables
from creative_approaches.settings import Settings
from creative_approaches.tables import (
    APPROACH_EVENTS,
    APPROACH_SNAPSHOTS,
    CLUSTER_ASSIGNMENTS,
    CLUSTER_RUNS,
    CLUSTERS,
)

Row = dict[str, Any]
Clusters = dict[date, dict[int, Cluster]]


def track(warehouse: Warehouse, settings: Settings, progress: Progress) -> JobResult:
    """Trace every cohort from its first open period to the last period of the data.

    What was written of closed periods stays, and the open ones go on from there. A closed period whose clusters were
    never tracked, or changed since, is open again, and so are those after it.
    """
    assignments = warehouse.read(CLUSTER_ASSIGNMENTS).to_pylist()
    runs = {(row["cohort_id"], row["period_start"]): row for row in warehouse.read(CLUSTER_RUNS).to_pylist()}
    centroids = {
        (row["cohort_id"], row["period_start"], row["cluster"]): np.array(row["centroid"])
        for row in warehouse.read(CLUSTERS).to_pylist()
    }
    old_snapshots = _by_cohort(warehouse.read(APPROACH_SNAPSHOTS).to_pylist())
    old_events = _by_cohort(warehouse.read(APPROACH_EVENTS).to_pylist())
    grain = settings.track.period_grain
    last = max((row["period_start"] for row in assignments), default=date.min)
    first_open = first_open_period(last, settings.track.closed_after_periods, grain)
    snapshots: list[Row] = []
    events: list[Row] = []
    cohorts = [(key, list(rows)) for key, rows in groupby(assignments, key=lambda row: row["cohort_id"])]
    for cohort_id, rows in progress(cohorts, "track"):
        periods = _periods(rows, last, grain)
        clusters = _clusters(cohort_id, rows, centroids, runs)
        hashes = {period: runs[cohort_id, period]["input_hash"] for period in clusters}
        closed = _closed(periods, clusters, hashes, old_snapshots.get(cohort_id, []), first_open)
        snapshots += [row for row in old_snapshots.get(cohort_id, []) if row["period_start"] in closed]
        events += [row for row in old_events.get(cohort_id, []) if row["period_start"] in closed]
        lineage = trace_lineage(cohort_id, periods, clusters, settings.track.rules, closed)
        snapshots += [_snapshot_row(cohort_id, snapshot, hashes) for snapshot in lineage.snapshots]
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


def _by_cohort(rows: list[Row]) -> dict[str, list[Row]]:
    """Rows of a table that is read in the order of its cohorts, or of any other."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["cohort_id"], []).append(row)
    return found


def _periods(rows: list[Row], last: date, grain: Grain) -> list[date]:
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


def _clusters(
    cohort_id: str, rows: list[Row], centroids: Mapping[tuple[str, date, int], Any], runs: Mapping[Any, Row]
) -> Clusters:
    members: dict[date, dict[int, set[str]]] = {}
    for row in rows:
        if row["cluster"] is not None:
            members.setdefault(row["period_start"], {}).setdefault(row["cluster"], set()).add(row["creative_key"])
    return {
        period: {
            number: Cluster(
                frozenset(keys), centroids.get((cohort_id, period, number)), runs[cohort_id, period]["embedding_model"]
            )
            for number, keys in numbered.items()
        }
        for period, numbered in members.items()
    }


def _closed(
    periods: list[date], clusters: Clusters, hashes: Mapping[date, str], snapshots: list[Row], first_open: date
) -> dict[date, dict[int, str]]:
    """Approach by cluster of the periods that stay as they were written: all up to the first that cannot."""
    tracked: dict[date, dict[int, Row]] = {}
    for row in snapshots:
        if row["cluster"] is not None:
            tracked.setdefault(row["period_start"], {})[row["cluster"]] = row
    closed = {}
    for period in periods:
        found = tracked.get(period, {})
        is_current = all(row["cluster_input_hash"] == hashes.get(period) for row in found.values())
        if period >= first_open or found.keys() != clusters.get(period, {}).keys() or not is_current:
            break
        closed[period] = {number: row["approach_id"] for number, row in found.items()}
    return closed


def _snapshot_row(cohort_id: str, snapshot: Snapshot, hashes: Mapping[date, str]) -> Row:
    match = snapshot.match
    return {
        "cohort_id": cohort_id,
        "period_start": snapshot.period_start,
        "approach_id": snapshot.approach_id,
        "cluster": snapshot.cluster,
        "status": snapshot.status,
        "creatives": snapshot.creatives,
        "continues_period_start": snapshot.continues_period_start,
        **(asdict(match) if match else {}),
        "cluster_input_hash": None if snapshot.cluster is None else hashes[snapshot.period_start],
    }
