"""How well approaches keep their identity, on histories whose truth is known."""

from collections.abc import Iterator, Mapping
from datetime import date
from statistics import fmean
from types import MappingProxyType
from typing import Any, Final

import numpy as np
from scipy.optimize import linear_sum_assignment

from creative_approaches.core.lineage.history import Lineage
from creative_approaches.core.lineage.matching import LineageRules
from creative_approaches.core.lineage.trace import trace_lineage
from tests.support.worlds.simulated_lineage import History, simulate_lineage

TURNOVERS: Final = (0.1, 0.3, 0.6, 0.7)
BAR_TURNOVERS: Final = MappingProxyType({0.3: "idf1", 0.6: "idf1_at_60"})  # what the summary has
HISTORIES: Final = 40
PUBLISHED_OVERLAP: Final = 0.40

Ids = Mapping[tuple[date, int], str]
_Event = tuple[date, str, str, str]


def lineage() -> Iterator[dict[str, Any]]:
    """Ours beside the published rule: each cluster takes the id of the first one before it with Jaccard >= 0.40.

    idf1 : as in tracking (Ristani et al. 2016): approaches are matched one-to-one with ids so that most
    approach-periods agree; their share.  f1 : of split and merge events, between the right clusters in the right
    period.  held_twice : ids that two clusters of a period hold.
    """
    rules = LineageRules()
    summary: dict[str, Any] = {}
    for turnover in TURNOVERS:
        histories = [simulate_lineage(seed, turnover) for seed in range(HISTORIES)]
        traced = [trace_lineage("cohort", history.periods, history.clusters, rules) for history in histories]
        ours = [ids_of(found) for found in traced]
        published = [published_ids(history) for history in histories]
        found = [_events(history, result) for history, result in zip(histories, traced, strict=True)]
        hits = sum(len(events & history.events) for events, history in zip(found, histories, strict=True))
        all_events = sum(map(len, found)) + sum(len(history.events) for history in histories)
        figures = {
            "turnover": turnover,
            "n": sum(map(len, ours)),
            "idf1": round(fmean(map(_idf1, histories, ours)), 4),
            "f1": round(2 * hits / all_events, 4),
            "held_twice": sum(map(_held_twice, ours)),
        }
        yield {
            "method": "published",
            "turnover": turnover,
            "idf1": round(fmean(map(_idf1, histories, published)), 4),
            "held_twice": sum(map(_held_twice, published)),
        }
        yield figures
        if turnover in BAR_TURNOVERS:
            summary[BAR_TURNOVERS[turnover]] = figures["idf1"]
        summary["f1"] = min(summary.get("f1", 1.0), figures["f1"])
        summary["held_twice"] = summary.get("held_twice", 0) + figures["held_twice"]
    yield {**summary, "summary": True}


def ids_of(found: Lineage) -> Ids:
    return {(s.period_start, s.cluster): s.approach_id for s in found.snapshots if s.cluster is not None}


def published_ids(history: History) -> Ids:
    ids: dict[tuple[date, int], str] = {}
    before: dict[int, tuple[str, frozenset[str]]] = {}
    for period in history.periods:
        now = {}
        for number, cluster in sorted(history.clusters[period].items()):
            first = (
                approach
                for approach, members in before.values()
                if len(members & cluster.members) >= PUBLISHED_OVERLAP * len(members | cluster.members)
            )
            ids[period, number] = next(first, f"{period} {number}")
            now[number] = ids[period, number], cluster.members
        before = now
    return ids


def _idf1(history: History, ids: Ids) -> float:
    approaches = sorted({name for truth in history.truth.values() for name in truth.values()})
    held = sorted(set(ids.values()))
    agreeing = np.zeros((len(approaches), len(held)))
    for (period, number), approach_id in ids.items():
        agreeing[approaches.index(history.truth[period][number]), held.index(approach_id)] += 1
    # As many approach-periods as clusters, so that precision and recall are one.
    return float(agreeing[linear_sum_assignment(agreeing, maximize=True)].sum()) / len(ids)


def _events(history: History, found: Lineage) -> set[_Event]:
    """Splits and merges by what the clusters are in truth, in the period before and in theirs."""
    names = {
        (s.period_start, s.approach_id): history.truth[s.period_start][s.cluster]
        for s in found.snapshots
        if s.cluster is not None
    }
    before = dict(zip(history.periods[1:], history.periods, strict=False))
    return {
        (
            e.period_start,
            e.kind,
            names[before[e.period_start], e.from_approach_id],
            names[e.period_start, e.to_approach_id],
        )
        for e in found.events
        if e.kind in ("split", "merged") and e.from_approach_id and e.to_approach_id
    }


def _held_twice(ids: Ids) -> int:
    return len(ids) - len({(period, approach_id) for (period, _), approach_id in ids.items()})
