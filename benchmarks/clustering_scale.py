"""What clustering one cohort takes, from hundreds of creatives to 100,000."""

import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final

import numpy as np
from sklearn.metrics import adjusted_rand_score

from benchmarks.clustering_data import grouped_vectors, has_banking, repeated_banking
from benchmarks.clustering_peers import refitted_ward
from creative_approaches.core.arrays import Floats, Labels
from creative_approaches.core.clustering.candidates import sweep_tree
from creative_approaches.core.clustering.cohort import cluster_vectors
from creative_approaches.core.clustering.rules import ClusteringRules
from creative_approaches.core.clustering.space import exact_space

SWEEP_SIZES: Final = (500, 2_000, 5_000)
SWEEP_GROUPS: Final = 12
MIN_CLUSTERS, MAX_CLUSTERS = 2, 30

SYNTHETIC, REPEATED = "synthetic", "repeated"
LARGE, COMPARED = 100_000, 10_000
GROUPS: Final = 80


def ward_sweep() -> Iterator[dict[str, Any]]:
    """The best cut of Ward's tree at 2 to 30 clusters, against the loop that fits and scores each anew.

    Raises RuntimeError where the two do not find the same clusters. The summary is of 2,000 creatives.
    """
    summary = {}
    for size in SWEEP_SIZES:
        vectors = grouped_vectors(size, SWEEP_GROUPS)
        _swept(vectors[:100])  # what is loaded the first time is not its speed
        start = time.perf_counter()
        ours = _swept(vectors)
        seconds = time.perf_counter() - start
        start = time.perf_counter()
        theirs = refitted_ward(vectors, MIN_CLUSTERS, MAX_CLUSTERS)
        peer_seconds = time.perf_counter() - start
        clusters = int(ours.max()) + 1
        if clusters != int(theirs.max()) + 1 or adjusted_rand_score(ours, theirs) != 1:
            raise RuntimeError(f"the loop finds other clusters than the sweep among {size} vectors")
        figures = {"n": size, "seconds": round(seconds, 3), "ratio": round(peer_seconds / seconds, 1)}
        yield {"method": "refit", "n": size, "seconds": round(peer_seconds, 3), "clusters": clusters}
        yield {**figures, "clusters": clusters}
        if size == 2_000:
            summary = figures
    yield {**summary, "summary": True}


def _swept(vectors: Floats) -> Labels:
    space = exact_space(vectors, with_averaged=False)
    best = sweep_tree(space, "ward", "raw", (MIN_CLUSTERS, MAX_CLUSTERS))
    assert best is not None  # there are more vectors than clusters
    return best.labels


@dataclass(frozen=True, eq=False)
class _Run:
    """One cohort clustered in a process of its own. `peak_mb` includes the vectors, not how they were made."""

    labels: Labels
    is_approximate: bool
    seconds: float
    peak_mb: float

    def figures(self) -> dict[str, Any]:
        return {
            "n": len(self.labels),
            "seconds": round(self.seconds, 1),
            "peak_mb": round(self.peak_mb),
            "clusters": int(self.labels.max()) + 1,
            "coverage": round(float(np.mean(self.labels >= 0)), 4),
            "is_approximate": self.is_approximate,
        }


def cohort_100k() -> Iterator[dict[str, Any]]:
    """100,000 creatives in one cohort, and at 10,000 the agreement with comparing every pair.

    On made vectors, and on real ones repeated with noise where they are there. `ari` is the agreement. The summary has
    the worst of both.
    """
    runs, agreements = [], []
    for data in [SYNTHETIC, *([REPEATED] if has_banking("cohort_100k") else [])]:
        run = _in_process(data, LARGE, None)
        runs.append(run)
        yield {"data": data, **run.figures()}
        exact, approximate = _in_process(data, COMPARED, COMPARED), _in_process(data, COMPARED, None)
        yield {"method": "exact", "data": data, **exact.figures()}
        agreements.append(float(adjusted_rand_score(exact.labels, approximate.labels)))
        ratio = round(exact.seconds / approximate.seconds, 1)
        yield {"data": data, **approximate.figures(), "ari": round(agreements[-1], 4), "ratio": ratio}
    yield {
        "n": LARGE,
        "seconds": round(max(run.seconds for run in runs), 1),
        "peak_mb": round(max(run.peak_mb for run in runs)),
        "ari": round(min(agreements), 4),
        "summary": True,
    }


def _in_process(data: str, rows: int, exact_points: int | None) -> _Run:
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(_clustered, data, rows, exact_points).result()


def _clustered(data: str, rows: int, exact_points: int | None) -> _Run:
    rules = ClusteringRules()
    if exact_points is not None:
        rules = replace(rules, exact_points=exact_points)
    vectors = grouped_vectors(rows, GROUPS) if data == SYNTHETIC else repeated_banking(rows)
    start = time.perf_counter()
    found = cluster_vectors(vectors, rules)
    return _Run(found.labels, found.is_approximate, time.perf_counter() - start, _peak_mb())


def _peak_mb() -> float:
    """The largest resident set of this process. getrusage would count what its parent had when it was started."""
    (line,) = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024
