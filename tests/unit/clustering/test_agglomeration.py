from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.cluster.hierarchy import is_valid_linkage, linkage
from scipy.spatial.distance import squareform

from creative_approaches.core.arrays import Floats, Labels
from creative_approaches.core.clustering.agglomeration import Method, _weighted_tree, cut_tree, merge_tree

METHODS = st.sampled_from(("ward", "average"))
SEEDS = st.integers(0, 2**32 - 1)


def distances_between(points: Any) -> Floats:
    rows = np.asarray(points, dtype=np.float64)
    distances: Floats = np.linalg.norm(rows[:, None] - rows[None], axis=2)
    return distances


def random_points(seed: int, rows: int) -> Floats:
    return np.random.default_rng(seed).normal(size=(rows, 3))


def partition(labels: Labels) -> set[frozenset[int]]:
    return {frozenset(np.flatnonzero(labels == label).tolist()) for label in np.unique(labels)}


@st.composite
def points_with_ties(draw: st.DrawFn) -> Floats:
    """Corners and edges of a small grid: many equal distances, and repeated points."""
    cell = st.integers(0, 2)
    return np.array(draw(st.lists(st.tuples(cell, cell), min_size=2, max_size=20)), dtype=np.float64)


# Against scipy


@given(SEEDS, st.integers(2, 60), METHODS)
def test_the_weighted_tree_of_points_that_weigh_one_is_scipys(seed: int, rows: int, method: Method) -> None:
    distances = distances_between(random_points(seed, rows))
    expected = linkage(squareform(distances, checks=False), method)
    np.testing.assert_allclose(_weighted_tree(distances, method, np.ones(rows)), expected, rtol=1e-12)


@given(SEEDS, st.integers(2, 20), METHODS)
def test_an_integer_weight_is_that_many_repeated_points(seed: int, rows: int, method: Method) -> None:
    rng = np.random.default_rng(seed)
    copies = rng.integers(1, 6, rows)
    copies[0] = 2
    points = random_points(seed, rows)
    point_of_copy = np.repeat(np.arange(rows), copies)
    repeated = linkage(squareform(distances_between(points[point_of_copy]), checks=False), method)

    tree = merge_tree(distances_between(points), method, copies.astype(np.float64))
    np.testing.assert_allclose(tree[:, 2], repeated[1 - rows :, 2], rtol=1e-12)
    for clusters in range(1, rows + 1):
        labels, _ = cut_tree(tree, clusters)
        assert partition(labels[point_of_copy]) == partition(cut_tree(repeated, clusters)[0])


def test_a_tree_without_weights_is_scipys() -> None:
    distances = distances_between(random_points(0, 30))
    expected = linkage(squareform(distances, checks=False), "ward")
    np.testing.assert_array_equal(merge_tree(distances, "ward"), expected)
    np.testing.assert_array_equal(merge_tree(distances, "ward", np.ones(30)), expected)


@pytest.mark.parametrize("seed", range(5))
def test_ties_fall_as_in_scipy(seed: int) -> None:
    points = np.random.default_rng(seed).integers(0, 4, (20, 2))
    distances = distances_between(points)
    expected = linkage(squareform(distances, checks=False), "average")
    np.testing.assert_array_equal(_weighted_tree(distances, "average", np.ones(20))[:, :2], expected[:, :2])


# By hand


def test_a_heavy_point_pulls_the_average_towards_itself() -> None:
    # Points 0 and 1 on a line, then 10: (3 * 10 + 1 * 9) / 4 away from the pair.
    tree = merge_tree(distances_between([[0], [1], [10]]), "average", np.array([3.0, 1.0, 1.0]))
    np.testing.assert_allclose(tree, np.array([[0, 1, 1, 2], [2, 3, 9.75, 3]]))


def test_ward_pays_more_for_heavy_points() -> None:
    # Cost 2 * wi * wj / (wi + wj) * d^2: the light points at distance 4 go first (16), not the heavy ones at 2 (40).
    tree = merge_tree(distances_between([[0], [2], [100], [104]]), "ward", np.array([10.0, 10.0, 1.0, 1.0]))
    np.testing.assert_allclose(tree[:2], [[2, 3, 4, 2], [0, 1, 40**0.5, 2]])
    # The pairs weigh 20 and 2, their centroids are 101 apart.
    np.testing.assert_allclose(tree[2], [4, 5, (2 * 20 * 2 / 22 * 101**2) ** 0.5, 4])


def test_equal_distances_merge_the_lower_numbers_first() -> None:
    all_equal = 1 - np.eye(4)
    tree = merge_tree(all_equal, "average", np.full(4, 2.0))
    np.testing.assert_array_equal(tree, [[0, 1, 1, 2], [2, 4, 1, 3], [3, 5, 1, 4]])


