"""A pen that draws in shares of an area, so that an object can be drawn in any box of a picture."""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Sequence
from typing import Final

from PIL import Image, ImageDraw, ImageFont

Point = tuple[float, float]
Box = tuple[float, float, float, float]

SIDE: Final = 800  # pixels
INK: Final = "#23262b"
PAPER: Final = "#ffffff"
GOLD: Final = "#e0a100"
_FINER: Final = 2  # drawn so many times larger, then scaled down, so that edges are smooth
_QUOTES: Final = "\u201c\u201d"
_LINE: Final = 1.2  # from line to line, in heights of a letter


class Pen:
    """Draws on an area. Places, lengths and heights of letters are hundredths of it: (0, 0) to (100, 100)."""

    def __init__(self, image: Image.Image, left: float, top: float, width: float, height: float) -> None:
        self._image, self._left, self._top = image, left, top
        self._across, self._down = width / 100, height / 100
        self._draw = ImageDraw.Draw(image)

    @classmethod
    def on(cls, ground: str) -> Pen:
        """A pen on a new square picture of one colour."""
        image = Image.new("RGB", (SIDE * _FINER, SIDE * _FINER), ground)
        return cls(image, 0, 0, *image.size)

    @classmethod
    def over(cls, picture: bytes) -> Pen:
        """A pen on a picture that is there already, a square one."""
        with Image.open(io.BytesIO(picture)) as opened:
            image = opened.convert("RGB").resize((SIDE * _FINER, SIDE * _FINER))
        return cls(image, 0, 0, *image.size)

    def png(self) -> bytes:
        """The whole picture as a file, 800 by 800."""
        file = io.BytesIO()
        self._image.reduce(_FINER).save(file, "PNG")
        return file.getvalue()

    def inside(self, box: Box) -> Pen:
        """A pen whose area is a box of this one's."""
        (left, top), (right, bottom) = self._at((box[0], box[1]), (box[2], box[3]))
        return Pen(self._image, left, top, right - left, bottom - top)

    def tilted(self, box: Box, degrees: float, paint: Callable[[Pen], None]) -> None:
        """Paint in a box that is turned around its middle. degrees : against the clock."""
        (left, top), (right, bottom) = self._at((box[0], box[1]), (box[2], box[3]))
        layer = Image.new("RGBA", (round(right - left), round(bottom - top)))
        paint(Pen(layer, 0, 0, *layer.size))
        turned = layer.rotate(degrees, Image.Resampling.BICUBIC, expand=True)
        middle_x, middle_y = (left + right) / 2, (top + bottom) / 2
        self._image.paste(turned, (round(middle_x - turned.width / 2), round(middle_y - turned.height / 2)), turned)

    def fade(self, box: Box) -> None:
        """Take the colour out of what is in a box."""
        (left, top), (right, bottom) = self._at((box[0], box[1]), (box[2], box[3]))
        area = (round(left), round(top), round(right), round(bottom))
        self._image.paste(self._image.crop(area).convert("L"), area)

    def box(self, box: Box, fill: str | None, line: str | None = None, width: float = 0.5, radius: float = 0) -> None:
        """A rectangle, with round corners where there is a radius."""
        (left, top), (right, bottom) = self._at((box[0], box[1]), (box[2], box[3]))
        edges = (left, top, right, bottom)
        self._draw.rounded_rectangle(edges, self._length(radius), fill, line, round(self._length(width)))

    def disc(self, x: float, y: float, radius: float, fill: str | None, line: str | None = None, width: float = 0.5,
             flat: float = 1) -> None:  # fmt: skip
        """A circle, or an ellipse of so much of its height."""
        corners = self._at((x - radius, y - radius * flat), (x + radius, y + radius * flat))
        self._draw.ellipse([*corners[0], *corners[1]], fill, line, round(self._length(width)))

    def shape(self, *points: Point, fill: str) -> None:
        """A polygon."""
        self._draw.polygon(self._at(*points), fill=fill)

    def line(self, *points: Point, fill: str = INK, width: float = 0.8) -> None:
        """A line through points."""
        self._draw.line(self._at(*points), fill, max(1, round(self._length(width))), joint="curve")

    def arc(
        self, x: float, y: float, radius: float, start: float, end: float, fill: str = INK, width: float = 1
    ) -> None:
        """A part of a circle. start, end : degrees with the clock, from three o'clock."""
        corners = self._at((x - radius, y - radius), (x + radius, y + radius))
        self._draw.arc([*corners[0], *corners[1]], start, end, fill, round(self._length(width)))

    def star(self, x: float, y: float, radius: float, fill: str = GOLD) -> None:
        """A star with five points."""
        self.shape(*_ring(x, y, radius, radius * 0.42, 5), fill=fill)

    def cog(self, x: float, y: float, outer: float, inner: float, points: int, fill: str) -> None:
        """A disc with a toothed edge."""
        self.shape(*_ring(x, y, outer, inner, points), fill=fill)

    def words(self, text: str, box: Box, size: float, fill: str = INK, middle: bool = True) -> None:
        """Words in a box, from its left side or in its middle, smaller than asked where they do not fit.

        Raises ValueError for letters that the font of PIL does not have.
        """
        if not text.strip(_QUOTES).isascii():
            raise ValueError(f"Only ASCII letters and quotation marks can be painted: {text}")
        (left, top), (right, bottom) = self._at((box[0], box[1]), (box[2], box[3]))
        height = max(8, round(size * min(self._across, self._down)))
        lines = self._wrapped(text, right - left, height)
        while height > 8 and (not lines or len(lines) * height * _LINE > bottom - top):
            height -= 1
            lines = self._wrapped(text, right - left, height)
        font = ImageFont.load_default(size=height)
        x = (left + right) / 2 if middle else left
        y = (top + bottom - (len(lines) - 1) * height * _LINE) / 2
        for number, line in enumerate(lines):
            at = (x, y + number * height * _LINE)
            self._draw.text(at, line, fill, font, anchor="mm" if middle else "lm")

    def _wrapped(self, text: str, width: float, height: float) -> list[str]:
        """The lines of a text; none where a word is wider than the width."""
        font = ImageFont.load_default(size=height)
        lines: list[str] = []
        for word in text.split():
            if font.getlength(word) > width:
                return []
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and font.getlength(longer) <= width:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines

    def _at(self, *points: Point) -> list[Point]:
        return [(self._left + x * self._across, self._top + y * self._down) for x, y in points]

    def _length(self, share: float) -> float:
        return share * min(self._across, self._down)


def _ring(x: float, y: float, outer: float, inner: float, points: int) -> Sequence[Point]:
    places = []
    for number in range(2 * points):
        radius, turn = (outer, inner)[number % 2], number * math.pi / points
        places.append((x + radius * math.sin(turn), y - radius * math.cos(turn)))
    return places
