"""Many small groups of more points than a matrix of all distances can hold.

Ward's criterion makes the groups, as it makes the clusters of smaller cohorts: points fall into cells that one
matrix holds, every cell gets its tree, and the cheapest merges of all trees are done together. A pass stops when a
quarter of the points are merged away; the next one cuts other cells out of the centroids, fewer and wider ones, so
that what a border kept apart can still meet. Points that one cell holds get exactly the groups of Ward's tree.

Points far from all others cost much to merge, and thus keep groups of their own, however few they are.

Results must not depend on the order in which a matrix product is summed, which differs between processors and
numbers of threads. Coordinates are therefore rounded to multiples of 2^-25: products of two are multiples of 2^-50,
every partial sum over a row of about unit length fits the 53 bits of a float64, and all orders sum exactly.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from creative_approaches.core.agglomeration import cut_tree, merge_tree
from creative_approaches.core.silhouette import Floats, Labels, euclidean_distances

# Three float64 matrices of this size take 400 MB. Half the size gives trees that agree less with that of all points.
CELL_POINTS: Final = 4096
# Small steps let later passes mend what the borders of cells did.
KEPT_BY_PASS: Final = 0.75
# A single round gives 1% more squared error, a fourth hardly less.
SPLIT_ROUNDS: Final = 3
GRID: Final = 2.0**25
UNIT_LENGTH_TOLERANCE: Final = 1e-3


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

    points : float64, shape (n, d), n >= 1, rows of unit length, in an order that their values decide: among equal
    distances, and nowhere else, earlier rows go first. With as many groups as points or more, each point is one.
    Time grows with n * d, memory holds three copies of the points besides a cell's distances.
    Raises ValueError for any other shape or dtype, for fewer than one group, and for the first row that is not
    finite and of unit length to 0.001.
    """
    if points.dtype != np.float64 or points.ndim != 2 or len(points) == 0:
        raise ValueError(f"float64 points of shape (n, d), n >= 1, are needed, got {points.dtype} {points.shape}")
    if groups < 1:
        raise ValueError(f"at least one group is needed, got {groups}")
    with np.errstate(over="ignore", invalid="ignore"):
        excess = np.abs(np.einsum("ij,ij->i", points, points) ** 0.5 - 1)
    refused = np.flatnonzero(~(excess <= UNIT_LENGTH_TOLERANCE))  # also refuses nan
    if len(refused):
        raise ValueError(f"row {refused[0]} is not a finite vector of unit length")

    group_of_point = np.arange(len(points))
    centroids, weights = points, np.ones(len(points))
    while len(centroids) > groups:
        fewest = groups if len(centroids) <= CELL_POINTS else max(groups, int(KEPT_BY_PASS * len(centroids)))
        merged = _merge_within_cells(_on_grid(centroids), weights, fewest)
        group_of_point = _numbered_by_first_point(merged[group_of_point])
        centroids, weights = _means(points, group_of_point)
    return Groups(group_of_point, centroids, weights)


def _merge_within_cells(points: Floats, weights: Floats, groups: int) -> Labels:
    """Labels, 0 to groups - 1, after the merges that add least to the squared error, none between two cells."""
    cells = _cells(points)
    trees = [merge_tree(euclidean_distances(points[cell]), "ward", weights[cell]) for cell in cells]
    heights = np.concatenate([tree[:, 2] for tree in trees])
    cell_of_merge = np.repeat(np.arange(len(cells)), [len(tree) for tree in trees])
    done = np.argsort(heights, kind="stable")[: len(points) - groups]
    # Heights never fall within a tree: the merges done in it are its first ones.
    merges = np.bincount(cell_of_merge[done], minlength=len(cells))
    labels = np.empty(len(points), dtype=np.int64)
    next_label = 0
    for cell, tree, merged in zip(cells, trees, merges.tolist(), strict=True):
        labels[cell] = cut_tree(tree, len(cell) - merged)[0] + next_label
        next_label += len(cell) - merged
    return labels


def _cells(points: Floats) -> list[Labels]:
    """Positions of the points in cells of at most CELL_POINTS, by halving."""
    cells, waiting = [], [np.arange(len(points))]
    while waiting:
        cell = waiting.pop()
        if len(cell) <= CELL_POINTS:
            cells.append(cell)
        else:
            is_right = _is_in_right_half(points[cell])
            waiting += [cell[is_right], cell[~is_right]]
    return cells


def _is_in_right_half(points: Floats) -> NDArray[np.bool_]:
    """Halves of equal size on either side of a plane, as 2-means would lay it.

    The plane is first across the line from one far point to the farthest from it, then between the means of the
    halves. Equal halves bound the number of splits whatever the data.
    """
    squared_lengths = np.einsum("ij,ij->i", points, points)
    total = points.sum(axis=0)

    def farthest_from(place: Floats) -> Floats:
        farthest: Floats = points[np.argmax(squared_lengths - 2 * (points @ place))]
        return farthest

    left = farthest_from(_on_grid(total / len(points)))
    direction = farthest_from(left) - left
    half = len(points) // 2
    for _ in range(SPLIT_ROUNDS):
        is_right = np.ones(len(points), dtype=np.bool_)
        is_right[np.argsort(points @ direction, kind="stable")[:half]] = False
        right_sum = is_right.astype(np.float64) @ points
        direction = _on_grid(right_sum / (len(points) - half) - (total - right_sum) / half)
    return is_right


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


def _on_grid(vectors: Floats) -> Floats:
    rounded: Floats = vectors * GRID
    np.round(rounded, out=rounded)
    rounded /= GRID
    return rounded
