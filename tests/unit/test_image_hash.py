import io
import re
from typing import Any

import imagehash
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from creative_approaches.core.image_hash import decode_image, hash_image, to_signed64

MAX_PIXELS = 1_000_000


def picture(width: int = 120, height: int = 80) -> Image.Image:
    """Soft blocks of random colours: structure at every scale that a hash reads, and no symmetry."""
    blocks = np.random.default_rng(11).integers(0, 256, (10, 15, 3), dtype=np.uint8)
    return Image.fromarray(blocks).resize((width, height), Image.Resampling.BICUBIC)


def encoded(image: Image.Image, file_format: str, **options: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, file_format, **options)
    return buffer.getvalue()


def grey_image(pixels: Any) -> Image.Image:
    return Image.fromarray(np.asarray(pixels, dtype=np.uint8))


def bits_apart(left: int, right: int) -> int:
    return ((left ^ right) & (2**64 - 1)).bit_count()


# Hashes


def test_hashes_are_those_of_the_imagehash_package() -> None:
    image = picture()
    found = hash_image(image)
    for ours, theirs in [
        (found.ahash, imagehash.average_hash(image)),
        (found.dhash, imagehash.dhash(image)),
        (found.phash, imagehash.phash(image)),
    ]:
        assert ours % 2**64 == int(str(theirs), 16)
    assert (found.width, found.height) == (120, 80)


def test_a_brightening_image_has_every_difference_bit() -> None:
    # By hand: each pixel is brighter than its left neighbour, 64 ones are -1; mirrored, none is.
    brightening = np.tile(np.linspace(0, 255, 90), (90, 1))
    assert hash_image(grey_image(brightening)).dhash == -1
    assert hash_image(grey_image(brightening[:, ::-1])).dhash == 0


def test_an_image_with_a_white_right_half() -> None:
    # By hand: each row of the average hash is 00001111; every pixel is 127.5 from the mean.
    found = hash_image(grey_image(np.tile(np.repeat([0, 255], 32), (64, 1))))
    assert found.ahash == 0x0F0F0F0F0F0F0F0F
    assert found.quality == 127.5


def test_a_flat_image_has_quality_zero() -> None:
    assert hash_image(Image.new("RGB", (50, 40), (200, 30, 90))).quality == 0


def test_quality_is_the_standard_deviation_of_the_grey_values() -> None:
    image = picture()
    assert hash_image(image).quality == pytest.approx(np.asarray(image.convert("L")).std())


def test_a_picture_of_half_the_size_keeps_its_hash() -> None:
    large, small = hash_image(picture(600, 400)), hash_image(picture(300, 200))
    assert bits_apart(large.phash, small.phash) <= 2
    assert bits_apart(large.phash, hash_image(picture().rotate(90)).phash) > 10


# Bits


def test_the_highest_bit_is_the_sign() -> None:
    # Two's complement by hand.
    highest = np.eye(1, 64, dtype=bool)
    assert to_signed64(highest) == -(2**63)
    assert to_signed64(~highest) == 2**63 - 1
    assert to_signed64(np.ones((8, 8), dtype=bool)) == -1


@given(st.lists(st.booleans(), max_size=64))
def test_no_bit_is_lost(bits: list[bool]) -> None:
    number = to_signed64(np.array(bits, dtype=bool))
    assert -(2**63) <= number < 2**63
    assert [bool(number >> place & 1) for place in reversed(range(len(bits)))] == bits


def test_more_than_64_bits_are_refused() -> None:
    with pytest.raises(ValueError, match="at most 64 bits fit, got 81"):
        to_signed64(np.zeros((9, 9), dtype=bool))


# Ways to store one picture


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_hashed_as_its_exif_orientation_shows_it(orientation: int) -> None:
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    stored = picture().transpose(undo[orientation]) if orientation > 1 else picture()
    exif = Image.Exif()
    exif[0x0112] = orientation
    content = encoded(stored, "PNG", exif=exif)
    assert hash_image(decode_image(content, MAX_PIXELS)) == hash_image(picture())


