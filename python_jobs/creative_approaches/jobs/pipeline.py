"""One job from beginning to end: run, and recorded whatever became of it."""

from typing import Any

from creative_approaches.adapters.annotators.open import find_annotator
from creative_approaches.adapters.embedders.open import space_of
from creative_approaches.adapters.namers.open import naming_rules
from creative_approaches.adapters.warehouses.port import Warehouse
from creative_approaches.jobs.job import JobResult, Narration
from creative_approaches.jobs.registry import JOBS
from creative_approaches.jobs.run_log import RunLog
from creative_approaches.settings import Settings


def check_choices(settings: Settings) -> None:
    """Raise UsageError if an annotator, embedder or namer is not there, or cannot do what the settings ask of it."""
    find_annotator(settings.annotate)
    space_of(settings.embed)
    naming_rules(settings.name)


def run_job(job: str, warehouse: Warehouse, settings: Settings, progress: Narration, log: RunLog) -> JobResult:
    """Run one job as a step of a run.

    Raises what stopped the job before its work was done, after noting what it did and spent.
    """
    arguments: list[Any] = [warehouse, settings, progress]
    if JOBS[job].takes_clock:
        arguments.append(log.clock)
    return log.step(job, lambda: JOBS[job].load()(*arguments))
