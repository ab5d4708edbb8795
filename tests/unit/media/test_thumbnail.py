import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from creative_approaches.core.media.small_webp import QUALITIES, SmallWebp
from creative_approaches.core.media.thumbnail import MAX_BYTES, SIDE, thumbnail
from tests.support.media.pictures import picture


def opened(made: SmallWebp) -> Image.Image:
    image = Image.open(io.BytesIO(made.webp))
    assert (image.format, image.size) == ("WEBP", (made.width, made.height))
    return image


def noise(width: int, height: int) -> Image.Image:
    return Image.fromarray(np.random.default_rng(7).integers(0, 256, (height, width, 3), dtype=np.uint8))


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((1600, 900), (160, 90)),
        ((1080, 1920), (90, 160)),
        ((500, 500), (160, 160)),
        ((320, 50), (160, 25)),
        ((9000, 2), (160, 1)),
        ((160, 40), (160, 40)),
        ((37, 19), (37, 19)),
        ((1, 1), (1, 1)),
    ],
)
def test_a_thumbnail_has_the_shape_of_its_picture_and_enlarges_none(
    size: tuple[int, int], expected: tuple[int, int]
) -> None:
    assert opened(thumbnail(Image.new("RGB", size, "teal"))).size == expected


@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_a_thumbnail_shows_its_picture(mode: str) -> None:
    large = picture().resize((960, 640), Image.Resampling.BICUBIC).convert(mode)
    shown = opened(thumbnail(large)).convert("RGB")
    expected = large.resize(shown.size, Image.Resampling.LANCZOS).convert("RGB")
    assert np.mean(np.abs(np.asarray(shown, np.int16) - np.asarray(expected, np.int16))) < 5


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 400), st.integers(1, 400))
def test_a_thumbnail_is_small_whatever_it_shows(width: int, height: int) -> None:
    made = thumbnail(noise(width, height))
    assert len(opened(made).tobytes()) > 0
    assert len(made.webp) <= MAX_BYTES


def test_no_more_quality_is_given_up_than_is_needed() -> None:
    made = thumbnail(noise(SIDE, SIDE))
    sizes = {}
    for quality in QUALITIES:
        file = io.BytesIO()
        noise(SIDE, SIDE).save(file, "WEBP", quality=quality, method=2)
        sizes[quality] = file.tell()
    assert sizes[QUALITIES[0]] > MAX_BYTES
    assert len(made.webp) == max(size for size in sizes.values() if size <= MAX_BYTES)


def test_a_thumbnail_carries_nothing_but_pixels() -> None:
    image = Image.new("RGB", (300, 200), "teal")
    plain = thumbnail(image)
    exif = Image.Exif()
    exif[0x010E] = "where it was taken"
    file = io.BytesIO()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    image.save(file, "PNG", exif=exif, icc_profile=profile)
    full = Image.open(file)
    full.load()
    assert full.info["icc_profile"]
    assert thumbnail(full) == plain


def test_the_same_pixels_give_the_same_bytes() -> None:
    assert thumbnail(picture()) == thumbnail(picture()) != thumbnail(picture(90, 90))
