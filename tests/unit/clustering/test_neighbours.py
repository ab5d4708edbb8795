from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.neighbors import NearestNeighbors

from creative_approaches.core.arrays import Floats
from creative_approaches.core.clustering import neighbours
from creative_approaches.core.clustering.neighbours import nearest_neighbours
from tests.support.worlds.made_vectors import blobs, unit, vectors_with_ties


def in_cells(vectors: Floats, count: int, cell_points: int, tile: int) -> Floats:
    with patch.object(neighbours, "CELL_POINTS", cell_points), patch.object(neighbours, "TILE", tile):
        found: Floats = nearest_neighbours(vectors, count).toarray()
    return found


@pytest.mark.parametrize("cell_points", [3000, 100])
def test_neighbours_are_those_of_a_search_of_all(cell_points: int) -> None:
    vectors = blobs(seed=3, rows=2500, centers=6, spread=0.3, dimensions=32)
    found = in_cells(vectors, 5, cell_points, tile=256)
    distances, expected = NearestNeighbors(n_neighbors=6, algorithm="brute").fit(vectors).kneighbors()
    assert [set(np.flatnonzero(row)) for row in found] == [set(row[:5]) for row in expected.tolist()]
    nearest = expected[:, 0]
    assert found[np.arange(2500), nearest] == pytest.approx(1 - distances[:, 0] ** 2 / 2, abs=1e-9)


@settings(max_examples=100, deadline=None)
@given(vectors_with_ties(), st.integers(1, 6), st.integers(1, 8), st.integers(1, 9))
def test_cells_and_tiles_of_any_size_find_the_same_ties_included(
    vectors: Floats, count: int, cell_points: int, tile: int
) -> None:
    assert in_cells(vectors, count, cell_points, tile).tolist() == nearest_neighbours(vectors, count).toarray().tolist()


def test_of_equally_near_ones_all_are_neighbours() -> None:
    # Each corner of a cube has three nearest ones, at a cosine of a third.
    corners = unit([[x, y, z] for x in (1, -1) for y in (1, -1) for z in (1, -1)])
    found = nearest_neighbours(corners, 1).toarray()
    assert (found > 0).sum(axis=1).tolist() == [3] * 8
    assert found[found > 0] == pytest.approx(np.full(24, 1 / 3))


@pytest.mark.parametrize("cell_points", [100, 2])
def test_none_is_a_neighbour_at_a_right_angle_or_beyond_and_a_row_without_direction_has_none(cell_points: int) -> None:
    vectors = np.r_[np.eye(4), -np.eye(4), np.zeros((1, 4))]
    assert in_cells(vectors, 3, cell_points, tile=4).tolist() == np.zeros((9, 9)).tolist()
