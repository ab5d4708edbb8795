import subprocess
import sys
from dataclasses import replace
from typing import Any, Literal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import adjusted_rand_score

from creative_approaches.core.arrays import Floats
from creative_approaches.core.clustering.cohort import Clustering, cluster_vectors
from creative_approaches.core.clustering.rules import ClusteringRules
from creative_approaches.core.clustering.space import Measure
from tests.support.worlds.made_vectors import blobs, labelled_blobs, same_partition, unit, vectors_with_ties

RULES = ClusteringRules(max_clusters=40, max_outlier_spend=1.0, resamples=4)
EAGER = replace(RULES, ward_only_below=0, min_cluster_size=2, resamples=2)
Selection = Literal["coverage", "silhouette_margin"]
MEASURES: tuple[Measure, ...] = ("raw", "both")
BOTH_RULES = pytest.mark.parametrize("selection", ["coverage", "silhouette_margin"])


def outcome(found: Clustering) -> tuple[Any, ...]:
    """All that is said of the whole, and nothing of single rows."""
    return (
        found.algorithm,
        found.score,
        found.stability,
        found.reason,
        [contender.described() for contender in found.candidates],
    )


# What is found


@pytest.mark.parametrize("rows", [24, 120, 600])
@BOTH_RULES
def test_clear_groups_are_found(rows: int, selection: Selection) -> None:
    vectors, labels = labelled_blobs(seed=3, rows=rows, centers=4, spread=0.04)
    found = cluster_vectors(vectors, replace(RULES, selection=selection))
    assert same_partition(found.labels, labels)
    assert found.stability == 1.0
    assert found.cluster_stability == (1.0,) * 4
    assert found.points == rows
    assert not found.is_approximate


def test_two_pairs_are_two_clusters() -> None:
    found = cluster_vectors(unit([[1, 0.1], [0.1, 1], [1, 0.2], [0.2, 1]]), RULES)
    assert found.labels.tolist() == [0, 1, 0, 1]


def test_overlapping_groups_are_found_better_than_by_the_published_rule() -> None:
    vectors, labels = labelled_blobs(seed=11, rows=300, centers=10, spread=0.35, dimensions=24)
    ours = adjusted_rand_score(labels, cluster_vectors(vectors, RULES).labels)
    published = cluster_vectors(vectors, replace(RULES, selection="silhouette_margin"))
    assert ours > adjusted_rand_score(labels, published.labels) + 0.1


def test_groups_that_noise_hides_are_found_better_where_averages_judge_too() -> None:
    vectors, labels = labelled_blobs(seed=2, rows=120, centers=8, spread=0.35, dimensions=24)
    raw, both = (
        adjusted_rand_score(labels, cluster_vectors(vectors, replace(RULES, measure=measure)).labels)
        for measure in MEASURES
    )
    assert both > raw + 0.1


def test_the_published_rule_never_looks_at_averages() -> None:
    vectors = blobs(seed=2, rows=120, centers=8, spread=0.35)
    published = replace(RULES, selection="silhouette_margin")
    assert outcome(cluster_vectors(vectors, replace(published, measure="both"))) == outcome(
        cluster_vectors(vectors, published)
    )


def test_small_cohorts_may_have_small_clusters() -> None:
    vectors, labels = labelled_blobs(seed=2, rows=12, centers=4, spread=0.02)
    assert sorted(np.bincount(labels)) == [2, 2, 4, 4]
    assert same_partition(cluster_vectors(vectors, RULES).labels, labels)


def test_the_winner_comes_first_among_the_candidates() -> None:
    found = cluster_vectors(blobs(seed=1, rows=150, centers=6, spread=0.3), RULES)
    assert found.candidates[0].candidate.algorithm == found.algorithm
    assert found.candidates[0].score == found.score == max(contender.score or 0 for contender in found.candidates)
    assert len(found.candidates) == 5


# Outliers


