"""Job cluster: the creatives of each cohort and period, by what they do or by what their texts mean."""

import json
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from datetime import date
from itertools import groupby
from math import fsum
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from creative_approaches.adapters.warehouses.port import Change, Warehouse
from creative_approaches.core.clustering.cohort import Clustering
from creative_approaches.core.clustering.rules import ClusteringRules
from creative_approaches.core.clustering.space import Measure
from creative_approaches.core.ids import content_hash
from creative_approaches.core.periods import first_open_period, last_period
from creative_approaches.errors import DataError
from creative_approaches.jobs.cluster.pool import Partition, cluster_partitions, processes_for
from creative_approaches.jobs.cluster.rows import ClusterRows, Member
from creative_approaches.jobs.cluster.vectors import ContentVectors, read_vectors
from creative_approaches.jobs.contents import SHOWN, content_hashes
from creative_approaches.jobs.job import JobResult, Progress
from creative_approaches.settings import ClusterSettings, Settings
from creative_approaches.tables import CLUSTER_ASSIGNMENTS, CLUSTER_RUNS, CLUSTERS, CONTENTS, MEMBERS

CHUNK = 100_000  # creatives of whole cohorts that are committed together, at least: each commit costs a scan
METHOD_VERSION = "3"  # part of every input hash: a new method recomputes every period
# Of a share of spend in the input hash: a restated thousandth of the spend is no reason to recompute a period.
SHARE_DECIMALS: Final = 3


@dataclass(frozen=True, eq=False)
class _Period:
    """The creatives of one cohort and period that have a text, in the order of their keys.

    usable : how many of them have a vector that can be used.
    """

    cohort_id: str
    period_start: date
    rows: pa.Table
    usable: int
    input_hash: str

    @property
    def key(self) -> tuple[str, date]:
        return self.cohort_id, self.period_start


def cluster(warehouse: Warehouse, settings: Settings, progress: Progress) -> JobResult:
    """Cluster the cohorts and periods whose creatives, texts, spend or rules changed since their last run.

    Those that are closed stay as they are, also where the data of a cohort does not reach back to them any more. Whole
    cohorts are committed, all tables together. A creative whose vector cannot be used is recorded with the reason, and
    counts against the coverage of its cohort and period.

    Raises DataError if a text of an open period was not embedded yet: clusters of a part would tear approaches apart.
    """
    content_of = content_hashes(warehouse, warehouse.read(CONTENTS.only(*SHOWN)))
    members = _with_contents(_with_decisive_products(warehouse.read(MEMBERS), settings.cluster), content_of)
    vectors = read_vectors(warehouse, members, settings.cluster)
    members = members.append_column("vector_key", vectors.keys)
    space = vectors.space
    runs = {(row["cohort_id"], row["period_start"]): row for row in warehouse.read(CLUSTER_RUNS).to_pylist()}
    closed = _closed(runs, members, settings.cluster)
    _check_known(members, vectors, closed)
    periods = list(_periods(members, vectors, settings.cluster))
    stale = [
        period
        for period in periods
        if period.key not in closed and (period.key not in runs or runs[period.key]["input_hash"] != period.input_hash)
    ]
    vanished = sorted(runs.keys() - {period.key for period in periods} - closed)
    written = 0
    done = ClusterRows(replaced=list(vanished))
    cohorts = [list(group) for _, group in groupby(stale, key=lambda period: period.cohort_id)]
    with closing(_clustered(stale, vectors, settings.cluster)) as found:
        for cohort in progress(cohorts, "cluster"):
            for period in cohort:
                about = {
                    "period_grain": settings.cluster.period_grain,
                    "selection": settings.cluster.selection,
                    "embed_source": settings.cluster.embed_source,
                    "embedding_model": space.model,
                    "embedding_backend": space.backend,
                    "embedding_dimensions": space.dimensions,
                    "input_hash": period.input_hash,
                }
                done.add(period.key, _members(period.rows, vectors), next(found) if period.usable else None, about)
            if len(done.assignments) >= CHUNK:
                written += _write(warehouse, done)
                done = ClusterRows()
    if done.replaced:
        written += _write(warehouse, done)
    detail = f"{len(stale):,} of {len(periods):,} cohorts and periods had changed"
    if vanished:
        detail += f", {len(vanished):,} are gone from the data"
    if vectors.faults:
        detail += f"; {len(vectors.faults):,} contents have no vector that can be used"
    return JobResult(members.num_rows, written + len(vanished), detail)


def _with_contents(members: pa.Table, content_of: Mapping[str, str]) -> pa.Table:
    hashes = [content_of.get(key, key) for key in members["version_key"].to_pylist()]
    return members.append_column("content_hash", pa.array(hashes, pa.string()))


def _with_decisive_products(members: pa.Table, settings: ClusterSettings) -> pa.Table:
    """The members without their products where those decide nothing, and are no reason to compute a period again."""
    if settings.center_by and settings.embed_source != "traits":
        return members
    nothing = pa.nulls(members.num_rows, pa.string())
    return members.set_column(members.schema.get_field_index("product"), "product", nothing)


