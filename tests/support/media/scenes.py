"""Pictures with the statistics of photographs, and what channels make of them."""

from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

import numpy as np
from PIL import Image, ImageFilter, ImageOps

from picture_axes_training.drawings import drawing

Edit = Callable[[Image.Image], Image.Image]
FIRST_SEED: Final = 10_000  # the axes were found on drawings of lower ones


@cache
def scene(number: int) -> Image.Image:
    """A wide picture in colour that is unlike those of other numbers."""
    grey = np.hstack([drawing(FIRST_SEED + 2 * number), drawing(FIRST_SEED + 2 * number + 1)])[:, :400].astype(float)
    tint = np.random.default_rng(number).uniform(0.6, 1, 3)
    return Image.fromarray((grey[..., None] * tint).astype(np.uint8)).resize((800, 512), Image.Resampling.LANCZOS)


def cropped(image: Image.Image, left: float, top: float, right: float, bottom: float) -> Image.Image:
    """A box of the image, its sides in shares of the image's."""
    width, height = image.size
    return image.crop((round(left * width), round(top * height), round(right * width), round(bottom * height)))


def centre(ratio: float) -> Edit:
    """The largest box in the middle with this ratio of width to height."""

    def edit(image: Image.Image) -> Image.Image:
        width, height = image.size
        return ImageOps.fit(image, (round(min(width, height * ratio)), round(min(height, width / ratio))))

    return edit


def letterboxed(ratio: float, colour: str = "black") -> Edit:
    """Bars of one colour that bring it to this ratio of width to height."""
    return lambda image: ImageOps.pad(image, _around(image, ratio), color=colour)


def blur_filled(ratio: float) -> Edit:
    """The image on a blurred and enlarged copy of itself, of this ratio of width to height."""

    def edit(image: Image.Image) -> Image.Image:
        size = _around(image, ratio)
        ground = ImageOps.fit(image, size).filter(ImageFilter.GaussianBlur(max(size) / 25))
        ground.paste(image, ((size[0] - image.width) // 2, (size[1] - image.height) // 2))
        return ground

    return edit


def bordered(share: float, colour: str = "white") -> Edit:
    """A frame of one colour, as wide as this share of the longer side."""
    return lambda image: ImageOps.expand(image, round(share * max(image.size)), colour)


def with_bar_below(image: Image.Image) -> Image.Image:
    """A square of it above a bar for a caption."""
    square = centre(1.0)(image)
    taller = Image.new("RGB", (square.width, round(square.height * 1.25)), (20, 60, 120))
    taller.paste(square, (0, 0))
    return taller


VERSIONS: Final[Mapping[str, Edit]] = MappingProxyType(
    {
        "cropped by 10%": lambda image: cropped(image, 0.05, 0.05, 0.95, 0.95),
        "cropped by 20%": lambda image: cropped(image, 0.1, 0.1, 0.9, 0.9),
        "cropped at a corner": lambda image: cropped(image, 0.05, 0.05, 1, 1),
        "1:1": centre(1.0),
        "4:5": centre(0.8),
        "9:16": centre(9 / 16),
        "in a frame": bordered(0.08),
        "between bars": letterboxed(1.0),
        "between tall bars": letterboxed(9 / 16, "white"),
        "on a blurred fill": blur_filled(1.0),
        "above a caption": with_bar_below,
    }
)


def _around(image: Image.Image, ratio: float) -> tuple[int, int]:
    return max(image.width, round(image.height * ratio)), max(image.height, round(image.width / ratio))
