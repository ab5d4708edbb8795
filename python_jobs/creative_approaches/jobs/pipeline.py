"""The way of the data, written once: two dbt stages and the seven jobs between them, in order."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from functools import wraps
from types import MappingProxyType
from typing import Final

from creative_approaches.adapters.embedders.open import space_of
from creative_approaches.adapters.namers.open import naming_rules
from creative_approaches.adapters.warehouses.port import Change, Warehouse
from creative_approaches.core.ids import stable_id
from creative_approaches.errors import ApproachesError
from creative_approaches.jobs.cluster.job import cluster
from creative_approaches.jobs.embed import embed, estimate_embed
from creative_approaches.jobs.job import Clock, JobResult, Narration
from creative_approaches.jobs.media.hash_images import hash_images
from creative_approaches.jobs.media.hash_videos import hash_videos
from creative_approaches.jobs.name.job import estimate_name, name
from creative_approaches.jobs.paid import Estimate
from creative_approaches.jobs.test_tags import test_tags
from creative_approaches.jobs.track import track
from creative_approaches.settings import Settings
from creative_approaches.tables import JOB_RUNS

Job = Callable[[Warehouse, Settings, Narration, Clock], JobResult]


def _timeless(job: Callable[[Warehouse, Settings, Narration], JobResult]) -> Job:
    """A job whose result does not depend on when it runs."""

    @wraps(job)
    def run(warehouse: Warehouse, settings: Settings, progress: Narration, _: Clock) -> JobResult:
        return job(warehouse, settings, progress)

    return run


JOBS: Final[Mapping[str, Job]] = MappingProxyType(
    {
        "hash-images": hash_images,
        "hash-videos": hash_videos,
        "embed": _timeless(embed),
        "cluster": _timeless(cluster),
        "track": _timeless(track),
        "name": _timeless(name),
        "test-tags": _timeless(test_tags),
    }
)
# The jobs that may cost money, each with what it would do.
PAID: Final[Mapping[str, Callable[[Warehouse, Settings], Estimate]]] = MappingProxyType(
    {"embed": estimate_embed, "name": estimate_name}
)


def check_choices(settings: Settings) -> None:
    """Raise UsageError if an embedder or a namer of the settings is not there, or cannot do what they ask of it."""
    space_of(settings.embed)
    naming_rules(settings.name)


def run_job(job: str, warehouse: Warehouse, settings: Settings, progress: Narration, clock: Clock) -> JobResult:
    """Run one job and record it in `job_runs`, also when it fails.

    Raises what stopped the job before its work was done, after recording what it did and spent.
    """
    started_at = clock()
    try:
        result = JOBS[job](warehouse, settings, progress, clock)
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
