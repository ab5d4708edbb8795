"""Where contents that do the same are near each other: vectors of the probabilities of their traits."""

from typing import Final

import numpy as np

from creative_approaches.core.annotating.taxonomy import Taxonomy
from creative_approaches.core.arrays import DECIMALS, Floats

# How much an attribute counts; the others count OTHERS. Between 0.3 and 0.5 they gave the same; alone or all alike it
# was worse on ads of other writers.
WEIGHTS: Final = {"persuasion": 1.0}
OTHERS: Final = 0.4
# Added to each probability. Without it, values that are all but impossible would decide by how impossible they are;
# with much more, only the likeliest value would be seen.
FLOOR: Final = 0.01


def trait_vectors(probabilities: Floats, taxonomy: Taxonomy) -> Floats:
    """Unit vectors of contents by what they do; the map is fixed, so that vectors of all cohorts and periods compare.

    probabilities : float64, shape (n, taxonomy.size), 0 to 1, of each value of each attribute in the order of the
        taxonomy.
    The logarithm of each probability, less the mean over the values of its attribute (the centred log-ratio, Aitchison
    1982, "The Statistical Analysis of Compositional Data"): a second and a third guess count as well, and they are
    what tells apart approaches that the taxonomy has no value for. Returns shape (n, taxonomy.size); a zero row where
    all values of each attribute are equally likely.
    """
    logarithms = np.log(probabilities + FLOOR)
    vectors = np.empty_like(logarithms)
    for attribute, place in taxonomy.columns():
        of_attribute = logarithms[:, place]
        weight = WEIGHTS.get(attribute.name, OTHERS)
        vectors[:, place] = weight * (of_attribute - of_attribute.mean(axis=1, keepdims=True))
    lengths = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))[:, None]
    found: Floats = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 10.0**-DECIMALS)
    return found
