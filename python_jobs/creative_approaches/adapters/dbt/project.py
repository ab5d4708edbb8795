"""The dbt project as the jobs see it: relation names, settings, credentials, and its two build stages.

Names, schemas, vars and credentials are configured once, in dbt. The manifest is what `dbt parse` returns
(https://docs.getdbt.com/reference/programmatic-invocations), not a file that another dbt may be writing; credentials
are dbt's own object.
"""

import contextlib
import json
import logging
import os
import re
import shlex
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from creative_approaches.adapters.dbt.artifacts import PARSED, own_folder, write_artifacts
from creative_approaches.adapters.dbt.warnings import DbtWarning, warning_of
from creative_approaches.errors import ApproachesError, DataError, UsageError, fault_of_machine
from creative_approaches.settings import SETTINGS, Settings, check_var_names
from creative_approaches.tables import Table

OnNode = Callable[[int, int, str], None]
Say = Callable[[str], None]
Listener = Callable[[Any], None]  # is told each event of dbt, from any of its threads
Explain = Callable[[Sequence[str]], ApproachesError | None]

# The name of the dbt project, also where it is a package of another one.
PACKAGE: Final = "creative_approaches"
# The two stages, as tags of its models, seeds and sources: what the jobs read, and what is made of their tables.
PREPARE: Final = "prepare"
PUBLISH: Final = "publish"
# The operation before them, and the variable of the environment that tells a build that it was just done.
CHECK: Final = "check"
CHECKED: Final = "APPROACHES_CHECKED"
_NO_SETTING: Final = "type_names"  # a var that says what warehouses call their types

# dbt's structured log events, https://docs.getdbt.com/reference/events-logging: those that finish a node, each with the
# field that says of how many, and those that say what went wrong.
_FINISHED = {"LogModelResult": "total", "LogTestResult": "num_models", "LogSeedResult": "total"}
_PROBLEMS = {"RunResultFailure", "MainEncounteredError", "RunningOperationCaughtError"}
_DETAIL = "RunResultError"  # follows the failure that it explains
_TOLD = "JinjaLogInfo"  # what a macro of the project has to say
# The macros that refuse a setting. Their names are the code: dbt has one class for all that macros refuse.
_WRONG_SETTING = re.compile(r"(in|called by) macro (check_settings|refuse_setting) \(")
_NOISE = re.compile(
    r"Encountered an error:$|(.* while running operation: )?\w+ Error( in .*)?$|> in macro |> called by "
    r"|compiled code at "
)


@dataclass(frozen=True)
class DbtOptions:
    """dbt's own options, passed through unchanged."""

    project_dir: Path
    profiles_dir: Path | None = None
    target: str | None = None
    vars: dict[str, Any] = field(default_factory=dict)
    warn_error: bool = False

    def arguments(self) -> list[str]:
        """The options as dbt's command line takes them."""
        arguments = ["--project-dir", str(self.project_dir), *self._chosen()]
        return [*arguments, "--warn-error"] if self.warn_error else arguments

    def typed(self) -> str:
        """What somebody in this directory types behind a command to have these options, with a blank before it."""
        arguments = [] if self.project_dir == Path.cwd() else ["--project-dir", str(self.project_dir)]
        return "".join(f" {shlex.quote(argument)}" for argument in [*arguments, *self._chosen()])

    def _chosen(self) -> list[str]:
        chosen = []
        if self.profiles_dir:
            chosen += ["--profiles-dir", str(self.profiles_dir)]
        if self.target:
            chosen += ["--target", self.target]
        if self.vars:
            chosen += ["--vars", json.dumps(self.vars)]
        return chosen

    @property
    def target_path(self) -> Path:
        """Where dbt writes its artifacts."""
        return self.project_dir / os.environ.get("DBT_TARGET_PATH", "target")


