from dataclasses import replace
from typing import Any, Literal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.cluster import AgglomerativeClustering
from sklearn.metrics import silhouette_score

from creative_approaches.core.clustering import (
    Candidate,
    ClusteringRules,
    centroid_distances,
    choose_candidate,
    cluster_vectors,
)
from creative_approaches.core.silhouette import (
    Floats,
    Labels,
    distances_to_clusters,
    euclidean_distances,
    silhouettes,
)

RULES = ClusteringRules(
    selection="coverage",
    ward_only_below=50,
    min_clusters=2,
    max_clusters=8,
    min_cluster_size=5,
    silhouette_margin=0.05,
)
BOTH = replace(RULES, ward_only_below=0, min_cluster_size=2)


def unit(vectors: Any) -> Floats:
    rows = np.asarray(vectors, dtype=np.float64)
    scaled: Floats = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return scaled


def blobs(seed: int, rows: int, centers: int, spread: float, dimensions: int = 12) -> Floats:
    rng = np.random.default_rng(seed)
    middles = unit(rng.normal(size=(centers, dimensions)))
    return unit(middles[rng.integers(0, centers, rows)] + spread * rng.normal(size=(rows, dimensions)))


@st.composite
def vectors_with_ties(draw: st.DrawFn) -> Floats:
    """Few directions on a small grid: many equal rows and many equal distances."""
    cell = st.integers(-1, 1)
    rows = st.lists(st.tuples(cell, cell, cell).filter(any), min_size=1, max_size=24)
    return unit(draw(rows))


def candidate(
    algorithm: Literal["ward", "hdbscan"], clusters: int, silhouette: float | None, coverage: float = 1.0
) -> Candidate:
    score = None if silhouette is None else silhouette * coverage
    return Candidate(algorithm, {}, np.zeros(1, dtype=np.int64), clusters, coverage, silhouette, score)


def same_partition(left: Labels, right: Labels) -> bool:
    """Equal up to the numbers of clusters; outliers are outliers in both."""
    pairs = set(zip(left.tolist(), right.tolist(), strict=True))
    return len(pairs) == len(set(left.tolist())) == len(set(right.tolist())) and all(
        (a < 0) == (b < 0) for a, b in pairs
    )


# Silhouettes


def test_silhouettes_of_four_points_on_a_line() -> None:
    # By hand, points 0, 1, 10, 11 in pairs: a = 1 everywhere, b = 10.5 outside and 9.5 inside.
    line = np.array([0.0, 1.0, 10.0, 11.0])
    distances = np.abs(np.subtract.outer(line, line))
    labels = np.array([0, 0, 1, 1])
    found = silhouettes(distances_to_clusters(distances, labels), labels)
    assert found == pytest.approx([9.5 / 10.5, 8.5 / 9.5, 8.5 / 9.5, 9.5 / 10.5])


def test_the_only_member_of_a_cluster_has_silhouette_zero() -> None:
    distances = np.array([[0.0, 1.0, 5.0], [1.0, 0.0, 5.0], [5.0, 5.0, 0.0]])
    labels = np.array([0, 0, 1])
    assert silhouettes(distances_to_clusters(distances, labels), labels) == pytest.approx([0.8, 0.8, 0.0])


def test_points_in_one_place_have_silhouette_zero() -> None:
    labels = np.array([0, 0, 1, 1])
    assert silhouettes(np.zeros((4, 2)), labels).tolist() == [0.0, 0.0, 0.0, 0.0]


def test_outliers_are_in_no_sum() -> None:
    distances = np.array([[0.0, 1.0, 7.0], [1.0, 0.0, 9.0], [7.0, 9.0, 0.0]])
    sums = distances_to_clusters(distances, np.array([0, 1, -1]))
    assert sums.tolist() == [[0.0, 1.0], [1.0, 0.0], [7.0, 9.0]]


def test_distances_are_euclidean_and_symmetric() -> None:
    vectors = blobs(seed=3, rows=40, centers=3, spread=0.4)
    distances = euclidean_distances(vectors)
    expected = np.linalg.norm(vectors[:, None] - vectors[None, :], axis=2)
    assert np.abs(distances - expected).max() < 1e-9
    assert np.array_equal(distances, distances.T)


# Ward


def test_two_pairs_are_two_clusters() -> None:
    found = cluster_vectors(unit([[1, 0.1], [0.1, 1], [1, 0.2], [0.2, 1]]), RULES)
    assert found.algorithm == "ward"
    assert found.labels.tolist() == [0, 1, 0, 1]
    assert found.reason.startswith("Ward with 2 clusters (silhouette 0.9")


