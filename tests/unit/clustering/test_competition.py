from dataclasses import replace

import numpy as np
import pytest

from creative_approaches.core.clustering.candidates import Algorithm, Candidate
from creative_approaches.core.clustering.competition import (
    Contender,
    choose_by_agreement,
    choose_by_margin,
    hold_competition,
    limits_for,
    make_candidates,
)
from creative_approaches.core.clustering.rules import ClusteringRules
from creative_approaches.core.clustering.space import Geometry, Space
from tests.support.worlds.made_vectors import labelled_blobs, space_of

RULES = ClusteringRules(max_clusters=8, resamples=4)
PUBLISHED = replace(RULES, selection="silhouette_margin")


def candidate(
    algorithm: Algorithm,
    clusters: int,
    silhouette: float | None,
    coverage: float = 1.0,
    geometry: Geometry = "raw",
) -> Candidate:
    score = None if silhouette is None else silhouette * coverage
    return Candidate(algorithm, geometry, {}, np.zeros(1, dtype=np.int64), clusters, coverage, silhouette, score)


def contenders(*candidates: Candidate) -> tuple[Contender, ...]:
    return tuple(map(Contender, candidates))


def held_in(space: Space, rules: ClusteringRules) -> tuple[Contender, ...]:
    limits = limits_for(len(space.points), False, rules)
    return hold_competition(space, make_candidates(space, rules, limits), rules, limits)


# The published rule


def test_the_published_rule_looks_at_what_hdbscan_kept() -> None:
    # HDBSCAN scores high on the half of the points that it keeps.
    ward, hdbscan = contenders(candidate("ward", 3, 0.4), candidate("hdbscan", 5, 0.7, coverage=0.5))
    assert choose_by_margin((ward, hdbscan), 0.05) == (
        hdbscan,
        0.7,
        "HDBSCAN with 5 clusters (silhouette 0.7000 at 50.0% coverage) wins: "
        "it beats Ward with 3 clusters (silhouette 0.4000) by more than 0.05.",
    )


@pytest.mark.parametrize(("silhouette", "winner"), [(0.45, "ward"), (0.4501, "hdbscan"), (0.35, "ward")])
def test_hdbscan_must_win_by_more_than_the_margin(silhouette: float, winner: str) -> None:
    rivals = contenders(candidate("ward", 3, 0.4), candidate("hdbscan", 5, silhouette))
    chosen, score, _ = choose_by_margin(rivals, 0.05)
    assert chosen.candidate.algorithm == winner
    assert score == chosen.candidate.silhouette


def test_hdbscan_without_clusters_loses() -> None:
    ward, hdbscan = contenders(candidate("ward", 3, 0.1), candidate("hdbscan", 0, None, 0.0))
    reason = "Ward with 3 clusters (silhouette 0.1000) wins: HDBSCAN found fewer than two clusters."
    assert choose_by_margin((ward, hdbscan), 0.05) == (ward, 0.1, reason)


def test_ward_alone_wins() -> None:
    (ward,) = contenders(candidate("ward", 3, 0.1))
    reason = "Ward with 3 clusters (silhouette 0.1000) wins: HDBSCAN does not compete in a cohort of this size."
    assert choose_by_margin((ward,), 0.05) == (ward, 0.1, reason)


def test_the_published_rule_has_ward_and_hdbscan_on_the_vectors_themselves() -> None:
    points, _ = labelled_blobs(seed=1, rows=60, centers=4, spread=0.1)
    made = make_candidates(space_of(points), PUBLISHED, limits_for(60, False, PUBLISHED))
    assert [(c.algorithm, c.geometry) for c in made] == [("ward", "raw"), ("hdbscan", "raw")]
    assert [pieces for pieces, _ in made[0].sweep] == list(range(2, 9))


# Our rule


def test_agreement_times_stability_decides() -> None:
    agreed = Contender(candidate("ward", 3, 0.1), agreement=0.9, stability=0.5)
    stable = Contender(candidate("average", 4, 0.3, geometry="averaged"), agreement=0.5, stability=0.95)
    nothing = Contender(candidate("hdbscan", 0, None, 0.0))
    assert choose_by_agreement((agreed, stable, nothing)) == (
        stable,
        0.475,
        "Average linkage on averaged vectors with 4 clusters, 0.4750: "
        "agreement with the others 0.5000 times stability 0.9500. Others: Ward 3 (0.4500).",
    )


def test_of_equal_contenders_the_first_wins() -> None:
    first = Contender(candidate("ward", 3, 0.1), agreement=0.5, stability=0.5)
    second = Contender(candidate("ward", 4, 0.9, geometry="averaged"), agreement=0.5, stability=0.5)
    assert choose_by_agreement((first, second))[0] is first


def test_disagreement_worse_than_chance_is_no_agreement() -> None:
    # Two negative numbers must not multiply to a good score.
    assert Contender(candidate("ward", 3, 0.1), agreement=-0.5, stability=-0.5).score == 0.0


