"""A customer speaks: a card with stars, a note by hand, a chat, a portrait with the product."""

from collections.abc import Sequence

from tests.support.seen_ads.pictures.pen import INK, PAPER, Pen
from tests.support.seen_ads.pictures.people import SKINS, bubble, person, stars
from tests.support.seen_ads.pictures.products import Product


def quote_card(pen: Pen, product: Product, words: Sequence[str], look: int) -> None:
    """A quotation with five stars above a round portrait. words : quotation, who says it."""
    quote, who = words
    pen.box((6, 6, 94, 66), PAPER, radius=4)
    pen.words("\u201c", (10, 2, 26, 42), 32, product.accent)
    pen.words(f"\u201c{quote}\u201d", (12, 20, 88, 48), 8)
    stars(pen, (30, 50, 70, 58))
    pen.disc(19, 81, 14, product.accent)
    person(pen.inside((7, 66, 31, 93)), "glad", product.accent, look)
    pen.words(who, (35, 72, 66, 90), 4.5, middle=False)
    product.paint(pen.inside((68, 69, 94, 95)))


def note(pen: Pen, product: Product, words: Sequence[str], look: int) -> None:
    """A review written by hand on a note that is pinned up. words : review, signature."""
    review, signature = words

    def paper(sheet: Pen) -> None:
        sheet.box((0, 0, 100, 100), "#fffbe0")
        for y in range(26, 92, 11):
            sheet.line((4, y), (96, y), fill="#c9d9ea", width=0.5)
        for number in range(5):
            sheet.star(22 + 14 * number, 13 + number % 2, 7, "#d99b00")
        sheet.words(review, (8, 24, 92, 78), 9, "#24408e")
        sheet.words(signature, (6, 78, 68, 92), 8, "#24408e")
        sheet.line((14, 93), (38, 91), (60, 94), fill="#24408e", width=0.8)

    pen.box((0, 0, 100, 100), "#b98a5a")
    for number in range(60):
        pen.disc(number * 37 % 101, number * 53 % 97, 0.8, "#a67747")
    pen.tilted((8, 6, 82, 76), 5, paper)
    pen.disc(46, 7, 3, "#d7263d")
    pen.tilted((66, 66, 97, 97), -6, lambda photo: _photo(photo, product))


def chat(pen: Pen, product: Product, words: Sequence[str], look: int) -> None:
    """A chat on a telephone, with a picture of what it is about. words : the customer, what is written by turns."""
    customer, *written = words
    pen.box((17, 2, 83, 98), "#1c1c1e", radius=8)
    pen.box((20, 8, 80, 92), "#eae6df", radius=3)
    pen.box((20, 8, 80, 18), product.accent, radius=3)
    pen.disc(26, 13, 3.6, PAPER)
    pen.words(customer, (32, 9, 78, 17), 4.5, PAPER, middle=False)
    top = 19.5
    for number, text in enumerate(written):
        is_asked = text.endswith("?")
        height = 8 if len(text) < 24 else 14
        left, right, fill = (40, 78, "#d6f5c4") if is_asked else (22, 70, PAPER)
        pen.box((left, top, right, top + height), fill, radius=2.5)
        pen.words(text, (left + 2, top + 1, right - 2, top + height - 1), 4.2, middle=False)
        top += height + 1.5
        if number == 1:
            pen.box((22, top, 48, top + 22), PAPER, radius=2.5)
            pen.box((23.5, top + 1.5, 46.5, top + 20.5), product.ground)
            product.paint(pen.inside((26, top + 2, 44, top + 20)))
            top += 23.5
    pen.box((22, 85, 72, 90.5), PAPER, radius=2.7)
    pen.disc(76, 87.7, 2.7, product.accent)


def selfie(pen: Pen, product: Product, words: Sequence[str], look: int) -> None:
    """A customer in front of a wall who holds the product and speaks. words : what is said, who says it."""
    says, who = words
    pen.box((0, 72, 100, 100), "#cdbfae")
    pen.box((66, 8, 94, 34), "#bfe0ee", PAPER, 2)
    bubble(pen, (6, 5, 60, 25), (44, 42), says, 6.5)
    person(pen.inside((10, 26, 80, 100)), "glad", product.accent, look)
    product.paint(pen.inside((62, 48, 94, 80)))
    for x in (64, 92):
        pen.disc(x, 78, 4.5, SKINS[look % 5], INK, 0.4)
    pen.box((0, 90, 100, 100), INK)
    pen.words(who, (4, 91, 96, 99), 5, PAPER)
    stars(pen, (66, 36, 94, 42))


def _photo(pen: Pen, product: Product) -> None:
    pen.box((0, 0, 100, 100), PAPER)
    pen.box((6, 6, 94, 84), product.ground)
    product.paint(pen.inside((14, 8, 86, 80)))
