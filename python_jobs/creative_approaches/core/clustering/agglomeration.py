"""Agglomerative clustering trees of points that may stand for many, and cuts through such trees."""

from typing import Literal

import numpy as np

from creative_approaches.core.arrays import Floats, Labels

Method = Literal["ward", "average"]


def merge_tree(distances: Floats, method: Method, weights: Floats | None = None) -> Floats:
    """Tree of merges of n points, as `scipy.cluster.hierarchy.linkage` returns it.

    distances : Euclidean, shape (n, n), n >= 1, symmetric, zero diagonal; left as they are.
    weights : shape (n,), positive; a point of weight w counts as w points in the same place, merged before all
        others. None stands for all 1.
    Returns shape (n - 1, 4): left and right node, height (a Euclidean distance, never falling), and number of
    points, whatever they weigh. Equal distances merge the lower numbers first, so that only then the order of
    the points matters. Raises ValueError for an unknown method, other shapes and weights that are not positive.
    """
    points = len(distances)
    if method not in ("ward", "average"):
        raise ValueError(f"method is 'ward' or 'average', not {method!r}")
    if distances.shape != (points, points) or points == 0:
        raise ValueError(f"distances of shape (n, n), n >= 1, are needed, got {distances.shape}")
    if weights is not None and weights.shape != (points,):
        raise ValueError(f"one weight per point is needed, got {weights.shape} for {points} points")
    if weights is not None and not np.all((weights > 0) & np.isfinite(weights)):
        raise ValueError("weights are positive and finite")
    if points == 1:
        return np.empty((0, 4))
    if weights is not None and np.any(weights != 1):
        return _weighted_tree(distances, method, weights)

    from scipy.cluster.hierarchy import linkage
    from scipy.spatial.distance import squareform

    tree: Floats = linkage(squareform(distances, checks=False), method)
    return tree


def cut_tree(tree: Floats, clusters: int) -> tuple[Labels, list[int]]:
    """Split the tree from its root until there are `clusters` labels, undoing the last merge first.

    tree : as `merge_tree` returns it.  A split keeps the label for its left half and gives the next one to its
    right half. Returns the label of each point, and for every label the one that it was split from (itself for
    the root's 0).
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


def _weighted_tree(distances: Floats, method: Method, weights: Floats) -> Floats:
    """Nearest-neighbour chain with the update of Lance and Williams (Murtagh 1983, Muellner 2011)."""
    points = len(distances)
    weights = weights.copy()
    costs = distances.copy()
    if method == "ward":
        # Twice the growth of the squared error, which for two points of weight 1 is their squared distance.
        for row, weight in zip(costs, weights, strict=True):
            row *= row
            row *= 2 * weight * weights / (weight + weights)
    # Infinite columns, of a point itself and of one merged into another, are nobody's nearest.
    np.fill_diagonal(costs, np.inf)
    is_merged = np.zeros(points, dtype=np.bool_)
    merges = np.empty((points - 1, 3))
    chain: list[int] = []
    for step in range(points - 1):
        if not chain:
            chain.append(int(is_merged.argmin()))
        while True:
            last = chain[-1]
            nearest = int(costs[last].argmin())
            if len(chain) > 1 and costs[last, chain[-2]] <= costs[last, nearest]:
                break
            chain.append(nearest)
        # As in scipy, the higher number lives on, so that ties fall alike.
        gone, kept = sorted((chain.pop(), chain.pop()))
        merges[step] = gone, kept, costs[gone, kept]
        merged = _merged_costs(costs, gone, kept, method, weights)
        costs[kept], costs[:, kept] = merged, merged
        costs[:, gone] = np.inf
        is_merged[gone] = True
        weights[kept] += weights[gone]
    if method == "ward":
        merges[:, 2] = np.sqrt(merges[:, 2])
    return _as_tree(merges[np.argsort(merges[:, 2], kind="stable")])


def _merged_costs(costs: Floats, gone: int, kept: int, method: Method, weights: Floats) -> Floats:
    """Cost of merging every point with the union of two: infinite for the two, as for those merged before."""
    first, second = costs[gone], costs[kept]
    if method == "ward":
        merged = (weights[gone] + weights) * first + (weights[kept] + weights) * second
        merged -= weights * costs[gone, kept]
        merged /= weights[gone] + weights[kept] + weights
    else:
        merged = (weights[gone] * first + weights[kept] * second) / (weights[gone] + weights[kept])
    # Nothing is nearer to a union than to its nearer half; without rounding noise the chain stays valid.
    result: Floats = np.maximum(merged, np.minimum(first, second), out=merged)
    return result


def _as_tree(merges: Floats) -> Floats:
    """Scipy's linkage matrix of merges (a point of either side, height) in the order of their heights."""
    points = len(merges) + 1
    tree = np.empty((points - 1, 4))
    parent = np.arange(2 * points - 1)
    sizes = np.ones(2 * points - 1)
    for step, (gone, kept, height) in enumerate(merges):
        left, right = sorted((_root(parent, int(gone)), _root(parent, int(kept))))
        node = points + step
        parent[[left, right]] = node
        sizes[node] = sizes[left] + sizes[right]
        tree[step] = left, right, height, sizes[node]
    return tree


def _root(parent: Labels, node: int) -> int:
    top = node
    while parent[top] != top:
        top = int(parent[top])
    while parent[node] != top:
        parent[node], node = top, int(parent[node])
    return top
