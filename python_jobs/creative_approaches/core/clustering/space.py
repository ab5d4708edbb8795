"""Where clusters are looked for: points, or groups of them, and the distances between those."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from creative_approaches.core.arrays import Floats, Labels
from creative_approaches.core.clustering.grouping import group_points
from creative_approaches.core.clustering.neighbourhood import average_neighbours
from creative_approaches.core.clustering.silhouette import euclidean_distances
from creative_approaches.core.clustering.stability import MOST_RESAMPLES, resample

Geometry = Literal["raw", "averaged"]
# The distances that cuts are judged by: in the vectors, or the mean of those and the ones in averaged vectors.
Measure = Literal["raw", "both"]


@dataclass(frozen=True, eq=False)
class Places:
    """What is merged in one geometry: points, or groups of points that lie together in it.

    distances : shape (p, p), Euclidean, between points or the means of groups. A mean keeps its length: Ward's method
        is about means, and with weights its tree goes on as that of the points would.
    weights : shape (p,), how many points each place stands for, their copies counted.
    place_of_point : shape (n,), 0 to p - 1.
    """

    distances: Floats
    weights: Floats
    place_of_point: Labels


@dataclass(frozen=True, eq=False)
class Space:
    """Points to cluster.

    points : shape (n, d), rows of unit length.
    copies : shape (n,), how many rows each point counts as in the trees; 1 where identical rows are collapsed.
    places : by geometry: the points themselves, and those averaged over neighbours if they are wanted.
    judges : shape (m,), the points whose silhouettes are the score: all of them, or a sample. Means would not do: they
        lie nearer to their like than points do, and flatter fine cuts.
    measure : which distances judge them.  judged : shape (m, m), those distances.
    """

    points: Floats
    copies: Floats
    places: Mapping[Geometry, Places]
    judges: Labels
    measure: Measure
    judged: Floats

    @property
    def is_grouped(self) -> bool:
        return len(self.places["raw"].weights) < len(self.points)


def exact_space(
    points: Floats,
    with_averaged: bool,
    distances: Floats | None = None,
    copies: Floats | None = None,
    measure: Measure = "raw",
) -> Space:
    """A space in which every point is a place and judges.

    distances : between the points, where known.  copies : of each point, one if left out.
    measure : 'both' needs averaged vectors.
    """
    known = euclidean_distances(points) if distances is None else distances
    each, weights = np.arange(len(points)), np.ones(len(points)) if copies is None else copies
    places: dict[Geometry, Places] = {"raw": Places(known, weights, each)}
    if with_averaged:
        places["averaged"] = Places(euclidean_distances(average_neighbours(points)), weights, each)
    judged = known if measure == "raw" else (known + places["averaged"].distances) / 2
    return Space(points, weights, places, each, measure, judged)


def grouped_space(
    points: Floats, with_averaged: bool, groups: int, copies: Floats | None = None, measure: Measure = "raw"
) -> Space:
    """A space of so many groups, made anew in each geometry, judged by as many points."""
    weights = np.ones(len(points)) if copies is None else copies
    vectors: dict[Geometry, Floats] = {"raw": points}
    if with_averaged:
        vectors["averaged"] = average_neighbours(points)
    places = {geometry: _grouped(moved, groups, weights) for geometry, moved in vectors.items()}
    # The last resample, which no measure of stability uses before there are so many of them.
    judges = np.flatnonzero(resample(points, MOST_RESAMPLES, groups / len(points))[-1])
    judged = euclidean_distances(points[judges])
    if measure == "both":
        judged = (judged + euclidean_distances(vectors["averaged"][judges])) / 2
    return Space(points, weights, places, judges, measure, judged)


def _grouped(points: Floats, groups: int, copies: Floats) -> Places:
    made = group_points(points, groups)
    weights = np.bincount(made.group_of_point, copies).astype(np.float64)
    return Places(euclidean_distances(made.centroids), weights, made.group_of_point)