@pytest.mark.parametrize("seed", range(6))
def test_ward_equals_refitting_and_scoring_every_cut(seed: int) -> None:
    # Peer: scikit-learn, one fit and one silhouette_score per number of clusters.
    vectors = blobs(seed, rows=45, centers=2 + seed, spread=0.3)
    found = cluster_vectors(vectors, RULES)
    refits = {k: AgglomerativeClustering(n_clusters=k, linkage="ward").fit_predict(vectors) for k in range(2, 9)}
    scores = {k: silhouette_score(vectors, labels) for k, labels in refits.items()}
    best = max(scores, key=lambda k: scores[k])

    assert [cut.clusters for cut in found.candidates] == list(refits)
    assert [cut.silhouette for cut in found.candidates] == pytest.approx(list(scores.values()), abs=1e-9)
    assert all(same_partition(cut.labels, refits[cut.clusters]) for cut in found.candidates)
    assert same_partition(found.labels, refits[best])
    assert found.score == pytest.approx(scores[best], abs=1e-9)


def test_cuts_stop_one_below_the_number_of_distinct_vectors() -> None:
    vectors = unit([[1, 0, 0], [1, 0.1, 0], [0, 1, 0], [0, 1, 0.1], [0, 1, 0.1]])
    assert [cut.clusters for cut in cluster_vectors(vectors, RULES).candidates] == [2, 3]


# HDBSCAN


def test_below_the_limit_only_ward_competes() -> None:
    vectors = blobs(seed=1, rows=50, centers=4, spread=0.1)
    assert {c.algorithm for c in cluster_vectors(vectors, RULES).candidates} == {"ward", "hdbscan"}
    assert {c.algorithm for c in cluster_vectors(vectors[:49], RULES).candidates} == {"ward"}


def test_hdbscan_equals_the_package_on_the_vectors() -> None:
    from hdbscan import HDBSCAN

    vectors = blobs(seed=5, rows=120, centers=4, spread=0.16)
    expected = HDBSCAN(
        min_cluster_size=5, metric="euclidean", core_dist_n_jobs=1, approx_min_span_tree=False
    ).fit_predict(vectors)
    clustered = expected >= 0
    assert 0 < clustered.sum() < 120, "the data must have outliers to show how they are scored"

    found = cluster_vectors(vectors, RULES).candidates[-1]
    silhouette = silhouette_score(vectors[clustered], expected[clustered])
    assert same_partition(found.labels, expected)
    assert found.coverage == clustered.mean()
    assert found.silhouette == pytest.approx(silhouette, abs=1e-9)
    assert found.coverage_score == pytest.approx(silhouette * clustered.mean(), abs=1e-9)


def test_hdbscan_with_nothing_but_outliers_has_no_scores() -> None:
    vectors = blobs(seed=2, rows=12, centers=12, spread=0.5)
    hdbscan = cluster_vectors(vectors, replace(BOTH, min_cluster_size=10)).candidates[-1]
    assert (hdbscan.algorithm, hdbscan.clusters, hdbscan.coverage) == ("hdbscan", 0, 0.0)
    assert (hdbscan.silhouette, hdbscan.coverage_score) == (None, None)


def test_hdbscan_wins_where_ward_may_not_cut_finely_enough() -> None:
    vectors = blobs(seed=8, rows=80, centers=5, spread=0.05)
    found = cluster_vectors(vectors, replace(RULES, max_clusters=2))
    assert found.algorithm == "hdbscan"
    assert found.labels.max() == 4
    assert found.reason.startswith("HDBSCAN with 5 clusters (coverage score 0.")


# Choosing


def test_of_equal_cuts_the_one_with_fewer_clusters_wins() -> None:
    cuts = [candidate("ward", 2, 0.3), candidate("ward", 3, 0.5), candidate("ward", 4, 0.5)]
    assert choose_candidate(cuts, None, RULES)[0] is cuts[1]


def test_each_rule_follows_its_own_measure() -> None:
    # HDBSCAN scores high on the half of the points that it keeps.
    ward, hdbscan = candidate("ward", 3, 0.4), candidate("hdbscan", 5, 0.7, coverage=0.5)
    winner, reason = choose_candidate([ward], hdbscan, RULES)
    assert winner is ward
    assert reason == (
        "Ward with 3 clusters (coverage score 0.4000) wins: "
        "HDBSCAN with 5 clusters (coverage score 0.3500 at 50.0% coverage) does not beat it by more than 0.05."
    )
    winner, reason = choose_candidate([ward], hdbscan, replace(RULES, selection="silhouette_margin"))
    assert winner is hdbscan
    assert reason == (
        "HDBSCAN with 5 clusters (silhouette 0.7000 at 50.0% coverage) wins: "
        "it beats Ward with 3 clusters (silhouette 0.4000) by more than 0.05."
    )


