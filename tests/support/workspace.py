"""Copies of the project, each with a real DuckDB file and under a path with a space, and commands that run in them."""

import fcntl
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from creative_approaches.jobs.registry import JOBS
from tests.support.commands.warm import run_warm, start_warm
from tests.support.paths import REPOSITORY

PROJECT_FILES = ("dbt_project.yml", "models", "macros", "seeds", "tests/dbt")
OUTPUT: dict[str, Any] = {
    "stdin": subprocess.DEVNULL,
    "stdout": subprocess.PIPE,
    "stderr": subprocess.PIPE,
    "text": True,
}
TIMES_OF_RUN = ("checked_at", "recorded_at")  # columns that differ from run to run
SECOND_READINGS = {"repeated_readings": 20}  # so that the tables of those have rows in the demo
TIMEOUT = 900  # seconds that a command may take before it counts as hung


@dataclass(frozen=True)
class Workspace:
    """A copy of the dbt project with its own profile and DuckDB file.

    starts_anew : commands begin with a new Python, as those of a user do, and count as children of this process.
    """

    directory: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    starts_anew: bool = False

    @property
    def database(self) -> Path:
        return self.directory / "creative_approaches.duckdb"

    def approaches(self, *arguments: str, **variables: Any) -> subprocess.CompletedProcess[str]:
        """Run the command line as a user does, from the project's directory."""
        return self._run("creative_approaches.cli", *arguments, *self._vars(variables))

    def dbt(self, *arguments: str, **variables: Any) -> subprocess.CompletedProcess[str]:
        return self._run("dbt.cli.main", *arguments, *self._vars(variables))

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """What a select gives. Others may read at the same time."""
        with duckdb.connect(str(self.database), read_only=True) as connection:
            return connection.execute(sql).fetchall()

    def execute(self, *statements: str) -> None:
        with duckdb.connect(str(self.database)) as connection:
            for statement in statements:
                connection.execute(statement)

    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every mart and of every job table but job_runs, in a fixed order, without `TIMES_OF_RUN`."""
        tables = self.query(
            "select table_schema || '.' || table_name from information_schema.tables "
            "where table_schema in ('approaches_marts', 'approaches_jobs') and table_name <> 'job_runs' order by 1"
        )
        columns = f"columns(name -> name not in {TIMES_OF_RUN})"
        return {name: self.query(f"select {columns} from {name} order by all") for (name,) in tables}

    def fingerprints(self) -> list[tuple[Any, ...]]:
        """A value per table but job_runs that changes when any of its rows does, whatever their order."""
        tables = self.query(
            "select table_schema || '.' || table_name from information_schema.tables "
            "where table_type = 'BASE TABLE' and table_name <> 'job_runs' order by 1"
        )
        counted = [f"select '{name}', count(*), sum(hash(row)) from {name} as row" for (name,) in tables]
        return self.query(" union all ".join(counted) + " order by all") if counted else []

    def set_vars(self, **variables: Any) -> None:
        """Change settings in the copy's dbt_project.yml, as a user would."""
        path = self.directory / "dbt_project.yml"
        project = yaml.safe_load(path.read_text())
        project["vars"]["creative_approaches"] |= variables
        path.write_text(yaml.safe_dump(project, sort_keys=False))

    def _vars(self, variables: dict[str, Any]) -> list[str]:
        return ["--vars", yaml.safe_dump(variables, default_flow_style=True, width=10_000)] if variables else []

    def start_dbt(self, output: Path, *arguments: str) -> Any:
        """A process with a dbt that the test will not let finish. `output` gets its two streams."""
        return start_warm("dbt.cli.main", arguments, self.directory, self.inherited(), output)

    def _run(self, module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        if not self.starts_anew:
            return run_warm(module, arguments, self.directory, self.inherited(), TIMEOUT)
        command = [sys.executable, "-m", module, *arguments]
        return subprocess.run(command, cwd=self.directory, env=self.inherited(), **OUTPUT, timeout=TIMEOUT, check=False)

    def inherited(self) -> dict[str, str]:
        """The environment of its commands."""
        inherited = {k: v for k, v in os.environ.items() if not k.startswith(("DBT_", "APPROACHES_", "GOOGLE_"))}
        return {**inherited, **self.environment}


def make_workspace(directory: Path) -> Workspace:
    for name in PROJECT_FILES:
        source = REPOSITORY / name
        target = directory / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copy(source, target)
    shutil.copy(REPOSITORY / "profiles.yml.example", directory / "profiles.yml")
    return Workspace(directory)


def built_once(factory: pytest.TempPathFactory, name: str, build: Callable[[Workspace], None]) -> Workspace:
    """A workspace that the first of the test processes to need it builds; the others wait for it."""
    root = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:  # each of them has a folder of its own below the common one
        root = root.parent
    finished = root / name / "finished"
    workspace = Workspace(root / name / "a project")
    with (root / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not finished.exists():
            shutil.rmtree(root / name, ignore_errors=True)
            build(make_workspace(workspace.directory))
            finished.touch()
    return workspace


FIRST_BUILD = "statuses after the first build.json"


def run_step_by_step(workspace: Workspace) -> None:
    """As a scheduler does it: dbt, each job, dbt. After the first dbt, what the marts call their members is noted."""
    built = workspace.dbt("--warn-error", "build")
    assert built.returncode == 0, built.stdout
    statuses = workspace.query(
        "select distinct assignment_status from approaches_marts.fct_approach_members order by 1"
    )
    (workspace.directory / FIRST_BUILD).write_text(json.dumps([status for (status,) in statuses]))
    for job in JOBS:
        finished = workspace.approaches(job, **(SECOND_READINGS if job == "annotate" else {}))
        assert finished.returncode == 0, finished.stderr
    built = workspace.dbt("build", "--exclude-resource-type", "unit_test", "seed")
    assert built.returncode == 0, built.stdout
