"""Distances are judged by the space that they are in."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from creative_approaches.core.lineage.cluster import Cluster
from creative_approaches.core.lineage.history import Lineage
from creative_approaches.core.lineage.nearness import judge_nearness
from creative_approaches.core.lineage.trace import trace_lineage
from tests.support.worlds.made_histories import RULES, cluster
from tests.support.worlds.simulated_lineage import simulate_lineage


def distance(degrees: float) -> float:
    return 1 - float(np.cos(np.radians(degrees)))


def narrowed(found: Cluster, scale: float) -> Cluster:
    """The same in a space in which all distances are so many times those here: a direction that all share is added."""
    assert found.centroid is not None
    centroid = np.r_[np.sqrt(1 - scale), np.sqrt(scale) * found.centroid]
    apart = scale * (1 - (1 - found.spread) ** 2)
    return replace(found, centroid=centroid, spread=1 - np.sqrt(1 - apart))


def decisions(lineage: Lineage) -> list[tuple[date, str, int | None, str, str | None]]:
    return [
        (s.period_start, s.approach_id, s.cluster, s.status, s.match.evidence if s.match else None)
        for s in lineage.snapshots
    ]


@pytest.mark.parametrize("scale", [0.5, 0.02])
@pytest.mark.parametrize(("seed", "turnover"), [(0, 0.3), (1, 0.6), (2, 0.8)])
def test_a_space_with_smaller_distances_has_the_same_lineage(seed: int, turnover: float, scale: float) -> None:
    history = simulate_lineage(seed, turnover)
    there = {
        week: {number: narrowed(found, scale) for number, found in numbered.items()}
        for week, numbered in history.clusters.items()
    }
    here, same = (trace_lineage("acme", history.periods, found, RULES) for found in (history.clusters, there))
    assert decisions(same) == decisions(here)
    assert {s.match.evidence for s in here.snapshots if s.match} > {"present"}


def test_neighbours_are_the_nearest_of_one_period_and_the_median_of_both_counts() -> None:
    # Then: 10, 10 and 20 degrees to the nearest; now: 40 and 40. What was only there earlier does not count.
    then = [cluster(f"a {degrees}") for degrees in (0, 10, 30, 31)]
    now = [cluster(f"b {degrees}") for degrees in (5, 45)]
    found = judge_nearness(then, np.array([1, 1, 1, 0]), now)
    assert found.neighbours == pytest.approx(distance(20))


def test_rivals_are_all_other_clusters_of_the_two_periods() -> None:
    then = [cluster("a 0"), cluster("b 50"), cluster("c 3")]
    now = [cluster("d 10"), cluster("e 90")]
    rivals = judge_nearness(then, np.array([1, 1, 0]), now).rivals
    # Of a and d the nearest other is b, 40 degrees from d; c was there in another period.
    assert rivals[0, 0] == pytest.approx(distance(40))
    # Of c and d, c is the only one of its period, and 80 degrees are between d and e.
    assert rivals[2, 0] == pytest.approx(distance(80))


def test_where_nothing_can_be_compared_nothing_is_known() -> None:
    other = replace(cluster("b 0"), space=None)
    found = judge_nearness([cluster("a 0")], np.array([0]), [other])
    assert np.isnan(found.distance).all()
    assert found.neighbours == 0.0