@pytest.mark.parametrize("selection", ["coverage", "silhouette_margin"])
@pytest.mark.parametrize(("silhouette", "winner"), [(0.45, "ward"), (0.4501, "hdbscan"), (0.35, "ward")])
def test_hdbscan_must_win_by_more_than_the_margin(
    selection: Literal["coverage", "silhouette_margin"], silhouette: float, winner: str
) -> None:
    rules = replace(RULES, selection=selection)
    chosen, _ = choose_candidate([candidate("ward", 3, 0.4)], candidate("hdbscan", 5, silhouette), rules)
    assert chosen.algorithm == winner


@pytest.mark.parametrize("selection", ["coverage", "silhouette_margin"])
def test_hdbscan_without_scores_loses(selection: Literal["coverage", "silhouette_margin"]) -> None:
    ward = candidate("ward", 3, 0.1)
    chosen = choose_candidate([ward], candidate("hdbscan", 0, None, 0.0), replace(RULES, selection=selection))
    assert chosen == (
        ward,
        "Ward with 3 clusters (silhouette 0.1000) wins: HDBSCAN found fewer than two clusters.",
    )


@pytest.mark.parametrize("selection", ["coverage", "silhouette_margin"])
def test_the_score_is_the_measure_that_decided(selection: Literal["coverage", "silhouette_margin"]) -> None:
    vectors = blobs(seed=5, rows=120, centers=4, spread=0.16)
    found = cluster_vectors(vectors, replace(RULES, selection=selection, silhouette_margin=-2.0, max_clusters=2))
    hdbscan = found.candidates[-1]
    assert found.algorithm == "hdbscan"
    assert found.score == (hdbscan.coverage_score if selection == "coverage" else hdbscan.silhouette)


# Single clusters


@pytest.mark.parametrize(
    ("vectors", "min_clusters", "reason"),
    [
        ([[1, 0]], 2, "One cluster: fewer than 3 distinct vectors (1)."),
        ([[1, 0], [0, 1]], 2, "One cluster: fewer than 3 distinct vectors (2)."),
        ([[1, 1]] * 60, 2, "One cluster: fewer than 3 distinct vectors (1)."),
        ([[1, 0], [0, 1], [-1, 0], [0, 1]], 3, "One cluster: fewer than 4 distinct vectors (3)."),
    ],
)
def test_too_few_distinct_vectors_are_one_cluster(vectors: list[list[int]], min_clusters: int, reason: str) -> None:
    found = cluster_vectors(unit(vectors), replace(BOTH, min_clusters=min_clusters))
    assert (found.algorithm, found.score, found.candidates, found.reason) == ("single", None, (), reason)
    assert found.labels.tolist() == [0] * len(vectors)


@pytest.mark.parametrize("selection", ["coverage", "silhouette_margin"])
def test_equally_distant_vectors_are_one_cluster(
    selection: Literal["coverage", "silhouette_margin"],
) -> None:
    found = cluster_vectors(np.eye(7), replace(BOTH, selection=selection))
    assert found.algorithm == "single"
    assert found.labels.tolist() == [0] * 7
    assert found.reason == "One cluster: no candidate has a coverage score above 0."
    assert [cut.silhouette for cut in found.candidates if cut.algorithm == "ward"] == [0.0] * 5


def test_vectors_apart_by_rounding_only_are_one_cluster() -> None:
    noise = np.random.default_rng(4).normal(size=(30, 3)) * 1e-9
    assert cluster_vectors(unit(np.array([1, 2, 2]) + noise), BOTH).algorithm == "single"


# Order and repetition


