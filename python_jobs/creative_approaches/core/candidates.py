"""The clusterings that compete: cuts of trees, and HDBSCAN, all scored by one silhouette of the original vectors."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np

from creative_approaches.core.agglomeration import cut_tree, merge_tree
from creative_approaches.core.silhouette import (
    DECIMALS,
    Floats,
    Labels,
    distances_to_clusters,
    euclidean_distances,
    silhouettes,
)

Algorithm = Literal["ward", "average", "hdbscan"]
Geometry = Literal["raw", "averaged"]

# Where pieces may be outliers, every cut is scored up to here; above, cuts grow by a fiftieth: one piece more or
# less of so many is mostly one outlier.
EVERY_CUT_UP_TO: Final = 50


@dataclass(frozen=True, eq=False)
class Space:
    """Points to cluster, and the distances between them.

    points : shape (n, d), distinct rows of unit length, in the order of their values.
    weights : shape (n,), how many points each one stands for; 1 unless they were grouped first.
    distances : shape (n, n), Euclidean.  averaged : the same after `average_neighbours`; None if not wanted.
    """

    points: Floats
    weights: Floats
    distances: Floats
    averaged: Floats | None

    def of(self, geometry: Geometry) -> Floats:
        """The distances of a geometry."""
        distances = self.distances if geometry == "raw" else self.averaged
        assert distances is not None
        return distances


@dataclass(frozen=True, eq=False)
class Candidate:
    """One clustering that competed: what its method found best.

    labels : shape (points,), -1 for outliers.
    coverage : share of the points that are not outliers, 0 to 1.
    silhouette : mean over the clustered points, the published measure; None with fewer than two clusters.
    coverage_score : sum over the clustered points divided by all points; None with fewer than two clusters.
    sweep : numbers of pieces that the tree was cut into, with the score of each; empty for HDBSCAN.
    """

    algorithm: Algorithm
    geometry: Geometry
    parameters: dict[str, Any]
    labels: Labels
    clusters: int
    coverage: float
    silhouette: float | None
    coverage_score: float | None
    sweep: tuple[tuple[int, float], ...] = ()

    @property
    def name(self) -> str:
        """The method in words."""
        algorithm = {"ward": "Ward", "average": "Average linkage", "hdbscan": "HDBSCAN"}[self.algorithm]
        return algorithm if self.geometry == "raw" else f"{algorithm} on averaged vectors"


def sweep_tree(
    space: Space,
    algorithm: Literal["ward", "average"],
    geometry: Geometry,
    clusters: tuple[int, int],
    min_cluster_size: int = 1,
    max_pieces: int | None = None,
) -> Candidate | None:
    """The cut of one tree that scores best, of equal ones that with fewer pieces; None if no cut is allowed.

    clusters : fewest and most clusters of a cut, both included.
    min_cluster_size : pieces that stand for fewer points are no clusters; their points are outliers, and count as zero.
    max_pieces : most pieces, those included; None: as many as clusters, and every cut is scored.
    """
    tree = merge_tree(space.of(geometry), algorithm, space.weights)
    best: tuple[Floats, Labels, int] | None = None
    best_score = -np.inf
    sweep = []
    total = space.weights.sum()
    most = min(max_pieces or clusters[1], len(space.points) - 1)
    wanted = range(clusters[0], most + 1) if max_pieces is None else _cut_sizes(clusters[0], most)
    for pieces, labels, sums in _cuts(space, tree, wanted):
        sizes = np.bincount(labels, space.weights, minlength=pieces)
        large = np.flatnonzero(sizes >= min_cluster_size)
        if not clusters[0] <= len(large) <= clusters[1]:
            continue
        numbers = np.full(pieces, -1, dtype=np.int64)
        numbers[large] = np.arange(len(large))
        kept = numbers[labels]
        rows = np.flatnonzero(kept >= 0)
        inside = sums[:, large] if len(rows) == len(kept) else sums[np.ix_(rows, large)]
        values = silhouettes(inside, kept[rows], space.weights[rows])
        score = round(float(values @ space.weights[rows]) / total, DECIMALS)
        sweep.append((pieces, score))
        if score >= best_score:  # cuts come with the most pieces first
            best, best_score = (values, kept, pieces), score
    if best is None:
        return None
    values, kept, pieces = best
    parameters = {"pieces": pieces, "min_cluster_size": min_cluster_size}
    return _candidate(space, algorithm, geometry, parameters, kept, values, tuple(reversed(sweep)))


def hdbscan_candidate(space: Space, geometry: Geometry, min_cluster_size: int) -> Candidate:
    """HDBSCAN as the package makes it, on distances: ten times faster than on 768 columns, with an exact tree."""
    import hdbscan

    model = hdbscan.HDBSCAN(min_cluster_size=min_cluster_size, metric="precomputed")
    labels = np.asarray(model.fit_predict(space.of(geometry)), dtype=np.int64)
    rows = np.flatnonzero(labels >= 0)
    values = None
    if labels.max() >= 1:
        sums = distances_to_clusters(space.distances, labels, space.weights)
        values = silhouettes(sums[rows], labels[rows], space.weights[rows])
    parameters = {"metric": "euclidean", "min_cluster_size": min_cluster_size}
    return _candidate(space, "hdbscan", geometry, parameters, labels, values, ())


def _cuts(space: Space, tree: Floats, wanted: Sequence[int]) -> Iterator[tuple[int, Labels, Floats]]:
    """Cuts of a tree with the most pieces first: pieces, labels, and the sums of distances to each piece."""
    if not wanted:
        return
    labels, halves = cut_tree(tree, wanted[-1])
    sums = distances_to_clusters(space.distances, labels, space.weights)
    for pieces in range(wanted[-1], wanted[0] - 1, -1):
        if pieces in wanted:
            yield pieces, labels, sums[:, :pieces]
        # The newest piece goes back into the one that it was split from.
        sums[:, halves[pieces - 1]] += sums[:, pieces - 1]
        labels = np.where(labels == pieces - 1, halves[pieces - 1], labels)


def _cut_sizes(least: int, most: int) -> list[int]:
    sizes = [least] if least <= most else []
    while sizes and sizes[-1] < most:
        sizes.append(min(sizes[-1] + max(1, sizes[-1] // EVERY_CUT_UP_TO), most))
    return sizes


def _candidate(
    space: Space,
    algorithm: Algorithm,
    geometry: Geometry,
    parameters: dict[str, Any],
    labels: Labels,
    values: Floats | None,
    sweep: tuple[tuple[int, float], ...],
) -> Candidate:
    """A candidate from its labels and the silhouettes of the clustered points (None: undefined)."""
    clustered = labels >= 0
    covered, total = float(space.weights[clustered].sum()), float(space.weights.sum())
    weighted = None if values is None else float(values @ space.weights[clustered])
    return Candidate(
        algorithm=algorithm,
        geometry=geometry,
        parameters=parameters,
        labels=labels,
        clusters=int(labels.max()) + 1,
        coverage=covered / total,
        silhouette=None if weighted is None else round(weighted / covered, DECIMALS),
        coverage_score=None if weighted is None else round(weighted / total, DECIMALS),
        sweep=sweep,
    )


def make_space(points: Floats, weights: Floats, averaged: Floats | None, distances: Floats | None = None) -> Space:
    """A space from points and, where wanted, their averaged vectors; their distances may be known."""
    known = euclidean_distances(points) if distances is None else distances
    return Space(points, weights, known, None if averaged is None else euclidean_distances(averaged))
