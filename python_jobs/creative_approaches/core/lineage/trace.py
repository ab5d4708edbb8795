"""Identity of approaches over time: what continues in each period, and what became of the rest.

A cluster's number means nothing outside its cohort and period; an approach is what stays. Which cluster continues which
approach is decided in `matching`.

People may know better. Their overrides are followed while tracing, not laid over what was traced: what comes after must
go on from what they decided.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

from creative_approaches.core.lineage.changes import event, find_merges, find_splits
from creative_approaches.core.lineage.cluster import Cluster
from creative_approaches.core.lineage.follow import follow, remembered
from creative_approaches.core.lineage.history import Event, Kind, Lineage, Member, Snapshot, Status
from creative_approaches.core.lineage.matching import Approach, LineageRules, Match, decided_match
from creative_approaches.core.lineage.overrides import Override
from creative_approaches.core.lineage.present import Present


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
    trace = _Trace(cohort_id, periods, rules)
    for index, period in enumerate(periods):
        now = Present.of(index, period, clusters.get(period, {}))
        if period in closed:
            trace.take(now, closed[period])
        else:
            trace.find(now, [override for override in overrides if override.from_period_start <= period])
    return trace.lineage()


class _Trace:
    """The approaches of one cohort, period after period."""

    def __init__(self, cohort_id: str, periods: Sequence[date], rules: LineageRules) -> None:
        self._cohort_id, self._periods, self._rules = cohort_id, periods, rules
        self._snapshots: list[Snapshot] = []
        self._events: list[Event] = []
        self._members: list[Member] = []
        self._traced: dict[str, Approach] = {}  # as they were last active
        self._shown: dict[str, Approach] = {}  # the same, those that are merged counted together
        self._clustered: list[frozenset[str]] = []  # creatives of each period so far

    def take(self, now: Present, members: Sequence[Member]) -> None:
        """A closed period, whose history is known."""
        self._clustered.append(now.clustered)
        self._traced |= now.gathered({m.version_key: m.traced_approach_id for m in members})
        self._shown |= now.gathered({m.version_key: m.approach_id for m in members})

    def find(self, now: Present, overrides: Sequence[Override]) -> None:
        """The next period. overrides : those in force."""
        self._clustered.append(now.clustered)
        found, matches = follow(self._cohort_id, now, self._traced, self._clustered, self._rules, overrides)
        merged_into = {o.approach_id: o.into_approach_id or "" for o in overrides if o.kind == "merge"}
        parts_of: dict[str, list[Approach]] = {}
        for part in found:
            parts_of.setdefault(merged_into.get(part.approach_id, part.approach_id), []).append(part)
        self._members += [
            Member(now.period, key, approach_id, part.approach_id)
            for approach_id, parts in parts_of.items()
            for part in parts
            for key in part.members
        ]
        active = [
            self._go_on(now, approach_id, parts, matches.get(approach_id)) for approach_id, parts in parts_of.items()
        ]
        self._tell_changes(now, active, merged_into)
        self._traced |= {part.approach_id: part for part in found}
        self._shown |= {approach.approach_id: approach for approach in active}

    def lineage(self) -> Lineage:
        """All that was found, in order."""
        return Lineage(
            tuple(sorted(self._snapshots, key=lambda s: (s.period_start, s.approach_id))),
            tuple(
                sorted(
                    self._events,
                    key=lambda e: (e.period_start, e.kind, e.from_approach_id or "", e.to_approach_id or ""),
                )
            ),
            tuple(sorted(self._members, key=lambda m: (m.period_start, m.version_key))),
        )

    def _go_on(self, now: Present, approach_id: str, parts: Sequence[Approach], match: Match | None) -> Approach:
        """An approach of this period, whether it is new or goes on. match : why, where it is no decision of people."""
        is_itself = [part.approach_id for part in parts] == [approach_id]
        cluster = parts[0].cluster if is_itself else now.made_of(frozenset().union(*(part.members for part in parts)))
        approach = Approach(approach_id, cluster, now.index)
        creatives, number = len(cluster.members), now.number(cluster.members)
        before = self._shown.get(approach_id)
        if before is None:
            self._snapshots.append(Snapshot(now.period, approach_id, number, "NEW", creatives))
            return approach
        if match is None or not is_itself or not before.is_as(self._traced[approach_id]):
            match = decided_match(before, cluster, self._clustered)
        is_next = before.last_active == now.index - 1
        status: Status = "ACTIVE" if is_next else "REACTIVATED"
        continues = self._periods[before.last_active]
        self._snapshots.append(Snapshot(now.period, approach_id, number, status, creatives, continues, match))
        kind: Kind = "continued" if is_next else "reactivated"
        self._events.append(event(self._cohort_id, now.period, kind, before, approach))
        return approach

    def _tell_changes(self, now: Present, active: Sequence[Approach], merged_into: Mapping[str, str]) -> None:
        """What began, ended, split and merged. merged_into : by approach, the one that people merged it into."""
        by_id = {approach.approach_id: approach for approach in active}
        fresh = [approach for approach in active if approach.approach_id not in self._shown]
        known = remembered(self._shown, now.index, self._rules.rolling_periods)
        absent = [a for a in known if a.approach_id not in by_id]
        self._snapshots += [Snapshot(now.period, a.approach_id, None, "INACTIVE", 0) for a in absent]
        previous = [a for a in known if a.last_active == now.index - 1]
        ended = [a for a in absent if a.last_active == now.index - 1]

        share = self._rules.event_share
        decided = [(a, by_id[into]) for a in ended if (into := merged_into.get(a.approach_id)) in by_id]
        splits = [pair for pair in find_splits(previous, fresh, now.clustered, share) if pair not in decided]
        others = [a for a in ended if a not in {source for source, _ in decided}]
        merges = find_merges(others, active, now.clustered, share, self._part_that_stayed(now))
        merges = [pair for pair in merges if pair not in splits] + decided
        has_source = {to.approach_id for _, to in splits}
        has_target = {source.approach_id for source, _ in merges}
        changes: list[tuple[Kind, Approach | None, Approach | None]] = [
            *(("split", *pair) for pair in splits),
            *(("merged", *pair) for pair in merges),
            *(("new", None, a) for a in fresh if a.approach_id not in has_source),
            *(("inactive", a, None) for a in ended if a.approach_id not in has_target),
        ]
        self._events += [event(self._cohort_id, now.period, *change) for change in changes]

    def _part_that_stayed(self, now: Present) -> float:
        """Of the creatives clustered in the period before, the part that is clustered now, 0 to 1."""
        before = self._clustered[now.index - 1] if now.index else frozenset[str]()
        return len(now.clustered & before) / max(len(before), 1)


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
        if sorted(member.version_key for member in members) != clustered:
            raise ValueError(f"{period} is closed, and its clustered creatives do not have one approach each")
