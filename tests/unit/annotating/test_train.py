import numpy as np
from scipy.optimize import check_grad
from scipy.sparse import csr_matrix
from scipy.special import softmax
from sklearn.linear_model import LogisticRegression

from annotator_training.train import DENSE_STRENGTH, WORDING_STRENGTH, _loss, train_attribute

RNG = np.random.default_rng(7)
VECTORS = RNG.normal(size=(60, 4))
WORDS = csr_matrix(RNG.poisson(0.6, size=(60, 5)).astype(float))
LABELS = (VECTORS[:, 0] > 0).astype(int) + (WORDS.toarray()[:, 1] > 0)
VALUES = ("none", "deadline", "stock")


def test_training_is_ridge_regression_as_scikit_learn_does_it() -> None:
    """A word counts as much more as its prior is wider."""
    found = train_attribute(VECTORS, WORDS, [VALUES[label] for label in LABELS], VALUES)
    wider = np.sqrt(WORDING_STRENGTH / DENSE_STRENGTH)
    everything = np.hstack([VECTORS, wider * WORDS.toarray()])
    peer = LogisticRegression(C=DENSE_STRENGTH, tol=1e-10, max_iter=5_000).fit(everything, LABELS)
    np.testing.assert_allclose(softmax(found.logits(VECTORS, WORDS), axis=1), peer.predict_proba(everything), atol=1e-3)


def test_the_slope_is_that_of_the_loss() -> None:
    sizes = (4, 5, 1)

    def parts(flat: np.ndarray) -> tuple[float, np.ndarray]:
        return _loss(flat.reshape(10, 3), sizes, VECTORS, WORDS, LABELS)

    start = RNG.normal(size=30)
    assert check_grad(lambda flat: parts(flat)[0], lambda flat: parts(flat)[1], start) < 1e-5
