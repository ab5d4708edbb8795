"""A trouble, and how it went away: two halves, rain and sun, two photographs, a desk before and after."""

from collections.abc import Sequence
from typing import Final

from tests.support.seen_ads.pictures.pen import INK, PAPER, Pen
from tests.support.seen_ads.pictures.people import Mood, head, person
from tests.support.seen_ads.pictures.products import Product

_GREY: Final = "#a3a3a3"
_GREEN: Final = "#2e9e5b"


def halves(pen: Pen, product: Product, words: Sequence[str], look: int) -> None:
    """Grey on the left, colour on the right. words : before, after."""
    pen.box((0, 0, 50, 100), _GREY)
    pen.box((49.2, 0, 50.8, 100), PAPER)
    moods: tuple[Mood, Mood] = ("sad", "glad")
    for left, title, mood, text in zip((0, 50), ("BEFORE", "AFTER"), moods, words, strict=True):
        grey = left == 0
        pen.words(title, (left + 3, 4, left + 47, 14), 8, PAPER if grey else product.accent)
        person(pen.inside((left + 3, 16, left + 47, 60)), mood, product.accent, look, grey)
        pen.words(text, (left + 4, 61, left + 46, 76), 5.5, PAPER if grey else INK)
    product.paint(pen.inside((64, 77, 86, 99)))
    _cross(pen.inside((19, 80, 33, 94)))


def twice(pen: Pen, product: Product, words: Sequence[str], look: int) -> None:
    """The object itself, grey with stings around it, then in its colours and light. words : before, after."""
    product.paint(pen.inside((6, 26, 44, 64)))
    pen.fade((0, 0, 50, 100))
    pen.box((49.2, 0, 50.8, 100), PAPER)
    for x, y in ((4, 24), (36, 20), (5, 52), (40, 50)):
        pen.line((x, y), (x + 5, y + 3), (x + 1, y + 6), (x + 6, y + 10), fill="#d7263d", width=1.2)
    product.paint(pen.inside((56, 26, 94, 64)))
    for x, y in ((57, 26), (93, 22), (54, 54), (95, 58)):
        pen.cog(x, y, 4, 1.2, 4, "#f2b705")
    pen.words("BEFORE", (3, 4, 47, 14), 8, INK)
    pen.words("AFTER", (53, 4, 97, 14), 8, product.accent)
    pen.words(words[0], (4, 70, 46, 90), 7)
    pen.words(words[1], (54, 70, 96, 90), 7)


def stacked(pen: Pen, product: Product, words: Sequence[str], look: int) -> None:
    """Rain above, sun below. words : before, after."""
    pen.box((0, 0, 100, 50), "#6b7480")
    for x, y in ((62, 12), (72, 8), (82, 12), (74, 15)):
        pen.disc(x, y, 9, "#4a525d", flat=0.6)
    for number in range(10):
        x, y = 57 + number * 4, 17 + number % 3 * 4
        pen.line((x, y), (x - 2, y + 5), fill="#b9d3ee", width=0.7)
    person(pen.inside((4, 8, 46, 50)), "sad", product.accent, look, grey=True)
    pen.words(words[0], (58, 32, 98, 48), 6.5, PAPER)
    pen.disc(92, 60, 7, "#ffc928")
    person(pen.inside((4, 58, 46, 100)), "glad", product.accent, look)
    pen.words(words[1], (50, 58, 84, 76), 6.5)
    product.paint(pen.inside((62, 75, 86, 99)))
    pen.disc(50, 50, 8, _GREEN, PAPER, 1)
    pen.box((48.7, 44.5, 51.3, 51), PAPER)
    pen.shape((45, 50), (55, 50), (50, 56), fill=PAPER)


def frames(pen: Pen, product: Product, words: Sequence[str], look: int) -> None:
    """Two photographs with an arrow from one to the other. words : what stands under each."""

    def photo(paper: Pen, text: str, good: bool) -> None:
        paper.box((0, 0, 100, 100), PAPER)
        paper.box((6, 5, 94, 66), product.ground if good else "#8f8f8f")
        person(paper.inside((10, 10, 90, 66)), "glad" if good else "sad", product.accent, look, grey=not good)
        paper.words(text, (5, 68, 95, 97), 12)

    pen.box((0, 0, 100, 100), product.accent)
    pen.tilted((3, 8, 49, 66), 4, lambda paper: photo(paper, words[0], False))
    pen.tilted((51, 26, 97, 84), -4, lambda paper: photo(paper, words[1], True))
    pen.arc(50, 30, 18, 245, 330, PAPER, 1.6)
    pen.shape((62, 19), (69, 17), (67, 25), fill=PAPER)
    pen.box((6, 72, 32, 98), product.ground, radius=3)
    product.paint(pen.inside((8, 74, 30, 96)))


def desks(pen: Pen, product: Product, words: Sequence[str], look: int) -> None:
    """A desk under heaps of paper, and the same desk with one sheet. words : what stands above each."""
    for top, text in ((0, words[0]), (50, words[1])):
        grey = top == 0
        pen.box((0, top, 100, top + 50), "#8b8b8b" if grey else product.ground)
        pen.words(text, (3, top + 2, 97, top + 11), 6.5, PAPER if grey else product.accent)
        pen.box((0, top + 42, 100, top + 50), "#5f5f5f" if grey else "#a9764a")
        head(pen.inside((38, top + 16, 62, top + 42)), "sad" if grey else "glad", look, grey)
    for number in range(16):
        x, y = 3 + number * 29 % 84, 41 - number % 4 * 6
        if not 30 < x < 58:
            pen.tilted((x, y - 9, x + 11, y + 4), number * 47 % 60 - 30, _paper)
    product.paint(pen.inside((70, 70, 94, 94)))
    pen.box((10, 76, 24, 92), PAPER, INK, 0.5, radius=2)
    pen.disc(17, 72, 6, "#58a55c")
    pen.box((0, 49.3, 100, 50.7), PAPER)


def _paper(pen: Pen) -> None:
    pen.box((4, 4, 96, 96), "#e6e6e6", "#555555", 4)
    for y in (24, 42, 60, 78):
        pen.line((16, y), (84, y), fill="#777777", width=5)


def _cross(pen: Pen) -> None:
    pen.line((8, 8), (92, 92), fill="#d7263d", width=16)
    pen.line((8, 92), (92, 8), fill="#d7263d", width=16)
