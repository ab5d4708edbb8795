"""People as a cartoon has them: a head that laughs or suffers, and shoulders."""

from typing import Final, Literal

from tests.support.seen_ads.pictures.pen import GOLD, INK, PAPER, Box, Pen

Mood = Literal["glad", "sad", "deadpan"]

SKINS: Final = ("#f1c9a5", "#c98e62", "#8d5a3a", "#e8b48a", "#6b4226")
_HAIR: Final = ("#4a2f1b", "#1f1a17", "#2b1d14", "#b9863b", "#17130f")


def head(pen: Pen, mood: Mood, look: int = 0, grey: bool = False) -> None:
    """A head that fills the area. look : which of five people."""
    skin, hair = ("#c4c4c4", "#6f6f6f") if grey else (SKINS[look % 5], _HAIR[look % 5])
    if look % 2:
        pen.box((8, 30, 92, 96), hair, radius=30)
    pen.disc(50, 42, 42, hair)
    pen.disc(50, 54, 38, skin, flat=1.12)
    pen.shape((14, 44), (26, 14), (74, 14), (86, 44), (60, 28), fill=hair)
    for x in (36, 64):
        pen.disc(x, 52, 4, INK)
    if mood == "glad":
        pen.arc(50, 64, 18, 15, 165, INK, 4)
        for x in (26, 74):
            pen.disc(x, 68, 5, skin if grey else "#ef8f7f")
    elif mood == "sad":
        pen.arc(50, 88, 16, 205, 335, INK, 4)
        pen.line((28, 44), (42, 38), width=3)
        pen.line((72, 44), (58, 38), width=3)
        pen.disc(30, 66, 3.5, "#7fb2e5", flat=1.5)
    else:
        pen.line((38, 76), (62, 76), width=4)
        pen.line((29, 43), (43, 43), width=3)
        pen.line((57, 43), (71, 43), width=3)


def person(pen: Pen, mood: Mood, shirt: str, look: int = 0, grey: bool = False) -> None:
    """A head on shoulders that fills the area."""
    pen.box((38, 50, 62, 72), "#b5b5b5" if grey else SKINS[look % 5])
    pen.shape((8, 100), (14, 76), (36, 66), (64, 66), (86, 76), (92, 100), fill="#8c8c8c" if grey else shirt)
    head(pen.inside((24, 2, 76, 62)), mood, look, grey)


def specialist(pen: Pen, look: int) -> None:
    """A professional in a white coat, with glasses and a stethoscope."""
    person(pen, "glad", "#f7f9fb", look)
    pen.shape((36, 66), (50, 88), (64, 66), fill="#8fb8d8")
    pen.line((14, 76), (8, 100), fill="#c3ccd4", width=1)
    pen.line((86, 76), (92, 100), fill="#c3ccd4", width=1)
    for x in (42.5, 57.5):
        pen.disc(x, 33, 5.5, None, INK, 1)
    pen.line((48, 33), (52, 33), width=1)
    pen.line((38, 66), (36, 82), (46, 90), fill="#37474f", width=1.6)
    pen.line((62, 66), (64, 84), fill="#37474f", width=1.6)
    pen.disc(64, 87, 4, "#b0bec5", "#37474f", 1)


def stars(pen: Pen, box: Box) -> None:
    """Five stars in a row that fill a box."""
    row = pen.inside(box)
    for number in range(5):
        star = row.inside((number * 20, 0, number * 20 + 20, 100))
        star.star(50, 54, 48, GOLD)


def bubble(pen: Pen, box: Box, tip: tuple[float, float], text: str, size: float, line: str = INK) -> None:
    """What somebody says. tip : where the mouth is."""
    left, top, right, bottom = box
    x = min(max(tip[0], left + 12), right - 12)
    root = bottom if tip[1] > bottom else top
    inward = -2 if root == bottom else 2
    pen.box(box, PAPER, line, 0.6, radius=5)
    pen.shape((x - 5, root + inward / 2), (x + 5, root + inward / 2), tip, fill=line)
    pen.shape(
        (x - 4, root + inward), (x + 4, root + inward), (tip[0], tip[1] - (1.6 if root == bottom else -1.6)), fill=PAPER
    )
    pen.words(text, (left + 3, top + 2, right - 3, bottom - 2), size)
