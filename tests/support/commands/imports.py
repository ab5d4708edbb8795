"""What a fork server imports before it forks: see warm."""

import gc
import hashlib
import importlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import pairwise
from pathlib import Path

import msgpack
from dbt.cli.main import dbtRunner

from creative_approaches.jobs.registry import JOBS
from tests.support.commands.garbage import look_for_garbage_seldom
from tests.support.paths import REPOSITORY

PARSED_PROJECT = "partial_parse.msgpack"
# Not the command line itself: runpy warns of a module that is there before it is run.
SLOW = (
    *("google.genai.types", "hdbscan", "sklearn.cluster"),
    "creative_approaches.adapters.warehouses.bigquery.warehouse",
    *(f"creative_approaches.adapters.{kind}.gemini" for kind in ("embedders", "namers")),
    *("creative_approaches.jobs.pipeline", "creative_approaches.summary"),
)

look_for_garbage_seldom()
for module in SLOW:
    importlib.import_module(module)
for job in JOBS.values():
    job.load()

# With other ones dbt reads the whole project anew, as it does with another dbt_project.yml or profiles.yml.
SETTINGS = ("--vars", "--target", "--profile")
ELSEWHERE = ("--project-dir", "--profiles-dir", "--target-path")
PROJECT = ("*.yml", "models/**/*", "macros/**/*", "seeds/**/*", "tests/**/*", "analyses/**/*")


class ParsedProjects:
    """What dbt knows of projects, for a copy that it has not read yet or has read with other settings.

    It compares both, and reads what differs.
    """

    def __init__(self, folder: Path, first: Path) -> None:
        """Take what is known of this project, for copies that are like none that was read."""
        self._folder = folder
        self._first = first

    @contextmanager
    def known_to(self, arguments: Sequence[str], directory: Path) -> Iterator[None]:
        """Let a command begin with what is known of its project, and keep what it came to know."""
        target = directory / "target"
        if not (directory / "dbt_project.yml").is_file() or any(word in arguments for word in ELSEWHERE):
            yield
            return
        kept = self._folder / _state(arguments, directory)
        with suppress(OSError):  # some tests take the right to write away
            if kept.exists():
                self._put(kept, target)
            elif not target.exists():
                self._put(self._first, target)
        try:
            yield
        finally:
            with suppress(OSError):
                if not kept.exists():
                    self._keep(target, kept)

    def _put(self, parsed: Path, target: Path) -> None:
        content = msgpack.unpackb(parsed.read_bytes())
        for node in content["nodes"].values():
            if "root_path" in node:  # of seeds
                node["root_path"] = str(target.parent)
        target.mkdir(exist_ok=True)
        (target / PARSED_PROJECT).write_bytes(msgpack.packb(content))

    def _keep(self, target: Path, kept: Path) -> None:
        unfinished = kept.with_suffix(f".{os.getpid()}")
        shutil.copy(target / PARSED_PROJECT, unfinished)
        unfinished.replace(kept)


def _state(arguments: Sequence[str], directory: Path) -> str:
    """A name for all that dbt would make the same of."""
    dbt = sorted(item for item in os.environ.items() if item[0].startswith("DBT_"))
    settings = [pair for pair in pairwise(arguments) if pair[0] in SETTINGS]
    state = hashlib.sha256(repr((settings, dbt)).encode())
    for path in sorted(path for pattern in PROJECT for path in directory.glob(pattern)):
        if path.is_file():
            state.update(f"\0{path.relative_to(directory)}\0".encode())
            state.update(path.read_bytes())
    return state.hexdigest()


def _parse(folder: Path) -> Path:
    """What dbt knows of this project."""
    shutil.copy(REPOSITORY / "profiles.yml.example", folder / "profiles.yml")
    where = [f"--{name}={folder}" for name in ("profiles-dir", "target-path", "log-path")]
    # Not by the static parser, whose threads a fork would wait for in vain.
    flags = ["--quiet", "--no-partial-parse", "--no-static-parser", "--no-write-json"]
    dbtRunner().invoke([*flags, "parse", "--project-dir", str(REPOSITORY), *where])
    return folder / PARSED_PROJECT


FOLDER = tempfile.TemporaryDirectory(prefix="parsed projects ")  # until this process ends
PARSED = ParsedProjects(Path(FOLDER.name), _parse(Path(FOLDER.name)))
gc.freeze()  # forks share what is here, and do not look for garbage in it
