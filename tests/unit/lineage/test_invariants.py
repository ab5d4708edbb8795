"""What holds for every history."""

import random
from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from creative_approaches.core.lineage.trace import trace_lineage
from tests.support.worlds.made_histories import RULES, WEEKS, clusters_of, histories, of_week, overlap, trace


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
