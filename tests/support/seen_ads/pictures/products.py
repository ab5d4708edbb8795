"""What is sold: one object and its colours, the same in all pictures of a product."""

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from tests.support.seen_ads.pictures.pen import INK, PAPER, Pen


class Product(NamedTuple):
    """How a product looks. paint : draws it in the whole area of a pen; ground, accent : colours of its ads."""

    ground: str
    accent: str
    paint: Callable[[Pen], None]


def _tooth(pen: Pen) -> None:
    for grow, fill in ((4, "#1d8a99"), (0, PAPER)):
        pen.disc(32, 34, 24 + grow, fill)
        pen.disc(68, 34, 24 + grow, fill)
        pen.shape((8 - grow, 36), (92 + grow, 36), (80 + grow, 92 + grow), (64 - grow, 92 + grow),
                  (50, 62 - grow), (36 + grow, 92 + grow), (20 - grow, 92 + grow), fill=fill)  # fmt: skip
    pen.arc(34, 34, 16, 180, 260, "#cfe9ec", 4)


def _card(pen: Pen) -> None:
    pen.box((2, 20, 98, 82), "#22397a", radius=8)
    pen.box((2, 32, 98, 44), "#101c40")
    pen.box((12, 52, 30, 66), "#e3c15a", radius=2)
    pen.words("OSTREL", (40, 50, 92, 68), 13, PAPER)
    pen.words("4402 **** **** 7719", (10, 68, 90, 80), 9, "#b9c6ee")


def _boot(pen: Pen) -> None:
    pen.shape((22, 6), (60, 6), (62, 42), (92, 56), (97, 78), (18, 78), fill="#7a4a21")
    pen.shape((62, 42), (92, 56), (97, 78), (70, 78), fill="#5d3716")
    pen.box((16, 76, 98, 86), "#2f2f2f", radius=2)
    for x in range(18, 96, 12):
        pen.box((x, 84, x + 7, 93), "#2f2f2f")
    for y in (16, 26, 36, 46):
        pen.line((40, y), (64, y + 4), fill="#f2c14e", width=3)
    pen.box((20, 2, 62, 10), "#3f5f3a", radius=3)


def _booth(pen: Pen) -> None:
    pen.box((10, 24, 90, 94), "#fff6ee", "#39424e", 2)
    for number in range(5):
        pen.shape((4 + number * 18.4, 8), (22.4 + number * 18.4, 8), (20 + number * 20, 28), (number * 20, 28),
                  fill=("#e0662e", PAPER)[number % 2])  # fmt: skip
    pen.words("JOB FAIR", (12, 30, 88, 50), 15, "#39424e")
    pen.box((6, 62, 94, 96), "#e0662e", radius=2)
    for x in (30, 70):
        pen.box((x - 10, 52, x + 10, 66), PAPER, "#39424e", 1)


def _cat(pen: Pen) -> None:
    for side in (1, -1):
        pen.shape((50 - 40 * side, 34), (50 - 34 * side, 2), (50 - 8 * side, 18), fill="#d9822b")
        pen.shape((50 - 34 * side, 24), (50 - 31 * side, 10), (50 - 18 * side, 18), fill="#f6c9a0")
    pen.disc(50, 44, 38, "#d9822b", flat=0.86)
    for x in (35, 65):
        pen.disc(x, 40, 7, "#f4f0c8")
        pen.disc(x, 40, 3, INK, flat=1.8)
    pen.shape((45, 52), (55, 52), (50, 57), fill="#7b2d43")
    pen.line((50, 57), (50, 62), (42, 66), width=1.5)
    pen.line((50, 62), (58, 66), width=1.5)
    for y in (52, 60):
        pen.line((28, y), (4, y - 3), width=1)
        pen.line((72, y), (96, y - 3), width=1)
    pen.shape((12, 78), (88, 78), (78, 98), (22, 98), fill="#7b2d43")
    pen.disc(50, 78, 38, "#a0644a", flat=0.14)
    pen.words("MIMSEL", (24, 83, 76, 97), 13, PAPER)


