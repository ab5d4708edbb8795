"""A cluster of one period, and how far apart clusters are."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from creative_approaches.core.arrays import Floats, cosine_distances
from creative_approaches.core.embedding.space import EmbeddingSpace


@dataclass(frozen=True, eq=False)
class Cluster:
    """A cluster of one period.

    members : creative keys, one or more.  centroid : shape (d,), of unit length, or None.  space : what it is of.
    spread : mean cosine distance of its members from the centroid, 0 to 2.
    """

    members: frozenset[str]
    centroid: Floats | None = None
    space: EmbeddingSpace | None = None
    spread: float = 0.0


def distances_between(these: Sequence[Cluster], those: Sequence[Cluster]) -> Floats:
    """Cosine distances of the centroids, nan for those of two spaces or without any. Shape (these, those)."""
    cosines = np.full((len(these), len(those)), np.nan)
    for space in {cluster.space for cluster in those}:
        rows, left = _of_space(these, space)
        columns, right = _of_space(those, space)
        if rows and columns:
            cosines[np.ix_(rows, columns)] = np.array(left) @ np.array(right).T
    return cosine_distances(cosines)


def _of_space(clusters: Sequence[Cluster], space: EmbeddingSpace | None) -> tuple[list[int], list[Floats]]:
    found = [(n, c.centroid) for n, c in enumerate(clusters) if c.space == space and c.centroid is not None]
    return [number for number, _ in found], [centroid for _, centroid in found]
