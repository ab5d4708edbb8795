"""A small picture of an image or a film, to look at when its address leads nowhere any more."""

from typing import Final

from PIL import Image

from creative_approaches.core.media.small_webp import SmallWebp, small_webp

SIDE: Final = 160  # pixels of the longest side at most
MAX_BYTES: Final = 10_000


def thumbnail(picture: Image.Image) -> SmallWebp:
    """A picture at `SIDE` pixels at most, as a WebP file of at most `MAX_BYTES`. picture : RGB or grey (L)."""
    return small_webp(picture, SIDE, MAX_BYTES)
