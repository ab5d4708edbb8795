"""Cohorts and periods in several processes: the same results, bounded memory, and an end in every case."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from multiprocessing import active_children
from pathlib import Path
from typing import Any
from weakref import WeakSet

import numpy as np
import pytest

from creative_approaches.core.clustering.cohort import Clustering
from creative_approaches.core.clustering.rules import ClusteringRules
from creative_approaches.errors import UsageError
from creative_approaches.jobs.cluster import pool as cluster_pool
from creative_approaches.jobs.cluster.pool import Partition, cluster_partitions, processes_for
from tests.support.paths import REPOSITORY

RULES = ClusteringRules(max_clusters=20, resamples=2, exact_points=1000)
SIZES = (5, 90, 60, 1, 30, 120, 2, 40)


def partition(size: int, seed: int) -> Partition:
    random = np.random.default_rng(seed)
    vectors = random.normal(size=(6, 16))[np.arange(size) % 6] + 0.4 * random.normal(size=(size, 16))
    return Partition(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.full(size, 1 / size))


def partitions() -> Iterator[Partition]:
    return (partition(size, seed) for seed, size in enumerate(SIZES))


def outcomes(found: Iterator[Clustering]) -> list[tuple[Any, ...]]:
    return [
        (
            one.labels.tolist(),
            one.attached.tolist(),
            np.nan_to_num(one.distances, nan=-1).tolist(),
            one.reason,
            [candidate.described() for candidate in one.candidates],
        )
        for one in found
    ]


@pytest.fixture(scope="module")
def expected() -> list[tuple[Any, ...]]:
    return outcomes(cluster_partitions(partitions(), RULES, 1))


def test_results_are_those_of_one_process_and_come_in_order(expected: list[tuple[Any, ...]]) -> None:
    assert [len(labels) for labels, *_ in expected] == list(SIZES)
    assert outcomes(cluster_partitions(partitions(), RULES, 3)) == expected


def test_a_large_partition_keeps_its_place(expected: list[tuple[Any, ...]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_pool, "LARGE", 80)
    assert outcomes(cluster_partitions(partitions(), RULES, 2)) == expected


def test_no_partitions_have_no_results() -> None:
    assert list(cluster_partitions([], RULES, 2)) == []


def test_no_more_vectors_are_held_than_processes_work_on() -> None:
    alive: WeakSet[Partition] = WeakSet()
    most = 0

    def made() -> Iterator[Partition]:
        nonlocal most
        for seed in range(12):
            most = max(most, len(alive))
            one = partition(40, seed)
            alive.add(one)
            yield one
            del one

    assert len(list(cluster_partitions(made(), RULES, 2))) == 12
    assert 2 <= most <= 3


@pytest.mark.parametrize("processes", [1, 2])
def test_a_bug_is_not_taken_for_a_lack_of_memory(processes: int) -> None:
    broken = Partition(np.zeros((3, 16)), None)
    with pytest.raises(ValueError, match="not a finite vector of unit length"):
        list(cluster_partitions([partition(9, 0), broken, partition(9, 1)], RULES, processes))


def test_memory_that_runs_out_is_an_error_with_a_next_step(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_memory(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(cluster_pool, "cluster_vectors", no_memory)
    with pytest.raises(UsageError, match=r"Lower var cluster_processes \(it used 1\)"):
        list(cluster_partitions(partitions(), RULES, 1))


def test_results_that_nobody_waits_for_leave_no_process() -> None:
    found = cluster_partitions(partitions(), RULES, 2)
    next(found)
    assert active_children()
    found.close()
    assert active_children() == []


@pytest.mark.parametrize(
    ("sizes", "most", "expected"),
    [
        ([], 4, 1),
        ([10] * 100, 4, 1),
        ([300] * 100, 4, 4),
        ([300] * 100, 1, 1),
        ([40_000, 40_000], 4, 2),
        ([40_000], 4, 1),
        ([100_000, 100_000], 4, 1),
        ([100_000, *[300] * 100], 4, 4),
    ],
)
def test_processes_are_started_where_they_save_time(sizes: list[int], most: int, expected: int) -> None:
    assert processes_for(sizes, most) == expected


def test_there_is_a_process_per_core_unless_somebody_says_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_pool, "cpu_count", lambda: 7)
    assert [processes_for([300] * 100, most) for most in (None, 3)] == [7, 3]


ENDLESS_WORK = """
import os, signal, sys, threading
sys.path.insert(0, sys.argv[1])
from creative_approaches.jobs.cluster import pool as cluster_pool
from tests.integration.jobs.cluster.test_pool import RULES, partitions

def work(*_):
    os.write(1, b"at work\\n")
    threading.Event().wait()

cluster_pool.cluster_vectors = work  # also in the processes that it starts: they load this file first
if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell starts what runs in its background without it
    list(cluster_pool.cluster_partitions(partitions(), RULES, 2))
"""


@pytest.mark.parametrize(
    ("stop", "tracebacks"),
    [
        pytest.param(lambda child: child.kill(), 0, id="its parent is killed"),
        pytest.param(lambda child: os.killpg(child.pid, signal.SIGINT), 1, id="Ctrl-C"),
    ],
)
def test_no_process_outlives_its_parent(
    tmp_path: Path, stop: Callable[[subprocess.Popen[str]], None], tracebacks: int
) -> None:
    """All of them write to one pipe, which stays open for as long as one of them lives."""
    script = tmp_path / "endless.py"
    script.write_text(ENDLESS_WORK)
    command = [sys.executable, str(script), str(REPOSITORY)]
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, **pipes, start_new_session=True) as child:
        assert child.stdout is not None
        try:
            assert [child.stdout.readline() for _ in range(2)] == ["at work\n"] * 2
            stop(child)
            _, errors = child.communicate(timeout=60)
        finally:
            child.kill()
    assert errors.count("Traceback") == tracebacks, errors
