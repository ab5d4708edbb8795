"""A price is struck through, and it will not stay: a tag, a countdown, a calendar, a banner."""

from collections.abc import Sequence
from typing import Final

from tests.support.seen_ads.pictures.pen import INK, PAPER, Pen
from tests.support.seen_ads.pictures.products import Product

_RED: Final = "#d7263d"


def price_tag(pen: Pen, product: Product, words: Sequence[str], look: int) -> None:
    """A tag hangs on the product. words : old price, new price, until when."""
    old, new, until = words

    def tag(paper: Pen) -> None:
        paper.shape((0, 50), (22, 4), (100, 4), (100, 96), (22, 96), fill=_RED)
        paper.disc(16, 50, 5, PAPER)
        struck_price(paper, old, (30, 8, 90, 36), "#ffd9de")
        paper.words(new, (24, 38, 98, 92), 36, PAPER)

    product.paint(pen.inside((5, 20, 47, 62)))
    pen.line((44, 26), (52, 34), width=0.6)
    pen.tilted((46, 14, 96, 64), 6, tag)
    pen.box((0, 76, 100, 94), INK)
    _clock(pen.inside((5, 78, 19, 92)))
    pen.words(until, (22, 77, 97, 93), 7, PAPER)


def countdown(pen: Pen, product: Product, words: Sequence[str], look: int) -> None:
    """Digits run down. words : what ends, hours:minutes:seconds, old price, new price."""
    title, left, old, new = words
    pen.box((0, 0, 100, 52), INK)
    pen.words(title, (5, 3, 95, 16), 7.5, PAPER)
    for number, (digits, unit) in enumerate(zip(left.split(":"), ("HOURS", "MIN", "SEC"), strict=True)):
        x = 8 + 29 * number
        pen.box((x, 18, x + 26, 42), "#3a3f47", radius=2)
        pen.words(digits, (x, 18, x + 26, 42), 19, "#ffcf33")
        pen.words(unit, (x, 43, x + 26, 50), 4, "#b8bec7")
        if number:
            pen.disc(x - 1.5, 26, 0.8, PAPER)
            pen.disc(x - 1.5, 34, 0.8, PAPER)
    product.paint(pen.inside((7, 56, 47, 96)))
    struck_price(pen, old, (52, 57, 94, 71), INK)
    pen.box((52, 73, 94, 95), _RED, radius=3)
    pen.words(new, (54, 74, 92, 94), 15, PAPER)


def calendar(pen: Pen, product: Product, words: Sequence[str], look: int) -> None:
    """A leaf of a calendar whose days are crossed out up to the last. words : month, last day, old price, new price."""
    month, last, old, new = words
    pen.box((6, 6, 66, 72), PAPER, "#9a9a9a", 0.6, radius=2)
    pen.box((6, 6, 66, 19), _RED, radius=2)
    pen.words(month, (8, 7, 64, 18), 8, PAPER)
    final = int(last)
    for day in range(1, 31 + 1):
        x, y = 10.5 + (day - 1) % 7 * 8.5, 26 + (day - 1) // 7 * 10
        pen.words(str(day), (x - 4, y - 4, x + 4, y + 4), 4.2)
        if final - 3 > day:
            pen.line((x - 3, y - 3), (x + 3, y + 3), fill="#8d8d8d", width=0.7)
            pen.line((x - 3, y + 3), (x + 3, y - 3), fill="#8d8d8d", width=0.7)
        if day == final:
            pen.disc(x, y, 5, None, _RED, 1)
    pen.words("LAST DAY!", (8, 73, 66, 81), 6, _RED)
    product.paint(pen.inside((70, 8, 96, 34)))
    pen.cog(78, 68, 21, 18, 16, "#ffcf33")
    struck_price(pen, old, (66, 54, 90, 65), INK)
    pen.words(new, (62, 65, 94, 82), 14, _RED)
    pen.box((0, 90, 100, 100), product.accent)
    pen.words(f"Only until {last} {month}", (2, 91, 98, 99), 5.5, PAPER)


def banner(pen: Pen, product: Product, words: Sequence[str], look: int) -> None:
    """A flyer with what is taken off in large type. words : what is taken off, old price, new price, until when."""
    off, old, new, until = words
    pen.shape((0, 0), (100, 0), (100, 34), (0, 54), fill=_RED)
    pen.words(off, (4, 4, 96, 38), 27, PAPER)
    product.paint(pen.inside((6, 48, 44, 86)))
    struck_price(pen, old, (50, 48, 92, 62), INK)
    pen.words(new, (50, 62, 94, 82), 16, _RED)
    for x in range(0, 100, 10):
        pen.shape((x, 87), (x + 5, 87), (x, 100), (x - 5, 100), fill="#ffcf33")
        pen.shape((x + 5, 87), (x + 10, 87), (x + 5, 100), (x, 100), fill=INK)
    pen.box((14, 88, 86, 99), PAPER, radius=2)
    pen.words(until, (16, 88, 84, 99), 6)


def struck_price(pen: Pen, price: str, box: tuple[float, float, float, float], fill: str) -> None:
    """A price with a line through it, in a box."""
    left, top, right, bottom = box
    pen.words(price, box, bottom - top, fill)
    middle, half = (left + right) / 2, (right - left) / 2
    reach = min(half, len(price) * (bottom - top) * 0.34)
    pen.line((middle - reach, bottom - 3), (middle + reach, top + 3), fill=_RED if fill == INK else PAPER, width=1.4)


def _clock(pen: Pen) -> None:
    pen.disc(50, 50, 46, PAPER)
    pen.line((50, 54), (50, 16), fill=_RED, width=8)
    pen.line((46, 50), (76, 62), fill=INK, width=8)
