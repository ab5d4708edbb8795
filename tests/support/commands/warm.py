"""Commands in processes of their own, forked from one that has imported dbt and the jobs and keeps what dbt has read.

Starting Python, importing dbt and reading the project's macros take longer than most commands do. What a fork runs is
the command's own module as `python -m` runs it, with its own arguments, directory, environment and exit code.
"""

import multiprocessing
import os
import runpy
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from multiprocessing.context import ForkServerContext
from multiprocessing.forkserver import ensure_running
from pathlib import Path
from typing import Any, Final

import pytest

from tests.support.paths import REPOSITORY

OUTPUTS: Final = ("stdout", "stderr")


@cache
def forks() -> ForkServerContext:
    """Processes forked from the one that has imported everything."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.support.commands.imports"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(REPOSITORY))  # the server does not get sys.path before Python 3.12
        ensure_running()
    return context


def run_warm(
    module: str, arguments: Sequence[str], directory: Path, environment: Mapping[str, str], timeout: float
) -> subprocess.CompletedProcess[str]:
    """Run a module as a program. Raises TimeoutExpired, after the process was killed, if it takes longer."""
    command = [module, *arguments]
    with tempfile.TemporaryDirectory() as folder:
        process = start_warm(module, arguments, directory, environment, Path(folder))
        process.join(timeout)
        if process.exitcode is None:
            process.kill()
            process.join()
            raise subprocess.TimeoutExpired(command, timeout)
        stdout, stderr = (Path(folder, name).read_text(encoding="utf-8") for name in OUTPUTS)
    return subprocess.CompletedProcess(command, process.exitcode, stdout, stderr)


def start_warm(
    module: str, arguments: Sequence[str], directory: Path, environment: Mapping[str, str], output: Path
) -> Any:
    """Start a module as a program, in a session of its own. Returns the process; `output` gets its two streams."""
    paths = [str(output / name) for name in OUTPUTS]
    process = forks().Process(target=_run, args=([module, *arguments], str(directory), dict(environment), paths))
    process.start()
    return process


def _run(command: list[str], directory: str, environment: dict[str, str], output: list[str]) -> None:
    for number, path in enumerate([os.devnull, *output]):
        descriptor = os.open(path, os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT)
        os.dup2(descriptor, number)
        os.close(descriptor)
    from tests.support.commands.imports import PARSED  # is there already, and nowhere else

    os.setsid()
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(directory)
    sys.argv = command
    with PARSED.known_to(command[1:], Path(directory)):
        runpy.run_module(command[0], run_name="__main__", alter_sys=True)
