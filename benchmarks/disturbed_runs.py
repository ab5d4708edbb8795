"""Whole runs that are killed, or that meet other commands: do they end in the marts of a run that nobody disturbed?"""

import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from itertools import cycle
from pathlib import Path
from typing import Any, Final

from tests.support.disturbed_runs import (
    Pair,
    World,
    bigquery_pair,
    duckdb_pair,
    killed,
    moments,
    racing,
)

# Fewer on the local BigQuery, where a run takes many times as long.
ENGINES: Final[tuple[tuple[str, Callable[[Path], AbstractContextManager[Pair]], int, int], ...]] = (
    ("duckdb", duckdb_pair, 30, 20),
    ("bigquery", bigquery_pair, 5, 5),
)
COMMANDS: Final = (
    *(("run", "run"), ("run", "check"), ("run", "track"), ("cluster", "run"), ("run", "summary")),
    *(("embed", "cluster"), ("check", "run"), ("run", "embed"), ("track", "track"), ("summary", "run")),
)
SEED: Final = 17

Disturbance = Callable[[World], list[int]]


def killed_runs() -> Iterator[dict[str, Any]]:
    """A run is killed at random moments from its beginning to its end, each time on new input, and run once more."""

    def kills(pair: Pair, number: int) -> Iterator[Disturbance]:
        yield from map(killed, moments(number, pair.seconds, SEED))

    yield from _disturbed(kills, [(engine, pair, kills) for engine, pair, kills, _ in ENGINES])


def racing_commands() -> Iterator[dict[str, Any]]:
    """Two commands begin at random moments after each other, each time on new input, and a run follows."""

    def races(pair: Pair, number: int) -> Iterator[Disturbance]:
        for (first, second), gap in zip(cycle(COMMANDS), moments(number, 0.8 * pair.seconds, SEED), strict=False):
            yield racing(first, second, gap)

    yield from _disturbed(races, [(engine, pair, races) for engine, pair, _, races in ENGINES])


def _disturbed(
    disturbances: Callable[[Pair, int], Iterator[Disturbance]],
    engines: list[tuple[str, Callable[[Path], AbstractContextManager[Pair]], int]],
) -> Iterator[dict[str, Any]]:
    total = Counter[str]()
    codes = Counter[int]()
    for engine, make, number in engines:
        start = time.perf_counter()
        with tempfile.TemporaryDirectory() as folder, make(Path(folder)) as pair:
            pair.measure()
            different = [pair.disturb(how) for how in disturbances(pair, number)]
            outcomes = Counter(pair.disturbed.outcomes())
        figures = {
            "n": number,
            "different": sum(map(bool, different)),
            "steps_called_killed": outcomes["killed"],
            "steps_left_running": outcomes["running"],
        }
        total.update(figures)
        codes.update(pair.codes)
        seconds = round(time.perf_counter() - start, 1)
        yield {"engine": engine, **figures, "exit_codes": _counted(Counter(pair.codes)), "seconds": seconds}
    yield {**total, "exit_codes": _counted(codes), "summary": True}


def _counted(codes: Counter[int]) -> dict[str, int]:
    return {str(code): times for code, times in sorted(codes.items())}
