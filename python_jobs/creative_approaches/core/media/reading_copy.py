"""What an annotator is shown of an image or a film: large enough to read the words in it, and small enough to keep."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PIL import Image

from creative_approaches.core.media.film import Frame
from creative_approaches.core.media.image_decoding import as_shown, decode_reduced
from creative_approaches.core.media.small_webp import small_webp

SIDE: Final = 768  # pixels of the longest side at most; words in an ad can still be read
MAX_BYTES: Final = 100_000
MAX_FRAMES: Final = 8


@dataclass(frozen=True)
class FrameCopy:
    """A frame of a film as a WebP file, and the second that it starts at."""

    starts_at_seconds: float
    webp: bytes


def reading_copy(picture: Image.Image) -> bytes:
    """A picture at `SIDE` pixels at most, as a WebP file of at most `MAX_BYTES`. picture : RGB or grey (L)."""
    return small_webp(picture, SIDE, MAX_BYTES).webp


def image_copy(content: bytes, shown: Image.Image, max_pixels: int, longest_side: int) -> bytes:
    """The copy of an image file.

    shown : the image as it was decoded for its hashes; a JPEG at a scale that is too small for reading is decoded once
    more, no larger than needed.  longest_side : of the file's picture, in pixels.  Raises MediaFaultError as
    `decode_image`.
    """
    if max(shown.size) >= min(SIDE, longest_side):
        return reading_copy(shown)
    short_side = -(-SIDE * min(shown.size) // max(shown.size))
    return reading_copy(as_shown(decode_reduced(content, max_pixels, short_side)[0]))


class FilmCopies:
    """At most `MAX_FRAMES` of the keyframes of a film, spread over them, the first and the last among them.

    Blank ones are left out, unless there are no others. However many keyframes there are, pictures of twice as many at
    most are in memory: where there are more, every second one goes, and from then on half as many are taken.
    """

    def __init__(self) -> None:
        """Begin before the first keyframe."""
        self._taken: list[tuple[float, Image.Image]] = []
        self._every = 1
        self._seen = 0
        self._last: tuple[float, Frame] | None = None
        self._blank: tuple[float, Frame] | None = None

    def look(self, at: float, frame: Frame, is_blank: bool) -> None:
        """Take notice of the next keyframe, which starts at this second."""
        if is_blank:
            self._blank = self._blank or (at, frame)
            return
        self._last = at, frame
        if self._seen % self._every == 0:
            self._taken.append((at, frame.small(SIDE)))
            if len(self._taken) > 2 * MAX_FRAMES:
                self._taken = self._taken[::2]
                self._every *= 2
        self._seen += 1

    def copies(self) -> tuple[FrameCopy, ...]:
        """The copies, in the order of their times; none of a film without keyframes."""
        taken = list(self._taken)
        last = self._last or self._blank
        if last and (not taken or taken[-1][0] < last[0]):
            taken.append((last[0], last[1].small(SIDE)))
        places: Sequence[int] = range(len(taken))
        if len(taken) > MAX_FRAMES:
            places = [round(place * (len(taken) - 1) / (MAX_FRAMES - 1)) for place in range(MAX_FRAMES)]
        return tuple(FrameCopy(taken[place][0], reading_copy(taken[place][1])) for place in places)
