"""What it costs to find all near duplicates among many hashes, in DuckDB by the models' own macro."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from creative_approaches.settings import SETTINGS
from tests.support.workspace import make_workspace

SIZES: Final = (100_000, 300_000, 1_000_000)
PLANTED: Final = 0.1  # of the hashes are near another
PEER_SIZE: Final = 100_000
MEMORY: Final = "6GB"
THREADS: Final = 2
BLOCK: Final = 2_000

Hashes = NDArray[np.int64]


def pairs() -> Iterator[dict[str, Any]]:
    """Random 64-bit hashes of which a tenth are copies with up to as many flipped bits as the default threshold.

    recall : of the planted pairs.  peak_mb : of the process that runs the query, limited to 6 GB and two threads.
    pairwise : all pairs by numpy at the smallest size; `ratio` is its seconds over ours there.
    """
    max_distance = SETTINGS["image_theme_max_distance"].default
    with tempfile.TemporaryDirectory() as folder:
        query = _query(Path(folder) / "project", max_distance)
        figures = {n: _find(Path(folder) / f"{n}.duckdb", n, max_distance, query) for n in SIZES}
    for n, figure in figures.items():
        yield {"n": n, "max_distance": max_distance, **figure}
    start = time.perf_counter()
    found = _pairwise(_planted(PEER_SIZE, max_distance)[0], max_distance)
    seconds = time.perf_counter() - start
    ratio = round(seconds / figures[PEER_SIZE]["seconds"], 2)
    if found != figures[PEER_SIZE]["pairs"]:
        raise AssertionError(f"all pairs are {found}, the query found {figures[PEER_SIZE]['pairs']}")
    yield {
        "method": "pairwise",
        "n": PEER_SIZE,
        "max_distance": max_distance,
        "seconds": round(seconds, 2),
        "pairs": found,
    }
    largest = SIZES[-1]
    yield {"n": largest, "max_distance": max_distance, **figures[largest], "ratio": ratio, "summary": True}


def _query(directory: Path, max_distance: int) -> str:
    workspace = replace(make_workspace(directory), starts_anew=True)
    sql = f"{{{{ near_hash_pairs('hashes', {max_distance}) }}}}"
    return workspace.dbt("--quiet", "compile", "--inline", sql).stdout


def _planted(n: int, max_distance: int) -> tuple[Hashes, Hashes]:
    """Distinct hashes, shape (n,), and the planted pairs, shape (copies, 2)."""
    rng = np.random.default_rng(n)
    copies = int(n * PLANTED)
    originals = rng.integers(0, 2**64, n - copies, dtype=np.uint64)
    flipped = np.zeros(copies, dtype=np.uint64)
    for place, bits in enumerate(rng.integers(1, max_distance + 1, copies)):
        flipped[place] = sum(1 << int(bit) for bit in rng.choice(64, bits, replace=False))
    copied = originals[:copies] ^ flipped
    everything = np.concatenate([originals, copied]).view(np.int64)
    return np.unique(everything), np.stack([originals[:copies].view(np.int64), copied.view(np.int64)], axis=1)


def _find(database: Path, n: int, max_distance: int, query: str) -> dict[str, Any]:
    """Load and query in a process of its own, so that the peak memory is that of the query."""
    hashes, planted = _planted(n, max_distance)
    np.savez(database.with_suffix(".npz"), hashes=hashes, planted=planted)
    database.with_suffix(".sql").write_text(query)
    ran = subprocess.run(
        [sys.executable, "-m", "benchmarks.hash_pairs_run", str(database)], capture_output=True, text=True, check=True
    )
    seconds, peak_mb, found, recalled = ran.stdout.split()
    return {
        "seconds": round(float(seconds), 2),
        "peak_mb": round(float(peak_mb)),
        "pairs": int(found),
        "recall": round(int(recalled) / len(planted), 6),
    }


def _pairwise(hashes: Hashes, max_distance: int) -> int:
    words = hashes.view(np.uint64)
    found = 0
    for start in range(0, len(words), BLOCK):
        block = np.bitwise_count(words[start : start + BLOCK, None] ^ words[None, start:]) <= max_distance
        found += int(np.triu(block, 1).sum())
    return found
