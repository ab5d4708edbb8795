from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_vectors import blobs, labelled_blobs, unit, vectors_with_ties

from creative_approaches.core import grouping
from creative_approaches.core.grouping import group_points
from creative_approaches.core.silhouette import Floats


@settings(max_examples=60, deadline=None)
@given(vectors_with_ties(), st.integers(1, 30))
def test_every_point_is_in_one_group_and_groups_are_numbered_by_their_first(vectors: Floats, most: int) -> None:
    points = np.unique(vectors, axis=0)
    found = group_points(points, most)
    assert len(found.weights) == len(found.centroids) == min(most, len(points))
    assert found.weights.sum() == len(points)
    assert list(dict.fromkeys(found.group_of_point.tolist())) == list(range(len(found.weights)))
    for group, centroid in enumerate(found.centroids):
        assert centroid == pytest.approx(points[found.group_of_point == group].mean(axis=0))


@pytest.fixture
def small_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cells so small that a few hundred points need several of them, in several passes."""
    monkeypatch.setattr(grouping, "CELL_POINTS", 64)


@pytest.mark.usefixtures("small_cells")
def test_no_group_mixes_what_is_far_apart() -> None:
    points, labels = labelled_blobs(seed=1, rows=900, centers=12, spread=0.04, dimensions=30)
    found = group_points(points, 100)
    for group in range(100):
        assert len(set(labels[found.group_of_point == group].tolist())) == 1


@pytest.mark.usefixtures("small_cells")
def test_a_few_points_far_from_all_others_keep_groups_of_their_own() -> None:
    crowd = blobs(seed=2, rows=2000, centers=5, spread=0.1, dimensions=30)
    rare = unit(unit(np.random.default_rng(3).normal(size=(1, 30))) + 0.01 * blobs(4, 6, 6, 1.0, 30))
    groups = group_points(np.r_[crowd, rare], 40).group_of_point
    assert not set(groups[:2000].tolist()) & set(groups[2000:].tolist())


@pytest.mark.usefixtures("small_cells")
def test_groups_are_nearly_as_tight_as_those_of_one_tree() -> None:
    points = blobs(seed=5, rows=600, centers=20, spread=0.25, dimensions=20)

    def squared_error(groups: grouping.Groups) -> float:
        return float(((points - groups.centroids[groups.group_of_point]) ** 2).sum())

    in_cells = squared_error(group_points(points, 60))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grouping, "CELL_POINTS", 600)
        in_one = squared_error(group_points(points, 60))
    assert in_one <= in_cells * 1.001
    assert in_cells < 1.15 * in_one


def test_as_many_groups_as_points_leave_every_point_alone() -> None:
    points = np.unique(blobs(seed=1, rows=20, centers=3, spread=0.3), axis=0)
    found = group_points(points, 50)
    assert found.group_of_point.tolist() == list(range(20))
    assert np.array_equal(found.centroids, points)
    assert found.weights.tolist() == [1.0] * 20


def test_points_on_either_side_of_a_circle_are_two_groups() -> None:
    angles = np.radians([0, 1, 2, 180, 181])
    found = group_points(np.c_[np.cos(angles), np.sin(angles)], 2)
    assert found.group_of_point.tolist() == [0, 0, 0, 1, 1]
    assert found.weights.tolist() == [3.0, 2.0]


@pytest.mark.parametrize(
    ("points", "groups", "message"),
    [
        (np.zeros((0, 3)), 2, "float64 points of shape"),
        (np.eye(3, dtype=np.float32), 2, "float64 points of shape"),
        (np.eye(3), 0, "at least one group"),
        (np.array([[1.0, 0.0], [0.5, 0.0]]), 1, "row 1 is not a finite vector of unit length"),
        (np.array([[np.nan, 0.0], [1.0, 0.0]]), 1, "row 0 is not a finite vector of unit length"),
    ],
)
def test_what_cannot_be_grouped_is_refused(points: Any, groups: int, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        group_points(points, groups)
