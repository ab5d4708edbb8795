"""What `job_runs` says of a run: a row for each step, also of those that failed or never said their end."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from creative_approaches.adapters.warehouses.port import Change, Warehouse
from creative_approaches.errors import DataError, LimitError
from creative_approaches.jobs.job import JobResult
from creative_approaches.jobs.run_log import RunLog
from creative_approaches.tables import JOB_RUNS, JOB_TABLES, TABLE_VERSIONS
from tests.support.direct_jobs import make_directly

DONE = JobResult(3, 2, "Two of three.", warnings=1)


@pytest.fixture
def seconds() -> Iterator[int]:
    return count()


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    warehouse = make_directly(tmp_path, TABLE_VERSIONS)
    write_versions(warehouse)
    return warehouse


def write_versions(warehouse: Warehouse) -> None:
    versions = [{"table_name": table.name, "version": table.version} for table in JOB_TABLES.values()]
    warehouse.write(Change.of_all(TABLE_VERSIONS, TABLE_VERSIONS.rows(versions)))


def open_log(warehouse: Warehouse, seconds: Iterator[int]) -> RunLog:
    return RunLog(warehouse, lambda: datetime(2026, 1, 5) + timedelta(seconds=next(seconds)))


def rows(warehouse: Warehouse) -> list[dict[str, Any]]:
    return sorted(warehouse.read(JOB_RUNS).to_pylist(), key=lambda row: row["started_at"])


def test_steps_share_the_run_and_have_ids_of_their_own(warehouse: Warehouse, seconds: Iterator[int]) -> None:
    log = open_log(warehouse, seconds)
    for step in ("prepare", "embed"):
        assert log.step(step, lambda: DONE) is DONE
    open_log(warehouse, seconds).step("embed", lambda: DONE)
    prepare, embed, again = rows(warehouse)
    assert [row["job"] for row in (prepare, embed, again)] == ["prepare", "embed", "embed"]
    assert prepare["run_id"] == embed["run_id"] != again["run_id"]
    assert len({row["step_id"] for row in (prepare, embed, again)}) == 3
    assert (embed["outcome"], embed["rows_read"], embed["rows_written"], embed["warnings"]) == ("done", 3, 2, 1)
    assert embed["ended_at"] > embed["started_at"]


def test_a_step_has_a_row_while_it_runs(warehouse: Warehouse, seconds: Iterator[int]) -> None:
    seen = []

    def look() -> JobResult:
        seen.extend(rows(warehouse))
        return DONE

    open_log(warehouse, seconds).step("embed", look)
    assert [(row["outcome"], row["ended_at"]) for row in seen] == [("running", None)]


@pytest.mark.parametrize(
    ("error", "outcome", "detail"),
    [
        (DataError("There is no text."), "failed", "There is no text."),
        (RuntimeError("key=secret"), "failed", "RuntimeError"),
        (KeyboardInterrupt(), "stopped", "KeyboardInterrupt"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_step_that_fails_says_why_and_no_more_than_it_may(
    warehouse: Warehouse, seconds: Iterator[int], error: BaseException, outcome: str, detail: str
) -> None:
    def fail() -> JobResult:
        raise error

    with pytest.raises(type(error)):
        open_log(warehouse, seconds).step("embed", fail)
    (row,) = rows(warehouse)
    assert (row["outcome"], row["detail"], row["ended_at"] is None) == (outcome, detail, False)


def test_what_a_limit_stopped_is_noted_and_raised(warehouse: Warehouse, seconds: Iterator[int]) -> None:
    with pytest.raises(LimitError, match="Enough"):
        open_log(warehouse, seconds).step("embed", lambda: JobResult(9, 4, "Four.", stopped=LimitError("Enough.")))
    (row,) = rows(warehouse)
    assert (row["outcome"], row["rows_written"], row["detail"]) == ("stopped", 4, "Four.; Enough.")


def test_a_step_that_never_said_its_end_is_closed_as_killed_by_the_next_run(
    warehouse: Warehouse, seconds: Iterator[int]
) -> None:
    old = dict.fromkeys(JOB_RUNS.columns) | {"step_id": "a", "started_at": datetime(2026, 1, 1)}
    done = old | {"step_id": "b", "outcome": "done", "ended_at": datetime(2026, 1, 2)}
    warehouse.note(JOB_RUNS, [old | {"outcome": "running"}, done])
    open_log(warehouse, seconds).step("track", lambda: DONE)
    found = {row["step_id"]: row for row in rows(warehouse)}
    assert found["a"] == old | {"outcome": "killed"}
    assert found["b"] == done
    assert len(found) == 3


def test_steps_wait_for_the_tables_that_they_are_noted_in(warehouse: Warehouse, seconds: Iterator[int]) -> None:
    warehouse.write(Change.of_all(TABLE_VERSIONS, TABLE_VERSIONS.rows([])))

    def make_tables() -> JobResult:
        assert rows(warehouse) == []
        write_versions(warehouse)
        return DONE

    log = open_log(warehouse, seconds)
    log.step("check", lambda: DONE)
    log.step("prepare", make_tables)
    noted = [(row["job"], row["outcome"], row["warnings"]) for row in rows(warehouse)]
    assert noted == [("check", "done", 1), ("prepare", "done", 1)]
