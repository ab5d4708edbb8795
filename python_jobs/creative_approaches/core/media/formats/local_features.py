"""What survives cropping of a picture: small patches around points that stand out, each described by itself.

Points and descriptors are SIFT (Lowe, "Distinctive Image Features from Scale-Invariant Keypoints", IJCV 60, 2004) as
OpenCV computes them, with the square roots of Arandjelović and Zisserman ("Three things everyone should know to improve
object retrieval", CVPR 2012), and reduced to the axes in which descriptors vary most. Each axis is even or odd: its
value stays, or changes its sign, when the picture is mirrored. So nothing of a mirrored picture needs to be stored.
"""

import io
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Self

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from creative_approaches.core.media.formats.picture_area import Area, picture_area

VERSION: Final = 1  # of what is stored: it changes with anything below, and with the axes
AXES: Final = Path(__file__).with_name("local_feature_axes.npz")  # make picture_axes writes it
DIMENSIONS: Final = 40
SIDE: Final = 256  # pixels of the longest side of the picture in which points are looked for
MOST: Final = 128  # points that are kept
WORD_BITS: Final = 32
GRID: Final = 128  # pixels a side of the small grey picture
_GREY_QUALITY: Final = 80  # of the JPEG that it is kept as: some 3 kB
_FOUND: Final = 220  # points among which they are chosen
_LEAST_CONTRAST: Final = 0.003  # as OpenCV counts it: dark and soft pictures have weak points only
_CLEARLY_STRONGER: Final = 0.9  # of two points, where the weaker has at most this share of the strength
_HEAD: Final = 14  # bytes of the area, the width, the height and the number of points
_SCALE: Final = 300  # a value of an axis times this fits a byte; few are cut off at 127

Bytes = NDArray[np.int8]
Floats32 = NDArray[np.float32]
Words = NDArray[np.int64]