@pytest.mark.parametrize(("reach", "joined"), [(2.0, []), (0.0, []), (1000.0, [200, 201, 202])])
def test_strangers_join_a_cluster_only_within_reach(reach: float, joined: list[int]) -> None:
    vectors, labels = labelled_blobs(seed=4, rows=200, centers=4, spread=0.05, dimensions=30)
    strangers = unit(np.random.default_rng(1).normal(size=(3, 30)))
    found = cluster_vectors(np.r_[vectors, strangers], replace(RULES, outlier_reach=reach))
    assert same_partition(found.labels[:200], labels)
    assert np.flatnonzero(found.attached).tolist() == joined
    assert np.flatnonzero(found.labels < 0).tolist() == [row for row in (200, 201, 202) if row not in joined]


def test_outliers_that_hold_too_much_spend_join_and_are_marked() -> None:
    vectors, _ = labelled_blobs(seed=4, rows=200, centers=4, spread=0.05, dimensions=30)
    strangers = unit(np.random.default_rng(1).normal(size=(3, 30)))
    spend = np.r_[np.full(200, 0.4 / 200), 0.5, 0.05, 0.05]
    rows = np.r_[vectors, strangers]
    found = cluster_vectors(rows, replace(RULES, max_outlier_spend=0.1), spend)
    assert found.attached[200]
    assert spend[found.labels < 0].sum() <= 0.1
    assert not found.attached[:200].any()


def test_the_published_rule_leaves_outliers_alone() -> None:
    vectors = blobs(seed=5, rows=120, centers=4, spread=0.16)
    rules = replace(RULES, selection="silhouette_margin", max_clusters=2, max_outlier_spend=0.0)
    found = cluster_vectors(vectors, rules, np.full(120, 1 / 120))
    assert found.algorithm == "hdbscan"
    assert (found.labels < 0).any()
    assert not found.attached.any()


def test_distances_are_from_the_middle_of_distinct_members_without_the_attached() -> None:
    vectors, _ = labelled_blobs(seed=4, rows=200, centers=4, spread=0.05, dimensions=30)
    stranger = unit(np.random.default_rng(1).normal(size=(1, 30)))
    once = cluster_vectors(np.r_[vectors, stranger], replace(RULES, outlier_reach=1000.0))
    copied = np.r_[vectors, np.repeat(vectors[:1], 50, axis=0), stranger]
    assert np.flatnonzero(once.attached).tolist() == [200]
    assert cluster_vectors(copied, replace(RULES, outlier_reach=1000.0)).distances[:200] == pytest.approx(
        cluster_vectors(vectors, RULES).distances
    )


# Two levels


