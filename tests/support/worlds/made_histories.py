"""Short histories of one-letter creatives."""

from datetime import date, timedelta

import numpy as np
from hypothesis import strategies as st

from creative_approaches.core.embedding.space import EmbeddingSpace
from creative_approaches.core.ids import stable_id
from creative_approaches.core.lineage.cluster import Cluster
from creative_approaches.core.lineage.history import Lineage, Snapshot
from creative_approaches.core.lineage.matching import LineageRules
from creative_approaches.core.lineage.trace import trace_lineage

RULES = LineageRules()
WEEKS = [date(2024, 1, 1) + timedelta(weeks=week) for week in range(12)]

SPACE = EmbeddingSpace("model", "backend", 200)
SPREAD = 0.05  # of each cluster; two of its members are 0.0975 apart

Clusters = dict[date, dict[int, Cluster]]


def cluster(letters: str, place: int = 0) -> Cluster:
    """A cluster of one-letter creatives.

    With an angle, as in 'abc 10', its centroid lies there on a circle of degrees. Without one it is at right angles to
    that of every other place, so that only the overlap of all members counts.
    """
    keys, _, degrees = letters.partition(" ")
    centroid = np.zeros(200)
    if degrees:
        centroid[:2] = np.cos(np.radians(float(degrees))), np.sin(np.radians(float(degrees)))
    else:
        centroid[2 + place] = 1
    return Cluster(frozenset(keys), centroid, SPACE, SPREAD)


def clusters_of(*weeks: list[str]) -> Clusters:
    return {
        week: {number: cluster(letters, 10 * place + number) for number, letters in enumerate(listed)}
        for place, (week, listed) in enumerate(zip(WEEKS, weeks, strict=False))
        if listed
    }


def trace(*weeks: list[str], rules: LineageRules = RULES) -> Lineage:
    """The lineage of weeks that list their clusters."""
    return trace_lineage("acme", WEEKS[: len(weeks)], clusters_of(*weeks), rules)


def first_id(week: int, letters: str) -> str:
    """The id of an approach that was first seen in that week with those members."""
    return stable_id("approach", "acme", WEEKS[week].isoformat(), min(letters))


def of_week(lineage: Lineage, week: int) -> dict[str, Snapshot]:
    return {s.approach_id: s for s in lineage.snapshots if s.period_start == WEEKS[week]}


def kinds(lineage: Lineage, week: int) -> set[tuple[str, str | None, str | None]]:
    return {(e.kind, e.from_approach_id, e.to_approach_id) for e in lineage.events if e.period_start == WEEKS[week]}


def overlap(snapshot: Snapshot) -> float | None:
    return snapshot.match.overlap if snapshot.match else None


@st.composite
def histories(draw: st.DrawFn) -> list[list[str]]:
    """Up to five weeks; each creative is in one of three clusters or in none."""
    weeks = []
    for _ in range(draw(st.integers(1, 5))):
        places = draw(st.lists(st.integers(0, 3), min_size=9, max_size=9))
        listed = ["".join(k for k, place in zip("abcdefghi", places, strict=True) if place == n) for n in (1, 2, 3)]
        weeks.append([letters for letters in listed if letters])
    return weeks
