"""What a run notes of itself in `job_runs`: a row for each step, when it starts and again when it ends."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, Final

from creative_approaches.adapters.warehouses.port import Warehouse, has_current_tables
from creative_approaches.core.ids import stable_id
from creative_approaches.errors import ApproachesError, DataError
from creative_approaches.jobs.job import Clock, JobResult
from creative_approaches.tables import JOB_RUNS

RUNNING: Final = "running"
KILLED: Final = "killed"
_NOTHING_YET: Final = JobResult(None, None, "")


class RunLog:
    """The rows of one run. Only who holds the warehouse may write them: rows that run in it are then of nobody else."""

    def __init__(self, warehouse: Warehouse, clock: Clock) -> None:
        """The run starts now."""
        self.clock = clock
        self._warehouse = warehouse
        self._run_id = stable_id("run", clock().isoformat())
        self._is_open = False
        self._to_write: dict[str, dict[str, Any]] = {}  # by step_id

    def open(self) -> bool:
        """Whether job tables are those of this version. Rows that ended without a word are closed with the next note.

        Raises DataError if there is no warehouse.
        """
        if not self._is_open and has_current_tables(self._warehouse):
            for row in self._warehouse.read(JOB_RUNS).to_pylist():
                if row["outcome"] == RUNNING:
                    self._to_write[row["step_id"]] = row | {"outcome": KILLED}
            self._is_open = True
        return self._is_open

    def step(self, name: str, work: Callable[[], JobResult]) -> JobResult:
        """Do the work of a step, and note what became of it, also when it fails.

        Raises what stopped the work before it was done.
        """
        row = {
            "step_id": stable_id("step", self._run_id, name),
            "run_id": self._run_id,
            "job": name,
            "started_at": self.clock(),
        }
        self._note(row, RUNNING, _NOTHING_YET)
        try:
            result = work()
        except BaseException as error:
            with suppress(ApproachesError):  # there may be no warehouse to note it in
                outcome = "failed" if isinstance(error, Exception) else "stopped"  # by hand
                self._note(row | {"ended_at": self.clock()}, outcome, JobResult(0, 0, _detail(error)))
            raise
        self._note(row | {"ended_at": self.clock()}, result.outcome, result)
        if result.stopped:
            raise result.stopped
        return result

    def _note(self, row: Mapping[str, Any], outcome: str, result: JobResult) -> None:
        """Write a row. Where the warehouse is new, or of an older version, it waits until a step has made the table."""
        is_open = False
        with suppress(DataError):
            is_open = self.open()
        noted = {
            "outcome": outcome,
            "rows_read": result.rows_read,
            "rows_written": result.rows_written,
            "warnings": result.warnings,
            "requests": result.usage.requests,
            "retries": result.usage.retries,
            "tokens": result.usage.tokens,
            "tokens_are_estimated": result.usage.tokens_are_estimated,
            "estimated_cost_usd": result.usage.cost_usd,
            "detail": f"{result.detail}; {result.stopped}" if result.stopped else result.detail,
        }
        self._to_write[row["step_id"]] = {**row, **noted}
        if is_open:
            self._warehouse.note(JOB_RUNS, list(self._to_write.values()))
            self._to_write = {}


def _detail(error: BaseException) -> str:
    """What is said of an error. What a bug says may quote anything."""
    return str(error) if isinstance(error, ApproachesError) else type(error).__name__
