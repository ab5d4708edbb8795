"""Perceptual hashes of an image."""

from dataclasses import dataclass, replace
from typing import Final

import imagehash
import numpy as np
from PIL import Image

from creative_approaches.core.media.image_decoding import as_shown, decode_image, decode_reduced
from creative_approaches.core.media.words import NO_WORDS, Bools, to_signed64, to_words

PHASH_FACTOR: Final = 4  # pHash reads a grid of so many pixels a side for each bit a side
MIN_REDUCED_SIDE: Final = 256  # pixels of the short side that a JPEG at reduced scale must keep
# By how many grey levels the coefficients on both sides of the median must differ for a pHash of a reduced JPEG to be
# that of the full one. docs/decisions.md has what was measured.
SURE_GAP: Final = 0.75
MEAN_SIDE: Final = 64  # pixels of the short side at least, of which the mean colour is taken
DETAIL_SIDE: Final = 64
DETAIL_LEVELS: Final = 1.5  # of 255, by which a pixel with detail differs from its neighbours; noise averages out below
LEVELS: Final = np.arange(256, dtype=np.float64)


@dataclass(frozen=True)
class HashSizes:
    """Bits a side.

    size : of the hashes of up to 64 bits, 2 to 8.
    fine_size : of those of up to 256 bits, 2 to 16; None leaves them out.
    """

    size: int = 8
    fine_size: int | None = 16

    def __post_init__(self) -> None:
        """Raise ValueError for sizes outside of their ranges."""
        if not 2 <= self.size <= 8:
            raise ValueError(f"hashes have 2 to 8 bits a side, got {self.size}")
        if self.fine_size is not None and not 2 <= self.fine_size <= 16:
            raise ValueError(f"fine hashes have 2 to 16 bits a side, got {self.fine_size}")


@dataclass(frozen=True)
class ImageHashes:
    """What an image looks like, as columns of table image_hashes.

    format : Pillow's name, None for an image that came from no file.  width, height : in pixels, as shown.
    ahash, dhash, phash : signed 64-bit numbers.  fine_dhash_1 to fine_phash_4 : 256 bits in four such numbers, the
    first bit highest in the first; smaller hashes leave the last bits 0; None where `HashSizes.fine_size` is.
    mean_red, mean_green, mean_blue : 0 to 255.
    quality : share of the picture that has detail, 0 for one colour or a smooth gradient, to 1.
    is_truncated : whether the file is cut off, and up to half of the rows of the picture with it.
    """

    format: str | None
    width: int
    height: int
    hash_size: int
    fine_hash_size: int | None
    ahash: int
    dhash: int
    phash: int
    fine_dhash_1: int | None
    fine_dhash_2: int | None
    fine_dhash_3: int | None
    fine_dhash_4: int | None
    fine_phash_1: int | None
    fine_phash_2: int | None
    fine_phash_3: int | None
    fine_phash_4: int | None
    mean_red: float
    mean_green: float
    mean_blue: float
    quality: float
    is_truncated: bool = False


DEFAULT_SIZES: Final = HashSizes()


def hash_content(content: bytes, sizes: HashSizes, max_pixels: int) -> tuple[ImageHashes, Image.Image]:
    """Hashes of an image file, a large JPEG decoded at reduced scale: docs/decisions.md has how far.

    Also gives the image as shown, at that scale. Raises MediaFaultError as `decode_image`.
    """
    image, scale, is_truncated = decode_reduced(content, max_pixels, MIN_REDUCED_SIDE)
    shown = as_shown(image)
    hashes, gap = _hashes(shown, image.format, sizes)
    hashes = replace(hashes, is_truncated=is_truncated)
    if scale == 1:
        return hashes, shown
    phash = hashes.phash
    if gap < SURE_GAP:
        phash = to_signed64(_phash(_grey(as_shown(decode_image(content, max_pixels))), sizes.size)[0])
    return replace(hashes, width=hashes.width * scale, height=hashes.height * scale, phash=phash), shown


def hash_image(image: Image.Image, sizes: HashSizes = DEFAULT_SIZES) -> ImageHashes:
    """Hashes of the image as a viewer sees it, those of the imagehash package on its grey values.

    EXIF orientation is applied where it can be read, and transparency laid on a ground. Of an animation the
    current frame counts.
    """
    return _hashes(as_shown(image), image.format, sizes)[0]


def _hashes(shown: Image.Image, file_format: str | None, sizes: HashSizes) -> tuple[ImageHashes, float]:
    """The hashes, and the gap of the pHash."""
    grey = _grey(shown)
    phash, gap = _phash(grey, sizes.size)
    fine_dhash = fine_phash = NO_WORDS
    if sizes.fine_size is not None:
        fine_dhash = to_words(imagehash.dhash(grey, sizes.fine_size).hash)
        fine_phash = to_words(_phash(grey, sizes.fine_size)[0])
    hashes = ImageHashes(
        file_format,
        shown.width,
        shown.height,
        sizes.size,
        sizes.fine_size,
        to_signed64(imagehash.average_hash(grey, sizes.size).hash),
        to_signed64(imagehash.dhash(grey, sizes.size).hash),
        to_signed64(phash),
        *fine_dhash,
        *fine_phash,
        *_means(shown),
        _detail(grey),
    )
    return hashes, gap


def _grey(shown: Image.Image) -> Image.Image:
    return shown if shown.mode == "L" else shown.convert("L")


def _phash(grey: Image.Image, size: int) -> tuple[Bools, float]:
    """The bits of `imagehash.phash`, and how far their coefficients lie from those without, in grey levels.

    Not by that package, which keeps the coefficients to itself. Half of them are above the median, so a change of
    one bit is a change of two: the smallest above and the largest below change places, and the gap between them says
    how far they are from it.
    """
    import scipy.fftpack

    side = PHASH_FACTOR * size
    pixels = np.asarray(grey.resize((side, side), Image.Resampling.LANCZOS))
    coefficients = scipy.fftpack.dct(scipy.fftpack.dct(pixels, axis=0), axis=1)[:size, :size]
    ranked = np.sort(coefficients, axis=None)
    below, above = ranked[(ranked.size - 1) // 2], ranked[ranked.size // 2]
    bits: Bools = coefficients > (below + above) / 2
    next_above = above if ranked.size % 2 == 0 else ranked[ranked.size // 2 + 1]
    return bits, float(next_above - below) / (2 * side)


def _means(shown: Image.Image) -> tuple[float, float, float]:
    small = shown.reduce(max(1, min(shown.size) // MEAN_SIDE))
    counts = np.array(small.histogram(), dtype=np.float64).reshape(-1, 256)
    means = (counts @ LEVELS / counts[0].sum()).tolist()
    red, green, blue = means if len(means) == 3 else means * 3
    return red, green, blue


def _detail(grey: Image.Image) -> float:
    """The share of a grid of pixels that stand out from the mean of their four neighbours: the discrete Laplacian."""
    grid = np.asarray(grey.resize((DETAIL_SIDE, DETAIL_SIDE), Image.Resampling.BOX), dtype=np.int16)
    neighbours = grid[:-2, 1:-1] + grid[2:, 1:-1] + grid[1:-1, :-2] + grid[1:-1, 2:]
    return float(np.mean(np.abs(4 * grid[1:-1, 1:-1] - neighbours) >= 4 * DETAIL_LEVELS))
