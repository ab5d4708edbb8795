"""Dirty exports on BigQuery: what is found in them, and what is read of them, is what DuckDB finds and reads."""

import io
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest
from google.auth.credentials import AnonymousCredentials
from google.cloud import bigquery

from creative_approaches.adapters.dbt.project import CHECKED, DbtOptions, DbtProject, _Listener
from tests.support.bigquery.server import BigQueryServer
from tests.support.bigquery.workspace import make_bigquery_workspace
from tests.support.dirty_exports.catalogue import DIRTS, Case
from tests.support.dirty_exports.export import Export, Table
from tests.support.raw_tables import load_raw
from tests.support.workspace import Workspace, make_workspace

STAGING = ["--no-write-json", "run", "--select", "stg_raw__creative_daily_metrics"]
STAGED = "approaches_staging.stg_raw__creative_daily_metrics"
BY_NAME = {dirt.name: dirt for dirt in DIRTS}
Types = Mapping[str, tuple[str, str]]  # of columns, as DuckDB and BigQuery call them
TEXT = ("varchar", "STRING")
THOUSANDS = "spend as 1,234.50"


@dataclass(frozen=True)
class Loaded:
    """Exports as accounts of one pair of raw tables. All other columns are text.

    kinds : findings that there are.
    """

    name: str
    dirts: Sequence[str]
    kinds: set[str]
    metrics: Types
    creatives: Types
    vars: Mapping[str, Any]

    def exports(self) -> list[Export]:
        return [Case(seed, (BY_NAME[name],)).export() for seed, name in enumerate(self.dirts)]


IN_TEXT = Loaded(
    "text",
    dirts=(
        *("clean", "ids with U+200E", "ids with '.0'", "ids as 1.2021E+17, both sides", "ids that are None"),
        *(THOUSANDS, "impressions as 1.234", "no spend", "clicks of 9223372036854775807 (varchar)"),
        *("days as 09.03.2026", "midnight in text with an offset", "a day of '9999-12-31' in text"),
        *("hours in the day (varchar)", "loaded twice", "loaded twice, once with no campaigns"),
        *("a row for each gender", "micros without a word", "platforms in capitals"),
    ),
    kinds={
        *("contradicting_rows", "days_in_the_future", "days_with_a_zone", "ids_that_lost_digits", "implausible_costs"),
        *("not_a_day", "not_a_number", "repeated_rows", "rows_repeated_under_other_keys", "unattributed_spend"),
    },
    metrics={},
    creatives={"created_at": ("timestamp", "DATETIME"), "updated_at": ("timestamp", "DATETIME")},
    vars={},
)
IN_OTHER_TYPES = Loaded(
    "other types",
    dirts=(
        *("clean", "midnight in Europe/Berlin", "midnight in America/Los_Angeles", "a day of 1970-01-01", "no day"),
        *("ids of 17 digits in floats, both sides", "unknown ads", "loaded twice", "half of impressions"),
        *("spend of nan (double)", "spend of inf (double)", "spend of 1e29 (double)", "impressions of 1e300 (double)"),
    ),
    kinds={
        *("days_before_2000", "ids_that_lost_digits", "not_a_day", "not_a_number"),
        *("repeated_rows", "unattributed_spend"),
    },
    metrics={
        "date_day": ("timestamptz", "TIMESTAMP"),
        "account_id": ("decimal(38, 9)", "NUMERIC"),
        "creative_id": ("double", "FLOAT64"),
        "impressions": ("double", "FLOAT64"),
        "clicks": ("decimal(38, 9)", "NUMERIC"),
        "spend": ("double", "FLOAT64"),
        "conversions": ("bigint", "INT64"),
    },
    creatives={
        "account_id": ("bigint", "INT64"),
        "creative_id": ("double", "FLOAT64"),
        "created_at": ("timestamptz", "TIMESTAMP"),
        "updated_at": ("timestamptz", "TIMESTAMP"),
    },
    vars={"day_time_zone": "Europe/Berlin"},
)


