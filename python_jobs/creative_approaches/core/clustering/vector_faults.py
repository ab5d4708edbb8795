"""Which vectors cannot be clustered, and why."""

import numpy as np

from creative_approaches.core.arrays import Floats
from creative_approaches.core.clustering.cohort import UNIT_LENGTH_TOLERANCE


def vector_faults(vectors: Floats) -> list[str | None]:
    """Why each vector cannot be clustered, in a sentence; None for one that can.

    vectors : float64, shape (n, d). A vector should be finite and of unit length to 0.001. One of another length is a
    fault as well: whoever promises unit length and does not keep it may have gone wrong in other ways.
    """
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        lengths = np.einsum("ij,ij->i", vectors, vectors) ** 0.5
        faulty = np.flatnonzero(~(np.abs(lengths - 1) <= UNIT_LENGTH_TOLERANCE))  # also finds nan
    faults: list[str | None] = [None] * len(vectors)
    for row in faulty:
        if not np.isfinite(vectors[row]).all():
            faults[row] = "The vector holds a number that is not finite."
        elif not vectors[row].any():
            faults[row] = "The vector is zero."
        else:
            faults[row] = f"The vector's length is {lengths[row]:.4g} instead of 1."
    return faults
