"""How the seconds of each model grow with the number of creatives."""

import json
import math
import resource
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import duckdb
import yaml

from benchmarks.grown_approaches import approach_statements
from benchmarks.grown_media import media_statements
from benchmarks.grown_raw import SCHEMA, raw_statements
from tests.support.workspace import Workspace, make_workspace

SIZES: Final = (20_000, 80_000)
LARGEST: Final = 200_000  # for the model that joins most
LARGEST_MODEL: Final = "int_creatives__assigned_to_approaches"
JUDGED_FROM: Final = 1.0  # seconds at the larger size; below, the start of a statement and noise decide
RUNS: Final = 3  # of which the fastest counts, because a machine that is busy for a moment makes one model look steep
SETTINGS: Final = {"demo_data": False, "raw_schema": SCHEMA, "embed_source": "both"}  # so that each model has rows


@dataclass(frozen=True)
class Built:
    """A model of a finished run."""

    seconds: float
    rows: int


def build_growth() -> Iterator[dict[str, Any]]:
    """Every model at both sizes, one after the other: seconds, rows, and the exponent of the growth of the seconds.

    n : creatives, with about 15 rows of metrics each over twelve weeks.  seconds_before : at the smaller size.
    rows : of the model; one that has none is an error.
    The summary has the greatest exponent of the models that take a second or more, and the seconds of all models
    together. One more line is for the model that joins most, at the largest size.
    """
    small, large = (_built(n) for n in SIZES)
    exponents = {model: _exponent(small[model].seconds, large[model].seconds) for model in large}
    for model, built in sorted(large.items(), key=lambda item: -item[1].seconds):
        yield {
            "model": model,
            "n": SIZES[1],
            "rows": built.rows,
            "seconds_before": round(small[model].seconds, 2),
            "seconds": round(built.seconds, 2),
            "exponent": exponents[model],
        }
    peak_kb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    largest = _built(LARGEST, LARGEST_MODEL)[LARGEST_MODEL]
    yield {"model": LARGEST_MODEL, "n": LARGEST, "rows": largest.rows, "seconds": round(largest.seconds, 2)}
    judged = [model for model, built in large.items() if built.seconds >= JUDGED_FROM]
    steepest = max(judged, key=lambda model: exponents[model])
    yield {
        "n": SIZES[1],
        "models": len(large),
        "models_judged": len(judged),
        "exponent": exponents[steepest],
        "model": steepest,
        "seconds_before": round(sum(built.seconds for built in small.values()), 1),
        "seconds": round(sum(built.seconds for built in large.values()), 1),
        "peak_mb": round(peak_kb / 1024),
        "summary": True,
    }


def _built(n: int, only: str | None = None) -> Mapping[str, Built]:
    """All models of so many creatives, or one with what it needs: the least seconds of a few runs."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = replace(make_workspace(Path(folder) / "grown"), starts_anew=True)
        _make_comparable(workspace)
        with duckdb.connect(str(workspace.database)) as connection:
            first, *others = raw_statements()
            connection.execute(first, [n])
            for statement in others:
                connection.execute(statement)
        _run(workspace, "seed", "--select", "approach_overrides", "creative_traits", "image_overrides")
        seconds = _run(workspace, "run", "--select", "tag:prepare")
        workspace.execute(*media_statements())
        seconds |= _grouped(workspace)
        _run(workspace, "run", "--select", "int_creatives__content_hashes")
        workspace.execute(*approach_statements())
        chosen = ("--select", f"+{only}") if only else ()
        for _ in range(1 if only else RUNS):
            again = _run(workspace, "run", *chosen)
            seconds |= {model: min(taken, seconds.get(model, taken)) for model, taken in again.items()}
        return {model: Built(taken, _rows(workspace, model)) for model, taken in seconds.items()}


def _make_comparable(workspace: Workspace) -> None:
    """One thread, because small tables get no second one. No compacting of the log: the model that happens to fill it
    would pay for those before it.
    """
    path = workspace.directory / "profiles.yml"
    profiles = yaml.safe_load(path.read_text())
    profiles["creative_approaches"]["outputs"]["duckdb"]["settings"] |= {"threads": 1, "checkpoint_threshold": "100GB"}
    path.write_text(yaml.safe_dump(profiles))


def _run(workspace: Workspace, *arguments: str) -> dict[str, float]:
    """Run dbt, one model at a time. Returns the seconds of each model by its name."""
    finished = workspace.dbt(*arguments, "--threads", "1", **SETTINGS)
    if finished.returncode:
        raise subprocess.CalledProcessError(finished.returncode, finished.args, finished.stdout, finished.stderr)
    results = json.loads((workspace.directory / "target" / "run_results.json").read_text())["results"]
    nodes = {result["unique_id"]: result["execution_time"] for result in results}
    return {name.split(".")[-1]: seconds for name, seconds in nodes.items() if name.startswith("model.")}


def _grouped(workspace: Workspace) -> dict[str, float]:
    """Run job group-media, which has the search for pairs worked out. Its seconds, by the table that it writes."""
    finished = workspace.approaches("group-media", **SETTINGS)
    if finished.returncode:
        raise subprocess.CalledProcessError(finished.returncode, finished.args, finished.stdout, finished.stderr)
    ((seconds,),) = workspace.query(
        "select epoch(ended_at - started_at) from approaches_jobs.job_runs where job = 'group-media'"
    )
    return {"image_themes": seconds}


def _rows(workspace: Workspace, model: str) -> int:
    """Rows of a model. Raises ValueError where there are none: building nothing takes no time."""
    ((relation,),) = workspace.query(
        f"select table_schema || '.' || table_name from information_schema.tables where table_name = '{model}'"
    )
    ((rows,),) = workspace.query(f"select count(*) from {relation}")
    if rows == 0:
        raise ValueError(f"{model} has no rows: the data of this benchmark does not reach it")
    return int(rows)


def _exponent(before: float, after: float) -> float:
    return round(math.log(after / before) / math.log(SIZES[1] / SIZES[0]), 2)
