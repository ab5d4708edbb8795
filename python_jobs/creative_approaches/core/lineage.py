"""Identity of approaches over time: which cluster continues which approach, and what became of the rest.

A cluster's number means nothing outside its cohort and period. An approach is what stays: it is continued by
the cluster whose members overlap most with the members it had when it was last active.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

import numpy as np
from scipy.optimize import linear_sum_assignment

from creative_approaches.core.ids import stable_id

Status = Literal["NEW", "ACTIVE", "REACTIVATED", "INACTIVE"]
Kind = Literal["new", "continued", "reactivated", "inactive", "split", "merged"]

# Overlaps that differ by less are a tie, which goes to the first approach and the first cluster in order.
_TIE = 1e-9
# One creative that moves says nothing about where an approach went.
_MIN_SHARED = 2


@dataclass(frozen=True)
class LineageRules:
    """When a cluster continues an approach, and what counts as a split or a merge.

    continue_overlap : Jaccard overlap of members from which a cluster continues an approach, above 0 to 1.
    event_share : share of the members present in both periods that makes a split or a merge, above 0 to 1.
    rolling_periods : periods after its last activity in which an approach can still come back, 1 or more.
    """

    continue_overlap: float
    event_share: float
    rolling_periods: int

    def __post_init__(self) -> None:
        for name in ("continue_overlap", "event_share"):
            if not 0 < getattr(self, name) <= 1:
                raise ValueError(f"{name} must be above 0 and at most 1, not {getattr(self, name)}")
        if self.rolling_periods < 1:
            raise ValueError(f"rolling_periods must be at least 1, not {self.rolling_periods}")


@dataclass(frozen=True)
class Snapshot:
    """An approach in one period. Cluster is None, and creatives 0, while it is INACTIVE."""

    period_start: date
    approach_id: str
    cluster: int | None
    status: Status
    creatives: int
    continues_period_start: date | None
    overlap: float | None


@dataclass(frozen=True)
class Event:
    """What happened between two approaches, or to one of them.

    shared_creatives counts the members of `from` when it was last active that `to` has in this period;
    from_share and to_share are its parts of all members of `from` then and of `to` now.
    """

    event_id: str
    period_start: date
    kind: Kind
    from_approach_id: str | None
    to_approach_id: str | None
    shared_creatives: int
    from_share: float | None
    to_share: float | None


@dataclass(frozen=True)
class Lineage:
    """Snapshots by period and approach; events by period, kind, from and to."""

    snapshots: tuple[Snapshot, ...]
    events: tuple[Event, ...]


@dataclass(frozen=True)
class _Approach:
    approach_id: str
    members: frozenset[str]
    last_active: int  # index of the period


def trace_lineage(
    cohort_id: str,
    periods: Sequence[date],
    clusters: Mapping[date, Mapping[int, frozenset[str]]],
    rules: LineageRules,
) -> Lineage:
    """Follow the approaches of one cohort through its periods.

    periods : every calendar period from the first to the last of the data, in order, gaps included.
    clusters : per period, cluster number -> creative keys, outliers left out. Periods may be missing.

    In each period the clusters are matched one-to-one with the approaches that were active at most
    rolling_periods periods ago, so that the total overlap is greatest; pairs below continue_overlap do not
    take part. An approach is INACTIVE in each of those periods that it misses, and forgotten after them.

    A NEW cluster is split from an approach of the period before that held at least two of its members, and
    event_share of those it has from that period. An approach that ends is merged into a cluster that took at
    least two of its members, and event_share of those still clustered, unless that cluster is split from it.
    A split replaces the event `new`, a merge the event `inactive`.

    The numbers of the clusters and the order of the mappings do not matter. Raises ValueError for periods
    out of order, clusters in a period that is not listed, empty clusters, a creative in two clusters.
    """
    _check(periods, clusters)
    snapshots: list[Snapshot] = []
    events: list[Event] = []
    remembered: list[_Approach] = []

    for index, period in enumerate(periods):
        now = sorted(clusters.get(period, {}).items(), key=lambda item: min(item[1]))
        remembered = [a for a in remembered if index - a.last_active <= rules.rolling_periods]
        matches = _match([a.members for a in remembered], [m for _, m in now], rules.continue_overlap)
        continued = {column: (remembered[row], overlap) for row, column, overlap in matches}

        active: list[_Approach] = []
        fresh: list[_Approach] = []
        for column, (cluster, members) in enumerate(now):
            if column in continued:
                before, overlap = continued[column]
                approach = _Approach(before.approach_id, members, index)
                is_next = before.last_active == index - 1
                status: Status = "ACTIVE" if is_next else "REACTIVATED"
                continues = periods[before.last_active]
                snapshots.append(
                    Snapshot(period, approach.approach_id, cluster, status, len(members), continues, overlap)
                )
                kind: Kind = "continued" if is_next else "reactivated"
                events.append(_event(cohort_id, period, kind, before, approach))
            else:
                # One founder, not all: a creative that joins an open period late rarely changes the id.
                new_id = stable_id("approach", cohort_id, period.isoformat(), min(members))
                approach = _Approach(new_id, members, index)
                fresh.append(approach)
                snapshots.append(Snapshot(period, new_id, cluster, "NEW", len(members), None, None))
            active.append(approach)

        kept = {a.approach_id for a in active}
        absent = [a for a in remembered if a.approach_id not in kept]
        snapshots += [Snapshot(period, a.approach_id, None, "INACTIVE", 0, None, None) for a in absent]
        previous = [a for a in remembered if a.last_active == index - 1]
        ended = [a for a in absent if a.last_active == index - 1]

        splits = _splits(previous, fresh, rules.event_share)
        merges = [pair for pair in _merges(ended, active, rules.event_share) if pair not in splits]
        events += [_event(cohort_id, period, "split", *pair) for pair in splits]
        events += [_event(cohort_id, period, "merged", *pair) for pair in merges]
        has_source = {to for _, to in splits}
        has_target = {source for source, _ in merges}
        events += [_event(cohort_id, period, "new", None, a) for a in fresh if a not in has_source]
        events += [_event(cohort_id, period, "inactive", a, None) for a in ended if a not in has_target]

        remembered = sorted(active + absent, key=lambda a: a.approach_id)

    snapshots.sort(key=lambda s: (s.period_start, s.approach_id))
    events.sort(key=lambda e: (e.period_start, e.kind, e.from_approach_id or "", e.to_approach_id or ""))
    return Lineage(tuple(snapshots), tuple(events))


def _check(periods: Sequence[date], clusters: Mapping[date, Mapping[int, frozenset[str]]]) -> None:
    for earlier, later in pairwise(periods):
        if later <= earlier:
            raise ValueError(f"periods must rise: {later} comes after {earlier}")
    unlisted = sorted(set(clusters) - set(periods))
    if unlisted:
        raise ValueError(f"clusters in {unlisted[0]}, which is not one of the periods")
    for period, numbered in sorted(clusters.items()):
        seen: set[str] = set()
        for cluster, members in sorted(numbered.items()):
            if not members:
                raise ValueError(f"cluster {cluster} of {period} is empty")
            if not seen.isdisjoint(members):
                raise ValueError(f"creative {min(seen & members)} is in two clusters of {period}")
            seen |= members


def _match(
    then: Sequence[frozenset[str]], now: Sequence[frozenset[str]], continue_overlap: float
) -> list[tuple[int, int, float]]:
    """One-to-one pairs (row of `then`, column of `now`, overlap) with the greatest total overlap."""
    if not then or not now:
        return []
    overlaps = np.zeros((len(then), len(now)))
    for row, before in enumerate(then):
        for column, after in enumerate(now):
            shared = len(before & after)
            overlaps[row, column] = shared / (len(before) + len(after) - shared)
    allowed = overlaps >= continue_overlap
    # Products of ranks favour the first of equals, and pairing in order over pairing crosswise.
    ranks = np.outer(np.arange(len(then), 0, -1), np.arange(len(now), 0, -1)) / (len(then) * len(now))
    gains = np.where(allowed, overlaps + _TIE * ranks, 0.0)
    rows, columns = linear_sum_assignment(gains, maximize=True)
    return [
        (int(row), int(column), float(overlaps[row, column]))
        for row, column in zip(rows, columns, strict=True)
        if allowed[row, column]
    ]


def _splits(
    previous: Sequence[_Approach], fresh: Sequence[_Approach], event_share: float
) -> list[tuple[_Approach, _Approach]]:
    known = frozenset[str]().union(*(a.members for a in previous))
    return [
        (source, to)
        for to in fresh
        for source in previous
        if _is_event(len(source.members & to.members), len(to.members & known), event_share)
    ]


def _merges(
    ended: Sequence[_Approach], active: Sequence[_Approach], event_share: float
) -> list[tuple[_Approach, _Approach]]:
    clustered = frozenset[str]().union(*(a.members for a in active))
    return [
        (source, to)
        for source in ended
        for to in active
        if _is_event(len(source.members & to.members), len(source.members & clustered), event_share)
    ]


def _is_event(shared: int, present: int, event_share: float) -> bool:
    return shared >= _MIN_SHARED and shared / present >= event_share


def _event(cohort_id: str, period: date, kind: Kind, source: _Approach | None, to: _Approach | None) -> Event:
    from_id = source.approach_id if source else None
    to_id = to.approach_id if to else None
    shared = len(source.members & to.members) if source and to else 0
    return Event(
        event_id=stable_id("event", cohort_id, period.isoformat(), kind, from_id or "", to_id or ""),
        period_start=period,
        kind=kind,
        from_approach_id=from_id,
        to_approach_id=to_id,
        shared_creatives=shared,
        from_share=shared / len(source.members) if source and to else None,
        to_share=shared / len(to.members) if source and to else None,
    )
