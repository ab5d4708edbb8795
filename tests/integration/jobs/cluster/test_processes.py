"""Several processes share the work, and leave nothing half done."""

from collections.abc import Iterable, Iterator
from multiprocessing import active_children
from typing import Any

import pytest

from creative_approaches.core.clustering.cohort import Clustering
from creative_approaches.errors import UsageError
from creative_approaches.jobs.cluster import pool as cluster_pool
from creative_approaches.jobs.cluster.pool import Partition, cluster_partitions
from creative_approaches.tables import CLUSTER_RUNS
from tests.support.worlds.cluster_world import WRITTEN, World, many_cohorts


@pytest.fixture
def always_worth_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start processes also for what is done before they are there."""
    monkeypatch.setattr(cluster_pool, "WORTH_PROCESSES", 0)


@pytest.mark.usefixtures("always_worth_processes")
def test_two_processes_write_what_one_writes(world: World) -> None:
    world.load(*many_cohorts())
    written, seen = [], []
    for processes in (1, 2):
        at_work: set[int] = set()
        # The set of this turn: the job is done with it before the next.
        world.cluster(lambda: at_work.add(len(active_children())), cluster_processes=processes)  # noqa: B023
        seen.append(max(at_work))
        written.append(world.written())
        for table in WRITTEN:
            world.fill(table, [])
    assert seen == [0, 2]
    assert written[0] == written[1]
    assert active_children() == []


@pytest.mark.usefixtures("always_worth_processes")
def test_a_killed_process_is_an_error_that_leaves_the_old_rows(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.load(*many_cohorts())
    world.cluster()
    before = world.written()

    def killed_before_the_last(partitions: Iterable[Partition], *arguments: Any) -> Iterator[Clustering]:
        def made() -> Iterator[Partition]:
            for number, partition in enumerate(partitions, start=1):
                if number == 12:
                    children = active_children()
                    assert len(children) == 2
                    for child in children:
                        child.kill()
                yield partition

        return cluster_partitions(made(), *arguments)

    with monkeypatch.context() as patch:
        patch.setattr("creative_approaches.jobs.cluster.job.cluster_partitions", killed_before_the_last)
        with pytest.raises(UsageError, match=r"memory ran out\. Lower var cluster_processes \(it used 2\)"):
            world.cluster(cluster_processes=2, selection="silhouette_margin")
    assert world.written() == before
    world.cluster(cluster_processes=2, selection="silhouette_margin")
    assert {row["selection"] for row in world.rows(CLUSTER_RUNS)} == {"silhouette_margin"}


@pytest.mark.usefixtures("always_worth_processes")
def test_a_stopped_run_leaves_the_old_rows_and_no_process(world: World) -> None:
    world.load(*many_cohorts())

    def stop() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        world.cluster(stop, cluster_processes=2)
    assert active_children() == []
    assert not any(world.written().values())
