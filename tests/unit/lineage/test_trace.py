"""Approaches over time: who continues whom, and what became of the others."""

import random
from dataclasses import replace
from datetime import date
from itertools import permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from creative_approaches.core.ids import stable_id
from creative_approaches.core.lineage.history import Event, Lineage, Member, Snapshot
from creative_approaches.core.lineage.matching import LineageRules, Match
from creative_approaches.core.lineage.trace import trace_lineage
from creative_approaches.errors import UsageError
from tests.support.worlds.made_histories import (
    RULES,
    SPACE,
    WEEKS,
    Clusters,
    cluster,
    clusters_of,
    first_id,
    histories,
    kinds,
    of_week,
)


def trace(*weeks: list[str], rules: LineageRules = RULES) -> Lineage:
    """The lineage of weeks that list their clusters."""
    return trace_lineage("acme", WEEKS[: len(weeks)], clusters_of(*weeks), rules)


def closed_as(clusters: Clusters, approaches: dict[date, dict[int, str]]) -> dict[date, list[Member]]:
    """Closed periods whose clusters are one approach each."""
    return {
        week: [
            Member(week, key, approach_id, approach_id)
            for number, approach_id in of_week.items()
            for key in clusters[week][number].members
        ]
        for week, of_week in approaches.items()
    }


def cosine_distance(degrees: float) -> float:
    return round(1 - float(np.cos(np.radians(degrees))), 12)


def overlap(snapshot: Snapshot) -> float | None:
    return snapshot.match.overlap if snapshot.match else None


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


def test_only_the_larger_half_of_a_split_keeps_the_id() -> None:
    """Both halves pass the threshold, with overlaps of 0.6 and 0.4; the smaller one comes first by number."""
    lineage = trace(["abcdefghij"], ["abcd", "efghij"])
    old, half = first_id(0, "abcdefghij"), first_id(1, "abcd")
    week = of_week(lineage, 1)
    assert (week[old].status, week[old].cluster) == ("ACTIVE", 1)
    assert (week[half].status, week[half].cluster) == ("NEW", 0)
    assert kinds(lineage, 1) == {("continued", old, old), ("split", old, half)}
    (split,) = (e for e in lineage.events if e.kind == "split")
    assert (split.shared_creatives, split.from_share, split.to_share) == (4, 0.4, 1.0)


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


def test_an_approach_that_ends_in_another_is_merged() -> None:
    lineage = trace(["abcdef", "uvw"], ["abcdefuvw"])
    big, small = first_id(0, "abcdef"), first_id(0, "uvw")
    assert kinds(lineage, 1) == {("continued", big, big), ("merged", small, big)}
    assert of_week(lineage, 1)[small].status == "INACTIVE"
    (merged,) = (e for e in lineage.events if e.kind == "merged")
    assert (merged.shared_creatives, merged.from_share, merged.to_share) == (3, 1.0, 3 / 9)


def test_three_equal_approaches_merge_into_a_new_one() -> None:
    """No overlap reaches 0.40, and no source holds half of the new cluster's members."""
    lineage = trace(["abc", "def", "ghi"], ["abcdefghi"])
    new = first_id(1, "abcdefghi")
    sources = [first_id(0, letters) for letters in ("abc", "def", "ghi")]
    assert kinds(lineage, 1) == {("merged", source, new) for source in sources} | {("new", None, new)}


def test_a_pair_is_a_split_or_a_merge_never_both() -> None:
    """Most of `abcdef` moves on among many new creatives: overlap 4 of 14. It ends, and its heir is split."""
    lineage = trace(["abcdef"], ["abcdqrstuvwx"])
    old, heir = first_id(0, "abcdef"), first_id(1, "abcdqrstuvwx")
    assert kinds(lineage, 1) == {("split", old, heir), ("inactive", old, None)}


