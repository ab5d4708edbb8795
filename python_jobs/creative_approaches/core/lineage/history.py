"""What tracing finds: the approaches of a cohort in each period, their members, and what happened to them."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from creative_approaches.core.lineage.matching import Match

Status = Literal["NEW", "ACTIVE", "REACTIVATED", "INACTIVE"]
Kind = Literal["new", "continued", "reactivated", "inactive", "split", "merged"]


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
    """The approach in one period of what a creative showed.

    traced_approach_id : the approach that it would have had, had none been merged. Tracing goes on from there.
    """

    period_start: date
    version_key: str
    approach_id: str
    traced_approach_id: str


@dataclass(frozen=True)
class Lineage:
    """Snapshots by period and approach; events by period, kind, from and to; members by period and creative."""

    snapshots: tuple[Snapshot, ...]
    events: tuple[Event, ...]
    members: tuple[Member, ...]