def test_an_only_contender_wins_by_its_stability() -> None:
    only = Contender(candidate("ward", 2, 0.1), stability=0.8)
    assert choose_by_agreement((only,)) == (
        only,
        0.8,
        "Ward with 2 clusters: no other method found clusters.",
    )


def test_without_resamples_agreement_alone_decides() -> None:
    points, _ = labelled_blobs(seed=1, rows=80, centers=4, spread=0.1)
    space, rules = space_of(points), replace(RULES, resamples=0)
    held = held_in(space, rules)
    assert {contender.stability for contender in held} == {None}
    assert {contender.cluster_stability for contender in held} == {()}
    assert all(contender.score == contender.agreement for contender in held)


def test_clear_groups_are_found_by_all_and_again_in_every_resample() -> None:
    points, _ = labelled_blobs(seed=1, rows=120, centers=4, spread=0.03)
    space = space_of(points)
    held = held_in(space, RULES)
    assert len(held) == 5
    assert {(contender.agreement, contender.stability) for contender in held} == {(1.0, 1.0)}
    assert {contender.cluster_stability for contender in held} == {(1.0, 1.0, 1.0, 1.0)}


def test_a_cloud_that_is_cut_all_the_same_is_what_resamples_do_not_find_again() -> None:
    points, labels = labelled_blobs(seed=1, rows=120, centers=3, spread=0.03, dimensions=20)
    cloud = labelled_blobs(seed=7, rows=60, centers=1, spread=0.2, dimensions=20)[0]
    space, rules = space_of(np.r_[points, cloud]), replace(RULES, min_clusters=6)
    ward = held_in(space, rules)[0]
    clear = {int(ward.candidate.labels[np.flatnonzero(labels == group)[0]]) for group in range(3)}
    weak = [value for cluster, value in enumerate(ward.cluster_stability) if cluster not in clear]
    assert {ward.cluster_stability[cluster] for cluster in clear} == {1.0}
    measured = [value for value in weak if value is not None]
    assert len(measured) >= 3
    assert max(measured) < 0.9


def test_candidates_keep_to_the_square_root_of_the_points_hdbscan_included() -> None:
    points, _ = labelled_blobs(seed=1, rows=100, centers=40, spread=0.001)
    rules = replace(RULES, max_clusters=60, min_cluster_size=2)
    made = make_candidates(space_of(points), rules, limits_for(100, False, rules))
    assert max(c.clusters for c in made if c.coverage_score is not None) == 10
    assert [c.clusters > 10 for c in made if c.algorithm == "hdbscan"] == [True, True]


@pytest.mark.parametrize(
    ("points", "clusters", "smallest"),
    [(4, (2, 2), 2), (23, (2, 5), 2), (32, (2, 8), 3), (40, (2, 10), 3), (120, (2, 11), 5), (10_000, (2, 100), 5)],
)
def test_limits_grow_with_the_cohort(points: int, clusters: tuple[int, int], smallest: int) -> None:
    limits = limits_for(points, False, replace(RULES, max_clusters=120))
    assert (limits.clusters, limits.smallest) == (clusters, smallest)


def test_no_cohort_has_more_clusters_than_the_setting_allows() -> None:
    assert [limits_for(points, False, RULES).clusters for points in (40, 10_000)] == [(2, 8), (2, 8)]


def test_hdbscan_sits_out_where_points_are_few_or_grouped() -> None:
    assert [limits_for(points, False, RULES).with_hdbscan for points in (49, 50)] == [False, True]
    assert not limits_for(50, True, RULES).with_hdbscan


def test_clusters_too_small_to_measure_have_no_stability() -> None:
    points, labels = labelled_blobs(seed=1, rows=24, centers=3, spread=0.02)
    assert sorted(np.bincount(labels)) == [5, 9, 10]
    few = np.r_[points, labelled_blobs(seed=9, rows=4, centers=1, spread=0.02)[0]]
    ward = held_in(space_of(few), replace(RULES, min_cluster_size=2))[0]
    of_few = ward.candidate.labels[-1]
    assert [value is None for value in ward.cluster_stability] == [cluster == of_few for cluster in range(4)]


def test_a_candidate_that_found_nothing_has_no_score() -> None:
    assert Contender(candidate("hdbscan", 0, None, 0.0)).score is None


def test_what_is_described_is_what_competed() -> None:
    described = Contender(candidate("ward", 3, 0.4, coverage=0.5), agreement=0.9, stability=0.5).described()
    assert described == {
        "algorithm": "ward",
        "vectors": "raw",
        "parameters": {},
        "clusters": 3,
        "coverage": 0.5,
        "silhouette": 0.4,
        "coverage_score": 0.2,
        "agreement_times_stability": 0.45,
        "agreement": 0.9,
        "stability": 0.5,
        "sweep": {},
    }
