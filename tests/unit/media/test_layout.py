import numpy as np
import pytest
from PIL import Image, ImageDraw

from creative_approaches.core.media.layout import COLOUR_CELLS, TONE_CELLS, Layout, layout_of
from tests.support.media.drawn_graphics import drawn_graphics, letters
from tests.support.media.pictures import grey_image, picture


def cells(layout: Layout, name: str, rows: int) -> list[list[int]]:
    """Twelve numbers of 5 bits from each of the columns."""
    return [
        [getattr(layout, f"{name}_{row}") >> shift & 31 for shift in range(55, -1, -5)] for row in range(1, rows + 1)
    ]


def detail_bits(layout: Layout) -> int:
    return sum((getattr(layout, f"detail_dhash_{word}") % 2**64).bit_count() for word in range(1, 5))


def test_tones_are_the_brightness_of_each_cell() -> None:
    # By hand: a white half is 31 of 31, a black one 0.
    found = cells(layout_of(grey_image(np.repeat([[0], [255]], 60, axis=0) * np.ones((1, 120)))), "tones", TONE_CELLS)
    assert found[0] == [0] * 12
    assert found[11] == [31] * 12


def test_colours_are_those_of_the_box_that_holds_the_detail() -> None:
    image = Image.new("RGB", (120, 120), "white")
    image.paste((255, 0, 0), (50, 50, 70, 70))
    found = cells(layout_of(image), "colours", COLOUR_CELLS)
    assert found[1][3] == found[2][6] == 31
    assert max(found[1][4:6] + found[2][7:9]) < 4
    green = layout_of(Image.new("RGB", (9, 9), (0, 255, 0)))
    assert cells(green, "colours", COLOUR_CELLS) == [[0, 31, 0] * 4] * 4


def test_small_detail_fills_the_box_as_large_detail_does() -> None:
    def letter(side: int) -> Image.Image:
        large = letters(np.random.default_rng(0))[1]
        image = Image.new("RGB", (512, 512), large.getpixel((0, 0)))
        small = large.resize((side, side), Image.Resampling.LANCZOS)
        image.paste(small, ((512 - side) // 2,) * 2)
        return image

    small, large = layout_of(letter(200)), layout_of(letter(512))
    differing = sum(
        ((getattr(small, f"detail_dhash_{word}") ^ getattr(large, f"detail_dhash_{word}")) % 2**64).bit_count()
        for word in range(1, 5)
    )
    assert detail_bits(large) > 30
    assert differing < 20


def test_even_ground_has_no_detail() -> None:
    assert detail_bits(layout_of(Image.new("L", (300, 200), 90))) == 0


def test_what_is_drawn_has_few_colours_and_a_photograph_has_many() -> None:
    assert min(layout_of(image).plain_share for image in drawn_graphics().values()) > 0.9
    assert layout_of(picture(600, 400)).plain_share < 0.3
    # By hand: two plain halves.
    halves = Image.new("RGB", (64, 64), "navy")
    ImageDraw.Draw(halves).rectangle((0, 0, 63, 31), fill="gold")
    assert layout_of(halves).plain_share == 1


@pytest.mark.parametrize("size", [(1, 1), (1, 500), (3000, 2)])
def test_any_size_has_a_layout(size: tuple[int, int]) -> None:
    assert 0 <= layout_of(Image.new("RGB", size, "red")).plain_share <= 1
