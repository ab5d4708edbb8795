"""Whole runs that are killed, or that meet other commands: do they end in the marts of a run that nobody disturbed?"""

import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from itertools import cycle
from pathlib import Path
from typing import Any, Final

from benchmarks.figures import WrongResultError
from tests.support.disturbed_runs import (
    HELD,
    KILLED,
    Pair,
    World,
    bigquery_pair,
    duckdb_pair,
    killed,
    moments,
    racing,
)

Engine = Callable[[Path], AbstractContextManager[Pair]]
ENGINES: Final[dict[str, Engine]] = {"duckdb": duckdb_pair, "bigquery": bigquery_pair}
KILLS, RACES = 30, 20  # on each engine
COMMANDS: Final = (
    *(("run", "run"), ("run", "check"), ("run", "track"), ("cluster", "run"), ("run", "summary")),
    *(("annotate", "cluster"), ("check", "run"), ("run", "annotate"), ("track", "track"), ("summary", "run")),
)
SEED: Final = 17
INTERRUPTED: Final = 130
# How a command may end that is killed or meets another: the other holds the warehouse, or it was interrupted.
EXIT_CODES: Final = {0, HELD, INTERRUPTED, KILLED}

Disturbance = Callable[[World], list[int]]


def killed_runs() -> Iterator[dict[str, Any]]:
    """A run is killed at random moments from its beginning to its end, each time on new input, and run once more."""

    def kills(pair: Pair) -> Iterator[Disturbance]:
        yield from map(killed, moments(KILLS, pair.seconds, SEED))

    yield from disturbed(kills, ENGINES)


def racing_commands() -> Iterator[dict[str, Any]]:
    """Two commands begin at random moments after each other, each time on new input, and a run follows."""

    def races(pair: Pair) -> Iterator[Disturbance]:
        for (first, second), gap in zip(cycle(COMMANDS), moments(RACES, 0.8 * pair.seconds, SEED), strict=False):
            yield racing(first, second, gap)

    yield from disturbed(races, ENGINES)


def disturbed(
    disturbances: Callable[[Pair], Iterator[Disturbance]], engines: Mapping[str, Engine]
) -> Iterator[dict[str, Any]]:
    """A line per engine, and one for all.

    Raises WrongResultError after them where marts differ from the twin's, where a command ends with an exit code of
    none of EXIT_CODES, or where a step is left running.
    """
    total = Counter[str]()
    codes = Counter[int]()
    for engine, make in engines.items():
        start = time.perf_counter()
        with tempfile.TemporaryDirectory() as folder, make(Path(folder)) as pair:
            pair.measure()
            different = [pair.disturb(how) for how in disturbances(pair)]
            outcomes = Counter(pair.disturbed.outcomes())
        figures = {
            "n": len(different),
            "different": sum(map(bool, different)),
            "steps_called_killed": outcomes["killed"],
            "steps_left_running": outcomes["running"],
        }
        total.update(figures)
        codes.update(pair.codes)
        seconds = round(time.perf_counter() - start, 1)
        yield {"engine": engine, **figures, "exit_codes": _counted(Counter(pair.codes)), "seconds": seconds}
    yield {**total, "exit_codes": _counted(codes), "summary": True}
    foreign = sorted(codes.keys() - EXIT_CODES)
    if total["different"] or total["steps_left_running"] or foreign:
        raise WrongResultError(
            f"{total['different']} of {total['n']} end in other marts, {total['steps_left_running']} steps are left "
            f"running; exit codes that must not be: {foreign or 'none'}"
        )


def _counted(codes: Counter[int]) -> dict[str, int]:
    return {str(code): times for code, times in sorted(codes.items())}
