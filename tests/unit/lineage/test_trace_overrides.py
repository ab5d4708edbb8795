"""Approaches over time where people decide: merges, split-backs and pins."""

import random
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from creative_approaches.core.lineage.history import Lineage, Member
from creative_approaches.core.lineage.matching import Match
from creative_approaches.core.lineage.overrides import Override, OverrideError
from creative_approaches.core.lineage.trace import trace_lineage
from tests.support.worlds.made_histories import RULES, WEEKS, clusters_of, first_id, histories, kinds, of_week


def trace(
    weeks: list[list[str]], *overrides: Override, closed: Lineage | None = None, closed_weeks: int = 0
) -> Lineage:
    """The lineage of weeks that list their clusters; the first ones are closed, with the members they had before."""
    before: dict[date, list[Member]] = {week: [] for week in WEEKS[:closed_weeks]}
    for member in closed.members if closed else ():
        if member.period_start in before:
            before[member.period_start].append(member)
    return trace_lineage("acme", WEEKS[: len(weeks)], clusters_of(*weeks), RULES, before, overrides)


def merge(source: str, into: str, from_week: int = 0) -> Override:
    return Override(1, "merge", source, into_approach_id=into, from_period_start=WEEKS[from_week])


def split_back(approach_id: str, from_week: int = 0, number: int = 1) -> Override:
    return Override(number, "split_back", approach_id, from_period_start=WEEKS[from_week])


def pin(creative_key: str, approach_id: str, from_week: int = 0, number: int = 1) -> Override:
    return Override(number, "pin", approach_id, creative_key=creative_key, from_period_start=WEEKS[from_week])


def members(lineage: Lineage, week: int) -> dict[str, str]:
    """By approach the letters of its members."""
    found: dict[str, str] = {}
    for member in lineage.members:
        if member.period_start == WEEKS[week]:
            found[member.approach_id] = found.get(member.approach_id, "") + member.version_key
    return found


def statuses(lineage: Lineage, approach_id: str) -> list[str]:
    return [s.status for s in lineage.snapshots if s.approach_id == approach_id]


A, B = first_id(0, "abc"), first_id(0, "uvwxyz")
APART = ["abc", "uvwxyz"]
TOGETHER = ["abcuvwxyz"]


# Merge


def test_a_merged_approach_counts_to_the_other_from_its_period_on() -> None:
    lineage = trace([APART] * 3, merge(A, B, from_week=1))
    assert members(lineage, 0) == {A: "abc", B: "uvwxyz"}
    assert members(lineage, 1) == members(lineage, 2) == {B: "abcuvwxyz"}
    week = of_week(lineage, 1)
    assert (week[A].status, week[B].status, week[B].creatives, week[B].cluster) == ("INACTIVE", "ACTIVE", 9, 1)
    assert week[B].match == Match("override", 6 / 9, 6 / 9, 1.0)
    assert of_week(lineage, 2)[B].match == Match("override", 1.0, 1.0, 1.0)
    assert kinds(lineage, 1) == {("merged", A, B), ("continued", B, B)}


def test_a_merge_that_holds_from_the_beginning_leaves_no_trace_of_the_source() -> None:
    lineage = trace([APART] * 2, merge(A, B))
    assert {s.approach_id for s in lineage.snapshots} == {B}
    assert kinds(lineage, 0) == {("new", None, B)}
    assert {m.traced_approach_id for m in lineage.members} == {A, B}


def test_a_merged_approach_counts_to_one_that_has_no_cluster_itself() -> None:
    lineage = trace([APART, ["abc"], ["abc"]], merge(A, B, from_week=1))
    assert statuses(lineage, B) == ["NEW", "ACTIVE", "ACTIVE"]
    assert members(lineage, 2) == {B: "abc"}


def test_a_decided_merge_is_an_event_however_few_stayed() -> None:
    lineage = trace([APART, ["ade", "uvwxyz"]], merge(first_id(1, "ade"), B, 1), merge(A, B, 1))
    assert ("merged", A, B) in kinds(lineage, 1)
    assert members(lineage, 1) == {B: "adeuvwxyz"}


