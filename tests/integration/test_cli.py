"""The command line as a person and a scheduler meet it."""

import os
import pty
import re
import shlex
import subprocess
import sys

import pytest
from conftest import Workspace, make_workspace

from creative_approaches.jobs.pipeline import JOBS


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "creative_approaches.cli", *arguments], capture_output=True, text=True, check=False
    )


def test_help_lists_every_command_in_the_order_of_the_data() -> None:
    text = run("--help").stdout
    assert re.findall(r"^  ([a-z-]+) {2,}", text.split("Commands:")[1], re.MULTILINE) == ["run", "summary", *JOBS]
    assert re.findall(r"^ +approaches (\w+)", text, re.MULTILINE) == ["run", "summary", "cluster"]


@pytest.mark.parametrize("command", ["run", "summary", *JOBS])
def test_the_help_of_a_command_has_examples_with_its_own_options(command: str) -> None:
    text = run(command, "--help").stdout
    examples = re.findall(rf"^\s+approaches {command}(.*)$", text, re.MULTILINE)
    assert len(examples) == 3
    options = {word for example in examples for word in shlex.split(example) if word.startswith("--")}
    assert options == {"--target", "--vars", "--project-dir", "--profiles-dir"}
    assert all(option in text.split("Options:")[1] for option in options)


def test_an_unknown_command_is_wrong_usage() -> None:
    finished = run("embedd")
    assert finished.returncode == 2
    assert "No such command" in finished.stderr


def test_each_job_runs_alone_in_the_order_of_the_data(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What a scheduler calls, step by step, gives what one run gives: nothing is left for the run to change."""
    workspace = make_workspace(tmp_path_factory.mktemp("steps") / "a project")
    assert workspace.dbt("build", "--selector", "prepare").returncode == 0
    for job in JOBS:
        example = re.search(rf"^\s+approaches ({job} --target.*)$", run(job, "--help").stdout, re.MULTILINE)
        assert example
        finished = workspace.approaches(*shlex.split(example[1]))
        assert finished.returncode == 0, finished.stderr
    assert workspace.dbt("build", "--selector", "publish").returncode == 0
    finished = workspace.approaches("run")
    assert "no row of any of the 17 changed" in finished.stdout, finished.stderr
    outcomes = workspace.query("select job, list(outcome order by started_at) from approaches_jobs.job_runs group by 1")
    # The demo's videos are invented, and so are their addresses.
    assert dict(outcomes) == {job: ["done", "unchanged"] for job in JOBS} | {"hash-videos": ["partial", "partial"]}
    _progress_bars_show_on_a_terminal(workspace)


def _progress_bars_show_on_a_terminal(workspace: Workspace) -> None:
    leader, follower = pty.openpty()
    with os.fdopen(leader, "rb", buffering=0) as terminal:
        child = subprocess.Popen(
            [sys.executable, "-m", "creative_approaches.cli", "track"],
            cwd=workspace.directory,
            env=os.environ | {"TERM": "xterm", "COLUMNS": "100"},
            stdout=follower,
            stderr=follower,
            stdin=subprocess.DEVNULL,
        )
        os.close(follower)
        shown = b""
        while True:
            try:
                chunk = terminal.read(4096)
            except OSError:  # Linux ends a terminal without a follower so
                break
            if not chunk:
                break
            shown += chunk
        assert child.wait(60) == 0
    assert b"\x1b[" in shown
    assert "━" in shown.decode()
    assert "approaches in 3 cohorts" in shown.decode()
