"""Which clusters of a period continue which approaches, and by what evidence.

Four kinds of evidence, the strongest first. Each is an optimal one-to-one assignment of what the one before left
unmatched:

overlap : the Jaccard overlap of the cluster's members with those that the approach had when it was last active.
present : the same among the creatives that are there in both periods. Creatives come and go, which says nothing about
    identity: of two sets of equal size that share all who stayed, the Jaccard overlap is below 0.40 once 43% left.
main : the cluster that most of the approach's members went to, of those that stayed, and it has most of its from there.
theme : the centroids, where too few stayed to say anything and none of them says otherwise.

The last three ask for centroids near each other, if both are of one embedding space; `nearness` says what is near. A
new space is bridged by members.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from creative_approaches.core.arrays import DECIMALS, Floats
from creative_approaches.core.lineage.cluster import Cluster, distances_between
from creative_approaches.core.lineage.nearness import judge_nearness
from creative_approaches.settings import LineageSettings

Evidence = Literal["overlap", "present", "main", "theme", "override"]

# One creative that moves says nothing about where an approach went.
MIN_SHARED: Final = 2

# Of the members that an approach would keep if it kept as many as the others, the part that says where it went. Fewer
# are what happens to stay when a theme ends.
_LEAST_KEPT: Final = 1 / 3

# Overlaps that differ by less are a tie, which goes to the first approach and the first cluster in order.
_TIE: Final = 1e-9


@dataclass(frozen=True)
class LineageRules(LineageSettings):
    """When a cluster continues an approach, by the settings, and what counts as a split or a merge.

    event_share : share of the members present in both periods that makes a split or a merge: a half.
    """

    event_share: float = 0.5


@dataclass(frozen=True)
class Match:
    """Why a cluster continues an approach. The evidence is `override` where a person says so.

    overlap : Jaccard overlap of all members.  present_overlap : of those in both periods; None if there are none.
    centroid_distance : cosine distance, 0 to 2, rounded to 12 decimals; None if the centroids cannot be compared.
    distance_limit : what it had to be below, rounded alike; None if it was not asked.
    """

    evidence: Evidence
    overlap: float
    present_overlap: float | None
    centroid_distance: float | None
    distance_limit: float | None = None


@dataclass(frozen=True, eq=False)
class Approach:
    """An approach as it was when it was last active, in the period with that index."""

    approach_id: str
    cluster: Cluster
    last_active: int

    @property
    def members(self) -> frozenset[str]:
        """The creatives of its cluster."""
        return self.cluster.members

    def is_as(self, other: "Approach") -> bool:
        """Whether both were last active in one period, with the same members."""
        return (self.last_active, self.members) == (other.last_active, other.members)


def decided_match(before: Approach, now: Cluster, members_of_period: Sequence[frozenset[str]]) -> Match:
    """What the evidence is worth where a person decided."""
    shared = len(before.members & now.members)
    stayed, known = before.members & members_of_period[-1], now.members & members_of_period[before.last_active]
    present = len(stayed | known)
    distance = distances_between([before.cluster], [now])[0, 0]
    return Match(
        "override",
        shared / len(before.members | now.members),
        shared / present if present else None,
        _or_none(distance),
    )


def continuations(
    then: Sequence[Approach], now: Sequence[Cluster], members_of_period: Sequence[frozenset[str]], rules: LineageRules
) -> dict[int, tuple[Approach, Match]]:
    """By column of `now`, the approach that it continues.

    members_of_period : all members of the clusters of each period up to this one.
    """
    if not then or not now:
        return {}
    shared = _shared(then, now)
    sizes = np.array([[len(a.members) + len(cluster.members) for cluster in now] for a in then])
    overlap = shared / (sizes - shared)
    # Creatives that are clustered in both periods: of an approach those still there, of a cluster those there then.
    stayed = np.array([len(a.members & members_of_period[-1]) for a in then])[:, None]
    periods = sorted({a.last_active for a in then})
    there = {period: [len(cluster.members & members_of_period[period]) for cluster in now] for period in periods}
    known = np.array([there[a.last_active] for a in then])
    present = stayed + known - shared
    present_overlap = shared / np.maximum(present, 1)
    nearness = judge_nearness([a.cluster for a in then], np.array([a.last_active for a in then]), now)
    distance = nearness.distance
    # An unknown distance is no evidence against a match, nor for it.
    is_unknown = np.isnan(distance)
    not_asked = np.full(distance.shape, np.nan)
    believed_within = np.where(is_unknown, np.nan, np.round(rules.continue_within * nearness.neighbours, DECIMALS))
    decides_within = np.round(rules.theme_within * nearness.rivals, DECIMALS)
    # Parts of a split and sources of a merge may have equal claims: the one that is about the same has the better.
    claim = present_overlap + _closeness(distance, believed_within)
    is_believed = (shared >= _enough(then, members_of_period)) & (is_unknown | (distance < believed_within))
    is_main = _is_most(shared) & _is_most(shared.T).T
    is_silent = (_is_most(shared) | (stayed < MIN_SHARED)) & (_is_most(shared.T).T | (known < MIN_SHARED))
    stages: tuple[tuple[Evidence, Floats, NDArray[np.bool_], Floats], ...] = (
        ("overlap", overlap, overlap >= rules.continue_overlap, not_asked),
        ("present", claim, is_believed & (present_overlap >= rules.continue_overlap), believed_within),
        ("main", claim, is_believed & is_main, believed_within),
        ("theme", 1 + _closeness(distance, decides_within), is_silent & (distance < decides_within), decides_within),
    )
    # An approach that was there a period ago has a better claim than one that was absent.
    was_there = np.array([a.last_active == len(members_of_period) - 2 for a in then])[:, None]
    found: dict[int, tuple[Approach, Match]] = {}
    free = np.ones(shared.shape, dtype=np.bool_)
    for (evidence, gains, allowed, limits), claims in product(stages, (was_there, ~was_there)):
        for row, column in _assign(gains, allowed & claims & free):
            found[column] = (
                then[row],
                Match(
                    evidence,
                    float(overlap[row, column]),
                    float(present_overlap[row, column]) if present[row, column] else None,
                    _or_none(distance[row, column]),
                    _or_none(limits[row, column]),
                ),
            )
            free[row], free[:, column] = False, False
    return found


def _shared(then: Sequence[Approach], now: Sequence[Cluster]) -> NDArray[np.int64]:
    """Members that approaches and clusters have in common. Shape (then, now)."""
    column_of_member = {member: column for column, cluster in enumerate(now) for member in cluster.members}
    shared = np.zeros((len(then), len(now)), dtype=np.int64)
    for row, approach in enumerate(then):
        for member in approach.members:
            if member in column_of_member:
                shared[row, column_of_member[member]] += 1
    return shared


def _enough(then: Sequence[Approach], members_of_period: Sequence[frozenset[str]]) -> Floats:
    """How many members of each approach a cluster must have for them to say that it goes on. Shape (then, 1)."""
    periods = {a.last_active: members_of_period[a.last_active] for a in then}
    stayed = {period: len(members & members_of_period[-1]) / len(members) for period, members in periods.items()}
    expected = np.array([len(a.members) * stayed[a.last_active] for a in then])
    return np.maximum(MIN_SHARED, _LEAST_KEPT * expected)[:, None]


def _is_most(shared: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether no other column has more of a row's members."""
    most: NDArray[np.bool_] = shared == shared.max(axis=1, keepdims=True)
    return most


def _closeness(distance: Floats, limits: Floats) -> Floats:
    """From 1 for one place down to 0 at the limit and beyond it, and where the distance is unknown."""
    with np.errstate(divide="ignore", invalid="ignore"):
        closeness = np.clip(1 - distance / limits, 0, 1)
    return np.nan_to_num(closeness, nan=0.0)


def _or_none(value: np.float64) -> float | None:
    return None if np.isnan(value) else float(value)


def _assign(gains: Floats, allowed: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """One-to-one pairs of rows and columns, among the allowed ones, with the greatest total gain."""
    if not allowed.any():
        return []
    height, width = gains.shape
    # Products of ranks favour the first of equals, and pairing in order over pairing crosswise.
    ranks = np.outer(np.arange(height, 0, -1), np.arange(width, 0, -1)) / (height * width)
    rows, columns = linear_sum_assignment(np.where(allowed, gains + _TIE * ranks, 0.0), maximize=True)
    return [(int(row), int(column)) for row, column in zip(rows, columns, strict=True) if allowed[row, column]]