def _closed(
    runs: Mapping[tuple[str, date], Mapping[str, Any]], members: pa.Table, settings: ClusterSettings
) -> set[tuple[str, date]]:
    """The runs that stay as they are, of cohorts that are still there and of the same period_grain."""
    newest = members.group_by("cohort_id").aggregate([("period_start", "max")])
    own = dict(zip(newest["cohort_id"].to_pylist(), newest["period_start_max"].to_pylist(), strict=True))
    of_all, grain = max(own.values(), default=date.min), settings.period_grain
    first_open = {
        cohort_id: first_open_period(last_period(last, of_all, grain), settings.closed_after_periods, grain)
        for cohort_id, last in own.items()
    }
    return {
        (cohort_id, period_start)
        for (cohort_id, period_start), run in runs.items()
        if cohort_id in own and period_start < first_open[cohort_id] and run["period_grain"] == grain
    }


def _check_known(members: pa.Table, vectors: ContentVectors, closed: set[tuple[str, date]]) -> None:
    wanted = members.filter(pc.is_valid(members["vector_key"]))
    waiting = wanted.filter(pc.invert(pc.is_in(wanted["vector_key"], value_set=vectors.known())))
    keys = zip(*(waiting[name].to_pylist() for name in ("cohort_id", "period_start", "vector_key")), strict=True)
    missing = {key for cohort_id, period_start, key in keys if (cohort_id, period_start) not in closed}
    if missing:
        raise DataError(
            f"{len(missing):,} contents have no vector of {vectors.space} yet. "
            f"Run first, with the same vars: approaches {vectors.job}"
        )


def _periods(members: pa.Table, vectors: ContentVectors, settings: ClusterSettings) -> Iterator[_Period]:
    """The cohorts and periods that have any content with a vector, in order."""
    # How many processes there are, and which periods are open, cannot change a result.
    decisive = asdict(_rules(settings)) | {"period_grain": settings.period_grain}
    version = json.dumps([METHOD_VERSION, vectors.version, decisive], sort_keys=True)
    rows = members.filter(pc.is_in(members["vector_key"], value_set=vectors.known()))
    # By one thread, groups come in the order of their first rows.
    counts = rows.group_by(["cohort_id", "period_start"], use_threads=False).aggregate([([], "count_all")])
    start = 0
    for count in counts.to_pylist():
        creatives = rows.slice(start, count["count_all"])
        start += count["count_all"]
        inputs = _members(creatives, vectors)
        yield _Period(
            count["cohort_id"],
            count["period_start"],
            creatives,
            usable=sum(member.fault is None for member in inputs),
            input_hash=content_hash(version, *map(_hashed, inputs)),
        )


def _hashed(member: Member) -> str:
    share = member.spend_share
    # Why a content has no vector may be worded otherwise each time.
    fault = None if member.fault is None else "fault"
    return json.dumps(member._replace(spend_share=None if share is None else round(share, SHARE_DECIMALS), fault=fault))


def _members(rows: pa.Table, vectors: ContentVectors) -> list[Member]:
    columns = ("version_key", "creative_key", "vector_key", "content_hash", "product", "tags_embedded", "spend_share")
    return [
        # More refunded than spent is nothing spent: coverage stays between 0 and 1.
        Member(version, creative, key, content, product, tags, share and max(share, 0.0), vectors.faults.get(key))
        for version, creative, key, content, product, tags, share in zip(
            *(rows[name].to_pylist() for name in columns), strict=True
        )
    ]


def _clustered(
    periods: list[_Period], vectors: ContentVectors, settings: ClusterSettings
) -> Generator[Clustering, None, None]:
    """The clusters of each period that has a vector to cluster, in order."""
    usable = [period for period in periods if period.usable]
    partitions = (_partition(_members(period.rows, vectors), vectors) for period in usable)
    processes = processes_for([period.usable for period in usable], settings.cluster_processes)
    return cluster_partitions(partitions, _rules(settings), processes)


def _rules(settings: ClusterSettings) -> ClusteringRules:
    """Traits are read with errors. Neighbours have others, so that averages over them help to judge a cut."""
    measure: Measure = "raw" if settings.embed_source == "text" else "both"
    return replace(ClusteringRules.of(vars(settings)), measure=measure)


def _partition(members: list[Member], vectors: ContentVectors) -> Partition:
    """What is clustered of a cohort and period. Shares of spend are of what its creatives with a text spent."""
    spend = fsum(member.spend_share or 0 for member in members)
    usable = [member for member in members if member.fault is None]
    shares = np.array([(member.spend_share or 0) / spend for member in usable]) if spend > 0 else None
    return Partition(
        vectors.stack([member.vector_key for member in usable], [member.product for member in usable]), shares
    )


def _write(warehouse: Warehouse, done: ClusterRows) -> int:
    replaced = done.replaced_keys()
    return warehouse.write(
        Change(CLUSTER_ASSIGNMENTS, CLUSTER_ASSIGNMENTS.rows(done.assignments), replaced),
        Change(CLUSTERS, CLUSTERS.rows(done.clusters), replaced),
        Change(CLUSTER_RUNS, CLUSTER_RUNS.rows(done.runs), replaced),
    )
