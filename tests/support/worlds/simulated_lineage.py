"""Approaches with a known fate: what happens to them, who is in them, and clusters of them with errors.

Every creative has a vector around the direction of its approach. Approaches are born, die, pause, drift, grow, split
and merge; a share of the creatives is replaced in each period; and a share of the members ends up in a wrong cluster.
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import count
from typing import Final

import numpy as np

from creative_approaches.core.arrays import Floats
from creative_approaches.core.embedding.space import EmbeddingSpace
from creative_approaches.core.lineage.cluster import Cluster

DIMENSIONS: Final = 64
SPACE: Final = EmbeddingSpace("model", "backend", DIMENSIONS)
COMMON: Final = 1.2  # what all creatives of a cohort share, against 1 of their approach's own
NOISE: Final = 1.0  # length of what is only a creative's own
FIRST: Final = date(2024, 1, 1)


@dataclass(eq=False)
class _Approach:
    name: str
    direction: Floats
    size: float
    growth: float
    members: list[str]
    absent_until: int = 0
    since: int = 0  # of its last fate


@dataclass(frozen=True, eq=False)
class History:
    """What a simulation gave.

    periods : weeks, in order.
    clusters : as the job cluster would find them, with errors.
    truth : per week and cluster, the approach that it was made from.
    events : (week, 'split' or 'merged', from, to), by the names of approaches.
    """

    periods: list[date]
    clusters: dict[date, dict[int, Cluster]] = field(default_factory=dict)
    truth: dict[date, dict[int, str]] = field(default_factory=dict)
    events: set[tuple[date, str, str, str]] = field(default_factory=set)


class _Market:
    """The approaches of one cohort, and the creatives that they ever had."""

    def __init__(self, rng: np.random.Generator, turnover: float, size: float, drift: float, periods: int) -> None:
        self.rng, self.turnover, self.size, self.drift, self.periods = rng, turnover, size, drift, periods
        self.common = COMMON * self._direction()
        self.vectors: dict[str, Floats] = {}
        self.live: list[_Approach] = []
        self.names = (f"approach {number}" for number in count())

    def bear(self, week: int) -> None:
        size = self.size * self.rng.uniform(0.6, 1.6)
        growth = 3 ** (self.rng.uniform(-0.5, 1) / self.periods)
        self.live.append(_Approach(next(self.names), self._direction(), size, growth, [], since=week))

    def pass_a_week(self, week: int) -> None:
        """Creatives leave and come, directions turn, sizes change."""
        for approach in self.live:
            approach.direction = _unit(approach.direction + self.drift * self._direction())
            approach.size *= approach.growth
            approach.members = [key for key in approach.members if self.rng.random() >= self.turnover]

    def fill(self, week: int) -> list[_Approach]:
        """New creatives for the approaches that are active; those."""
        active = [approach for approach in self.live if approach.absent_until <= week]
        for approach in active:
            for _ in range(max(4, round(approach.size)) - len(approach.members)):
                key = f"c{len(self.vectors):06d}"
                self.vectors[key] = _unit(self.common + approach.direction + NOISE * self._direction())
                approach.members.append(key)
        return active

    def change(self, week: int) -> tuple[str, str, str] | None:
        """One fate, of approaches that had none for two weeks; a split or a merge as (kind, from, to)."""
        settled = [a for a in self.live if a.absent_until <= week and week - a.since > 2]
        fate = self.rng.choice(["nothing", "birth", "death", "pause", "split", "merge"])
        if fate == "birth":
            self.bear(week)
        if fate == "nothing" or fate == "birth" or len(settled) < 4:
            return None
        first, second = sorted(self.rng.choice(len(settled), 2, replace=False), key=lambda i: -len(settled[i].members))
        larger, smaller = settled[first], settled[second]
        larger.since = week
        if fate == "death":
            self.live.remove(larger)
        elif fate == "pause":
            larger.absent_until = larger.since = week + int(self.rng.integers(1, 4))
        elif fate == "split":
            return self._split(larger, week)
        elif fate == "merge":
            larger.members += smaller.members
            larger.size += smaller.size
            self.live.remove(smaller)
            return "merged", smaller.name, larger.name
        return None

    def _split(self, approach: _Approach, week: int) -> tuple[str, str, str]:
        self.rng.shuffle(approach.members)
        kept = round(0.6 * len(approach.members))
        part = replace(
            approach,
            name=next(self.names),
            direction=_unit(approach.direction + 0.6 * self._direction()),
            size=0.4 * approach.size,
            members=approach.members[kept:],
        )
        approach.members, approach.size = approach.members[:kept], 0.6 * approach.size
        self.live.append(part)
        return "split", approach.name, part.name

    def _direction(self) -> Floats:
        return _unit(self.rng.normal(size=DIMENSIONS))


def simulate_lineage(
    seed: int,
    turnover: float,
    *,
    error: float = 0.1,
    periods: int = 16,
    approaches: int = 8,
    size: float = 20.0,
    drift: float = 0.1,
) -> History:
    """A cohort over so many weeks.

    turnover : share of its creatives that an approach replaces in each week, 0 to 1.
    error : share of the members of a week that are in a wrong cluster or, a third of them, in none.
    size : creatives of an approach, on average; they grow by up to three times, or shrink, over all weeks.
    drift : radians by which the direction of an approach turns in a week.
    """
    rng = np.random.default_rng([seed, round(turnover * 1000), round(error * 1000)])
    market = _Market(rng, turnover, size, drift, periods)
    for _ in range(approaches):
        market.bear(week=-3)
    history = History([FIRST + timedelta(weeks=week) for week in range(periods)])
    for index, week in enumerate(history.periods):
        market.pass_a_week(index)
        if index > 0 and (event := market.change(index)):
            history.events.add((week, *event))
        active = market.fill(index)
        found: list[list[str]] = [[] for _ in active]
        for place, approach in enumerate(active):
            for key in approach.members:
                if rng.random() >= error:
                    found[place].append(key)
                elif rng.random() < 2 / 3:
                    found[(place + int(rng.integers(1, len(active)))) % len(active)].append(key)
        numbers = rng.permutation(len(active)).tolist()
        history.truth[week] = {number: active[place].name for place, number in enumerate(numbers)}
        history.clusters[week] = {
            number: _cluster(market.vectors, found[place]) for place, number in enumerate(numbers)
        }
    return history


def _cluster(vectors: dict[str, Floats], members: list[str]) -> Cluster:
    mean = np.mean([vectors[key] for key in members], axis=0)
    return Cluster(frozenset(members), _unit(mean), SPACE, 1 - float(np.linalg.norm(mean)))


def _unit(vector: Floats) -> Floats:
    unit: Floats = vector / np.linalg.norm(vector)
    return unit
