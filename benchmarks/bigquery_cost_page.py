"""The tables of docs/bigquery-cost.md.

`python -m benchmarks.bigquery_cost_page` prints them, with --write it puts them there.
"""

import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from benchmarks.bigquery_cost import QUERY_PRICE, REFRESH, STORAGE_READ_PRICE, TIB, Project
from benchmarks.bigquery_jobs import DAILY, EDITED, FIRST
from benchmarks.bigquery_volumes import COUNTS, STRING_BYTES, Volume
from creative_approaches.jobs.registry import JOBS
from tests.support.googlesql.project import check_project
from tests.support.googlesql.shapes import compile_shapes
from tests.support.paths import REPOSITORY

PAGE: Final = REPOSITORY / "docs" / "bigquery-cost.md"
BEGIN: Final = "<!-- computed by python -m benchmarks.bigquery_cost_page -->"
END: Final = "<!-- end of what is computed -->"

SIZES: Final = (1_000, 100_000, 10_000_000)
LABELS: Final = tuple(f"{size:,}" for size in SIZES)
LARGE: Final = Volume(SIZES[-1])
BUILT: Final = ("build", "check")
SHOWN: Final = 15  # models by name; the others are one row
TEXTS: Final = {"run", "model", "job", "what is different", "a row for", "tables", "columns"}  # headers of columns

# Each with what it changes of a volume, and a kind of statements that is not sent.
SETTINGS: Final[tuple[tuple[str, Mapping[str, Any], str | None], ...]] = (
    ("nothing", {}, None),
    ("`metrics_lookback_days: 14`", {"metrics_lookback_days": 14}, None),
    ("`metrics_lookback_days: 90`", {"metrics_lookback_days": 90}, None),
    ("`period_grain: day`", {"period_grain": "day"}, None),
    ("`period_grain: month`", {"period_grain": "month"}, None),
    ("`cohort_columns`: 100 creatives in each cohort, as many approaches", {"creatives_per_cohort": 100}, None),
    (
        "`cohort_columns`: 10,000 creatives in each cohort, as many approaches",
        {"creatives_per_cohort": 10_000},
        None,
    ),
    ("`embed_source: text`, of 512 dimensions", {"embed_source": "text"}, None),
    ("`embed_source: text`, of 1,536 dimensions", {"embed_source": "text", "embedding_dimensions": 1536}, None),
    ("`annotator: gemini`: the writing of its pictures", {"sees_pictures": True}, None),
    ("a raw metrics table without partitions", {"raw_is_partitioned": False}, None),
    ("half a year of history", {"history_days": 182}, None),
    ("no data tests", {}, "test"),
)


def tables(project: Project) -> str:
    """The part of the page that is computed."""
    parts = {
        "Dollars of one run": _dollars_of_runs(project),
        "Bytes billed": _bytes_of_runs(project),
        "Models and their data tests, in a daily run": _models(project),
        f"Jobs, on {LABELS[-1]} creatives": _jobs(project),
        "What changes the cost of a daily run": _settings(project),
        "Assumed rows": _rows(),
        "Assumed bytes of a text, on average": _widths(),
    }
    return "\n\n".join(f"## {title}\n\n{part}" for title, part in parts.items())


def on_page(page: str) -> str:
    """What a page has between the markers. Raises ValueError without them."""
    return page[page.index(BEGIN) + len(BEGIN) : page.index(END)].strip()


def _dollars_of_runs(project: Project) -> str:
    rows = [(run, *(_dollars(project.dollars(run, Volume(size))) for size in SIZES)) for run in project.runs]
    prices = (
        f"At ${QUERY_PRICE:.2f} per TiB of queries and DML, and ${STORAGE_READ_PRICE:.2f} per TiB of Storage Reads."
    )
    return f"{_table(('run', *(f'{label} creatives' for label in LABELS)), rows)}\n\n{prices}"


