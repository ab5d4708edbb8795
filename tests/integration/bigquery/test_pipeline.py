"""The whole way on BigQuery: the same marts as on DuckDB, and runs that read only what may have changed."""

import json
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from dbt.cli.main import dbtRunner
from google.auth.credentials import AnonymousCredentials
from google.cloud import bigquery

from creative_approaches.adapters.dbt.project import CHECKED, DbtOptions, DbtProject
from creative_approaches.core.raw_check import RawCheck
from creative_approaches.tables import JOB_TABLES
from tests.support.bigquery.server import BigQueryServer, Call, FaultyWire, Request
from tests.support.bigquery.workspace import make_bigquery_workspace
from tests.support.paths import MARTS
from tests.support.raw_tables import CREATIVE, METRICS
from tests.support.workspace import SECOND_READINGS, TIMES_OF_RUN, Workspace

# dbt's own, such as one of a contract's type, but not those of data tests.
WARNINGS_ARE_ERRORS = {"DBT_WARN_ERROR_OPTIONS": '{"error": "all", "warn": ["LogTestResult"]}'}


@pytest.fixture(scope="module")
def client(server: BigQueryServer) -> bigquery.Client:
    return bigquery.Client(server.project, AnonymousCredentials(), client_options={"api_endpoint": server.rest})


@pytest.fixture(scope="module")
def bigquery_demo(tmp_path_factory: pytest.TempPathFactory, server: BigQueryServer) -> Workspace:
    """The demo after one whole run, in which dbt may warn of nothing but the data."""
    workspace = make_bigquery_workspace(tmp_path_factory.mktemp("demo on BigQuery") / "a project", server)
    workspace = replace(workspace, environment={**workspace.environment, **WARNINGS_ARE_ERRORS})
    finished = workspace.approaches("run", "--target", "bigquery", **SECOND_READINGS)
    assert finished.returncode == 0, finished.stderr
    return workspace


def comparable(value: Any) -> Any:
    return value.replace(tzinfo=None) if isinstance(value, datetime) else value


def is_same(left: Any, right: Any) -> bool:
    """Floats to 1e-9, everything else exactly. BigQuery keeps no null array: it is an empty one."""
    if left is None and right == []:
        return True
    if isinstance(left, float) and isinstance(right, float):
        return math.isclose(left, right, rel_tol=1e-9, abs_tol=1e-9)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(is_same, left, right))
    return bool(left == right)