def _temple(pen: Pen) -> None:
    pen.shape((2, 32), (50, 4), (98, 32), fill="#4b3763")
    pen.disc(50, 22, 6, "#c9bcd8")
    for x in (10, 31, 52, 73):
        pen.box((x, 34, x + 15, 82), "#8d7ba6")
    pen.box((4, 82, 96, 90), "#4b3763")
    pen.box((0, 90, 100, 98), "#352549")
    pen.shape((43, 82), (43, 58), (50, 50), (57, 58), (57, 82), fill="#e9c46a")


def _sheet(pen: Pen) -> None:
    pen.box((16, 2, 84, 98), PAPER, "#2f7d4f", 2, radius=3)
    pen.box((16, 2, 84, 20), "#2f7d4f", radius=3)
    pen.words("INVOICE", (20, 4, 80, 18), 12, PAPER)
    for number in range(4):
        pen.line((24, 32 + 11 * number), (56, 32 + 11 * number), fill="#9fbcaa", width=2.5)
        pen.line((66, 32 + 11 * number), (76, 32 + 11 * number), fill="#9fbcaa", width=2.5)
    pen.box((46, 76, 78, 90), "#cfe8d6", radius=2)
    pen.words("TOTAL", (47, 77, 77, 89), 9, "#2f7d4f")


def _panels(pen: Pen) -> None:
    pen.disc(80, 18, 14, "#f2b705")
    for x, y in ((80, -2), (98, 4), (62, 4), (100, 18), (60, 18), (96, 36)):
        pen.line((80 + (x - 80) * 0.9, 18 + (y - 18) * 0.9), (x, y), fill="#f2b705", width=2)
    pen.shape((4, 96), (30, 40), (98, 40), (92, 96), fill="#a5482f")
    for row in range(2):
        for column in range(3):
            x, y = 31 + column * 19 - row * 9, 46 + row * 24
            pen.shape((x, y), (x + 17, y), (x + 11, y + 21), (x - 7, y + 21), fill="#1f3d6b")
            pen.line((x + 8, y), (x + 2, y + 21), fill="#7fa3d6", width=0.8)
            pen.line((x - 3, y + 10), (x + 14, y + 10), fill="#7fa3d6", width=0.8)


def _loaf(pen: Pen) -> None:
    pen.disc(50, 60, 48, "#8a5220", flat=0.72)
    pen.disc(50, 56, 46, "#b9752f", flat=0.70)
    for x in (24, 44, 64):
        pen.line((x, 34), (x + 12, 66), fill="#f3dcb2", width=6)
    for x, y in ((18, 60), (40, 76), (60, 80), (82, 56), (76, 72), (26, 74)):
        pen.disc(x, y, 1.6, "#f3dcb2")


def _bubbles(pen: Pen) -> None:
    pen.box((2, 8, 64, 52), "#2d6cdf", radius=10)
    pen.shape((14, 48), (34, 48), (12, 68), fill="#2d6cdf")
    pen.words("Hola!", (6, 12, 60, 48), 20, PAPER)
    pen.box((36, 46, 98, 86), "#c0352b", radius=10)
    pen.shape((68, 82), (86, 82), (90, 99), fill="#c0352b")
    pen.words("Ciao!", (40, 48, 94, 84), 20, PAPER)


PRODUCTS: Final[Mapping[str, Product]] = {
    "dentist": Product("#d9eff2", "#1d8a99", _tooth),
    "bank": Product("#e3e9f7", "#22397a", _card),
    "hiking_boots": Product("#ece2d0", "#3f5f3a", _boot),
    "job_fair": Product("#fbe6d6", "#c9521d", _booth),
    "cat_food": Product("#fff0d6", "#7b2d43", _cat),
    "museum": Product("#ece5f0", "#4b3763", _temple),
    "invoice_software": Product("#e2f3e6", "#2f7d4f", _sheet),
    "solar_panels": Product("#fbf3cf", "#1f3d6b", _panels),
    "bakery": Product("#fae8d2", "#6d3b12", _loaf),
    "language_lessons": Product("#e2ecfb", "#2d6cdf", _bubbles),
}
