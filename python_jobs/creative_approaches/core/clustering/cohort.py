"""Clusters of one cohort in one period: methods compete, and every decision and score is kept.

All work is on points, the distinct vectors in the order of their values, so that the order of the rows cannot change a
result, nor, where identical ones are collapsed, a repeated row. Up to a set number of points every pair is compared;
larger cohorts are first grouped into so many small groups, from which trees go on as they would from the points. Memory
is about six n x n matrices: 1.2 GB at 5,000.
"""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from creative_approaches.core.arrays import Floats, Labels
from creative_approaches.core.clustering.centroids import attach_outliers, centroid_distances, centroids
from creative_approaches.core.clustering.competition import (
    Contender,
    choose_by_agreement,
    choose_by_margin,
    hold_competition,
    limits_for,
    make_candidates,
)
from creative_approaches.core.clustering.rules import ClusteringRules
from creative_approaches.core.clustering.space import exact_space, grouped_space
from creative_approaches.core.clustering.themes import find_themes

# Embeddings come as float32 or rounded decimals; a length this far from 1 bends no distance that matters.
UNIT_LENGTH_TOLERANCE: Final = 1e-3
# Agreement times stability below which methods and resamples contradict each other: on random vectors they reach 0.06
# from 100 texts on, on texts that people had put into groups at least 0.17.
NO_STRUCTURE: Final = 0.1


@dataclass(frozen=True, eq=False)
class Clustering:
    """The outcome for every row.

    labels : shape (rows,), clusters numbered by their first row, -1 for outliers.
    attached : shape (rows,), whether the row was an outlier and joined the nearest cluster.
    distances : shape (rows,), cosine distance to the centroid of the cluster, nan for outliers. The centroid is that of
        the points that were not attached.
    score : what the winner won by: agreement times stability, or its silhouette; None for a single cluster.
    stability : of the winner, see `Contender`; None if not measured.
    cluster_stability, themes, centroids : one per cluster; themes are numbered by their first cluster; centroids,
        shape (clusters, d), are of unit length, or zero where members cancel each other out.
    points : distinct vectors.  is_approximate : whether they were grouped first.
    candidates : all that competed, or found too little to compete, the winner first; empty if nothing could be cut.
    """

    labels: Labels
    attached: NDArray[np.bool_]
    distances: Floats
    algorithm: Literal["single", "ward", "average", "hdbscan"]
    score: float | None
    stability: float | None
    cluster_stability: tuple[float | None, ...]
    themes: tuple[int, ...]
    centroids: Floats
    points: int
    is_approximate: bool
    candidates: tuple[Contender, ...]
    reason: str


