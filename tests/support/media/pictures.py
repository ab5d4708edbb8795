"""Pictures that are drawn, encoded and compared bit by bit."""

import io
from dataclasses import replace
from typing import Any

import imagehash
import numpy as np
from PIL import Image

from creative_approaches.core.media.image_hash import ImageHashes, hash_image

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


def as_from(file_format: str, image: Image.Image) -> ImageHashes:
    return replace(hash_image(image), format=file_format)


def words_bits(hashes: ImageHashes, name: str) -> str:
    words = (getattr(hashes, f"{name}_{place}") for place in range(1, 5))
    return "".join(f"{word % 2**64:064b}" for word in words)


def bits_of(found: imagehash.ImageHash) -> str:
    return "".join(str(int(bit)) for bit in found.hash.reshape(-1))
