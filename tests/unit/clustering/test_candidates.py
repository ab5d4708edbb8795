import numpy as np
import pytest
from sklearn.cluster import AgglomerativeClustering
from sklearn.metrics import silhouette_score

from creative_approaches.core.arrays import Floats
from creative_approaches.core.clustering.candidates import Candidate, hdbscan_candidate, sweep_tree
from creative_approaches.core.clustering.silhouette import euclidean_distances
from creative_approaches.core.clustering.space import Places, Space
from tests.support.worlds.made_vectors import blobs, labelled_blobs, same_partition, space_of, unit


def ward(points: Floats, clusters: tuple[int, int] = (2, 8)) -> Candidate:
    found = sweep_tree(space_of(points), "ward", "raw", clusters)
    assert found is not None
    return found


@pytest.mark.parametrize("seed", range(6))
def test_a_sweep_of_ward_equals_refitting_and_scoring_every_cut(seed: int) -> None:
    # Peer: scikit-learn, one fit and one silhouette_score per number of clusters.
    points = blobs(seed, rows=45, centers=2 + seed, spread=0.3)
    found = ward(points)
    refits = {k: AgglomerativeClustering(n_clusters=k, linkage="ward").fit_predict(points) for k in range(2, 9)}
    scores = {k: silhouette_score(points, labels) for k, labels in refits.items()}
    best = max(scores, key=lambda k: scores[k])

    assert dict(found.sweep) == pytest.approx(scores, abs=1e-9)
    assert same_partition(found.labels, refits[best])
    assert (found.clusters, found.coverage) == (best, 1.0)
    assert found.silhouette == found.coverage_score == pytest.approx(scores[best], abs=1e-9)


def test_average_linkage_on_averaged_vectors_is_scored_by_the_vectors_themselves() -> None:
    points = blobs(seed=4, rows=60, centers=4, spread=0.2)
    space = space_of(points)
    found = sweep_tree(space, "average", "averaged", (2, 8))
    assert found is not None
    expected = AgglomerativeClustering(n_clusters=found.clusters, metric="precomputed", linkage="average").fit_predict(
        space.places["averaged"].distances
    )
    assert same_partition(found.labels, expected)
    assert found.silhouette == pytest.approx(silhouette_score(points, found.labels), abs=1e-9)


def test_cuts_stop_one_below_the_number_of_points() -> None:
    points = unit([[1, 0, 0], [1, 0.1, 0], [0, 1, 0], [0, 1, 0.1]])
    assert [pieces for pieces, _ in ward(points).sweep] == [2, 3]


def test_no_cut_is_no_candidate() -> None:
    assert sweep_tree(space_of(np.eye(3)), "ward", "raw", (5, 8)) is None
    assert sweep_tree(space_of(np.eye(4)), "ward", "raw", (2, 2), min_cluster_size=3, max_pieces=4) is None


def test_of_equal_cuts_the_one_with_fewer_clusters_wins() -> None:
    # Four directions at right angles in pairs: every cut of equal distances scores zero.
    assert ward(np.eye(7)).clusters == 2


def test_small_pieces_are_outliers_and_count_as_zero() -> None:
    points, labels = labelled_blobs(seed=2, rows=60, centers=3, spread=0.03, dimensions=20)
    strangers = unit(np.random.default_rng(5).normal(size=(4, 20)))
    found = sweep_tree(space_of(np.r_[points, strangers]), "ward", "raw", (2, 6), min_cluster_size=5, max_pieces=20)
    assert found is not None
    assert found.labels[-4:].tolist() == [-1] * 4
    assert same_partition(found.labels[:60], labels)
    assert found.coverage == 60 / 64
    assert found.silhouette == pytest.approx(silhouette_score(points, labels), abs=1e-9)
    assert found.coverage_score == pytest.approx(silhouette_score(points, labels) * 60 / 64, abs=1e-9)