def test_rounding_brings_no_union_nearer_than_its_nearer_half() -> None:
    # A mean of equal distances may come out a bit lower than they are, on which the chain must not rely.
    weights = np.random.default_rng(0).uniform(0.1, 5, 40)
    tree = merge_tree(0.1 * (1 - np.eye(40)), "average", weights)
    assert tree[:, 2].min() == 0.1


def test_two_points_are_one_merge_and_one_point_is_none() -> None:
    distances = np.array([[0.0, 3.0], [3.0, 0.0]])
    np.testing.assert_allclose(merge_tree(distances, "ward"), [[0, 1, 3, 2]])
    np.testing.assert_allclose(merge_tree(distances, "ward", np.array([3.0, 1.0])), [[0, 1, 13.5**0.5, 2]])
    for weights in (None, np.array([7.0])):
        tree = merge_tree(np.zeros((1, 1)), "ward", weights)
        assert tree.shape == (0, 4)
        labels, halves = cut_tree(tree, 1)
        assert (labels.tolist(), halves) == ([0], [0])


# Properties


@given(points_with_ties(), SEEDS, METHODS)
def test_a_weighted_tree_is_valid_and_its_heights_never_fall(points: Floats, seed: int, method: Method) -> None:
    weights = np.random.default_rng(seed).integers(1, 4, len(points)) / 3
    tree = merge_tree(distances_between(points), method, weights)
    assert is_valid_linkage(tree)
    assert np.all(np.diff(tree[:, 2]) >= 0)
    # Every merge comes after those of its two sides.
    assert np.all(tree[:, :2].max(axis=1) < len(points) + np.arange(len(tree)))
    assert tree[-1, 3] == len(points)


@given(SEEDS, st.integers(2, 25), METHODS, st.booleans())
def test_the_order_of_points_does_not_change_a_partition(
    seed: int, rows: int, method: Method, has_weights: bool
) -> None:
    rng = np.random.default_rng(seed)
    distances = distances_between(random_points(seed, rows))
    weights = rng.uniform(0.5, 5, rows) if has_weights else None
    order = rng.permutation(rows)
    tree = merge_tree(distances, method, weights)
    shuffled = merge_tree(distances[np.ix_(order, order)], method, None if weights is None else weights[order])
    for clusters in range(1, rows + 1):
        labels = np.empty(rows, dtype=np.int64)
        labels[order] = cut_tree(shuffled, clusters)[0]
        assert partition(labels) == partition(cut_tree(tree, clusters)[0])


@given(points_with_ties(), METHODS, st.booleans())
def test_distances_and_weights_are_left_as_they_are(points: Floats, method: Method, has_weights: bool) -> None:
    distances = distances_between(points)
    weights = np.arange(2.0, len(points) + 2) if has_weights else None
    before = distances.copy()
    merge_tree(distances, method, weights)
    np.testing.assert_array_equal(distances, before)
    if weights is not None:
        np.testing.assert_array_equal(weights, np.arange(2.0, len(points) + 2))


@settings(max_examples=50)
@given(SEEDS, st.integers(2, 30))
def test_a_cut_refines_the_one_before_it(seed: int, rows: int) -> None:
    tree = merge_tree(distances_between(random_points(seed, rows)), "ward")
    finest, halves = cut_tree(tree, rows)
    assert sorted(finest.tolist()) == list(range(rows))
    for clusters in range(rows, 1, -1):
        coarser = np.where(finest == clusters - 1, halves[clusters - 1], finest)
        np.testing.assert_array_equal(coarser, cut_tree(tree, clusters - 1)[0])
        finest = coarser


# Refusals


@pytest.mark.parametrize(
    ("distances", "method", "weights", "complaint"),
    [
        (np.zeros((2, 3)), "ward", None, r"shape \(n, n\)"),
        (np.zeros((0, 0)), "ward", None, r"n >= 1"),
        (np.zeros((2, 2)), "single", None, "not 'single'"),
        (np.zeros((2, 2)), "ward", np.ones(3), "one weight per point"),
        (np.zeros((2, 2)), "ward", np.array([1.0, 0.0]), "positive"),
        (np.zeros((2, 2)), "ward", np.array([1.0, np.nan]), "positive"),
        (np.zeros((2, 2)), "ward", np.array([1.0, np.inf]), "finite"),
    ],
)
def test_input_that_has_no_tree_is_refused(distances: Floats, method: Any, weights: Any, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        merge_tree(distances, method, weights)
