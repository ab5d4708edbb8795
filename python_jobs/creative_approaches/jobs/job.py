"""What every job takes and returns."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, TypeVar

import pyarrow as pa
import pyarrow.compute as pc

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
    """What makes the present rows the wanted ones; None if they are. No value may be a list."""
    key = list(table.key)
    rows = rows.append_column("new", pa.array(range(rows.num_rows), pa.int64()))
    places = rows.select([*key, "new"]).join(
        present.select(key).append_column("old", pa.array(range(present.num_rows), pa.int64())),
        key,
        join_type="full outer",
    )
    both = places.filter(pc.and_(pc.is_valid(places["new"]), pc.is_valid(places["old"])))
    differs = pa.array([False] * both.num_rows, pa.bool_())
    for column in table.columns:  # one at a time: the tables may be large
        wanted, old = rows[column].take(both["new"]), present[column].take(both["old"])
        same = pc.fill_null(pc.equal(wanted, old), False)  # null, where either value is null
        differs = pc.or_(differs, pc.invert(pc.or_(same, pc.and_(pc.is_null(wanted), pc.is_null(old)))))
    differing = rows.take(both.filter(differs)["new"])
    added = rows.take(places.filter(pc.is_null(places["old"]))["new"])
    gone = present.take(places.filter(pc.is_null(places["new"]))["old"]).select(key)
    changed = pa.concat_tables([differing, added]).sort_by("new").select(table.columns)
    if not changed.num_rows and not gone.num_rows:
        return None
    return Change(table, changed, pa.concat_tables([changed.select(key), gone]))
