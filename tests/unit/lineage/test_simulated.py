"""Lineage on simulated accounts whose approaches are born, die, pause, split, merge, drift and turn over."""

from collections import Counter

import pytest

from creative_approaches.core.lineage.history import Lineage
from creative_approaches.core.lineage.trace import trace_lineage
from tests.support.worlds.made_histories import RULES
from tests.support.worlds.simulated_lineage import History, simulate_lineage


def trace(history: History, periods: int | None = None) -> Lineage:
    weeks = history.periods[:periods]
    return trace_lineage("cohort", weeks, {week: history.clusters[week] for week in weeks}, RULES)


@pytest.mark.parametrize("turnover", [0.1, 0.3, 0.6, 0.7])
def test_no_id_is_held_by_two_clusters_and_no_cluster_is_without_one(turnover: float) -> None:
    for seed in range(3):
        history = simulate_lineage(seed, turnover)
        held = Counter((s.period_start, s.approach_id) for s in trace(history).snapshots)
        assert set(held.values()) == {1}
        tracked = {(s.period_start, s.cluster) for s in trace(history).snapshots if s.cluster is not None}
        assert tracked == {(week, number) for week in history.periods for number in history.clusters[week]}


@pytest.mark.parametrize(("turnover", "least"), [(0.3, 0.9), (0.6, 0.8)])
def test_approaches_keep_their_ids_through_turnover_and_errors(turnover: float, least: float) -> None:
    """Each true approach has one id for most of its weeks, on average over approaches."""
    history = simulate_lineage(5, turnover)
    ids: dict[str, Counter[str]] = {}
    for snapshot in trace(history).snapshots:
        if snapshot.cluster is not None:
            true = history.truth[snapshot.period_start][snapshot.cluster]
            ids.setdefault(true, Counter())[snapshot.approach_id] += 1
    kept = sum(counts.most_common(1)[0][1] for counts in ids.values())
    assert kept / sum(counts.total() for counts in ids.values()) >= least


def test_history_is_what_it_was_before_newer_periods_came() -> None:
    history = simulate_lineage(2, 0.3)
    early, whole = trace(history, 8), trace(history)
    assert early.snapshots == tuple(s for s in whole.snapshots if s.period_start < history.periods[8])
    assert early.events == tuple(e for e in whole.events if e.period_start < history.periods[8])
