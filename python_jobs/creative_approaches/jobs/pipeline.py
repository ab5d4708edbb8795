"""One job from beginning to end: run, and recorded whatever became of it."""

from contextlib import suppress
from datetime import datetime
from typing import Any

from creative_approaches.adapters.embedders.open import space_of
from creative_approaches.adapters.namers.open import naming_rules
from creative_approaches.adapters.warehouses.port import Change, Warehouse
from creative_approaches.core.ids import stable_id
from creative_approaches.errors import ApproachesError
from creative_approaches.jobs.job import Clock, JobResult, Narration
from creative_approaches.jobs.registry import JOBS
from creative_approaches.settings import Settings
from creative_approaches.tables import JOB_RUNS


def check_choices(settings: Settings) -> None:
    """Raise UsageError if an embedder or a namer of the settings is not there, or cannot do what they ask of it."""
    space_of(settings.embed)
    naming_rules(settings.name)


def run_job(job: str, warehouse: Warehouse, settings: Settings, progress: Narration, clock: Clock) -> JobResult:
    """Run one job and record it in `job_runs`, also when it fails.

    Raises what stopped the job before its work was done, after recording what it did and spent.
    """
    started_at = clock()
    arguments: list[Any] = [warehouse, settings, progress]
    if JOBS[job].takes_clock:
        arguments.append(clock)
    try:
        result: JobResult = JOBS[job].load()(*arguments)
    except Exception as error:
        with suppress(ApproachesError):  # there may be no warehouse to record it in
            # What a bug says may quote anything.
            detail = str(error) if isinstance(error, ApproachesError) else type(error).__name__
            _record(warehouse, job, started_at, clock(), "failed", JobResult(0, 0, detail))
        raise
    _record(warehouse, job, started_at, clock(), result.outcome, result)
    if result.stopped:
        raise result.stopped
    return result


def _record(
    warehouse: Warehouse,
    job: str,
    started_at: datetime,
    ended_at: datetime,
    outcome: str,
    result: JobResult,
) -> None:
    row = {
        "run_id": stable_id("run", job, started_at.isoformat()),
        "job": job,
        "started_at": started_at,
        "ended_at": ended_at,
        "outcome": outcome,
        "rows_read": result.rows_read,
        "rows_written": result.rows_written,
        "requests": result.usage.requests,
        "retries": result.usage.retries,
        "tokens": result.usage.tokens,
        "tokens_are_estimated": result.usage.tokens_are_estimated,
        "estimated_cost_usd": result.usage.cost_usd,
        "detail": f"{result.detail}; {result.stopped}" if result.stopped else result.detail,
    }
    warehouse.write(Change.of_new(JOB_RUNS, JOB_RUNS.rows([row])))
