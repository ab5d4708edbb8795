"""What a table is: its columns, its key, and how it came to have them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import pyarrow as pa

STRING: Final = pa.string()
INT: Final = pa.int64()
FLOAT: Final = pa.float64()
BOOL: Final = pa.bool_()
DATE: Final = pa.date32()
TIMESTAMP: Final = pa.timestamp("us")
VECTOR: Final = pa.list_(pa.float64())
NUMBERS: Final = pa.list_(pa.int64())
BYTES: Final = pa.binary()
MONEY: Final = pa.decimal128(38, 9)

# BigQuery changes a type in place only where every value has a place in the new one:
# https://cloud.google.com/bigquery/docs/reference/standard-sql/data-definition-language#alter_column_set_data_type_statement
_WIDER: Final = frozenset({(INT, FLOAT), (INT, MONEY), (MONEY, FLOAT)})


@dataclass(frozen=True)
class Migration:
    """How a table comes from one schema version to the next, in place and in this order.

    renamed : old name -> new name.
    added : column -> what it holds in the rows that are there, as an SQL expression over the old row that both
    warehouses know. None leaves it null. An expression is for a column that is never null: where it is null, the
    expression was not applied yet. Another job table is named in braces: {clusters}.
    widened : column -> the type that it had. Any other change of type is a column added from the old one, which goes.
    dropped : column -> the type that it had.
    """

    renamed: Mapping[str, str] = field(default_factory=dict)
    added: Mapping[str, str | None] = field(default_factory=dict)
    widened: Mapping[str, pa.DataType] = field(default_factory=dict)
    dropped: Mapping[str, pa.DataType] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Table:
    """A table by its dbt name: its key, and the columns that the jobs rely on, in order.

    migrations : those of a job table, oldest first; each makes one schema version.
    first_rows : where a job table is new beside older ones, the query that fills it from them; None: it starts empty.
    """

    name: str
    schema: pa.Schema
    key: tuple[str, ...]
    is_job_table: bool = True
    migrations: tuple[Migration, ...] = field(default=(), repr=False)
    first_rows: str | None = field(default=None, repr=False)

    @property
    def columns(self) -> list[str]:
        """The column names, in order."""
        return list(self.schema.names)

    @property
    def version(self) -> int:
        """The schema version, from 1."""
        return len(self.migrations) + 1

    @property
    def history(self) -> list[dict[str, pa.DataType]]:
        """The columns of each schema version with their types, version 1 first.

        Raises ValueError where a migration does not lead to what comes after it.
        """
        columns = dict(zip(self.schema.names, self.schema.types, strict=True))
        history = [columns]
        for migration in reversed(self.migrations):
            columns = _before(migration, columns, self.name)
            history.append(columns)
        return history[::-1]

    def only(self, *columns: str) -> "Table":
        """The same table with fewer columns, for reading."""
        return replace(self, schema=pa.schema([self.schema.field(column) for column in columns]))

    def rows(self, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
        """Rows as an Arrow table of this table's columns and types."""
        return pa.Table.from_pylist(list(rows), schema=self.schema)


def _before(migration: Migration, after: Mapping[str, pa.DataType], table: str) -> dict[str, pa.DataType]:
    """The columns that a table had before a migration."""
    missing = {*migration.renamed.values(), *migration.added, *migration.widened} - set(after)
    present = {*migration.renamed, *migration.dropped} & set(after)
    if missing or present:
        raise ValueError(f"A migration of {table} does not lead to its columns: {sorted(missing | present)}")
    for column, old in migration.widened.items():
        if (old, after[column]) not in _WIDER:
            raise ValueError(f"{table}.{column} cannot be widened in place: add a column, and drop the old one")
    old_name = {new: old for old, new in migration.renamed.items()}
    kept = {
        old_name.get(column, column): migration.widened.get(column, arrow_type)
        for column, arrow_type in after.items()
        if column not in migration.added
    }
    return kept | dict(migration.dropped)
