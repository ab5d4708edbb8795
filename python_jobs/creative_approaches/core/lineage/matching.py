"""Which clusters of a period continue which approaches, and by what evidence.

Three kinds of evidence, the strongest first. Each is an optimal one-to-one assignment of what the one before left
unmatched:

overlap : the Jaccard overlap of the cluster's members with those that the approach had when it was last active.
present : the same among the creatives that are there in both periods. Creatives come and go, which says nothing about
    identity: of two sets of equal size that share all who stayed, the Jaccard overlap is below 0.40 once 43% left.
theme : the centroids, where too few stayed to say anything and none of them says otherwise.

The last two ask for centroids near each other, if both are of one embedding space; a new space is bridged by members.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from creative_approaches.core.arrays import Floats, cosine_distances
from creative_approaches.core.embedding.space import EmbeddingSpace
from creative_approaches.settings import LineageSettings

Evidence = Literal["overlap", "present", "theme", "override"]

# One creative that moves says nothing about where an approach went.
MIN_SHARED: Final = 2

# Overlaps that differ by less are a tie, which goes to the first approach and the first cluster in order.
_TIE: Final = 1e-9


@dataclass(frozen=True)
class LineageRules(LineageSettings):
    """When a cluster continues an approach, by the settings, and what counts as a split or a merge.

    event_share : share of the members present in both periods that makes a split or a merge: a half.
    """

    event_share: float = 0.5


@dataclass(frozen=True, eq=False)
class Cluster:
    """A cluster of one period.

    members : creative keys, one or more.  centroid : shape (d,), of unit length, or None.  space : what it is of.
    """

    members: frozenset[str]
    centroid: Floats | None = None
    space: EmbeddingSpace | None = None


@dataclass(frozen=True)
class Match:
    """Why a cluster continues an approach. The evidence is `override` where a person says so.

    overlap : Jaccard overlap of all members.  present_overlap : of those in both periods; None if there are none.
    centroid_distance : cosine distance, 0 to 2, rounded to 12 decimals; None if the centroids cannot be compared.
    """

    evidence: Evidence
    overlap: float
    present_overlap: float | None
    centroid_distance: float | None


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
    distance = float(_distances([before.cluster], [now])[0, 0])
    return Match(
        "override",
        shared / len(before.members | now.members),
        shared / present if present else None,
        None if np.isnan(distance) else distance,
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
    distance = _distances([a.cluster for a in then], now)
    # An unknown distance is no evidence against a match, nor for it.
    comparable = np.where(np.isnan(distance), rules.continue_distance, distance)
    is_near = comparable <= rules.continue_distance
    # Parts of a split and sources of a merge may have equal claims: the one that is about the same has the better.
    nearness = np.clip(1 - comparable / max(rules.continue_distance, _TIE), 0, 1)
    is_silent = _is_silent(shared, stayed) & _is_silent(shared.T, known.T).T
    stages: tuple[tuple[Evidence, Floats, NDArray[np.bool_]], ...] = (
        ("overlap", overlap, overlap >= rules.continue_overlap),
        (
            "present",
            present_overlap + nearness,
            (shared >= MIN_SHARED) & (present_overlap >= rules.continue_overlap) & is_near,
        ),
        ("theme", 2 - comparable, (distance <= rules.theme_distance) & is_silent & (rules.theme_distance > 0)),
    )
    # An approach that was there a period ago has a better claim than one that was absent.
    was_there = np.array([a.last_active == len(members_of_period) - 2 for a in then])[:, None]
    found: dict[int, tuple[Approach, Match]] = {}
    free = np.ones(shared.shape, dtype=np.bool_)
    for (evidence, gains, allowed), claims in product(stages, (was_there, ~was_there)):
        for row, column in _assign(gains, allowed & claims & free):
            found[column] = (
                then[row],
                Match(
                    evidence,
                    float(overlap[row, column]),
                    float(present_overlap[row, column]) if present[row, column] else None,
                    None if np.isnan(distance[row, column]) else float(distance[row, column]),
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


def _is_silent(shared: NDArray[np.int64], present: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether members do not speak against a pair.

    Of a row's members that are present in both periods, there are too few, or no other column has more of them.
    """
    silent: NDArray[np.bool_] = (present < MIN_SHARED) | (shared == shared.max(axis=1, keepdims=True))
    return silent


def _distances(then: Sequence[Cluster], now: Sequence[Cluster]) -> Floats:
    """Cosine distances of the centroids, nan for those of two spaces or without any. Shape (then, now)."""
    cosines = np.full((len(then), len(now)), np.nan)
    for row, before in enumerate(then):
        for column, after in enumerate(now):
            if before.centroid is not None and after.centroid is not None and before.space == after.space:
                cosines[row, column] = before.centroid @ after.centroid
    return cosine_distances(cosines)


def _assign(gains: Floats, allowed: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """One-to-one pairs of rows and columns, among the allowed ones, with the greatest total gain."""
    if not allowed.any():
        return []
    height, width = gains.shape
    # Products of ranks favour the first of equals, and pairing in order over pairing crosswise.
    ranks = np.outer(np.arange(height, 0, -1), np.arange(width, 0, -1)) / (height * width)
    rows, columns = linear_sum_assignment(np.where(allowed, gains + _TIE * ranks, 0.0), maximize=True)
    return [(int(row), int(column)) for row, column in zip(rows, columns, strict=True) if allowed[row, column]]
