import numpy as np

from creative_approaches.core.clustering.themes import find_themes
from tests.support.worlds.made_vectors import labelled_blobs, same_partition, space_of, unit


def test_up_to_the_most_each_cluster_is_its_own_theme() -> None:
    points, labels = labelled_blobs(seed=1, rows=120, centers=6, spread=0.05)
    assert find_themes(space_of(points), labels, 6).tolist() == [0, 1, 2, 3, 4, 5]


def test_clusters_of_one_neighbourhood_are_one_theme() -> None:
    # Five far directions, each with four near ones around it: 20 clusters of 10 points.
    rng = np.random.default_rng(3)
    far = np.repeat(unit(rng.normal(size=(5, 30))), 4, axis=0)
    near = unit(far + 0.08 * rng.normal(size=(20, 30)))
    labels = np.repeat(np.arange(20), 10)
    points = unit(near[labels] + 0.01 * rng.normal(size=(200, 30)))
    found = find_themes(space_of(points), labels, 8)
    assert same_partition(found, np.repeat(np.arange(5), 4))


def test_themes_are_no_fewer_than_half_of_the_most() -> None:
    points, labels = labelled_blobs(seed=2, rows=400, centers=40, spread=0.02)
    assert 6 <= len(set(find_themes(space_of(points), labels, 12).tolist())) <= 12


def test_outliers_are_in_no_theme() -> None:
    points, labels = labelled_blobs(seed=1, rows=120, centers=6, spread=0.05)
    labels[:10] = -1
    kept = labels[10:]
    assert find_themes(space_of(points), labels, 3).tolist() == find_themes(space_of(points[10:]), kept, 3).tolist()