@pytest.mark.parametrize(
    ("heir", "is_split"),
    [("abuvwxyz", True), ("abmnuvwxyz", True), ("abmnouvwxyz", False), ("auvwxyz", False)],
)
def test_a_split_needs_two_members_and_half_of_those_present_before(heir: str, is_split: bool) -> None:
    """The heir takes 2 of 2, 2 of 4, 2 of 5, 1 of 1 members that the week before had clustered."""
    lineage = trace(["abcdefgh", "mnopqrst"], ["cdefgh", "pqrst", heir])
    assert (("split", first_id(0, "abcdefgh"), first_id(1, heir)) in kinds(lineage, 1)) is is_split


@pytest.mark.parametrize(
    ("then", "now", "fate"),
    [
        ("abcd", ["uvwxyzab", "c"], "merged"),  # 2 of the 3 that are still clustered
        ("abcd", ["uvwxyzab", "cd"], "continued"),  # by "cd", with an overlap of 0.5
        ("abcd", ["uvwxyza"], "inactive"),  # one creative is no merge
        ("abcdefghij", ["uvwxyzab", "cd", "ef", "g"], "inactive"),  # 2 of 7
    ],
)
def test_a_merge_needs_an_end_two_members_and_half_of_those_still_clustered(
    then: str, now: list[str], fate: str
) -> None:
    lineage = trace([then, "uvwxyz"], now)
    source, other = first_id(0, then), first_id(0, "uvwxyz")
    targets = {"merged": other, "continued": source, "inactive": None}
    fates = {(kind, to) for kind, origin, to in kinds(lineage, 1) if origin == source and kind != "split"}
    assert fates == {(fate, targets[fate])}


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


def test_a_cluster_that_takes_from_an_absent_approach_is_not_split_from_it() -> None:
    lineage = trace(["abcdefgh"], ["xyz"], ["abpqrstu", "xyz"])
    assert ("new", None, first_id(2, "abpqrstu")) in kinds(lineage, 2)


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


# Turnover, and what approaches are about


def test_heavy_turnover_of_creatives_does_not_end_an_approach() -> None:
    """Two thirds leave and as many come: overlap 2 of 10, but all that are present in both periods stayed together."""
    lineage = trace(["abcdef 0", "mnopqr 90"], ["abuvwx 5", "mnyz12 95"])
    first, second = first_id(0, "abcdef"), first_id(0, "mnopqr")
    week = of_week(lineage, 1)
    assert {s.approach_id: s.status for s in week.values()} == {first: "ACTIVE", second: "ACTIVE"}
    assert week[first].match == Match("present", 2 / 10, 1.0, cosine_distance(5))


@pytest.mark.parametrize(("angle", "status"), [(45, "ACTIVE"), (46, "INACTIVE")])
def test_members_present_in_both_are_believed_where_the_theme_is_near(angle: int, status: str) -> None:
    """The cosine distance of 45 degrees is 0.293, of 46 degrees 0.305."""
    lineage = trace(["abcdef 0"], [f"abuvwx {angle}"])
    assert of_week(lineage, 1)[first_id(0, "abcdef")].status == status


def test_all_members_come_before_those_present_in_both() -> None:
    """By those present, `ef` alone could go on as the approach: 2 of 2. By all, the other cluster does."""
    lineage = trace(["abcdef 0"], ["abcduv 0", "efwxyz 0"])
    assert of_week(lineage, 1)[first_id(0, "abcdef")].cluster == 0


def test_the_larger_part_of_those_present_keeps_the_id() -> None:
    """Of eight that stayed among many new ones, five go one way and three the other."""
    lineage = trace(["abcdefghijklmnop 0"], ["fgh123456789 0", "abcdeqrstuvwxyz 0"])
    old, part = first_id(0, "abcdefghijklmnop"), first_id(1, "fgh123456789")
    assert of_week(lineage, 1)[old].cluster == 1
    assert kinds(lineage, 1) == {("continued", old, old), ("split", old, part)}


