"""Centroids of clusters, which points are near them, and which outliers are near enough to join."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from creative_approaches.core.arrays import DECIMALS, Floats, Labels, cosine_distances

# What the median absolute deviation of a normal distribution is multiplied by to give its standard deviation.
MAD_TO_DEVIATION: Final = 1.4826


def centroids(vectors: Floats, labels: Labels) -> Floats:
    """The mean direction of each cluster.

    vectors : shape (n, d).  labels : shape (n,), clusters 0 to k - 1, -1 for outliers.
    Returns shape (k, d), unit length; a zero row for a cluster whose members cancel each other out.
    """
    rows = np.flatnonzero(labels >= 0)
    shape = (int(labels.max(initial=-1)) + 1, len(vectors))
    # A sparse product adds members one by one in their order, on every machine alike.
    means = sparse.csr_array((np.ones(len(rows)), (labels[rows], rows)), shape=shape) @ vectors
    means /= np.bincount(labels[rows])[:, None]
    lengths = np.sqrt(np.einsum("ij,ij->i", means, means))[:, None]
    directions: Floats = np.divide(means, lengths, out=np.zeros_like(means), where=lengths > 10.0**-DECIMALS)
    return directions


def centroid_distances(vectors: Floats, labels: Labels, middles: Floats) -> Floats:
    """Cosine distance of every row to the centroid of its cluster, 0 to 2, rounded to 12 decimals.

    vectors : shape (n, d), rows of unit length.  labels : shape (n,), -1 for outliers, which get nan.
    middles : as `centroids` returns them; 1 is the distance to one that is zero.
    """
    cosines = np.full(len(vectors), np.nan)
    rows = np.flatnonzero(labels >= 0)
    cosines[rows] = np.einsum("ij,ij->i", vectors[rows], middles[labels[rows]])
    return cosine_distances(cosines)


def _radius(distances: Floats, reach: float) -> float:
    middle = np.median(distances)
    return float(middle + reach * MAD_TO_DEVIATION * np.median(np.abs(distances - middle)))


def nearest_clusters(points: Floats, labels: Labels) -> Labels:
    """The same clusters with every outlier in the nearest, of equal ones the first."""
    outliers = np.flatnonzero(labels < 0)
    if len(outliers) == 0:
        return labels
    complete = labels.copy()
    complete[outliers] = cosine_distances(points[outliers] @ centroids(points, labels).T).argmin(axis=1)
    return complete


def attach_outliers(
    points: Floats, labels: Labels, reach: float, spend: Floats | None, max_spend: float
) -> tuple[Labels, NDArray[np.bool_]]:
    """Give outliers to their nearest clusters: those within reach, and more of them if they hold too much spend.

    reach : an outlier is within it if its cosine distance from the centroid is no more than the median of the
        members' and so many of their median absolute deviations, made comparable with a standard deviation; 0: none is.
        This is the rule for outliers of Leys et al. (2013, Detecting outliers): one far member does not move it.
    spend : shape (n,), 0 to 1, the share of the spend that each point holds, or None.  max_spend : what outliers may
        hold together; beyond it they join nearest first, of equal ones in the order of the points.
    Returns the labels, and whether each point was attached.
    """
    outliers = np.flatnonzero(labels < 0)
    attached = np.zeros(len(labels), dtype=np.bool_)
    if len(outliers) == 0:
        return labels, attached
    middles = centroids(points, labels)
    member_distances = centroid_distances(points, labels, middles)
    radius = np.array([_radius(member_distances[labels == cluster], reach) for cluster in range(len(middles))])
    distances = cosine_distances(points[outliers] @ middles.T)
    nearest = distances.argmin(axis=1)
    distance = distances[np.arange(len(outliers)), nearest]
    joins = distance <= radius[nearest] if reach > 0 else np.zeros(len(outliers), dtype=np.bool_)
    if spend is not None:
        left = np.flatnonzero(~joins)
        left = left[np.argsort(distance[left], kind="stable")]
        held = np.round(np.cumsum(spend[outliers[left]][::-1])[::-1], DECIMALS)
        # An outlier joins while it and those further away still hold too much, unless it holds nothing.
        joins[left[(held > max_spend) & (spend[outliers[left]] > 0)]] = True
    labels = labels.copy()
    labels[outliers[joins]] = nearest[joins]
    attached[outliers[joins]] = True
    return labels, attached
