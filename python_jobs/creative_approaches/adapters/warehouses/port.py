"""What the jobs ask of a warehouse. Implementations are entry points of `creative_approaches.warehouses`."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa

from creative_approaches.errors import ApproachesError, DataError
from creative_approaches.tables import JOB_TABLES, TABLE_VERSIONS, Table

Range = tuple[str, str]  # first and last, both included


@dataclass(frozen=True)
class Change:
    """New rows of a job table, and which old rows they stand in for.

    `replaces` holds values of some of the table's columns: old rows with these values go. None: all old rows go.
    `keeps_old`: none goes; a new row whose key is there already is left out.
    """

    table: Table
    rows: pa.Table
    replaces: pa.Table | None
    keeps_old: bool = False

    def __post_init__(self) -> None:
        """Refuse two rows of one key: DuckDB would keep both, BigQuery would write neither."""
        if self.rows.group_by(list(self.table.key)).aggregate([]).num_rows < self.rows.num_rows:
            raise ValueError(f"Two new rows of {self.table.name} have one key.")

    @classmethod
    def of_all(cls, table: Table, rows: pa.Table) -> "Change":
        """The rows become the whole table."""
        return cls(table, rows, None)

    @classmethod
    def of_new(cls, table: Table, rows: pa.Table) -> "Change":
        """Each row is added, unless its key is there already."""
        return cls(table, rows, rows.select(list(table.key)), keeps_old=True)

    @classmethod
    def of_keys(cls, table: Table, rows: pa.Table) -> "Change":
        """Each row replaces the one with its key, or is added."""
        return cls(table, rows, rows.select(list(table.key)))


class Warehouse(Protocol):
    """Reads and writes tables under the names that dbt gives them."""

    @property
    def project_dir(self) -> Path:
        """The directory that relative image paths start from."""

    @property
    def location(self) -> str:
        """Where the data is, for people."""

    @property
    def exists(self) -> bool:
        """Whether there is anything to read: a file may be made by the first run."""

    @property
    def is_local(self) -> bool:
        """Whether the data is in a file of this machine: who writes it may read the machine's files anyway."""

    @property
    def google_credentials(self) -> Any:
        """The target's credentials for Google Cloud; None where it has none."""

    @property
    def google_project(self) -> str | None:
        """The Google Cloud project that the target's jobs are billed to; None where it has none."""

    def explain(self, problems: Sequence[str]) -> ApproachesError | None:
        """The error that problems of dbt mean, in its words; None unless the warehouse could not be used."""

    def hold(self, command: str) -> AbstractContextManager[None]:
        """Keep other commands from writing until the end, and until this process ends, however it does.

        Raises TemporaryError, which names the command that has it already. Reading needs no hold.
        """

    def check_available(self) -> None:
        """Raise an ApproachesError if nothing could be read or written now. A warehouse without tables is fine."""

    def read(self, table: Table, between: Range | None = None) -> pa.Table:
        """All rows of a table in the order of its key, with exactly the declared columns and types.

        between : the lowest and the highest value of the first column of the key, a text, of the rows that are read,
        in the order of its bytes; the warehouse gives no others. None for all.
        Raises DataError when the table or one of its columns is missing.
        """

    def batches(self, table: Table) -> AbstractContextManager[Iterator[pa.Table]]:
        """The rows of a table, a part at a time in no particular order, for what does not fit in memory.

        Raises DataError as `read` does. Nothing may be written before the end.
        """

    def write(self, *changes: Change) -> int:
        """Apply all of the changes or none: neither a reader nor a crash ever sees some of them.

        Returns the number of rows written.
        """

    def note(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write a few small rows of a job table by one statement; each replaces the one with its key, or is added."""

    def fingerprints(self, relations: Sequence[str]) -> list[str | None] | None:
        """A value per relation that changes when any of its rows does, whatever their order; None if missing.

        None instead of a list where finding out would cost money.
        """


class MissingTableError(DataError):
    """A table does not exist."""


def missing_table(table: Table, relation: str) -> MissingTableError:
    """What to say of a table that does not exist."""
    return MissingTableError(f"Table {relation} does not exist. Build it: {_builder(table)}")


def outdated_table(table: Table, relation: str, why: str) -> DataError:
    """What to say of a table that another version wrote."""
    if table.is_job_table:
        command = "dbt run-operation migrate_job_tables"
        return DataError(f"Table {relation} does not fit this version: {why}. Migrate it, rows and all: {command}")
    return DataError(f"Table {relation} does not fit this version: {why}. Rebuild it: {_builder(table)}")


def _builder(table: Table) -> str:
    return "dbt build" if table.name.startswith("int_") else "approaches run"


def has_current_tables(warehouse: Warehouse) -> bool:
    """Whether every job table is recorded to have the schema version that this program declares."""
    try:
        rows = warehouse.read(TABLE_VERSIONS).to_pylist()
    except MissingTableError:
        return False
    recorded = {row["table_name"]: row["version"] for row in rows}
    return all(recorded.get(table.name) == table.version for table in JOB_TABLES.values())
