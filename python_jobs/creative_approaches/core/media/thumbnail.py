"""A small picture of an image or a film, to look at when its address leads nowhere any more."""

import io
from dataclasses import dataclass
from typing import Final

from PIL import Image

SIDE: Final = 160  # pixels of the longest side at most
MAX_BYTES: Final = 10_000
# WebP's, from fine to coarse, until the file is small enough. Photographs fit at the first; noise in colour at the last
# but one.
QUALITIES: Final = (75, 50, 25, 10, 0)
METHOD: Final = 2  # half the time of WebP's own 4, for files that are 3% larger


@dataclass(frozen=True)
class Thumbnail:
    """A small picture: width and height in pixels, and its file."""

    width: int
    height: int
    webp: bytes


def thumbnail(picture: Image.Image) -> Thumbnail:
    """A picture at `SIDE` pixels at most, as a WebP file of at most `MAX_BYTES` without metadata.

    picture : RGB or grey (L).  A small picture is not enlarged. The same pixels give the same bytes as long as Pillow
    and its libwebp are the same.
    """
    scale = max(*picture.size, SIDE) / SIDE
    width, height = (max(1, round(side / scale)) for side in picture.size)
    small = picture.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=1.0)
    for quality in QUALITIES:
        file = io.BytesIO()
        small.save(file, "WEBP", quality=quality, method=METHOD)
        if file.tell() <= MAX_BYTES:
            break
    return Thumbnail(width, height, file.getvalue())
