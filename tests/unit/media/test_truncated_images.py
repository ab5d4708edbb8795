"""Image files that are cut off: hashed as browsers show them, and marked, unless most of the picture is lost."""

from contextlib import suppress
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageFile

from creative_approaches.core.media.faults import MediaFaultError
from creative_approaches.core.media.image_decoding import decode_image
from creative_approaches.core.media.image_hash import HashSizes, ImageHashes, hash_content
from tests.support.media.pictures import MAX_PIXELS, bits_apart, encoded, picture

GRAINY = Image.fromarray(np.random.default_rng(3).integers(0, 256, (400, 300, 3), dtype=np.uint8))


def hashed(content: bytes) -> ImageHashes:
    return hash_content(content, HashSizes(), MAX_PIXELS)[0]


def grainy(file_format: str, mode: str = "RGB", **options: Any) -> bytes:
    """A picture whose rows all take about as many bytes."""
    return encoded(Image.blend(picture(300, 400), GRAINY, 0.3).convert(mode), file_format, **options)


JPEGS: dict[str, bytes] = {
    "plain": grainy("JPEG"),
    "progressive": grainy("JPEG", progressive=True),
    "grey": grainy("JPEG", "L"),
    "cmyk": grainy("JPEG", "CMYK"),
    "full colour": grainy("JPEG", subsampling=0, quality=95),
    "restarts": grainy("JPEG", restart_marker_rows=1),
    "reduced": encoded(picture(1024, 768), "JPEG", quality=95),
}
OTHERS: dict[str, bytes] = {
    "png": grainy("PNG"),
    "png with alpha": grainy("PNG", "RGBA"),
    "png of a palette": grainy("PNG", "P"),
    "gif": grainy("GIF", interlace=0),
    "bmp": grainy("BMP"),
    "tiff": grainy("TIFF"),
}


@pytest.mark.parametrize("lost", [1, 2, 3, 20, 100])
@pytest.mark.parametrize("name", JPEGS)
def test_a_jpeg_without_its_last_bytes_is_hashed_and_marked(name: str, lost: int) -> None:
    whole, found = hashed(JPEGS[name]), hashed(JPEGS[name][:-lost])
    assert (whole.is_truncated, found.is_truncated) == (False, True)
    assert (found.width, found.height) == (whole.width, whole.height)
    assert bits_apart(found.phash, whole.phash) <= 2
    assert bits_apart(found.dhash, whole.dhash) <= 2


@pytest.mark.parametrize("name", [*(name for name in JPEGS if name not in ("progressive", "reduced")), *OTHERS])
def test_a_picture_is_hashed_while_half_of_its_rows_are_there(name: str) -> None:
    content = (JPEGS | OTHERS)[name]
    assert hashed(content[: int(0.6 * len(content))]).is_truncated
    with pytest.raises(MediaFaultError) as caught:
        hashed(content[: int(0.4 * len(content))])
    assert caught.value.reason == "truncated"


@pytest.mark.parametrize("name", OTHERS)
def test_other_formats_without_their_last_bytes_are_hashed_and_marked(name: str) -> None:
    whole, found = hashed(OTHERS[name]), hashed(OTHERS[name][:-150])
    assert (whole.is_truncated, found.is_truncated) == (False, True)
    assert bits_apart(found.phash, whole.phash) <= 4


def test_a_progressive_jpeg_is_hashed_as_soon_as_each_row_is_there_in_less_detail() -> None:
    content = encoded(picture(600, 400), "JPEG", quality=90, progressive=True)
    whole, found = hashed(content), hashed(content[: len(content) // 3])
    assert found.is_truncated
    assert bits_apart(found.phash, whole.phash) <= 4
    with pytest.raises(MediaFaultError):
        hashed(content[: content.index(b"\xff\xda") + 20])


def test_an_interlaced_picture_is_judged_by_the_rows_between() -> None:
    content = grainy("GIF", interlace=1)  # every second row is in the second half of the file
    assert hashed(content[: int(0.6 * len(content))]).is_truncated
    with pytest.raises(MediaFaultError):
        hashed(content[: int(0.4 * len(content))])


def test_lost_rows_are_shown_as_browsers_show_them() -> None:
    jpeg = decode_image(JPEGS["plain"][: int(0.7 * len(JPEGS["plain"]))], MAX_PIXELS)
    assert jpeg.getpixel((10, 399)) == (128, 128, 128)
    assert jpeg.getpixel((10, 100)) == decode_image(JPEGS["plain"], MAX_PIXELS).getpixel((10, 100))
    clear = decode_image(OTHERS["png with alpha"][: int(0.7 * len(OTHERS["png with alpha"]))], MAX_PIXELS)
    assert clear.getpixel((10, 399)) == (0, 0, 0, 0)


@pytest.mark.parametrize("file_format", ["AVIF", "WEBP"])
def test_formats_of_which_a_part_shows_nothing_are_not_hashed(file_format: str) -> None:
    with pytest.raises(MediaFaultError, match=r"^It is cut off or damaged\.$"):
        hashed(encoded(picture(), file_format)[:-20])


@pytest.mark.parametrize("kept", ["nothing", "headers", "start of scan"])
def test_a_jpeg_of_which_only_headers_are_left_is_not_hashed(kept: str) -> None:
    content = JPEGS["plain"]
    scan = content.index(b"\xff\xda")
    ends = {"nothing": 2, "headers": scan, "start of scan": scan + 14}
    with pytest.raises(MediaFaultError):
        hashed(content[: ends[kept]])


def test_a_file_that_is_cut_off_changes_nothing_for_the_next_one() -> None:
    for content in (OTHERS["png"][:-150], OTHERS["png"][:2000], JPEGS["plain"][:-2]):
        with suppress(MediaFaultError):
            hashed(content)
        assert not ImageFile.LOAD_TRUNCATED_IMAGES
