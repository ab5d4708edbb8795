import numpy as np
import pytest

from creative_approaches.core.clustering.stability import jaccard_overlaps, resample
from tests.support.worlds.made_vectors import blobs


def test_overlaps_of_a_cluster_that_was_cut_in_two_and_one_found_whole() -> None:
    # By hand: {0, 1, 2, 3} against {0, 1, 2}: 3 of 4. {4, 5} against {4, 5}: 1. Cluster 2 is not in the sample.
    labels = np.array([0, 0, 0, 0, 1, 1])
    again = np.array([1, 1, 1, 2, 0, 0])
    found = jaccard_overlaps(labels, again, 3)
    assert found[:2].tolist() == [0.75, 1.0]
    assert np.isnan(found[2])


def test_outliers_of_the_resample_lower_the_overlap() -> None:
    # By hand: {0, 1, 2, 3}, of which two were found: 2 of 4.
    found = jaccard_overlaps(np.array([0, 0, 0, 0]), np.array([0, 0, -1, -1]), 1)
    assert found.tolist() == [0.5]


def test_a_cluster_of_which_nothing_was_found_overlaps_by_nothing() -> None:
    assert jaccard_overlaps(np.array([0, 0]), np.array([-1, -1]), 1).tolist() == [0.0]


def test_a_resample_takes_four_fifths_and_every_resample_others() -> None:
    taken = resample(blobs(seed=1, rows=3000, centers=5, spread=0.3), 20)
    assert taken.shape == (20, 3000)
    assert np.abs(taken.mean(axis=1) - 0.8).max() < 0.03
    assert len({row.tobytes() for row in taken}) == 20


def test_a_point_is_in_the_same_resamples_whatever_the_others_are() -> None:
    points = blobs(seed=1, rows=50, centers=5, spread=0.3)
    assert np.array_equal(resample(points, 10)[:, 30:], resample(points[30:], 10))


def test_a_resample_may_take_a_smaller_share() -> None:
    assert abs(resample(blobs(seed=1, rows=3000, centers=5, spread=0.3), 1, 0.05).mean() - 0.05) < 0.02


def test_more_resamples_than_a_hash_has_numbers_are_refused() -> None:
    with pytest.raises(ValueError, match="at most 30 resamples, got 31"):
        resample(np.eye(2), 31)
