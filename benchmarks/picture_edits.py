"""What channels and teams do to a picture: each edit by its kind and strength, on an RGB image of any size."""

import colorsys
import io
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont, ImageOps

Edit = Callable[[Image.Image], Image.Image]
CAPTIONS: Final = (
    "Free delivery this week",
    "Kostenlose Lieferung nur heute",
    "Бесплатная доставка",
    "Livraison offerte",
)


def _scaled(factor: float) -> Edit:
    def edit(image: Image.Image) -> Image.Image:
        size = (max(1, round(image.width * factor)), max(1, round(image.height * factor)))
        return image.resize(size, Image.Resampling.LANCZOS)

    return edit


def _encoded(file_format: str, **options: int) -> Edit:
    def edit(image: Image.Image) -> Image.Image:
        buffer = io.BytesIO()
        image.save(buffer, file_format, **options)
        return Image.open(buffer).convert("RGB")

    return edit


def _hue_turned(degrees: int) -> Edit:
    def edit(image: Image.Image) -> Image.Image:
        hsv = np.asarray(image.convert("HSV")).copy()
        hsv[..., 0] = (hsv[..., 0].astype(int) + round(degrees * 256 / 360)) % 256
        return Image.fromarray(hsv, "HSV").convert("RGB")

    return edit


def _saturated(factor: float) -> Edit:
    return lambda image: ImageEnhance.Color(image).enhance(factor)


def _contrasted(factor: float) -> Edit:
    return lambda image: ImageEnhance.Contrast(image).enhance(factor)


def _grey(image: Image.Image) -> Image.Image:
    return image.convert("L").convert("RGB")


def _banner(share: float, side: str, text: str, colour: tuple[int, int, int]) -> Edit:
    """A bar of the full width that covers this share of the area, with a line of text."""

    def edit(image: Image.Image) -> Image.Image:
        image = image.copy()
        height = int(image.height * share)
        top = 0 if side == "top" else image.height - height
        draw = ImageDraw.Draw(image)
        draw.rectangle((0, top, image.width, top + height), fill=colour)
        font = ImageFont.load_default(max(8, height * 0.5))
        ink = "black" if colorsys.rgb_to_hls(*(part / 255 for part in colour))[1] > 0.5 else "white"
        draw.text((image.width / 2, top + height / 2), text, font=font, fill=ink, anchor="mm")
        return image

    return edit


def _bare_text(share: float, text: str) -> Edit:
    """White text with a dark edge over the lower third; its box covers this share of the area at most."""

    def edit(image: Image.Image) -> Image.Image:
        image = image.copy()
        draw = ImageDraw.Draw(image)
        size = image.height * share * 0.8
        size *= min(1.0, 0.9 * image.width / draw.textlength(text, font=ImageFont.load_default(size)))
        font = ImageFont.load_default(max(8, size))
        where = (image.width / 2, image.height * 0.8)
        draw.text(where, text, font=font, fill="white", stroke_fill="black", stroke_width=2, anchor="mm")
        return image

    return edit


def _corner_box(share: float, text: str) -> Edit:
    """A coloured box at the lower left, of this share of the area and the picture's own proportions."""

    def edit(image: Image.Image) -> Image.Image:
        image = image.copy()
        width, height = (int(side * share**0.5) for side in image.size)
        box = (0, image.height - height, width, image.height)
        draw = ImageDraw.Draw(image)
        draw.rectangle(box, fill=(200, 30, 40))
        font = ImageFont.load_default(max(8, height * 0.18))
        draw.text((width / 2, image.height - height / 2), text, font=font, fill="white", anchor="mm")
        return image

    return edit


def _cropped(share: float, where: str) -> Edit:
    """This share of each dimension cut off: half on either side, or all of it on one."""

    def edit(image: Image.Image) -> Image.Image:
        width, height = image.size
        left, top = (width * share, height * share) if where == "corner" else (width * share / 2, height * share / 2)
        return image.crop(
            (round(left), round(top), round(left + width * (1 - share)), round(top + height * (1 - share)))
        )

    return edit


def _laid_out(ratio: float) -> Edit:
    """The largest box in the middle with this ratio of width to height."""

    def edit(image: Image.Image) -> Image.Image:
        width, height = image.size
        return ImageOps.fit(image, (round(min(width, height * ratio)), round(min(height, width / ratio))))

    return edit


def _framed(share: float, colour: str) -> Edit:
    """A frame of one colour, as wide as this share of the longer side."""
    return lambda image: ImageOps.expand(image, round(share * max(image.size)), colour)


