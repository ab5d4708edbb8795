"""Commands that the machine refuses something: room, rights or a reader of what they say."""

import subprocess
import sys
from typing import Any, Final

from tests.support.workspace import OUTPUT, TIMEOUT, Workspace

# No file may grow beyond this, which the demo's database has done: so it fails on a full disk. The tests need room.
_NO_ROOM: Final = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (4_000_000, 4_000_000))"
# Whoever runs the tests may be root, whom no mode of a file stops: all capabilities go.
_NO_RIGHTS: Final = (
    "import ctypes; ctypes.CDLL(None).capset((ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)())"
)
_RUN: Final = "from creative_approaches.cli import main; main()"


def run_without_room(workspace: Workspace, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command while the disk is full."""
    return _run(workspace, _NO_ROOM, arguments)


def run_without_rights(workspace: Workspace, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command as somebody whom the modes of files bind."""
    return _run(workspace, _NO_RIGHTS, arguments)


def run_with_an_early_end_of_its_reader(workspace: Workspace, *arguments: str) -> tuple[int, str]:
    """Run a command whose output nobody reads beyond the start. Returns its code and what it said as errors."""
    command = [sys.executable, "-c", _RUN, *arguments]
    output: dict[str, Any] = {**OUTPUT, "cwd": workspace.directory}
    with subprocess.Popen(command, **output) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
    return process.returncode, said


def _run(workspace: Workspace, first: str, arguments: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", f"{first}; {_RUN}", *arguments]
    return subprocess.run(command, cwd=workspace.directory, **OUTPUT, timeout=TIMEOUT, check=False)