def in_order(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """By all that is exact in a row: engines may differ in the last digit of a float."""
    exact = [name for name in (rows[0] if rows else {}) if not any(isinstance(row[name], float | list) for row in rows)]
    return sorted(rows, key=lambda row: [(row[name] is None, str(row[name])) for name in exact])


def rows_of(client: bigquery.Client, table: str) -> list[dict[str, Any]]:
    found = client.get_table(table)
    is_view = found.table_type == "VIEW"
    rows = client.query(f"select * from `{table}`").result() if is_view else client.list_rows(found)
    return [{name: comparable(value) for name, value in row.items()} for row in rows]


def assert_same_rows(client: bigquery.Client, demo: Workspace) -> None:
    tables = demo.query(
        "select table_schema, table_name, list(column_name order by ordinal_position) from information_schema.columns "
        "where table_schema in ('approaches_marts', 'approaches_jobs') and table_name <> 'job_runs' group by all"
    )
    assert len(tables) == len(MARTS) + len(JOB_TABLES)  # without job_runs, and with table_versions
    for schema, table, columns in tables:
        found = demo.query(f"select * from {schema}.{table}")
        expected = in_order([dict(zip(columns, map(comparable, row), strict=True)) for row in found])
        actual = in_order(rows_of(client, f"{schema}.{table}"))
        assert len(actual) == len(expected), table
        # The demo's videos are invented, its texts are not embedded, and its annotator sees no pictures.
        empty = ("creative_embeddings", "embedding_faults", "video_keyframes", "reading_copies")
        assert expected or table in empty, table
        assert all(list(row) == columns for row in actual[:1])
        different = [
            (table, name, row[name], other[name])
            for row, other in zip(expected, actual, strict=True)
            for name in columns
            if name not in TIMES_OF_RUN and not is_same(row[name], other[name])
        ]
        assert different == []


def test_a_run_gives_the_marts_of_duckdb_row_for_row(
    demo: Workspace, bigquery_demo: Workspace, client: bigquery.Client
) -> None:
    assert_same_rows(client, demo)


@pytest.fixture(scope="module")
def second_run(bigquery_demo: Workspace) -> str:
    """What a second whole run says."""
    finished = bigquery_demo.approaches("run", "--target", "bigquery")
    assert finished.returncode == 0, finished.stderr
    return finished.stderr


def test_a_second_run_gives_the_same_rows(demo: Workspace, second_run: str, client: bigquery.Client) -> None:
    ((contents,),) = demo.query("select count(*) from approaches_jobs.creative_annotations")
    assert f"0 of {contents} contents were new" in second_run
    assert_same_rows(client, demo)


def test_the_summary_is_that_of_duckdb(demo: Workspace, bigquery_demo: Workspace) -> None:
    def cohorts(workspace: Workspace, *options: str) -> str:
        finished = workspace.approaches("summary", *options)
        assert finished.returncode == 0, finished.stderr
        return finished.stdout.split("\nData: ")[0]

    assert cohorts(bigquery_demo, "--target", "bigquery") == cohorts(demo)


@pytest.mark.parametrize(
    ("table", "field"),
    [
        ("approaches_staging.stg_raw__creative_daily_metrics", "date_day"),
        ("approaches_intermediate.int_activity__by_period", "period_start"),
        ("approaches_intermediate.int_cohorts__members", "period_start"),
        ("approaches_marts.fct_approach_members", "period_start"),
        ("approaches_jobs.cluster_assignments", "period_start"),
    ],
)
def test_a_big_table_is_partitioned_by_its_date(
    bigquery_demo: Workspace, client: bigquery.Client, table: str, field: str
) -> None:
    partitioning = client.get_table(table).time_partitioning
    assert (partitioning.type_, partitioning.field) == ("DAY", field)


OWN_DATA = {
    "demo_data": False,
    "raw_database": "warehouse",
    "raw_schema": "ads",
    "raw_creatives_table": "ad_texts",
    "raw_metrics_table": "ad_days",
    "metrics_lookback_days": 7,
}
WHAT_THE_JOBS_READ = ("--select", "+int_activity__by_period")
FINDINGS = ("--select", "int_raw__findings")
TYPES = {
    "date_day": "DATE",
    "impressions": "INT64",
    "clicks": "INT64",
    "spend": "NUMERIC",
    "conversions": "NUMERIC",
    "conversions_value": "NUMERIC",
    "reach": "INT64",
    "created_at": "TIMESTAMP",
    "updated_at": "TIMESTAMP",
}


@dataclass(frozen=True)
class Ads:
    """Raw tables in a project, dataset and tables of other names, and a target that reads them over a wire."""

    workspace: Workspace
    client: bigquery.Client
    wire: FaultyWire

    def spend(self, *days: tuple[str, int], table: str = "ad_days") -> None:
        """The raw metrics become these: a row per day, with its spend."""
        self._make(table, [{**METRICS, "creative_id": "1", "date_day": day, "spend": spend} for day, spend in days])

    def creatives(self, *headlines: str) -> None:
        rows = [{**CREATIVE, "creative_id": str(n), "headline": text} for n, text in enumerate(headlines, start=1)]
        self._make("ad_texts", rows)

    def run(self, *arguments: str, **variables: Any) -> list[str]:
        """Make what the jobs read. Returns the statements that read the raw metrics."""
        return self._invoke("run", *arguments, **variables)

    def build(self, *arguments: str, **variables: Any) -> list[str]:
        """The same, with the tests of it."""
        tested = ("build", "--indirect-selection", "cautious", "--exclude-resource-type", "unit_test")
        return self._invoke(*tested, *arguments, **variables)

    def options(self, **variables: Any) -> list[str]:
        """What is made of which settings. Each settings have a target path, whose parse serves all commands."""
        directory = str(self.workspace.directory)
        where = ["--project-dir", directory, "--profiles-dir", directory, "--target-path", f"target {variables}"]
        return [*WHAT_THE_JOBS_READ, "--no-write-json", *where, "--vars", json.dumps(variables)]

    def _invoke(self, command: str, *arguments: str, **variables: Any) -> list[str]:
        self.wire.reset()
        # In this process: another one would spend most of its time on importing dbt.
        result = dbtRunner().invoke(["--quiet", command, *arguments, *self.options(**variables)])
        assert result.success, result.exception or [node.message for node in result.result if node.message]
        return [request.sql for request in self.wire.requests if request.sql and "`ads`.`ad_days" in request.sql]

    def staged(self) -> list[tuple[str, int]]:
        rows = rows_of(self.client, "own_staging.stg_raw__creative_daily_metrics")
        return sorted((str(row["date_day"]), int(row["spend"])) for row in rows)

    def activity(self) -> list[tuple[str, str, int]]:
        rows = rows_of(self.client, "own_intermediate.int_activity__by_period")
        return sorted((row["cohort_id"], str(row["period_start"]), int(row["spend"])) for row in rows)

    def _make(self, table: str, rows: list[dict[str, Any]]) -> None:
        name = f"warehouse.ads.{table}"
        self.client.delete_table(name, not_found_ok=True)
        self.client.create_table(
            bigquery.Table(name, [bigquery.SchemaField(column, TYPES.get(column, "STRING")) for column in rows[0]])
        )
        for row in rows:
            values = ", ".join(f"CAST({_literal(value)} AS {TYPES.get(name, 'STRING')})" for name, value in row.items())
            self.client.query(f"INSERT INTO {name} ({', '.join(row)}) VALUES ({values})").result()


def _literal(value: Any) -> str:
    return "NULL" if value is None else f"'{value}'"


@pytest.fixture(scope="module")
def ads(tmp_path_factory: pytest.TempPathFactory, server: BigQueryServer, client: bigquery.Client) -> Iterator[Ads]:
    client.create_dataset("warehouse.ads")
    with FaultyWire(server) as wire:
        directory = tmp_path_factory.mktemp("ads") / "a project"
        workspace = make_bigquery_workspace(directory, server, api_endpoint=wire.rest, dataset="own")
        workspace.set_vars(**OWN_DATA)
        ads = Ads(workspace, client, wire)
        ads.creatives("Save 20%")
        yield ads


def test_a_later_run_replaces_whole_periods_and_reads_no_older_day(ads: Ads) -> None:
    """A day that changed late, one that vanished and a new one are taken over; an older change waits."""
    ads.spend(("2026-01-06", 1), ("2026-01-20", 2), ("2026-01-22", 4), ("2026-01-30", 8))
    ads.run("--full-refresh", *FINDINGS)
    ads.spend(("2026-01-06", 100), ("2026-01-20", 20), ("2026-01-30", 8), ("2026-02-02", 16))
    statements = ads.build(*FINDINGS)
    assert ads.staged() == [("2026-01-06", 1), ("2026-01-20", 20), ("2026-01-30", 8), ("2026-02-02", 16)]
    assert ads.activity() == [
        ("a", "2026-01-05", 1),
        ("a", "2026-01-19", 20),
        ("a", "2026-01-26", 8),
        ("a", "2026-02-02", 16),
    ]
    assert len(statements) == 4  # the check of what is read, the two models that read it, and the test of its spend
    bounded = "`date_day` >= date '2026-01-19'"
    assert [statement for statement in statements if bounded not in statement] == []
    ads.run("--full-refresh")
    assert ads.staged()[0] == ("2026-01-06", 100)


def test_what_is_read_is_checked_before_however_old_it_is(ads: Ads) -> None:
    """A day that a run does not read stops none. A run with --full-refresh or another setting reads all."""
    ads.spend(("2026-01-06", 1), ("2026-01-30", 8))
    ads.run("--full-refresh")
    ads.spend(("2026-01-06", 1), ("2026-01-06", 2), ("2026-01-30", 8))
    directory = ads.workspace.directory
    project = DbtProject(DbtOptions(directory, directory))

    def stop_and_scope(full_refresh: bool = False, **variables: Any) -> tuple[str | None, str | None]:
        project.options = replace(project.options, vars=variables)
        found = RawCheck.of(project.check_raw(full_refresh))
        return found.stop and found.stop.split()[0], found.since

    assert stop_and_scope() == (None, "2026-01-19")
    assert stop_and_scope(full_refresh=True) == ("contradicting_rows", None)
    assert stop_and_scope(raw_currency="EUR") == ("contradicting_rows", None)
    with pytest.raises(AssertionError, match="See all: approaches check --full-refresh"):
        ads.run("--full-refresh")


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Builds do not check the raw tables themselves, as those of a run do not, which has just checked."""
    monkeypatch.setenv(CHECKED, "true")


@pytest.mark.usefixtures("checked")
def test_a_changed_setting_builds_anew_what_it_shapes(ads: Ads) -> None:
    ads.spend(("2026-01-06", 1), ("2026-01-30", 8))
    ads.run("--full-refresh")
    ads.build(cohort_columns=["platform"])
    assert ads.activity() == [("facebook_ads", "2026-01-05", 1), ("facebook_ads", "2026-01-26", 8)]
    ads.spend(("2026-01-07", 3), table="ad_days_2")
    ads.build(raw_metrics_table="ad_days_2")
    assert ads.staged() == [("2026-01-07", 3)]
    assert ads.activity() == [("a", "2026-01-05", 3)]


@pytest.mark.usefixtures("checked")
def test_a_run_that_was_killed_before_it_noted_its_settings_is_repeated(ads: Ads, tmp_path: Path) -> None:
    def is_of_activity(request: Request) -> bool:
        table = r"create or replace table `test`\.`own_intermediate`\.`int_activity__by_period`\s"
        return re.search(table, request.sql or "") is not None

    ads.spend(("2026-01-06", 1), ("2026-01-30", 8))
    ads.run("--full-refresh")
    ads.wire.reset()
    dbt = ads.workspace.start_dbt(tmp_path, "run", *ads.options(cohort_columns=["platform"]))
    ads.wire.on(is_of_activity, Call(dbt.kill, after_work=True))
    dbt.join(120)
    assert dbt.exitcode == -9, (tmp_path / "stdout").read_text()
    assert {cohort for cohort, _, _ in ads.activity()} == {"facebook_ads"}
    ads.build()
    assert {cohort for cohort, _, _ in ads.activity()} == {"a"}


@pytest.mark.usefixtures("checked")
def test_a_day_in_the_future_does_not_close_the_days_before_it(ads: Ads) -> None:
    yesterday = str(date.today() - timedelta(days=1))
    ads.spend((yesterday, 1), ("2099-01-05", 1))
    ads.run("--full-refresh")
    ads.spend((yesterday, 5), ("2099-01-05", 1))
    ads.build()
    assert ads.staged() == [(yesterday, 5)]
