import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_vectors import blobs
from sklearn.metrics import adjusted_rand_score

from creative_approaches.core.stability import adjusted_rand_index, jaccard_overlaps, resample

LABELS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(1, 3)), min_size=1, max_size=30)


@given(LABELS)
def test_the_rand_index_equals_that_of_scikit_learn_on_repeated_points(rows: list[tuple[int, int, int]]) -> None:
    left, right, weights = (np.array(column) for column in zip(*rows, strict=True))
    expected = adjusted_rand_score(np.repeat(left, weights), np.repeat(right, weights))
    found = adjusted_rand_index(left, right, weights.astype(np.float64))
    assert found == pytest.approx(expected, abs=1e-9)


def test_overlaps_of_a_cluster_that_was_cut_in_two_and_one_found_whole() -> None:
    # By hand: {0, 1, 2, 3} against {0, 1, 2}: 3 of 4. {4, 5} against {4, 5}: 1. Cluster 2 is not in the sample.
    labels = np.array([0, 0, 0, 0, 1, 1])
    again = np.array([1, 1, 1, 2, 0, 0])
    found = jaccard_overlaps(labels, again, 3, np.ones(6))
    assert found[:2].tolist() == [0.75, 1.0]
    assert np.isnan(found[2])


def test_outliers_of_the_resample_lower_the_overlap() -> None:
    # By hand: {0, 1, 2, 3}, of which two were found: 2 of 4.
    found = jaccard_overlaps(np.array([0, 0, 0, 0]), np.array([0, 0, -1, -1]), 1, np.ones(4))
    assert found.tolist() == [0.5]


def test_a_cluster_of_which_nothing_was_found_overlaps_by_nothing() -> None:
    assert jaccard_overlaps(np.array([0, 0]), np.array([-1, -1]), 1, np.ones(2)).tolist() == [0.0]


def test_weights_count_as_points() -> None:
    # By hand: 3 of 3 + 1.
    assert jaccard_overlaps(np.array([0, 0]), np.array([0, 1]), 1, np.array([3.0, 1.0])).tolist() == [0.75]


def test_a_resample_takes_four_fifths_and_every_resample_others() -> None:
    taken = resample(blobs(seed=1, rows=3000, centers=5, spread=0.3), 20)
    assert taken.shape == (20, 3000)
    assert np.abs(taken.mean(axis=1) - 0.8).max() < 0.03
    assert len({row.tobytes() for row in taken}) == 20


def test_a_point_is_in_the_same_resamples_whatever_the_others_are() -> None:
    points = blobs(seed=1, rows=50, centers=5, spread=0.3)
    assert np.array_equal(resample(points, 10)[:, 30:], resample(points[30:], 10))


def test_more_resamples_than_a_hash_has_bytes_are_refused() -> None:
    with pytest.raises(ValueError, match="at most 60 resamples, got 61"):
        resample(np.eye(2), 61)
