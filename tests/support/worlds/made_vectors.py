"""Unit vectors for tests of clustering."""

from typing import Any

import numpy as np
from hypothesis import strategies as st

from creative_approaches.core.arrays import Floats, Labels
from creative_approaches.core.clustering.space import Space, exact_space


def unit(vectors: Any) -> Floats:
    """Rows scaled to unit length."""
    rows = np.asarray(vectors, dtype=np.float64)
    scaled: Floats = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return scaled


def blobs(seed: int, rows: int, centers: int, spread: float, dimensions: int = 12) -> Floats:
    """Rows around random directions; `spread` is the noise in each dimension."""
    return labelled_blobs(seed, rows, centers, spread, dimensions)[0]


def labelled_blobs(seed: int, rows: int, centers: int, spread: float, dimensions: int = 12) -> tuple[Floats, Labels]:
    """Blobs, and which one each row is of."""
    rng = np.random.default_rng(seed)
    middles = unit(rng.normal(size=(centers, dimensions)))
    labels = rng.integers(0, centers, rows)
    return unit(middles[labels] + spread * rng.normal(size=(rows, dimensions))), labels


def space_of(points: Floats) -> Space:
    """A space with both geometries, in which every point is a place."""
    return exact_space(points, with_averaged=True)


@st.composite
def vectors_with_ties(draw: st.DrawFn) -> Floats:
    """Few directions on a small grid: many equal rows and many equal distances."""
    cell = st.integers(-1, 1)
    rows = st.lists(st.tuples(cell, cell, cell).filter(any), min_size=1, max_size=24)
    return unit(draw(rows))


def same_partition(left: Labels, right: Labels) -> bool:
    """Equal up to the numbers of clusters; outliers are outliers in both."""
    pairs = set(zip(left.tolist(), right.tolist(), strict=True))
    return len(pairs) == len(set(left.tolist())) == len(set(right.tolist())) and all(
        (a < 0) == (b < 0) for a, b in pairs
    )