def test_pieces_are_counted_by_the_points_that_they_stand_for() -> None:
    # Nine points in one place are a piece large enough, and coverage is of points.
    places = unit([[1, 0, 0], [1, 0.1, 0], [0, 1, 0], [0, 1, 0.1], [0, 0, 1], [1, -1, -1]])
    place_of_point = np.array([0, 1, 2, 3, *[4] * 9, 5])
    weights = np.bincount(place_of_point).astype(np.float64)
    raw = Places(euclidean_distances(places), weights, place_of_point)
    points = places[place_of_point]
    space = Space(points, np.ones(len(points)), {"raw": raw}, np.arange(14), "raw", euclidean_distances(points))
    found = sweep_tree(space, "ward", "raw", (2, 3), min_cluster_size=2, max_pieces=4)
    assert found is not None
    assert same_partition(found.labels, np.array([0, 0, 1, 1, *[2] * 9, -1]))
    assert found.coverage == 13 / 14


def test_far_up_the_sweep_cuts_are_skipped_but_never_the_finest() -> None:
    points = blobs(seed=2, rows=300, centers=5, spread=0.3)
    found = sweep_tree(space_of(points), "ward", "raw", (2, 250), min_cluster_size=1, max_pieces=250)
    assert found is not None
    pieces = [cut for cut, _ in found.sweep]
    assert pieces[:50] == list(range(2, 52))
    assert pieces[-1] == 250
    assert len(pieces) < 180


def test_hdbscan_equals_the_package_on_the_vectors() -> None:
    from hdbscan import HDBSCAN

    points = blobs(seed=5, rows=120, centers=4, spread=0.16)
    expected = HDBSCAN(
        min_cluster_size=5, metric="euclidean", core_dist_n_jobs=1, approx_min_span_tree=False
    ).fit_predict(points)
    clustered = expected >= 0
    assert 0 < clustered.sum() < 120, "the data must have outliers to show how they are scored"

    found = hdbscan_candidate(space_of(points), "raw", 5)
    silhouette = silhouette_score(points[clustered], expected[clustered])
    assert same_partition(found.labels, expected)
    assert found.coverage == clustered.mean()
    assert found.silhouette == pytest.approx(silhouette, abs=1e-9)
    assert found.coverage_score == pytest.approx(silhouette * clustered.mean(), abs=1e-9)


def test_hdbscan_with_nothing_but_outliers_has_no_scores() -> None:
    found = hdbscan_candidate(space_of(blobs(seed=2, rows=12, centers=12, spread=0.5)), "raw", 10)
    assert (found.clusters, found.coverage, found.silhouette, found.coverage_score) == (0, 0.0, None, None)


@pytest.mark.parametrize("allowed", [(2, 3), (5, 9)])
def test_hdbscan_with_a_number_of_clusters_that_is_not_allowed_does_not_compete(allowed: tuple[int, int]) -> None:
    points, _ = labelled_blobs(seed=2, rows=60, centers=4, spread=0.03)
    found = hdbscan_candidate(space_of(points), "raw", 5, allowed)
    assert (found.clusters, found.silhouette, found.coverage_score) == (4, None, None)


def test_places_are_judged_by_points() -> None:
    # Four places stand for groups: whatever lies nearer to its like than the places do must not flatter the score.
    points, labels = labelled_blobs(seed=2, rows=80, centers=4, spread=0.4)
    middles = np.array([points[labels == group].mean(axis=0) for group in range(4)])
    raw = Places(euclidean_distances(middles), np.bincount(labels).astype(np.float64), labels)
    judges = np.arange(0, 80, 2)
    space = Space(points, np.ones(len(points)), {"raw": raw}, judges, "raw", euclidean_distances(points[judges]))
    found = sweep_tree(space, "ward", "raw", (2, 3))
    assert found is not None
    assert found.silhouette == pytest.approx(silhouette_score(points[judges], found.labels[judges]), abs=1e-9)
