import imagehash
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from creative_approaches.core.media.image_decoding import as_shown, decode_image
from creative_approaches.core.media.image_hash import HashSizes, hash_image
from creative_approaches.core.media.words import to_signed64
from tests.support.media.pictures import (
    MAX_PIXELS,
    as_from,
    bits_apart,
    bits_of,
    encoded,
    grey_image,
    picture,
    words_bits,
)


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(["noise", "soft", "few", "flat"]),
    st.integers(0, 10_000),
    st.integers(1, 90),
    st.integers(1, 90),
    st.integers(2, 8),
    st.integers(2, 16),
)
def test_hashes_are_those_of_the_imagehash_package(
    kind: str, seed: int, width: int, height: int, size: int, fine_size: int
) -> None:
    rng = np.random.default_rng(seed)
    pixels = rng.integers(0, 256, (height, width, 3))
    if kind == "soft":
        pixels = np.add.outer(np.add.outer(np.arange(height), np.arange(width)), pixels[0, 0] // 4)
    elif kind == "few":
        pixels = pixels // 128 * 255
    elif kind == "flat":
        pixels[:] = pixels[0, 0, 0]
    image = Image.fromarray(pixels.astype(np.uint8))
    found = hash_image(image, HashSizes(size, fine_size))
    for name, package in {"ahash": imagehash.average_hash, "dhash": imagehash.dhash, "phash": imagehash.phash}.items():
        assert f"{getattr(found, name) % 2**64:0{size * size}b}" == bits_of(package(image, size))
        if name != "ahash":
            assert words_bits(found, f"fine_{name}") == bits_of(package(image, fine_size)).ljust(256, "0")
    assert (found.width, found.height, found.hash_size, found.fine_hash_size) == (width, height, size, fine_size)


def test_fine_hashes_may_be_left_out() -> None:
    found = hash_image(picture(), HashSizes(fine_size=None))
    assert found.fine_hash_size is found.fine_dhash_1 is found.fine_phash_4 is None
    assert found.phash == hash_image(picture()).phash


@pytest.mark.parametrize(("size", "fine_size"), [(1, 16), (9, 16), (8, 1), (8, 17)])
def test_sizes_that_fill_no_column_are_refused(size: int, fine_size: int) -> None:
    with pytest.raises(ValueError, match=f"bits a side, got {size if fine_size == 16 else fine_size}"):
        HashSizes(size, fine_size)


def test_mean_colours_are_those_that_a_viewer_sees() -> None:
    # By hand: half of (200, 100, 0), half transparent on white.
    image = Image.new("RGBA", (40, 20), (200, 100, 0, 255))
    image.paste((0, 0, 0, 0), (20, 0, 40, 20))
    found = hash_image(image)
    assert (found.mean_red, found.mean_green, found.mean_blue) == (227.5, 177.5, 127.5)
    grey = hash_image(Image.new("L", (5, 5), 70))
    assert (grey.mean_red, grey.mean_green, grey.mean_blue) == (70, 70, 70)


def test_a_brightening_image_has_every_difference_bit() -> None:
    # By hand: each pixel is brighter than its left neighbour, 64 ones are -1; mirrored, none is.
    brightening = np.tile(np.linspace(0, 255, 90), (90, 1))
    assert hash_image(grey_image(brightening)).dhash == -1
    assert hash_image(grey_image(brightening[:, ::-1])).dhash == 0


def test_an_image_with_a_white_right_half() -> None:
    # By hand: each row of the average hash is 00001111.
    found = hash_image(grey_image(np.tile(np.repeat([0, 255], 32), (64, 1))))
    assert found.ahash == 0x0F0F0F0F0F0F0F0F
    assert found.quality == 2 / 62  # the two columns at the edge


def test_a_flat_image_has_quality_zero() -> None:
    assert hash_image(Image.new("RGB", (50, 40), (200, 30, 90))).quality == 0


def test_quality_is_the_share_with_detail() -> None:
    # By hand, of a grid of 62 x 62 inner pixels: every one of a chequered picture, none of an even gradient.
    rows, columns = np.indices((64, 64))
    assert hash_image(grey_image((rows + columns) % 2 * 255)).quality == 1
    assert hash_image(grey_image(columns * 4)).quality == 0
    assert hash_image(picture(600, 600)).quality > 0.3


def test_a_picture_of_half_the_size_keeps_its_hash() -> None:
    large, small = hash_image(picture(600, 400)), hash_image(picture(300, 200))
    assert bits_apart(large.phash, small.phash) <= 2
    assert bits_apart(large.phash, hash_image(picture().rotate(90)).phash) > 10


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
    assert as_from("PNG", picture()) == hash_image(decode_image(content, MAX_PIXELS))


def test_damaged_exif_data_leaves_the_picture_as_stored() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    content = encoded(picture(), "WEBP", lossless=True, exif=exif)
    header = b"MM\x00*\x00\x00\x00\x08"
    assert content.count(header) == 1
    damaged = decode_image(content.replace(header, b"MM\x00\xb9\x00\x00\x00\x08"), MAX_PIXELS)
    assert hash_image(damaged) == as_from("WEBP", picture())


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


@pytest.mark.parametrize(
    ("ink", "ground"),
    [("black", 255), ("white", 0), ((250, 240, 200), 0), ((128, 128, 128), 255), ((90, 20, 160), 255)],
    ids=str,
)
def test_a_transparent_picture_is_laid_on_a_ground_that_shows_it(ink: str | tuple[int, ...], ground: int) -> None:
    disc = Image.new("L", (64, 64), 0)
    ImageDraw.Draw(disc).ellipse((12, 12, 50, 50), fill=255)
    layered = Image.new("RGBA", (64, 64), ink)
    layered.putalpha(disc)
    expected = Image.new("RGB", (64, 64), (ground,) * 3)
    expected.paste(ink, mask=disc)
    assert hash_image(layered) == hash_image(expected)


def test_a_picture_in_black_and_white_is_laid_on_grey_where_white_hides_most_of_it() -> None:
    layered = Image.new("RGBA", (60, 60))
    layered.paste("white", (10, 10, 50, 40))
    layered.paste("black", (10, 40, 50, 50))
    assert as_shown(layered).getpixel((0, 0)) == (128, 128, 128)


@pytest.mark.parametrize("mode", ["1", "L", "P", "CMYK", "YCbCr", "HSV"])
def test_every_colour_mode_stays_close_to_the_original(mode: str) -> None:
    found = hash_image(picture().convert(mode))
    assert bits_apart(found.phash, hash_image(picture()).phash) <= 4


def test_sixteen_bits_of_grey_are_scaled_not_clipped() -> None:
    eight = np.asarray(picture().convert("L"))
    sixteen = Image.fromarray(eight.astype(np.uint16) * 257)
    decoded = decode_image(encoded(sixteen, "PNG"), MAX_PIXELS)
    assert decoded.mode == "I;16"
    assert hash_image(decoded) == as_from("PNG", grey_image(eight))
