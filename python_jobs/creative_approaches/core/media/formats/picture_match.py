"""Whether two pictures are versions of one, by where their points lie, and what was done to it."""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from creative_approaches.core.media.formats.local_features import GRID, Floats32, LocalFeatures

RATIO: Final = 0.8  # of the distances to the nearest and the second nearest descriptor (Lowe 2004, section 7.1)
_REPROJECTION: Final = 4.0  # pixels that a point may lie off
LEAST_FEATURES: Final = 24  # points of a picture below which it is an icon or a letter, whose points say too little
_LEAST_POINTS: Final = 4  # two points make a transform, so that three already agree by chance
_TRIES: Final = 2_000
_CONFIDENCE: Final = 0.999
_BLOCK: Final = 16  # pixels of the small grey pictures that are compared at a time
_LEAST_DEVIATION: Final = 4.0  # grey levels in a block that has something to compare
_LEAST_BLOCKS: Final = 6
_AGREES: Final = 0.6  # correlation of two blocks
_LARGEST_SCALE: Final = 8.0

Bools = NDArray[np.bool_]
Transform = NDArray[np.float64]  # shape (2, 3)


@dataclass(frozen=True)
class Match:
    """What two pictures have in common: the first one lies in the second one after a turn, a scaling and a shift.

    points : that agree on it.  share_of_points : of those that lie in both pictures, 0 to 1, by the one with fewer.
    agreement : share of the blocks of what they have in common that look alike, 0 to 1; 0 where there are too few.
    share_of_first, share_of_second : how much of each picture is in the other, 0 to 1.
    scale : of the first in the second, both at their sizes in the comparison.
    shift_in_first, shift_in_second : across and down, of the middle of what they have in common from the middle of each
    picture, in its widths and heights, -0.5 to 0.5; right and down are positive.
    """

    points: int
    share_of_points: float
    agreement: float
    share_of_first: float
    share_of_second: float
    scale: float
    shift_in_first: tuple[float, float]
    shift_in_second: tuple[float, float]


def match(first: LocalFeatures, second: LocalFeatures) -> Match | None:
    """What the pictures have in common, seen in the same direction; None where there is no transform."""
    if min(len(first.points), len(second.points)) < LEAST_FEATURES:
        return None
    here, there = _pairs(first, second)
    if len(here) < _LEAST_POINTS:
        return None
    near, far = first.points[here], second.points[there]
    found, agree = cv2.estimateAffinePartial2D(
        near, far, method=cv2.RANSAC, ransacReprojThreshold=_REPROJECTION, maxIters=_TRIES, confidence=_CONFIDENCE
    )
    if found is None:
        return None
    transform = np.asarray(found, np.float64)
    scale = float(np.hypot(transform[0, 0], transform[1, 0]))
    if not 1 / _LARGEST_SCALE <= scale <= _LARGEST_SCALE:
        return None
    back = np.asarray(cv2.invertAffineTransform(transform), np.float64)
    points = int(np.sum(agree))
    in_both = min(_inside(first.points, transform, second).sum(), _inside(second.points, back, first).sum())
    share_of_first, shift_in_first = _common(first, second, transform)
    share_of_second, shift_in_second = _common(second, first, back)
    return Match(
        points,
        min(1.0, points / max(1, int(in_both))),
        _agreement(first, second, back),
        share_of_first,
        share_of_second,
        scale,
        shift_in_first,
        shift_in_second,
    )


def _pairs(first: LocalFeatures, second: LocalFeatures) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The points whose descriptors are each other's nearest, and clearly nearer than the next one."""
    left, right = first.descriptors.astype(np.float32), second.descriptors.astype(np.float32)
    squares = (left**2).sum(axis=1)[:, None] + (right**2).sum(axis=1)[None] - 2 * left @ right.T
    nearest = squares.argmin(axis=1)
    rows = np.arange(len(squares))
    is_mutual = squares.argmin(axis=0)[nearest] == rows
    two = np.partition(squares, 1, axis=1)[:, :2]
    kept = np.flatnonzero(is_mutual & (two[:, 0] < RATIO**2 * two[:, 1]))
    return kept, nearest[kept]


def _inside(points: Floats32, transform: Transform, other: LocalFeatures) -> Bools:
    moved = points @ transform[:, :2].T + transform[:, 2]
    inside = (moved >= 0) & (moved < (other.width, other.height))
    return np.asarray(inside.all(axis=1))


def _common(one: LocalFeatures, other: LocalFeatures, transform: Transform) -> tuple[float, tuple[float, float]]:
    """The share of the one that is in the other, and where its middle is from the middle of the one."""
    steps = (np.arange(GRID) + 0.5) / GRID
    across, down = np.meshgrid(steps * one.width, steps * one.height)
    grid = np.column_stack([across.ravel(), down.ravel()]).astype(np.float32)
    inside = _inside(grid, transform, other)
    if not inside.any():
        return 0.0, (0.0, 0.0)
    middle = grid[inside].mean(axis=0) / (one.width, one.height) - 0.5
    return float(inside.mean()), (float(middle[0]), float(middle[1]))


def _agreement(first: LocalFeatures, second: LocalFeatures, back: Transform) -> float:
    """How many blocks of the second one's grey picture look like what the first one has there.

    A caption or a watermark changes some blocks, another product in the same frame changes most of those in it.
    """
    steps = (np.arange(GRID) + 0.5) / GRID
    across, down = np.meshgrid(steps * second.width, steps * second.height)
    places = np.stack([across, down], axis=2) @ back[:, :2].T + back[:, 2]
    places = places / (first.width, first.height) * GRID - 0.5
    inside = ((places >= 0) & (places <= GRID - 1)).all(axis=2)
    places = places.astype(np.float32)
    seen = cv2.remap(first.grey.astype(np.float32), places[..., 0], places[..., 1], cv2.INTER_LINEAR)
    blocks = [_in_blocks(np.asarray(pixels, np.float32)) for pixels in (seen, second.grey, inside)]
    theirs, ours = (pixels - pixels.mean(axis=1, keepdims=True) for pixels in blocks[:2])
    deviations = np.stack([theirs.std(axis=1), ours.std(axis=1)])
    compared = (blocks[2].min(axis=1) > 0) & (deviations.max(axis=0) >= _LEAST_DEVIATION)
    if compared.sum() < _LEAST_BLOCKS:
        return 0.0
    products = (theirs * ours).mean(axis=1) / np.maximum(deviations.prod(axis=0), 1e-9)
    return float((products[compared] >= _AGREES).mean())


def _in_blocks(pixels: Floats32) -> Floats32:
    count = GRID // _BLOCK
    return pixels.reshape(count, _BLOCK, count, _BLOCK).swapaxes(1, 2).reshape(count * count, _BLOCK * _BLOCK)
