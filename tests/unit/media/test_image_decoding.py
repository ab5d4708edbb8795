import struct
import zlib
from contextlib import suppress
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image, ImageOps
from PIL.PngImagePlugin import PngImageFile

from creative_approaches.core.media import image_decoding
from creative_approaches.core.media.faults import MediaFaultError
from creative_approaches.core.media.image_decoding import MAX_JPEG_SCANS, decode_image, decode_reduced
from creative_approaches.core.media.image_hash import HashSizes, hash_content, hash_image
from tests.support.media.pictures import MAX_PIXELS, as_from, bits_apart, encoded, grey_image, picture


@pytest.mark.parametrize("file_format", ["BMP", "GIF", "JPEG", "PNG", "TIFF", "WEBP"])
def test_common_formats_decode_to_one_picture(file_format: str) -> None:
    expected = hash_image(picture())
    found = hash_image(decode_image(encoded(picture(), file_format), MAX_PIXELS))
    is_lossless = file_format in ("BMP", "PNG", "TIFF")
    assert bits_apart(found.phash, expected.phash) <= (0 if is_lossless else 4)
    assert (found.width, found.height) == (120, 80)


def animated(file_format: str, *frames: Image.Image, **options: Any) -> bytes:
    lossless = {"lossless": True} if file_format == "WEBP" else {}
    return encoded(
        frames[0], file_format, save_all=True, append_images=list(frames[1:]), duration=100, **lossless, **options
    )


@pytest.mark.parametrize("file_format", ["GIF", "PNG", "WEBP"])
def test_an_animation_is_the_first_frame_that_shows_nearly_as_much_as_any(file_format: str) -> None:
    blank, shown = Image.new("RGB", (120, 80), "navy"), picture()
    options = {"lossless": True} if file_format == "WEBP" else {}
    expected = hash_image(decode_image(encoded(shown, file_format, **options), MAX_PIXELS))
    faded, other = Image.blend(blank, shown, 0.5), shown.transpose(Image.Transpose.ROTATE_180)
    for frames in [(shown, blank), (blank, faded, shown, other), (blank, shown, other, blank)]:
        found = hash_image(decode_image(animated(file_format, *frames), MAX_PIXELS))
        assert bits_apart(found.phash, expected.phash) <= (4 if file_format == "GIF" else 0)


def test_the_default_image_of_a_png_that_is_no_frame_is_not_looked_at() -> None:
    hidden, shown = picture().transpose(Image.Transpose.FLIP_TOP_BOTTOM), picture()
    content = animated("PNG", hidden, Image.new("RGB", (120, 80)), shown, default_image=True)
    assert hash_image(decode_image(content, MAX_PIXELS)) == as_from("PNG", shown)


def test_pages_and_versions_of_a_picture_are_no_animation() -> None:
    content = encoded(Image.new("RGB", (120, 80)), "TIFF", save_all=True, append_images=[picture()])
    assert hash_image(decode_image(content, MAX_PIXELS)).quality == 0


