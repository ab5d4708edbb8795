"""How stable clusters are: the same method on samples of the points, and how well each cluster is found again.

A cluster's stability is its mean Jaccard overlap with the most similar cluster of each resample (Hennig 2007,
"Cluster-wise assessment of cluster stability", Computational Statistics & Data Analysis 52), on samples without
replacement, since repeated points are one point here.
"""

from hashlib import blake2b
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from creative_approaches.core.silhouette import DECIMALS, Floats, Labels

SHARE: Final = 205 / 256  # of the points that a resample takes, in expectation
MOST_RESAMPLES: Final = 60


def resample(points: Floats, resamples: int) -> NDArray[np.bool_]:
    """Which points each resample takes: about four fifths, by a hash of their values.

    points : shape (n, d).  resamples : up to 60.  Returns shape (resamples, n).
    A point is in the same resamples whatever other points there are, so that a new creative does not reshuffle them.
    """
    if resamples > MOST_RESAMPLES:
        raise ValueError(f"at most {MOST_RESAMPLES} resamples, got {resamples}")
    digests = b"".join(blake2b((row + 0.0).tobytes(), digest_size=64).digest() for row in points)
    taken = np.frombuffer(digests, dtype=np.uint8).reshape(len(points), 64) < round(SHARE * 256)
    return taken.T[:resamples]


def jaccard_overlaps(labels: Labels, others: Labels, clusters: int, weights: Floats) -> Floats:
    """The largest Jaccard overlap of each cluster with one of another clustering of the same points.

    labels, others : shape (n,), 0 or more, -1 for outliers.  weights : shape (n,).
    Returns shape (clusters,), 0 to 1; nan for a cluster that has no point here.
    """
    shared = contingency(labels, others, weights)
    mine = np.bincount(labels[labels >= 0], weights[labels >= 0], minlength=clusters)
    theirs = np.bincount(others[others >= 0], weights[others >= 0], minlength=shared.shape[1])
    overlaps = np.full(clusters, np.nan)
    overlaps[mine > 0] = 0
    union = mine[: shared.shape[0], None] + theirs - shared
    jaccard = np.divide(shared, union, out=np.zeros_like(shared), where=union > 0)
    best = jaccard.max(axis=1, initial=0)
    present = np.flatnonzero(mine[: len(best)] > 0)
    overlaps[present] = best[present]
    return overlaps


def adjusted_rand_index(labels: Labels, others: Labels, weights: Floats) -> float:
    """Agreement of two clusterings, corrected for chance (Hubert and Arabie 1985): 1 for equal ones, about 0 by chance.

    labels, others : shape (n,), 0 or more.  weights : shape (n,), how many points each one stands for.
    scikit-learn's has no weights.
    """
    shared = contingency(labels, others, weights)
    pairs = _pairs(shared).sum()
    mine, theirs, every = _pairs(shared.sum(axis=1)).sum(), _pairs(shared.sum(axis=0)).sum(), _pairs(shared.sum())
    expected = mine * theirs / every if every else 0.0
    largest = (mine + theirs) / 2
    if largest == expected:  # both are one cluster, or both all singles
        return 1.0
    return round(float((pairs - expected) / (largest - expected)), DECIMALS)


def contingency(labels: Labels, others: Labels, weights: Floats) -> Floats:
    """Weight of the points that two clusterings put into each pair of clusters; outliers of either are left out."""
    both = np.flatnonzero((labels >= 0) & (others >= 0))
    shape = (int(labels.max(initial=-1)) + 1, int(others.max(initial=-1)) + 1)
    table: Floats = sparse.coo_array((weights[both], (labels[both], others[both])), shape=shape).toarray()
    return table


def _pairs(counts: Floats | np.float64) -> Floats:
    return np.asarray(counts * (counts - 1) / 2)
