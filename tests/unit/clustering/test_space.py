import pytest

from creative_approaches.core.clustering.agglomeration import cut_tree, merge_tree
from creative_approaches.core.clustering.neighbourhood import average_neighbours
from creative_approaches.core.clustering.silhouette import euclidean_distances
from creative_approaches.core.clustering.space import Geometry, exact_space, grouped_space
from tests.support.worlds.made_vectors import labelled_blobs


@pytest.mark.parametrize("geometry", ["raw", "averaged"])
def test_the_tree_of_groups_goes_on_as_that_of_points(geometry: Geometry) -> None:
    # All points fit one cell, whose groups are cut from Ward's tree: the merges above them are the same.
    points, _ = labelled_blobs(seed=4, rows=600, centers=8, spread=0.3)
    exact, grouped = exact_space(points, True).places[geometry], grouped_space(points, True, 200).places[geometry]
    expected = merge_tree(exact.distances, "ward", exact.weights)
    tree = merge_tree(grouped.distances, "ward", grouped.weights)
    assert tree[:, 2] == pytest.approx(expected[-199:, 2], abs=1e-6)
    for clusters in (2, 8, 40):
        found = cut_tree(tree, clusters)[0][grouped.place_of_point]
        assert found.tolist() == _renumbered(cut_tree(expected, clusters)[0].tolist(), found.tolist())


def _renumbered(labels: list[int], like: list[int]) -> list[int]:
    number = dict(zip(labels, like, strict=True))
    return [number[label] for label in labels]


def test_a_sample_of_points_judges_groups() -> None:
    points, _ = labelled_blobs(seed=4, rows=600, centers=8, spread=0.3)
    space = grouped_space(points, False, 200)
    assert space.is_grouped
    assert list(space.places) == ["raw"]
    assert len(space.places["raw"].weights) == 200
    assert 150 < len(space.judges) < 250
    assert space.judged.tolist() == euclidean_distances(points[space.judges]).tolist()


@pytest.mark.parametrize("groups", [200, 600])
def test_where_points_are_read_with_errors_their_averages_judge_too(groups: int) -> None:
    points, _ = labelled_blobs(seed=4, rows=600, centers=8, spread=0.3)
    space = (
        exact_space(points, True, measure="both")
        if groups == len(points)
        else grouped_space(points, True, groups, measure="both")
    )
    raw, averaged = (euclidean_distances(vectors[space.judges]) for vectors in (points, average_neighbours(points)))
    assert space.judged == pytest.approx((raw + averaged) / 2, abs=1e-9)


def test_every_point_judges_where_all_pairs_are_known() -> None:
    points, _ = labelled_blobs(seed=4, rows=60, centers=4, spread=0.3)
    space = exact_space(points, True)
    assert not space.is_grouped
    assert space.judged is space.places["raw"].distances
    assert space.judges.tolist() == list(range(60))
