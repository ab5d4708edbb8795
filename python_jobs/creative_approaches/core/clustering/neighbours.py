"""Nearest neighbours of every vector, exactly, without a matrix of all pairs.

Neighbours in the same cell tell how near the true ones are at least. All pairs are then compared in tiles of single
precision, and those that may be near enough, given the largest error of such a sum, again in double precision.
"""

from typing import Final

import numpy as np
from scipy import sparse

from creative_approaches.core.arrays import DECIMALS, Floats, Labels
from creative_approaches.core.clustering.cells import cells, on_grid

CELL_POINTS: Final = 2048  # up to here one matrix holds all pairs
TILE: Final = 2048
PAIRS_AT_ONCE: Final = 1 << 15


def nearest_neighbours(vectors: Floats, count: int) -> sparse.csr_array:
    """The cosines of every vector with the `count` others of the highest, ties included, as far as they are positive.

    vectors : float64, shape (n, d), rows of unit length or zero.  count : at least 1.
    Returns shape (n, n). Cosines are rounded to 12 decimals. Time grows with n * n * d, memory with n * d.
    """
    if len(vectors) <= CELL_POINTS:
        cosines = _cosines(vectors)
        cosines[(cosines < _kth_largest(cosines, count)[:, None]) | (cosines <= 0)] = 0
        return sparse.csr_array(cosines)
    least = np.empty(len(vectors))
    for cell in cells(on_grid(vectors), CELL_POINTS):
        least[cell] = _kth_largest(_cosines(vectors[cell]), count)
    left, right = _pairs_above(vectors, least)
    cosines = np.concatenate(
        [
            np.einsum("ij,ij->i", vectors[left[rows]], vectors[right[rows]])
            for rows in np.split(np.arange(len(left)), range(PAIRS_AT_ONCE, len(left), PAIRS_AT_ONCE))
        ]
    )
    np.round(cosines, DECIMALS, out=cosines)
    return _largest_of_rows(
        np.concatenate([left, right]), np.concatenate([right, left]), np.tile(cosines, 2), len(vectors), count
    )


def _cosines(vectors: Floats) -> Floats:
    """Between all pairs, rounded to 12 decimals, 0 of a vector with itself."""
    cosines: Floats = vectors @ vectors.T
    np.round(cosines, DECIMALS, out=cosines)
    np.fill_diagonal(cosines, 0)
    return cosines


def _kth_largest(cosines: Floats, count: int) -> Floats:
    """Of every row of a square matrix; below all cosines where a row has fewer others."""
    if len(cosines) <= count:
        return np.full(len(cosines), -np.inf)
    largest: Floats = np.partition(cosines, -count, axis=1)[:, -count]
    return largest


def _pairs_above(vectors: Floats, least: Floats) -> tuple[Labels, Labels]:
    """Every pair, once, whose cosine is positive and not below what either side asks for, and a few others."""
    single = vectors.astype(np.float32)
    # Rounding two vectors of d numbers and adding up d products errs by no more than d + 2 roundings.
    error = (vectors.shape[1] + 2) * float(np.finfo(np.float32).eps)
    bounds = (np.maximum(least, 10.0**-DECIMALS) - error).astype(np.float32)
    lefts, rights = [], []
    for first in range(0, len(vectors), TILE):
        for second in range(first, len(vectors), TILE):
            cosines = single[first : first + TILE] @ single[second : second + TILE].T
            lower = np.minimum(bounds[first : first + TILE, None], bounds[second : second + TILE])
            left, right = np.nonzero(cosines >= lower)
            is_pair = left + first < right + second
            lefts.append(left[is_pair] + first)
            rights.append(right[is_pair] + second)
    return np.concatenate(lefts), np.concatenate(rights)


def _largest_of_rows(rows: Labels, columns: Labels, values: Floats, size: int, count: int) -> sparse.csr_array:
    """The `count` largest values of every row, ties included, if positive."""
    order = np.lexsort((columns, -values, rows))
    rows, columns, values = rows[order], columns[order], values[order]
    kth = np.minimum(np.searchsorted(rows, rows) + count, np.searchsorted(rows, rows, side="right")) - 1
    kept = (values >= values[kth]) & (values > 0)
    return sparse.csr_array((values[kept], (rows[kept], columns[kept])), shape=(size, size))
