"""Each way in which a DuckDB file or the machine can refuse: its exit code, in one line, and never a traceback."""

import errno
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest
from dbt.cli.main import dbtRunner, dbtRunnerResult
from dbt_common.exceptions import DbtRuntimeError

from creative_approaches import cli
from creative_approaches.adapters.dbt.project import PREPARE, DbtOptions, DbtProject
from creative_approaches.adapters.warehouses.duckdb.faults import explain
from creative_approaches.adapters.warehouses.open import open_warehouse
from creative_approaches.errors import DataError, TemporaryError, UsageError
from tests.support.commands.hindered import (
    run_with_an_early_end_of_its_reader,
    run_without_rights,
    run_without_room,
)
from tests.support.workspace import Workspace

SIGPIPE: Final = 141  # as shells have it
OPEN: Final = "import duckdb, sys; held = duckdb.connect(sys.argv[1])"
READ: Final = "import duckdb, sys; held = duckdb.connect(sys.argv[1], read_only=True)"
AT_WORK: Final = """
import sys
from pathlib import Path
from creative_approaches.adapters.warehouses.duckdb.lock import lock
held = lock(Path(sys.argv[1]), "approaches run")
held.__enter__()
"""
WAIT: Final = "print('held', flush=True); sys.stdin.read()"


@pytest.fixture
def copy(demo: Workspace, copy_of: Callable[[Workspace], Workspace]) -> Workspace:
    return copy_of(demo)