def _blur_filled(ratio: float) -> Edit:
    """The image on a blurred and enlarged copy of itself, of this ratio of width to height."""

    def edit(image: Image.Image) -> Image.Image:
        width, height = image.size
        size = (max(width, round(height * ratio)), max(height, round(width / ratio)))
        ground = ImageOps.fit(image, size).filter(ImageFilter.GaussianBlur(max(size) / 25))
        ground.paste(image, ((size[0] - width) // 2, (size[1] - height) // 2))
        return ground

    return edit


def _above_a_caption(image: Image.Image) -> Image.Image:
    """A square of it above a bar of a quarter of its height, with a line of text."""
    square = _laid_out(1.0)(image)
    taller = Image.new("RGB", (square.width, round(square.height * 1.25)))
    taller.paste(square, (0, 0))
    return _banner(0.2, "bottom", CAPTIONS[0], (20, 60, 120))(taller)


def _letterboxed(ratio: float) -> Edit:
    """Bars that bring the picture to this ratio of width to height."""

    def edit(image: Image.Image) -> Image.Image:
        width, height = image.size
        size = (max(width, round(height * ratio)), max(height, round(width / ratio)))
        return ImageOps.pad(image, size, color="black")

    return edit


def _watermarked(opacity: float, tiled: bool) -> Edit:
    def edit(image: Image.Image) -> Image.Image:
        layer = Image.new("RGBA", image.size, (255, 255, 255, 0))
        draw = ImageDraw.Draw(layer)
        font = ImageFont.load_default(max(8, image.height * (0.06 if tiled else 0.15)))
        ink = (255, 255, 255, round(255 * opacity))
        step = image.height // 5
        tiles = [(x, y) for y in range(0, image.height, step) for x in range(0, image.width, 2 * step)]
        for place in tiles if tiled else [(image.width // 5, image.height * 2 // 5)]:
            draw.text(place, "northwind.example", font=font, fill=ink)
        return Image.alpha_composite(image.convert("RGBA"), layer).convert("RGB")

    return edit


# Each edit by its family and its strength.
EDITS: Final[Mapping[str, Mapping[str, Edit]]] = MappingProxyType(
    {
        "resized": {f"x {factor}": _scaled(factor) for factor in (0.2, 0.35, 0.5, 0.75, 1.5, 2.0)},
        "re-encoded": {
            **{f"JPEG {quality}": _encoded("JPEG", quality=quality) for quality in (30, 50, 75, 95)},
            "WebP 50": _encoded("WEBP", quality=50),
            "WebP 80": _encoded("WEBP", quality=80),
            "PNG": _encoded("PNG"),
        },
        "recoloured": {
            **{f"hue {degrees}": _hue_turned(degrees) for degrees in (-60, -20, 20, 60, 120, 180)},
            **{f"saturation {factor}": _saturated(factor) for factor in (0.4, 0.7, 1.5, 2.0)},
            **{f"contrast {factor}": _contrasted(factor) for factor in (0.6, 0.8, 1.3, 1.6)},
            "grey": _grey,
        },
        "captioned": {
            "bar below 15%": _banner(0.15, "bottom", CAPTIONS[0], (20, 20, 20)),
            "bar below 15%, other language": _banner(0.15, "bottom", CAPTIONS[1], (250, 250, 245)),
            "bar above 10%": _banner(0.10, "top", CAPTIONS[2], (250, 210, 40)),
            "text 8%": _bare_text(0.08, CAPTIONS[3]),
            "text 15%": _bare_text(0.15, CAPTIONS[1]),
            "box 10%": _corner_box(0.10, CAPTIONS[0]),
            "box 15%": _corner_box(0.15, CAPTIONS[2]),
        },
        "watermarked": {
            "across": _watermarked(0.5, tiled=False),
            "tiled": _watermarked(0.35, tiled=True),
        },
        "cropped": {
            "2%": _cropped(0.02, "centre"),
            "5%": _cropped(0.05, "centre"),
            "5%, one corner": _cropped(0.05, "corner"),
            "10%": _cropped(0.1, "centre"),
            "20%": _cropped(0.2, "centre"),
        },
        "framed": {"3%": _framed(0.03, "white"), "8%": _framed(0.08, "black")},
        "letterboxed": {"16:9": _letterboxed(16 / 9), "1:1": _letterboxed(1.0), "9:16": _letterboxed(9 / 16)},
        "laid out anew": {"1:1": _laid_out(1.0), "4:5": _laid_out(0.8), "9:16": _laid_out(9 / 16)},
        "blurred fill": {"1:1": _blur_filled(1.0), "9:16": _blur_filled(9 / 16)},
        "cropped and captioned": {"1:1, bar below": _above_a_caption},
        "mirrored": {"left to right": ImageOps.mirror},
    }
)
