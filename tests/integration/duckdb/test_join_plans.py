"""No model joins two sides that grow with the data by anything but equality, as DuckDB plans it."""

import json
import re
from collections.abc import Iterator

import duckdb
import pytest

from tests.support.join_plans import joins_of, plan_of
from tests.support.workspace import Workspace


@pytest.fixture(scope="module")
def compiled(demo: Workspace) -> dict[str, str]:
    """The compiled SQL of each model and of each test in a file of its own."""
    target = demo.directory / "target"
    nodes = json.loads((target / "manifest.json").read_text())["nodes"].values()
    return {
        node["name"]: (target / "compiled" / node["package_name"] / node["original_file_path"]).read_text()
        for node in nodes
        if node["resource_type"] in ("model", "test") and node["original_file_path"].endswith(".sql")
    }


@pytest.fixture(scope="module")
def connection(demo: Workspace) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(demo.database), read_only=True) as connection:
        yield connection


@pytest.fixture
def tables() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute("create table a (x varchar, k bigint)")
    connection.execute("create table b (x varchar, k bigint)")
    return connection


def words_of_join(sql: str) -> int:
    return len(re.findall(r"\bjoin\b", re.sub(r"--.*|'[^']*'", "", sql)))


def test_no_model_joins_two_sides_that_grow_by_anything_but_equality(
    compiled: dict[str, str], connection: duckdb.DuckDBPyConnection
) -> None:
    quadratic = {
        name: [join for join in joins_of(plan_of(connection, sql)) if join.is_quadratic]
        for name, sql in compiled.items()
    }
    assert {name: list(map(str, joins)) for name, joins in quadratic.items() if joins} == {}


def test_every_model_is_looked_at_with_all_its_joins(
    compiled: dict[str, str], connection: duckdb.DuckDBPyConnection, demo: Workspace
) -> None:
    assert {path.stem for path in (demo.directory / "models").rglob("*.sql")} <= compiled.keys()
    written = {name: words_of_join(sql) for name, sql in compiled.items()}
    planned = {name: len(joins_of(plan_of(connection, sql))) for name, sql in compiled.items()}
    assert {name: joins for name, joins in written.items() if joins > planned[name]} == {}
    assert sum(written.values()) > 200


def test_a_condition_on_the_left_side_alone_is_found_in_a_model(
    compiled: dict[str, str], connection: duckdb.DuckDBPyConnection
) -> None:
    sql = compiled["int_creatives__assigned_to_approaches"]
    equality = "assignments.clustered_version_key = approach_members.version_key"
    assert sql.count(equality) == 1
    planted = sql.replace(equality, "assignments.version_key = approach_members.version_key and cluster is not null")
    (join,) = [join for join in joins_of(plan_of(connection, planted)) if join.is_quadratic]
    assert "cluster IS NOT NULL" in str(join)


@pytest.mark.parametrize(
    "query",
    [
        "select * from a left join b on a.k = b.k and a.x is not null",
        "select * from a left join b on a.k = b.k and a.x in ('p', 'q')",
        "select * from a left join b on a.k = b.k and a.x = 'p'",
        "select * from a full join b on a.k = b.k and a.x is not null",
        "select * from a inner join b on a.k < b.k",
        "select * from a left join b on a.k < b.k",
        "select * from a inner join b on a.k between b.k - 1 and b.k + 1",
        "select * from a inner join b on a.k = b.k or a.x = b.x",
        "select * from a left join b on a.k = b.k or a.x = b.x",
        "select * from a cross join b",
        "select * from a inner join b on a.x = 'p' and b.x = 'p'",
        "select * from a inner join b on lower(a.x || b.x) = 'pq'",
        "select * from a asof join b on a.k >= b.k",
        "select * from a where exists (select 1 from b where b.k < a.k)",
        "select * from a where a.x = (select max(b.x) from b where b.k < a.k)",
        "select * from a inner join lateral (select * from b where b.k < a.k) on true",
        "select * from a cross join (select distinct k from b)",
        "select * from a cross join (select unnest(list(k)) from b)",
        "with c as materialized (select k + 1 as k from b) select * from a cross join c cross join c as d",
    ],
)
def test_a_join_that_compares_all_pairs_is_found(tables: duckdb.DuckDBPyConnection, query: str) -> None:
    assert any(join.is_quadratic for join in joins_of(plan_of(tables, query)))


@pytest.mark.parametrize(
    "query",
    [
        "select * from a inner join b on a.k = b.k",
        "select * from a left join b on a.k = b.k and a.x < b.x and b.x is not null",
        "select * from a full join b on a.k = b.k and a.x = b.x",
        "select * from a left join b on case when a.x is not null then a.k end = b.k",
        "select * from a where exists (select 1 from b where b.k = a.k)",
        "select * from a where a.k in (select k from b)",
        "select * from a cross join (select max(k) from b)",
        "select * from a where a.k > (select max(k) from b)",
        "select * from a cross join (select 1 as one union all select 2)",
        "with c as materialized (select 1 as one union all select 2) select * from a cross join c cross join c as d",
    ],
)
def test_equality_and_a_few_constants_are_let_through(tables: duckdb.DuckDBPyConnection, query: str) -> None:
    joins = joins_of(plan_of(tables, query))
    assert joins
    assert not any(join.is_quadratic for join in joins)