class DbtProject:
    """A parsed dbt project. Parsing needs no warehouse.

    warnings : all that dbt has warned of so far, in its order.
    explain : the error that problems of dbt mean, in its words, if the warehouse that is open knows them.
    """

    def __init__(self, options: DbtOptions) -> None:
        """Parse the project; raises UsageError when dbt cannot read project, profile or vars."""
        self.options = options
        self.warnings: list[DbtWarning] = []
        self.explain: Explain = lambda problems: None
        config, self._manifest = _parse(options, self._hear)
        self.credentials = config.credentials
        check_var_names(_names_of_vars(config, options.vars), SETTINGS)
        self.settings: Settings = Settings.of(_values_of_vars(self._manifest))

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

    def migrate(self, say: Say) -> None:
        """Make the job tables what this version declares, in place, and say what was done if anything was.

        Raises as `build` does.
        """
        macro = f"{PACKAGE}.migrate_job_tables"
        self._run("run-operation migrate_job_tables", ["run-operation", macro], _Listener(say))

    def check_raw(self, full_refresh: bool = False) -> dict[str, Any]:
        """What dbt finds in the raw tables, of which nothing is changed: see macro check_raw_data.

        full_refresh : look at what a `build` with it reads.
        Raises as `build` does.
        """
        arguments = ["run-operation", f"{PACKAGE}.check_raw_data", "--args", json.dumps({"full_refresh": full_refresh})]
        told: list[str] = []
        self._run("run-operation check_raw_data", arguments, _Listener(told.append), leaves_files=False)
        return dict(json.loads(told[-1]))

    def build(self, stage: str, on_node: OnNode, say: Say, full_refresh: bool = False) -> int:
        """Run `dbt build` for one stage of the parsed project, reporting each finished node.

        say : what is done to job tables of an older version.  full_refresh : build incremental models anew.
        Returns how many nodes it built or tested.
        Raises DataError with the first failures in short, UsageError for a setting that dbt refuses, and what the
        warehouse knows of; dbt's own log has the rest.
        """
        # Unit tests test the project, not the data.
        arguments = ["build", "--exclude-resource-type", "unit_test", *selection(stage)]
        if full_refresh:
            arguments.append("--full-refresh")
        listener = _Listener(say, on_node)
        self._run(f"build of stage {stage}", arguments, listener)
        return listener.finished

    def _hear(self, event: Any) -> None:
        if warning := warning_of(event):
            self.warnings.append(warning)

    def _run(self, command: str, arguments: list[str], listener: "_Listener", leaves_files: bool = True) -> None:
        """Run a command of dbt, which people know by `command`. leaves_files : dbt's own in its target folder."""
        try:
            result = _invoke(self.options, arguments, self.options.target_path, self._manifest, listener, self._hear)
        finally:
            _let_go_of_the_warehouse()
        if leaves_files:
            write_artifacts(self.options.target_path, self._manifest, result.result)
        if not result.success:
            problems = listener.problems or [_short(result.exception or "dbt does not say why.")]
            if known := self.explain(problems) or _of_machine(result.exception):
                raise known
            more = f" ({len(problems) - 1} more problems)" if len(problems) > 1 else ""
            kind = UsageError if listener.refused_a_setting else DataError
            raise kind(f"dbt {command} failed: {problems[0]}{more}\nEverything dbt said: {_log(self.options)}")


def selection(stage: str) -> list[str]:
    """Dbt's options that select a stage and its tests. A test that looks at both stages is part of the second."""
    tests = "cautious" if stage == PREPARE else "eager"
    return ["--select", f"package:{PACKAGE},tag:{stage}", "--indirect-selection", tests]


class _Listener:
    """Hears dbt's events, which come from all of its threads."""

    def __init__(self, say: Say, on_node: OnNode | None = None) -> None:
        self.finished = 0
        self.problems: list[str] = []
        self.refused_a_setting = False
        self._on_node = on_node
        self._say = say
        self._lock = threading.Lock()

    def __call__(self, event: Any) -> None:
        info, data = event.info, event.data
        with self._lock:
            if info.level == "error" and info.name in _PROBLEMS:
                self.problems.append(_short(info.msg))
                self.refused_a_setting |= bool(_WRONG_SETTING.search(info.msg))
            if info.name == _DETAIL and self.problems:
                self.problems[-1] += f": {_short(info.msg)}"
            if info.name == _TOLD:
                self._say(info.msg)
            if info.name in _FINISHED and self._on_node:
                self.finished += 1
                self._on_node(data.index, getattr(data, _FINISHED[info.name]), data.node_info.node_name)


