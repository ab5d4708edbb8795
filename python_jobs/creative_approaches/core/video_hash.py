"""The signature of a film: its keyframes with their hashes, and how long each is shown."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from PIL import Image

from creative_approaches.core.film import sample_film
from creative_approaches.core.image_hash import to_signed64

HASH_SIZE: Final = 8  # bits per side of the 64-bit hashes
FINE_HASH_SIZE: Final = 16
# Bits of 256 within which samples that follow each other are one keyframe. Half of it is what the keyframes of two cuts
# of a moving shot may be apart for want of the same moment.
SAME_KEYFRAME: Final = 24


@dataclass(frozen=True)
class FrameHashes:
    """Hashes of a frame, as those of an image; fine ones are of 256 bits, in four signed numbers."""

    dhash: int
    phash: int
    fine_dhash: tuple[int, ...]
    fine_phash: tuple[int, ...]
    quality: float


@dataclass(frozen=True)
class Keyframe:
    """What a film shows from a second on, for so many seconds."""

    starts_at: float
    seconds: float
    hashes: FrameHashes


@dataclass(frozen=True)
class VideoHashes:
    """A film: format and codec by FFmpeg's names, width and height in pixels as shown, seconds, and its signature."""

    format: str
    codec: str
    width: int
    height: int
    duration_seconds: float
    keyframes: tuple[Keyframe, ...]


def hash_video(content: bytes, max_seconds: float) -> VideoHashes:
    """Hash a film from the bytes of its file.

    A keyframe is the first of the samples that look like it, one after the other, and lasts until the next.
    Raises VideoFaultError as `sample_film` does.
    """
    film = sample_film(content, max_seconds, hash_frame)
    kept: list[tuple[float, FrameHashes]] = []
    for starts_at, hashes in film.samples:
        if not kept or _bits_apart(kept[-1][1].fine_phash, hashes.fine_phash) > SAME_KEYFRAME:
            kept.append((starts_at, hashes))
    ends = [*(starts_at for starts_at, _ in kept[1:]), film.seconds]
    keyframes = (Keyframe(at, end - at, hashes) for (at, hashes), end in zip(kept, ends, strict=True))
    return VideoHashes(film.format, film.codec, film.width, film.height, film.seconds, tuple(keyframes))


def hash_frame(grey: Image.Image) -> FrameHashes:
    """Difference and perceptual hash of a grey image, 64 bits and 256 bits each, and the deviation of its pixels."""
    import imagehash

    return FrameHashes(
        dhash=to_signed64(imagehash.dhash(grey, HASH_SIZE).hash),
        phash=to_signed64(imagehash.phash(grey, HASH_SIZE).hash),
        fine_dhash=_words(imagehash.dhash(grey, FINE_HASH_SIZE).hash),
        fine_phash=_words(imagehash.phash(grey, FINE_HASH_SIZE).hash),
        quality=float(np.asarray(grey).std()),
    )


def _words(bits: np.ndarray) -> tuple[int, ...]:
    return tuple(to_signed64(word) for word in bits.reshape(4, 64))


def _bits_apart(left: tuple[int, ...], right: tuple[int, ...]) -> int:
    return sum(((a ^ b) & (2**64 - 1)).bit_count() for a, b in zip(left, right, strict=True))