def _bytes_of_runs(project: Project) -> str:
    rows = []
    for size, label in zip(SIZES, LABELS, strict=True):
        volume = Volume(size)
        for name, run in project.runs.items():
            billed = [
                project.billed([one for one in run.statements if one.kind in kinds], volume)
                for kinds in (BUILT, ("test",), ("merge", "query"))
            ]
            storage = project.downloaded(run.downloads, volume)
            largest = max(project.billed_once(one, volume) for one in run.statements)
            rows.append((name, label, *map(_bytes, [*billed, storage, largest])))
    header = ("creatives", "models", "data tests", "jobs: queries", "jobs: Storage Read", "largest statement")
    return _table(("run", *header), rows)


def _models(project: Project) -> str:
    def billed(owners: Iterable[str], run: str, kinds: Iterable[str], volume: Volume) -> float:
        found = [one for one in project.runs[run].statements if one.owner in owners and one.kind in kinds]
        return project.billed(found, volume)

    def both(owner: str) -> float:
        return billed([owner], DAILY, (*BUILT, "test"), LARGE)

    owners = {one.owner for one in project.runs[DAILY].statements if one.kind in (*BUILT, "test")}
    ordered = sorted(owners, key=lambda owner: (-both(owner), owner))
    groups = [(f"`{owner}`" if " " not in owner else owner, [owner]) for owner in ordered[:SHOWN]]
    groups.append((f"{len(ordered) - SHOWN} others", ordered[SHOWN:]))
    volumes = [Volume(size) for size in SIZES[1:]]
    rows = [
        (
            label,
            *(_bytes(billed(names, DAILY, BUILT, volume)) for volume in volumes),
            *(_bytes(billed(names, DAILY, ("test",), volume)) for volume in volumes),
            _bytes(billed(names, REFRESH, (*BUILT, "test"), LARGE)),
        )
        for label, names in groups
    ]
    header = (*LABELS[1:], *(f"its tests, {label}" for label in LABELS[1:]), f"both in a full refresh, {LABELS[-1]}")
    return _table(("model", *header), rows)


def _jobs(project: Project) -> str:
    rows = []
    for job in JOBS:
        read = project.downloaded([one for one in project.runs[DAILY].downloads if one.job == job], LARGE)
        written = [
            project.billed([one for one in project.runs[run].statements if one.owner == job], LARGE)
            for run in (DAILY, EDITED, FIRST)
        ]
        rows.append((f"`{job}`", *map(_bytes, [read, *written])))
    return _table(("job", "Storage Read", *(f"queries in {run}" for run in (DAILY, EDITED, FIRST))), rows)


def _settings(project: Project) -> str:
    rows = [
        (label, *(_dollars(project.dollars(DAILY, Volume(size, **changes), without)) for size in SIZES))
        for label, changes, without in SETTINGS
    ]
    return _table(("what is different", *LABELS), rows)


def _rows() -> str:
    rows = [
        (label, *(f"{count(Volume(size)):,.0f}" for size in SIZES), ", ".join(f"`{table}`" for table in names))
        for label, count, names in COUNTS
    ]
    return _table(("a row for", *LABELS, "tables"), rows)


def _widths() -> str:
    rows = [(f"{length:,}", ", ".join(f"`{name}`" for name in names)) for length, names in STRING_BYTES.items()]
    return _table(("bytes", "columns"), rows)


def _table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    header = list(header)
    lines = [header, ["---" if name in TEXTS else "---:" for name in header], *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _bytes(number: float) -> str:
    if number == 0:
        return "-"
    for unit, size in (("TiB", TIB), ("GiB", 2**30), ("MiB", 2**20)):
        if number >= size:
            return f"{number / size:,.{0 if number >= 100 * size else 1}f} {unit}"
    return "< 1 MiB"


def _dollars(number: float) -> str:
    return f"${number:,.2f}" if number >= 0.1 else f"${number:.3f}"


def main() -> None:
    """Print the computed part of the page, or with --write put it there."""
    with tempfile.TemporaryDirectory() as folder:
        manifests = compile_shapes(Path(folder) / "project")
        first = check_project(manifests["first build"])
        later = check_project(manifests["later run"], first.columns)
        computed = tables(Project(manifests, first, later))
    if sys.argv[1:] == ["--write"]:
        before, _, rest = PAGE.read_text().partition(BEGIN)
        PAGE.write_text(f"{before}{BEGIN}\n\n{computed}\n\n{END}{rest.partition(END)[2]}")
    else:
        print(computed)


if __name__ == "__main__":
    main()
