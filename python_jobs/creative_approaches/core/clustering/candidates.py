"""The clusterings that compete: cuts of trees, and HDBSCAN, all scored by silhouettes in one measure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

import numpy as np

from creative_approaches.core.arrays import DECIMALS, Floats, Labels
from creative_approaches.core.clustering.agglomeration import cut_tree, merge_tree
from creative_approaches.core.clustering.silhouette import distances_to_clusters, silhouettes
from creative_approaches.core.clustering.space import Geometry, Places, Space

Algorithm = Literal["ward", "average", "hdbscan"]

# Where pieces may be outliers, every cut is scored up to here; above, cuts grow by a fiftieth: one piece more or
# less of so many is mostly one outlier.
EVERY_CUT_UP_TO: Final = 50


@dataclass(frozen=True, eq=False)
class Candidate:
    """One clustering that competed: what its method found best.

    labels : shape (points,), -1 for outliers.
    coverage : share of the points that are not outliers, 0 to 1.
    silhouette : mean over the clustered points, the published measure; None with a number of clusters that is not
        allowed, as fewer than two: it does not compete.
    coverage_score : the same with 0 for every outlier.
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
    places = space.places[geometry]
    tree = merge_tree(places.distances, algorithm, places.weights)
    best: tuple[Candidate, int] | None = None
    sweep = []
    most = min(max_pieces or clusters[1], len(places.weights) - 1)
    wanted = range(clusters[0], most + 1) if max_pieces is None else _cut_sizes(clusters[0], most)
    for pieces, labels, sums in _cuts(space, places, tree, wanted):
        sizes = np.bincount(labels, places.weights, minlength=pieces)
        large = np.flatnonzero(sizes >= min_cluster_size)
        if not clusters[0] <= len(large) <= clusters[1]:
            continue
        numbers = np.full(pieces, -1, dtype=np.int64)
        numbers[large] = np.arange(len(large))
        found = _candidate(
            space, algorithm, geometry, numbers[labels][places.place_of_point], sums[:, large], len(large)
        )
        assert found.coverage_score is not None
        sweep.append((pieces, found.coverage_score))
        # Cuts come with the most pieces first.
        if best is None or found.coverage_score >= (best[0].coverage_score or 0):
            best = found, pieces
    if best is None:
        return None
    parameters = {"pieces": best[1], "min_cluster_size": min_cluster_size}
    return replace(best[0], parameters=parameters, sweep=tuple(reversed(sweep)))


def hdbscan_candidate(
    space: Space, geometry: Geometry, min_cluster_size: int, clusters: tuple[int, int] | None = None
) -> Candidate:
    """HDBSCAN as the package makes it, on distances: ten times faster than on 768 columns, with an exact tree.

    space : its places are points, since HDBSCAN cannot weigh them.
    clusters : fewest and most that may compete, both included; None: two or more.
    """
    import hdbscan

    model = hdbscan.HDBSCAN(min_cluster_size=min_cluster_size, metric="precomputed")
    labels = np.asarray(model.fit_predict(space.places[geometry].distances), dtype=np.int64)
    found = int(labels.max()) + 1
    least, most = clusters or (2, found)
    sums = distances_to_clusters(space.judged, labels[space.judges], found)
    made = _candidate(space, "hdbscan", geometry, labels, sums if least <= found <= most else None, found)
    return replace(made, parameters={"metric": "euclidean", "min_cluster_size": min_cluster_size})


def _cuts(space: Space, places: Places, tree: Floats, wanted: Sequence[int]) -> Iterator[tuple[int, Labels, Floats]]:
    """Cuts of a tree with the most pieces first: pieces, labels of places, sums of judges' distances to each piece."""
    if not wanted:
        return
    labels, halves = cut_tree(tree, wanted[-1])
    sums = distances_to_clusters(space.judged, labels[places.place_of_point[space.judges]], wanted[-1])
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
    space: Space, algorithm: Algorithm, geometry: Geometry, labels: Labels, sums: Floats | None, clusters: int
) -> Candidate:
    """A candidate from its labels and the sums of distances from judged points to its clusters (None: no scores)."""
    silhouette = coverage_score = None
    if sums is not None:
        judged = labels[space.judges]
        rows = np.flatnonzero(judged >= 0)
        total = float(silhouettes(sums if len(rows) == len(judged) else sums[rows], judged[rows]).sum())
        silhouette = round(total / max(len(rows), 1), DECIMALS)
        coverage_score = round(total / len(judged), DECIMALS)
    coverage = float(np.mean(labels >= 0))
    return Candidate(algorithm, geometry, {}, labels, clusters, coverage, silhouette, coverage_score)
