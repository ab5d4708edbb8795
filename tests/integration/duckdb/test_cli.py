"""The command line as a person and a scheduler meet it."""

import re
import shlex
import subprocess
import sys

import pytest

from creative_approaches.jobs.registry import JOBS


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "creative_approaches.cli", *arguments], capture_output=True, text=True, check=False
    )


def test_help_lists_every_command_in_the_order_of_the_data() -> None:
    text = run("--help").stdout
    commands = re.findall(r"^  ([a-z-]+) {2,}", text.split("Commands:")[1], re.MULTILINE)
    assert commands == ["check", "run", "summary", *JOBS]
    assert re.findall(r"^ +approaches (\w+)", text, re.MULTILINE) == ["run", "check", "summary", "cluster"]


def test_help_shows_the_whole_sentence_of_every_command() -> None:
    assert "..." not in run("--help").stdout.split("Commands:")[1]


@pytest.mark.parametrize("command", ["check", "run", "summary", *JOBS])
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