@dataclass(frozen=True)
class LocalFeatures:
    """The points of a picture, in pixels of the picture as it was looked at.

    area : of the image file that is the picture.  width, height : of it in pixels, at most `SIDE`.
    points : shape (n, 2), x and y.  descriptors : shape (n, DIMENSIONS), int8.
    grey : shape (GRID, GRID), uint8, the picture without its proportions.
    """

    area: Area
    width: int
    height: int
    points: Floats32
    descriptors: Bytes
    grey: NDArray[np.uint8]

    def mirrored(self) -> Self:
        """Those of the mirrored picture."""
        points = self.points.copy()
        points[:, 0] = self.width - 1 - points[:, 0]
        left, top, right, bottom = self.area
        return type(self)(
            Area(1 - right, top, 1 - left, bottom),
            self.width,
            self.height,
            points,
            self.descriptors * parities(),
            self.grey[:, ::-1],
        )

    def words(self) -> Words:
        """Numbers that two pictures with a patch in common probably share, each once, ascending.

        A word has the signs of a descriptor on the first axes as its bits. The sign that is least sure is the first to
        change in another version of a picture, so that each descriptor is a word with it and one without.
        """
        values = self.descriptors[:, :WORD_BITS].astype(np.int64)
        words = ((values > 0) << np.arange(WORD_BITS)).sum(axis=1)
        unsure = np.abs(values).argmin(axis=1)
        return np.unique(np.concatenate([words, words ^ (1 << unsure)]))

    def packed(self) -> bytes:
        """All of it, to be stored: `unpack` reads it. Points are kept to a 128th of a pixel."""
        area = np.round(np.array(self.area) * 65535)
        head = np.array([*area, self.width, self.height, len(self.points)], dtype="<u2")
        points = np.round(self.points * 128).astype("<i2")
        grey = io.BytesIO()
        Image.fromarray(self.grey).save(grey, "JPEG", quality=_GREY_QUALITY)
        return head.tobytes() + points.tobytes() + self.descriptors.tobytes() + grey.getvalue()

    @classmethod
    def unpack(cls, packed: bytes) -> Self:
        """What `packed` gave, the grey picture a little coarser. Raises ValueError for other bytes."""
        try:
            head = np.frombuffer(packed, "<u2", _HEAD // 2)
            count = int(head[6])
            places = np.frombuffer(packed, "<i2", 2 * count, _HEAD)
            values = np.frombuffer(packed, np.int8, DIMENSIONS * count, _HEAD + 4 * count)
            with Image.open(io.BytesIO(packed[_HEAD + (4 + DIMENSIONS) * count :]), formats=["JPEG"]) as image:
                grey = np.asarray(image).reshape(GRID, GRID)
        except (ValueError, OSError) as error:
            raise ValueError(f"{len(packed)} bytes are no local features") from error
        points = places.reshape(count, 2).astype(np.float32)
        descriptors = values.reshape(count, DIMENSIONS)
        return cls(Area(*(head[:4] / 65535)), int(head[4]), int(head[5]), points / np.float32(128), descriptors, grey)


def local_features(grey: Image.Image) -> LocalFeatures:
    """The points of an image that stand out and lie apart; none in a flat one.

    grey : mode L, any size, as shown.
    """
    area = picture_area(grey)
    picture = area.crop(grey)
    picture.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    points, descriptors = _detected(np.asarray(picture))
    small = np.asarray(picture.resize((GRID, GRID), Image.Resampling.BOX))
    return LocalFeatures(area, picture.width, picture.height, points, reduced(descriptors), small)


def detector() -> cv2.SIFT:
    """What finds the points and describes them."""
    return cv2.SIFT.create(nfeatures=_FOUND, contrastThreshold=_LEAST_CONTRAST)


def roots(descriptors: Floats32) -> Floats32:
    """Square roots of SIFT descriptors of shape (n, 128), each scaled to a sum of 1."""
    sums = np.maximum(descriptors.sum(axis=1, keepdims=True), np.float32(1e-9))
    found: Floats32 = np.sqrt(descriptors / sums)
    return found


def mirrored_descriptors(descriptors: Floats32) -> Floats32:
    """SIFT descriptors, shape (n, 128), as they would be of the mirrored picture.

    A descriptor has 4 x 4 cells along and across its point's direction, with 8 directions of slopes in each. Mirroring
    turns around the cells across, and the sense of the directions.
    """
    cells = descriptors.reshape(-1, 4, 4, 8)[:, ::-1]
    return cells[..., -np.arange(8) % 8].reshape(-1, 128)


def reduced(descriptors: Floats32) -> Bytes:
    """SIFT descriptors, shape (n, 128), on the axes in which they vary most, as int8."""
    mean, axes, _ = _axes()
    values = (roots(descriptors) - mean) @ axes
    return np.clip(np.rint(values * _SCALE), -127, 127).astype(np.int8)


def parities() -> Bytes:
    """Of each axis, 1 for an even one and -1 for an odd one."""
    return _axes()[2]


def mirror_mask() -> int:
    """What turns a word into that of the mirrored picture, by exclusive or."""
    odd = np.flatnonzero(parities()[:WORD_BITS] < 0)
    return int((1 << odd.astype(np.int64)).sum())


def _detected(pixels: NDArray[np.uint8]) -> tuple[Floats32, Floats32]:
    keypoints, descriptors = detector().detectAndCompute(pixels, None)
    if not keypoints:
        return np.zeros((0, 2), np.float32), np.zeros((0, 128), np.float32)
    points: Floats32 = np.array([point.pt for point in keypoints], dtype=np.float32)
    kept = _spread(points, np.array([point.response for point in keypoints]))
    return points[kept], np.asarray(descriptors[kept], np.float32)


def _spread(points: Floats32, strengths: NDArray[np.float64]) -> NDArray[np.int64]:
    """The points that are farthest from any that is clearly stronger, so that a caption does not take them all.

    Adaptive non-maximal suppression: Brown, Szeliski and Winder, "Multi-image matching using multi-scale oriented
    patches", CVPR 2005.
    """
    ordered = np.lexsort((points[:, 1], points[:, 0], -strengths))
    points, strengths = points[ordered], strengths[ordered]
    squares = ((points[:, None] - points[None]) ** 2).sum(axis=2)
    is_stronger = strengths[None] * _CLEARLY_STRONGER > strengths[:, None]
    reach = np.where(is_stronger, squares, np.inf).min(axis=1)
    return ordered[np.sort(np.argsort(-reach, kind="stable")[:MOST])]


@cache
def _axes() -> tuple[Floats32, Floats32, Bytes]:
    with np.load(AXES) as stored:
        return stored["mean"], stored["axes"], stored["parities"]
