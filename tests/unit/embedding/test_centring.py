from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import adjusted_rand_score

from creative_approaches.core.arrays import Floats
from creative_approaches.core.clustering.cohort import cluster_vectors
from creative_approaches.core.clustering.rules import ClusteringRules
from creative_approaches.core.embedding.centring import without_products


def unit(vectors: Floats) -> Floats:
    found: Floats = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return found


def ads(products: int, approaches: int, each: int, seed: int = 0) -> tuple[Floats, list[str], list[int]]:
    """Vectors that lie by product first and by approach second, as sentence vectors do."""
    random = np.random.default_rng(seed)
    of_product, of_approach = random.normal(size=(products, 64)), random.normal(size=(approaches, 64))
    labels = [(p, a) for p in range(products) for a in range(approaches) for _ in range(each)]
    vectors = np.array([3 * of_product[p] + of_approach[a] + 0.2 * random.normal(size=64) for p, a in labels])
    return unit(vectors), [f"product {p}" for p, _ in labels], [a for _, a in labels]


def test_what_products_have_in_common_no_longer_decides() -> None:
    vectors, products, approaches = ads(products=4, approaches=4, each=6)
    before = cluster_vectors(vectors, ClusteringRules()).labels
    after = cluster_vectors(without_products(vectors, products), ClusteringRules()).labels
    assert adjusted_rand_score(products, before) > 0.9
    assert adjusted_rand_score(products, after) < 0.05
    assert adjusted_rand_score(approaches, after) > 0.9


def test_vectors_of_an_unknown_product_stay_as_they_are() -> None:
    vectors, products, _ = ads(products=2, approaches=2, each=2)
    known: list[str | None] = [None if number < 3 else product for number, product in enumerate(products)]
    found = without_products(vectors, known)
    np.testing.assert_array_equal(found[:3], vectors[:3])
    assert not np.allclose(found[3:], vectors[3:])
    np.testing.assert_array_equal(without_products(vectors, [None] * len(vectors)), vectors)


@pytest.mark.parametrize("rows", [[], [[1.0, 0.0]], [[1.0, 0.0], [1.0, 0.0]]])
def test_where_nothing_is_left_the_vectors_stay(rows: Sequence[Sequence[float]]) -> None:
    vectors = np.array(rows).reshape(-1, 2)
    np.testing.assert_array_equal(without_products(vectors, ["p"] * len(vectors)), vectors)


@given(st.integers(0, 1000))
def test_lengths_are_one_and_the_order_of_rows_does_not_matter(seed: int) -> None:
    vectors, products, _ = ads(products=3, approaches=2, each=2, seed=seed)
    found = without_products(vectors, products)
    np.testing.assert_allclose(np.linalg.norm(found, axis=1), 1)
    order = np.random.default_rng(seed).permutation(len(vectors))
    again = without_products(vectors[order], [products[row] for row in order])
    np.testing.assert_allclose(again, found[order], atol=1e-12)
