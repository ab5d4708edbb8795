"""History that goes on from closed periods."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from creative_approaches.core.lineage.history import Member
from creative_approaches.core.lineage.trace import trace_lineage
from tests.support.worlds.made_histories import RULES, WEEKS, Clusters, clusters_of, histories, of_week, trace


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


def test_history_goes_on_from_closed_periods() -> None:
    clusters = clusters_of(["abc 0", "xyz 90"], ["abcd 0"], ["abcde 0", "xyz 90"], ["abcde 0"])
    closed = {WEEKS[0]: {0: "kept", 1: "gone"}, WEEKS[1]: {0: "kept"}}
    lineage = trace_lineage("acme", WEEKS[:4], clusters, RULES, closed_as(clusters, closed))
    assert {s.period_start for s in lineage.snapshots} == set(WEEKS[2:4])
    assert {s.approach_id: s.status for s in of_week(lineage, 2).values()} == {"kept": "ACTIVE", "gone": "REACTIVATED"}
    assert {s.approach_id: s.status for s in of_week(lineage, 3).values()} == {"kept": "ACTIVE", "gone": "INACTIVE"}


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
