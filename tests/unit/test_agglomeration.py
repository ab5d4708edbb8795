from typing import Any, Literal

import numpy as np
import pytest
from made_vectors import blobs, same_partition
from scipy.cluster.hierarchy import linkage
from scipy.spatial.distance import pdist

from creative_approaches.core.agglomeration import cut_tree, merge_tree
from creative_approaches.core.silhouette import euclidean_distances

Method = Literal["ward", "average"]
METHODS = pytest.mark.parametrize("method", ["ward", "average"])


@METHODS
def test_without_weights_it_is_the_tree_of_scipy(method: Method) -> None:
    points = blobs(seed=1, rows=50, centers=4, spread=0.3)
    assert merge_tree(euclidean_distances(points), method) == pytest.approx(linkage(pdist(points), method), abs=1e-6)


@METHODS
@pytest.mark.parametrize("seed", range(5))
def test_a_weight_is_so_many_points_in_one_place(method: Method, seed: int) -> None:
    # Peer: scipy on the repeated points, whose first merges, at height 0, put the copies together.
    points = blobs(seed, rows=30, centers=4, spread=0.4)
    weights = np.random.default_rng(seed).integers(1, 5, 30)
    found = merge_tree(euclidean_distances(points), method, weights.astype(np.float64))
    expected = linkage(pdist(np.repeat(points, weights, axis=0)), method)

    assert found[:, 2] == pytest.approx(expected[-29:, 2], abs=1e-9)
    for clusters in range(2, 30):
        ours = np.repeat(cut_tree(found, clusters)[0], weights)
        assert same_partition(ours, cut_tree(expected, clusters)[0])


@METHODS
def test_weights_that_are_all_alike_change_no_partition(method: Method) -> None:
    distances = euclidean_distances(blobs(seed=3, rows=40, centers=3, spread=0.4))
    plain, weighted = merge_tree(distances, method), merge_tree(distances, method, np.full(40, 7.0))
    for clusters in (2, 5, 17):
        assert same_partition(cut_tree(plain, clusters)[0], cut_tree(weighted, clusters)[0])


@METHODS
def test_the_order_of_points_changes_no_partition(method: Method) -> None:
    points, weights = blobs(seed=4, rows=40, centers=3, spread=0.4), np.arange(1.0, 41.0)
    order = np.random.default_rng(0).permutation(40)
    tree = merge_tree(euclidean_distances(points), method, weights)
    shuffled = merge_tree(euclidean_distances(points[order]), method, weights[order])
    for clusters in (2, 6, 20):
        assert same_partition(cut_tree(tree, clusters)[0][order], cut_tree(shuffled, clusters)[0])


@METHODS
def test_ties_merge_the_lower_numbers_first(method: Method) -> None:
    tree = merge_tree(np.ones((4, 4)) - np.eye(4), method, np.full(4, 2.0))
    assert tree[0, :2].tolist() == [0.0, 1.0]


@METHODS
def test_the_distances_given_stay_as_they_are(method: Method) -> None:
    distances = euclidean_distances(blobs(seed=3, rows=20, centers=3, spread=0.4))
    before = distances.copy()
    merge_tree(distances, method, np.arange(1.0, 21.0))
    assert np.array_equal(distances, before)


def test_one_point_has_an_empty_tree_and_two_have_one_merge() -> None:
    assert merge_tree(np.zeros((1, 1)), "ward").shape == (0, 4)
    # By hand: two points of weight 3 at distance 1 add 3 * 3 / (3 + 3) to the squared error, twice that is 3.
    found = merge_tree(np.array([[0.0, 1.0], [1.0, 0.0]]), "ward", np.array([3.0, 3.0]))
    assert found.tolist() == [[0.0, 1.0, pytest.approx(np.sqrt(3)), 2.0]]


def test_a_cut_keeps_the_left_label_and_says_what_was_split() -> None:
    # Points 0 and 1 merge first, 2 and 3 next, all last.
    tree = merge_tree(np.array([[0, 1, 9, 9], [1, 0, 9, 9], [9, 9, 0, 2], [9, 9, 2, 0.0]]), "average")
    labels, halves = cut_tree(tree, 3)
    assert labels.tolist() == [0, 0, 1, 2]
    assert halves == [0, 0, 1]


@pytest.mark.parametrize(
    ("distances", "method", "weights", "message"),
    [
        (np.zeros((2, 2)), "single", None, "method is 'ward' or 'average', not 'single'"),
        (np.zeros((2, 3)), "ward", None, r"distances of shape \(n, n\)"),
        (np.zeros((0, 0)), "ward", None, r"distances of shape \(n, n\)"),
        (np.zeros((2, 2)), "ward", np.ones(3), "one weight per point"),
        (np.zeros((2, 2)), "ward", np.array([1.0, 0.0]), "weights are positive and finite"),
        (np.zeros((2, 2)), "ward", np.array([1.0, np.nan]), "weights are positive and finite"),
    ],
)
def test_what_has_no_tree_is_refused(distances: Any, method: Any, weights: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        merge_tree(distances, method, weights)
