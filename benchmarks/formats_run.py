"""Pictures by the words of their patches: make them in a database, or ask a query which may be formats of one picture.

Usage: python -m benchmarks.formats_run make|ask DATABASE PICTURES QUERY. Asking prints seconds, peak memory in MB, how
many pairs were found, how many planted ones are among them, and the milliseconds to compare one pair closely.
"""

import resource
import sys
import time
from pathlib import Path
from typing import Final

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from PIL import Image

from benchmarks.formats import PLANTED
from creative_approaches.core.media.formats.local_features import (
    MOST,
    VERSION,
    WORD_BITS,
    LocalFeatures,
    local_features,
    mirror_mask,
)
from creative_approaches.core.media.formats.picture_match import match
from picture_axes_training.drawings import drawing

DRAWINGS: Final = 300  # whose patches those of the pictures are like
SPREAD: Final = 0.6  # of the deviation of each axis, by which a patch differs from the drawing's
SEEN_AGAIN: Final = 0.15  # the same for a patch of a picture and that of its part
AT_ONCE: Final = 20_000
SETTINGS: Final[dict[str, str | bool | int | float | list[str]]] = {
    "threads": 2,
    "memory_limit": "6GB",
    "preserve_insertion_order": False,
}


def make(database: Path, pictures: int) -> None:
    random = np.random.default_rng(pictures)
    pool = np.vstack([_drawn(seed).descriptors for seed in range(DRAWINGS)])[:, :WORD_BITS].astype(np.float32)
    deviations = pool.std(axis=0)
    with duckdb.connect(str(database), config=SETTINGS) as connection:
        for statement in (
            "create schema approaches_jobs",
            "create schema approaches_intermediate",
            "create table approaches_jobs.image_features "
            "(content_sha256 varchar, features_version bigint, words bigint[])",
        ):
            connection.execute(statement)
        for start in range(0, pictures, AT_ONCE):
            count = min(AT_ONCE, pictures - start)
            values = pool[random.integers(len(pool), size=count * MOST)].reshape(count, MOST, WORD_BITS)
            values = values + random.normal(size=values.shape).astype(np.float32) * deviations * SPREAD
            parts = int(count * PLANTED)
            noise = random.normal(size=(parts, MOST // 2, WORD_BITS)) * deviations * SEEN_AGAIN
            values[count - parts :, : MOST // 2] = values[:parts, : MOST // 2] + noise
            words = _words(values)
            words[count - parts // 2 :] ^= mirror_mask()
            offsets = pa.array(np.arange(0, words.size + 1, words.shape[1], dtype=np.int32))
            names = [f"{number:064}" for number in range(start, start + count)]
            rows = pa.table({"name": names, "words": pa.ListArray.from_arrays(offsets, words.ravel())})
            connection.register("rows", rows)
            connection.execute(f"insert into approaches_jobs.image_features select name, {VERSION}, words from rows")
        connection.execute(
            "create table approaches_jobs.image_hashes as "
            "select content_sha256 as image_uri, content_sha256, 'hashed' as status from approaches_jobs.image_features"
        )
        connection.execute(
            "create table approaches_intermediate.int_images__distinct as "
            "select image_uri, true as is_latest from approaches_jobs.image_hashes"
        )


def ask(database: Path, pictures: int, query: Path) -> None:
    with duckdb.connect(str(database), config=SETTINGS) as connection:
        start = time.perf_counter()
        connection.execute(f"create table found as {query.read_text()}")
        seconds = time.perf_counter() - start
        peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        planted = pa.table(
            {
                side: [f"{number:064}" for number in numbers]
                for side, numbers in zip(("content_sha256", "neighbour_sha256"), _planted(pictures), strict=True)
            }
        )
        connection.register("planted", planted)
        found = "select count(*) from (select distinct content_sha256, neighbour_sha256 from found)"
        recalled = "select count(*) from planted semi join found using (content_sha256, neighbour_sha256)"
        counts = connection.execute(f"select ({found}), ({recalled})").fetchone()
    print(seconds, peak_mb, *(counts or ()), _milliseconds_of_a_check())


def _planted(pictures: int) -> tuple[list[int], list[int]]:
    wholes: list[int] = []
    parts: list[int] = []
    for start in range(0, pictures, AT_ONCE):
        count = min(AT_ONCE, pictures - start)
        planted = int(count * PLANTED)
        wholes += range(start, start + planted)
        parts += range(start + count - planted, start + count)
    return wholes, parts


def _words(values: NDArray[np.float32]) -> NDArray[np.int64]:
    """As `LocalFeatures.words`, of many pictures of the same number of patches; a word may come twice."""
    words = ((values > 0).astype(np.int64) << np.arange(WORD_BITS)).sum(axis=2)
    unsure = np.int64(1) << np.abs(values).argmin(axis=2)
    return np.concatenate([words, words ^ unsure], axis=1)


def _milliseconds_of_a_check() -> float:
    pictures = [_drawn(seed).packed() for seed in range(20)]
    start = time.perf_counter()
    for one in pictures:
        for other in pictures:
            match(LocalFeatures.unpack(one), LocalFeatures.unpack(other))
    return 1000 * (time.perf_counter() - start) / len(pictures) ** 2


def _drawn(seed: int) -> LocalFeatures:
    return local_features(Image.fromarray(drawing(seed)))


if __name__ == "__main__":
    step, database, pictures, query = sys.argv[1:]
    if step == "make":
        make(Path(database), int(pictures))
    else:
        ask(Path(database), int(pictures), Path(query))
