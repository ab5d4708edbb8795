"""Pictures that look like nothing but have the statistics of photographs: things of all sizes that hide each other.

Lee, Mumford and Huang, "Occlusion models for natural images", IJCV 41, 2001, call them dead leaves.
"""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

SIDE: Final = 256
_SMALLEST, _LARGEST = 3.0, 128.0  # radii in pixels
_TEXTURES: Final = 4

Pixels = NDArray[np.float32]


def drawing(seed: int) -> NDArray[np.uint8]:
    """A grey picture of `SIDE` pixels a side."""
    random = np.random.default_rng(seed)
    textures = [_texture(random) for _ in range(_TEXTURES)]
    across, down = np.meshgrid(np.arange(SIDE, dtype=np.float32), np.arange(SIDE, dtype=np.float32))
    pixels = np.float32(random.uniform(40, 210)) + textures[0] * np.float32(random.uniform(0, 25))
    for _ in range(int(random.integers(150, 600))):
        x, y = random.uniform(0, SIDE, 2)
        slope_x, slope_y = random.uniform(-0.5, 0.5, 2)
        grain = textures[random.integers(_TEXTURES)] * np.float32(random.choice([0, 4, 12, 25]))
        light = random.uniform(20, 235) + slope_x * (across - x) + slope_y * (down - y) + grain
        pixels = np.where(_shape(random, x, y), light, pixels).astype(np.float32)
    blurred = cv2.GaussianBlur(pixels, (0, 0), random.uniform(0.5, 1.5))
    return np.clip(blurred, 0, 255).astype(np.uint8)


def _shape(random: np.random.Generator, x: float, y: float) -> NDArray[np.bool_]:
    """A disc, a box or a triangle; areas are as likely as in a scene that looks the same from near and far."""
    share = random.random()
    radius = 1 / np.sqrt(1 / _SMALLEST**2 - share * (1 / _SMALLEST**2 - 1 / _LARGEST**2))
    narrow, angle = random.uniform(0.3, 1), random.uniform(0, 360)
    mask = np.zeros((SIDE, SIDE), np.uint8)
    kind = random.choice(["disc", "disc", "box", "triangle"])
    if kind == "disc":
        axes = (max(1, int(radius)), max(1, int(radius * narrow)))
        cv2.ellipse(mask, (int(x), int(y)), axes, angle, 0, 360, 1, -1)
    else:
        corners = cv2.boxPoints(((x, y), (2 * radius, 2 * radius * narrow), angle)).astype(int)
        cv2.fillPoly(mask, [corners[:3] if kind == "triangle" else corners], (1,))
    return mask > 0


def _texture(random: np.random.Generator) -> Pixels:
    """Noise with more of the low frequencies, mean 0 and deviation 1."""
    frequencies = np.hypot(*np.meshgrid(np.fft.fftfreq(SIDE), np.fft.fftfreq(SIDE)))
    frequencies[0, 0] = 1
    phases = np.exp(2j * np.pi * random.random((SIDE, SIDE)))
    noise = np.real(np.fft.ifft2(phases / frequencies ** random.uniform(0.8, 1.6)))
    return np.asarray((noise - noise.mean()) / noise.std(), np.float32)
