"""A lease on a warehouse that many machines can reach: one row, which says who holds it and was last heard of when.

BigQuery lets two statements that change a row happen one after the other, so that only one of two commands finds the
row free. The row is there from the start: two statements that add one would both succeed.
"""

import threading
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from math import inf
from time import monotonic
from typing import Any, Final

from creative_approaches.adapters.warehouses.bigquery import sql
from creative_approaches.adapters.warehouses.holder import Holder, in_use
from creative_approaches.errors import ApproachesError, TemporaryError
from creative_approaches.tables.table import INT, STRING, TIMESTAMP

TABLE: Final = "run_lease"  # beside the job tables; nothing but this module reads it
COLUMNS: Final = {
    "owner": STRING,
    "command": STRING,
    "host": STRING,
    "place": STRING,
    "pid": INT,
    "since": STRING,
    "heartbeat_at": TIMESTAMP,
}
# Each heartbeat is billed as 10 MB, so that an hour of them is half a gigabyte.
HEARTBEAT: Final = 60  # seconds
# A command that is silent for so long is dead: four heartbeats may fail before that.
SILENCE: Final = 300


class Lease:
    """The lease of one command."""

    def __init__(
        self, table: str, run: Callable[[str], None], read: Callable[[], Mapping[str, Any]], location: str
    ) -> None:
        """Take the table's quoted name, what sends a statement and what reads the row, and the warehouse's name."""
        self._table = table
        self._run = run
        self._read = read
        self._location = location
        self._owner = uuid.uuid4().hex
        self._proven_at = -inf
        self._ended = threading.Event()

    @contextmanager
    def held(self, command: str) -> Iterator[None]:
        """Hold it, and say so every minute. Raises TemporaryError that names who has it."""
        try:
            self._take(Holder.this(command))
            threading.Thread(target=self._beat, daemon=True).start()
            yield
        finally:  # also where it was taken and that could not be read
            self._ended.set()
            with suppress(ApproachesError):  # it ends by itself
                self._run(update(self._table, {"owner": None}, f"owner = {sql.literal(self._owner)}"))

    def prove(self) -> None:
        """Raise TemporaryError if another command may have it by now. Asks only where the last heartbeats failed."""
        if monotonic() - self._proven_at > 2 * HEARTBEAT:
            self._renew()

    def _take(self, holder: Holder) -> None:
        mine = {**holder.written(), "owner": self._owner}
        asked_at = monotonic()
        self._run(update(self._table, mine, is_free()))
        row = self._read()
        if row["owner"] not in (None, self._owner) and Holder.of(row).is_gone:
            self._run(update(self._table, mine, f"owner = {sql.literal(row['owner'])}"))
            row = self._read()
        if row["owner"] != self._owner:
            raise in_use(self._location, Holder.of(row) if row["owner"] else None)
        self._proven_at = asked_at

    def _beat(self) -> None:
        while not self._ended.wait(HEARTBEAT):
            with suppress(ApproachesError):  # the next write asks again
                self._renew()

    def _renew(self) -> None:
        asked_at = monotonic()  # the heartbeat is no older than that
        self._run(update(self._table, {}, f"owner = {sql.literal(self._owner)}"))
        if self._read()["owner"] != self._owner:
            self._proven_at = -inf
            raise TemporaryError(
                f"This command was silent for more than {SILENCE} seconds, and another one took over {self._location}. "
                "Nothing more was written. Run the same command again when the other has ended."
            )
        self._proven_at = asked_at


def create(table: str) -> str:
    """The statement that makes the lease, free, where it is missing."""
    columns = ", ".join(f"CAST(NULL AS {sql.column_type(kind)}) AS {name}" for name, kind in COLUMNS.items())
    return f"CREATE TABLE IF NOT EXISTS {table} AS SELECT {columns}"


def is_free() -> str:
    """The condition under which anybody may take it."""
    return f"owner IS NULL OR heartbeat_at < TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL {SILENCE} SECOND)"


def update(table: str, values: Mapping[str, Any], condition: str) -> str:
    """The statement that changes the row and renews its heartbeat, under a condition."""
    changes = [f"{name} = {sql.typed(value, COLUMNS[name])}" for name, value in values.items()]
    return f"UPDATE {table} SET {', '.join([*changes, 'heartbeat_at = CURRENT_TIMESTAMP()'])} WHERE {condition}"
