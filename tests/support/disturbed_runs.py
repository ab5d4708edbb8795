"""Runs that are killed, or that meet other commands, beside runs on the same input that nobody disturbs."""

import os
import random
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any, Final, Protocol

from google.auth.credentials import AnonymousCredentials
from google.cloud import bigquery

from tests.support.bigquery.server import BigQueryServer, running_server
from tests.support.bigquery.workspace import make_bigquery_workspace
from tests.support.commands.warm import start_warm
from tests.support.raw_tables import CREATIVE, METRICS, TYPES, load_raw
from tests.support.workspace import TIMEOUT, Workspace, make_workspace

HELD, KILLED = 75, -signal.SIGKILL  # exit codes
FIRST_DAY: Final = date(2026, 1, 5)
HEADLINES: Final = (
    *("Save {} percent this weekend", "Last chance: {} offers end tonight", "Why is your skin so dry? {} reasons"),
    *("Rated 4.{} by our customers", "Try it free for {} days", "How to pack a rucksack in {} steps"),
)
ACCOUNTS: Final = ("north", "south")
# What is not said of the input but of a run.
OF_A_RUN: Final = {"job_runs", "run_lease"}
TIMES: Final = {"checked_at", "recorded_at"}

# Waits for a moment of a command, or for its end, by the file of what it says.
Moment = Callable[[Any, Path], None]


class World(Protocol):
    """A project, its raw tables and its results."""

    workspace: Workspace

    def load(self, days: int) -> None:
        """The raw tables become those after so many days: each brings metrics, and each account a new creative."""

    def rows(self) -> dict[str, list[str]]:
        """Every row of every mart and job table but those of a run, without times, in a fixed order."""

    def outcomes(self) -> list[str]:
        """How the steps of all runs ended, as job_runs has it."""