@dataclass(frozen=True)
class Engines:
    """The same raw tables in both warehouses, and the project on each."""

    on_duckdb: Workspace
    on_bigquery: Workspace
    client: bigquery.Client
    projects: tuple[DbtProject, DbtProject]

    def load(self, loaded: Loaded) -> list[Export]:
        exports = loaded.exports()
        for name, types in (("creatives", loaded.creatives), ("metrics", loaded.metrics)):
            tables: list[Table] = [getattr(export, name) for export in exports]
            columns = list(dict.fromkeys(column for table in tables for column in table.types))
            rows = [row for table in tables for row in table.rows]
            both = {column: types.get(column, TEXT) for column in columns}
            table = Table({column: type_ for column, (type_, _) in both.items()}, rows)
            relation = {"creatives": "warehouse.creatives", "metrics": "warehouse.creative_daily_metrics"}[name]
            self._load(table, relation, [bigquery.SchemaField(column, type_) for column, (_, type_) in both.items()])
        return exports

    def _load(self, table: Table, relation: str, schema: list[bigquery.SchemaField]) -> None:
        file = io.BytesIO()
        with duckdb.connect(str(self.on_duckdb.database)) as connection:
            connection.execute("set TimeZone = 'UTC'")
            table.load(connection, relation)
            pq.write_table(connection.execute(f"from {relation}").to_arrow_table(), file)
        file.seek(0)
        self.client.delete_table(relation, not_found_ok=True)
        config = bigquery.LoadJobConfig(schema=schema, source_format="PARQUET")
        self.client.load_table_from_file(file, f"{self.client.project}.{relation}", job_config=config).result()

    def read(self, variables: Mapping[str, Any]) -> list[dict[str, Any]]:
        """What the check says in each warehouse, after which staging is made."""
        said = []
        for project in self.projects:
            project.options = replace(project.options, vars=dict(variables))
            said.append(project.check_raw())
            project._run("run", STAGING, _Listener(lambda text: None))
        return said

    def query(self, sql: str) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
        """What a select gives in each of them, in an order."""
        on_bigquery = [tuple(row.values()) for row in self.client.query_and_wait(sql)]
        return sorted(self.on_duckdb.query(sql), key=str), sorted(on_bigquery, key=str)


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory, server: BigQueryServer) -> Iterator[Engines]:
    folder = tmp_path_factory.mktemp("dirty exports")
    client = bigquery.Client(server.project, AnonymousCredentials(), client_options={"api_endpoint": server.rest})
    client.create_dataset("warehouse")
    workspaces = make_workspace(folder / "on DuckDB"), make_bigquery_workspace(folder / "on BigQuery", server)
    load_raw(workspaces[0], [], [])
    workspaces[1].set_vars(demo_data=False, raw_schema="warehouse")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(CHECKED, "true")  # what stops a run is read all the same
        projects = [DbtProject(DbtOptions(workspace.directory, workspace.directory)) for workspace in workspaces]
        yield Engines(*workspaces, client, (projects[0], projects[1]))


@dataclass(frozen=True)
class Found:
    """What the check says in each warehouse. Staging was made after it."""

    loaded: Loaded
    exports: list[Export]
    on_duckdb: dict[str, Any]
    on_bigquery: dict[str, Any]


@pytest.fixture(scope="module", params=[IN_TEXT, IN_OTHER_TYPES], ids=lambda loaded: loaded.name)
def found(request: pytest.FixtureRequest, engines: Engines) -> Found:
    exports = engines.load(request.param)
    return Found(request.param, exports, *engines.read(request.param.vars))


def in_order(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Rows of a check, without the cast that it writes out in the warehouse's own SQL, which has a test of its own."""
    return sorted(re.sub(r"cast\(.*? as (?=\w+\")", "", json.dumps(row, sort_keys=True)) for row in rows)


def test_findings_are_those_of_duckdb(found: Found) -> None:
    assert in_order(found.on_bigquery["findings"]) == in_order(found.on_duckdb["findings"])
    assert {finding["kind"] for finding in found.on_bigquery["findings"]} >= found.loaded.kinds


def test_what_was_read_is_that_of_duckdb(engines: Engines, found: Found) -> None:
    assert in_order(found.on_bigquery["accounts"]) == in_order(found.on_duckdb["accounts"])
    assert len(found.on_bigquery["accounts"]) > len(found.exports)
    assert (found.on_bigquery["scope"]["since"], found.on_duckdb["scope"]["since"]) == (None, None)
    expected, staged = engines.query(
        "select date_day, platform, account_id, campaign_id, creative_id, currency_code, "
        f"impressions, clicks, spend, conversions, conversions_value from {STAGED}"
    )
    assert staged == expected


@pytest.mark.parametrize("found", [IN_TEXT], indirect=True)
def test_the_cast_that_is_written_out_makes_the_numbers(engines: Engines, found: Found) -> None:
    (export,) = [one for one, dirt in zip(found.exports, found.loaded.dirts, strict=True) if dirt == THOUSANDS]
    spend: dict[str, Decimal] = defaultdict(Decimal)
    for row, fact in zip(export.metrics.rows, export.facts, strict=True):
        spend[str(row["account_id"])] += fact.numbers["spend"]
    casts = {
        finding["account_id"]: finding["setting"].removeprefix("raw_metrics_table: a view with ")
        for finding in found.on_bigquery["findings"]
        if finding["kind"] == "not_a_number" and finding["account_id"] in spend
    }
    assert casts
    for account, cast in casts.items():
        view = f"select {cast} from warehouse.creative_daily_metrics where account_id = '{account}'"
        ((total,),) = engines.client.query_and_wait(f"select sum(spend) from ({view}) as view_of_it")
        assert total == spend[account]
