"""Something to smile at: the product that speaks, a picture between two lines, a strip of two panels."""

from collections.abc import Sequence

from tests.support.seen_ads.pictures.pen import INK, PAPER, Pen
from tests.support.seen_ads.pictures.people import Mood, bubble, person
from tests.support.seen_ads.pictures.products import Product


def talking(pen: Pen, product: Product, words: Sequence[str], look: int) -> None:
    """The product with eyes, arms and legs. words : what it says, who it is."""
    says, who = words
    pen.disc(36, 89, 30, "#cbbfa8", flat=0.12)
    for points in (
        ((28, 76), (25, 88), (19, 88)),
        ((46, 76), (49, 88), (55, 88)),
        ((15, 60), (5, 70), (8, 76)),
        ((59, 60), (70, 52), (72, 44)),
    ):
        pen.line(*points, width=1.4)
    product.paint(pen.inside((12, 36, 62, 82)))
    for x in (30, 44):
        pen.disc(x, 52, 5.5, PAPER, INK, 0.5)
        pen.disc(x + 1.6, 53, 2.2, INK)
    pen.line((24, 45), (33, 43), width=1.2)
    pen.line((41, 43), (50, 45), width=1.2)
    pen.shape((30, 62), (46, 60), (42, 68), (34, 69), fill="#7b1e2b")
    bubble(pen, (36, 4, 96, 28), (50, 38), says, 6.5)
    pen.words(who, (56, 84, 98, 96), 5, product.accent)


def meme(pen: Pen, product: Product, words: Sequence[str], look: int) -> None:
    """A face that shows nothing beside the product, between two lines of large type. words : above, below."""
    pen.box((0, 0, 100, 100), "#15171a")
    pen.box((3, 20, 97, 80), product.ground)
    person(pen.inside((5, 22, 63, 80)), "deadpan", product.accent, look)
    product.paint(pen.inside((60, 36, 94, 70)))
    pen.words(words[0].upper(), (4, 2, 96, 19), 8.5, PAPER)
    pen.words(words[1].upper(), (4, 81, 96, 98), 8.5, PAPER)


def comic(pen: Pen, product: Product, words: Sequence[str], look: int) -> None:
    """Two panels: one asks, the other answers with a straight face. words : what each says."""
    moods: tuple[Mood, Mood] = ("glad", "deadpan")
    for left, text, mood, tip in zip((2, 51), words, moods, (22, 78), strict=True):
        pen.box((left, 3, left + 47, 97), PAPER, INK, 0.8)
        pen.box((left + 1, 70, left + 46, 96), product.ground)
        bubble(pen, (left + 3, 6, left + 44, 36), (tip, 48), text, 6)
        who = look if left == 2 else look + 1
        shirt = product.accent if left == 2 else "#e0a100"
        place = (left + 2, 42, left + 40, 84) if left == 2 else (left + 8, 42, left + 46, 84)
        person(pen.inside(place), mood, shirt, who)
        pen.box((left + 1, 84, left + 46, 96), "#8a5a33")
    product.paint(pen.inside((28, 70, 48, 90)))