def test_an_approach_whose_creatives_are_all_new_goes_on_by_its_theme() -> None:
    lineage = trace(["abcd 0", "mnop 90"], ["efgh 10", "qrst 100"])
    week = of_week(lineage, 1)
    assert [week[first_id(0, key)].cluster for key in ("abcd", "mnop")] == [0, 1]
    found = week[first_id(0, "abcd")].match
    assert found == Match("theme", 0.0, None, cosine_distance(10))


@pytest.mark.parametrize(
    ("theme_distance", "angle", "status"), [(0.1, 26, "INACTIVE"), (0.1, 25, "ACTIVE"), (0.0, 0, "INACTIVE")]
)
def test_a_theme_alone_must_be_very_near(theme_distance: float, angle: int, status: str) -> None:
    """The cosine distance of 25 degrees is 0.094, of 26 degrees 0.101."""
    lineage = trace(["abcd 0"], [f"efgh {angle}"], rules=replace(RULES, theme_distance=theme_distance))
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


def test_a_few_strangers_do_not_make_a_birth_a_split() -> None:
    """Two of twelve that stayed are in a new cluster by mistake: less than a fifth."""
    lineage = trace(["abcdefghijkl 0"], ["abcdefghij 0", "klmnopqrstuv 90"])
    assert ("new", None, first_id(1, "klmnopqrstuv")) in kinds(lineage, 1)
    lineage = trace(["abcdefghij 0"], ["abcdefgh 0", "ijklmnopqrst 90"])
    assert ("split", first_id(0, "abcdefghij"), first_id(1, "ijklmnopqrst")) in kinds(lineage, 1)


# Closed periods


def test_history_goes_on_from_closed_periods() -> None:
    clusters = clusters_of(["abc 0", "xyz 90"], ["abcd 0"], ["abcde 0", "xyz 90"], ["abcde 0"])
    closed = {WEEKS[0]: {0: "kept", 1: "gone"}, WEEKS[1]: {0: "kept"}}
    lineage = trace_lineage("acme", WEEKS[:4], clusters, RULES, closed_as(clusters, closed))
    assert {s.period_start for s in lineage.snapshots} == set(WEEKS[2:4])
    assert {s.approach_id: s.status for s in of_week(lineage, 2).values()} == {"kept": "ACTIVE", "gone": "REACTIVATED"}
    assert {s.approach_id: s.status for s in of_week(lineage, 3).values()} == {"kept": "ACTIVE", "gone": "INACTIVE"}


@settings(max_examples=150, deadline=None)
@given(histories(), st.randoms(use_true_random=False))
def test_numbers_and_order_of_clusters_change_nothing(weeks: list[list[str]], rng: random.Random) -> None:
    plain, shuffled = {}, {}
    names: dict[tuple[date, int], int] = {}
    for week, listed in zip(WEEKS, weeks, strict=False):
        plain[week] = clusters_of(listed)[WEEKS[0]] if listed else {}
        numbers = rng.sample(range(100), len(listed))
        names |= {(week, new): old for old, new in enumerate(numbers)}
        relabelled = [(numbers[n], found) for n, found in plain[week].items()]
        rng.shuffle(relabelled)
        shuffled[week] = dict(relabelled)
    backwards = dict(reversed(shuffled.items()))
    expected = trace_lineage("acme", WEEKS[: len(weeks)], plain, RULES)
    actual = trace_lineage("acme", WEEKS[: len(weeks)], backwards, RULES)
    assert actual.events == expected.events
    assert expected.snapshots == tuple(
        s if s.cluster is None else replace(s, cluster=names[s.period_start, s.cluster]) for s in actual.snapshots
    )


