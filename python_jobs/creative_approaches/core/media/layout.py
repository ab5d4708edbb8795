"""What an image looks like in few cells, and where its detail is: what tells two drawn pictures apart.

Two photographs differ everywhere. Two logos, cards or posts of one template differ in one place, which hashes of the
whole picture hardly read. So there is a closer look: at the brightness of each cell of a grid, of which not one may
differ by much, at colours likewise, and at the box that holds the detail, however small it is.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from creative_approaches.core.media.words import to_words

VERSION: Final = 1  # of what these numbers mean; others cannot be compared
SIDE: Final = 128  # pixels of the longest side that is looked at
TONE_CELLS: Final = 12  # a side
COLOUR_CELLS: Final = 4  # a side, each with three values
LEVEL_BITS: Final = 5  # of a value: twelve of them are a word
SAMPLES: Final = 64  # a side, that are looked at for plain colours
PLAIN_COLOURS: Final = 4
# By how much of the spread of all values a pixel may differ from a plain colour, so that a pale photograph has as many
# colours as a strong one; and the least and the most of it, of 255, because encoders add as much.
PLAIN_REACH: Final = 0.1
LEAST_REACH: Final = 4.0
MOST_REACH: Final = 9.0
GREY: Final = 6  # of 255, by which the channels of a grey picture differ at most, in the mean
DETAIL_STEP: Final = 10  # of 255, by which neighbours differ more where there is detail
# Standard deviations of the detail on both sides of its centre. Of an even spread, 1.7 are all.
BOX_REACH: Final = 2.0
BOX_CELLS: Final = 16  # a side
BOX_STEP: Final = 4  # of 255, by which a cell is brighter than the one before

Numbers = NDArray[Any]  # of pixels


@dataclass(frozen=True)
class Layout:
    """Columns of table image_hashes.

    layout_version : `VERSION`.
    plain_share : of the picture in its few commonest colours, 0 to 1: under 0.7 for photographs, over it for what is
    drawn.
    detail_dhash_1 to _4 : 256 bits of a difference hash of the box that holds the detail.
    tones_1 to tones_12 : a row each of 12 x 12 cells, their brightness from left to right, 0 to 31, in 5 bits each, the
    first highest.  colours_1 to _4 : likewise of 4 x 4 cells of that box, red, green and blue of each.
    """

    layout_version: int
    plain_share: float
    detail_dhash_1: int | None
    detail_dhash_2: int | None
    detail_dhash_3: int | None
    detail_dhash_4: int | None
    tones_1: int
    tones_2: int
    tones_3: int
    tones_4: int
    tones_5: int
    tones_6: int
    tones_7: int
    tones_8: int
    tones_9: int
    tones_10: int
    tones_11: int
    tones_12: int
    colours_1: int
    colours_2: int
    colours_3: int
    colours_4: int


def layout_of(shown: Image.Image) -> Layout:
    """The layout of an image in RGB or grey (L), of any size."""
    colour = shown if shown.mode == "RGB" else shown.convert("RGB")
    small = _small(colour)
    grey = small.convert("F")
    tones = grey.resize((TONE_CELLS, TONE_CELLS), Image.Resampling.BILINEAR)
    box = _detail_box(np.asarray(small))
    cells = grey.resize((BOX_CELLS + 1, BOX_CELLS), Image.Resampling.BILINEAR, box=box)
    colours = small.resize((COLOUR_CELLS, COLOUR_CELLS), Image.Resampling.BILINEAR, box=box)
    return Layout(
        VERSION,
        _plain_share(colour),
        *to_words(np.diff(np.asarray(cells), axis=1) > BOX_STEP),
        *_packed(np.asarray(tones)),
        *_packed(np.asarray(colours).reshape(COLOUR_CELLS, -1)),
    )


def _small(image: Image.Image) -> Image.Image:
    scale = SIDE / max(image.size)
    if scale >= 1:
        return image
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return image.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0)


def _packed(rows: Numbers) -> list[int]:
    """Each row of numbers, 0 to 255, as one, the first in its highest bits."""
    levels = np.rint(rows.astype(np.float64) * ((1 << LEVEL_BITS) - 1) / 255).astype(np.int64)
    shifts = LEVEL_BITS * np.arange(rows.shape[1])[::-1]
    packed: list[int] = (levels << shifts).sum(axis=1).tolist()
    return packed


def _detail_box(pixels: Numbers) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of the part where nearly all detail is, in pixels; of all where there is none.

    By the centre and the spread of what neighbours differ by, which hardly change when a picture is resized or encoded
    again. The outermost pixels of the detail would.
    """
    height, width = pixels.shape[:2]
    across, down = (_steps(pixels, axis) for axis in (1, 0))
    columns, rows = np.zeros(width), np.zeros(height)
    columns[:-1] += across.sum(axis=0) / 2
    columns[1:] += across.sum(axis=0) / 2
    columns += down.sum(axis=0)
    rows[:-1] += down.sum(axis=1) / 2
    rows[1:] += down.sum(axis=1) / 2
    rows += across.sum(axis=1)
    (left, right), (top, bottom) = _reach(columns), _reach(rows)
    return left, top, right, bottom


def _steps(pixels: Numbers, axis: int) -> Numbers:
    red, green, blue = np.moveaxis(np.abs(np.diff(pixels.astype(np.int16), axis=axis)), 2, 0)
    steps = np.maximum(np.maximum(red, green), blue)
    return np.where(steps > DETAIL_STEP, steps, 0)


def _reach(detail: Numbers) -> tuple[float, float]:
    total, size = detail.sum(), len(detail)
    if not total:
        return 0.0, float(size)
    places = np.arange(size) + 0.5
    centre = (detail @ places) / total
    spread = max(1.0, float(np.sqrt(detail @ (places - centre) ** 2 / total)))
    return max(0.0, centre - BOX_REACH * spread), min(float(size), centre + BOX_REACH * spread)


def _plain_share(image: Image.Image) -> float:
    """The share of sampled pixels within reach of the commonest colours, one after the other."""
    sampled = image.resize((SAMPLES, SAMPLES), Image.Resampling.NEAREST)
    left = np.asarray(sampled, dtype=np.int16).reshape(-1, 3)
    reach = PLAIN_REACH * left.std(axis=0).mean()
    if np.ptp(left, axis=1).mean() < GREY:
        reach /= 2  # the colours of a photograph are in three dimensions, its grey values in one
    reach = np.clip(reach, LEAST_REACH, MOST_REACH)
    for _ in range(PLAIN_COLOURS):
        if not len(left):
            break
        bins = (left >> 4) @ np.array([256, 16, 1], dtype=np.int16)
        commonest = np.median(left[bins == np.bincount(bins).argmax()], axis=0)
        red, green, blue = np.abs(left - commonest).T
        left = left[np.maximum(np.maximum(red, green), blue) > reach]
    return 1 - len(left) / SAMPLES**2