def test_damaged_exif_data_leaves_the_picture_as_stored() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    content = encoded(picture(), "WEBP", lossless=True, exif=exif)
    header = b"MM\x00*\x00\x00\x00\x08"
    assert content.count(header) == 1
    damaged = decode_image(content.replace(header, b"MM\x00\xb9\x00\x00\x00\x08"), MAX_PIXELS)
    assert hash_image(damaged) == hash_image(picture())


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_transparent_parts_are_white(mode: str) -> None:
    black_circle = Image.new("L", (64, 64), 0)
    alpha = grey_image(np.hypot(*np.mgrid[-32:32, -40:24]) < 20).point(lambda value: 255 * value)
    white = Image.composite(black_circle, Image.new("L", (64, 64), 255), alpha)
    layered = Image.merge("LA", [black_circle, alpha])
    if mode == "P":
        # Both palette entries are black; the second is transparent.
        layered = alpha.point(lambda value: int(value == 0)).convert("P")
        layered.putpalette([0] * 6)
        layered.info["transparency"] = 1
    elif mode == "RGBA":
        layered = layered.convert("RGBA")
    assert layered.mode == mode
    assert hash_image(layered) == hash_image(white)


@pytest.mark.parametrize("mode", ["1", "L", "P", "CMYK", "YCbCr", "HSV"])
def test_every_colour_mode_stays_close_to_the_original(mode: str) -> None:
    found = hash_image(picture().convert(mode))
    assert bits_apart(found.phash, hash_image(picture()).phash) <= 4


def test_sixteen_bits_of_grey_are_scaled_not_clipped() -> None:
    eight = np.asarray(picture().convert("L"))
    sixteen = Image.fromarray(eight.astype(np.uint16) * 257)
    decoded = decode_image(encoded(sixteen, "PNG"), MAX_PIXELS)
    assert decoded.mode == "I;16"
    assert hash_image(decoded) == hash_image(grey_image(eight))


# Decoding


@pytest.mark.parametrize("file_format", ["BMP", "GIF", "JPEG", "PNG", "TIFF", "WEBP"])
def test_common_formats_decode_to_one_picture(file_format: str) -> None:
    expected = hash_image(picture())
    found = hash_image(decode_image(encoded(picture(), file_format), MAX_PIXELS))
    is_lossless = file_format in ("BMP", "PNG", "TIFF")
    assert bits_apart(found.phash, expected.phash) <= (0 if is_lossless else 4)
    assert (found.width, found.height) == (120, 80)


@pytest.mark.parametrize("file_format", ["GIF", "PNG", "WEBP"])
def test_an_animation_is_its_first_frame(file_format: str) -> None:
    first, second = picture(), Image.new("RGB", (120, 80), "navy")
    options = {"lossless": True} if file_format == "WEBP" else {}
    still = encoded(first, file_format, **options)
    moving = encoded(first, file_format, save_all=True, append_images=[second], duration=100, **options)
    expected = hash_image(decode_image(still, MAX_PIXELS))
    assert hash_image(decode_image(moving, MAX_PIXELS)) == expected


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty file"),
        (b"<html>404 Not Found</html>", "not an image"),
        (encoded(picture(), "EPS"), "not an image"),
        (encoded(picture(), "PNG")[:-2000], "truncated or damaged"),
        (encoded(picture(), "JPEG")[:-700], "truncated or damaged"),
        (encoded(picture(), "WEBP")[:-300], "truncated or damaged"),
        (encoded(picture(1001, 1000), "PNG"), r"too many pixels \(1001 x 1000\)"),
    ],
    ids=["empty", "html", "eps", "png", "jpeg", "webp", "large"],
)
def test_what_cannot_be_decoded_says_why(content: bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=rf"^{reason}$"):
        decode_image(content, MAX_PIXELS)


def test_an_image_of_the_largest_size_is_decoded() -> None:
    assert decode_image(encoded(picture(1000, 1000), "PNG"), MAX_PIXELS).size == (1000, 1000)


@pytest.mark.parametrize("side", [12_000, 60_000])
def test_a_decompression_bomb_is_refused_before_it_is_decoded(side: int, recwarn: Any) -> None:
    header = bytearray(encoded(Image.new("1", (1, 1)), "BMP"))
    header[18:26] = side.to_bytes(4, "little") * 2
    with pytest.raises(ValueError, match=r"^too many pixels"):
        decode_image(bytes(header), MAX_PIXELS)
    assert not recwarn.list


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from([encoded(picture(30, 20), name) for name in ("BMP", "GIF", "JPEG", "PNG", "TIFF", "WEBP")]),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=8),
    st.floats(0, 1),
)
def test_damaged_bytes_are_refused_or_hashed(content: bytes, damages: list[tuple[float, int]], kept: float) -> None:
    damaged = bytearray(content)
    for place, value in damages:
        damaged[int(place * len(damaged))] = value
    reason = ""
    try:
        image = decode_image(bytes(damaged[: int(kept * len(damaged))]), MAX_PIXELS)
        hash_image(image)
    except ValueError as error:
        reason = str(error)
    assert re.fullmatch(r"|empty file|not an image|truncated or damaged|too many pixels.*", reason)
