import numpy as np
import pytest
from PIL import Image

from creative_approaches.core.media.formats.picture_area import WHOLE, Area, picture_area
from tests.support.media.scenes import Edit, blur_filled, bordered, letterboxed, scene


def area(image: Image.Image) -> Area:
    return picture_area(image.convert("L"))


@pytest.mark.parametrize("number", range(6))
@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (bordered(0.03), (0.028, 0.043, 0.972, 0.957)),
        (bordered(0.08, "black"), (0.069, 0.1, 0.931, 0.9)),
        (letterboxed(1.0), (0, 0.18, 1, 0.82)),
        (letterboxed(9 / 16, "white"), (0, 0.32, 1, 0.68)),
        (letterboxed(3.0, "navy"), (0.24, 0, 0.76, 1)),
        (blur_filled(1.0), (0, 0.18, 1, 0.82)),
        (blur_filled(9 / 16), (0, 0.32, 1, 0.68)),
    ],
)
def test_what_is_around_a_picture_is_taken_off(
    edit: Edit, expected: tuple[float, float, float, float], number: int
) -> None:
    assert area(edit(scene(number))) == pytest.approx(expected, abs=0.02)


@pytest.mark.parametrize("number", range(12))
def test_a_picture_without_bars_is_whole(number: int) -> None:
    assert area(scene(number)).is_whole


@pytest.mark.parametrize("size", [(1, 1), (2, 300), (300, 2), (400, 400)])
def test_of_one_colour_nothing_is_taken_off(size: tuple[int, int]) -> None:
    assert area(Image.new("RGB", size, "teal")) == WHOLE


def test_a_speck_on_a_ground_is_no_picture_in_a_frame() -> None:
    image = Image.new("L", (400, 400), 255)
    image.paste(0, (200, 200, 210, 210))
    assert area(image) == WHOLE


def test_bars_are_found_through_the_noise_of_jpeg() -> None:
    noisy = np.asarray(letterboxed(1.0)(scene(0))).astype(int)
    noisy += np.random.default_rng(1).integers(-4, 5, noisy.shape)
    assert area(Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8))) == pytest.approx((0, 0.18, 1, 0.82), abs=0.02)


def test_a_sky_is_no_fill() -> None:
    """It is smooth on one side only, and not of one colour."""
    pixels = np.asarray(scene(2).convert("L")).copy()
    pixels[:200] = np.linspace(120, 220, 800, dtype=np.uint8)
    assert area(Image.fromarray(pixels)).is_whole


def test_an_area_is_cut_out_at_whole_pixels_inside_of_it() -> None:
    image = Image.new("L", (10, 10))
    assert Area(0.11, 0, 0.99, 1).crop(image).size == (7, 10)
    assert Area(0.5, 0.5, 0.5, 0.5).crop(image).size == (1, 1)