def test_parts_of_a_merge_are_traced_by_themselves() -> None:
    """After closed weeks too, each part finds its own cluster, and is itself again without the override."""
    decided = trace([APART] * 4, merge(A, B, 1))
    for overrides, expected in (([merge(A, B, 1)], {B: "abcuvwxyz"}), ([], {A: "abc", B: "uvwxyz"})):
        later = trace([APART] * 4, *overrides, closed=decided, closed_weeks=3)
        assert members(later, 3) == expected
    assert of_week(later, 3)[A].status == "REACTIVATED"


# Split back


def test_an_approach_that_was_taken_in_is_split_back() -> None:
    """Week after week, its creatives are taken out of the cluster that they would be merged into."""
    weeks = [APART, TOGETHER, ["abuvwxyz12"], ["auvwxyz1234"], ["uvwxyz12"]]
    assert ("merged", A, B) in kinds(trace(weeks), 1)
    lineage = trace(weeks, split_back(A))
    assert [members(lineage, week).get(A) for week in range(5)] == ["abc", "abc", "ab", "a", None]
    assert [members(lineage, week)[B] for week in range(4)] == ["uvwxyz", "uvwxyz", "12uvwxyz", "1234uvwxyz"]
    assert kinds(lineage, 1) == {("continued", A, A), ("continued", B, B)}
    assert of_week(lineage, 1)[A].match == Match("override", 1.0, 1.0, None)
    assert statuses(lineage, A) == ["NEW", "ACTIVE", "ACTIVE", "ACTIVE", "INACTIVE"]


def test_a_split_back_from_a_later_period_brings_the_last_members_back() -> None:
    lineage = trace([APART, TOGETHER, TOGETHER, TOGETHER], split_back(A, from_week=2))
    assert statuses(lineage, A) == ["NEW", "INACTIVE", "REACTIVATED", "ACTIVE"]
    assert members(lineage, 2) == members(lineage, 3) == {A: "abc", B: "uvwxyz"}


def test_a_split_back_reaches_beyond_the_rolling_window_and_closed_periods() -> None:
    weeks = [APART, *[TOGETHER] * 7]
    lineage = trace(weeks, split_back(A, from_week=6), closed=trace(weeks), closed_weeks=6)
    assert members(lineage, 6) == members(lineage, 7) == {A: "abc", B: "uvwxyz"}
    assert of_week(lineage, 6)[A].continues_period_start == WEEKS[0]


def test_what_was_split_back_goes_on_by_the_usual_rules() -> None:
    lineage = trace([APART, TOGETHER, ["abc12", "uvwxyz"]], split_back(A))
    assert members(lineage, 2) == {A: "12abc", B: "uvwxyz"}
    found = of_week(lineage, 2)[A].match
    assert found is not None
    assert (found.evidence, found.overlap) == ("overlap", 3 / 5)


def test_what_is_split_back_may_be_all_of_a_cluster() -> None:
    """The other one is not there then."""
    lineage = trace([APART, TOGETHER, ["abc"]], split_back(A, from_week=2))
    assert members(lineage, 2) == {A: "abc"}


def test_two_approaches_are_split_back_out_of_one() -> None:
    first, second = first_id(0, "abc"), first_id(0, "def")
    lineage = trace([["abc", "def", "uvwxyz"], ["abcdefuvwxyz"]], split_back(first), split_back(second, number=2))
    assert members(lineage, 1) == {first: "abc", second: "def", B: "uvwxyz"}
    assert len({s.cluster for s in of_week(lineage, 1).values()}) == 1


# Pin


def test_the_cluster_of_a_pinned_creative_is_the_approach() -> None:
    """Without the pin, the id would go on with the other cluster, which has more of its creatives."""
    weeks = [["abcdefgh"], ["abcde", "fgh"]]
    old = first_id(0, "abcdefgh")
    assert members(trace(weeks), 1)[old] == "abcde"
    lineage = trace(weeks, pin("h", old))
    assert members(lineage, 1) == {old: "fgh", first_id(1, "abcde"): "abcde"}
    assert kinds(lineage, 1) == {("continued", old, old), ("split", old, first_id(1, "abcde"))}


