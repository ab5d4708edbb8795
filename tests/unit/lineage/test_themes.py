"""Approaches whose creatives turn over: those present in both periods, and what they are about."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from creative_approaches.core.lineage.matching import Match
from creative_approaches.core.lineage.trace import trace_lineage
from tests.support.worlds.made_histories import RULES, SPACE, WEEKS, clusters_of, first_id, kinds, of_week, trace


def cosine_distance(degrees: float) -> float:
    return round(1 - float(np.cos(np.radians(degrees))), 12)


def test_heavy_turnover_of_creatives_does_not_end_an_approach() -> None:
    """Two thirds leave and as many come: overlap 2 of 10, but all that are present in both periods stayed together."""
    lineage = trace(["abcdef 0", "mnopqr 90"], ["abuvwx 5", "mnyz12 95"])
    first, second = first_id(0, "abcdef"), first_id(0, "mnopqr")
    week = of_week(lineage, 1)
    assert {s.approach_id: s.status for s in week.values()} == {first: "ACTIVE", second: "ACTIVE"}
    assert week[first].match == Match("present", 2 / 10, 1.0, cosine_distance(5), 0.8)


@pytest.mark.parametrize(("angle", "status"), [(53, "ACTIVE"), (54, "INACTIVE")])
def test_members_present_in_both_are_believed_where_the_centroids_are_nearer_than_neighbours(
    angle: int, status: str
) -> None:
    """Neighbours are 60 degrees apart, a distance of 0.5. That of 53 degrees is 0.398, of 54 degrees 0.412."""
    lineage = trace(["abcdef 0", "mno 60", "pqr 120"], [f"abuvwx {-angle}", "mno 60", "pqr 120"])
    assert of_week(lineage, 1)[first_id(0, "abcdef")].status == status


@pytest.mark.parametrize(("angle", "status"), [(22, "ACTIVE"), (23, "INACTIVE")])
def test_an_only_approach_is_judged_by_how_far_its_own_creatives_are_apart(angle: int, status: str) -> None:
    """Two of them are 0.0975 apart. The distance of 22 degrees is 0.073, of 23 degrees 0.079."""
    lineage = trace(["abcdef 0"], [f"abuvwx {angle}"])
    assert of_week(lineage, 1)[first_id(0, "abcdef")].status == status


def test_a_cluster_of_another_theme_to_which_few_creatives_moved_does_not_go_on() -> None:
    """`ab` are all that stayed, and all that the cluster has of creatives that were there."""
    lineage = trace(["abcdefgh 0", "mno 60", "pqr 120"], ["abuvwxyz 280", "mno 60", "pqr 120"])
    old, other = first_id(0, "abcdefgh"), first_id(1, "abuvwxyz")
    assert {key: of_week(lineage, 1)[key].status for key in (old, other)} == {old: "INACTIVE", other: "NEW"}


@pytest.mark.parametrize(("stayed", "status"), [("abc", "ACTIVE"), ("ab", "INACTIVE")])
def test_a_few_that_stay_where_others_keep_most_do_not_say_where_an_approach_went(stayed: str, status: str) -> None:
    """Of 27 creatives 21 stay, or 20: of nine about seven would, a third of which is more than two.

    The distance of 50 degrees is 0.36. Members are believed up to 0.40, centroids alone up to 0.32.
    """
    others = ["jklmnopqr 60", "stuABCDEF 120"]
    lineage = trace(["abcdefghi 0", *others], [f"{stayed}vwxyzGHI 310", *others])
    assert of_week(lineage, 1)[first_id(0, "abcdefghi")].status == status


def test_the_cluster_that_most_went_to_goes_on_even_with_less_than_the_overlap() -> None:
    """Of eleven that stayed, 4, 3, 2 and 2 went to four clusters."""
    lineage = trace(["abcdefghijk 0", "uvw 90"], ["abcd 5", "efg 355", "hi 350", "jk 345", "uvw 90"])
    found = of_week(lineage, 1)[first_id(0, "abcdefghijk")]
    assert found.match is not None
    assert (found.cluster, found.match.evidence, found.match.present_overlap) == (0, "main", 4 / 11)


def test_all_members_come_before_those_present_in_both() -> None:
    """By those present, `ef` alone could go on as the approach: 2 of 2. By all, the other cluster does."""
    lineage = trace(["abcdef 0"], ["abcduv 0", "efwxyz 0"])
    assert of_week(lineage, 1)[first_id(0, "abcdef")].cluster == 0


def test_the_larger_part_of_those_present_keeps_the_id() -> None:
    """Of eight that stayed among many new ones, five go one way and three the other."""
    lineage = trace(["abcdefghijklmnop 0"], ["fgh123456789 340", "abcdeqrstuvwxyz 5"])
    old, part = first_id(0, "abcdefghijklmnop"), first_id(1, "fgh123456789")
    assert of_week(lineage, 1)[old].cluster == 1
    assert kinds(lineage, 1) == {("continued", old, old), ("split", old, part)}


def test_an_approach_whose_creatives_are_all_new_goes_on_by_its_theme() -> None:
    lineage = trace(["abcd 0", "mnop 90"], ["efgh 10", "qrst 100"])
    week = of_week(lineage, 1)
    assert [week[first_id(0, key)].cluster for key in ("abcd", "mnop")] == [0, 1]
    found = week[first_id(0, "abcd")].match
    assert found == Match("theme", 0.0, None, cosine_distance(10), round(0.64 * cosine_distance(80), 12))


@pytest.mark.parametrize(
    ("theme_within", "angle", "status"), [(0.64, 21, "INACTIVE"), (0.64, 20, "ACTIVE"), (0.0, 0, "INACTIVE")]
)
def test_a_theme_alone_must_be_very_near(theme_within: float, angle: int, status: str) -> None:
    """Two creatives are 0.0975 apart. The distance of 20 degrees is 0.060, of 21 degrees 0.066."""
    lineage = trace(["abcd 0"], [f"efgh {angle}"], rules=replace(RULES, theme_within=theme_within))
    assert of_week(lineage, 1)[first_id(0, "abcd")].status == status


@pytest.mark.parametrize(("angle", "status"), [(17, "ACTIVE"), (18, "INACTIVE")])
def test_a_theme_alone_must_be_nearer_than_any_other_by_a_margin(angle: int, status: str) -> None:
    """The other is 23 degrees from the first angle, a distance of 0.079, and 22 from the second: 0.073."""
    lineage = trace(["abcd 0", "mnop 40"], [f"efgh {angle}", "mnop 40"])
    assert of_week(lineage, 1)[first_id(0, "abcd")].status == status


def test_a_theme_does_not_speak_against_members() -> None:
    """What is left of `abcdef` moved into another approach; the newcomer that is about the same is another one."""
    lineage = trace(["abcdef 0", "mnopqrst 90"], ["uvwxyz 0", "abcdmnopqrst 90"])
    old = first_id(0, "abcdef")
    assert of_week(lineage, 1)[old].status == "INACTIVE"
    assert ("merged", old, first_id(0, "mnopqrst")) in kinds(lineage, 1)


def test_the_nearest_theme_wins() -> None:
    lineage = trace(["abcd 0", "mnop 20"], ["efgh 15", "qrst 2"])
    week = of_week(lineage, 1)
    assert [week[first_id(0, key)].cluster for key in ("abcd", "mnop")] == [1, 0]


def test_an_approach_comes_back_after_a_pause_with_few_of_its_creatives() -> None:
    lineage = trace(["abcdef 0", "mno 90"], ["mno 90"], ["mno 90"], ["abuvwxyz 3", "mno 90"])
    back = of_week(lineage, 3)[first_id(0, "abcdef")]
    assert (back.status, back.continues_period_start) == ("REACTIVATED", WEEKS[0])
    assert back.match is not None
    assert (back.match.evidence, back.match.present_overlap) == ("present", 1.0)


@pytest.mark.parametrize("change", [{"model": "newer"}, {"backend": "another"}, {"dimensions": 100}])
def test_a_change_of_embedding_space_is_bridged_by_members(change: dict[str, Any]) -> None:
    clusters = clusters_of(["abcdef 0", "mnop 90"], ["abuvwx 90", "qrst 0"])
    other = replace(SPACE, **change)
    clusters[WEEKS[1]] = {
        number: replace(found, space=other, centroid=np.ones(other.dimensions))
        for number, found in clusters[WEEKS[1]].items()
    }
    week = of_week(trace_lineage("acme", WEEKS[:2], clusters, RULES), 1)
    found = week[first_id(0, "abcdef")]
    assert (found.cluster, found.match) == (0, Match("present", 2 / 10, 1.0, None))
    assert week[first_id(0, "mnop")].status == "INACTIVE"