def test_a_damaged_animation_is_what_comes_before_the_damage() -> None:
    last = picture().transpose(Image.Transpose.ROTATE_180)
    content = animated("GIF", Image.new("RGB", (120, 80)), picture(), last)
    found = hash_image(decode_image(content[: -len(encoded(last, "GIF")) // 2], MAX_PIXELS))
    assert bits_apart(found.phash, hash_image(picture()).phash) <= 4


def png(width: int, height: int, *chunks: tuple[bytes, bytes]) -> bytes:
    """A grey PNG of these chunks between its header and its end."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    every = [(b"IHDR", header), *chunks, (b"IEND", b"")]
    parts = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in every
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def scanned_often(times: int) -> bytes:
    """A progressive JPEG whose last scan is there so many times more."""
    content = encoded(picture(), "JPEG", progressive=True)
    last = content[content.rindex(b"\xff\xda") : -2]
    return content[:-2] + last * times + content[-2:]


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
TEXT = b"Comment\0\0" + zlib.compress(bytes(20_000_000))


@pytest.mark.parametrize(
    ("content", "reason", "message"),
    [
        (b"", "not_an_image", "It is an empty file."),
        (bytes(1000), "not_an_image", "It is of no format that is read."),
        (b"<html>404 Not Found</html>", "not_an_image", "It is an HTML page."),
        (SVG, "not_an_image", "It is SVG."),
        (encoded(picture(), "EPS"), "not_an_image", "It is a PostScript document."),
        (encoded(picture(), "PNG")[:2000], "truncated", "It is cut off or damaged."),
        (encoded(picture(), "JPEG")[:900], "truncated", "It is cut off or damaged."),
        (encoded(picture(), "WEBP")[:-300], "truncated", "It is cut off or damaged."),
        (png(2, 2, (b"zTXt", TEXT), (b"IDAT", zlib.compress(bytes(6)))), "truncated", "It is cut off or damaged."),
        (encoded(picture(1001, 1000), "PNG"), "too_many_pixels", "It has more than 1 megapixels."),
        (png(20_000, 20_000, (b"IDAT", b"")), "too_many_pixels", "It has more than 1 megapixels."),
        (scanned_often(MAX_JPEG_SCANS), "too_many_scans", "The file has more than 100 scans."),
    ],
    ids=["empty", "zeros", "html", "svg", "eps", "png", "jpeg", "webp", "text", "large", "bomb", "scans"],
)
def test_what_cannot_be_decoded_says_why(content: bytes, reason: str, message: str) -> None:
    with pytest.raises(MediaFaultError, match=rf"^{message}$") as fault:
        hash_content(content, HashSizes(), MAX_PIXELS)
    assert fault.value.reason == reason
    with pytest.raises(MediaFaultError, match=rf"^{message}$"):
        decode_image(content, MAX_PIXELS)


@pytest.mark.parametrize("file_format", ["BMP", "GIF", "JPEG", "PNG", "TIFF", "WEBP"])
def test_a_single_pixel_is_an_image(file_format: str) -> None:
    found = hash_content(encoded(Image.new("RGB", (1, 1), "white"), file_format), HashSizes(), MAX_PIXELS)[0]
    assert (found.format, found.width, found.height, found.quality) == (file_format, 1, 1, 0)
    assert (found.mean_red, found.mean_green, found.mean_blue) == (255, 255, 255)


@pytest.mark.parametrize("step", [(Image, "open"), (PngImageFile, "load"), (ImageOps, "exif_transpose")])
def test_an_image_for_which_memory_is_short_is_not_called_damaged(
    step: tuple[Any, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def exhausted(*_: Any, **__: Any) -> None:
        raise MemoryError

    turned = Image.Exif()
    turned[ExifTags.Base.Orientation] = 6
    content = encoded(picture(), "PNG", exif=turned)
    monkeypatch.setattr(*step, exhausted)
    with pytest.raises(MemoryError):
        hash_content(content, HashSizes(), MAX_PIXELS)


def test_of_an_animation_a_bounded_number_of_frames_and_pixels_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    frames = [Image.new("L", (400, 400), shade) for shade in range(9)]
    moving = animated("GIF", *frames, grey_image(np.indices((400, 400)).sum(axis=0) % 2 * 255))
    # The pixels of all frames are over the limit, those of one are not.
    assert hash_content(moving, HashSizes(), 200_000)[0].quality > 0
    monkeypatch.setattr(image_decoding, "MAX_FRAMES", 9)
    assert hash_content(moving, HashSizes(), 200_000)[0].quality == 0
    monkeypatch.setattr(image_decoding, "MAX_FRAMES", 100)
    monkeypatch.setattr(image_decoding, "MAX_FRAME_PIXELS", 9 * 160_000)
    assert hash_content(moving, HashSizes(), 200_000)[0].quality == 0


def test_an_image_of_the_largest_size_is_decoded() -> None:
    assert decode_image(encoded(picture(1000, 1000), "PNG"), MAX_PIXELS).size == (1000, 1000)


@pytest.mark.parametrize("side", [12_000, 60_000])
def test_a_decompression_bomb_is_refused_before_it_is_decoded(side: int, recwarn: Any) -> None:
    header = bytearray(encoded(Image.new("1", (1, 1)), "BMP"))
    header[18:26] = side.to_bytes(4, "little") * 2
    with pytest.raises(MediaFaultError, match="megapixels"):
        decode_image(bytes(header), MAX_PIXELS)
    assert not recwarn.list


def jpeg(width: int, height: int, **options: Any) -> bytes:
    rng = np.random.default_rng(5)
    grain = Image.fromarray(rng.integers(0, 40, (height, width, 3), dtype=np.uint8))
    soft = picture(width, height)
    return encoded(Image.blend(soft, grain, 0.2), "JPEG", quality=90, **options)


@pytest.mark.parametrize(
    ("width", "height", "scale"),
    [(1080, 1080, 4), (2048, 2048, 8), (1200, 628, 2), (1080, 1350, 2), (1081, 1080, 1), (500, 900, 1)],
)
def test_a_jpeg_is_decoded_at_the_smallest_scale_that_fits(width: int, height: int, scale: int) -> None:
    image, found, _ = decode_reduced(jpeg(width, height), 10_000_000, 256)
    assert (found, image.size) == (scale, (width // scale, height // scale))


@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"subsampling": 0}], ids=str)
@pytest.mark.parametrize("size", [(1080, 1080), (2048, 2048), (1200, 628), (520, 516)])
def test_hashes_of_a_reduced_jpeg_are_within_a_bit_of_the_full_ones(
    size: tuple[int, int], options: dict[str, Any]
) -> None:
    content = jpeg(*size, **options)
    found = hash_content(content, HashSizes(), 10_000_000)[0]
    full = hash_image(decode_image(content, 10_000_000))
    assert (found.width, found.height) == size == (full.width, full.height)
    for name in ("ahash", "dhash", "phash"):
        assert bits_apart(getattr(found, name), getattr(full, name)) <= 1
    assert found.mean_red == pytest.approx(full.mean_red, abs=1)


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_other_modes_of_jpeg_are_reduced_too(mode: str) -> None:
    content = encoded(picture(1024, 1024).convert(mode), "JPEG", quality=95)
    found, full = hash_content(content, HashSizes(), 2_000_000)[0], hash_image(decode_image(content, 2_000_000))
    assert bits_apart(found.phash, full.phash) <= 1
    assert (found.width, found.height) == (1024, 1024)


def test_a_phash_on_the_edge_is_that_of_the_full_decode() -> None:
    # Columns of noise: half of the coefficients are about zero, so that the median is among them.
    rng = np.random.default_rng(0)
    soft = np.asarray(grey_image(rng.integers(100, 130, (1, 16))).resize((1024, 1024), Image.Resampling.BICUBIC))
    grain = soft + rng.normal(0, 3, (1024, 1024))
    content = encoded(grey_image(grain.clip(0, 255)), "JPEG", quality=90)
    reduced, _, _ = decode_reduced(content, 2_000_000, 256)
    full = hash_image(decode_image(content, 2_000_000))
    assert hash_image(reduced).phash != full.phash
    assert hash_content(content, HashSizes(), 2_000_000)[0].phash == full.phash


def test_a_reduced_jpeg_is_hashed_as_its_exif_orientation_shows_it() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    content = encoded(picture(1200, 600).transpose(Image.Transpose.ROTATE_90), "JPEG", quality=95, exif=exif)
    found = hash_content(content, HashSizes(), MAX_PIXELS)[0]
    assert (found.width, found.height) == (1200, 600)
    assert bits_apart(found.phash, hash_image(picture(1200, 600)).phash) <= 2


FORMATS = ("AVIF", "BMP", "GIF", "JPEG", "PNG", "TIFF", "WEBP")
WHOLE = [encoded(picture(30, 20), name) for name in FORMATS if name in Image.SAVE]
WHOLE += [
    encoded(picture(30, 20), "GIF", save_all=True, append_images=[Image.new("RGB", (30, 20))]),
    encoded(picture(30, 20), "TIFF", compression="jpeg"),
    encoded(picture(30, 20), "TIFF", compression="tiff_lzw"),
    encoded(picture(30, 20).convert("CMYK"), "JPEG"),
    encoded(picture(30, 20).convert("P"), "PNG", transparency=0),
    encoded(picture(520, 512), "JPEG", progressive=True),
]


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(WHOLE),
    st.lists(
        st.tuples(
            st.sampled_from(["set", "cut", "repeat", "splice"]),
            st.floats(0, 1, exclude_max=True),
            st.integers(0, 255),
            st.sampled_from(WHOLE),
        ),
        max_size=8,
    ),
    st.sampled_from([1.0, 1.0, 1.0, 0.9, 0.5, 0.1]),
)
def test_damaged_bytes_are_refused_or_hashed(
    content: bytes, damages: list[tuple[str, float, int, bytes]], kept: float
) -> None:
    data = bytearray(content)
    for kind, share, value, other in damages:
        place = int(share * len(data))
        if kind == "set":
            data[place : place + 1] = bytes([value])
        elif kind == "cut":
            del data[place : place + value]
        elif kind == "repeat":
            data[place:place] = data[place : place + value] * 3
        else:
            data[place : place + value] = other[place : place + value]
    with suppress(MediaFaultError):
        found = hash_content(bytes(data[: int(kept * len(data))]), HashSizes(), MAX_PIXELS)[0]
        assert found.width * found.height <= MAX_PIXELS
