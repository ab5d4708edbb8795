"""Which tables jobs read."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa

from creative_approaches.jobs.registry import JOBS
from creative_approaches.settings import Settings
from creative_approaches.tables import CREATIVE_TRAITS, Table
from tests.support.paths import REPOSITORY

T = TypeVar("T")


def tables_read_by(job: str, settings: Settings) -> list[Table]:
    """What a job reads, found by running it on tables that are empty but for the taxonomy."""
    warehouse: Any = _EmptyTables()
    of_job = JOBS[job]
    of_job.load()(warehouse, settings, _Quiet(), *([datetime.now] if of_job.takes_clock else []))
    return warehouse.read_tables  # type: ignore[no-any-return]  # the warehouse stands in for one


class _EmptyTables:
    """A warehouse that notes which tables a job reads."""

    project_dir = Path()
    is_local = False
    google_credentials = None

    def __init__(self) -> None:
        self.read_tables: list[Table] = []

    def read(self, table: Table, between: tuple[str, str] | None = None) -> pa.Table:
        self.read_tables.append(table)
        if table.name != CREATIVE_TRAITS.name:
            return table.rows([])
        with (REPOSITORY / "seeds" / "creative_traits.csv").open() as rows:
            return table.rows([{name: row[name] for name in table.columns} for row in csv.DictReader(rows)])

    @contextmanager
    def batches(self, table: Table) -> Iterator[Iterator[pa.Table]]:
        yield iter([self.read(table)])

    def write(self, *_: Any) -> int:
        return 0


class _Quiet:
    """Progress that nobody sees."""

    def __call__(self, items: Sequence[T], label: str, /) -> Iterable[T]:
        return items

    def say(self, text: str) -> None:
        pass
