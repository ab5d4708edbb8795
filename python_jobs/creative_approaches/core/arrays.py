"""The arrays that functions of core take and return, and how closely their numbers are compared."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]

# Rounding noise of a matrix product differs between processors, at about 1e-15 for unit vectors. Rounding
# squared distances and scores at 1e-12 lets equal distances tie everywhere; no score is read that closely.
DECIMALS: Final = 12
