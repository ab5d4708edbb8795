import numpy as np
import pytest
from sklearn.metrics import silhouette_samples

from creative_approaches.core.clustering.silhouette import distances_to_clusters, euclidean_distances, silhouettes
from tests.support.worlds.made_vectors import blobs, labelled_blobs


def test_silhouettes_of_four_points_on_a_line() -> None:
    # By hand, points 0, 1, 10, 11 in pairs: a = 1 everywhere, b = 10.5 outside and 9.5 inside.
    line = np.array([0.0, 1.0, 10.0, 11.0])
    distances = np.abs(np.subtract.outer(line, line))
    labels = np.array([0, 0, 1, 1])
    found = silhouettes(distances_to_clusters(distances, labels, 2), labels)
    assert found == pytest.approx([9.5 / 10.5, 8.5 / 9.5, 8.5 / 9.5, 9.5 / 10.5])


def test_the_only_member_of_a_cluster_has_silhouette_zero() -> None:
    distances = np.array([[0.0, 1.0, 5.0], [1.0, 0.0, 5.0], [5.0, 5.0, 0.0]])
    labels = np.array([0, 0, 1])
    sums = distances_to_clusters(distances, labels, 2)
    assert silhouettes(sums, labels) == pytest.approx([0.8, 0.8, 0.0])


def test_points_in_one_place_have_silhouette_zero() -> None:
    labels = np.array([0, 0, 1, 1])
    assert silhouettes(np.zeros((4, 2)), labels).tolist() == [0.0, 0.0, 0.0, 0.0]


def test_outliers_are_in_no_sum() -> None:
    distances = np.array([[0.0, 1.0, 7.0], [1.0, 0.0, 9.0], [7.0, 9.0, 0.0]])
    sums = distances_to_clusters(distances, np.array([0, 1, -1]), 2)
    assert sums.tolist() == [[0.0, 1.0], [1.0, 0.0], [7.0, 9.0]]


def test_silhouettes_are_those_of_scikit_learn() -> None:
    points, labels = labelled_blobs(seed=9, rows=40, centers=4, spread=0.3)
    sums = distances_to_clusters(euclidean_distances(points), labels, 4)
    assert silhouettes(sums, labels) == pytest.approx(silhouette_samples(points, labels), abs=1e-9)


def test_a_cluster_without_members_is_nobodys_nearest() -> None:
    points, labels = labelled_blobs(seed=9, rows=40, centers=4, spread=0.3)
    distances, spread_out = euclidean_distances(points), labels * 2
    found = silhouettes(distances_to_clusters(distances, spread_out, 8), spread_out)
    assert found == pytest.approx(silhouettes(distances_to_clusters(distances, labels, 4), labels))


def test_where_all_are_in_one_cluster_silhouettes_are_zero() -> None:
    labels = np.array([1, 1, 1])
    assert silhouettes(distances_to_clusters(np.ones((3, 3)), labels, 2), labels).tolist() == [0.0, 0.0, 0.0]


def test_distances_are_euclidean_and_symmetric() -> None:
    vectors = blobs(seed=3, rows=40, centers=3, spread=0.4)
    distances = euclidean_distances(vectors)
    expected = np.linalg.norm(vectors[:, None] - vectors[None, :], axis=2)
    assert np.abs(distances - expected).max() < 1e-9
    assert np.array_equal(distances, distances.T)
