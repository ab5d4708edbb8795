"""Fifteen scenes made of shapes. Coordinates are shares of the picture's width and height."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageDraw

Color = tuple[int, int, int]
Point = tuple[float, float]


class Canvas:
    """A picture on a two-colour gradient; shapes are placed in shares of its size."""

    def __init__(self, size: tuple[int, int], top: Color, bottom: Color) -> None:
        width, height = size
        fade = np.linspace(0.0, 1.0, height)[:, None, None]
        pixels = np.array(top) * (1 - fade) + np.array(bottom) * fade
        rows = np.broadcast_to(np.rint(pixels).astype(np.uint8), (height, width, 3))
        self.image = Image.fromarray(np.ascontiguousarray(rows))
        self.pen = ImageDraw.Draw(self.image)
        self.size = size

    def at(self, *points: Point) -> list[tuple[float, float]]:
        return [(x * self.size[0], y * self.size[1]) for x, y in points]

    def box(self, x0: float, y0: float, x1: float, y1: float, fill: Color) -> None:
        self.pen.rectangle(self.at((x0, y0), (x1, y1)), fill=fill)

    def disc(self, x: float, y: float, rx: float, fill: Color, ry: float | None = None) -> None:
        down = rx * self.size[0] / self.size[1] if ry is None else ry
        self.pen.ellipse(self.at((x - rx, y - down), (x + rx, y + down)), fill=fill)

    def shape(self, *points: Point, fill: Color) -> None:
        self.pen.polygon(self.at(*points), fill=fill)


class Scene(NamedTuple):
    """A drawing, the brand it advertises, and the upper left corner of its caption."""

    name: str
    brand: str
    caption: Point
    paint: Callable[[], Canvas]

    def draw(self) -> Image.Image:
        return self.paint().image


def _ridge() -> Canvas:
    c = Canvas((520, 400), (250, 190, 130), (255, 236, 205))
    c.disc(0.24, 0.3, 0.1, (255, 250, 225))
    c.shape((0, 0.75), (0.3, 0.42), (0.5, 0.66), (0.74, 0.2), (1, 0.6), (1, 1), (0, 1), fill=(120, 110, 130))
    c.shape((0.66, 0.35), (0.74, 0.2), (0.82, 0.33), (0.75, 0.38), fill=(245, 245, 250))
    c.shape((0, 0.86), (0.4, 0.7), (0.7, 0.92), (1, 0.78), (1, 1), (0, 1), fill=(48, 62, 56))
    for x in (0.06, 0.13, 0.86, 0.93):
        c.shape((x, 0.5), (x - 0.05, 0.9), (x + 0.05, 0.9), fill=(25, 44, 36))
    return c


def _mug() -> Canvas:
    c = Canvas((440, 440), (228, 220, 206), (200, 188, 170))
    c.box(0, 0.66, 1, 1, (92, 62, 42))
    c.box(0, 0.0, 0.2, 0.66, (70, 100, 110))
    c.disc(0.84, 0.48, 0.12, (30, 50, 80))
    c.disc(0.84, 0.48, 0.07, (214, 205, 190))
    c.box(0.46, 0.28, 0.82, 0.8, (30, 50, 80))
    c.disc(0.64, 0.28, 0.18, (245, 240, 232), 0.05)
    c.disc(0.64, 0.29, 0.14, (60, 34, 20), 0.035)
    c.disc(0.2, 0.84, 0.1, (190, 150, 90))
    c.disc(0.32, 0.9, 0.07, (214, 178, 120))
    return c


def _price_card() -> Canvas:
    c = Canvas((440, 440), (226, 80, 50), (200, 52, 40))
    c.shape((0, 0), (0.7, 0), (0.2, 1), (0, 1), fill=(250, 214, 80))
    c.disc(0.66, 0.4, 0.26, (255, 252, 240))
    c.disc(0.56, 0.32, 0.06, (60, 20, 20))
    c.disc(0.77, 0.5, 0.06, (60, 20, 20))
    c.shape((0.52, 0.58), (0.76, 0.22), (0.81, 0.24), (0.57, 0.6), fill=(60, 20, 20))
    c.box(0.06, 0.12, 0.34, 0.2, (60, 20, 20))
    c.box(0.06, 0.26, 0.26, 0.31, (60, 20, 20))
    c.shape((0.7, 1), (1, 0.7), (1, 1), fill=(40, 20, 60))
    return c


def _clock() -> Canvas:
    c = Canvas((420, 420), (24, 26, 44), (46, 30, 66))
    c.disc(0.4, 0.58, 0.36, (235, 90, 70))
    c.disc(0.4, 0.58, 0.3, (248, 244, 236))
    c.shape((0.38, 0.6), (0.42, 0.6), (0.41, 0.32), (0.39, 0.32), fill=(20, 20, 30))
    c.shape((0.4, 0.56), (0.4, 0.6), (0.6, 0.7), (0.61, 0.67), fill=(20, 20, 30))
    c.shape((0.4, 0.58), (0.4, 0.28), (0.14, 0.43), fill=(240, 180, 60))
    for y in (0.1, 0.3, 0.5):
        c.box(0.8, y, 0.96, y + 0.12, (240, 180, 60))
    return c


def _pack_layout() -> Canvas:
    c = Canvas((420, 520), (188, 176, 150), (206, 196, 172))
    c.box(0.06, 0.05, 0.34, 0.32, (40, 70, 60))
    c.disc(0.56, 0.16, 0.14, (220, 90, 40))
    c.box(0.76, 0.06, 0.94, 0.5, (30, 34, 40))
    c.disc(0.2, 0.5, 0.1, (245, 240, 230))
    c.box(0.42, 0.36, 0.66, 0.56, (120, 30, 40))
    c.box(0.08, 0.66, 0.5, 0.72, (30, 34, 40))
    c.box(0.08, 0.76, 0.5, 0.8, (90, 110, 60))
    c.disc(0.74, 0.74, 0.2, (60, 90, 130))
    c.disc(0.74, 0.74, 0.1, (230, 224, 210))
    return c


def _workshop() -> Canvas:
    c = Canvas((560, 400), (150, 104, 66), (110, 74, 46))
    for i in range(7):
        c.box(i / 7, 0, i / 7 + 0.012, 0.7, (80, 50, 30))
    c.box(0.56, 0.08, 0.92, 0.5, (226, 240, 248))
    c.box(0.73, 0.08, 0.75, 0.5, (70, 44, 26))
    c.box(0.56, 0.28, 0.92, 0.3, (70, 44, 26))
    c.box(0, 0.7, 1, 0.78, (222, 184, 130))
    c.box(0.06, 0.78, 0.12, 1, (222, 184, 130))
    c.box(0.12, 0.42, 0.42, 0.52, (28, 28, 32))
    c.box(0.34, 0.5, 0.42, 0.7, (28, 28, 32))
    c.box(0.1, 0.62, 0.42, 0.7, (28, 28, 32))
    c.disc(0.12, 0.46, 0.045, (210, 60, 50))
    return c


def _tent() -> Canvas:
    c = Canvas((520, 420), (14, 22, 50), (50, 66, 110))
    for i in range(26):
        x, y = (i * 0.377) % 1, (i * 0.231) % 0.5
        c.disc(x, y, 0.006, (240, 240, 255))
    c.disc(0.86, 0.16, 0.08, (250, 246, 214))
    c.shape((0, 0.78), (1, 0.7), (1, 1), (0, 1), fill=(16, 30, 26))
    c.shape((0.12, 0.86), (0.42, 0.34), (0.72, 0.86), fill=(255, 176, 70))
    c.shape((0.42, 0.34), (0.34, 0.86), (0.5, 0.86), fill=(120, 60, 20))
    c.shape((0.8, 0.9), (0.86, 0.68), (0.92, 0.9), fill=(255, 120, 40))
    c.disc(0.86, 0.84, 0.03, (255, 230, 120))
    return c


def _parcel() -> Canvas:
    c = Canvas((420, 500), (250, 214, 216), (244, 190, 196))
    c.shape((0.2, 0.5), (0.08, 0.34), (0.42, 0.4), fill=(150, 104, 66))
    c.shape((0.8, 0.5), (0.94, 0.32), (0.58, 0.4), fill=(150, 104, 66))
    c.box(0.18, 0.48, 0.82, 0.86, (190, 140, 90))
    c.box(0.46, 0.48, 0.54, 0.86, (110, 70, 40))
    c.box(0.3, 0.22, 0.42, 0.5, (255, 255, 255))
    c.box(0.33, 0.15, 0.39, 0.22, (60, 50, 70))
    c.disc(0.62, 0.4, 0.1, (120, 160, 140))
    c.box(0.24, 0.62, 0.4, 0.72, (250, 246, 240))
    return c


def _shelf() -> Canvas:
    c = Canvas((460, 460), (230, 238, 240), (214, 226, 228))
    for y in (0.3, 0.62, 0.94):
        c.box(0, y, 1, y + 0.045, (96, 84, 74))
    c.box(0.08, 0.1, 0.18, 0.3, (40, 90, 100))
    c.box(0.22, 0.16, 0.36, 0.3, (240, 170, 140))
    c.box(0.78, 0.04, 0.9, 0.3, (50, 44, 60))
    c.disc(0.6, 0.54, 0.08, (220, 120, 110))
    c.box(0.12, 0.44, 0.32, 0.62, (50, 44, 60))
    c.box(0.8, 0.48, 0.94, 0.62, (180, 200, 120))
    c.box(0.4, 0.7, 0.5, 0.94, (30, 60, 70))
    c.box(0.56, 0.76, 0.7, 0.94, (30, 60, 70))
    c.shape((0.06, 0.94), (0.16, 0.66), (0.26, 0.94), fill=(80, 130, 80))
    return c


def _face() -> Canvas:
    c = Canvas((400, 500), (160, 190, 200), (120, 150, 170))
    c.disc(0.56, 0.42, 0.36, (50, 30, 24), 0.36)
    c.box(0.7, 0.42, 0.92, 0.9, (50, 30, 24))
    c.disc(0.52, 0.48, 0.24, (236, 190, 164), 0.27)
    c.shape((0.2, 1), (0.4, 0.78), (0.66, 0.78), (0.86, 1), fill=(245, 245, 245))
    c.disc(0.43, 0.44, 0.03, (40, 30, 30))
    c.disc(0.61, 0.44, 0.03, (40, 30, 30))
    c.disc(0.52, 0.62, 0.06, (190, 80, 80), 0.02)
    c.disc(0.36, 0.56, 0.05, (255, 250, 250))
    c.box(0.02, 0.5, 0.14, 0.86, (250, 220, 120))
    return c


def _stat_chart() -> Canvas:
    c = Canvas((460, 460), (70, 40, 110), (110, 60, 150))
    for i, height in enumerate((0.12, 0.2, 0.3, 0.46, 0.64)):
        left = 0.08 + i * 0.18
        c.box(left, 0.92 - height, left + 0.13, 0.92, (255, 220, 120) if i == 4 else (220, 180, 240))
    c.disc(0.22, 0.24, 0.15, (255, 250, 255))
    c.shape((0.14, 0.25), (0.2, 0.33), (0.32, 0.17), (0.29, 0.14), (0.2, 0.26), (0.17, 0.22), fill=(70, 40, 110))
    c.box(0, 0.93, 1, 1, (30, 14, 50))
    return c


def _pedestal() -> Canvas:
    c = Canvas((400, 520), (206, 222, 196), (176, 200, 170))
    c.disc(0.5, 0.36, 0.34, (110, 140, 110))
    c.box(0.16, 0.36, 0.84, 0.8, (110, 140, 110))
    c.box(0.3, 0.72, 0.7, 0.92, (246, 244, 236))
    c.box(0.4, 0.38, 0.6, 0.72, (150, 84, 30))
    c.box(0.45, 0.24, 0.55, 0.38, (24, 24, 24))
    c.box(0.43, 0.48, 0.57, 0.62, (250, 240, 220))
    c.disc(0.84, 0.86, 0.1, (60, 80, 60))
    return c


def _split_screen() -> Canvas:
    c = Canvas((500, 400), (246, 240, 230), (240, 228, 214))
    c.box(0, 0, 0.5, 1, (70, 76, 88))
    c.disc(0.25, 0.42, 0.16, (150, 150, 150))
    c.disc(0.75, 0.42, 0.16, (230, 150, 130))
    c.box(0.19, 0.14, 0.31, 0.3, (30, 30, 34))
    c.box(0.7, 0.1, 0.8, 0.3, (180, 90, 80))
    c.shape((0.1, 0.74), (0.4, 0.94), (0.36, 0.98), (0.06, 0.78), fill=(220, 80, 80))
    c.shape((0.1, 0.94), (0.4, 0.74), (0.36, 0.7), (0.06, 0.9), fill=(220, 80, 80))
    c.shape((0.62, 0.82), (0.7, 0.94), (0.92, 0.7), (0.88, 0.66), (0.7, 0.84), (0.66, 0.78), fill=(60, 150, 90))
    return c


def _meeting() -> Canvas:
    c = Canvas((560, 380), (206, 222, 240), (186, 206, 230))
    c.box(0.04, 0.06, 0.4, 0.5, (30, 60, 110))
    c.box(0.08, 0.12, 0.28, 0.18, (240, 244, 250))
    c.box(0.08, 0.24, 0.34, 0.28, (120, 150, 200))
    c.disc(0.62, 0.3, 0.08, (120, 80, 60))
    c.shape((0.5, 0.82), (0.54, 0.46), (0.7, 0.46), (0.74, 0.82), fill=(220, 110, 60))
    c.disc(0.88, 0.38, 0.07, (236, 196, 170))
    c.shape((0.78, 0.82), (0.82, 0.52), (0.95, 0.52), (0.99, 0.82), fill=(40, 44, 60))
    c.box(0, 0.8, 1, 1, (150, 120, 96))
    c.shape((0.2, 0.82), (0.26, 0.62), (0.46, 0.62), (0.42, 0.82), fill=(70, 74, 84))
    return c


def _dashboard() -> Canvas:
    c = Canvas((560, 380), (244, 246, 250), (232, 236, 244))
    c.box(0, 0, 0.16, 1, (22, 40, 74))
    c.box(0.2, 0.16, 0.44, 0.36, (60, 130, 220))
    c.box(0.48, 0.16, 0.7, 0.36, (255, 255, 255))
    c.box(0.74, 0.16, 0.96, 0.36, (250, 170, 60))
    c.shape(
        (0.2, 0.9),
        (0.2, 0.72),
        (0.32, 0.6),
        (0.42, 0.7),
        (0.54, 0.48),
        (0.62, 0.56),
        (0.62, 0.9),
        fill=(60, 170, 140),
    )
    c.disc(0.8, 0.68, 0.14, (40, 60, 110))
    c.shape((0.8, 0.68), (0.8, 0.47), (0.94, 0.62), fill=(250, 170, 60))
    for y in (0.14, 0.28, 0.42):
        c.box(0.03, y, 0.13, y + 0.05, (120, 150, 200))
    return c


SCENES = (
    Scene("fh_ridge", "outdoor", (0.03, 0.03), _ridge),
    Scene("fh_mug", "outdoor", (0.24, 0.04), _mug),
    Scene("fh_price_card", "outdoor", (0.06, 0.86), _price_card),
    Scene("fh_clock", "outdoor", (0.05, 0.05), _clock),
    Scene("fh_flatlay", "outdoor", (0.05, 0.88), _pack_layout),
    Scene("fh_workshop", "outdoor", (0.3, 0.87), _workshop),
    Scene("fh_tent", "outdoor", (0.05, 0.9), _tent),
    Scene("lu_parcel", "skincare", (0.06, 0.03), _parcel),
    Scene("lu_shelf", "skincare", (0.24, 0.02), _shelf),
    Scene("lu_face", "skincare", (0.05, 0.03), _face),
    Scene("lu_stat_chart", "skincare", (0.42, 0.04), _stat_chart),
    Scene("lu_pedestal", "skincare", (0.04, 0.9), _pedestal),
    Scene("lu_split_screen", "skincare", (0.22, 0.01), _split_screen),
    Scene("tb_meeting", "software", (0.42, 0.04), _meeting),
    Scene("tb_dashboard", "software", (0.2, 0.04), _dashboard),
)
