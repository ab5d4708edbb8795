"""Cells of near points, small enough for a matrix of all distances within one.

Results must not depend on the order in which a matrix product is summed, which differs between processors and
numbers of threads. Coordinates are therefore rounded to multiples of 2^-25: products of two are multiples of 2^-50,
every partial sum over a row of at most about unit length fits the 53 bits of a float64, and all orders sum exactly.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from creative_approaches.core.arrays import Floats, Labels

# A single round gives 1% more squared error within cells, a fourth hardly less.
SPLIT_ROUNDS: Final = 3
GRID: Final = 2.0**25


def on_grid(vectors: Floats) -> Floats:
    """Coordinates rounded to multiples of 2^-25."""
    rounded: Floats = vectors * GRID
    np.round(rounded, out=rounded)
    rounded /= GRID
    return rounded


def cells(points: Floats, most: int) -> list[Labels]:
    """Positions of the points in cells of at most `most`, by halving.

    points : shape (n, d), `on_grid`, rows no longer than about 1. The halves of a cell are of equal size, which
    bounds the number of cells whatever the data.
    """
    made, waiting = [], [np.arange(len(points))]
    while waiting:
        cell = waiting.pop()
        if len(cell) <= most:
            made.append(cell)
        else:
            is_right = _is_in_right_half(points[cell])
            waiting += [cell[is_right], cell[~is_right]]
    return made


def _is_in_right_half(points: Floats) -> NDArray[np.bool_]:
    """Halves of equal size on either side of a plane, as 2-means would lay it.

    The plane is first across the line from one far point to the farthest from it, then between the means of the
    halves.
    """
    squared_lengths = np.einsum("ij,ij->i", points, points)
    total = points.sum(axis=0)

    def farthest_from(place: Floats) -> Floats:
        farthest: Floats = points[np.argmax(squared_lengths - 2 * (points @ place))]
        return farthest

    left = farthest_from(on_grid(total / len(points)))
    direction = farthest_from(left) - left
    half = len(points) // 2
    for _ in range(SPLIT_ROUNDS):
        is_right = np.ones(len(points), dtype=np.bool_)
        is_right[np.argsort(points @ direction, kind="stable")[:half]] = False
        right_sum = is_right.astype(np.float64) @ points
        direction = on_grid(right_sum / (len(points) - half) - (total - right_sum) / half)
    return is_right
