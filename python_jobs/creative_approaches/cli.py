"""The command line: the only place that prints and exits."""

import gc
import json
import os
import signal
import sys
from collections.abc import Callable
from contextlib import nullcontext
from datetime import UTC, datetime
from functools import partial, wraps
from pathlib import Path
from typing import Any, NoReturn

import click
import yaml
from rich.console import Console

from creative_approaches.errors import ApproachesError, DataError, StoppedError, UsageError, fault_of_machine
from creative_approaches.jobs.registry import JOBS, Job

PLAIN_WIDTH = 160  # characters of a line where there is no terminal
ISSUES = "fct_data_quality_issues"  # the mart in which the findings of a run stand
HELP = """Name, track and measure the creative approaches in your ads.

\b
Examples:
  approaches run                      both dbt stages and the jobs between
  approaches check                    can what is read be believed?
  approaches summary                  what the marts say, in short
  approaches cluster --target duckdb  one job
"""
COMMON_EXAMPLES = """
\b
Examples:
  approaches {command}
  approaches {command} --target duckdb --vars '{{rolling_periods: 4}}'
  approaches {command} --project-dir path/to/project --profiles-dir ~/.dbt
"""


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def _dbt_options(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command dbt's own four options."""

    @click.option("--project-dir", type=click.Path(path_type=Path), default=".", help="Directory of dbt_project.yml.")
    @click.option("--profiles-dir", type=click.Path(path_type=Path), help="Directory of profiles.yml.")
    @click.option("--target", "-t", help="Target of the profile.")
    @click.option("--vars", "vars_text", default="{}", help="Settings as YAML, as in dbt: '{period_grain: month}'.")
    @wraps(function)
    def command(
        project_dir: Path,
        profiles_dir: Path | None,
        target: str | None,
        vars_text: str,
        warn_error: bool = False,
        **flags: bool,
    ) -> None:
        from creative_approaches.adapters.dbt.project import DbtOptions

        profiles_dir = profiles_dir or _environment_path("DBT_PROFILES_DIR")
        function(
            DbtOptions(
                project_dir=project_dir.resolve(),
                profiles_dir=profiles_dir and profiles_dir.resolve(),
                target=target,
                vars=_parse_vars(vars_text),
                warn_error=warn_error,
            ),
            **flags,
        )

    return command


def _environment_path(name: str) -> Path | None:
    value = os.environ.get(name)
    return Path(value) if value else None


def _parse_vars(text: str) -> dict[str, Any]:
    try:
        parsed = yaml.safe_load(text)
    except yaml.YAMLError:
        parsed = None
    if not isinstance(parsed, dict):
        raise UsageError(f"--vars takes a YAML mapping such as '{{period_grain: month}}', not {text!r}.")
    return parsed


_dry_run = click.option(
    "--dry-run", is_flag=True, help="Say how much would be asked of models and what it costs; ask and write nothing."
)


class _InOrderOfTheData(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


@click.group(
    cls=_InOrderOfTheData, help=HELP, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(package_name="creative-approaches")
def cli() -> None:
    """The group of all commands."""


@cli.command(epilog=COMMON_EXAMPLES.format(command="check"))
@_dbt_options
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document with every finding.")
@click.option("--full-refresh", is_flag=True, help="Look at all metrics, as a run with this flag does (BigQuery).")
def check(options: Any, as_json: bool, full_refresh: bool) -> None:
    """Say what was read, and whether it can be believed. Write nothing."""
    from creative_approaches.check import show
    from creative_approaches.core.raw_check import RawCheck

    project, warehouse = _open(options)
    # dbt opens a file for writing also where it only reads, so that another command would fail by a check.
    with warehouse.hold("approaches check") if warehouse.is_local else nullcontext():
        warehouse.check_available()
        if not warehouse.exists:
            if not project.settings.dbt.demo_data:
                raise UsageError(
                    f"There is no {warehouse.location} to check. Correct path of the target in profiles.yml."
                )
            click.echo("There is nothing to check yet. The first run makes the demo's tables: approaches run", err=True)
            return
        said = project.check_raw(full_refresh)
    found = RawCheck.of(said)
    if as_json:
        click.echo(json.dumps(said))
    else:
        _console().print(show(found))
    if found.stop:
        sys.exit(DataError.exit_code)


@cli.command(epilog=COMMON_EXAMPLES.format(command="run"))
@_dbt_options
@click.option(
    "--full-refresh", is_flag=True, help="Read all metrics again, not only those of the last weeks (BigQuery)."
)
@click.option(
    "--warn-error",
    is_flag=True,
    envvar="DBT_WARN_ERROR",
    help="Let any warning fail the run, as in dbt.",
)
@_dry_run
def run(options: Any, full_refresh: bool, dry_run: bool) -> None:
    """Run everything: dbt prepares, jobs compute, dbt publishes."""
    from creative_approaches.adapters.dbt.project import CHECK, PREPARE, PUBLISH
    from creative_approaches.jobs.job import JobResult
    from creative_approaches.jobs.pipeline import check_choices, run_job
    from creative_approaches.jobs.run_log import RunLog

    project, warehouse = _open(options)
    check_choices(project.settings)
    if dry_run:
        for name, job in JOBS.items():
            if job.estimate:
                _echo_estimate(name, job, warehouse, project.settings)
        click.echo(
            f"By what is in {warehouse.location} now, as the last dbt build left it. "
            "Names of approaches that are not found yet are not counted."
        )
        return
    marts = project.marts()
    # The demo's tables are ours, and about to be made.
    steps = [*([] if project.settings.dbt.demo_data else [CHECK]), PREPARE, *JOBS, PUBLISH]
    found: list[str] = []

    def heard() -> list[Any]:
        """Warnings of dbt; where there is a check, without those of findings, which it says with their spend."""
        return [warning for warning in project.warnings if not (warning.says_findings and CHECK in steps)]

    def look() -> JobResult:
        said, lines = _check_before_a_run(project, full_refresh)
        found.extend(lines)
        return JobResult(None, None, said, warnings=len(lines))

    def build(stage: str) -> JobResult:
        before = len(heard())
        nodes = project.build(stage, progress.node, progress.say, full_refresh)
        said = f"dbt build --select tag:{stage}: {nodes} nodes"
        return JobResult(None, None, said, warnings=len(heard()) - before)

    try:
        with _progress() as progress, warehouse.hold("approaches run"):
            warehouse.check_available()
            log = RunLog(warehouse, _now)
            before = warehouse.fingerprints(list(marts.values()))
            for number, step in enumerate(steps, start=1):
                progress.begin(f"{number}/{len(steps)} {step}")
                if step in JOBS:
                    result = run_job(step, warehouse, project.settings, progress, log)
                else:
                    warehouse.check_available()
                    result = log.step(step, look if step == CHECK else partial(build, step))
                progress.end(result.detail)
            after = warehouse.fingerprints(list(marts.values()))
        click.echo(_what_changed(list(marts), before, after))
    finally:  # also of a run that a later step has ended
        for line in [*found, *(_told(warning, options) for warning in heard())]:
            click.echo(f"Warning: {line}", err=True)
    click.echo(f"Everything is in {warehouse.location}. See it: approaches summary")


def _told(warning: Any, options: Any) -> str:
    shown_by = f". See them: dbt show --select {warning.test} --limit 100{options.typed()}" if warning.test else ""
    return f"{warning.what}{shown_by}"


def _check_before_a_run(project: Any, full_refresh: bool) -> tuple[str, list[str]]:
    """What was found in the raw tables in short, and its warnings. Raises DataError where the run must not go on."""
    from creative_approaches.adapters.dbt.project import CHECKED
    from creative_approaches.check import verdict, warnings
    from creative_approaches.core.raw_check import RawCheck

    found = RawCheck.of(project.check_raw(full_refresh))
    if found.stop:
        raise DataError(found.stop)
    lines = warnings(found, project.marts().get(ISSUES, ISSUES).replace('"', ""))
    if lines and project.options.warn_error:
        flag = " --full-refresh" if full_refresh else ""
        raise DataError(f"--warn-error: {lines[0]}\nSee all: approaches check{flag}{project.options.typed()}")
    os.environ[CHECKED] = "true"
    return verdict(found), lines


def _what_changed(marts: list[str], before: list[str | None] | None, after: list[str | None] | None) -> str:
    if before is None or after is None:
        return f"Marts: all {len(marts)} were built."
    changed = [name for name, old, new in zip(marts, before, after, strict=True) if old != new]
    if changed:
        return f"Marts: {len(changed)} of {len(marts)} changed: {', '.join(changed)}."
    return f"Marts: no row of any of the {len(marts)} changed."


@cli.command(epilog=COMMON_EXAMPLES.format(command="summary"))
@_dbt_options
def summary(options: Any) -> None:
    """Print approaches with their size, spend, CTR, trend and tags."""
    from creative_approaches.summary import summarise

    project, warehouse = _open(options)
    _console().print(summarise(warehouse, project.marts()))


def _job_command(name: str, job: Job) -> None:
    def command(options: Any, dry_run: bool = False) -> None:
        from creative_approaches.jobs.pipeline import check_choices, run_job
        from creative_approaches.jobs.run_log import RunLog

        project, warehouse = _open(options)
        check_choices(project.settings)
        if dry_run:
            _echo_estimate(name, job, warehouse, project.settings)
            return
        with _progress() as progress, warehouse.hold(f"approaches {name}"):
            progress.begin(name)
            log = RunLog(warehouse, _now)
            if not log.open():
                project.migrate(progress.say)
            result = run_job(name, warehouse, project.settings, progress, log)
            progress.end(result.detail)

    options = _dbt_options(_dry_run(command) if job.estimate else command)
    cli.command(name=name, help=job.does, epilog=COMMON_EXAMPLES.format(command=name))(options)


def _echo_estimate(name: str, job: Job, warehouse: Any, settings: Any) -> None:
    try:
        click.echo(f"{name}: {job.load_estimate()(warehouse, settings)}")
    except DataError as error:
        raise DataError(f"{error}. Without any model: dbt build") from None


for _name, _job in JOBS.items():
    _job_command(_name, _job)


def _open(options: Any) -> tuple[Any, Any]:
    from creative_approaches.adapters.dbt.project import DbtProject
    from creative_approaches.adapters.warehouses.open import open_warehouse

    # What dbt imports and parses stays until the end: to look for garbage in it took a tenth of a run.
    gc.disable()
    project = DbtProject(options)
    gc.freeze()
    gc.enable()
    return project, open_warehouse(project)


def _console() -> Console:
    return Console(width=None if sys.stdout.isatty() else PLAIN_WIDTH)


def _progress() -> Any:
    from creative_approaches.progress import bars, lines

    return bars() if sys.stderr.isatty() else lines()


class _Terminated(KeyboardInterrupt):
    """A scheduler asked the command to end."""


def _terminate(*_: Any) -> None:
    raise _Terminated


def main() -> None:
    """Run the command line; errors with a next step take a line or two, bugs crash loudly."""
    signal.signal(signal.SIGTERM, _terminate)
    try:
        cli(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(UsageError.exit_code)
    except (click.Abort, KeyboardInterrupt) as error:
        click.echo(str(StoppedError()), err=True)
        is_terminated = isinstance(error.__cause__ or error, _Terminated)
        sys.exit(128 + signal.SIGTERM if is_terminated else StoppedError.exit_code)
    except ApproachesError as error:
        _fail(error)
    except SystemExit as end:
        # click and rich end with 1 where whoever read the output had enough.
        sys.exit(128 + signal.SIGPIPE if isinstance(end.__context__, BrokenPipeError) else end.code)
    except (OSError, MemoryError) as error:
        known = fault_of_machine(repr(error) if isinstance(error, MemoryError) else str(error))
        if known is None:
            raise
        _fail(known)


def _fail(error: ApproachesError) -> NoReturn:
    click.echo(f"Error: {error}", err=True)
    sys.exit(error.exit_code)


if __name__ == "__main__":
    main()
