"""What it costs to propose the formats of pictures among a million, in DuckDB by the project's own model."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from tests.support.workspace import make_workspace

SIZES: Final = (100_000, 300_000, 1_000_000)
MODEL: Final = "int_images__shared_words"
PLANTED: Final = 0.1  # of the pictures are crops of another one


def formats() -> Iterator[dict[str, Any]]:
    """Pictures with words as drawings have them, of which a tenth are parts of another: half of their patches are new.

    Half of the parts are mirrored. recall : of the parts, whether they are proposed with their picture.
    candidates : all pairs that are proposed. peak_mb : of the process that runs the query, limited to 6 GB and two
    threads. check_ms : of one pair, to unpack its features and to look where its patches lie.
    """
    with tempfile.TemporaryDirectory() as folder:
        query = Path(folder) / "query.sql"
        workspace = replace(make_workspace(Path(folder) / "project"), starts_anew=True)
        query.write_text(workspace.dbt("--quiet", "compile", "--select", MODEL).stdout)
        # A file is known to the query by its name.
        figures = [_propose(Path(folder) / workspace.database.name, n, query) for n in SIZES]
    for n, figure in zip(SIZES, figures, strict=True):
        yield {"n": n, **figure}
    yield {"n": SIZES[-1], **figures[-1], "summary": True}


def _propose(database: Path, n: int, query: Path) -> dict[str, Any]:
    """Make the pictures and query them in a process of its own, so that the peak memory is that of the query."""
    for step in ("make", "ask"):
        ran = subprocess.run(
            [sys.executable, "-m", "benchmarks.formats_run", step, str(database), str(n), str(query)],
            capture_output=True,
            text=True,
            check=True,
        )
    seconds, peak_mb, candidates, recalled, check_ms = ran.stdout.split()
    database.unlink()
    return {
        "seconds": round(float(seconds), 1),
        "peak_mb": round(float(peak_mb)),
        "candidates": int(candidates),
        "recall": round(int(recalled) / int(n * PLANTED), 4),
        "check_ms": round(float(check_ms), 2),
    }
