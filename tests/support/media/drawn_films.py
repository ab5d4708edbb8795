"""Small films, drawn from seeds: scenes of shapes that a camera moves over, cuts between them, and end cards."""

import io
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

import av
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

Frame = NDArray[np.uint8]  # shape (height, width, 3)

CANVAS: Final = (480, 270)
VIEW: Final = 0.75  # part of the canvas that the camera sees
SHAPES: Final = 22
# Of the encoders that take a crf: as fast as they go.
_OPTIONS: Final[dict[str, dict[str, object]]] = {
    "libx264": {"preset": "veryfast"},
    "libvpx-vp9": {"cpu-used": "8", "deadline": "realtime"},
}


@dataclass(frozen=True)
class Scene:
    """One shot: what its seed draws, for so many seconds from a moment of it on.

    is_still : a card that neither moves nor has a moving subject.
    """

    seed: int
    seconds: float
    starts_at: float = 0.0
    is_still: bool = False


@dataclass(frozen=True)
class Encoding:
    """How a film is written. crf: of libx264 and libvpx-vp9, higher is coarser."""

    size: tuple[int, int] = (320, 180)
    rate: int = 25
    codec: str = "libx264"
    container: str = "mp4"
    crf: int = 23


def draw_frames(scenes: Iterable[Scene], size: tuple[int, int], rate: int) -> Iterator[Frame]:
    """The frames of the scenes, one after the other."""
    for scene in scenes:
        for number in range(round(scene.seconds * rate)):
            yield draw_frame(scene, scene.starts_at + number / rate, size)


def draw_frame(scene: Scene, at: float, size: tuple[int, int]) -> Frame:
    """What the camera sees of a scene at a moment, in seconds. Seed -1 is black."""
    if scene.seed < 0:
        return np.zeros((size[1], size[0], 3), np.uint8)
    rng = np.random.default_rng([scene.seed, 1])
    direction, speed, phase = rng.uniform(0, 2 * math.pi), rng.uniform(0.0, 0.06), rng.uniform(0.2, 0.8)
    radius, color = rng.uniform(0.06, 0.14), tuple(int(value) for value in rng.integers(0, 256, 3))
    if scene.is_still:
        speed, radius, at = 0.0, 0.0, 0.0
    width, height = CANVAS
    image = _canvas(scene.seed).copy()
    x, y = phase + 0.08 * at * math.cos(direction + 1), 0.5 + 0.25 * math.sin(0.9 * at + direction)
    ImageDraw.Draw(image).ellipse(
        [
            *((x - radius) * width, y * height - radius * width),
            *((x + radius) * width, y * height + radius * width),
        ],
        fill=color,
    )
    free = (1 - VIEW) / 2
    left = width * (free + np.clip(speed * at * math.cos(direction), -free, free))
    top = height * (free + np.clip(speed * at * math.sin(direction), -free, free))
    box = (left, top, left + VIEW * width, top + VIEW * height)
    return np.asarray(image.resize(size, Image.Resampling.BILINEAR, box=box))


@lru_cache(maxsize=64)
def _canvas(seed: int) -> Image.Image:
    rng = np.random.default_rng([seed, 0])
    corners = rng.integers(0, 256, (2, 2, 3), dtype=np.uint8)
    image = Image.fromarray(corners).resize(CANVAS, Image.Resampling.BICUBIC)
    pen = ImageDraw.Draw(image)
    for number in range(SHAPES):
        x, y = rng.uniform(-0.1, 1.0, 2) * CANVAS
        w, h = rng.uniform(0.04, 0.5 * 0.93**number, 2) * CANVAS
        color = tuple(int(value) for value in rng.integers(0, 256, 3))
        kind = rng.integers(3)
        if kind == 0:
            pen.rectangle([x, y, x + w, y + h], fill=color)
        elif kind == 1:
            pen.ellipse([x, y, x + w, y + h], fill=color)
        else:
            pen.polygon([(x, y + h), (x + w / 2, y), (x + w, y + h * rng.uniform())], fill=color)
    return image


def encode(frames: Iterable[Frame], encoding: Encoding) -> bytes:
    """The frames as the bytes of a film."""
    buffer = io.BytesIO()
    with av.open(buffer, "w", format=encoding.container) as container:
        stream = container.add_stream(encoding.codec, rate=encoding.rate)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height = encoding.size
        stream.pix_fmt = "yuv420p"
        stream.thread_count = 1
        stream.options = _OPTIONS.get(encoding.codec, {}) | {"crf": str(encoding.crf)}
        stream.bit_rate = 0 if encoding.codec in _OPTIONS else 1_000_000
        for frame in frames:
            container.mux(stream.encode(av.VideoFrame.from_ndarray(frame, format="rgb24")))
        container.mux(stream.encode())
    return buffer.getvalue()


def film(scenes: Sequence[Scene], encoding: Encoding = Encoding()) -> bytes:
    """The scenes as the bytes of a film."""
    return encode(draw_frames(scenes, encoding.size, encoding.rate), encoding)


def cut(scenes: Sequence[Scene], start: float, end: float) -> list[Scene]:
    """What the scenes show from one second to another."""
    left, kept = 0.0, []
    for scene in scenes:
        first, last = max(start, left), min(end, left + scene.seconds)
        if first < last:
            kept.append(replace(scene, seconds=last - first, starts_at=scene.starts_at + first - left))
        left += scene.seconds
    return kept
