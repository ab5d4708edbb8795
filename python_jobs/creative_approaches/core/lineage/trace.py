"""Identity of approaches over time: what continues in each period, and what became of the rest.

A cluster's number means nothing outside its cohort and period; an approach is what stays. Which cluster continues which
approach is decided in `matching`.

People may know better. Their overrides are followed while tracing, not laid over what was traced: what comes after must
go on from what they decided.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Literal

from creative_approaches.core.ids import stable_id
from creative_approaches.core.lineage.matching import (
    MIN_SHARED,
    Approach,
    Cluster,
    LineageRules,
    Match,
    continuations,
    decided_match,
)
from creative_approaches.core.lineage.overrides import Override, OverrideError

Status = Literal["NEW", "ACTIVE", "REACTIVATED", "INACTIVE"]
Kind = Literal["new", "continued", "reactivated", "inactive", "split", "merged"]

# Of those that stay, the part that splits off or goes over: fewer are what errors of clustering move about.
_LEAST_PART = 0.2


@dataclass(frozen=True)
class Snapshot:
    """An approach in one period. Cluster is None, and creatives 0, while it is INACTIVE.

    cluster : the one that holds most of its members. Without overrides it is the approach.
    """

    period_start: date
    approach_id: str
    cluster: int | None
    status: Status
    creatives: int
    continues_period_start: date | None = None
    match: Match | None = None


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
class Member:
    """A creative's approach in one period.

    traced_approach_id : the approach that it would have had, had none been merged. Tracing goes on from there.
    """

    period_start: date
    creative_key: str
    approach_id: str
    traced_approach_id: str


@dataclass(frozen=True)
class Lineage:
    """Snapshots by period and approach; events by period, kind, from and to; members by period and creative."""

    snapshots: tuple[Snapshot, ...]
    events: tuple[Event, ...]
    members: tuple[Member, ...]


@dataclass(frozen=True, eq=False)
class _Now:
    """The clusters of one period, by their numbers, in the order of their least members."""

    index: int
    period: date
    clusters: Mapping[int, Cluster]
    cluster_of: Mapping[str, int]

    @property
    def clustered(self) -> frozenset[str]:
        return frozenset(self.cluster_of)

    def number(self, members: Iterable[str]) -> int:
        """The cluster that holds most of them, the first of equals."""
        counts = Counter(self.cluster_of[member] for member in members)
        return max((number for number in self.clusters if number in counts), key=lambda number: counts[number])

    def made_of(self, members: frozenset[str]) -> Cluster:
        """Members as a cluster. Its centroid is that of the cluster that it is most of; a lesser part has none."""
        most = self.clusters[self.number(members)]
        return (
            replace(most, members=members) if 2 * len(members & most.members) > len(most.members) else Cluster(members)
        )


def trace_lineage(
    cohort_id: str,
    periods: Sequence[date],
    clusters: Mapping[date, Mapping[int, Cluster]],
    rules: LineageRules,
    closed: Mapping[date, Sequence[Member]] | None = None,
    overrides: Sequence[Override] = (),
) -> Lineage:
    """Follow the approaches of one cohort through its periods.

    periods : every calendar period from the first to the last of the data, in order, gaps included.
    clusters : per period, by cluster number, outliers left out. Periods may be missing.
    closed : periods whose history stays as it was written, with the members of their clusters. They come before all
        others; nothing is returned for them, what follows goes on from them.
    overrides : free of contradictions (`read_overrides`). Renames are nothing to this.

    In each period the clusters are matched one-to-one with the approaches that were active at most rolling_periods
    periods ago, by each kind of evidence in turn, so that as many as possible of the period before go on and the total
    is greatest. An approach is INACTIVE in each of those periods that it misses, and forgotten after them.

    A NEW cluster is split from an approach of the period before that held at least two of its members, event_share of
    those it has from that period, and a fifth of those that stayed of the approach. An approach that ends is merged
    into a cluster that took at least two of its members, event_share of those still clustered, and a fifth of as many
    as stay of an approach on average, unless that cluster is split from it. A split replaces the event `new`, a merge
    the event `inactive`.

    In the periods in which it holds, an override goes before all evidence. First, clusters with a pinned creative are
    the approach that it is pinned to. Then approaches that are split back and that no cluster continues take their
    members out of the clusters that hold them, but for pinned creatives. Last, what was so found for an approach that
    is merged counts to the other; it is still traced by itself, so that each part finds its own clusters again.

    The numbers of the clusters and the order of the mappings do not matter. Raises ValueError for periods
    out of order, clusters in a period that is not listed, empty clusters, a creative in two clusters, and for closed
    periods after others or without an approach for each clustered creative. Raises OverrideError if one cluster is
    pinned to two approaches.
    """
    closed = closed or {}
    _check(periods, clusters, closed)
    snapshots: list[Snapshot] = []
    events: list[Event] = []
    members: list[Member] = []
    traced: dict[str, Approach] = {}  # as they were last active
    shown: dict[str, Approach] = {}  # the same, those that are merged counted together
    members_of_period: list[frozenset[str]] = []

    for index, period in enumerate(periods):
        numbered = sorted(clusters.get(period, {}).items(), key=lambda item: min(item[1].members))
        cluster_of = {member: number for number, cluster in numbered for member in cluster.members}
        now = _Now(index, period, dict(numbered), cluster_of)
        clustered = now.clustered
        members_of_period.append(clustered)
        if period in closed:
            traced |= _gathered(now, {m.creative_key: m.traced_approach_id for m in closed[period]})
            shown |= _gathered(now, {m.creative_key: m.approach_id for m in closed[period]})
            continue
        in_force = [override for override in overrides if override.from_period_start <= period]
        found, matches = _follow(cohort_id, now, traced, members_of_period, rules, in_force)
        merged_into = {o.approach_id: o.into_approach_id or "" for o in in_force if o.kind == "merge"}
        sources: dict[str, list[Approach]] = {}
        for approach in found:
            sources.setdefault(merged_into.get(approach.approach_id, approach.approach_id), []).append(approach)
        members += [
            Member(period, key, approach_id, source.approach_id)
            for approach_id, parts in sources.items()
            for source in parts
            for key in source.members
        ]

        active: list[Approach] = []
        fresh: list[Approach] = []
        for approach_id, parts in sources.items():
            is_itself = [part.approach_id for part in parts] == [approach_id]
            cluster = parts[0].cluster if is_itself else now.made_of(frozenset().union(*(p.members for p in parts)))
            approach = Approach(approach_id, cluster, index)
            active.append(approach)
            creatives, number = len(cluster.members), now.number(cluster.members)
            before = shown.get(approach_id)
            if before is None:
                fresh.append(approach)
                snapshots.append(Snapshot(period, approach_id, number, "NEW", creatives))
                continue
            match = matches.get(approach_id) if is_itself else None
            if match is None or not before.is_as(traced[approach_id]):
                match = decided_match(before, cluster, members_of_period)
            is_next = before.last_active == index - 1
            status: Status = "ACTIVE" if is_next else "REACTIVATED"
            continues = periods[before.last_active]
            snapshots.append(Snapshot(period, approach_id, number, status, creatives, continues, match))
            events.append(_event(cohort_id, period, "continued" if is_next else "reactivated", before, approach))

        by_id = {a.approach_id: a for a in active}
        remembered = _remembered(shown, index, rules.rolling_periods)
        absent = [a for a in remembered if a.approach_id not in by_id]
        snapshots += [Snapshot(period, a.approach_id, None, "INACTIVE", 0) for a in absent]
        previous = [a for a in remembered if a.last_active == index - 1]
        ended = [a for a in absent if a.last_active == index - 1]

        decided = [(a, by_id[into]) for a in ended if (into := merged_into.get(a.approach_id)) in by_id]
        splits = [pair for pair in _splits(previous, fresh, clustered, rules.event_share) if pair not in decided]
        stay = (
            len(clustered & members_of_period[index - 1]) / max(len(members_of_period[index - 1]), 1) if index else 0.0
        )
        unmerged = [a for a in ended if a not in {source for source, _ in decided}]
        merges = [pair for pair in _merges(unmerged, active, clustered, rules.event_share, stay) if pair not in splits]
        merges += decided
        events += [_event(cohort_id, period, "split", *pair) for pair in splits]
        events += [_event(cohort_id, period, "merged", *pair) for pair in merges]
        has_source = {to.approach_id for _, to in splits}
        has_target = {source.approach_id for source, _ in merges}
        events += [_event(cohort_id, period, "new", None, a) for a in fresh if a.approach_id not in has_source]
        events += [_event(cohort_id, period, "inactive", a, None) for a in ended if a.approach_id not in has_target]

        traced |= {a.approach_id: a for a in found}
        shown |= by_id

    snapshots.sort(key=lambda s: (s.period_start, s.approach_id))
    events.sort(key=lambda e: (e.period_start, e.kind, e.from_approach_id or "", e.to_approach_id or ""))
    members.sort(key=lambda m: (m.period_start, m.creative_key))
    return Lineage(tuple(snapshots), tuple(events), tuple(members))


def _check(
    periods: Sequence[date], clusters: Mapping[date, Mapping[int, Cluster]], closed: Mapping[date, Sequence[Member]]
) -> None:
    for earlier, later in pairwise(periods):
        if later <= earlier:
            raise ValueError(f"periods must rise: {later} comes after {earlier}")
    unlisted = sorted(set(clusters) - set(periods))
    if unlisted:
        raise ValueError(f"clusters in {unlisted[0]}, which is not one of the periods")
    for period, numbered in sorted(clusters.items()):
        seen: set[str] = set()
        for number, cluster in sorted(numbered.items()):
            if not cluster.members:
                raise ValueError(f"cluster {number} of {period} is empty")
            if not seen.isdisjoint(cluster.members):
                raise ValueError(f"creative {min(seen & cluster.members)} is in two clusters of {period}")
            seen |= cluster.members
    if closed and min((period for period in periods if period not in closed), default=max(closed)) < max(closed):
        raise ValueError(f"{max(closed)} is closed, and a period before it is not")
    for period, members in sorted(closed.items()):
        clustered = sorted(key for cluster in clusters.get(period, {}).values() for key in cluster.members)
        if sorted(member.creative_key for member in members) != clustered:
            raise ValueError(f"{period} is closed, and its clustered creatives do not have one approach each")


def _remembered(approaches: Mapping[str, Approach], index: int, rolling_periods: int) -> list[Approach]:
    """Those that can still come back, in the order of their ids."""
    return [a for _, a in sorted(approaches.items()) if index - a.last_active <= rolling_periods]


def _gathered(now: _Now, approach_of: Mapping[str, str]) -> dict[str, Approach]:
    """The approaches of a period whose members are known."""
    members: dict[str, set[str]] = {}
    for creative_key, approach_id in approach_of.items():
        members.setdefault(approach_id, set()).add(creative_key)
    return {key: Approach(key, now.made_of(frozenset(creatives)), now.index) for key, creatives in members.items()}


def _follow(
    cohort_id: str,
    now: _Now,
    traced: Mapping[str, Approach],
    members_of_period: Sequence[frozenset[str]],
    rules: LineageRules,
    overrides: Sequence[Override],
) -> tuple[list[Approach], dict[str, Match]]:
    """The approaches of a period before any is merged, and by approach why it goes on, unless it is new or decided."""
    pinned_to = _pinned(now, overrides)
    pinned = frozenset(pin.creative_key for pin in overrides if pin.creative_key)
    remembered = _remembered(traced, now.index, rules.rolling_periods)
    taken_back: dict[str, frozenset[str]] = {}
    while True:
        taken = frozenset[str]().union(*taken_back.values())
        held = dict(taken_back)
        free: list[Cluster] = []
        for number, cluster in now.clusters.items():
            left = cluster.members - taken
            if number in pinned_to:
                held[pinned_to[number].approach_id] = held.get(pinned_to[number].approach_id, frozenset()) | left
            elif left:
                free.append(cluster if left == cluster.members else now.made_of(left))
        free.sort(key=lambda cluster: min(cluster.members))
        continued = continuations([a for a in remembered if a.approach_id not in held], free, members_of_period, rules)
        present = {*held, *(before.approach_id for before, _ in continued.values())}
        back = _split_back([a for _, a in sorted(traced.items()) if a.approach_id not in present], overrides)
        left_of = {a.approach_id: (a.members & now.clustered) - taken - pinned for a in back}
        first = next((key for key, members in left_of.items() if members), None)
        if first is None:
            break
        taken_back[first] = left_of[first]

    found = {key: now.made_of(members) for key, members in held.items()}
    matches = {}
    for column, (before, match) in continued.items():
        found[before.approach_id] = free[column]
        matches[before.approach_id] = match
    for column, cluster in enumerate(free):
        if column not in continued:
            # One founder, not all: a creative that joins an open period late rarely changes the id.
            new_id = stable_id("approach", cohort_id, now.period.isoformat(), min(cluster.members))
            while new_id in found or new_id in traced:  # a pin has given it to another cluster
                new_id = stable_id("approach", new_id)
            found[new_id] = cluster
    approaches = (Approach(key, cluster, now.index) for key, cluster in found.items())
    return sorted(approaches, key=lambda a: min(a.members)), matches


def _pinned(now: _Now, overrides: Sequence[Override]) -> dict[int, Override]:
    """By cluster, the pin that says what it is. Of the pins of one creative the latest holds."""
    latest: dict[str, Override] = {}
    for pin in sorted(overrides, key=lambda override: (override.from_period_start, override.number)):
        if pin.kind == "pin" and pin.creative_key and pin.creative_key in now.cluster_of:
            latest[pin.creative_key] = pin
    pinned: dict[int, Override] = {}
    for creative_key, pin in latest.items():
        other = pinned.setdefault(now.cluster_of[creative_key], pin)
        if other.approach_id != pin.approach_id:
            raise OverrideError(
                [
                    f"Overrides {other.number} and {pin.number} pin creatives {other.creative_key} and {creative_key} "
                    f"to two approaches, and both are in one cluster in {now.period}. Delete one of them, or give it "
                    "a later from_period_start."
                ]
            )
    return pinned


def _split_back(absent: Sequence[Approach], overrides: Sequence[Override]) -> list[Approach]:
    """Of the absent approaches those to split back, the last active first: creatives are where they were last."""
    wanted = {override.approach_id for override in overrides if override.kind == "split_back"}
    return sorted((a for a in absent if a.approach_id in wanted), key=lambda a: -a.last_active)


def _splits(
    previous: Sequence[Approach], fresh: Sequence[Approach], clustered: frozenset[str], event_share: float
) -> list[tuple[Approach, Approach]]:
    known = frozenset[str]().union(*(a.members for a in previous))
    return [
        (source, to)
        for to in fresh
        for source in previous
        if _is_event(len(source.members & to.members), len(to.members & known), event_share)
        and len(source.members & to.members) >= _LEAST_PART * len(source.members & clustered)
    ]


def _merges(
    ended: Sequence[Approach], active: Sequence[Approach], clustered: frozenset[str], event_share: float, stay: float
) -> list[tuple[Approach, Approach]]:
    return [
        (source, to)
        for source in ended
        for to in active
        if _is_event(len(source.members & to.members), len(source.members & clustered), event_share)
        and len(source.members & to.members) >= _LEAST_PART * stay * len(source.members)
    ]


def _is_event(shared: int, present: int, event_share: float) -> bool:
    return shared >= MIN_SHARED and shared / present >= event_share


def _event(cohort_id: str, period: date, kind: Kind, source: Approach | None, to: Approach | None) -> Event:
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
