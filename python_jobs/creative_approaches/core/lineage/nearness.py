"""How far apart two centroids may be to be of one theme, judged by the space that they are in.

The same cosine distance means another thing in each space: neighbouring approaches are 0.8 apart where words are
hashed, 0.4 among sentence vectors, less among traits. So a distance is judged against distances of the same space:

neighbours : what clusters of one period are apart is apart, since the clustering told them apart. For each cluster the
    distance of the nearest other one of its period counts; for an only cluster that of two of its members.
rivals : a pair is of one theme if nothing else comes near. This is the ratio test by which points of two pictures are
    matched (Lowe 2004, Distinctive image features from scale-invariant keypoints, section 7.1), both ways round.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from creative_approaches.core.arrays import Floats, Labels
from creative_approaches.core.lineage.cluster import Cluster, distances_between


@dataclass(frozen=True, eq=False)
class Nearness:
    """Distances of clusters then from clusters now, and what they are judged against.

    distance : shape (then, now), cosine distances; nan where two cannot be compared.
    neighbours : what neighbours typically are apart: the median over the clusters of both periods; 0 if unknown.
    rivals : shape (then, now), the distance from either of the two to the nearest cluster of either period that is
        none of the two.
    """

    distance: Floats
    neighbours: float
    rivals: Floats


def judge_nearness(then: Sequence[Cluster], period_of: Labels, now: Sequence[Cluster]) -> Nearness:
    """The distances between clusters of now and of periods before.

    period_of : shape (then,), the period of each, the last of which is the one that neighbours are looked for in.
    """
    distance = distances_between(then, now)
    is_comparable = ~np.isnan(distance)
    across = _known(distance)
    of_one_period = period_of[:, None] == period_of
    nearest_then = _nearest(np.where(of_one_period, _known(distances_between(then, then)), np.inf))
    nearest_now = _nearest(_known(distances_between(now, now)))
    inside_then, inside_now = _inside(then), _inside(now)

    rivals = np.minimum(np.minimum(nearest_then[:, None], nearest_now), _least_other(across))
    for period in np.unique(period_of):
        rows = period_of == period
        rivals[rows] = np.minimum(rivals[rows], _least_other(across[rows].T).T)
    rivals = np.where(np.isinf(rivals), np.minimum(inside_then[:, None], inside_now), rivals)

    latest = is_comparable.any(axis=1) & (period_of == period_of.max())
    apart = np.r_[
        np.where(np.isinf(nearest_then), inside_then, nearest_then)[latest],
        np.where(np.isinf(nearest_now), inside_now, nearest_now)[is_comparable.any(axis=0)],
    ]
    return Nearness(distance, float(np.median(apart)) if len(apart) else 0.0, rivals)


def _known(distance: Floats) -> Floats:
    return np.where(np.isnan(distance), np.inf, distance)


def _nearest(distance: Floats) -> Floats:
    """The distance of the nearest other one; inf if there is none."""
    nearest: Floats = np.where(np.eye(len(distance), dtype=np.bool_), np.inf, distance).min(axis=1)
    return nearest


def _inside(clusters: Sequence[Cluster]) -> Floats:
    """The mean distance of two members: unit vectors whose mean has a length have its square as their mean cosine."""
    mean_lengths = 1 - np.array([cluster.spread for cluster in clusters], dtype=np.float64)
    return 1 - mean_lengths**2


def _least_other(values: Floats) -> Floats:
    """For each place the least of the other places of its row; inf if there is none."""
    if values.shape[1] < 2:
        return np.full(values.shape, np.inf)
    least, second = np.partition(values, 1, axis=1)[:, :2].T[:, :, None]
    is_least = np.arange(values.shape[1]) == values.argmin(axis=1)[:, None]
    others: Floats = np.where(is_least, second, least)
    return others
