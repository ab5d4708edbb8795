"""Many small groups of more points than a matrix of all distances can hold.

Ward's criterion makes the groups, as it makes the clusters of smaller cohorts: points fall into cells that one
matrix holds, every cell gets its tree, and the cheapest merges of all trees are done together. A pass stops when two
fifths of the points are merged away; the next one cuts other cells out of the centroids, fewer and wider ones, so
that what a border kept apart can still meet. Points that one cell holds get exactly the groups of Ward's tree.

Points far from all others cost much to merge, and thus keep groups of their own, however few they are.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from creative_approaches.core.arrays import Floats, Labels
from creative_approaches.core.clustering.agglomeration import cut_tree, merge_tree
from creative_approaches.core.clustering.cells import cells, on_grid
from creative_approaches.core.clustering.silhouette import euclidean_distances

CELL_POINTS: Final = 2048  # three float64 matrices of this size take 100 MB
# Small steps let later passes mend what the borders of cells did: half of 10,000 real texts in one pass gave a tree
# whose cuts agreed with those of all by 0.94, in two by 1.
KEPT_BY_PASS: Final = 0.6


@dataclass(frozen=True, eq=False)
class Groups:
    """Points put together, m groups numbered by their first point.

    group_of_point : shape (n,), 0 to m - 1.
    centroids : shape (m, d), the means of the points, shorter than unit length.
    weights : shape (m,), points per group, at least 1.
    """

    group_of_point: Labels
    centroids: Floats
    weights: Floats


def group_points(points: Floats, groups: int) -> Groups:
    """Put points into exactly `groups` groups with little squared distance to their centroids.

    points : float64, shape (n, d), n >= 1, rows of unit length or shorter, in an order that their values decide: among
    equal distances, and nowhere else, earlier rows go first. With as many groups as points or more, each point is one.
    Time grows with n * d, memory holds three copies of the points besides a cell's distances.
    Raises ValueError for fewer than one group.
    """
    if groups < 1:
        raise ValueError(f"at least one group is needed, got {groups}")
    group_of_point = np.arange(len(points))
    centroids, weights = points, np.ones(len(points))
    while len(centroids) > groups:
        fewest = groups if len(centroids) <= CELL_POINTS else max(groups, int(KEPT_BY_PASS * len(centroids)))
        merged = _merge_within_cells(on_grid(centroids), weights, fewest)
        group_of_point = _numbered_by_first_point(merged[group_of_point])
        centroids, weights = _means(points, group_of_point)
    return Groups(group_of_point, centroids, weights)


def _merge_within_cells(points: Floats, weights: Floats, groups: int) -> Labels:
    """Labels, 0 to groups - 1, after the merges that add least to the squared error, none between two cells."""
    made = cells(points, CELL_POINTS)
    trees = [merge_tree(euclidean_distances(points[cell]), "ward", weights[cell]) for cell in made]
    heights = np.concatenate([tree[:, 2] for tree in trees])
    cell_of_merge = np.repeat(np.arange(len(made)), [len(tree) for tree in trees])
    done = np.argsort(heights, kind="stable")[: len(points) - groups]
    # Heights never fall within a tree: the merges done in it are its first ones.
    merges = np.bincount(cell_of_merge[done], minlength=len(made))
    labels = np.empty(len(points), dtype=np.int64)
    next_label = 0
    for cell, tree, merged in zip(made, trees, merges.tolist(), strict=True):
        labels[cell] = cut_tree(tree, len(cell) - merged)[0] + next_label
        next_label += len(cell) - merged
    return labels


def _means(points: Floats, labels: Labels) -> tuple[Floats, Floats]:
    """Mean of the points of every label, and their number."""
    from scipy.sparse import csr_array

    sizes = np.bincount(labels)
    # A sparse product adds the rows of a label one after the other; a dense one has no fixed order.
    by_label = np.argsort(labels, kind="stable")
    members = csr_array((np.ones(len(labels)), by_label, np.concatenate([[0], np.cumsum(sizes)])))
    means: Floats = (members @ points) / sizes[:, None]
    return means, sizes.astype(np.float64)


def _numbered_by_first_point(labels: Labels) -> Labels:
    _, first_points, numbers = np.unique(labels, return_index=True, return_inverse=True)
    ranks: Labels = np.argsort(np.argsort(first_points))
    return ranks[numbers]
