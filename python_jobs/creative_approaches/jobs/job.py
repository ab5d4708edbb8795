"""What every job takes and returns."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, TypeVar

import pyarrow as pa

from creative_approaches.adapters.warehouses.port import Change, Warehouse
from creative_approaches.core.spending import Usage
from creative_approaches.errors import ApproachesError
from creative_approaches.tables import Table

T = TypeVar("T")
Clock = Callable[[], datetime]  # UTC, without a time zone


class Progress(Protocol):
    """Walks through pieces of work, showing how far it is."""

    def __call__(self, items: Sequence[T], label: str, /) -> Iterable[T]:
        """Yield the items in order."""


class Narration(Progress, Protocol):
    """Progress of a job that also has something to say, such as what it is about to spend."""

    def say(self, text: str) -> None:
        """Tell people a sentence."""


@dataclass(frozen=True)
class JobResult:
    """What a job, or dbt, did: rows it looked at, rows it wrote, and a sentence for people.

    rows_read, rows_written : None where nobody counts them.
    failed : rows that could not be done, each recorded with its reason and tried again next time.
    usage : what was asked of models, and paid for.
    stopped : why the job ended before its work was done; what it did is kept.
    warnings : how many dbt gave.
    """

    rows_read: int | None
    rows_written: int | None
    detail: str
    failed: int = 0
    usage: Usage = field(default_factory=Usage)
    stopped: ApproachesError | None = None
    warnings: int = 0

    @property
    def outcome(self) -> str:
        """`stopped` early, `partial` if rows failed, `unchanged` if there was nothing to write, else `done`."""
        if self.stopped:
            return "stopped"
        if self.failed:
            return "partial"
        return "unchanged" if self.rows_written == 0 else "done"


def replace_tables(warehouse: Warehouse, contents: Mapping[Table, pa.Table]) -> int:
    """Make the rows the whole content of their tables, together; only rows that differ are written.

    Returns the number of rows written or taken away.
    """
    changes = [
        change for table, rows in contents.items() if (change := _difference(table, rows, warehouse.read(table)))
    ]
    if changes:
        warehouse.write(*changes)
    return sum(change.replaces.num_rows for change in changes if change.replaces is not None)


def _difference(table: Table, rows: pa.Table, present: pa.Table) -> Change | None:
    wanted = {_key(table, row): row for row in rows.to_pylist()}
    old = {_key(table, row): row for row in present.to_pylist()}
    changed = [row for key, row in wanted.items() if old.get(key) != row]
    gone = [row for key, row in old.items() if key not in wanted]
    if not changed and not gone:
        return None
    return Change(table, table.rows(changed), table.rows([*changed, *gone]).select(list(table.key)))


def _key(table: Table, row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row[column] for column in table.key)
