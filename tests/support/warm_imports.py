"""What a fork server imports before it forks: see warm_commands."""

import gc
import importlib
import shutil
import tempfile
from pathlib import Path

from dbt.cli.main import dbtRunner

from creative_approaches.jobs.registry import JOBS
from tests.support.parsed_project import ParsedProject
from tests.support.paths import REPOSITORY

# Not the command line itself: runpy warns of a module that is there before it is run.
SLOW = (
    *("google.genai.types", "hdbscan", "sklearn.cluster"),
    "creative_approaches.adapters.warehouses.bigquery.warehouse",
    *(f"creative_approaches.adapters.{kind}.gemini" for kind in ("embedders", "namers")),
    *("creative_approaches.jobs.pipeline", "creative_approaches.summary"),
)

for module in SLOW:
    importlib.import_module(module)
for job in JOBS.values():
    job.load()

with tempfile.TemporaryDirectory() as folder:
    shutil.copy(REPOSITORY / "profiles.yml.example", Path(folder, "profiles.yml"))
    where = ["--project-dir", str(REPOSITORY), "--profiles-dir", folder, "--target-path", folder, "--log-path", folder]
    # Not by the static parser, whose threads a fork would wait for in vain.
    flags = ["--quiet", "--no-partial-parse", "--no-static-parser", "--no-write-json"]
    dbtRunner().invoke([*flags, "parse", *where])
    PARSED = ParsedProject(Path(folder))
gc.freeze()  # forks share what is here, and do not look for garbage in it
