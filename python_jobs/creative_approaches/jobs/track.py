"""Job track: which cluster of a period continues which approach."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from itertools import groupby
from statistics import fmean
from typing import Any

import numpy as np

from creative_approaches.adapters.warehouses.port import Warehouse
from creative_approaches.core.embedding.space import EmbeddingSpace
from creative_approaches.core.lineage.cluster import Cluster
from creative_approaches.core.lineage.history import Lineage, Member, Snapshot
from creative_approaches.core.lineage.matching import LineageRules
from creative_approaches.core.lineage.trace import trace_lineage
from creative_approaches.core.periods import first_open_period, last_period, period_range
from creative_approaches.errors import DataError
from creative_approaches.jobs.job import JobResult, Progress, replace_tables
from creative_approaches.jobs.overrides import check_overrides, of_versions, overrides_of, refusing
from creative_approaches.settings import Grain, Settings
from creative_approaches.tables import (
    APPROACH_EVENTS,
    APPROACH_MEMBERS,
    APPROACH_OVERRIDES,
    APPROACH_SNAPSHOTS,
    CLUSTER_ASSIGNMENTS,
    CLUSTER_RUNS,
    CLUSTERS,
)

Row = dict[str, Any]
Clusters = dict[date, dict[int, Cluster]]


def track(warehouse: Warehouse, settings: Settings, progress: Progress) -> JobResult:
    """Trace every cohort from its first open period to its last one.

    What was written of closed periods stays, and the open ones go on from there. A closed period whose clusters were
    never tracked, or changed since, is open again, and so are those after it.

    What people decided about approaches holds in open periods. Raises DataError if it cannot be followed.
    """
    overrides = overrides_of(warehouse.read(APPROACH_OVERRIDES))
    assignments = warehouse.read(CLUSTER_ASSIGNMENTS).to_pylist()
    runs = {(row["cohort_id"], row["period_start"]): row for row in warehouse.read(CLUSTER_RUNS).to_pylist()}
    centroids = {
        (row["cohort_id"], row["period_start"], row["cluster"]): np.array(row["centroid"])
        for row in warehouse.read(CLUSTERS).to_pylist()
    }
    old_snapshots = _by_cohort(warehouse.read(APPROACH_SNAPSHOTS).to_pylist())
    old_members = _by_cohort(warehouse.read(APPROACH_MEMBERS).to_pylist())
    old_events = _by_cohort(warehouse.read(APPROACH_EVENTS).to_pylist())
    grain, rules = settings.track.period_grain, LineageRules.of(vars(settings.track))
    newest = max((row["period_start"] for row in assignments), default=date.min)
    snapshots: list[Row] = []
    members: list[Row] = []
    events: list[Row] = []
    cohort_of: dict[str, str] = {}
    creatives: dict[str, set[str]] = {}
    cohorts = [(key, list(rows)) for key, rows in groupby(assignments, key=lambda row: row["cohort_id"])]
    for cohort_id, rows in progress(cohorts, "track"):
        last = last_period(max(row["period_start"] for row in rows), newest, grain)
        first_open = first_open_period(last, settings.track.closed_after_periods, grain)
        periods = _periods(rows, last, grain)
        clusters = _clusters(cohort_id, rows, centroids, runs)
        hashes = {period: runs[cohort_id, period]["input_hash"] for period in clusters}
        old = old_snapshots.get(cohort_id, [])
        closed = _closed(periods, clusters, hashes, old, old_members.get(cohort_id, []), first_open)
        current = [row for row in old if row["period_start"] in closed]
        members += [row for row in old_members.get(cohort_id, []) if row["period_start"] in closed]
        events += [row for row in old_events.get(cohort_id, []) if row["period_start"] in closed]
        lineage = trace_lineage(cohort_id, periods, clusters, rules, closed)
        known = _approaches(lineage, closed)
        before = {row["approach_id"] for row in old}
        creative_of = {row["version_key"]: row["creative_key"] for row in rows}
        own = [override for override in overrides if not (known | before).isdisjoint(override.approaches)]
        if own:
            with refusing():
                lineage = trace_lineage(cohort_id, periods, clusters, rules, closed, of_versions(own, creative_of))
        counts = _creatives(lineage, creative_of)
        current += [_snapshot_row(cohort_id, snapshot, counts, hashes) for snapshot in lineage.snapshots]
        snapshots += current
        members += [
            {"cohort_id": cohort_id, "creative_key": creative_of[member.version_key], **asdict(member)}
            for member in lineage.members
        ]
        events += [{"cohort_id": cohort_id, **asdict(event)} for event in lineage.events]
        # Whatever is known now is so in the next run, so that overrides that are taken once are taken again: what is
        # traced, with and without them, and what only they keep alive.
        known |= _approaches(lineage, closed) | (before & {row["approach_id"] for row in current})
        cohort_of |= dict.fromkeys(known, cohort_id)
        creatives[cohort_id] = {*creative_of, *creative_of.values()}
    check_overrides(overrides, cohort_of, creatives)
    written = replace_tables(
        warehouse,
        {
            APPROACH_SNAPSHOTS: APPROACH_SNAPSHOTS.rows(snapshots),
            APPROACH_MEMBERS: APPROACH_MEMBERS.rows(members),
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
    members: dict[date, dict[int, list[Row]]] = {}
    for row in rows:
        if row["cluster"] is not None:
            members.setdefault(row["period_start"], {}).setdefault(row["cluster"], []).append(row)
    return {
        period: {
            number: Cluster(
                frozenset(row["version_key"] for row in of_cluster),
                centroids.get((cohort_id, period, number)),
                _space(runs[cohort_id, period]),
                # The centroid is that of the members that did not join as outliers.
                fmean(row["distance_to_centroid"] for row in of_cluster if not row["is_attached"]),
            )
            for number, of_cluster in numbered.items()
        }
        for period, numbered in members.items()
    }


def _space(run: Row) -> EmbeddingSpace:
    return EmbeddingSpace(run["embedding_model"], run["embedding_backend"], run["embedding_dimensions"])


def _closed(
    periods: list[date],
    clusters: Clusters,
    hashes: Mapping[date, str],
    snapshots: list[Row],
    members: list[Row],
    first_open: date,
) -> dict[date, list[Member]]:
    """Members of the periods that stay as they were written: all up to the first that cannot."""
    tracked: dict[date, dict[str, Row]] = {}
    for row in snapshots:
        if row["cluster"] is not None:
            tracked.setdefault(row["period_start"], {})[row["approach_id"]] = row
    written: dict[date, list[Member]] = {}
    for row in members:
        member = Member(row["period_start"], row["version_key"], row["approach_id"], row["traced_approach_id"])
        written.setdefault(member.period_start, []).append(member)
    closed = {}
    for period in periods:
        found, of_period = tracked.get(period, {}), written.get(period, [])
        clustered = {key for cluster in clusters.get(period, {}).values() for key in cluster.members}
        is_whole = {m.version_key for m in of_period} == clustered and {m.approach_id for m in of_period} == set(found)
        is_current = all(row["cluster_input_hash"] == hashes.get(period) for row in found.values())
        if period >= first_open or not is_whole or not is_current:
            break
        closed[period] = of_period
    return closed


def _approaches(lineage: Lineage, closed: Mapping[date, list[Member]]) -> set[str]:
    """All that were traced, merged ones included."""
    return {m.traced_approach_id for of_period in (lineage.members, *closed.values()) for m in of_period}


def _creatives(lineage: Lineage, creative_of: Mapping[str, str]) -> Counter[tuple[date, str]]:
    """How many creatives each approach has in each period: one that shows two contents of it counts once."""
    found = {(m.period_start, m.approach_id, creative_of[m.version_key]) for m in lineage.members}
    return Counter((period_start, approach_id) for period_start, approach_id, _ in found)


def _snapshot_row(
    cohort_id: str, snapshot: Snapshot, counts: Mapping[tuple[date, str], int], hashes: Mapping[date, str]
) -> Row:
    match = snapshot.match
    return {
        "cohort_id": cohort_id,
        "period_start": snapshot.period_start,
        "approach_id": snapshot.approach_id,
        "cluster": snapshot.cluster,
        "status": snapshot.status,
        "creatives": counts[snapshot.period_start, snapshot.approach_id],
        "continues_period_start": snapshot.continues_period_start,
        **(asdict(match) if match else {}),
        "cluster_input_hash": None if snapshot.cluster is None else hashes[snapshot.period_start],
    }
