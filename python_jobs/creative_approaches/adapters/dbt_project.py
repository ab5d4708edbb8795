"""The dbt project as the jobs see it: relation names, settings, credentials, and its two build stages.

Names, schemas, vars and credentials are configured once, in dbt. The manifest is what `dbt parse` returns
(https://docs.getdbt.com/reference/programmatic-invocations), not a file that another dbt may be writing; credentials
are dbt's own object.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from creative_approaches.errors import DataError, TemporaryError, UsageError
from creative_approaches.settings import Settings, check_var_names, load_settings
from creative_approaches.tables import Table

OnNode = Callable[[int, int, str], None]

# dbt's structured log events, https://docs.getdbt.com/reference/events-logging
_FINISHED = {"LogModelResult", "LogTestResult", "LogSeedResult"}
_PROBLEMS = {"RunResultFailure", "MainEncounteredError", "Raw"}
_DETAIL = "RunResultError"  # follows the failure that it explains
# What a busy BigQuery says; the same command may work later.
_PASSING = re.compile(
    r"quota exceeded|exceeded rate limits|exceeded quota|concurrent update|could not serialize|currently unavailable"
    r"|rateLimitExceeded|quotaExceeded|backendError",
    re.IGNORECASE,
)
_NOISE = re.compile(r"Encountered an error:$|\w+ Error( in .*)?$|> in macro |> called by |compiled code at ")


@dataclass(frozen=True)
class DbtOptions:
    """dbt's own options, passed through unchanged."""

    project_dir: Path
    profiles_dir: Path | None = None
    target: str | None = None
    vars: dict[str, Any] = field(default_factory=dict)

    def arguments(self) -> list[str]:
        """The options as dbt's command line takes them."""
        arguments = ["--project-dir", str(self.project_dir), "--target-path", str(self.target_path)]
        if self.profiles_dir:
            arguments += ["--profiles-dir", str(self.profiles_dir)]
        if self.target:
            arguments += ["--target", self.target]
        if self.vars:
            arguments += ["--vars", json.dumps(self.vars)]
        return arguments

    @property
    def target_path(self) -> Path:
        """Where dbt writes its artifacts."""
        return self.project_dir / os.environ.get("DBT_TARGET_PATH", "target")


class DbtProject:
    """A parsed dbt project. Parsing needs no warehouse."""

    def __init__(self, options: DbtOptions) -> None:
        """Parse the project; raises UsageError when dbt cannot read project, profile or vars."""
        self.options = options
        self.credentials, self._manifest = _parse(options)
        exposures = self._manifest.exposures.values()
        known = {name for node in [*self._manifest.sources.values(), *exposures] for name in _settings_of(node)}
        check_var_names(options.vars, known)
        self.settings: Settings = load_settings(
            {node.name.removeprefix("job_"): _settings_of(node) for node in exposures if _settings_of(node)}
        )

    def relation(self, table: Table) -> str:
        """The quoted name of a table in the warehouse."""
        kind, nodes = ("source", self._manifest.sources) if table.is_job_table else ("model", self._manifest.nodes)
        for node in nodes.values():
            if node.name == table.name and node.resource_type == kind:
                return str(node.relation_name)
        raise UsageError(f"The dbt project has no {kind} {table.name}. Is it switched off in dbt_project.yml?")

    def marts(self) -> dict[str, str]:
        """The marts by name, each with its quoted name in the warehouse."""
        return {
            node.name: node.relation_name
            for _, node in sorted(self._manifest.nodes.items())
            if node.resource_type == "model" and node.path.startswith("marts")
        }

    def build(self, selector: str, on_node: OnNode, full_refresh: bool = False) -> int:
        """Run `dbt build --selector ...` as a child process, reporting each finished node.

        full_refresh : build incremental models anew.
        Returns how many nodes it built or tested.
        Raises DataError with the first failures in short, TemporaryError where BigQuery was only busy; dbt's own log
        has the rest.
        """
        command = [sys.executable, "-m", "dbt.cli.main", "--log-format", "json", "--no-use-colors", "build"]
        command += ["--exclude-resource-type", "unit_test"]  # they test the project, not the data
        command += ["--selector", selector, *self.options.arguments()]
        if full_refresh:
            command.append("--full-refresh")
        problems: list[str] = []
        finished = 0
        with subprocess.Popen(
            command,
            cwd=self.options.project_dir,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        ) as child:
            assert child.stdout is not None
            for event in _events(child.stdout):
                finished += _report(event, on_node, problems)
        if child.returncode:
            first = problems[0] if problems else f"dbt ended with exit code {child.returncode}."
            more = f" ({len(problems) - 1} more problems)" if len(problems) > 1 else ""
            log = self.options.project_dir / "logs" / "dbt.log"
            kind = TemporaryError if problems and all(map(_PASSING.search, problems)) else DataError
            raise kind(f"dbt build --selector {selector} failed: {first}{more}\nEverything dbt said: {log}")
        return finished


def _settings_of(node: Any) -> dict[str, Any]:
    """The vars that a source or an exposure lists, with their values."""
    return dict(node.config.meta.get("settings", {}))


def _parse(options: DbtOptions) -> tuple[Any, Any]:
    """The credentials that dbt read, and its manifest."""
    if not (options.project_dir / "dbt_project.yml").is_file():
        raise UsageError(
            f"There is no dbt_project.yml in {options.project_dir}. "
            "Change to the project's directory, or name it with --project-dir."
        )
    # Imported late: dbt takes more than a second to import, and `approaches --help` should not.
    from dbt.adapters.factory import FACTORY
    from dbt.cli.main import dbtRunner

    here = Path.cwd()
    try:
        os.chdir(options.project_dir)
        result = dbtRunner().invoke(["--log-level", "none", "--no-write-json", "parse", *options.arguments()])
        if not result.success:
            raise UsageError(f"dbt cannot read the project: {_short(result.exception)}\n{_next_step(result)}")
        (adapter,) = FACTORY.adapters.values()
        return adapter.config.credentials, result.result
    finally:
        os.chdir(here)


def _next_step(result: Any) -> str:
    if "adapter type bigquery" in str(result.exception).lower():
        return "Install it: pip install -c constraints.txt -e '.[bigquery]'"
    if "profile" in str(result.exception).lower():
        return "Check it with: dbt debug. A working example: cp profiles.yml.example profiles.yml"
    return "Check it with: dbt parse"


def _short(error: object) -> str:
    """What dbt says on one line, without the class of the error and where in dbt it was raised."""
    lines = [line.strip() for line in str(error).splitlines()]
    text = " ".join(line for line in lines if line and not _NOISE.match(line))
    return text if len(text) <= 600 else text[:600] + " ..."


def _events(lines: Iterator[str] | Any) -> Iterator[dict[str, Any]]:
    for line in lines:
        try:
            event = json.loads(line)
        except ValueError:
            event = {
                "info": {"name": "Raw", "level": "error" if "Error" in line else "info", "msg": line},
                "data": {},
            }
        yield event


def _report(event: dict[str, Any], on_node: OnNode, problems: list[str]) -> bool:
    """Pass on what an event says; True if it finishes a node."""
    info, data = event["info"], event["data"]
    if info["level"] == "error" and info["name"] in _PROBLEMS:
        problems.append(_short(info["msg"]))
    if info["name"] == _DETAIL and problems:
        problems[-1] += f": {_short(info['msg'])}"
    finished = info["name"] in _FINISHED
    if finished:
        on_node(data["index"], data["total"] if "total" in data else data["num_models"], data["node_info"]["node_name"])
    return finished