@settings(max_examples=60, deadline=None)
@given(vectors_with_ties(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_change_the_partition(vectors: Floats, random: Any) -> None:
    order = list(range(len(vectors)))
    random.shuffle(order)
    found, shuffled = cluster_vectors(vectors, BOTH), cluster_vectors(vectors[order], BOTH)
    assert same_partition(found.labels[order], shuffled.labels)
    assert found.reason == shuffled.reason
    for ours, theirs in zip(found.candidates, shuffled.candidates, strict=True):
        assert same_partition(ours.labels[order], theirs.labels)


@settings(max_examples=60, deadline=None)
@given(vectors_with_ties())
def test_repeating_rows_changes_nothing(vectors: Floats) -> None:
    once, twice = cluster_vectors(vectors, BOTH), cluster_vectors(np.repeat(vectors, 2, axis=0), BOTH)
    assert np.array_equal(np.repeat(once.labels, 2), twice.labels)
    assert once.reason == twice.reason
    assert once.score == twice.score


@settings(max_examples=60, deadline=None)
@given(vectors_with_ties())
def test_clusters_are_numbered_by_their_first_row(vectors: Floats) -> None:
    found = cluster_vectors(vectors, BOTH)
    for labels in [found.labels, *(c.labels for c in found.candidates)]:
        firsts = list(dict.fromkeys(label for label in labels.tolist() if label >= 0))
        assert firsts == list(range(len(firsts)))


def test_an_outlier_in_the_first_row_takes_no_number() -> None:
    tight = [[1, 0.01 * i, 0] for i in range(6)] + [[0, 1, 0.01 * i] for i in range(6)]
    hdbscan = cluster_vectors(unit([[-1, -1, -1], *tight]), replace(BOTH, min_cluster_size=4)).candidates[-1]
    assert hdbscan.labels.tolist() == [-1] + [0] * 6 + [1] * 6


def test_minus_zero_is_zero() -> None:
    found = cluster_vectors(unit([[1, 0.0], [1, -0.0], [0, 1], [0, 1]]), RULES)
    assert found.reason == "One cluster: fewer than 3 distinct vectors (2)."


# Refusals


@pytest.mark.parametrize("row", [[0.0, 0.0], [np.nan, 1.0], [np.inf, 0.0], [1e200, 1e200], [0.9, 0.0]])
def test_a_row_that_is_no_unit_vector_is_named(row: list[float]) -> None:
    with pytest.raises(ValueError, match=r"^row 2 is not a finite vector of unit length$"):
        cluster_vectors(np.array([[1.0, 0.0], [0.0, 1.0], row]), RULES)


def test_vectors_rounded_to_float32_are_accepted() -> None:
    vectors = blobs(seed=1, rows=40, centers=4, spread=0.1)
    rounded = vectors.astype(np.float32).astype(np.float64)
    assert np.array_equal(cluster_vectors(rounded, RULES).labels, cluster_vectors(vectors, RULES).labels)


@pytest.mark.parametrize("vectors", [np.zeros((0, 3)), np.ones(3), np.eye(3, dtype=np.float32)])
def test_other_shapes_and_types_are_refused(vectors: Any) -> None:
    with pytest.raises(ValueError, match="float64 vectors of shape"):
        cluster_vectors(vectors, RULES)


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ({"selection": "best"}, "selection is 'coverage' or 'silhouette_margin', not 'best'"),
        ({"min_clusters": 1}, "2 <= min_clusters <= max_clusters is needed, got 1 and 8"),
        ({"min_clusters": 9}, "2 <= min_clusters <= max_clusters is needed, got 9 and 8"),
        ({"min_cluster_size": 1}, "min_cluster_size is at least 2, got 1"),
    ],
)
def test_impossible_rules_are_refused(rule: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        replace(RULES, **rule)


# Distances to centroids


def test_distances_to_the_centroid_of_a_right_angle() -> None:
    # By hand: the centroid of (1, 0) and (0, 1) points at 45 degrees from both; an outlier has none.
    vectors = np.array([[1.0, 0.0], [0.0, 1.0], [0.6, 0.8], [-1.0, 0.0]])
    found = centroid_distances(vectors, np.array([0, 0, 1, -1]))
    assert found[:3] == pytest.approx([1 - np.sqrt(0.5), 1 - np.sqrt(0.5), 0.0], abs=1e-12)
    assert np.isnan(found[3])


def test_members_that_cancel_out_are_at_distance_one() -> None:
    # Three at 120 degrees; their sum is zero but for rounding.
    angles = np.radians([90, 210, 330])
    vectors = np.c_[np.cos(angles), np.sin(angles)]
    assert np.abs(vectors.sum(axis=0)).max() > 0
    assert centroid_distances(vectors, np.array([0, 0, 0])).tolist() == [1.0, 1.0, 1.0]


def test_centroid_distances_need_a_label_for_every_vector() -> None:
    with pytest.raises(ValueError, match="one label per vector"):
        centroid_distances(np.eye(3), np.array([0, 0]))