def raw_rows(days: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Creatives and daily metrics after so many days."""
    creatives = [
        {"creative_id": f"{account}-{number}", "account_id": account, "headline": HEADLINES[number % 6].format(number)}
        for account in ACCOUNTS
        for number in range(12 + days)
    ]
    metrics = [
        {
            "creative_id": creative["creative_id"],
            "account_id": creative["account_id"],
            "date_day": str(FIRST_DAY + timedelta(days=7 * week)),
            "spend": 10 + (number * 7 + week * 3) % 11,
        }
        for number, creative in enumerate(creatives)
        for week in range(2 + days // 3)
    ]
    return creatives, metrics


@dataclass
class DuckDBWorld:
    """A DuckDB file."""

    workspace: Workspace

    def load(self, days: int) -> None:
        load_raw(self.workspace, *raw_rows(days))

    def rows(self) -> dict[str, list[str]]:
        kept = f"columns(name -> name not in {tuple(sorted(TIMES))})"
        return {
            name: [repr(row) for row in self.workspace.query(f"select {kept} from {name} order by all")]
            for name in self.workspace.rows()
        }

    def outcomes(self) -> list[str]:
        return [outcome for (outcome,) in self.workspace.query("select outcome from approaches_jobs.job_runs")]


@dataclass
class BigQueryWorld:
    """A local BigQuery of its own."""

    workspace: Workspace
    client: bigquery.Client

    def load(self, days: int) -> None:
        for name, defaults, rows in zip(
            ("creatives", "creative_daily_metrics"), (CREATIVE, METRICS), raw_rows(days), strict=True
        ):
            columns = ["creative_id", *defaults]
            values = ", ".join(
                f"({', '.join(_literal(column, {**defaults, **row}[column]) for column in columns)})" for row in rows
            )
            types = ", ".join(f"{column} {_type(column)}" for column in columns)
            self.client.create_dataset("warehouse", exists_ok=True)
            self.client.query(f"CREATE OR REPLACE TABLE warehouse.{name} ({types})").result()
            self.client.query(f"INSERT INTO warehouse.{name} ({', '.join(columns)}) VALUES {values}").result()

    def rows(self) -> dict[str, list[str]]:
        tables = [
            table
            for dataset in ("approaches_marts", "approaches_jobs")
            for table in self.client.list_tables(dataset)
            if table.table_id not in OF_A_RUN and "__staging_" not in table.table_id
        ]
        return {
            f"{table.dataset_id}.{table.table_id}": sorted(
                repr([_rounded(value) for name, value in row.items() if name not in TIMES])
                for row in self.client.list_rows(table.reference)
            )
            for table in tables
        }

    def outcomes(self) -> list[str]:
        return [row["outcome"] for row in self.client.list_rows("approaches_jobs.job_runs")]


def _type(column: str) -> str:
    known = TYPES.get(column, "string")
    return {"bigint": "INT64", "decimal(18, 2)": "NUMERIC"}.get(known, known.upper())


def _literal(column: str, value: Any) -> str:
    return "NULL" if value is None else f"CAST('{value}' AS {_type(column)})"


def _rounded(value: Any) -> Any:
    """Sums of floats end in other digits when other threads add them."""
    if isinstance(value, list):
        return [_rounded(one) for one in value]
    return f"{value:.9g}" if isinstance(value, float) else value


@dataclass
class Pair:
    """A world whose runs are disturbed, and its twin.

    seconds : what a run took.
    """

    disturbed: World
    undisturbed: World
    seconds: float
    days: int = 0
    codes: list[int] = field(default_factory=list)

    @property
    def _worlds(self) -> tuple[World, World]:
        return self.disturbed, self.undisturbed

    def measure(self) -> None:
        """Let both run once more: the first run also read the whole project."""
        for world in self._worlds:
            self.seconds = _timed_run(world.workspace)

    def disturb(self, how: Callable[[World], Sequence[int]]) -> list[str]:
        """A day later, disturb a run, then let one end. Returns the tables that differ from the twin's."""
        self.days += 1
        for world in self._worlds:
            world.load(self.days)
        self.codes += how(self.disturbed)
        with ThreadPoolExecutor() as both:
            for finished in both.map(lambda world: world.workspace.approaches("run"), self._worlds):
                assert finished.returncode == 0, finished.stderr
        found, expected = self.disturbed.rows(), self.undisturbed.rows()
        assert any(expected.values())
        return [name for name in {*found, *expected} if found.get(name) != expected.get(name)]


def killed(moment: Moment) -> Callable[[World], list[int]]:
    """A run that is killed, with all of its processes."""

    def kill(world: World) -> list[int]:
        with started(world.workspace, ("run",)) as (run, said):
            moment(run, said)
            if run.exitcode is None:
                with suppress(ProcessLookupError):  # it has just ended
                    os.killpg(run.pid, signal.SIGKILL)
            run.join(TIMEOUT)
            return [run.exitcode]

    return kill


def racing(first: str, second: str, moment: Moment) -> Callable[[World], list[int]]:
    """Two commands of which one begins at a moment of the other."""

    def race(world: World) -> list[int]:
        with started(world.workspace, (first,)) as (one, said):
            moment(one, said)
            with started(world.workspace, (second,)) as (other, _):
                for process in (one, other):
                    process.join(TIMEOUT)
                return [one.exitcode, other.exitcode]

    return race


@contextmanager
def started(workspace: Workspace, arguments: Sequence[str]) -> Iterator[tuple[Any, Path]]:
    """A command in a session of its own, and the file of what it says."""
    with tempfile.TemporaryDirectory() as output:
        process = start_warm(
            "creative_approaches.cli", arguments, workspace.directory, workspace.inherited(), Path(output)
        )
        try:
            yield process, Path(output, "stderr")
        finally:
            process.kill()
            process.join()


@contextmanager
def duckdb_pair(folder: Path) -> Iterator[Pair]:
    """Two copies of one DuckDB file, after a first run."""
    first = make_workspace(folder / "disturbed")
    load_raw(first, *raw_rows(0))
    seconds = _timed_run(first)
    second = make_workspace(folder / "undisturbed")
    for name in ("creative_approaches.duckdb", "dbt_project.yml"):
        shutil.copy(first.directory / name, second.directory / name)
    yield Pair(DuckDBWorld(first), DuckDBWorld(second), seconds)


@contextmanager
def bigquery_pair(folder: Path) -> Iterator[Pair]:
    """Two local BigQuery servers, each after a first run."""
    with running_server(folder / "log 1") as first, running_server(folder / "log 2") as second:
        disturbed, undisturbed = _bigquery_world(folder / "a", first), _bigquery_world(folder / "b", second)
        _timed_run(disturbed.workspace)
        yield Pair(disturbed, undisturbed, _timed_run(undisturbed.workspace))


def _bigquery_world(directory: Path, server: BigQueryServer) -> BigQueryWorld:
    workspace = make_bigquery_workspace(directory, server)
    workspace.set_vars(demo_data=False, raw_schema="warehouse")
    client = bigquery.Client(server.project, AnonymousCredentials(), client_options={"api_endpoint": server.rest})
    world = BigQueryWorld(workspace, client)
    world.load(0)
    return world


def _timed_run(workspace: Workspace) -> float:
    start = perf_counter()
    finished = workspace.approaches("run")
    assert finished.returncode == 0, finished.stderr
    return perf_counter() - start


def moments(number: int, seconds: float, seed: int) -> list[Moment]:
    """Random moments, one in each of so many equal parts of a time, in a random order."""
    points = random.Random(seed)
    found = [seconds * (part + points.random()) / number for part in range(number)]
    points.shuffle(found)
    return [partial(_after, seconds) for seconds in found]


def _after(seconds: float, process: Any, said: Path) -> None:
    process.join(seconds)


def when_it_says(text: str, log: Path | None = None) -> Moment:
    """The moment at which a command has said something, to the terminal or in a log."""

    def wait(process: Any, said: Path) -> None:
        file = log or said
        while process.exitcode is None and text not in (file.read_text() if file.exists() else ""):
            process.join(0.05)

    return wait