def cluster_vectors(vectors: Floats, rules: ClusteringRules, spend_shares: Floats | None = None) -> Clustering:
    """Cluster unit vectors by Euclidean distance.

    vectors : float64, shape (n, d), n >= 1, rows of unit length. Equal rows are one point and share a label.
    spend_shares : shape (n,), 0 to 1, the part of the spend that each row holds; None if nothing was spent.
    All rows are a single cluster if there are too few points for two clusters of the smallest size, and if no
    candidate has a positive coverage score: nothing is then apart from anything. Raises ValueError for any other
    shape or dtype, and for the first row that is not finite and of unit length to 0.001.
    """
    _check(vectors, spend_shares)
    points, point_of_row = np.unique(vectors, axis=0, return_inverse=True)
    point_of_row = point_of_row.reshape(-1)
    if len(points) <= rules.min_clusters:
        reason = f"One cluster: fewer than {rules.min_clusters + 1} distinct vectors ({len(points)})."
        return _single(points, point_of_row, False, (), reason)

    with_averaged = rules.selection == "coverage"
    measure = rules.measure if with_averaged else "raw"
    copies = None if rules.collapse_identical else np.bincount(point_of_row).astype(np.float64)
    if len(points) > rules.exact_points:
        space = grouped_space(points, with_averaged, rules.exact_points, copies, measure)
    else:
        space = exact_space(points, with_averaged, copies=copies, measure=measure)
    limits = limits_for(len(points), space.is_grouped, rules)
    candidates = make_candidates(space, rules, limits)
    if max((candidate.coverage_score or 0 for candidate in candidates), default=0) <= 0:
        contenders = tuple(map(Contender, candidates))
        reason = "One cluster: no candidate has a coverage score above 0."
        return _single(points, point_of_row, space.is_grouped, contenders, reason)

    contenders = hold_competition(space, candidates, rules, limits)
    if rules.selection == "silhouette_margin":
        winner, score, reason = choose_by_margin(contenders, rules.silhouette_margin)
    else:
        winner, score, reason = choose_by_agreement(contenders)
        if score is not None and score < NO_STRUCTURE:
            reason = f"One cluster: agreement and stability of the best candidate are below {NO_STRUCTURE}. {reason}"
            return _single(points, point_of_row, space.is_grouped, contenders, reason)
    found = winner.candidate.labels
    labels, attached = found, np.zeros(len(found), dtype=np.bool_)
    if rules.selection == "coverage":
        spend = None if spend_shares is None else _sum_by_point(spend_shares, point_of_row, len(points))
        labels, attached = attach_outliers(points, found, rules.outlier_reach, spend, rules.max_outlier_spend)
    themes = find_themes(space, found, rules.max_themes)
    middles = centroids(points, found)
    distances = centroid_distances(points, labels, middles)

    rows, cluster_of_number = _numbered_by_first_row(labels[point_of_row])
    renumbered_themes, _ = _numbered_by_first_row(themes[cluster_of_number])
    stability_of_cluster = winner.cluster_stability or (None,) * len(cluster_of_number)
    return Clustering(
        labels=rows,
        attached=attached[point_of_row],
        distances=distances[point_of_row],
        algorithm=winner.candidate.algorithm,
        score=score,
        stability=winner.stability,
        cluster_stability=tuple(stability_of_cluster[cluster] for cluster in cluster_of_number),
        themes=tuple(renumbered_themes.tolist()),
        centroids=middles[cluster_of_number],
        points=len(points),
        is_approximate=space.is_grouped,
        candidates=(winner, *(contender for contender in contenders if contender is not winner)),
        reason=reason,
    )


def _check(vectors: Floats, spend_shares: Floats | None) -> None:
    if vectors.dtype != np.float64 or vectors.ndim != 2 or len(vectors) == 0:
        raise ValueError(f"float64 vectors of shape (n, d), n >= 1, are needed, got {vectors.dtype} {vectors.shape}")
    with np.errstate(over="ignore", invalid="ignore"):
        excess = np.abs(np.einsum("ij,ij->i", vectors, vectors) ** 0.5 - 1)
    refused = np.flatnonzero(~(excess <= UNIT_LENGTH_TOLERANCE))  # also refuses nan
    if len(refused):
        raise ValueError(f"row {refused[0]} is not a finite vector of unit length")
    if spend_shares is not None and spend_shares.shape != (len(vectors),):
        raise ValueError(
            f"one share of spend per vector is needed, got {spend_shares.shape} for {len(vectors)} vectors"
        )


def _sum_by_point(shares: Floats, point_of_row: Labels, points: int) -> Floats:
    # In the order of the values, so that the order of the rows cannot change the last digit.
    order = np.lexsort((shares, point_of_row))
    return np.bincount(point_of_row[order], shares[order], minlength=points).astype(np.float64)


def _numbered_by_first_row(labels: Labels) -> tuple[Labels, list[int]]:
    """Labels numbered by their first row, -1 kept, and the old label of each new one."""
    clusters, first_rows = np.unique(labels, return_index=True)
    in_order = clusters[np.argsort(first_rows)]
    in_order = in_order[in_order >= 0]
    numbers = np.full(int(labels.max()) + 2, -1, dtype=np.int64)
    numbers[in_order] = np.arange(len(in_order))
    # Outliers, -1, read the last entry, which no cluster owns.
    return numbers[labels], in_order.tolist()


def _single(
    points: Floats, point_of_row: Labels, is_approximate: bool, candidates: tuple[Contender, ...], reason: str
) -> Clustering:
    labels = np.zeros(len(points), dtype=np.int64)
    middles = centroids(points, labels)
    return Clustering(
        labels=labels[point_of_row],
        attached=np.zeros(len(point_of_row), dtype=np.bool_),
        distances=centroid_distances(points, labels, middles)[point_of_row],
        algorithm="single",
        score=None,
        stability=None,
        cluster_stability=(None,),
        themes=(0,),
        centroids=middles,
        points=len(points),
        is_approximate=is_approximate,
        candidates=candidates,
        reason=reason,
    )
