"""What an annotator is shown of images and films."""

import io
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from PIL import ExifTags, Image

from creative_approaches.core.media.image_hash import HashSizes, hash_content
from creative_approaches.core.media.reading_copy import (
    MAX_BYTES,
    MAX_FRAMES,
    SIDE,
    FilmCopies,
    FrameCopy,
    image_copy,
    reading_copy,
)
from tests.support.media.pictures import encoded, picture

MAX_PIXELS = 20_000_000


def opened(webp: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(webp))
    assert image.format == "WEBP"
    return image.convert("RGB")


def copied(content: bytes) -> Image.Image:
    """The copy that is made of a file when it is hashed."""
    hashes, shown = hash_content(content, HashSizes(), MAX_PIXELS)
    return opened(image_copy(content, shown, MAX_PIXELS, max(hashes.width, hashes.height)))


def difference(left: Image.Image, right: Image.Image) -> float:
    return float(np.mean(np.abs(np.asarray(left, np.int16) - np.asarray(right, np.int16))))


@pytest.mark.parametrize(
    ("size", "expected"),
    [((1600, 1200), (768, 576)), ((1080, 1920), (432, 768)), ((768, 512), (768, 512)), ((90, 60), (90, 60))],
    ids=["scaled down", "upright", "as large as it may be", "not enlarged"],
)
@pytest.mark.parametrize("file_format", ["JPEG", "PNG"])
def test_a_copy_has_the_shape_of_its_image_and_shows_it(
    size: tuple[int, int], expected: tuple[int, int], file_format: str
) -> None:
    """Of a JPEG the hashes need fewer pixels than a reader does."""
    original = picture().resize(size, Image.Resampling.BICUBIC)
    found = copied(encoded(original, file_format))
    assert found.size == expected
    assert difference(found, original.resize(expected, Image.Resampling.LANCZOS)) < 10


def test_small_words_of_a_large_jpeg_can_be_read_in_its_copy() -> None:
    """Stripes of 8 pixels in 2,048 are 3 in the copy; at the scale that hashes are made of they would be one."""
    stripes = np.zeros((2048, 2048), dtype=np.uint8)
    stripes[:, np.arange(2048) % 16 < 8] = 255
    content = encoded(Image.fromarray(stripes), "JPEG", quality=90)
    assert hash_content(content, HashSizes(), MAX_PIXELS)[1].width < SIDE
    pixels = np.asarray(copied(content).convert("L"), dtype=np.int16)
    assert np.percentile(pixels, 95) - np.percentile(pixels, 5) > 200


def test_a_copy_is_turned_as_a_reader_sees_it() -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    found = copied(encoded(picture(1200, 800), "JPEG", exif=exif))
    assert found.size == (512, 768)
    assert difference(found, picture(1200, 800).rotate(-90, expand=True).resize((512, 768))) < 6


def test_what_is_transparent_lies_on_white() -> None:
    image = picture(400, 300).convert("RGBA")
    image.paste((0, 0, 0, 0), (0, 0, 100, 100))
    assert copied(encoded(image, "PNG")).getpixel((50, 50)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_a_copy_is_small_whatever_it_shows(mode: str) -> None:
    noise = Image.fromarray(np.random.default_rng(7).integers(0, 256, (900, 900, 3), dtype=np.uint8)).convert(mode)
    assert len(reading_copy(noise)) <= MAX_BYTES


class DrawnFrame:
    """A frame of one colour, which counts how many pictures are made of frames."""

    made = 0

    def __init__(self, grey: int) -> None:
        self._grey = grey

    def small(self, side: int) -> Image.Image:
        DrawnFrame.made += 1
        return Image.new("L", (side, 3), self._grey)


def copies_of(times: Sequence[float], blank: Sequence[float] = ()) -> tuple[FrameCopy, ...]:
    made, DrawnFrame.made = FilmCopies(), 0
    for at in times:
        frame: Any = DrawnFrame(int(at) % 256)
        made.look(at, frame, at in blank)
        assert len(made._taken) <= 2 * MAX_FRAMES
    return made.copies()


@pytest.mark.parametrize("keyframes", [1, 2, 7, 8, 9, 16, 17, 18, 33, 250, 10_000])
def test_few_frames_are_copied_spread_over_the_film_whatever_its_length(keyframes: int) -> None:
    found = copies_of(range(keyframes))
    times = [copy.starts_at_seconds for copy in found]
    assert len(times) == min(keyframes, MAX_FRAMES)
    assert (times[0], times[-1]) == (0, keyframes - 1)
    gaps = np.diff(times)
    assert np.all((gaps > 0) & (gaps <= max(1, 2.5 * keyframes / MAX_FRAMES)))
    assert DrawnFrame.made <= 2 * MAX_FRAMES * max(1, np.log2(keyframes))
    greys = [np.mean(np.asarray(opened(copy.webp))) for copy in found]
    assert np.allclose(greys, [at % 256 for at in times], atol=3)


def test_blank_frames_are_copied_only_where_there_are_no_others() -> None:
    assert [copy.starts_at_seconds for copy in copies_of([0, 1, 2, 3], blank=[0, 3])] == [1, 2]
    assert [copy.starts_at_seconds for copy in copies_of([0, 1], blank=[0, 1])] == [0]
    assert copies_of([]) == ()
