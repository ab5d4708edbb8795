"""Approaches over time: which cluster continues which approach."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from creative_approaches.core.ids import stable_id
from creative_approaches.core.lineage.history import Event, Lineage, Member, Snapshot
from creative_approaches.core.lineage.matching import Match
from creative_approaches.core.lineage.trace import trace_lineage
from creative_approaches.errors import UsageError
from tests.support.worlds.made_histories import (
    RULES,
    WEEKS,
    Clusters,
    cluster,
    clusters_of,
    first_id,
    kinds,
    of_week,
    overlap,
    trace,
)


def test_a_first_appearance_is_new() -> None:
    lineage = trace(["abc"])
    new = first_id(0, "abc")
    assert lineage.snapshots == (Snapshot(WEEKS[0], new, 0, "NEW", 3),)
    event_id = stable_id("event", "acme", "2024-01-01", "new", "", new)
    assert lineage.events == (Event(event_id, WEEKS[0], "new", None, new, 0, None, None),)
    assert lineage.members == tuple(Member(WEEKS[0], key, new, new) for key in "abc")


def test_a_cluster_with_enough_common_members_continues_its_approach() -> None:
    lineage = trace(["abcd"], ["bcde"])
    approach = first_id(0, "abcd")
    assert of_week(lineage, 1) == {
        approach: Snapshot(WEEKS[1], approach, 0, "ACTIVE", 4, WEEKS[0], Match("overlap", 3 / 5, 1.0, 1.0)),
    }
    (event,) = (e for e in lineage.events if e.period_start == WEEKS[1])
    assert (event.kind, event.from_approach_id, event.to_approach_id) == ("continued", approach, approach)
    assert (event.shared_creatives, event.from_share, event.to_share) == (3, 3 / 4, 3 / 4)


def test_an_overlap_of_exactly_the_threshold_continues() -> None:
    """2 shared of 5 are 0.40; 3 shared of 8 are 0.375."""
    approach = first_id(0, "abcd")
    assert of_week(trace(["abcd"], ["abx"]), 1)[approach].status == "ACTIVE"
    assert of_week(trace(["abcd"], ["abcwxyz"]), 1)[approach].status == "INACTIVE"


def test_a_single_creative_is_followed() -> None:
    lineage = trace(["a"], ["a"], ["b"])
    assert [s.status for s in lineage.snapshots if s.approach_id == first_id(0, "a")] == [
        "NEW",
        "ACTIVE",
        "INACTIVE",
    ]
    assert kinds(lineage, 2) == {("new", None, first_id(2, "b")), ("inactive", first_id(0, "a"), None)}


def test_equal_halves_give_the_id_to_the_first_by_member_key() -> None:
    for halves in (["abcd", "efgh"], ["efgh", "abcd"]):
        lineage = trace(["abcdefgh"], halves)
        kept = of_week(lineage, 1)[first_id(0, "abcdefgh")]
        assert kept.cluster == halves.index("abcd")


def test_a_tie_beside_another_match_still_goes_to_the_first() -> None:
    """`xy` takes its cluster; the two thirds left of the other approach tie, in whatever order the ids sort."""
    rules = replace(RULES, continue_overlap=0.2)
    clusters = clusters_of(["abcdefghi", "xy", "mno"], ["ghi", "def", "abcxy"])
    for cohort in map(str, range(20)):
        lineage = trace_lineage(cohort, WEEKS[:2], clusters, rules)
        continued = {s.cluster: overlap(s) for s in lineage.snapshots if s.status == "ACTIVE"}
        assert continued == {1: 3 / 9, 2: 2 / 5}


def test_an_approach_comes_back_within_the_rolling_window() -> None:
    """With two rolling periods, week 2 is the last in which week 0 is remembered."""
    rules = replace(RULES, rolling_periods=2)
    lineage = trace(["abc", "xyz"], ["xyz"], ["abc", "xyz"], rules=rules)
    approach = first_id(0, "abc")
    back = of_week(lineage, 2)[approach]
    assert (back.status, back.continues_period_start, overlap(back)) == ("REACTIVATED", WEEKS[0], 1.0)
    assert of_week(lineage, 1)[approach] == Snapshot(WEEKS[1], approach, None, "INACTIVE", 0)
    assert ("reactivated", approach, approach) in kinds(lineage, 2)


def test_an_approach_is_forgotten_after_the_rolling_window() -> None:
    rules = replace(RULES, rolling_periods=2)
    lineage = trace(["abc"], ["xyz"], ["xyz"], ["abc", "xyz"], rules=rules)
    old, again = first_id(0, "abc"), first_id(3, "abc")
    assert [s.period_start for s in lineage.snapshots if s.approach_id == old] == WEEKS[:3]
    assert of_week(lineage, 3)[again].status == "NEW"
    assert [e.kind for e in lineage.events if e.from_approach_id == old] == ["inactive"]


def test_a_period_without_any_activity_is_an_absence() -> None:
    lineage = trace(["abc"], [], ["abc"])
    assert [s.status for s in lineage.snapshots] == ["NEW", "INACTIVE", "REACTIVATED"]
    assert [e.kind for e in lineage.events] == ["new", "inactive", "reactivated"]


def test_the_best_total_beats_first_come() -> None:
    """Worked by hand: A-P 3 of 7 = 0.43 is the best pair, but then B and Q stay alone. A-Q and B-P are 2 of 5 each."""
    a, b, p, q = "abcde", "fg", "abcfg", "de"
    week = of_week(trace([a, b], [p, q]), 1)
    assert {(s.approach_id, s.cluster, overlap(s), s.status) for s in week.values()} == {
        (first_id(0, a), 1, 0.4, "ACTIVE"),
        (first_id(0, b), 0, 0.4, "ACTIVE"),
    }


def test_a_pair_under_the_threshold_does_not_influence_the_others() -> None:
    """A-Q and B-P, 0.375 and 0.29, would together beat A-P, 0.40, which alone passes 0.39."""
    a, b, p, q = "abcdefg", "hi", "abcdhij", "efgk"
    rules = replace(RULES, continue_overlap=0.39)
    assert {overlap(s) for s in of_week(trace([a, b], [p, q], rules=rules), 1).values()} == {0.4, None}


def test_the_cohort_is_part_of_the_id() -> None:
    clusters = clusters_of(["abc"])
    ids = {trace_lineage(c, WEEKS[:1], clusters, RULES).snapshots[0].approach_id for c in ("acme", "other")}
    assert len(ids) == 2


def test_no_periods_give_no_lineage() -> None:
    assert trace_lineage("acme", [], {}, RULES) == Lineage((), (), ())


@pytest.mark.parametrize(
    ("periods", "clusters", "message"),
    [
        ([WEEKS[1], WEEKS[0]], {}, "periods must rise"),
        ([WEEKS[0], WEEKS[0]], {}, "periods must rise"),
        ([WEEKS[0]], {WEEKS[1]: {0: cluster("a")}}, "not one of the periods"),
        ([WEEKS[0]], {WEEKS[0]: {3: cluster("")}}, "cluster 3 of 2024-01-01 is empty"),
        ([WEEKS[0]], {WEEKS[0]: {0: cluster("ab"), 1: cluster("bc")}}, "creative b is in two clusters"),
    ],
)
def test_impossible_clusters_are_refused(periods: list[date], clusters: Clusters, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        trace_lineage("acme", periods, clusters, RULES)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("continue_overlap", 0.0),
        ("continue_within", -0.1),
        ("theme_within", 1.1),
        ("rolling_periods", 0),
    ],
)
def test_rules_out_of_range_are_refused(name: str, value: Any) -> None:
    with pytest.raises(UsageError, match=name):
        replace(RULES, **{name: value})
