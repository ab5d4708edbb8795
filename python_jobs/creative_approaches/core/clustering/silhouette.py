"""Distances between points, and silhouettes computed from them.

A silhouette of a point needs only the sum of its distances to every cluster. One matrix product gives these
sums, and merging two clusters adds two columns, so that a whole sweep over cuts needs a single product.
"""

import numpy as np

from creative_approaches.core.arrays import DECIMALS, Floats, Labels


def euclidean_distances(vectors: Floats) -> Floats:
    """Euclidean distances between rows of about unit length, from squared distances rounded to 12 decimals.

    vectors : shape (n, d).  Returns shape (n, n), symmetric, zero diagonal.
    """
    squared_lengths = np.einsum("ij,ij->i", vectors, vectors)
    distances: Floats = vectors @ vectors.T
    distances *= -2
    distances += squared_lengths[:, None]
    distances += squared_lengths
    np.round(distances, DECIMALS, out=distances)
    np.maximum(distances, 0, out=distances)
    np.sqrt(distances, out=distances)
    np.fill_diagonal(distances, 0)
    return distances


def distances_to_clusters(distances: Floats, labels: Labels, clusters: int) -> Floats:
    """Sum of the distances from every point to the members of every cluster.

    distances : shape (n, n).  labels : shape (n,), clusters 0 to k - 1, -1 for points in no cluster.
    clusters : k; one may have no member.  Returns shape (n, k).
    """
    members = np.zeros((len(labels), clusters))
    clustered = np.flatnonzero(labels >= 0)
    members[clustered, labels[clustered]] = 1
    sums: Floats = distances @ members
    return sums


def silhouettes(sums: Floats, labels: Labels) -> Floats:
    """Silhouette of every point: (b - a) / max(a, b), where a is its mean distance to the others of its
    cluster and b its mean distance to the nearest other cluster (Rousseeuw 1987).

    sums : as `distances_to_clusters` returns them, shape (n, k), k >= 2.
    labels : shape (n,), clusters 0 to k - 1, no outliers; a cluster without members is nobody's nearest.
    Returns shape (n,), -1 to 1; 0 for the only member of a cluster, where a = b = 0, and where all are in one.
    """
    points = np.arange(len(labels))
    sizes = np.bincount(labels, minlength=sums.shape[1])
    own_size = sizes[labels]
    inside = sums[points, labels] / np.maximum(own_size - 1, 1)
    means = sums / np.maximum(sizes, 1)
    means[:, sizes == 0] = np.inf
    means[points, labels] = np.inf
    nearest = means.min(axis=1)
    larger = np.maximum(inside, nearest)
    is_defined = (own_size > 1) & (larger > 0) & np.isfinite(nearest)
    values: Floats = np.divide(nearest - inside, larger, out=np.zeros(len(labels)), where=is_defined)
    return values
