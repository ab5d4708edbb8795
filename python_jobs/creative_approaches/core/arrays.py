"""The arrays that functions of core take and return, and how closely their numbers are compared."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]

# Rounding noise of a matrix product differs between processors, at about 1e-15 for unit vectors. Rounding
# squared distances and scores at 1e-12 lets equal distances tie everywhere; no score is read that closely.
DECIMALS: Final = 12


def cosine_distances(cosines: Floats) -> Floats:
    """1 less the cosines, 0 to 2, rounded to 12 decimals; nan stays nan.

    Never -0.0, which the noise of a product makes on one machine and not on another, and which tables tell from 0.0.
    """
    distances: Floats = np.clip(np.round(1 - cosines, DECIMALS) + 0.0, 0, 2)
    return distances
