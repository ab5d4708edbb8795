"""Clusters of one cohort in one period: Ward and HDBSCAN compete, and every candidate's scores are kept.

All work is on distinct vectors in the order of their values, so that neither the order of the rows nor a
repeated row can change a result. The n x n matrix of distances takes 200 MB at 5,000 distinct vectors, the
present range; HDBSCAN holds about four more of them for a moment.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np

from creative_approaches.core.silhouette import (
    DECIMALS,
    Floats,
    Labels,
    distances_to_clusters,
    euclidean_distances,
    silhouettes,
)

# Embeddings come as float32 or rounded decimals; a length this far from 1 bends no distance that matters.
UNIT_LENGTH_TOLERANCE: Final = 1e-3


@dataclass(frozen=True)
class ClusteringRules:
    """How candidates are made and which one wins.

    selection : which score decides. 'coverage' is the silhouette over all points, outliers counted as 0;
        'silhouette_margin', the published rule, is the silhouette over non-noise points.
    silhouette_margin : HDBSCAN wins only if its score beats Ward's by more than this: it may leave points
        out, so that a near tie goes to the method that places every one.
    ward_only_below : HDBSCAN competes from this many distinct vectors on.
    min_clusters, max_clusters : the cuts of Ward's tree that are scored, both included; at least 2.
    min_cluster_size : HDBSCAN's smallest cluster, at least 2.
    """

    selection: Literal["coverage", "silhouette_margin"]
    ward_only_below: int
    min_clusters: int
    max_clusters: int
    min_cluster_size: int
    silhouette_margin: float

    def __post_init__(self) -> None:
        """Refuse rules that no clustering can follow."""
        if self.selection not in ("coverage", "silhouette_margin"):
            raise ValueError(f"selection is 'coverage' or 'silhouette_margin', not {self.selection!r}")
        if not 2 <= self.min_clusters <= self.max_clusters:
            given = f"{self.min_clusters} and {self.max_clusters}"
            raise ValueError(f"2 <= min_clusters <= max_clusters is needed, got {given}")
        if self.min_cluster_size < 2:
            raise ValueError(f"min_cluster_size is at least 2, got {self.min_cluster_size}")


@dataclass(frozen=True, eq=False)
class Candidate:
    """One clustering that competed. A point is a distinct vector.

    labels : shape (rows,), clusters numbered by their first row, -1 for outliers.
    coverage : share of the points that are not outliers, 0 to 1.
    silhouette : mean over the clustered points, the published measure; None with fewer than two clusters.
    coverage_score : sum over the clustered points divided by all points; None with fewer than two clusters.
    """

    algorithm: Literal["ward", "hdbscan"]
    parameters: dict[str, Any]
    labels: Labels
    clusters: int
    coverage: float
    silhouette: float | None
    coverage_score: float | None


@dataclass(frozen=True, eq=False)
class Clustering:
    """The winner. `score` is what it won by: coverage score or silhouette; None for a single cluster.

    candidates : every cut of Ward's tree by its number of clusters, then HDBSCAN; empty if nothing could be
        cut.
    """

    labels: Labels
    algorithm: Literal["single", "ward", "hdbscan"]
    score: float | None
    candidates: tuple[Candidate, ...]
    reason: str


def cluster_vectors(vectors: Floats, rules: ClusteringRules) -> Clustering:
    """Cluster unit vectors by Euclidean distance.

    vectors : float64, shape (n, d), n >= 1, rows of unit length. Equal rows are one point and share a label.
    All rows are a single cluster if there are too few distinct vectors for the smallest cut (a silhouette
    needs one more point than clusters), and if no candidate has a positive coverage score: nothing is then
    apart from anything. Raises ValueError for any other shape or dtype, and for the first row that is not
    finite and of unit length to 0.001.
    """
    if vectors.dtype != np.float64 or vectors.ndim != 2 or len(vectors) == 0:
        raise ValueError(f"float64 vectors of shape (n, d), n >= 1, are needed, got {vectors.dtype} {vectors.shape}")
    with np.errstate(over="ignore", invalid="ignore"):
        excess = np.abs(np.einsum("ij,ij->i", vectors, vectors) ** 0.5 - 1)
    refused = np.flatnonzero(~(excess <= UNIT_LENGTH_TOLERANCE))  # also refuses nan
    if len(refused):
        raise ValueError(f"row {refused[0]} is not a finite vector of unit length")

    points, point_of_row = np.unique(vectors, axis=0, return_inverse=True)
    point_of_row = point_of_row.reshape(-1)
    if len(points) <= rules.min_clusters:
        reason = f"One cluster: fewer than {rules.min_clusters + 1} distinct vectors ({len(points)})."
        return _single(len(vectors), (), reason)

    distances = euclidean_distances(points)
    cuts = _ward_candidates(distances, point_of_row, rules)
    hdbscan, candidates = None, cuts
    if len(points) >= rules.ward_only_below:
        hdbscan = _hdbscan_candidate(distances, point_of_row, rules)
        candidates = (*cuts, hdbscan)
    if max(candidate.coverage_score or 0 for candidate in candidates) <= 0:
        return _single(len(vectors), candidates, "One cluster: no candidate has a coverage score above 0.")
    winner, reason = choose_candidate(cuts, hdbscan, rules)
    score = winner.coverage_score if rules.selection == "coverage" else winner.silhouette
    return Clustering(winner.labels, winner.algorithm, score, candidates, reason)


def choose_candidate(
    cuts: Sequence[Candidate], hdbscan: Candidate | None, rules: ClusteringRules
) -> tuple[Candidate, str]:
    """The winner of Ward's cuts and HDBSCAN (None if it did not compete), and why, with the numbers.

    Ward sends the cut with the best silhouette, of equal ones that with fewer clusters. Equal to Ward's,
    HDBSCAN loses.
    """
    ward = max(cuts, key=lambda cut: (cut.silhouette, -cut.clusters))
    best_cut = f"Ward with {ward.clusters} clusters (silhouette {ward.silhouette:.4f})"
    if hdbscan is None:
        return ward, f"{best_cut} wins: HDBSCAN competes from {rules.ward_only_below} distinct vectors on."
    if hdbscan.silhouette is None or hdbscan.coverage_score is None:
        return ward, f"{best_cut} wins: HDBSCAN found fewer than two clusters."
    assert ward.silhouette is not None  # Ward has at least two clusters
    assert ward.coverage_score is not None

    if rules.selection == "coverage":
        measure, theirs, ours = "coverage score", hdbscan.coverage_score, ward.coverage_score
    else:
        measure, theirs, ours = "silhouette", hdbscan.silhouette, ward.silhouette
    gain = round(theirs - ours, DECIMALS)
    sides = (
        f"HDBSCAN with {hdbscan.clusters} clusters ({measure} {theirs:.4f} at {hdbscan.coverage:.1%} coverage)",
        f"Ward with {ward.clusters} clusters ({measure} {ours:.4f})",
    )
    if gain > rules.silhouette_margin:
        return hdbscan, f"{sides[0]} wins: it beats {sides[1]} by more than {rules.silhouette_margin}."
    return ward, f"{sides[1]} wins: {sides[0]} does not beat it by more than {rules.silhouette_margin}."


def centroid_distances(vectors: Floats, labels: Labels) -> Floats:
    """Cosine distance of every row to the centroid of its cluster, 0 to 2, rounded to 12 decimals.

    vectors : shape (n, d), rows of unit length.  labels : shape (n,), -1 for outliers, which get nan.
    The centroid is the mean direction; members that cancel each other out have none and get 1.
    """
    if labels.shape != (len(vectors),):
        raise ValueError(f"one label per vector is needed, got {labels.shape} for {len(vectors)} vectors")
    distances = np.full(len(vectors), np.nan)
    for cluster in np.unique(labels[labels >= 0]):
        members = np.flatnonzero(labels == cluster)
        centroid = vectors[members].mean(axis=0)
        length = np.linalg.norm(centroid)
        direction = centroid / length if length > 10.0**-DECIMALS else np.zeros_like(centroid)
        distances[members] = 1 - vectors[members] @ direction
    return np.clip(np.round(distances, DECIMALS), 0, 2)


def _ward_candidates(distances: Floats, point_of_row: Labels, rules: ClusteringRules) -> tuple[Candidate, ...]:
    from scipy.cluster.hierarchy import linkage
    from scipy.spatial.distance import squareform

    most = min(rules.max_clusters, len(distances) - 1)
    tree = linkage(squareform(distances, checks=False), method="ward")
    labels, halves = _cut_tree(tree, most)
    sums = distances_to_clusters(distances, labels)
    cuts = []
    for clusters in range(most, rules.min_clusters - 1, -1):
        parameters = {"clusters": clusters}
        cuts.append(_candidate("ward", parameters, labels, silhouettes(sums[:, :clusters], labels), point_of_row))
        # The newest cluster goes back into the one that it was split from.
        sums[:, halves[clusters - 1]] += sums[:, clusters - 1]
        labels = np.where(labels == clusters - 1, halves[clusters - 1], labels)
    return tuple(reversed(cuts))


def _cut_tree(tree: Floats, clusters: int) -> tuple[Labels, list[int]]:
    """Split the tree from its root until there are `clusters` labels, undoing the last merge first.

    A split keeps the label for its left half and gives the next one to its right half. Returns the label of
    each point, and for every label the one that it was split from (itself for the root's 0).
    """
    points = len(tree) + 1
    label_of_node = np.zeros(2 * points - 1, dtype=np.int64)
    halves = [0]
    for node in range(2 * points - 2, points - 1, -1):
        left, right = tree[node - points, :2].astype(np.int64)
        label_of_node[[left, right]] = label_of_node[node]
        if len(halves) < clusters:
            label_of_node[right] = len(halves)
            halves.append(int(label_of_node[node]))
    return label_of_node[:points], halves


def _hdbscan_candidate(distances: Floats, point_of_row: Labels, rules: ClusteringRules) -> Candidate:
    import hdbscan

    # Our Euclidean distances: ten times faster than 768 columns, one thread, an exact spanning tree.
    model = hdbscan.HDBSCAN(min_cluster_size=rules.min_cluster_size, metric="precomputed")
    labels = np.asarray(model.fit_predict(distances), dtype=np.int64)
    clustered = np.flatnonzero(labels >= 0)
    values = None
    if labels.max() >= 1:
        values = silhouettes(distances_to_clusters(distances, labels)[clustered], labels[clustered])
    parameters = {"metric": "euclidean", "min_cluster_size": rules.min_cluster_size}
    return _candidate("hdbscan", parameters, labels, values, point_of_row)


def _candidate(
    algorithm: Literal["ward", "hdbscan"],
    parameters: dict[str, Any],
    labels: Labels,
    values: Floats | None,
    point_of_row: Labels,
) -> Candidate:
    """A candidate from its points' labels and the silhouettes of the clustered ones (None: undefined)."""
    return Candidate(
        algorithm=algorithm,
        parameters=parameters,
        labels=_numbered_by_first_row(labels[point_of_row]),
        clusters=int(labels.max()) + 1,
        coverage=float(np.mean(labels >= 0)),
        silhouette=None if values is None else round(float(values.mean()), DECIMALS),
        coverage_score=None if values is None else round(float(values.sum()) / len(labels), DECIMALS),
    )


def _numbered_by_first_row(labels: Labels) -> Labels:
    clusters, first_rows = np.unique(labels, return_index=True)
    in_order = clusters[np.argsort(first_rows)]
    in_order = in_order[in_order >= 0]
    numbers = np.full(int(labels.max()) + 2, -1, dtype=np.int64)
    numbers[in_order] = np.arange(len(in_order))
    # Outliers, -1, read the last entry, which no cluster owns.
    return numbers[labels]


def _single(rows: int, candidates: tuple[Candidate, ...], reason: str) -> Clustering:
    return Clustering(np.zeros(rows, dtype=np.int64), "single", None, candidates, reason)