@contextmanager
def held(database: Path, how: str = OPEN) -> Iterator[subprocess.Popen[bytes]]:
    """A DuckDB file that another process has open, or a command of ours works on. Gives the process."""
    command = [sys.executable, "-c", f"{how}\n{WAIT}", str(database)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield process
        process.communicate()


def assert_refused(finished: subprocess.CompletedProcess[str], kind: type[Any], *words: str) -> None:
    """The command ended with the code of this error and one line that has these words."""
    assert finished.returncode == kind.exit_code, finished.stderr
    assert "Traceback" not in finished.stderr
    (message,) = re.findall(r"^Error: .*\Z", finished.stderr.strip(), re.MULTILINE | re.DOTALL)
    assert len(message.splitlines()) == 1, message
    assert [word for word in words if word not in message] == [], message


def test_a_file_that_is_taken_while_dbt_starts_can_be_tried_again_later(copy: Workspace) -> None:
    project = DbtProject(DbtOptions(copy.directory))
    open_warehouse(project)
    with held(copy.database) as other:
        taken = pytest.raises(TemporaryError, match=rf"open in another process \(PID {other.pid}\)")
        with taken:
            project.build(PREPARE, lambda *_: None, lambda _: None)


def test_a_second_command_ends_at_once_and_names_the_first_unless_it_only_reads(copy: Workspace) -> None:
    """Also between two steps of the first, while nobody has the file open."""
    before = copy.fingerprints()
    with held(copy.database, AT_WORK) as first:
        for command in ("run", "track", "check"):
            said = (f"approaches run, PID {first.pid} on", "when it has ended")
            assert_refused(copy.approaches(command), TemporaryError, *said)
        assert copy.approaches("summary").returncode == 0
        assert copy.fingerprints() == before
        first.kill()
        first.wait()
        finished = copy.approaches("track")
        assert finished.returncode == 0, finished.stderr


def test_who_only_reads_does_not_disturb_others_who_do(demo: Workspace) -> None:
    with held(demo.database, READ):
        finished = demo.approaches("summary")
    assert finished.returncode == 0, finished.stderr


@pytest.mark.parametrize(
    ("command", "damage"),
    [
        pytest.param("run", lambda content: b"blocks of text, locked or not\n" * 1_000, id="text"),
        pytest.param("track", lambda content: content[: len(content) // 2], id="cut off"),
        pytest.param("summary", lambda content: content[:4096] + b"?" * 8192 + content[12288:], id="overwritten"),
    ],
)
def test_a_damaged_file_is_not_called_open_elsewhere(
    workspace: Workspace, demo: Workspace, command: str, damage: Callable[[bytes], bytes]
) -> None:
    workspace.database.write_bytes(damage(demo.database.read_bytes()))
    assert_refused(workspace.approaches(command), DataError, str(workspace.database), "damaged")


@pytest.mark.parametrize(
    ("command", "make"),
    [("run", os.mkfifo), ("run", os.mkdir), ("track", os.mkfifo), ("summary", os.mkfifo)],
    ids=["run on a pipe", "run on a directory", "job on a pipe", "summary of a pipe"],
)
def test_what_is_no_file_is_refused_at_once(workspace: Workspace, command: str, make: Callable[[Path], None]) -> None:
    make(workspace.database)
    assert_refused(workspace.approaches(command), UsageError, f"{workspace.database} is no file")


def test_a_directory_that_does_not_exist_is_named(workspace: Workspace) -> None:
    profile = workspace.directory / "profiles.yml"
    profile.write_text(profile.read_text().replace("creative_approaches.duckdb", "nowhere/a.duckdb"))
    assert_refused(workspace.approaches("run"), UsageError, "The directory of", "nowhere/a.duckdb", "profiles.yml")


def test_a_full_disk_can_be_tried_again_later(copy: Workspace) -> None:
    before = copy.fingerprints()
    assert_refused(run_without_room(copy, "run"), TemporaryError, "no room left on the disk", str(copy.database))
    assert copy.fingerprints() == before


@pytest.mark.parametrize("command", ["run", "track"])
def test_a_file_of_somebody_else_is_named(workspace: Workspace, demo: Workspace, command: str) -> None:
    shutil.copy(demo.database, workspace.database)
    workspace.database.chmod(0)
    assert_refused(run_without_rights(workspace, command), UsageError, "no permission", str(workspace.database))


@pytest.mark.parametrize("folder", [".", "logs"])
def test_a_directory_without_rights_is_named(workspace: Workspace, folder: str) -> None:
    directory = workspace.directory / folder
    directory.mkdir(exist_ok=True)
    directory.chmod(0o555)
    finished = run_without_rights(workspace, "run")
    directory.chmod(0o755)
    assert_refused(finished, UsageError, "no permission", str(directory.resolve()))


def test_a_limit_of_memory_that_is_too_low_is_named(copy: Workspace) -> None:
    profile = copy.directory / "profiles.yml"
    profile.write_text(profile.read_text().replace("TimeZone: UTC", "TimeZone: UTC\n        memory_limit: 8MB"))
    assert_refused(copy.approaches("run"), UsageError, "memory_limit", "profiles.yml")


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        # Of DuckDB 1.5.5, where this machine cannot make them.
        ("IO Error: Trying to read a database file with version number 70, but we can only read version 64", DataError),
        ('IO Error: Could not write file "/data/a.duckdb": No space left on device', TemporaryError),
        ('IO Error: Could not write file "/data/a.duckdb": Disk quota exceeded', TemporaryError),
        ('IO Error: Cannot open file "/data/a.duckdb": Read-only file system', UsageError),
        ("Serialization Error: Failed to deserialize: expected end of object", DataError),
        ("Catalog Error: Table with name block does not exist!", None),
        ("Binder Error: Referenced column \"clock\" not found in FROM clause", None),
    ],
)  # fmt: skip
def test_a_fault_of_the_file_is_told_from_one_of_a_statement(said: str, kind: type[Exception] | None) -> None:
    assert type(explain(said, Path("/data/a.duckdb"))) is (kind or type(None))


OUT_OF_MEMORY = [MemoryError(), OSError(errno.ENOMEM, os.strerror(errno.ENOMEM))]


@pytest.mark.parametrize("error", OUT_OF_MEMORY, ids=lambda error: type(error).__name__)
def test_used_up_memory_can_be_tried_again_later(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: Exception
) -> None:
    def fail(**_: Any) -> None:
        raise error

    monkeypatch.setattr(cli, "cli", fail)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    with pytest.raises(SystemExit) as end:
        cli.main()
    assert end.value.code == TemporaryError.exit_code
    assert capsys.readouterr().err.startswith("Error: The machine has no memory left.")


@pytest.mark.parametrize("error", OUT_OF_MEMORY, ids=lambda error: type(error).__name__)
def test_memory_that_dbt_used_up_can_be_tried_again_later(
    monkeypatch: pytest.MonkeyPatch, workspace: Workspace, error: Exception
) -> None:
    """It raises errors of its own, which know the first one."""
    failure = dbtRunnerResult(success=False, exception=DbtRuntimeError("It failed."))
    assert failure.exception
    failure.exception.__context__ = error
    monkeypatch.setattr(dbtRunner, "invoke", lambda *_: failure)
    with pytest.raises(TemporaryError, match="The machine has no memory left"):
        DbtProject(DbtOptions(workspace.directory))


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"raw_metrics_columns": {"nonsense": "a"}}, ["raw_metrics_columns", "'nonsense'"]),
        ({"raw_creatives_columns": {"creative_id": None}}, ["raw_creatives_columns", "creative_id"]),
        ({"raw_metrics_columns": {"spend": "costs"}}, ["raw_metrics_columns", "'costs' for spend"]),
        ({"raw_metrics_grain": "versions"}, ["raw_metrics_version is null"]),
        ({"raw_metrics_grain": "versions", "raw_metrics_version": "synced"}, ["raw_metrics_version is 'synced'"]),
        ({"day_time_zone": "Europe/Belin"}, ["day_time_zone", "Did you mean 'Europe/Berlin'?"]),
        ({"accepted_findings": {"repeated_rows": "all"}}, ["accepted_findings", "repeated_rows"]),
        ({"accepted_findings": {"not_a_day": "some"}}, ["accepted_findings", "not_a_day"]),
    ],
    ids=lambda value: ", ".join(value),
)
def test_a_setting_that_dbt_refuses_is_wrong_usage(
    copy: Workspace, variables: dict[str, Any], words: list[str]
) -> None:
    finished = copy.approaches("run", **variables, demo_data=False)
    assert finished.returncode == UsageError.exit_code, finished.stderr
    assert [word for word in words if word not in finished.stderr] == []


def test_the_log_that_a_message_names_is_the_real_one(copy: Workspace, tmp_path: Path) -> None:
    elsewhere = tmp_path / "logs of dbt"
    moved = Workspace(copy.directory, {"DBT_LOG_PATH": str(elsewhere)})
    finished = moved.approaches("run", raw_metrics_columns={"nonsense": "a"})
    assert f"Everything dbt said: {elsewhere / 'dbt.log'}" in finished.stderr
    assert "nonsense" in (elsewhere / "dbt.log").read_text()


def test_a_reader_who_has_enough_is_no_error(demo: Workspace) -> None:
    assert run_with_an_early_end_of_its_reader(demo, "summary") == (SIGPIPE, "")
