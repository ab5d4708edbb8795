import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from typing import Any
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from creative_approaches.core.arrays import Floats, Labels
from creative_approaches.core.clustering import grouping
from creative_approaches.core.clustering.agglomeration import cut_tree, merge_tree
from creative_approaches.core.clustering.grouping import Groups, group_points
from creative_approaches.core.clustering.silhouette import euclidean_distances
from tests.support.paths import REPOSITORY


@pytest.fixture
def small_cells() -> Iterator[None]:
    """Few points need several cells and passes."""
    with patch.object(grouping, "CELL_POINTS", 32):
        yield


def unit(vectors: Any) -> Floats:
    rows = np.asarray(vectors, dtype=np.float64)
    scaled: Floats = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return scaled


def points_in_order(vectors: Any) -> Floats:
    return np.unique(unit(vectors), axis=0)


def random_points(seed: int, rows: int, dimensions: int = 6) -> Floats:
    return points_in_order(np.random.default_rng(seed).normal(size=(rows, dimensions)))


def points_with_ties(rows: int, dimensions: int) -> Floats:
    """Equal entries in other places: distances that are equal on paper, and differ by rounding in a computer."""
    rng = np.random.default_rng(0)
    entries = np.zeros(dimensions)
    entries[:7] = 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7
    return points_in_order([rng.permutation(entries) for _ in range(rows)])


def squared_error(points: Floats, labels: Labels) -> float:
    groups = [points[labels == label] for label in np.unique(labels)]
    return float(sum(((group - group.mean(axis=0)) ** 2).sum() for group in groups))


def digest(groups: Groups) -> str:
    return hashlib.sha256(groups.group_of_point.tobytes() + groups.centroids.tobytes()).hexdigest()


# Properties


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 150), st.integers(1, 160), st.sampled_from((8, 32, 2048)))
def test_every_point_is_in_one_group_and_centroids_are_means(seed: int, rows: int, groups: int, cell: int) -> None:
    points = random_points(seed, rows)
    with patch.object(grouping, "CELL_POINTS", cell):
        found = group_points(points, groups)
    assert found.group_of_point.shape == (rows,)
    np.testing.assert_array_equal(found.weights, np.bincount(found.group_of_point))
    assert found.weights.min() >= 1
    assert len(found.weights) == min(groups, rows)
    means = [points[found.group_of_point == group].mean(axis=0) for group in range(len(found.weights))]
    np.testing.assert_allclose(found.centroids, means, atol=1e-15)
    # Numbered by their first point.
    firsts = np.unique(found.group_of_point, return_index=True)[1]
    assert all(before < after for before, after in pairwise(firsts))


def test_as_many_groups_as_points_leave_each_by_itself() -> None:
    points = random_points(0, 40)
    for groups in (40, 41, 4000):
        found = group_points(points, groups)
        assert found.group_of_point.tolist() == list(range(40))
        np.testing.assert_array_equal(found.centroids, points)
        assert found.weights.tolist() == [1.0] * 40


@pytest.mark.usefixtures("small_cells")
def test_the_order_of_rows_is_gone_once_the_caller_sorts() -> None:
    points = random_points(1, 300)
    shuffled = np.random.default_rng(2).permutation(points)
    assert digest(group_points(points, 40)) == digest(group_points(np.unique(shuffled, axis=0), 40))


@pytest.mark.usefixtures("small_cells")
def test_points_are_left_as_they_are() -> None:
    points = random_points(3, 200)
    before = points.copy()
    group_points(points, 20)
    np.testing.assert_array_equal(points, before)


# Quality


def test_points_of_one_cell_get_wards_groups() -> None:
    points = random_points(4, 400)
    expected = cut_tree(merge_tree(euclidean_distances(points), "ward"), 60)[0]
    found = group_points(points, 60).group_of_point
    assert len(set(zip(expected.tolist(), found.tolist(), strict=True))) == 60


@pytest.mark.usefixtures("small_cells")
def test_many_cells_cost_little_more_squared_error_than_one_tree() -> None:
    # Half of the points are close together and need few groups, whichever cells they are in.
    vectors = np.random.default_rng(5).normal(size=(1000, 6))
    vectors[:500] = vectors[0] + 0.05 * vectors[:500]
    points = points_in_order(vectors)
    one_tree = cut_tree(merge_tree(euclidean_distances(points), "ward"), 100)[0]
    found = group_points(points, 100).group_of_point
    assert squared_error(points, found) < 1.1 * squared_error(points, one_tree)


@pytest.mark.usefixtures("small_cells")
@pytest.mark.parametrize("groups", [12, 60])
def test_no_group_mixes_two_blobs(groups: int) -> None:
    rng = np.random.default_rng(6)
    middles = np.eye(12)
    blob_of_row = rng.integers(0, 12, 600)
    points = unit(middles[blob_of_row] + 0.02 * rng.normal(size=(600, 12)))
    order = np.lexsort(points.T)
    found = group_points(points[order], groups).group_of_point
    assert len(set(zip(found.tolist(), blob_of_row[order].tolist(), strict=True))) == groups


def test_a_few_rare_points_among_thousands_keep_their_own_groups() -> None:
    rng = np.random.default_rng(7)
    common = rng.normal(size=(6000, 16))
    common[:, -1] = 0
    rare = 0.05 * rng.normal(size=(5, 16))
    rare[:, -1] = 1
    points = unit(np.concatenate([rare, common]))
    order = np.lexsort(points.T)
    found = group_points(points[order], 300).group_of_point
    is_rare = order < 5
    assert not set(found[is_rare]) & set(found[~is_rare])


@pytest.mark.usefixtures("small_cells")
def test_equal_points_are_grouped_too() -> None:
    found = group_points(np.tile(unit([[1, 2, 3]]), (500, 1)), 7)
    assert len(found.weights) == 7
    assert found.weights.sum() == 500


# The same on every machine


@pytest.mark.usefixtures("small_cells")
def test_sums_taken_in_another_order_give_the_same_groups() -> None:
    points = points_with_ties(600, 48)
    found = group_points(points, 50)
    for seed in range(5):
        columns = np.random.default_rng(seed).permutation(48)
        turned = group_points(points[:, columns], 50)
        np.testing.assert_array_equal(turned.group_of_point, found.group_of_point)
        np.testing.assert_array_equal(turned.centroids, found.centroids[:, columns])


def test_the_number_of_threads_does_not_change_groups() -> None:
    code = f"from {__name__} import *; print(digest(group_points(points_with_ties(5000, 64), 700)))"
    digests = set()
    for threads in ("1", "2"):
        environment = os.environ | {f"{library}_NUM_THREADS": threads for library in ("OPENBLAS", "OMP", "MKL")}
        child = subprocess.run(
            [sys.executable, "-c", code],
            cwd=REPOSITORY,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
            timeout=300,
        )
        digests.add(child.stdout.strip())
    assert digests == {digest(group_points(points_with_ties(5000, 64), 700))}


def test_rows_without_a_direction_are_one_group() -> None:
    points = np.r_[np.zeros((5, 3)), np.eye(3)]
    found = group_points(points, 4)
    assert found.group_of_point.tolist() == [0, 0, 0, 0, 0, 1, 2, 3]
    assert found.weights.tolist() == [5, 1, 1, 1]


def test_no_groups_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one group is needed, got 0"):
        group_points(np.eye(3), 0)
