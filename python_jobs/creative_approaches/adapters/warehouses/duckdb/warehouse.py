"""DuckDB as the warehouse of the jobs.

dbt's process holds the file while it builds, so a connection is opened for one statement group and closed again.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import duckdb
import pyarrow as pa

from creative_approaches.adapters.dbt.project import DbtProject
from creative_approaches.adapters.warehouses.port import Change, missing_table, outdated_table
from creative_approaches.errors import DataError, TemporaryError, UsageError
from creative_approaches.tables import Table

# Arrow counts the text, and the numbers of all lists, of rows that are read at once in 32 bits: 21,000 of each per row.
ROWS_AT_ONCE: Final = 100_000


class DuckDBWarehouse:
    """Reads and writes one DuckDB file, under the names that dbt gives to the tables."""

    def __init__(self, project: DbtProject) -> None:
        """Take path and settings from dbt's credentials. Raises UsageError for a database in memory."""
        credentials = project.credentials
        if credentials.path == ":memory:":
            raise UsageError(
                "The DuckDB profile keeps its database in memory, where dbt and the jobs cannot share it. "
                "Give it a file: path: creative_approaches.duckdb in profiles.yml."
            )
        self._path = Path(project.options.project_dir, credentials.path)
        self._settings: dict[str, Any] = dict(credentials.settings or {})
        self._project = project

    @property
    def project_dir(self) -> Path:
        """The directory that relative image paths start from."""
        return self._project.options.project_dir

    @property
    def location(self) -> str:
        """Where the data is, for people."""
        return str(self._path)

    @property
    def is_local(self) -> bool:
        """It is a file of this machine."""
        return True

    @property
    def google_credentials(self) -> None:
        """None: a file needs none."""

    @property
    def google_project(self) -> None:
        """None: a file is in none."""

    def check_available(self) -> None:
        """Raise TemporaryError while another process holds the file. A file that does not exist yet is fine."""
        if self._path.exists():
            with self._connection():
                pass

    def read(self, table: Table) -> pa.Table:
        """All rows of a table in the order of its key, with exactly the declared columns and types.

        Raises DataError when the table or one of its columns is missing.
        """
        relation = self._project.relation(table)
        columns = ", ".join(f'"{column}"' for column in table.columns)
        order = ", ".join(f'"{column}"' for column in table.key)
        with self._connection() as connection, _explained(table, relation):
            rows = connection.execute(f"select {columns} from {relation} order by {order}")
            result = rows.to_arrow_table(ROWS_AT_ONCE)
        return result.cast(table.schema)

    def write(self, *changes: Change) -> int:
        """Apply the changes in one transaction: a reader, or a crash, sees all of them or none.

        Returns the number of rows written.
        """
        with self._connection() as connection:
            connection.execute("begin transaction")
            for change in changes:
                relation = self._project.relation(change.table)
                with _explained(change.table, relation):
                    self._apply(connection, relation, change)
            connection.execute("commit")
        return sum(change.rows.num_rows for change in changes)

    def note(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write a few small rows of a job table; each replaces the one with its key, or is added."""
        self.write(Change.of_keys(table, table.rows(rows)))

    def fingerprints(self, relations: Sequence[str]) -> list[str | None]:
        """A value per relation that changes when any of its rows does, whatever their order; None if missing."""
        if not self._path.exists():
            return [None] * len(relations)
        with self._connection() as connection:
            return [_fingerprint(connection, relation) for relation in relations]

    def _apply(self, connection: duckdb.DuckDBPyConnection, relation: str, change: Change) -> None:
        rows = change.rows.select(change.table.columns).cast(change.table.schema)
        connection.register("_rows", rows)
        if change.keeps_old:
            key = ", ".join(f'"{column}"' for column in change.table.key)
            connection.execute(f"insert into {relation} by name select * from _rows anti join {relation} using ({key})")
        else:
            self._take_away(connection, relation, change.replaces)
            connection.execute(f"insert into {relation} by name select * from _rows")
        connection.unregister("_rows")

    def _take_away(self, connection: duckdb.DuckDBPyConnection, relation: str, replaced: pa.Table | None) -> None:
        if replaced is None:
            connection.execute(f"delete from {relation}")
            return
        same = " and ".join(f'old."{name}" = _replaced."{name}"' for name in replaced.schema.names)
        connection.register("_replaced", replaced)
        connection.execute(f"delete from {relation} as old using _replaced where {same}")
        connection.unregister("_replaced")

    @contextmanager
    def _connection(self) -> Iterator[duckdb.DuckDBPyConnection]:
        if not self._path.exists():  # connecting would make an empty one
            raise DataError(f"{self._path} does not exist. Build it: approaches run")
        try:
            connection = duckdb.connect(str(self._path))
        except duckdb.IOException as error:
            if "lock" in str(error).lower():  # only the text tells it from a file that is no database
                holder = re.search(r"\(PID \d+\)", str(error))
                raise TemporaryError(
                    f"{self._path} is open in another process{f' {holder[0]}' if holder else ''}. "
                    "Close it there and run the same command again."
                ) from None
            raise DataError(f"Cannot open {self._path}: {str(error).splitlines()[0]}") from None
        try:
            for name, value in self._settings.items():
                connection.execute(f"set {name} = '{value}'")
            yield connection
        finally:
            connection.close()


@contextmanager
def _explained(table: Table, relation: str) -> Iterator[None]:
    try:
        yield
    except duckdb.CatalogException:
        raise missing_table(table, relation) from None
    except duckdb.BinderException as error:
        raise outdated_table(table, relation, str(error).splitlines()[0]) from None


def _fingerprint(connection: duckdb.DuckDBPyConnection, relation: str) -> str | None:
    try:
        row = connection.execute(f"select count(*), sum(hash(t)::hugeint) from {relation} as t").fetchone()
    except duckdb.CatalogException:
        return None
    return repr(row)
