"""How to do it: numbered panels in a column, a grid with arrows, a page of a notebook."""

from collections.abc import Sequence

from tests.support.seen_ads.pictures.pen import INK, PAPER, Pen
from tests.support.seen_ads.pictures.products import Product


def column(pen: Pen, product: Product, words: Sequence[str], look: int) -> None:
    """Numbered panels below each other. words : the steps."""
    height = 96 / len(words)
    for number, text in enumerate(words):
        top = 2 + height * number
        middle = top + height / 2
        pen.box((4, top + 1.5, 74, top + height - 1.5), PAPER, product.accent, 0.5, radius=3)
        pen.disc(16, middle, 8, product.accent)
        pen.words(str(number + 1), (8, middle - 8, 24, middle + 8), 11, PAPER)
        pen.words(text, (27, top + 2, 72, top + height - 2), 6.5, middle=False)
        if number:
            pen.shape((34, top - 1.5), (44, top - 1.5), (39, top + 2), fill=product.accent)
    product.paint(pen.inside((76, 38, 98, 60)))


def grid(pen: Pen, product: Product, words: Sequence[str], look: int) -> None:
    """Four panels, each with its part of the work done on the product. words : the steps."""
    for number, text in enumerate(words):
        left, top = 3 + 48 * (number % 2), 3 + 48 * (number // 2)
        pen.box((left, top, left + 46, top + 46), PAPER, INK, 0.5, radius=2)
        pen.box((left + 2, top + 2, left + 44, top + 30), product.ground)
        product.paint(pen.inside((left + 12, top + 4, left + 36, top + 28)))
        pen.disc(left + 7, top + 7, 5, product.accent)
        pen.words(str(number + 1), (left + 2, top + 2, left + 12, top + 12), 7, PAPER)
        _arm(pen.inside((left + 26, top + 14, left + 44, top + 30)))
        pen.words(text, (left + 2, top + 31, left + 44, top + 45), 5.5)
    for x, y in ((50, 18), (50, 66)):
        pen.shape((x - 3, y - 4), (x - 3, y + 4), (x + 4, y), fill=product.accent)


def notebook(pen: Pen, product: Product, words: Sequence[str], look: int) -> None:
    """A page with numbered lines and a pencil. words : title, the steps."""
    title, *steps = words
    pen.box((9, 4, 86, 97), PAPER, "#b8b8b8", 0.5, radius=2)
    for hole in range(10, 96, 7):
        pen.disc(12.5, hole, 1.3, product.ground, "#888888", 0.3)
        pen.arc(9.5, hole, 3, 150, 350, "#777777", 0.7)
    pen.words(title, (18, 6, 84, 19), 7.5, product.accent)
    pen.line((18, 20), (80, 20), fill=product.accent, width=0.8)
    height = min(17.0, 70 / len(steps))
    for number, text in enumerate(steps):
        y = 22 + height * (number + 0.5)
        pen.words(f"{number + 1}.", (18, y - 7, 27, y + 7), 8, product.accent)
        pen.words(text, (29, y - 8, 77, y + 5.5), 6.5, "#24408e", middle=False)
        pen.line((29, y + 6), (82, y + 6), fill="#d5dde6", width=0.4)
    product.paint(pen.inside((72, 74, 97, 99)))
    pen.shape((91, 26), (95, 27), (90, 62), (86, 61), fill="#f2b705")
    pen.shape((86, 61), (90, 62), (86.6, 69), fill="#e8c39a")
    pen.shape((86.3, 66), (88, 66.4), (86.6, 69), fill=INK)
    pen.shape((91, 26), (95, 27), (95.7, 22), (91.7, 21), fill="#ef8f9f")


def _arm(pen: Pen) -> None:
    pen.shape((100, 62), (100, 100), (44, 84), (52, 58), fill="#3f6fa8")
    pen.disc(40, 66, 20, "#e8b48a")
    pen.line((36, 62), (4, 38), fill="#e8b48a", width=14)
    pen.line((30, 74), (6, 66), fill="#e8b48a", width=12)
