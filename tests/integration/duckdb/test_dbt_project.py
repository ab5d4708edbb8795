"""What a dbt stage leaves behind: a file that others may open, and nothing half done when it is interrupted."""

import signal
import subprocess
import sys
from collections.abc import Callable

import pytest

from creative_approaches.adapters.dbt.project import DbtOptions, DbtProject
from creative_approaches.errors import StoppedError
from creative_approaches.jobs.pipeline import PREPARE
from tests.support.workspace import OUTPUT, Workspace


@pytest.fixture
def workspace(demo: Workspace, copy_of: Callable[[Workspace], Workspace]) -> Workspace:
    return copy_of(demo)


def test_another_process_may_open_the_file_after_a_stage(workspace: Workspace) -> None:
    nodes: list[tuple[int, int]] = []
    project = DbtProject(DbtOptions(workspace.directory))
    finished = project.build(PREPARE, lambda done, total, name: nodes.append((done, total)))
    assert finished == len(nodes) > 50
    assert all(1 <= done <= total for done, total in nodes)
    command = [sys.executable, "-c", f"import duckdb; duckdb.connect({str(workspace.database)!r})"]
    opened = subprocess.run(command, capture_output=True, text=True, check=False)
    assert opened.returncode == 0, opened.stderr


def test_an_interrupted_stage_ends_the_command_and_the_next_run_does_the_rest(
    demo: Workspace, workspace: Workspace
) -> None:
    workspace.execute("drop table approaches_intermediate.int_cohorts__members")
    with subprocess.Popen([sys.executable, "-c", INTERRUPTIBLE, "run"], cwd=workspace.directory, **OUTPUT) as command:
        assert command.stderr is not None
        said = ""
        while "prepare: started" not in said:
            line = command.stderr.readline()
            assert line, said
            said += line
        command.send_signal(signal.SIGINT)
        said += command.stderr.read()
    assert command.returncode == StoppedError.exit_code, said
    assert str(StoppedError()) in said
    assert workspace.dbt("build", "--selector", PREPARE).returncode == 0
    rows = "select * from approaches_intermediate.int_cohorts__members order by all"
    assert workspace.query(rows) == demo.query(rows)


# A shell starts what runs in its background with the signal ignored.
INTERRUPTIBLE = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from creative_approaches.cli import main
main()
"""
