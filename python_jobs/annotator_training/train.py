"""Softmax regression with two strengths of regularisation: one for sentence vectors, one for words."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from scipy.special import logsumexp, softmax

from creative_approaches.core.annotating.trait_model import LinearTraits
from creative_approaches.core.arrays import Floats, Labels

# Among those that did best on ads of other writers, with four times as many buckets of words; between 0.3 and 1, and
# between 1 and 3, they differ by less than the ads can tell.
DENSE_STRENGTH: Final = 0.5
WORDING_STRENGTH: Final = 2.0
_ITERATIONS: Final = 200


def train_attribute(vectors: Floats, words: csr_matrix, answers: Sequence[str], values: Sequence[str]) -> LinearTraits:
    """The weights that make the answers most likely, under Gaussian priors (ridge); the optimum is unique.

    vectors : shape (ads, d).  words : shape (ads, buckets).  answers : one value per ad.
    """
    numbers = {value: number for number, value in enumerate(values)}
    labels = np.array([numbers[answer] for answer in answers])
    sizes = (vectors.shape[1], words.shape[1], 1)

    def loss(flat: Floats) -> tuple[float, Floats]:
        return _loss(flat.reshape(-1, len(values)), sizes, vectors, words, labels)

    start = np.zeros(sum(sizes) * len(values))
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": _ITERATIONS}).x
    dense, wording, bias = np.split(found.reshape(-1, len(values)), np.cumsum(sizes)[:2])
    return LinearTraits(tuple(values), dense, wording, bias[0])


def _loss(
    weights: Floats, sizes: tuple[int, int, int], vectors: Floats, words: csr_matrix, labels: Labels
) -> tuple[float, Floats]:
    """The mean loss of the ads and the penalty of the weights, and their slope."""
    dense, wording, bias = np.split(weights, np.cumsum(sizes)[:2])
    ads = len(labels)
    logits = vectors @ dense + words @ wording + bias
    mean_loss = float(np.mean(logsumexp(logits, axis=1) - logits[np.arange(ads), labels]))
    penalty = (np.sum(dense**2) / DENSE_STRENGTH + np.sum(wording**2) / WORDING_STRENGTH) / (2 * ads)
    excess = softmax(logits, axis=1)
    excess[np.arange(ads), labels] -= 1
    excess /= ads
    slope = np.concatenate(
        [
            vectors.T @ excess + dense / (DENSE_STRENGTH * ads),
            words.T @ excess + wording / (WORDING_STRENGTH * ads),
            excess.sum(axis=0, keepdims=True),
        ]
    )
    return mean_loss + float(penalty), slope.ravel()
