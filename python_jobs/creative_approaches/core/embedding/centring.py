"""Vectors of texts without what they say of the product.

Sentence vectors of ads lie by product first. The mean of a product's ads is what they have in common; without it, what
they do differently is left. As is done for the speaker or the channel of a recording ("mean normalisation", Atal 1974).
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from creative_approaches.core.arrays import Floats

# A product's mean is taken with so many more ads that lie at the mean of all: that of a single ad is not the ad itself.
_MORE: Final = 2
_ZERO: Final = 1e-9


def without_products(vectors: Floats, products: Sequence[str | None]) -> Floats:
    """The vectors less the mean of their product, made unit length again; those of an unknown product stay.

    vectors : float64, shape (n, d), unit length.  products : one for each.
    A vector of which nothing is left stays as well: there is nothing to compare it with.
    """
    found = vectors.copy()
    of_all = vectors.mean(axis=0) if len(vectors) else np.zeros(vectors.shape[1])
    for product in sorted({product for product in products if product is not None}):
        rows = np.array([row for row, one in enumerate(products) if one == product])
        mean = (vectors[rows].sum(axis=0) + _MORE * of_all) / (len(rows) + _MORE)
        found[rows] -= mean
    lengths = np.linalg.norm(found, axis=1, keepdims=True)
    is_known = np.array([product is not None for product in products], dtype=np.bool_)[:, None]
    return np.where(is_known & (lengths > _ZERO), found / np.maximum(lengths, _ZERO), vectors)
