"""DuckDB as the warehouse of the jobs.

dbt's process holds the file while it builds, so a connection is opened for one statement group and closed again.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Final

import duckdb
import pyarrow as pa

from creative_approaches.adapters.dbt.project import DbtProject
from creative_approaches.adapters.warehouses.duckdb.faults import explain
from creative_approaches.adapters.warehouses.duckdb.lock import lock
from creative_approaches.adapters.warehouses.port import Change, Range, missing_table, outdated_table
from creative_approaches.errors import ApproachesError, DataError, UsageError
from creative_approaches.tables import Table

# Arrow counts the text, and the numbers of all lists, of rows that are read at once in 32 bits: 21,000 of each per row.
ROWS_AT_ONCE: Final = 100_000
_BATCH: Final = 2_000


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
    def exists(self) -> bool:
        """Whether the file is there. The first run makes it."""
        return self._path.exists()

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

    def explain(self, problems: Sequence[str]) -> ApproachesError | None:
        """The error that problems of dbt mean. One is enough: a statement that failed breaks those after it."""
        known = (explain(problem, self._path) for problem in problems)
        return next((error for error in known if error), None)

    def hold(self, command: str) -> AbstractContextManager[None]:
        """Keep other commands from writing, by a lock file beside the database."""
        self._check_path()
        return lock(self._path, command)

    def check_available(self) -> None:
        """Raise an ApproachesError if the file cannot be used now. One that does not exist yet is fine."""
        if self._path.exists():
            with self._connection():
                pass

    def read(self, table: Table, between: Range | None = None) -> pa.Table:
        """All rows of a table in the order of its key, with exactly the declared columns and types.

        between : the lowest and the highest value of the first column of the key; None for all.
        Raises DataError when the table or one of its columns is missing.
        """
        relation = self._project.relation(table)
        columns = ", ".join(f'"{column}"' for column in table.columns)
        order = ", ".join(f'"{column}"' for column in table.key)
        wanted = f'where "{table.key[0]}" between ? and ?' if between else ""
        with self._connection(read_only=True) as connection, _explained(table, relation):
            rows = connection.execute(f"select {columns} from {relation} {wanted} order by {order}", between or ())
            result = rows.to_arrow_table(ROWS_AT_ONCE)
        return result.cast(table.schema)

    @contextmanager
    def batches(self, table: Table) -> Iterator[Iterator[pa.Table]]:
        """The rows of a table, a part at a time in no particular order, for what does not fit in memory.

        Raises DataError as `read` does. Nothing may be written before the end.
        """
        relation = self._project.relation(table)
        columns = ", ".join(f'"{column}"' for column in table.columns)
        with self._connection(read_only=True) as connection, _explained(table, relation):
            rows = connection.execute(f"select {columns} from {relation}").to_arrow_reader(_BATCH)
            yield (pa.Table.from_batches([batch]).cast(table.schema) for batch in rows)

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
        with self._connection(read_only=True) as connection:
            return [_fingerprint(connection, relation) for relation in relations]

    def _check_path(self) -> None:
        if not self._path.parent.is_dir():
            raise UsageError(
                f"The directory of {self._path} does not exist. Make it, or correct path of the target in profiles.yml."
            )
        if self._path.exists() and not self._path.is_file():  # a pipe would be waited for without end
            raise UsageError(f"{self._path} is no file. Correct path of the target in profiles.yml.")

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
    def _connection(self, read_only: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
        """An open file. read_only : while others read it, too."""
        if not self._path.exists():  # connecting would make an empty one
            raise DataError(f"{self._path} does not exist. Build it: approaches run")
        self._check_path()
        try:
            with duckdb.connect(str(self._path), read_only=read_only) as connection:
                for name, value in self._settings.items():
                    connection.execute(f"set {name} = '{value}'")
                yield connection
        except duckdb.Error as error:
            if known := explain(str(error), self._path):
                raise known from None
            raise


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