def _let_go_of_the_warehouse() -> None:
    """Close what dbt left open: it would hold a DuckDB file until the process ends."""
    from dbt.adapters.factory import FACTORY

    for adapter in FACTORY.adapters.values():
        adapter.cleanup_connections()
        close = getattr(adapter.ConnectionManager, "close_all_connections", None)
        if close:
            close()


def _names_of_vars(config: Any, on_command_line: Mapping[str, Any]) -> set[str]:
    """Vars that are set for this project, in dbt_project.yml or on the command line. Those of others are not ours."""
    names = {*config.vars.to_dict().get(PACKAGE, {}), *on_command_line.get(PACKAGE, {})} - {_NO_SETTING}
    return names | (on_command_line.keys() - {PACKAGE} if config.project_name == PACKAGE else set())


def _values_of_vars(manifest: Any) -> dict[str, Any]:
    """The vars as dbt rendered them into the exposure that lists them."""
    for node in manifest.exposures.values():
        if (node.package_name, node.name) == (PACKAGE, "settings"):
            return dict(node.config.meta["settings"])
    raise UsageError("The dbt project has no exposure settings. Is it switched off in dbt_project.yml?")


def _parse(options: DbtOptions, listener: Listener) -> tuple[Any, Any]:
    """The configuration that dbt read, credentials included, and its manifest."""
    if not (options.project_dir / "dbt_project.yml").is_file():
        raise UsageError(
            f"There is no dbt_project.yml in {options.project_dir}. "
            "Change to the project's directory, or name it with --project-dir."
        )
    with own_folder(options.target_path, PARSED) as own:
        result = _invoke(options, ["parse"], own, None, listener)
    if not result.success:
        if known := _of_machine(result.exception):
            raise known
        raise UsageError(f"dbt cannot read the project: {_short(result.exception)}\n{_next_step(result)}")
    from dbt.adapters.factory import FACTORY

    (adapter,) = FACTORY.adapters.values()
    return adapter.config, result.result


def _invoke(options: DbtOptions, arguments: list[str], target: Path, manifest: Any, *listeners: Listener) -> Any:
    """Run a dbt command in this process, silent but for its log file and what the listeners are told.

    target : the folder of what it compiles. It leaves no other files there, see artifacts.
    """
    # Imported late: dbt takes more than a second to import, and `approaches --help` should not.
    from dbt.cli.main import dbtRunner

    logging.raiseExceptions = False  # a full disk is said once, not for each line of dbt's log
    quiet = ["--log-level", "none", "--log-level-file", "debug", "--no-write-json"]
    with contextlib.chdir(options.project_dir):
        runner = dbtRunner(manifest=manifest, callbacks=list(listeners))
        result = runner.invoke([*quiet, *arguments, "--target-path", str(target), *options.arguments()])
    if isinstance(result.exception, KeyboardInterrupt):
        raise result.exception
    return result


def _of_machine(error: BaseException | None) -> ApproachesError | None:
    """What the machine refused, if that is why dbt failed."""
    said = (repr(error) if isinstance(error, MemoryError) else str(error) for error in _with_causes(error))
    return next((known for text in said if (known := fault_of_machine(text))), None)


def _log(options: DbtOptions) -> Path:
    """The file where dbt wrote what it said: flags, the environment and the project may each move it."""
    from dbt.flags import get_flags

    return Path(options.project_dir, get_flags().LOG_PATH, "dbt.log")


def _next_step(result: Any) -> str:
    causes = _with_causes(result.exception)
    if any(isinstance(error, ModuleNotFoundError) and error.name == "dbt.adapters.bigquery" for error in causes):
        return "Install it: pip install -c constraints.txt -e '.[bigquery]'"
    if "profile" in str(result.exception).lower():  # only the text tells: dbt raises errors of several classes for it
        return "Check it with: dbt debug. A working example: cp profiles.yml.example profiles.yml"
    return "Check it with: dbt parse"


def _with_causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error, and those in whose handling it was raised."""
    while error:
        yield error
        error = error.__cause__ or error.__context__


def _short(error: object) -> str:
    """What dbt says on one line, without the class of the error and where in dbt it was raised."""
    lines = [line.strip() for line in str(error).splitlines()]
    text = " ".join(line for line in lines if line and not _NOISE.match(line))
    return text if len(text) <= 600 else text[:600] + " ..."
