"""Whole runs of the pipeline, as a user starts them, each in a copy of the project."""

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb

from tests.integration.raw.test_real_data import PARQUET, SETTINGS, documented_sql
from tests.support.recovered import Recovered
from tests.support.workspace import Workspace, make_workspace


def demo_run() -> Iterator[dict[str, Any]]:
    """The demo, twice: seconds and memory of both runs, agreement with the hidden truth after the first."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = replace(make_workspace(Path(folder) / "demo"), starts_anew=True)
        first = timed_run(workspace)
        yield {"run": "first", **first}
        yield {"run": "second", **timed_run(workspace)}
        yield {"ari": Recovered(workspace).adjusted_rand_index(), **first, "summary": True}


def real_data_run() -> Iterator[dict[str, Any]]:
    """121 weeks of real headlines: seconds and memory of a whole run. Nothing where the data is missing."""
    if not PARQUET.is_file():
        print(f"real_data_run: no data at {PARQUET}", file=sys.stderr)
        return
    with tempfile.TemporaryDirectory() as folder:
        workspace = replace(make_workspace(Path(folder) / "upworthy"), starts_anew=True)
        with duckdb.connect(str(workspace.database)) as connection:
            connection.execute("set variable upworthy = ?", [str(PARQUET)])
            connection.execute(documented_sql())
        figures = timed_run(workspace, **SETTINGS)
        ((creatives, periods, approaches, outliers),) = workspace.query(
            "select sum(creatives)::bigint, count(*), sum(clusters)::bigint, sum(outliers)::bigint "
            "from approaches_marts.fct_cluster_runs"
        )
        yield {
            "n": creatives,
            "periods": periods,
            "approaches": approaches,
            "outlier_share": outliers / creatives,
            **figures,
            "summary": True,
        }


def timed_run(workspace: Workspace, **variables: Any) -> dict[str, Any]:
    """Wall seconds of a run, and the largest resident set of any of its processes so far."""
    start = time.perf_counter()
    finished = workspace.approaches("run", **variables)
    seconds = time.perf_counter() - start
    if finished.returncode:
        raise subprocess.CalledProcessError(finished.returncode, finished.args, stderr=finished.stderr)
    peak_kb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return {"seconds": round(seconds, 1), "peak_mb": round(peak_kb / 1024)}
