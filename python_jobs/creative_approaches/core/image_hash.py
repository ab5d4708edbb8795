"""Perceptual hashes of an image, and the decoding of its bytes."""

import io
import warnings
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

# What ad platforms serve. Others are not opened: image files are strangers' input, and for EPS Pillow would
# start Ghostscript.
HASH_SIZE: Final = 8  # bits per side: 8 x 8 fill a 64-bit number
FORMATS: Final = ("AVIF", "BMP", "GIF", "JPEG", "MPO", "PNG", "TIFF", "WEBP")


@dataclass(frozen=True)
class ImageHashes:
    """Size in pixels as shown, three hashes as signed 64-bit numbers, and quality.

    quality : standard deviation of the grey values, 0 for a flat image to 127.5 for half black, half white.
    """

    width: int
    height: int
    ahash: int
    dhash: int
    phash: int
    quality: float


def decode_image(content: bytes, max_pixels: int) -> Image.Image:
    """The first frame of an image file, fully decoded, in its own mode and orientation.

    Raises ValueError with the reason: 'empty file', 'not an image' (or none of `FORMATS`), 'truncated or
    damaged', or 'too many pixels'. The number of pixels is checked before any of them is decoded; beyond
    about 179 million Pillow refuses by itself.
    """
    if not content:
        raise ValueError("empty file")
    Image.init()
    formats = [name for name in FORMATS if name in Image.OPEN]
    try:
        # Pillow warns of many pixels and of odd metadata; the first is checked here, the second harmless.
        with warnings.catch_warnings(action="ignore"):
            image = Image.open(io.BytesIO(content), formats=formats)
            if image.width * image.height <= max_pixels:
                image.load()
    except UnidentifiedImageError as error:
        raise ValueError("not an image") from error
    except Image.DecompressionBombError as error:
        raise ValueError("too many pixels") from error
    except Exception as error:  # Decoders raise errors of many types on damaged bytes.
        raise ValueError("truncated or damaged") from error
    if image.width * image.height > max_pixels:
        raise ValueError(f"too many pixels ({image.width} x {image.height})")
    return image


def hash_image(image: Image.Image) -> ImageHashes:
    """Average, difference and perceptual hash of the image as a viewer sees it, 8 x 8 bits each.

    EXIF orientation is applied where it can be read, and transparency laid on white. Of an animation the
    current frame counts.
    """
    import imagehash

    grey = _grey(_upright(image))
    return ImageHashes(
        width=grey.width,
        height=grey.height,
        ahash=to_signed64(imagehash.average_hash(grey, HASH_SIZE).hash),
        dhash=to_signed64(imagehash.dhash(grey, HASH_SIZE).hash),
        phash=to_signed64(imagehash.phash(grey, HASH_SIZE).hash),
        quality=_standard_deviation(grey),
    )


def to_signed64(bits: NDArray[np.bool_]) -> int:
    """Up to 64 bits, first bit highest, as a signed number: the 64th is the sign, as in a warehouse's INT64.

    bits : bool, any shape.  Raises ValueError for more than 64.
    """
    if bits.size > 64:
        raise ValueError(f"at most 64 bits fit, got {bits.size}")
    number = 0
    for bit in bits.reshape(-1):
        number = number << 1 | int(bit)
    return number - (1 << 64) if number >= 1 << 63 else number


def _upright(image: Image.Image) -> Image.Image:
    try:
        with warnings.catch_warnings(action="ignore"):
            return ImageOps.exif_transpose(image)
    except Exception:  # Damaged EXIF data, in many ways; the pixels are fine and stay as stored.
        return image


def _grey(image: Image.Image) -> Image.Image:
    if image.mode == "I" or image.mode.startswith("I;16"):
        # Pillow would clip 16 bits at 255.
        pixels = np.clip(np.asarray(image).astype(np.int64), 0, 65535)
        return Image.fromarray((pixels // 256).astype(np.uint8))
    if image.has_transparency_data:
        rgba = image.convert("RGBA")
        white = Image.new("RGBA", rgba.size, "white")
        return Image.alpha_composite(white, rgba).convert("L")
    return image.convert("RGB").convert("L")


def _standard_deviation(grey: Image.Image) -> float:
    """From the histogram: no copy of the pixels as floats."""
    counts = np.array(grey.histogram(), dtype=np.float64)
    values = np.arange(256)
    mean = np.average(values, weights=counts)
    return float(np.sqrt(np.average((values - mean) ** 2, weights=counts)))
