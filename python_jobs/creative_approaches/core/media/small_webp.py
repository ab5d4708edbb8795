"""A picture scaled down and written as a WebP file that is no larger than it may be."""

import io
from dataclasses import dataclass
from typing import Final

from PIL import Image

# WebP's, from fine to coarse, until the file is small enough. Photographs fit at the first; noise in colour at the last
# but one or the last.
QUALITIES: Final = (75, 50, 25, 10, 0)
METHOD: Final = 2  # half the time of WebP's own 4, for files that are 3% larger


@dataclass(frozen=True)
class SmallWebp:
    """A small picture: width and height in pixels, and its file."""

    width: int
    height: int
    webp: bytes


def small_webp(picture: Image.Image, side: int, max_bytes: int) -> SmallWebp:
    """A picture at `side` pixels at most, as a WebP file of at most `max_bytes` without metadata.

    picture : RGB or grey (L).  A small picture is not enlarged. The same pixels give the same bytes as long as Pillow
    and its libwebp are the same.
    """
    scale = max(*picture.size, side) / side
    width, height = (max(1, round(pixels / scale)) for pixels in picture.size)
    small = picture.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=1.0)
    for quality in QUALITIES:
        file = io.BytesIO()
        small.save(file, "WEBP", quality=quality, method=METHOD)
        if file.tell() <= max_bytes:
            break
    return SmallWebp(width, height, file.getvalue())