@settings(max_examples=150, deadline=None)
@given(histories())
def test_every_cluster_has_one_approach_and_no_approach_two_clusters(weeks: list[list[str]]) -> None:
    lineage = trace(*weeks)
    keys = [(s.period_start, s.approach_id) for s in lineage.snapshots]
    assert len(keys) == len(set(keys))
    active = sorted((s.period_start, s.cluster) for s in lineage.snapshots if s.cluster is not None)
    assert active == [(week, n) for week, listed in zip(WEEKS, weeks, strict=False) for n in range(len(listed))]
    assert len({e.event_id for e in lineage.events}) == len(lineage.events)


@settings(max_examples=150, deadline=None)
@given(histories(), st.sampled_from([0.1, 0.25, 0.4]))
@example([["bdfg", "i"], ["b", "dfgi"]], 0.1)
def test_no_other_matching_has_a_greater_total_overlap(weeks: list[list[str]], least: float) -> None:
    """Against every one-to-one matching of the first two weeks."""
    then, now = ([frozenset(letters) for letters in listed] for listed in [*weeks, [], []][:2])
    rules = replace(RULES, continue_overlap=least)
    found = sum(overlap(s) or 0.0 for s in of_week(trace(*weeks, rules=rules), 1).values())
    padded = now + [frozenset[str]()] * len(then)
    totals = [0.0]
    for order in permutations(padded, len(then)):
        overlaps = [len(a & b) / len(a | b) for a, b in zip(then, order, strict=True)]
        totals.append(sum(overlap for overlap in overlaps if overlap >= least))
    assert found == pytest.approx(max(totals))


@settings(max_examples=100, deadline=None)
@given(histories())
def test_later_periods_never_change_earlier_ones(weeks: list[list[str]]) -> None:
    """Closed periods are never rewritten."""
    whole, part = trace(*weeks), trace(*weeks[:-1])
    closed = set(WEEKS[: len(weeks) - 1])
    assert part.snapshots == tuple(s for s in whole.snapshots if s.period_start in closed)
    assert part.events == tuple(e for e in whole.events if e.period_start in closed)


@settings(max_examples=100, deadline=None)
@given(histories(), st.integers(0, 5))
def test_what_is_closed_as_it_was_traced_changes_nothing(weeks: list[list[str]], closed_weeks: int) -> None:
    whole, clusters = trace(*weeks), clusters_of(*weeks)
    closed: dict[date, list[Member]] = {week: [] for week in WEEKS[: min(closed_weeks, len(weeks))]}
    for member in whole.members:
        if member.period_start in closed:
            closed[member.period_start].append(member)
    rest = trace_lineage("acme", WEEKS[: len(weeks)], clusters, RULES, closed)
    assert rest.snapshots == tuple(s for s in whole.snapshots if s.period_start not in closed)
    assert rest.events == tuple(e for e in whole.events if e.period_start not in closed)
    assert rest.members == tuple(m for m in whole.members if m.period_start not in closed)


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
    ("closed", "message"),
    [
        ({WEEKS[1]: "abc"}, "2024-01-08 is closed, and a period before it is not"),
        ({WEEKS[0]: ""}, "2024-01-01 is closed, and its clustered creatives do not have one approach each"),
        ({WEEKS[0]: "abcd"}, "2024-01-01 is closed, and its clustered creatives do not have one approach each"),
        ({WEEKS[0]: "abcc"}, "2024-01-01 is closed, and its clustered creatives do not have one approach each"),
    ],
)
def test_impossible_closed_periods_are_refused(closed: dict[date, str], message: str) -> None:
    members = {week: [Member(week, key, "x", "x") for key in keys] for week, keys in closed.items()}
    with pytest.raises(ValueError, match=message):
        trace_lineage("acme", WEEKS[:2], clusters_of(["abc"], ["abc"]), RULES, members)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("continue_overlap", 0.0),
        ("continue_distance", -0.1),
        ("theme_distance", 2.1),
        ("rolling_periods", 0),
    ],
)
def test_rules_out_of_range_are_refused(name: str, value: Any) -> None:
    with pytest.raises(UsageError, match=name):
        replace(RULES, **{name: value})
