"""What happened to approaches from one period to the next: splits and merges."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from creative_approaches.core.ids import stable_id
from creative_approaches.core.lineage.history import Event, Kind
from creative_approaches.core.lineage.matching import MIN_SHARED, Approach

# Of those that stay, the part that splits off or goes over: fewer are what errors of clustering move about.
_LEAST_PART: Final = 0.2


def find_splits(
    previous: Sequence[Approach], fresh: Sequence[Approach], clustered: frozenset[str], event_share: float
) -> list[tuple[Approach, Approach]]:
    """Pairs of an approach of the period before and a new one that is split from it.

    clustered : creatives that are in a cluster now.
    """
    known = frozenset[str]().union(*(a.members for a in previous))
    return [
        (source, to)
        for to in fresh
        for source in previous
        if _is_event(len(source.members & to.members), len(to.members & known), event_share)
        and len(source.members & to.members) >= _LEAST_PART * len(source.members & clustered)
    ]


def find_merges(
    ended: Sequence[Approach], active: Sequence[Approach], clustered: frozenset[str], event_share: float, stay: float
) -> list[tuple[Approach, Approach]]:
    """Pairs of an approach that ended and an active one that it went over into.

    clustered : creatives that are in a cluster now.  stay : the part of all that stayed, 0 to 1.
    """
    return [
        (source, to)
        for source in ended
        for to in active
        if _is_event(len(source.members & to.members), len(source.members & clustered), event_share)
        and len(source.members & to.members) >= _LEAST_PART * stay * len(source.members)
    ]


def _is_event(shared: int, present: int, event_share: float) -> bool:
    return shared >= MIN_SHARED and shared / present >= event_share


def event(cohort_id: str, period: date, kind: Kind, source: Approach | None, to: Approach | None) -> Event:
    """One event with its id and the creatives that both have. source, to : None for one that came or went alone."""
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
