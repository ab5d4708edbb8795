"""What a fork server imports before it forks: see warm_commands."""

import shutil
import tempfile
from pathlib import Path

import google.genai.types  # noqa: F401
import hdbscan  # noqa: F401
import sklearn.cluster  # noqa: F401
from dbt.cli.main import dbtRunner

import creative_approaches.adapters.bigquery_warehouse
import creative_approaches.adapters.gemini_embedder
import creative_approaches.adapters.gemini_namer
import creative_approaches.jobs.pipeline
import creative_approaches.summary  # noqa: F401

PROJECT = Path(__file__).parents[2]

with tempfile.TemporaryDirectory() as folder:
    shutil.copy(PROJECT / "profiles.yml.example", Path(folder, "profiles.yml"))
    where = ["--project-dir", str(PROJECT), "--profiles-dir", folder, "--target-path", folder, "--log-path", folder]
    # Not by the static parser, whose threads a fork would wait for in vain.
    flags = ["--quiet", "--no-partial-parse", "--no-static-parser", "--no-write-json"]
    dbtRunner().invoke([*flags, "parse", *where])
