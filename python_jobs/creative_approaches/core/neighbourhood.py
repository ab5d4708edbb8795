"""Vectors averaged over their nearest neighbours: what texts of one approach share stays, what is only theirs fades.

It is the reduction that clustering needs before it measures distances, as UMAP is for others, but without a random
start, so that every machine gets the same vectors. The method is graph convolution without training (Wu et al. 2019,
"Simplifying Graph Convolutional Networks"; for clustering Zhang et al. 2019, "Attributed Graph Clustering via
Adaptive Graph Convolution").
"""

from typing import Final

import numpy as np
from scipy import sparse

from creative_approaches.core.silhouette import DECIMALS, Floats

NEIGHBOURS: Final = 5
ROUNDS: Final = 4


def average_neighbours(points: Floats, weights: Floats) -> Floats:
    """Move each point four times halfway to the mean of its neighbours, seen from the middle of the cohort.

    points : shape (n, d), unit length.  weights : shape (n,), how many points each one stands for.
    Neighbours are the five of highest cosine, ties included, and those that have the point among theirs; cosines
    weigh them, and negative ones do not count. What all points share, the mean, is taken out before and after.
    Returns shape (n, d), unit length; zero rows where nothing is left, as for points that are all the same.
    """
    centred = _from_middle(points, weights)
    graph = _neighbour_graph(centred)
    pull = graph.multiply(weights).tocsr()
    total = np.asarray(pull.sum(axis=1)).reshape(-1)
    share = np.where(total > 0, 0.5, 0.0)
    pull = sparse.diags_array(share / np.where(total > 0, total, 1)) @ pull
    moved = centred
    for _ in range(ROUNDS):
        moved = (1 - share)[:, None] * moved + pull @ moved
    return _from_middle(moved, weights)


def _neighbour_graph(vectors: Floats) -> sparse.csr_array:
    cosines: Floats = vectors @ vectors.T
    np.round(cosines, DECIMALS, out=cosines)
    np.fill_diagonal(cosines, 0)
    count = min(NEIGHBOURS, len(vectors) - 1)
    least = np.partition(cosines, -count, axis=1)[:, -count, None]
    cosines[(cosines < least) | (cosines <= 0)] = 0
    graph = sparse.csr_array(cosines)
    return graph.maximum(graph.T).tocsr()


def _from_middle(vectors: Floats, weights: Floats) -> Floats:
    centred = vectors - np.average(vectors, axis=0, weights=weights)
    lengths = np.sqrt(np.einsum("ij,ij->i", centred, centred))[:, None]
    # Only rounding noise is left of a point in the middle; it has no direction.
    directions: Floats = np.divide(
        centred, lengths, out=np.zeros_like(centred), where=lengths > 10.0 ** -(DECIMALS // 2)
    )
    return directions
