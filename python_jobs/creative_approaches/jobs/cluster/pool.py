"""Cohorts and periods are clustered in several processes at once, with the same result as one after the other."""

from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Final

from joblib import cpu_count
from threadpoolctl import ThreadpoolController

from creative_approaches.core.arrays import Floats
from creative_approaches.core.clustering.cohort import Clustering, cluster_vectors
from creative_approaches.core.clustering.rules import ClusteringRules
from creative_approaches.errors import UsageError
from creative_approaches.jobs.process_pool import process_pool

# Rows that take one process 4 seconds. Two are not sooner done with them: each imports its libraries first, for 2.
WORTH_PROCESSES: Final = 3_000
# From so many rows on, a partition is clustered alone and by all threads: it needs 2 GB and more, and much of its time
# goes into comparing all pairs, which threads share. Below, more threads than one gain little, and lose time up to
# 1,000 rows.
LARGE: Final = 50_000


@dataclass(frozen=True, eq=False)
class Partition:
    """One cohort in one period.

    vectors : float64, shape (n, d), n >= 1, unit length.  spend_shares : shape (n,), or None if nothing was spent.
    """

    vectors: Floats
    spend_shares: Floats | None


def processes_for(sizes: Sequence[int], most: int | None) -> int:
    """How many processes to use for partitions of so many rows.

    most : None for one per core. 1 if starting processes would take longer than they save.
    """
    small = [size for size in sizes if size < LARGE]
    if sum(small) < WORTH_PROCESSES:
        return 1
    # joblib also knows the limits that a container sets.
    return min(most or cpu_count(), len(small))


def cluster_partitions(
    partitions: Iterable[Partition], rules: ClusteringRules, processes: int
) -> Generator[Clustering, None, None]:
    """Cluster partitions, in their order.

    A partition is taken when a process is free for it, so that there are never more of them than processes and one.
    Raises UsageError when memory runs out.
    """
    try:
        if processes == 1:
            yield from (_cluster(partition, rules) for partition in partitions)
            return
        with process_pool(processes) as pool:
            for is_large, group in groupby(partitions, key=_is_large):
                if is_large:
                    yield from (_cluster(partition, rules) for partition in group)
                else:
                    yield from _cluster_in(pool, group, rules, processes)
    except (BrokenProcessPool, MemoryError):
        raise UsageError(
            f"Clustering was cut off, most likely because memory ran out. Lower var cluster_processes (it used "
            f"{processes}), or take a machine with more memory, and run the same command again. "
            "What was finished is kept."
        ) from None


def _cluster(partition: Partition, rules: ClusteringRules) -> Clustering:
    with _libraries().limit(limits=None if _is_large(partition) else 1):
        return cluster_vectors(partition.vectors, rules, partition.spend_shares)


def _is_large(partition: Partition) -> bool:
    return len(partition.vectors) >= LARGE


@cache
def _libraries() -> ThreadpoolController:
    """The libraries that have threads of their own, all of them loaded."""
    import hdbscan  # noqa: F401  loading it is its use

    return ThreadpoolController()


def _cluster_in(
    pool: Executor, partitions: Iterable[Partition], rules: ClusteringRules, processes: int
) -> Iterator[Clustering]:
    in_order: deque[Future[Clustering]] = deque()
    running: set[Future[Clustering]] = set()
    for partition in partitions:
        if len(running) == processes:
            _, running = wait(running, return_when=FIRST_COMPLETED)
        future = pool.submit(_cluster, partition, rules)
        in_order.append(future)
        running.add(future)
        while in_order and in_order[0].done():
            yield in_order.popleft().result()
    for future in in_order:
        yield future.result()
