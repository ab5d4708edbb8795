import numpy as np
import pytest
from PIL import Image, ImageDraw

from creative_approaches.core.media.blank import check_that_it_shows_something
from creative_approaches.core.media.faults import MediaFaultError, Reason
from tests.support.media.pictures import grey_image


def check(image: Image.Image) -> None:
    check_that_it_shows_something(image.width, image.height, image)


@pytest.mark.parametrize(
    ("image", "sentence"),
    [
        (Image.new("RGB", (1, 1)), "It has 1 x 1 pixels, too few to show anything."),
        (grey_image(np.indices((5, 600)).sum(axis=0) % 2 * 255), "It has 600 x 5 pixels, too few to show anything."),
        (Image.new("L", (300, 250), 255), "It is of one colour and shows nothing."),
        (Image.new("RGB", (300, 250), "green"), "It is of one colour and shows nothing."),
        (grey_image(np.indices((90, 90)).sum(axis=0) % 9), "It is of one colour and shows nothing."),
    ],
    ids=["pixel", "line", "white", "green", "grain"],
)
def test_a_picture_that_shows_nothing_is_refused_with_its_size(image: Image.Image, sentence: str) -> None:
    with pytest.raises(MediaFaultError, match=sentence) as fault:
        check(image)
    assert fault.value.reason == Reason.BLANK
    assert fault.value.columns == {"width": image.width, "height": image.height}


def test_a_few_pixels_of_another_colour_show_something() -> None:
    image = Image.new("RGB", (1000, 1000), "white")
    ImageDraw.Draw(image).rectangle((500, 500, 502, 502), fill="red")
    check(image)


def test_a_gradient_shows_something() -> None:
    check(grey_image(np.tile(np.arange(256), (9, 1))))
