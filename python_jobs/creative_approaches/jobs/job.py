"""What every job takes and returns."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

import pyarrow as pa

from creative_approaches.adapters.warehouse import Change, Warehouse
from creative_approaches.tables import Table

T = TypeVar("T")


class Progress(Protocol):
    """Walks through pieces of work, showing how far it is."""

    def __call__(self, items: Sequence[T], label: str, /) -> Iterable[T]:
        """Yield the items in order."""


@dataclass(frozen=True)
class JobResult:
    """What a job did: rows it looked at, rows it wrote, and a sentence for people.

    failed : rows that could not be done, each recorded with its reason and tried again next time.
    """

    rows_read: int
    rows_written: int
    detail: str
    failed: int = 0

    @property
    def outcome(self) -> str:
        """`partial` if rows failed, `unchanged` if there was nothing to write, else `done`."""
        if self.failed:
            return "partial"
        return "done" if self.rows_written else "unchanged"


def replace_tables(warehouse: Warehouse, contents: Mapping[Table, pa.Table]) -> int:
    """Make the rows the whole content of their tables, in one transaction; tables that hold them already stay.

    Returns the number of rows written.
    """
    changes = []
    for table, rows in contents.items():
        ordered = rows.sort_by([(column, "ascending") for column in table.key])
        if not ordered.equals(warehouse.read(table)):
            changes.append(Change.of_all(table, ordered))
    return warehouse.write(*changes) if changes else 0
