import numpy as np
import pytest
from hypothesis import given, settings

from creative_approaches.core.arrays import Floats
from creative_approaches.core.clustering.neighbourhood import average_neighbours
from tests.support.worlds.made_vectors import blobs, labelled_blobs, unit, vectors_with_ties


def test_groups_move_apart_and_their_members_together() -> None:
    vectors, labels = labelled_blobs(seed=1, rows=200, centers=4, spread=0.25)
    same = labels[:, None] == labels

    def contrast(rows: Floats) -> float:
        cosines = rows @ rows.T
        return float(cosines[same].mean() - cosines[~same].mean())

    assert contrast(average_neighbours(vectors)) > contrast(vectors) + 0.2


def test_rows_come_back_as_unit_vectors() -> None:
    moved = average_neighbours(blobs(seed=2, rows=60, centers=3, spread=0.2))
    assert np.linalg.norm(moved, axis=1) == pytest.approx(np.ones(60))


@pytest.mark.parametrize("rows", [1, 2, 7])
def test_points_in_one_place_have_no_direction(rows: int) -> None:
    moved = average_neighbours(unit(np.tile([3.0, 4.0], (rows, 1))))
    assert moved.tolist() == [[0.0, 0.0]] * rows


@settings(max_examples=60, deadline=None)
@given(vectors_with_ties())
def test_ties_and_small_cohorts_stay_finite(vectors: Floats) -> None:
    moved = average_neighbours(vectors)
    assert np.isfinite(moved).all()
    assert np.linalg.norm(moved, axis=1).max() <= 1 + 1e-12


def test_the_order_of_points_does_not_matter_where_neighbours_tie() -> None:
    # The corners of a cube: every corner has three equally near neighbours.
    corners = unit([[x, y, z] for x in (1, -1) for y in (1, -1) for z in (1, -1)]) + np.array([0.1, 0.0, 0.0])
    order = np.random.default_rng(0).permutation(8)
    moved = average_neighbours(unit(corners))
    shuffled = average_neighbours(unit(corners)[order])
    assert shuffled == pytest.approx(moved[order], abs=1e-12)
