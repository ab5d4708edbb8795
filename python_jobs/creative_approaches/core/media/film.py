"""Frames of a film, sampled by time from its bytes. Needs the package `av`, which brings its own decoders."""

import io
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from PIL import Image

from creative_approaches.core.media.faults import MediaFaultError, Reason

if TYPE_CHECKING:
    import av
    from av.container import InputContainer

INTERVAL: Final = 0.5  # seconds between samples. The same for long films, so that a cut-down meets the same frames.
SAMPLE_SIDE: Final = 256  # pixels that the sides of a sample are scaled down to; the finest hash needs 64
MAX_PIXELS: Final = 4_096 * 2_304  # of one frame; checked before memory is taken
# Of all frames together: ten minutes of 1920 x 1080 at 30 frames a second. A smaller frame than SMALL counts as that,
# since each has its own cost.
MAX_DECODED_PIXELS: Final = 40_000_000_000
SMALL: Final = 256 * 256
SKIP_FROM_RATE: Final = 20  # frames a second from which those that no other refers to are not decoded

# Playlists and lists of files are formats, too: a film in one of them could name other files and addresses to read.
_FORMATS: Final = "mov,matroska,avi,mpegts,mpeg,flv,asf,ogg,gif"
_OPTIONS: Final = {"format_whitelist": _FORMATS, "protocol_whitelist": ""}
_HEADS: Final = (b"ftyp", b"\x1aE\xdf\xa3", b"RIFF", b"FLV", b"GIF8", b"OggS")  # of files in these formats


@dataclass(frozen=True)
class Film:
    """What a film is: format and codec by FFmpeg's names, width and height in pixels as shown, and its seconds."""

    format: str
    codec: str
    width: int
    height: int
    seconds: float


@dataclass(frozen=True)
class Frame:
    """A decoded frame, which pictures are made of on demand, upright."""

    decoded: "av.VideoFrame"

    def grey(self) -> Image.Image:
        """A grey picture, its sides at most `SAMPLE_SIDE`: a large frame becomes a square."""
        return self._picture("gray", min(self.decoded.width, SAMPLE_SIDE), min(self.decoded.height, SAMPLE_SIDE))

    def small(self, side: int) -> Image.Image:
        """A picture in colour, of the frame's shape, its longest side at most `side`."""
        scale = max(self.decoded.width, self.decoded.height, side) / side
        width, height = (max(1, round(pixels / scale)) for pixels in (self.decoded.width, self.decoded.height))
        return self._picture("rgb24", width, height)

    def _picture(self, pixel_format: str, width: int, height: int) -> Image.Image:
        scaled = self.decoded.reformat(width, height, format=pixel_format, interpolation="AREA")
        return Image.fromarray(scaled.to_ndarray()).rotate(self.decoded.rotation, expand=True)


def sample_film(content: bytes, max_seconds: float, look: Callable[[float, Frame], None]) -> Film:
    """Look at the first frame, and at the first one from each further `INTERVAL` on.

    look : is given each with the second that it starts at; the first starts at 0.
    Raises MediaFaultError: not a video for anything but a film with pictures; too long for more than max_seconds; too
    many pixels for more than `MAX_PIXELS`, too many frames for more than `MAX_DECODED_PIXELS`; truncated for a film
    that ends before its time, where its format tells (AVI and MPEG-TS do not: what is there of them is the film).
    """
    import av

    try:
        with av.open(io.BytesIO(content), "r", options=_OPTIONS) as container:
            return _sample(container, max_seconds, look)
    except (av.error.FFmpegError, UnicodeDecodeError) as error:
        if any(head in content[:12] for head in _HEADS):
            raise MediaFaultError(Reason.TRUNCATED, "The file begins like a film and cannot be read as one.") from error
        raise MediaFaultError(Reason.NOT_A_VIDEO) from error


def _sample(container: "InputContainer", max_seconds: float, look: Callable[[float, Frame], None]) -> Film:
    stream = _pictures(container)
    declared = _declared_seconds(container, stream)
    _check_seconds(declared or 0, max_seconds)
    _check_pixels(stream.width, stream.height)
    first_at = width = height = None
    seconds, next_at, budget = 0.0, 0.0, MAX_DECODED_PIXELS
    for frame in _frames(container, stream):
        _check_pixels(frame.width, frame.height)
        budget -= max(frame.width * frame.height, SMALL)
        if budget < 0:
            raise MediaFaultError(Reason.TOO_MANY_FRAMES)
        at = seconds if frame.pts is None else frame.time
        first_at = at if first_at is None else first_at
        at -= first_at
        seconds = max(seconds, at + _seconds_shown(frame, stream))
        _check_seconds(at, max_seconds)
        if at >= next_at:
            look(at, Frame(frame))
            next_at = (math.floor(at / INTERVAL) + 1) * INTERVAL
            width, height = (frame.height, frame.width) if frame.rotation % 180 else (frame.width, frame.height)
    if width is None or height is None:
        raise MediaFaultError(Reason.TRUNCATED, "No frame of the film can be decoded.")
    if declared and seconds < 0.9 * declared - 1:
        raise MediaFaultError(Reason.TRUNCATED, f"It ends after {seconds:.1f} of {declared:.1f} seconds.")
    name = container.format.name.split(",")[0]
    return Film(name, stream.codec_context.name, width, height, seconds)


def _pictures(container: "InputContainer") -> "av.VideoStream":
    """The first stream of moving pictures; a cover picture beside sound is none."""
    import av

    for stream in container.streams.video:
        if not stream.disposition & av.stream.Disposition.attached_pic:
            if not stream.codec_context:
                raise MediaFaultError(Reason.NOT_A_VIDEO, "Its pictures are encoded in a way that is not known.")
            return stream
    raise MediaFaultError(Reason.NOT_A_VIDEO, "The file has no moving pictures, only sound or other data.")


def _declared_seconds(container: "InputContainer", stream: "av.VideoStream") -> float | None:
    if stream.duration is not None and stream.time_base:
        return float(stream.duration * stream.time_base)
    if container.duration is not None and len(container.streams) == 1:  # else sound may be what lasts
        return container.duration / 1_000_000
    return None


def _frames(container: "InputContainer", stream: "av.VideoStream") -> "Iterator[av.VideoFrame]":
    """The frames up to the end or the first damage. Whether that was enough, their times tell."""
    import av

    context = stream.codec_context
    context.options = {"max_pixels": str(MAX_PIXELS)}
    context.thread_count = 1
    if stream.average_rate and stream.average_rate >= SKIP_FROM_RATE:
        context.skip_frame = "NONREF"
    try:
        yield from container.decode(stream)
    except (av.error.FFmpegError, IndexError):  # the second for a stream that turns up midway
        return


def _seconds_shown(frame: "av.VideoFrame", stream: "av.VideoStream") -> float:
    if frame.duration and frame.time_base:
        return float(frame.duration * frame.time_base)
    return float(1 / (stream.average_rate or Fraction(25)))


def _check_pixels(width: int, height: int) -> None:
    if width * height > MAX_PIXELS:
        raise MediaFaultError(
            Reason.TOO_MANY_PIXELS, f"Its frames have {width} x {height} pixels; {MAX_PIXELS:,} are read."
        )


def _check_seconds(seconds: float, most: float) -> None:
    if seconds > most:
        raise MediaFaultError(Reason.TOO_LONG, f"It is longer than {most:g} seconds.", {"duration_seconds": seconds})
