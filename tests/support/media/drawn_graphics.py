"""Pictures that are no photographs, drawn: families whose members share a frame, a template or a pattern, and are not
the same picture.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

import numpy as np
from PIL import Image, ImageDraw, ImageFont

Colour = tuple[int, int, int]
Draw = ImageDraw.ImageDraw

SIDE: Final = 512
WHITE: Final = (255, 255, 255)
INK: Final = (21, 32, 43)
SHAPES: Final = (
    "disc", "square", "triangle", "star", "cross", "ring",
    "heart", "arrow", "bars", "drop", "house", "envelope",
)  # fmt: skip
BRANDS: Final = (
    "Northwind", "Contoso", "Bluefern", "Halden", "Ostrava",
    "Pinecrest", "Quillon", "Marrow", "Tideway", "Solera",
)  # fmt: skip
TEXT: Final = (
    "today we are making room for new coffee from small farms that you can taste before anyone else does "
    "because our roasters open their doors on every first friday and bring bread cheese fruit and music"
)
WORDS: Final = TEXT.split()
LETTERS: Final = "ABEFHKPRS"
TRICOLOURS: Final = (
    (200, 30, 40), (255, 255, 255), (30, 60, 160), (20, 130, 60), (250, 205, 30),
    (0, 0, 0), (240, 130, 30), (120, 40, 140), (110, 180, 220),
)  # fmt: skip


def drawn_graphics(seed: int = 0) -> Mapping[str, Image.Image]:
    """Sixty pictures, no two the same, by family and number, as in "icon 3". Another seed draws others."""
    families: Mapping[str, Callable[[np.random.Generator], Sequence[Image.Image]]] = {
        "icon": icons,
        "wordmark": wordmarks,
        "tweet": tweets,
        "stripes": stripes,
        "card": cards,
        "letter": letters,
    }
    return MappingProxyType(
        {
            f"{family} {number}": image
            for family, draw in families.items()
            for number, image in enumerate(draw(np.random.default_rng(seed)))
        }
    )


def icons(rng: np.random.Generator) -> list[Image.Image]:
    """Twelve white shapes in one rounded frame of one colour."""
    colour, ground = _colour(rng, 40, 150), WHITE if rng.random() < 0.5 else (235, 235, 240)
    size = float(rng.uniform(0.16, 0.24))
    return [_icon(shape, colour, ground, size) for shape in SHAPES]


def wordmarks(rng: np.random.Generator) -> list[Image.Image]:
    """Ten names in one type, size and colour in the middle of a white card."""
    colour, size = _colour(rng, 0, 140), int(rng.integers(60, 90))
    return [_wordmark(name, colour, size) for name in BRANDS]


def tweets(rng: np.random.Generator) -> list[Image.Image]:
    """Ten short texts of one account in one template."""
    avatar = _colour(rng, 40, 220)
    return [_tweet(rng, avatar, lines) for lines in (3, 3, 3, 4, 4, 4, 4, 5, 5, 5)]


def stripes(rng: np.random.Generator) -> list[Image.Image]:
    """Nine patterns of the same stripes in three colours each."""
    count, vertical = int(rng.choice([3, 9, 24])), bool(rng.random() < 0.5)
    colours = [TRICOLOURS[place] for place in rng.permutation(len(TRICOLOURS))]
    pictures = []
    for first in range(9):
        three = [colours[(first + step) % 9] for step in (0, 1, 3)]
        pictures.append(_striped(three, count, vertical))
    return pictures


def cards(rng: np.random.Generator) -> list[Image.Image]:
    """Ten products of a catalogue, each in the same card with its name and price."""
    brand = _colour(rng, 0, 120)
    return [_card(rng, brand, number) for number in range(10)]


def letters(rng: np.random.Generator) -> list[Image.Image]:
    """Nine letters, each alone in the middle of one colour."""
    ground, size = _colour(rng, 150, 255), int(rng.integers(160, 320))
    return [_letter(letter, ground, size) for letter in LETTERS]


def on_transparent(image: Image.Image, ink: Colour) -> Image.Image:
    """The dark parts of a picture in another colour, the light ones transparent."""
    alpha = image.convert("L").point(lambda value: 255 - value)
    layered = Image.new("RGBA", image.size, (*ink, 0))
    layered.putalpha(alpha)
    return layered


def _colour(rng: np.random.Generator, least: int, most: int) -> Colour:
    red, green, blue = (int(part) for part in rng.integers(least, most, 3))
    return red, green, blue


def _blank(ground: Colour = WHITE, width: int = SIDE, height: int = SIDE) -> tuple[Image.Image, Draw]:
    image = Image.new("RGB", (width, height), ground)
    return image, ImageDraw.Draw(image)


def _icon(shape: str, colour: Colour, ground: Colour, size: float) -> Image.Image:
    image, draw = _blank(ground)
    draw.rounded_rectangle((40, 40, SIDE - 40, SIDE - 40), 90, fill=colour)
    _shape(draw, shape, SIDE / 2, SIDE / 2, SIDE * size, WHITE, colour)
    return image


def _shape(draw: Draw, shape: str, x: float, y: float, r: float, ink: Colour, ground: Colour) -> None:
    def polygon(*points: tuple[float, float]) -> None:
        draw.polygon([(x + r * across, y + r * down) for across, down in points], fill=ink)

    def box(left: float, top: float, right: float, bottom: float, fill: Colour = ink) -> None:
        draw.rectangle((x + r * left, y + r * top, x + r * right, y + r * bottom), fill=fill)

    if shape == "disc":
        draw.ellipse((x - r, y - r, x + r, y + r), fill=ink)
    elif shape == "square":
        box(-0.9, -0.9, 0.9, 0.9)
    elif shape == "triangle":
        polygon((0, -1), (1, 0.8), (-1, 0.8))
    elif shape == "star":
        turns = [math.pi * step / 5 - math.pi / 2 for step in range(10)]
        radii = [1 if step % 2 == 0 else 0.42 for step in range(10)]
        polygon(*((far * math.cos(turn), far * math.sin(turn)) for far, turn in zip(radii, turns, strict=True)))
    elif shape == "cross":
        box(-0.3, -1, 0.3, 1)
        box(-1, -0.3, 1, 0.3)
    elif shape == "ring":
        draw.ellipse((x - r, y - r, x + r, y + r), outline=ink, width=int(r * 0.3))
    elif shape == "heart":
        polygon((-1, -0.3), (0, 1), (1, -0.3))
        draw.ellipse((x - r, y - 0.9 * r, x, y + 0.1 * r), fill=ink)
        draw.ellipse((x, y - 0.9 * r, x + r, y + 0.1 * r), fill=ink)
    elif shape == "arrow":
        box(-1, -0.25, 0.3, 0.25)
        polygon((0.2, -0.8), (1, 0), (0.2, 0.8))
    elif shape == "bars":
        for row in (-0.8, -0.15, 0.5):
            box(-1, row, 1, row + 0.3)
    elif shape == "drop":
        draw.ellipse((x - 0.7 * r, y - 0.3 * r, x + 0.7 * r, y + r), fill=ink)
        polygon((0, -1), (0.62, 0.1), (-0.62, 0.1))
    elif shape == "house":
        polygon((0, -1), (1, 0), (-1, 0))
        box(-0.7, 0, 0.7, 0.9)
    else:
        box(-1, -0.7, 1, 0.7)
        for side in (-1, 1):
            draw.line((x + side * r, y - 0.7 * r, x, y + 0.1 * r), fill=ground, width=max(2, int(r * 0.12)))


def _wordmark(name: str, colour: Colour, size: int) -> Image.Image:
    image, draw = _blank()
    draw.text((SIDE / 2, SIDE / 2), name, font=ImageFont.load_default(size), fill=colour, anchor="mm")
    return image


def _tweet(rng: np.random.Generator, avatar: Colour, lines: int) -> Image.Image:
    image, draw = _blank(width=600, height=400)
    draw.ellipse((30, 30, 100, 100), fill=avatar)
    draw.text((120, 38), "Northwind Coffee", font=ImageFont.load_default(26), fill=INK)
    draw.text((120, 72), "@northwind", font=ImageFont.load_default(20), fill=(110, 118, 125))
    for line in range(lines):
        text = " ".join(str(word) for word in rng.choice(WORDS, int(rng.integers(5, 8))))
        draw.text((30, 125 + 38 * line), text, font=ImageFont.load_default(26), fill=INK)
    draw.text((30, 360), "9:41 AM  Jan 12, 2026", font=ImageFont.load_default(18), fill=(110, 118, 125))
    return image


def _striped(colours: Sequence[Colour], count: int, vertical: bool) -> Image.Image:
    image, draw = _blank()
    for number in range(count):
        start, end = (round(place * SIDE / count) for place in (number, number + 1))
        box = (start, 0, end, SIDE) if vertical else (0, start, SIDE, end)
        draw.rectangle(box, fill=colours[number % 3])
    return image


def _card(rng: np.random.Generator, brand: Colour, number: int) -> Image.Image:
    image, draw = _blank(width=600, height=600)
    draw.rectangle((0, 0, 600, 70), fill=brand)
    draw.text((24, 35), "NORTHWIND", font=ImageFont.load_default(30), fill=WHITE, anchor="lm")
    _product(draw, number, _colour(rng, 30, 200), _colour(rng, 30, 200))
    name = f"{rng.choice(BRANDS)} {rng.choice(WORDS)}"
    draw.text((24, 500), name, font=ImageFont.load_default(28), fill=INK)
    draw.text((24, 545), f"${int(rng.integers(9, 99))}.90", font=ImageFont.load_default(32), fill=INK)
    draw.rounded_rectangle((400, 520, 576, 576), 16, fill=brand)
    draw.text((488, 548), "Shop now", font=ImageFont.load_default(24), fill=WHITE, anchor="mm")
    return image


def _product(draw: Draw, number: int, colour: Colour, other: Colour) -> None:
    """A bottle, mug, lamp, bag, clock, chair, book, hat, shoe or plant in the middle of a card."""
    if number == 0:
        draw.rectangle((270, 110, 330, 200), fill=other)
        draw.rounded_rectangle((225, 190, 375, 460), 40, fill=colour)
    elif number == 1:
        draw.rounded_rectangle((200, 190, 380, 430), 20, fill=colour)
        draw.ellipse((350, 240, 450, 370), outline=colour, width=22)
    elif number == 2:
        draw.polygon([(240, 120), (360, 120), (430, 270), (170, 270)], fill=colour)
        draw.rectangle((290, 270, 310, 440), fill=other)
        draw.ellipse((220, 425, 380, 465), fill=other)
    elif number == 3:
        draw.arc((230, 110, 370, 320), 180, 360, fill=other, width=16)
        draw.polygon([(190, 210), (410, 210), (440, 450), (160, 450)], fill=colour)
    elif number == 4:
        draw.ellipse((150, 120, 450, 420), fill=colour, outline=other, width=18)
        draw.line((300, 270, 300, 170), fill=WHITE, width=10)
        draw.line((300, 270, 370, 300), fill=WHITE, width=10)
    elif number == 5:
        draw.rectangle((210, 110, 240, 460), fill=other)
        draw.rectangle((210, 290, 400, 330), fill=colour)
        draw.rectangle((370, 330, 400, 460), fill=other)
    elif number == 6:
        draw.rectangle((200, 110, 410, 450), fill=colour)
        draw.rectangle((200, 110, 230, 450), fill=other)
        draw.rectangle((260, 170, 380, 210), fill=WHITE)
    elif number == 7:
        draw.ellipse((130, 330, 470, 430), fill=colour)
        draw.chord((210, 170, 390, 500), 180, 360, fill=other)
    elif number == 8:
        draw.polygon([(140, 250), (250, 250), (330, 330), (460, 360), (460, 420), (140, 420)], fill=colour)
        draw.rectangle((140, 420, 460, 440), fill=other)
    else:
        draw.polygon([(230, 340), (370, 340), (350, 460), (250, 460)], fill=other)
        for tip in ((180, 160), (260, 110), (340, 110), (420, 160)):
            draw.line((300, 340, *tip), fill=colour, width=26)


def _letter(letter: str, ground: Colour, size: int) -> Image.Image:
    image, draw = _blank(ground)
    draw.text((SIDE / 2, SIDE / 2), letter, font=ImageFont.load_default(size), fill=INK, anchor="mm")
    return image
