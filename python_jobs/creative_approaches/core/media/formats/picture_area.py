"""Where in a file the picture is: frames, bars and blurred fills around it are no part of it."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

SIDE: Final = 320  # pixels of the longest side at which it is looked at
_SAME: Final = 10  # grey levels of 255 within which a line is of the colour of the edge; JPEG moves it by a few
_SHARE_SAME: Final = 98  # percent of a line that must be; the rest is for dust and ringing
_LEAST_SIDE: Final = 0.1  # of the file that a picture has at least; what has less is no picture in a frame
# A blurred fill lies on two opposite sides, as wide on one as on the other, and has far less detail than the middle.
_LEAST_FILL: Final = 0.08
_FILL_DETAIL: Final = 0.3
_EDGE_LEVEL: Final = 40  # grey levels at which the detail of a pixel stops to count: one hard line is not detail

Grey = NDArray[np.uint8]


class Area(NamedTuple):
    """A box in an image of any size, in shares of its sides, 0 to 1."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def is_whole(self) -> bool:
        """Whether nothing is cut off."""
        return self == WHOLE

    def crop(self, image: Image.Image) -> Image.Image:
        """What of the image is in the box, at whole pixels inside of it, one at least."""
        left, top = (int(np.ceil(share * side)) for share, side in zip(self[:2], image.size, strict=True))
        right, bottom = (int(share * side) for share, side in zip(self[2:], image.size, strict=True))
        return image.crop((left, top, max(right, left + 1), max(bottom, top + 1)))


WHOLE: Final = Area(0.0, 0.0, 1.0, 1.0)


def picture_area(grey: Image.Image) -> Area:
    """The box inside of bars of one colour, and then inside of blurred fills.

    grey : mode L, any size.  Where nothing would be left, nothing is taken off.
    """
    small = grey.copy()
    small.thumbnail((SIDE, SIDE), Image.Resampling.BOX)
    pixels = np.asarray(small)
    height, width = pixels.shape
    left, top, right, bottom = _inside_bars(pixels)
    inner_left, inner_top, inner_right, inner_bottom = _inside_fill(pixels[top:bottom, left:right])
    left, right = left + inner_left, left + inner_right
    top, bottom = top + inner_top, top + inner_bottom
    return Area(left / width, top / height, right / width, bottom / height)


def _inside_bars(pixels: Grey) -> tuple[int, int, int, int]:
    height, width = pixels.shape
    top, bottom = _bar(pixels), _bar(pixels[::-1])
    left, right = _bar(pixels.T), _bar(pixels.T[::-1])
    if height - top - bottom < _LEAST_SIDE * height or width - left - right < _LEAST_SIDE * width:
        return 0, 0, width, height
    return left, top, width - right, height - bottom


def _bar(lines: Grey) -> int:
    """How many lines from the first on have its colour."""
    colour = np.median(lines[0])
    differences = np.percentile(np.abs(lines - colour), _SHARE_SAME, axis=1)
    other = np.flatnonzero(differences > _SAME)
    return int(other[0]) if len(other) else len(lines)


def _inside_fill(pixels: Grey) -> tuple[int, int, int, int]:
    height, width = pixels.shape
    if min(height, width) < 3:
        return 0, 0, width, height
    levels = pixels.astype(np.float64)
    down, across = np.abs(np.diff(levels, 2, axis=0)), np.abs(np.diff(levels, 2, axis=1))
    top = _fill(np.minimum(down, _EDGE_LEVEL).mean(axis=1), height)
    left = _fill(np.minimum(across, _EDGE_LEVEL).mean(axis=0), width)
    return left, top, width - left, height - top


def _fill(detail: NDArray[np.float64], side: int) -> int:
    """How many lines at both ends have little detail, compared with those in the middle."""
    middle = np.median(detail[len(detail) // 3 : len(detail) - len(detail) // 3])
    sharp = np.flatnonzero(detail >= _FILL_DETAIL * middle)
    if not len(sharp):
        return 0
    first, last = int(sharp[0]), len(detail) - 1 - int(sharp[-1])
    are_fills = min(first, last) >= _LEAST_FILL * side and abs(first - last) <= 0.02 * side + 1
    return min(first, last) + 1 if are_fills else 0
