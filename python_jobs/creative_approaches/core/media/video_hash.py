"""The signature of a film: its keyframes with their hashes, and how long each is shown."""

from dataclasses import dataclass
from typing import Final

from PIL import Image

from creative_approaches.core.media import thumbnail
from creative_approaches.core.media.film import Frame, sample_film
from creative_approaches.core.media.image_hash import HashSizes, ImageHashes, hash_image
from creative_approaches.core.media.reading_copy import FilmCopies, FrameCopy

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

    @property
    def shows(self) -> float:
        """How much there is to see: detail, by the time that it is seen. 0 for a blank one, however long."""
        return self.seconds * self.hashes.quality


@dataclass(frozen=True)
class VideoHashes:
    """A film: format and codec by FFmpeg's names, width and height in pixels as shown, seconds, and its signature.

    still : a small picture in colour of the keyframe that shows most, the first of several.  still_starts_at : its
    second.  copies : of some keyframes, where they are kept.
    """

    format: str
    codec: str
    width: int
    height: int
    duration_seconds: float
    keyframes: tuple[Keyframe, ...]
    still: Image.Image
    still_starts_at: float
    copies: tuple[FrameCopy, ...] = ()


def hash_video(content: bytes, max_seconds: float, keep_copies: bool = False) -> VideoHashes:
    """Hash a film from the bytes of its file.

    A keyframe is the first of the samples that look like it, one after the other, and lasts until the next.
    keep_copies : whether to make copies of some for an annotator.  Raises MediaFaultError as `sample_film` does.
    """
    copies = FilmCopies()
    seen = _Keyframes(copies if keep_copies else None)
    film = sample_film(content, max_seconds, seen.look)
    seen.end(film.seconds)
    return VideoHashes(
        film.format,
        film.codec,
        film.width,
        film.height,
        film.seconds,
        tuple(seen.keyframes),
        seen.still,
        seen.best.starts_at,
        copies.copies(),
    )


class _Keyframes:
    """The keyframes of the samples so far; of pictures only the last one's and the best one's, since films are long."""

    keyframes: list[Keyframe]
    best: Keyframe
    still: Image.Image

    def __init__(self, copies: FilmCopies | None) -> None:
        self.keyframes = []
        self._copies = copies
        self._last: tuple[float, ImageHashes, Image.Image] | None = None

    def look(self, at: float, frame: Frame) -> None:
        hashes = hash_image(frame.grey(), SIZES)
        if self._last and _bits_apart(self._last[1], hashes) <= SAME_KEYFRAME:
            return
        self.end(at)
        self._last = at, hashes, frame.small(thumbnail.SIDE)
        if self._copies:
            self._copies.look(at, frame, is_blank=not hashes.quality)

    def end(self, at: float) -> None:
        """The last keyframe is shown until then."""
        if not self._last:
            return
        starts_at, hashes, picture = self._last
        keyframe = Keyframe(starts_at, at - starts_at, hashes)
        if not self.keyframes or keyframe.shows > self.best.shows:
            self.best, self.still = keyframe, picture
        self.keyframes.append(keyframe)


def _bits_apart(left: ImageHashes, right: ImageHashes) -> int:
    return sum(
        ((getattr(left, word) ^ getattr(right, word)) & (2**64 - 1)).bit_count()
        for word in ("fine_phash_1", "fine_phash_2", "fine_phash_3", "fine_phash_4")
    )
