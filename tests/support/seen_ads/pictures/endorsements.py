"""Somebody who knows vouches for it: a seal, a laboratory, a specialist, a cup."""

from collections.abc import Sequence
from typing import Final

from tests.support.seen_ads.pictures.pen import GOLD, INK, PAPER, Pen
from tests.support.seen_ads.pictures.people import bubble, specialist
from tests.support.seen_ads.pictures.products import Product

_DARK_GOLD: Final = "#8c6d1f"
_GREEN: Final = "#2e8b57"


def seal(pen: Pen, product: Product, words: Sequence[str], look: int) -> None:
    """A gold seal with ribbons. words : who awards it, the verdict, for what."""
    body, verdict, subject = words
    pen.shape((30, 52), (22, 94), (34, 86), (42, 96), (48, 56), fill=product.accent)
    pen.shape((54, 56), (56, 96), (63, 86), (73, 92), (70, 52), fill=product.accent)
    pen.cog(50, 38, 36, 32.5, 28, "#d4af37")
    pen.disc(50, 38, 28, PAPER, _DARK_GOLD, 1)
    pen.star(50, 17, 4, _DARK_GOLD)
    pen.words(body, (30, 21, 70, 32), 5, _DARK_GOLD)
    pen.words(verdict, (27, 32, 73, 47), 13)
    pen.words(subject, (31, 47, 69, 58), 5, _DARK_GOLD)
    product.paint(pen.inside((76, 73, 99, 96)))


def laboratory(pen: Pen, product: Product, words: Sequence[str], look: int) -> None:
    """A test in a laboratory, with its report. words : title, what was tested, each with its result, the verdict."""
    title, *tested, verdict = words
    pen.box((0, 74, 100, 100), "#b9c4cc")
    pen.box((2, 6, 44, 10), "#9aa8b2")
    _flask(pen.inside((3, 46, 23, 80)), "#7fd1c7")
    _flask(pen.inside((24, 54, 40, 80)), "#f2a65a")
    _microscope(pen.inside((4, 10, 36, 44)))
    pen.box((2, 43, 42, 46), "#9aa8b2")
    product.paint(pen.inside((14, 78, 35, 99)))
    pen.box((46, 6, 97, 94), "#8a5a33", radius=2)
    pen.box((49, 11, 94, 91), PAPER)
    pen.box((62, 3, 81, 10), "#5f6b73", radius=2)
    pen.words(title, (51, 12, 92, 25), 5.5, INK)
    for number, line in enumerate(tested):
        y = 32 + 13 * number
        pen.line((52, y), (54.5, y + 3), (59, y - 4), fill=_GREEN, width=1.5)
        pen.words(line, (61, y - 6, 93, y + 6), 5, middle=False)
    pen.tilted((52, 69, 92, 89), 7, lambda stamp: _stamp(stamp, verdict))


def expert(pen: Pen, product: Product, words: Sequence[str], look: int) -> None:
    """A specialist in a white coat beside the product. words : what the specialist says, name and field."""
    says, who = words
    specialist(pen.inside((0, 22, 62, 88)), look)
    bubble(pen, (42, 5, 97, 29), (44, 46), says, 6.5)
    product.paint(pen.inside((62, 44, 96, 78)))
    pen.box((58, 78, 100, 81), "#8a97a0")
    pen.box((0, 86, 100, 100), product.accent)
    pen.words(who, (3, 87, 97, 99), 5.5, PAPER)


def trophy(pen: Pen, product: Product, words: Sequence[str], look: int) -> None:
    """A cup between laurels. words : the award, who gave it."""
    award, giver = words
    pen.box((0, 0, 100, 100), product.accent)
    for side in (1, -1):
        for number in range(7):
            x, y = 50 + side * (34 - abs(number - 3) * 1.5), 62 - 8 * number
            pen.disc(x, y, 4.4, "#c9a94a", flat=0.62)
            pen.disc(x - side * 4, y - 3, 3.4, "#e3c871", flat=0.7)
    for side in (1, -1):
        pen.arc(50 + side * 17, 25, 9, 0, 360, GOLD, 2)
    pen.shape((32, 12), (68, 12), (62, 40), (54, 48), (46, 48), (38, 40), fill="#f0c33c")
    pen.box((47, 46, 53, 58), "#d39b00")
    pen.box((36, 58, 64, 66), "#5a4a2a", radius=1)
    pen.star(50, 27, 9, PAPER)
    pen.words(award, (4, 68, 96, 79), 8.5, "#ffe9a8")
    pen.words(giver, (8, 80, 74, 95), 5, PAPER)
    pen.box((78, 79, 97, 98), product.ground, radius=3)
    product.paint(pen.inside((79.5, 80.5, 95.5, 96.5)))


def _flask(pen: Pen, liquid: str) -> None:
    pen.shape((38, 4), (62, 4), (62, 40), (96, 98), (4, 98), (38, 40), fill="#e9f2f6")
    pen.shape((26, 62), (74, 62), (94, 96), (6, 96), fill=liquid)
    pen.line((38, 4), (38, 40), (4, 98), (96, 98), (62, 40), (62, 4), fill="#607d8b", width=3)
    for x, y in ((40, 78), (58, 70), (66, 86)):
        pen.disc(x, y, 5, PAPER)


def _microscope(pen: Pen) -> None:
    pen.box((14, 88, 88, 98), "#37474f", radius=3)
    pen.arc(46, 56, 36, 280, 70, "#37474f", 9)
    pen.box((22, 66, 66, 73), "#37474f")
    pen.shape((30, 8), (46, 4), (56, 48), (40, 52), fill="#546e7a")
    pen.shape((42, 52), (54, 49), (56, 60), (46, 62), fill=INK)


def _stamp(pen: Pen, verdict: str) -> None:
    pen.box((2, 6, 98, 94), None, _GREEN, 8, radius=12)
    pen.words(verdict, (8, 10, 92, 90), 58, _GREEN)
