"""The signature of a film: its keyframes with their hashes, and how long each is shown."""

from dataclasses import dataclass
from typing import Final

from creative_approaches.core.media.film import sample_film
from creative_approaches.core.media.image_hash import HashSizes, ImageHashes, hash_image

SIZES: Final = HashSizes()  # the same for all films: the vars that compare frames count bits of 256
# Bits of 256 within which samples that follow each other are one keyframe. Half of it is what the keyframes of two cuts
# of a moving shot may be apart for want of the same moment.
SAME_KEYFRAME: Final = 24


@dataclass(frozen=True)
class Keyframe:
    """What a film shows from a second on, for so many seconds."""

    starts_at: float
    seconds: float
    hashes: ImageHashes


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
    Raises MediaFaultError as `sample_film` does.
    """
    film = sample_film(content, max_seconds, lambda image: hash_image(image, SIZES))
    kept: list[tuple[float, ImageHashes]] = []
    for starts_at, hashes in film.samples:
        if not kept or _bits_apart(kept[-1][1], hashes) > SAME_KEYFRAME:
            kept.append((starts_at, hashes))
    ends = [*(starts_at for starts_at, _ in kept[1:]), film.seconds]
    keyframes = (Keyframe(at, end - at, hashes) for (at, hashes), end in zip(kept, ends, strict=True))
    return VideoHashes(film.format, film.codec, film.width, film.height, film.seconds, tuple(keyframes))


def _bits_apart(left: ImageHashes, right: ImageHashes) -> int:
    return sum(
        ((getattr(left, word) ^ getattr(right, word)) & (2**64 - 1)).bit_count()
        for word in ("fine_phash_1", "fine_phash_2", "fine_phash_3", "fine_phash_4")
    )
