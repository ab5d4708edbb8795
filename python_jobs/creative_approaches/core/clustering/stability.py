"""How stable clusters are: the same method on samples of the points, and how well each cluster is found again.

A cluster's stability is its mean Jaccard overlap with the most similar cluster of each resample (Hennig 2007,
"Cluster-wise assessment of cluster stability", Computational Statistics & Data Analysis 52), on samples without
replacement, since repeated points are one point here.
"""

from hashlib import blake2b
from typing import Final

import numpy as np
from numpy.typing import NDArray

from creative_approaches.core.arrays import Floats, Labels

SHARE: Final = 0.8  # of the points that a resample takes, in expectation
MOST_RESAMPLES: Final = 30


def resample(points: Floats, resamples: int, share: float = SHARE) -> NDArray[np.bool_]:
    """Which points each resample takes, by a hash of their values.

    points : shape (n, d).  resamples : up to 30.  share : of the points, in expectation, 0 to 1 in steps of 2^-16.
    Returns shape (resamples, n). A point is in the same resamples whatever other points there are, so that a new
    creative does not reshuffle them.
    """
    if resamples > MOST_RESAMPLES:
        raise ValueError(f"at most {MOST_RESAMPLES} resamples, got {resamples}")
    digests = b"".join(blake2b((row + 0.0).tobytes(), digest_size=64).digest() for row in points)
    numbers = np.frombuffer(digests, dtype="<u2").reshape(len(points), 32)
    return (numbers < round(share * 2**16)).T[:resamples]


def jaccard_overlaps(labels: Labels, others: Labels, clusters: int) -> Floats:
    """The largest Jaccard overlap of each cluster with one of another clustering of the same points.

    labels, others : shape (n,), 0 or more, -1 for outliers.
    Returns shape (clusters,), 0 to 1; nan for a cluster that has no point here.
    """
    rivals = int(others.max(initial=-1)) + 1
    both = (labels >= 0) & (others >= 0)
    shared = np.bincount(labels[both] * rivals + others[both], minlength=clusters * rivals).reshape(clusters, rivals)
    mine = np.bincount(labels[labels >= 0], minlength=clusters)
    theirs = np.bincount(others[others >= 0], minlength=rivals)
    overlaps: Floats = (shared / np.maximum(mine[:, None] + theirs - shared, 1)).max(axis=1, initial=0)
    overlaps[mine == 0] = np.nan
    return overlaps
