"""Where contents are near each other that do the same: vectors of their traits' probabilities."""

from typing import Final

import numpy as np

from creative_approaches.core.annotating.taxonomy import Taxonomy
from creative_approaches.core.arrays import Floats

# How much an attribute counts; the others count OTHERS.
WEIGHTS: Final = {"persuasion": 1.0}
OTHERS: Final = 0.25


def trait_vectors(probabilities: Floats, taxonomy: Taxonomy) -> Floats:
    """Unit vectors of contents, shape (n, taxonomy.size), from the probability of each value, of the same shape.

    The roots of probabilities are a unit vector for each attribute, and Hellinger's distance is that between two.
    """
    weights = np.concatenate(
        [
            np.full(len(attribute.values), WEIGHTS.get(attribute.name, OTHERS) ** 0.5)
            for attribute in taxonomy.attributes
        ]
    )
    vectors = np.sqrt(probabilities) * weights
    found: Floats = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return found
