"""The statements that the jobs send to BigQuery, as text. Identifiers come quoted from dbt and from here."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

import pyarrow as pa

from creative_approaches.adapters.warehouses.port import Range
from creative_approaches.tables import Table

IS_GONE: Final = "is_gone"  # marks staged rows that only name old rows which go

Bounds = Mapping[str, tuple[str, str]]


def literal(value: str | date) -> str:
    """A value as BigQuery writes it in a statement."""
    return f"DATE '{value.isoformat()}'" if isinstance(value, date) else json.dumps(value, ensure_ascii=False)


def select(table: Table, columns: Sequence[str], relation: str, between: Range | None) -> str:
    """Some columns of a table. between : lowest and highest value of the first column of its key; None for all rows."""
    text = f"SELECT {', '.join(f'`{column}`' for column in columns)} FROM {relation}"
    if between:
        text += f" WHERE `{table.key[0]}` BETWEEN {literal(between[0])} AND {literal(between[1])}"
    return text


def rows_as_query(rows: pa.Table) -> str:
    """A query that gives a few rows, each value a literal of its column's type. Lists are not among them."""
    selects = (
        ", ".join(f"{typed(row[field.name], field.type)} AS `{field.name}`" for field in rows.schema)
        for row in rows.to_pylist()
    )
    return " UNION ALL ".join(f"SELECT {select}" for select in selects)


def typed(value: Any, arrow_type: pa.DataType) -> str:
    """A value, or null, as BigQuery writes it where it is of this type."""
    if isinstance(value, datetime):
        return f"TIMESTAMP '{value.isoformat(' ')}+00'"
    if isinstance(value, str | date):
        return literal(value)
    # A whole float, or null, is of its column's type only by a cast.
    return f"CAST({'NULL' if value is None else repr(value)} AS {column_type(arrow_type)})"


def replace_all(table: Table, target: str, staged: str) -> str:
    """The staged rows become the whole table, in one statement."""
    return f"""
MERGE INTO {target} AS old
USING {staged} AS staged
ON FALSE
WHEN NOT MATCHED BY SOURCE THEN DELETE
WHEN NOT MATCHED BY TARGET THEN {_insert(table)}
"""


def add_missing(table: Table, target: str, staged: str, bounds: Bounds) -> str:
    """Each staged row is added, unless its key is there already.

    A statement that only adds rows is billed the keys it looks at, one that can change rows the whole table as well:
    https://cloud.google.com/bigquery/docs/reference/standard-sql/dml-syntax#on-demand_query_size_calculation
    """
    return f"""
MERGE INTO {target} AS old
USING {staged} AS staged
ON {_same("old", "staged", table.key)}{_between("old", bounds)}
WHEN NOT MATCHED BY TARGET THEN {_insert(table)}
"""


def replace_keys(table: Table, target: str, staged: str, bounds: Bounds) -> str:
    """Each staged row replaces the one with its key, or is added; a row marked as gone takes the old one away.

    bounds : lowest and highest value of key columns, as literals, so that BigQuery reads only the partitions and
    blocks between them.
    """
    others = [column for column in table.columns if column not in table.key]
    updates = ", ".join(f"`{column}` = staged.`{column}`" for column in others)
    return f"""
MERGE INTO {target} AS old
USING {staged} AS staged
ON {_same("old", "staged", table.key)}{_between("old", bounds)}
WHEN MATCHED AND staged.{IS_GONE} THEN DELETE
WHEN MATCHED THEN UPDATE SET {updates}
WHEN NOT MATCHED BY TARGET AND NOT staged.{IS_GONE} THEN {_insert(table)}
"""


def replace_partitions(table: Table, target: str, staged: str, by: Sequence[str], bounds: Bounds) -> str:
    """Old rows go that share the values of some columns with a staged row marked as gone; the other staged rows come.

    Old and new rows never match each other, so that a row which is in both is taken away and added again. Old rows are
    grouped by their key, so that a key that got there twice goes as well.
    """
    columns = ", ".join(f"loaded.`{column}`" for column in table.columns)
    old = ", ".join(
        f"present.`{field.name}`" if field.name in table.key else f"CAST(NULL AS {column_type(field.type)})"
        for field in table.schema
    )
    key = ", ".join(f"present.`{column}`" for column in table.key)
    return f"""
MERGE INTO {target} AS old
USING (
    SELECT {columns}, FALSE AS {IS_GONE}
    FROM {staged} AS loaded
    WHERE NOT loaded.{IS_GONE}
    UNION ALL
    SELECT {old}, TRUE
    FROM {target} AS present
    INNER JOIN {staged} AS loaded
    ON loaded.{IS_GONE} AND {_same("present", "loaded", by)}{_between("present", bounds)}
    GROUP BY {key}
) AS staged
ON staged.{IS_GONE} AND {_same("old", "staged", table.key)}{_between("old", bounds)}
WHEN MATCHED THEN DELETE
WHEN NOT MATCHED BY TARGET AND NOT staged.{IS_GONE} THEN {_insert(table)}
"""


def transaction(statements: Sequence[str]) -> str:
    """Several statements that happen together or not at all."""
    return "BEGIN TRANSACTION;" + ";".join(statements) + ";COMMIT TRANSACTION;"


def column_type(arrow_type: pa.DataType) -> str:
    """The BigQuery type of an Arrow type that the job tables use."""
    if pa.types.is_list(arrow_type):
        return f"ARRAY<{column_type(arrow_type.value_type)}>"
    return {
        pa.string(): "STRING",
        pa.int64(): "INT64",
        pa.float64(): "FLOAT64",
        pa.bool_(): "BOOL",
        pa.binary(): "BYTES",
        pa.date32(): "DATE",
        pa.timestamp("us"): "TIMESTAMP",
        pa.decimal128(38, 9): "NUMERIC",
    }[arrow_type]


def _insert(table: Table) -> str:
    names = ", ".join(f"`{column}`" for column in table.columns)
    values = ", ".join(f"staged.`{column}`" for column in table.columns)
    return f"INSERT ({names}) VALUES ({values})"


def _same(left: str, right: str, columns: Sequence[str]) -> str:
    return " AND ".join(f"{left}.`{column}` = {right}.`{column}`" for column in columns)


def _between(alias: str, bounds: Bounds) -> str:
    return "".join(f"\n    AND {alias}.`{column}` BETWEEN {low} AND {high}" for column, (low, high) in bounds.items())
