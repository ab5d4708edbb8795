"""Every statement that the adapter can send is one that BigQuery takes, by Google's own analyzer."""

from collections.abc import Sequence
from datetime import date, datetime

import pyarrow as pa
import pytest

from creative_approaches.adapters.warehouses.bigquery.sql import column_type, literal, rows_as_query, transaction
from creative_approaches.adapters.warehouses.bigquery.staging import schema_fields, staged_rows, statement
from creative_approaches.adapters.warehouses.port import Change
from creative_approaches.tables import CLUSTER_ASSIGNMENTS, CLUSTER_RUNS, CLUSTERS, JOB_RUNS, JOB_TABLES, Table
from tests.support.googlesql.checker import Checker, Column
from tests.support.googlesql.project import SEED_TYPES

VALUES = {
    pa.string(): 'it\'s \\ "quoted" `é` 😀\n',
    pa.int64(): 1,
    pa.float64(): 0.5,
    pa.bool_(): True,
    pa.date32(): date(2026, 1, 5),
}


def relation(table: Table) -> str:
    return f"`my-project`.`approaches_jobs`.`{table.name}`"


def staging(table: Table) -> str:
    return f"`my-project`.`approaches_jobs`.`{table.name}__staging_1`"


def rows(table: Table) -> pa.Table:
    return table.rows([{field.name: VALUES.get(field.type) for field in table.schema}])


def checker(tables: Sequence[Table]) -> Checker:
    """A catalog of tables as source `jobs` declares them, and of what is staged for them."""
    known = Checker()
    for table in tables:
        everything = staged_rows(Change.of_keys(table, rows(table))).schema
        for name, schema in ((relation(table), table.schema), (staging(table), everything)):
            known.add_table(name, [Column(field.name, column_type(field.type)) for field in schema])
    return known


def assert_taken(tables: Sequence[Table], sql: str, statements: Sequence[str]) -> None:
    script = checker(tables).script(sql)
    assert script.problems == ()
    assert [kind.removeprefix("Resolved").removesuffix("Stmt") for kind in script.statements] == statements


@pytest.mark.parametrize("table", JOB_TABLES.values(), ids=lambda table: table.name)
@pytest.mark.parametrize("replaces", ["everything", "nothing", "keys", "partitions", "no keys"])
def test_bigquery_takes_each_way_to_change_each_table(table: Table, replaces: str) -> None:
    new = rows(table)
    change = {
        "everything": Change.of_all(table, new),
        "nothing": Change.of_new(table, new),
        "keys": Change.of_keys(table, new),
        "no keys": Change.of_keys(table, new.slice(1)),
        "partitions": Change(table, new, new.select([table.key[0]])),
    }[replaces]
    assert_taken([table], statement(change, relation(table), staging(table)), ["Merge"])


def test_bigquery_takes_rows_that_are_in_the_statement_itself() -> None:
    full = rows(JOB_RUNS).to_pylist()[0] | {"started_at": datetime(2026, 1, 5, 23, 59, 59, 999_999)}
    empty = dict.fromkeys(JOB_RUNS.columns) | {"step_id": "another"}
    change = Change.of_keys(JOB_RUNS, JOB_RUNS.rows([full, empty]))
    sql = statement(change, relation(JOB_RUNS), f"({rows_as_query(staged_rows(change))})")
    assert_taken([JOB_RUNS], sql, ["Merge"])


def test_bigquery_takes_a_transaction_of_several_changes() -> None:
    tables = (CLUSTER_ASSIGNMENTS, CLUSTERS, CLUSTER_RUNS)
    by = ["cohort_id", "period_start"]
    changes = [Change(table, rows(table), rows(table).select(by)) for table in tables]
    sql = transaction([statement(change, relation(change.table), staging(change.table)) for change in changes])
    assert_taken(tables, sql, ["Begin", "Merge", "Merge", "Merge", "Commit"])


@pytest.mark.parametrize("table", JOB_TABLES.values(), ids=lambda table: table.name)
def test_each_column_of_a_load_has_a_type_of_its_own(table: Table) -> None:
    """So that BigQuery infers none, of decimals least of all."""
    money = [pa.field("money", pa.decimal128(38, 9)), pa.field("moneys", pa.list_(pa.decimal128(38, 9)))]
    loaded = pa.schema([*table.schema, *money])
    fields = schema_fields(loaded)
    assert [field.name for field in fields] == loaded.names
    assert {field.field_type for field in fields} <= SEED_TYPES
    assert [field.field_type for field in fields[-2:]] == ["NUMERIC", "NUMERIC"]


@pytest.mark.parametrize("value", [VALUES[pa.string()], "", "DATE '2026-01-05'", "\x00\x7f\u2028", date(2026, 1, 5)])
def test_a_literal_is_one_value_of_its_type(value: str | date) -> None:
    query = Checker().query(f"select {literal(value)} as value")
    assert query.problems == ()
    assert query.columns == (Column("value", "DATE" if isinstance(value, date) else "STRING"),)
