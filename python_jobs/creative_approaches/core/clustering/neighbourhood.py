"""Vectors averaged over their nearest neighbours: what texts of one approach share stays, what is only theirs fades.

It is the reduction that clustering needs before it measures distances, as UMAP is for others, but without a random
start, so that every machine gets the same vectors. The method is graph convolution without training (Wu et al. 2019,
"Simplifying Graph Convolutional Networks"; for clustering Zhang et al. 2019, "Attributed Graph Clustering via
Adaptive Graph Convolution").
"""

from typing import Final

import numpy as np
from scipy import sparse

from creative_approaches.core.arrays import DECIMALS, Floats
from creative_approaches.core.clustering.neighbours import nearest_neighbours

NEIGHBOURS: Final = 5
ROUNDS: Final = 4


def average_neighbours(points: Floats) -> Floats:
    """Move each point four times halfway to the mean of its neighbours, seen from the middle of the cohort.

    points : shape (n, d), unit length.
    Neighbours are the five of highest cosine, ties included, and those that have the point among theirs; cosines
    weigh them, and negative ones do not count. What all points share, the mean, is taken out before and after.
    Returns shape (n, d), unit length; zero rows where nothing is left, as for points that are all the same.
    """
    moved = _from_middle(points)
    nearest = nearest_neighbours(moved, NEIGHBOURS)
    graph = nearest.maximum(nearest.T).tocsr()
    total = np.asarray(graph.sum(axis=1)).reshape(-1)
    share = np.where(total > 0, 0.5, 0.0)
    pull = sparse.diags_array(share / np.where(total > 0, total, 1)) @ graph
    for _ in range(ROUNDS):
        pulled = pull @ moved
        moved *= (1 - share)[:, None]
        moved += pulled
    return _from_middle(moved)


def _from_middle(vectors: Floats) -> Floats:
    centred: Floats = vectors - vectors.mean(axis=0)
    lengths = np.sqrt(np.einsum("ij,ij->i", centred, centred))[:, None]
    # Only rounding noise is left of a point in the middle; it has no direction.
    is_apart = lengths > 10.0 ** -(DECIMALS // 2)
    centred /= np.where(is_apart, lengths, 1)
    centred *= is_apart
    return centred
