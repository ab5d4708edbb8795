"""Job cluster: the creatives of each cohort and period, by what their texts mean."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

import numpy as np
import pyarrow as pa

from creative_approaches.adapters.warehouse import Change, Warehouse
from creative_approaches.core.clustering import (
    Candidate,
    ClusteringRules,
    centroid_distances,
    cluster_vectors,
)
from creative_approaches.core.ids import content_hash
from creative_approaches.core.offline_embedding import MODEL
from creative_approaches.jobs.job import JobResult, Progress
from creative_approaches.settings import ClusterSettings, Settings
from creative_approaches.tables import CLUSTER_ASSIGNMENTS, CLUSTER_RUNS, CREATIVE_EMBEDDINGS, MEMBERS

CHUNK = 100_000  # creatives of whole cohorts that are committed together, at least: each commit costs a scan
METHOD_VERSION = "1"  # part of every input hash: a new method recomputes every period


@dataclass(frozen=True)
class _Partition:
    """The creatives of one cohort and period that have a vector, in the order of their keys."""

    cohort_id: str
    period_start: date
    members: list[dict[str, Any]]
    input_hash: str


def cluster(warehouse: Warehouse, settings: Settings, progress: Progress) -> JobResult:
    """Cluster the cohorts and periods whose creatives, vectors or rules changed since their last run.

    Whole cohorts are committed, assignments and runs together.
    """
    vectors = _vectors(warehouse, settings.cluster)
    members = warehouse.read(MEMBERS)
    hashes = {
        (row["cohort_id"], row["period_start"]): row["input_hash"] for row in warehouse.read(CLUSTER_RUNS).to_pylist()
    }
    partitions = list(_partitions(members, vectors, settings.cluster))
    wanted = {(p.cohort_id, p.period_start) for p in partitions}
    stale = [p for p in partitions if hashes.get((p.cohort_id, p.period_start)) != p.input_hash]
    vanished = sorted(hashes.keys() - wanted)
    written = 0
    done = _Clustered(replaced=list(vanished))
    cohorts = [list(group) for _, group in groupby(stale, key=lambda p: p.cohort_id)]
    for cohort in progress(cohorts, "cluster"):
        for partition in cohort:
            done.add(partition, *_cluster_partition(partition, vectors, settings.cluster))
        if len(done.assignments) >= CHUNK:
            written += done.write(warehouse)
            done = _Clustered()
    if done.replaced:
        written += done.write(warehouse)
    detail = f"{len(stale):,} of {len(partitions):,} cohorts and periods had changed"
    if vanished:
        detail += f", {len(vanished):,} are gone from the data"
    return JobResult(members.num_rows, written + len(vanished), detail)


def _vectors(warehouse: Warehouse, rules: ClusterSettings) -> dict[str, np.ndarray]:
    table = warehouse.read(CREATIVE_EMBEDDINGS)
    wanted = [
        row["model"] == MODEL and row["dimensions"] == rules.embedding_dimensions
        for row in table.select(["model", "dimensions"]).to_pylist()
    ]
    table = table.filter(pa.array(wanted, pa.bool_()))
    matrix = table["embedding"].combine_chunks().flatten().to_numpy().reshape(-1, rules.embedding_dimensions)
    return dict(zip(table["text_hash"].to_pylist(), matrix, strict=True))


def _partitions(members: pa.Table, vectors: dict[str, np.ndarray], rules: ClusterSettings) -> Iterator[_Partition]:
    version = json.dumps([METHOD_VERSION, MODEL, rules.model_dump()], sort_keys=True)
    rows = (row for row in members.to_pylist() if row["text_hash"] in vectors)
    for (cohort_id, period_start), group in groupby(rows, key=lambda row: (row["cohort_id"], row["period_start"])):
        creatives = list(group)
        parts = [f"{row['creative_key']} {row['text_hash']} {row['tags_embedded']}" for row in creatives]
        yield _Partition(cohort_id, period_start, creatives, content_hash(version, *parts))


def _cluster_partition(
    partition: _Partition, vectors: dict[str, np.ndarray], rules: ClusterSettings
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    matrix = np.stack([vectors[row["text_hash"]] for row in partition.members])
    result = cluster_vectors(matrix, ClusteringRules(**rules.model_dump(exclude={"embedder", "embedding_dimensions"})))
    key = {"cohort_id": partition.cohort_id, "period_start": partition.period_start}
    outliers = int((result.labels < 0).sum())
    distances = centroid_distances(matrix, result.labels)
    assignments = [
        {
            **key,
            "creative_key": row["creative_key"],
            "cluster": None if label < 0 else int(label),
            "is_outlier": bool(label < 0),
            "distance_to_centroid": None if label < 0 else float(distance),
        }
        for row, label, distance in zip(partition.members, result.labels, distances, strict=True)
    ]
    run = {
        **key,
        "algorithm": result.algorithm,
        "selection": rules.selection,
        "reason": result.reason,
        "creatives": len(partition.members),
        "distinct_contents": len({row["content_hash"] for row in partition.members}),
        "clusters": int(result.labels.max()) + 1,
        "outliers": outliers,
        "coverage": 1 - outliers / len(partition.members),
        "score": result.score,
        "candidates": json.dumps([_described(candidate) for candidate in result.candidates]),
        "embedding_model": MODEL,
        "tags_embedded": any(row["tags_embedded"] for row in partition.members),
        "input_hash": partition.input_hash,
    }
    return assignments, run


def _described(candidate: Candidate) -> dict[str, Any]:
    return {
        "algorithm": candidate.algorithm,
        "parameters": candidate.parameters,
        "clusters": candidate.clusters,
        "coverage": candidate.coverage,
        "silhouette": candidate.silhouette,
        "coverage_score": candidate.coverage_score,
    }


@dataclass
class _Clustered:
    """Rows to write, and the cohorts and periods whose old rows they replace."""

    assignments: list[dict[str, Any]] = field(default_factory=list)
    runs: list[dict[str, Any]] = field(default_factory=list)
    replaced: list[tuple[str, date]] = field(default_factory=list)

    def add(self, partition: _Partition, assignments: list[dict[str, Any]], run: dict[str, Any]) -> None:
        self.assignments += assignments
        self.runs.append(run)
        self.replaced.append((partition.cohort_id, partition.period_start))

    def write(self, warehouse: Warehouse) -> int:
        replaced = pa.table(
            {
                "cohort_id": pa.array([cohort_id for cohort_id, _ in self.replaced], pa.string()),
                "period_start": pa.array([period_start for _, period_start in self.replaced], pa.date32()),
            }
        )
        return warehouse.write(
            Change(CLUSTER_ASSIGNMENTS, CLUSTER_ASSIGNMENTS.rows(self.assignments), replaced),
            Change(CLUSTER_RUNS, CLUSTER_RUNS.rows(self.runs), replaced),
        )