def test_many_clusters_have_themes_numbered_by_their_first_cluster() -> None:
    rng = np.random.default_rng(3)
    far = np.repeat(unit(rng.normal(size=(5, 30))), 4, axis=0)
    middles = unit(far + 0.08 * rng.normal(size=(20, 30)))
    labels = rng.permutation(np.repeat(np.arange(20), 30))
    found = cluster_vectors(unit(middles[labels] + 0.01 * rng.normal(size=(600, 30))), replace(RULES, max_themes=8))
    assert same_partition(found.labels, labels)
    assert same_partition(np.array(found.themes)[found.labels], labels // 4)
    assert list(dict.fromkeys(found.themes)) == list(range(5))


def test_few_clusters_are_a_theme_each() -> None:
    found = cluster_vectors(blobs(seed=3, rows=120, centers=4, spread=0.04), RULES)
    assert found.themes == (0, 1, 2, 3)


# Too little, or nothing, to tell apart


@pytest.mark.parametrize(
    ("vectors", "min_clusters", "reason"),
    [
        ([[1, 0]], 2, "One cluster: fewer than 3 distinct vectors (1)."),
        ([[1, 0], [0, 1]], 2, "One cluster: fewer than 3 distinct vectors (2)."),
        ([[1, 1]] * 60, 2, "One cluster: fewer than 3 distinct vectors (1)."),
        ([[1, 0]] * 700 + [[0, 1]] * 300, 2, "One cluster: fewer than 3 distinct vectors (2)."),
        ([[1, 0], [0, 1], [-1, 0], [0, 1]], 3, "One cluster: fewer than 4 distinct vectors (3)."),
    ],
)
def test_too_few_distinct_vectors_are_one_cluster(vectors: list[list[int]], min_clusters: int, reason: str) -> None:
    found = cluster_vectors(unit(vectors), replace(EAGER, min_clusters=min_clusters))
    assert (found.algorithm, found.score, found.stability, found.candidates) == ("single", None, None, ())
    assert (found.cluster_stability, found.themes, found.reason) == ((None,), (0,), reason)
    assert found.labels.tolist() == [0] * len(vectors)
    assert not found.attached.any()


@BOTH_RULES
def test_equally_distant_vectors_are_one_cluster(selection: Selection) -> None:
    found = cluster_vectors(np.eye(7), replace(EAGER, selection=selection))
    assert (found.algorithm, found.labels.tolist()) == ("single", [0] * 7)
    assert found.reason == "One cluster: no candidate has a coverage score above 0."
    assert found.candidates[0].candidate.silhouette == 0.0


def test_vectors_apart_by_rounding_only_are_one_cluster() -> None:
    noise = np.random.default_rng(4).normal(size=(30, 3)) * 1e-9
    assert cluster_vectors(unit(np.array([1, 2, 2]) + noise), EAGER).algorithm == "single"


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("rows", [150, 400])
def test_nothing_but_noise_is_one_cluster(rows: int, measure: Measure) -> None:
    rules = replace(RULES, resamples=10, measure=measure)
    found = cluster_vectors(unit(np.random.default_rng(0).normal(size=(rows, 384))), rules)
    assert found.algorithm == "single"
    assert found.reason.startswith("One cluster: agreement and stability of the best candidate are below 0.1. ")
    assert len(found.candidates) == 5


def test_a_single_giant_cluster_is_one_cluster() -> None:
    vectors = blobs(seed=1, rows=400, centers=1, spread=0.02, dimensions=384)
    assert cluster_vectors(vectors, replace(RULES, resamples=10)).algorithm == "single"


def test_noise_in_a_small_cohort_makes_clusters_of_low_stability() -> None:
    found = cluster_vectors(unit(np.random.default_rng(0).normal(size=(40, 384))), replace(RULES, resamples=10))
    assert np.mean([stability or 0.0 for stability in found.cluster_stability]) < 0.6


# Exactness


@settings(max_examples=60, deadline=None)
@given(vectors_with_ties(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_change_the_partition(vectors: Floats, random: Any) -> None:
    order = list(range(len(vectors)))
    random.shuffle(order)
    spend = np.arange(1, len(vectors) + 1) / np.arange(1, len(vectors) + 1).sum()
    rules = replace(EAGER, max_outlier_spend=0.1)
    found = cluster_vectors(vectors, rules, spend)
    shuffled = cluster_vectors(vectors[order], rules, spend[order])
    assert same_partition(found.labels[order], shuffled.labels)
    assert np.array_equal(found.attached[order], shuffled.attached)
    assert outcome(found) == outcome(shuffled)


@settings(max_examples=60, deadline=None)
@given(vectors_with_ties())
def test_repeating_rows_changes_nothing(vectors: Floats) -> None:
    once, twice = cluster_vectors(vectors, EAGER), cluster_vectors(np.repeat(vectors, 2, axis=0), EAGER)
    assert np.array_equal(np.repeat(once.labels, 2), twice.labels)
    assert outcome(once) == outcome(twice)


@settings(max_examples=60, deadline=None)
@given(vectors_with_ties())
def test_clusters_are_numbered_by_their_first_row(vectors: Floats) -> None:
    found = cluster_vectors(vectors, EAGER)
    firsts = list(dict.fromkeys(label for label in found.labels.tolist() if label >= 0))
    assert firsts == list(range(len(firsts)))
    assert len(found.cluster_stability) == len(found.themes) == len(firsts)


def test_the_number_of_threads_changes_nothing() -> None:
    script = (
        "import json\n"
        "from tests.unit.clustering import test_cohort as t\n"
        "for points in (5000, 200):\n"
        "    vectors = t.blobs(seed=2, rows=400, centers=9, spread=0.3, dimensions=64)\n"
        "    found = t.cluster_vectors(vectors, t.replace(t.RULES, exact_points=points))\n"
        "    print(json.dumps([found.labels.tolist(), found.attached.tolist(), t.outcome(found)]))\n"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={"PYTHONPATH": ":".join(sys.path), "OPENBLAS_NUM_THREADS": threads, "OMP_NUM_THREADS": threads},
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        ).stdout
        for threads in ("1", "2")
    }
    assert len(printed) == 1


def test_minus_zero_is_zero() -> None:
    found = cluster_vectors(unit([[1, 0.0], [1, -0.0], [0, 1], [0, 1]]), RULES)
    assert found.reason == "One cluster: fewer than 3 distinct vectors (2)."


# Large cohorts


def test_above_the_set_size_groups_stand_for_their_points() -> None:
    vectors, labels = labelled_blobs(seed=6, rows=900, centers=8, spread=0.06, dimensions=40)
    found = cluster_vectors(vectors, replace(RULES, exact_points=120))
    assert found.is_approximate
    assert found.points == 900
    assert same_partition(found.labels, labels)
    assert {contender.candidate.algorithm for contender in found.candidates} == {"ward", "average"}


@pytest.mark.parametrize("spread", [0.1, 0.2])
@BOTH_RULES
def test_both_paths_agree_where_both_run(selection: Selection, spread: float) -> None:
    vectors, _ = labelled_blobs(seed=8, rows=1200, centers=12, spread=spread, dimensions=40)
    rules = replace(RULES, selection=selection)
    exact, grouped = cluster_vectors(vectors, rules), cluster_vectors(vectors, replace(rules, exact_points=400))
    assert adjusted_rand_score(exact.labels, grouped.labels) > 0.98


def test_nothing_but_noise_is_one_cluster_in_a_large_cohort_too() -> None:
    vectors = unit(np.random.default_rng(0).normal(size=(1500, 384)))
    found = cluster_vectors(vectors, replace(RULES, exact_points=200))
    assert found.is_approximate
    assert found.algorithm == "single"


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


def test_spend_must_be_given_for_every_vector() -> None:
    with pytest.raises(ValueError, match="one share of spend per vector"):
        cluster_vectors(np.eye(3), RULES, np.ones(2))


@pytest.mark.parametrize("exact_points", [5000, 100])
def test_copies_count_only_where_identical_rows_are_not_collapsed(exact_points: int) -> None:
    # Four texts of their own kind are too few for a cluster of five; twenty creatives that show them are not.
    others, few = (
        labelled_blobs(seed=2, rows=160, centers=4, spread=0.2)[0],
        blobs(seed=90, rows=4, centers=1, spread=0.1),
    )
    vectors = np.vstack([others, np.repeat(few, 5, axis=0)])
    rules = replace(RULES, exact_points=exact_points, outlier_reach=0.0)
    collapsed = cluster_vectors(vectors, rules)
    weighed = cluster_vectors(vectors, replace(rules, collapse_identical=False))
    assert collapsed.points == weighed.points == 164
    assert outcome(collapsed) == outcome(cluster_vectors(np.vstack([others, few]), rules))
    assert outcome(weighed) != outcome(collapsed)
    for row in range(160, 180, 5):
        assert len(set(weighed.labels[row : row + 5].tolist())) == 1


def test_each_copy_counts_towards_the_size_of_the_smallest_cluster() -> None:
    others, few = (
        labelled_blobs(seed=2, rows=160, centers=4, spread=0.2)[0],
        blobs(seed=90, rows=2, centers=1, spread=0.1),
    )
    vectors = np.vstack([others, np.repeat(few, 10, axis=0)])
    rules = replace(RULES, ward_only_below=1000, outlier_reach=0.0)
    assert -1 in cluster_vectors(vectors, rules).labels[160:]
    weighed = cluster_vectors(vectors, replace(rules, collapse_identical=False)).labels
    assert len(set(weighed[160:].tolist())) == 1
    assert weighed[160] not in weighed[:160]
