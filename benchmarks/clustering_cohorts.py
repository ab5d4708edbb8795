"""How many creatives a second job cluster gets through, by processes."""

import time
from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from benchmarks.clustering_data import banking_cohort, has_banking
from creative_approaches.core.arrays import Labels
from creative_approaches.core.clustering.rules import ClusteringRules
from creative_approaches.jobs.cluster.pool import Partition, cluster_partitions

COHORTS: Final = 1_000
SIZE, GROUPS = 300, 12


def many_cohorts() -> Iterator[dict[str, Any]]:
    """1,000 cohorts of 300 creatives, with one process and with two. Nothing where the data is missing.

    The pool gives every process one core, also where there is only one process. Raises RuntimeError where two do not
    find the same clusters as one.
    """
    if not has_banking("many_cohorts"):
        return
    figures, found = {}, {}
    for processes in (1, 2):
        start = time.perf_counter()
        found[processes] = _labels(processes)
        seconds = time.perf_counter() - start
        creatives = sum(map(len, found[processes]))
        figures[processes] = {
            "n": creatives,
            "processes": processes,
            "seconds": round(seconds, 1),
            "creatives_per_second": round(creatives / seconds),
        }
        yield figures[processes]
    if not all(map(np.array_equal, found[1], found[2])):
        raise RuntimeError("two processes find other clusters than one")
    scaling = figures[1]["seconds"] / figures[2]["seconds"]
    yield {**figures[2], "scaling": round(scaling, 2), "summary": True}


def _labels(processes: int) -> list[Labels]:
    cohorts = (banking_cohort(SIZE, GROUPS, seed) for seed in range(COHORTS))
    partitions = (Partition(cohort.vectors, None) for cohort in cohorts)
    return [found.labels for found in cluster_partitions(partitions, ClusteringRules(), processes)]
