"""What a table is: its columns and its key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import pyarrow as pa

STRING: Final = pa.string()
INT: Final = pa.int64()
FLOAT: Final = pa.float64()
BOOL: Final = pa.bool_()
DATE: Final = pa.date32()
TIMESTAMP: Final = pa.timestamp("us")
VECTOR: Final = pa.list_(pa.float64())
MONEY: Final = pa.decimal128(38, 9)


@dataclass(frozen=True, eq=False)
class Table:
    """A table by its dbt name: its key, and the columns that the jobs rely on, in order."""

    name: str
    schema: pa.Schema
    key: tuple[str, ...]
    is_job_table: bool = True

    @property
    def columns(self) -> list[str]:
        """The column names, in order."""
        return list(self.schema.names)

    def only(self, *columns: str) -> "Table":
        """The same table with fewer columns, for reading."""
        return replace(self, schema=pa.schema([self.schema.field(column) for column in columns]))

    def rows(self, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
        """Rows as an Arrow table of this table's columns and types."""
        return pa.Table.from_pylist(list(rows), schema=self.schema)
