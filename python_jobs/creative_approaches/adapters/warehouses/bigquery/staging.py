"""What goes through a staging table: the rows of a change, as Parquet, and the statement that merges them."""

from io import BytesIO
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from google.cloud import bigquery

from creative_approaches.adapters.warehouses.bigquery import sql
from creative_approaches.adapters.warehouses.port import Change

_BOUNDABLE: Final = (pa.string(), pa.date32())


def schema_fields(schema: pa.Schema) -> list[bigquery.SchemaField]:
    """The explicit schema of a load."""
    return [
        bigquery.SchemaField(field.name, sql.column_type(field.type.value_type), mode="REPEATED")
        if pa.types.is_list(field.type)
        else bigquery.SchemaField(field.name, sql.column_type(field.type))
        for field in schema
    ]


def staged_rows(change: Change) -> pa.Table:
    """The new rows, then one row for each set of values that old rows go by, marked as gone.

    A key that has a new row needs no mark: the new row stands in for the old one.
    """
    rows = change.rows.select(change.table.columns).cast(change.table.schema)
    schema = change.table.schema.append(pa.field(sql.IS_GONE, pa.bool_()))
    staged = rows.append_column(sql.IS_GONE, pa.repeat(pa.scalar(False), rows.num_rows)).cast(schema)
    if change.replaces is None or change.keeps_old:
        return staged
    names = change.replaces.column_names
    gone = change.replaces.group_by(names).aggregate([])
    if _is_by_key(change):
        gone = gone.join(rows.select(names), names, join_type="left anti")
    marked = gone.append_column(sql.IS_GONE, pa.repeat(pa.scalar(True), gone.num_rows))
    return pa.concat_tables([staged, marked], promote_options="default").select(schema.names)


def to_parquet(rows: pa.Table) -> bytes:
    """The rows as a Parquet file."""
    # BigQuery takes a time without a zone for a DATETIME.
    schema = pa.schema(
        [
            field.with_type(pa.timestamp("us", "UTC")) if field.type == pa.timestamp("us") else field
            for field in rows.schema
        ]
    )
    buffer = BytesIO()
    pq.write_table(rows.cast(schema), buffer)
    return buffer.getvalue()


def statement(change: Change, target: str, staged: str) -> str:
    """The statement that brings staged rows into their table. Both are given by their quoted names."""
    if change.replaces is None:
        return sql.replace_all(change.table, target, staged)
    bounds = _bounds(change.replaces)
    if change.keeps_old:
        return sql.add_missing(change.table, target, staged, bounds)
    if _is_by_key(change):
        return sql.replace_keys(change.table, target, staged, bounds)
    return sql.replace_partitions(change.table, target, staged, change.replaces.column_names, bounds)


def _is_by_key(change: Change) -> bool:
    return change.replaces is not None and set(change.replaces.column_names) == set(change.table.key)


def _bounds(replaced: pa.Table) -> dict[str, tuple[str, str]]:
    """Lowest and highest value of the columns that old rows go by."""
    bounds = {}
    for field in replaced.schema:
        if field.type in _BOUNDABLE and replaced.num_rows:
            low, high = pc.min_max(replaced[field.name]).values()
            bounds[field.name] = (sql.literal(low.as_py()), sql.literal(high.as_py()))
    return bounds