def test_a_pin_holds_from_its_period_and_where_its_creative_is_clustered() -> None:
    lineage = trace([APART] * 2 + [["uvwxyz"]], pin("a", "mine", from_week=1))
    assert [sorted(members(lineage, week)) for week in range(3)] == [sorted([A, B]), sorted(["mine", B]), [B]]


def test_the_latest_pin_of_a_creative_holds() -> None:
    lineage = trace([APART] * 3, pin("a", "one"), pin("a", "two", from_week=2, number=2))
    assert [min(members(lineage, week), key=lambda key: key == B) for week in range(3)] == ["one", "one", "two"]


def test_creatives_pinned_to_one_approach_bring_their_clusters_together() -> None:
    assert members(trace([APART] * 2, pin("a", A), pin("u", A, number=2)), 1) == {A: "abcuvwxyz"}


def test_a_pinned_id_is_given_to_no_other_cluster() -> None:
    """The cluster that would found it is another approach then."""
    lineage = trace([APART, APART], pin("u", A))
    assert members(lineage, 0)[A] == "uvwxyz"
    assert len(members(lineage, 0)) == 2
    assert members(lineage, 1) == members(lineage, 0)


def test_a_pinned_creative_is_not_split_back() -> None:
    lineage = trace([APART, TOGETHER], split_back(A), pin("c", B, number=2, from_week=1))
    assert members(lineage, 1) == {A: "ab", B: "cuvwxyz"}


def test_two_pins_that_claim_one_cluster_are_refused() -> None:
    with pytest.raises(OverrideError, match=r"Overrides 1 and 7 pin creatives a and u .* one cluster in 2024-01-08"):
        trace([APART, TOGETHER], pin("a", A), pin("u", B, number=7))


# All of them


@st.composite
def decided(draw: st.DrawFn) -> tuple[list[list[str]], list[Override]]:
    """Weeks, and overrides of approaches that are in them: no approach twice, no two pins."""
    weeks = draw(histories())
    found = sorted({m.approach_id for m in trace(weeks).members})
    overrides: list[Override] = []
    if found:
        chosen = draw(st.lists(st.sampled_from(found), unique=True, max_size=4))
        week = st.integers(0, len(weeks) - 1)
        if len(chosen) > 1:
            overrides.append(merge(chosen[0], chosen[1], draw(week)))
        overrides += [split_back(approach_id, draw(week), 2) for approach_id in chosen[2:3]]
        overrides += [pin(draw(st.sampled_from("abcdefghi")), a, draw(week), 3) for a in chosen[3:]]
    return weeks, overrides


@settings(max_examples=200, deadline=None)
@given(decided())
def test_each_clustered_creative_is_in_one_approach_and_no_id_is_there_twice(case: Any) -> None:
    weeks, overrides = case
    lineage = trace(weeks, *overrides)
    clustered = [(week, key) for week, listed in zip(WEEKS, weeks, strict=False) for key in sorted("".join(listed))]
    assert [(m.period_start, m.version_key) for m in lineage.members] == clustered
    active = [(s.period_start, s.approach_id, s.creatives) for s in lineage.snapshots if s.status != "INACTIVE"]
    counted = {key[:2]: 0 for key in active}
    for member in lineage.members:
        counted[member.period_start, member.approach_id] += 1
    assert sorted(active) == sorted((*key, creatives) for key, creatives in counted.items())
    assert len({(s.period_start, s.approach_id) for s in lineage.snapshots}) == len(lineage.snapshots)
    assert len({e.event_id for e in lineage.events}) == len(lineage.events)


@settings(max_examples=200, deadline=None)
@given(decided(), st.integers(0, 5), st.randoms(use_true_random=False))
def test_what_is_closed_as_it_was_decided_changes_nothing(case: Any, closed_weeks: int, rng: random.Random) -> None:
    weeks, overrides = case
    whole = trace(weeks, *overrides)
    closed = set(WEEKS[: min(closed_weeks, len(weeks))])
    rng.shuffle(overrides)
    rest = trace(weeks, *overrides, closed=whole, closed_weeks=len(closed))
    assert rest.snapshots == tuple(s for s in whole.snapshots if s.period_start not in closed)
    assert rest.events == tuple(e for e in whole.events if e.period_start not in closed)
    assert rest.members == tuple(m for m in whole.members if m.period_start not in closed)
