"""What a fork server imports before it forks: see warm_commands."""

import gc
import importlib
import shutil
import tempfile
from pathlib import Path
from typing import Any

import msgpack
from dbt.cli.main import dbtRunner

from creative_approaches.jobs.registry import JOBS
from tests.support.garbage import look_for_garbage_seldom
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


class ParsedProject:
    """What dbt knows of this project, for copies that it has not read yet. It compares both, and reads what differs."""

    def __init__(self, cache: Path) -> None:
        self._content: dict[str, Any] = msgpack.unpackb(cache.read_bytes())

    def put_into(self, project: Path) -> None:
        """Write dbt's cache into a copy in which no command has run."""
        target = project / "target"
        if target.exists() or not (project / "dbt_project.yml").is_file():
            return
        target.mkdir()
        for node in self._content["nodes"].values():
            if "root_path" in node:  # of seeds
                node["root_path"] = str(project)
        (target / PARSED_PROJECT).write_bytes(msgpack.packb(self._content))


with tempfile.TemporaryDirectory() as folder:
    shutil.copy(REPOSITORY / "profiles.yml.example", Path(folder, "profiles.yml"))
    where = ["--project-dir", str(REPOSITORY), "--profiles-dir", folder, "--target-path", folder, "--log-path", folder]
    # Not by the static parser, whose threads a fork would wait for in vain.
    flags = ["--quiet", "--no-partial-parse", "--no-static-parser", "--no-write-json"]
    dbtRunner().invoke([*flags, "parse", *where])
    PARSED = ParsedProject(Path(folder, PARSED_PROJECT))
gc.freeze()  # forks share what is here, and do not look for garbage in it
