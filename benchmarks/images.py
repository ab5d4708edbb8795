"""Hashing of images, beside the imagehash package."""

import io
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from multiprocessing import get_context
from typing import Any, Final

import imagehash
from PIL import Image

from creative_approaches.core.media.image_hash import HashSizes, ImageHashes, hash_content
from creative_approaches.core.media.words import to_signed64
from tests.integration.raw.test_real_data import DATA

PHOTOS: Final = (
    *sorted((DATA / "images/imagededup/base_images").glob("*.jpg")),
    DATA / "images/pdq/bridge-mods/aaa-orig.jpg",
)
SIDE: Final = 1080
JPEG_QUALITIES: Final = (85, 90, 95)
ROUNDS: Final = 7  # the best of them counts: what else the machine does only ever costs time
COPIES: Final = 8  # of the photos, for the processes: a round of one takes longer than handing out the work
MAX_PIXELS: Final = 50_000_000
THREE: Final = HashSizes(fine_size=None)
ALL: Final = HashSizes()
Three = tuple[int, int, int]


def hash_throughput() -> Iterator[dict[str, Any]]:
    """1080 x 1080 JPEGs of real photos to three 64-bit hashes, on one core and in two processes.

    `seconds` is for all n images, the best round of several that take turns.  hashes : how many of each image; ours
    with five is what job hash-images makes.  ratio : seconds of the package, which has three, over ours.
    two_process_ratio : seconds in one process over those in two.  beyond_one_bit : images of which one of the three
    hashes is more than a bit from the package's, which decodes at full scale.
    """
    if not all(photo.is_file() for photo in PHOTOS) or len(PHOTOS) < 2:
        print(f"hash_throughput: no data at {DATA / 'images'}", file=sys.stderr)
        return
    contents = [_jpeg(Image.open(photo), quality) for photo in PHOTOS for quality in JPEG_QUALITIES]
    expected = [_plain(content) for content in contents]
    found = [hash_content(content, THREE, MAX_PIXELS)[0] for content in contents]
    beyond = sum(_is_beyond_one_bit(*pair) for pair in zip(found, expected, strict=True))

    plain_seconds, three_seconds, all_seconds = _best_of(
        lambda: [_plain(content) for content in contents],
        lambda: [hash_content(content, THREE, MAX_PIXELS) for content in contents],
        lambda: [hash_content(content, ALL, MAX_PIXELS) for content in contents],
    )
    n = len(contents)
    ratio = round(plain_seconds / three_seconds, 2)
    yield {"method": "imagehash", "n": n, "hashes": 3, "seconds": round(plain_seconds, 3)}
    yield {"n": n, "hashes": 3, "seconds": round(three_seconds, 3), "ratio": ratio, "beyond_one_bit": beyond}
    yield {"n": n, "hashes": 5, "seconds": round(all_seconds, 3), "ratio": round(plain_seconds / all_seconds, 2)}

    many = contents * COPIES
    with _pool(1) as one, _pool(2) as two:
        one_seconds, two_seconds = _best_of(lambda: _hash_in(one, many), lambda: _hash_in(two, many))
    for processes, seconds in ((1, one_seconds), (2, two_seconds)):
        yield {"n": len(many), "hashes": 3, "processes": processes, "seconds": round(seconds, 3)}
    yield {
        "n": n,
        "seconds": round(three_seconds, 3),
        "ratio": ratio,
        "two_process_ratio": round(one_seconds / two_seconds, 2),
        "beyond_one_bit": beyond,
        "summary": True,
    }


def _jpeg(photo: Image.Image, quality: int) -> bytes:
    buffer = io.BytesIO()
    photo.convert("RGB").resize((SIDE, SIDE), Image.Resampling.LANCZOS).save(buffer, "JPEG", quality=quality)
    return buffer.getvalue()


def _plain(content: bytes) -> Three:
    image = Image.open(io.BytesIO(content))
    hashes = (imagehash.average_hash(image), imagehash.dhash(image), imagehash.phash(image))
    ahash, dhash, phash = (to_signed64(each.hash) for each in hashes)
    return ahash, dhash, phash


def _is_beyond_one_bit(found: ImageHashes, expected: Three) -> bool:
    ours = (found.ahash, found.dhash, found.phash)
    return any(((our ^ their) & (2**64 - 1)).bit_count() > 1 for our, their in zip(ours, expected, strict=True))


def _best_of(*ways: Callable[[], object]) -> list[float]:
    """The fewest seconds of each, in rounds in which they take turns."""
    best = [float("inf")] * len(ways)
    for _ in range(ROUNDS):
        for place, work in enumerate(ways):
            start = time.perf_counter()
            work()
            best[place] = min(best[place], time.perf_counter() - start)
    return best


def _pool(processes: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(processes, get_context("spawn"))


def _hash_in(pool: ProcessPoolExecutor, contents: list[bytes]) -> None:
    for _ in pool.map(hash_content, contents, repeat(THREE), repeat(MAX_PIXELS), chunksize=8):
        pass
