"""Job tables of every version become those of this one, in place, on a local BigQuery server."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pytest
from google.auth.credentials import AnonymousCredentials
from google.cloud import bigquery

from creative_approaches.adapters.warehouses.bigquery.staging import to_parquet
from creative_approaches.tables import JOB_TABLES
from tests.support.bigquery.server import BigQueryServer, FaultyWire, Request
from tests.support.bigquery.workspace import profile_output
from tests.support.earlier_tables import STATES, EarlierTable, read_state
from tests.support.table_project import NOTES, OTHERS, MigrationError, TableProject

JOBS: Final = "approaches_jobs"
ALTERS_IN_TEN_SECONDS: Final = 5  # of one table: https://cloud.google.com/bigquery/quotas#standard_tables
VECTORS: Final = {"vector": "array<float64>"}
SMALL: Final = 20  # rows of a table, where a test is not about the rows


class Dataset:
    """The dataset of job tables on the server, and the dbt project that migrates them over a wire that is watched."""

    def __init__(self, server: BigQueryServer, wire: FaultyWire, project: TableProject) -> None:
        self.wire = wire
        self.project = project
        self.name = f"{server.project}.{JOBS}"
        self.client = bigquery.Client(
            server.project, AnonymousCredentials(), client_options={"api_endpoint": server.rest}
        )

    def clear(self) -> None:
        self.client.delete_dataset(self.name, delete_contents=True, not_found_ok=True)
        self.wire.reset()

    def fill(self, earlier: list[EarlierTable], rows: int | None = None) -> None:
        self.client.create_dataset(self.name)
        for table in earlier:
            columns = ", ".join(f"{name} {VECTORS.get(word, word)}" for name, word in table.columns.items())
            partition = f"partition by {table.layout['partition_by']}" if "partition_by" in table.layout else ""
            cluster = f"cluster by {', '.join(table.layout['cluster_by'])}" if "cluster_by" in table.layout else ""
            relation = f"{self.name}.{table.name}"
            self.client.query(f"create table `{relation}` ({columns}) {partition} {cluster}").result()
            made = self.client.get_table(relation)
            config = bigquery.LoadJobConfig(source_format="PARQUET", schema=made.schema)
            config.parquet_options = bigquery.ParquetOptions()
            config.parquet_options.enable_list_inference = True
            content = BytesIO(to_parquet(table.rows.slice(0, rows)))
            self.client.load_table_from_file(content, made.reference, job_config=config).result()
        self.wire.reset()

    def run(self, *statements: str) -> None:
        """Send statements to a new dataset."""
        self.clear()
        self.client.create_dataset(self.name)
        for statement in statements:
            self.client.query(statement).result()
        self.wire.reset()

    def columns(self) -> dict[str, dict[str, str]]:
        tables = self.client.list_tables(self.name)
        return {
            table.table_id: {
                field.name: f"{field.mode} {field.field_type}" for field in self.client.get_table(table).schema
            }
            for table in tables
        }

    def rows(self, table: str, columns: list[str]) -> list[str]:
        """Rows in a fixed order, as they can be compared with those that were loaded."""
        found = self.client.list_rows(self.client.get_table(f"{self.name}.{table}"))
        return comparable(found.to_arrow(create_bqstorage_client=False), columns)

    def contents(self) -> dict[str, list[str]]:
        return {table: self.rows(table, sorted(columns)) for table, columns in self.columns().items()}


def comparable(rows: pa.Table, columns: list[str]) -> list[str]:
    plain = pa.schema(
        [pa.field(f.name, pa.timestamp("us") if pa.types.is_timestamp(f.type) else f.type) for f in rows.schema]
    )
    return sorted(map(repr, rows.cast(plain).select(columns).to_pylist()))


def queries(request: Request) -> bool:
    return request.job_type == "query"


@pytest.fixture(scope="module")
def wire(server: BigQueryServer) -> Iterator[FaultyWire]:
    with FaultyWire(server) as wire:
        yield wire


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, server: BigQueryServer, wire: FaultyWire) -> TableProject:
    return TableProject(tmp_path_factory.mktemp("migrated"), profile_output(server, api_endpoint=wire.rest))


@pytest.fixture
def dataset(server: BigQueryServer, wire: FaultyWire, project: TableProject) -> Dataset:
    dataset = Dataset(server, wire, project)
    dataset.clear()
    return dataset


@pytest.mark.parametrize("commit", STATES)
def test_an_earlier_state_gets_the_columns_of_new_tables_and_keeps_its_rows(dataset: Dataset, commit: str) -> None:
    dataset.project.migrate()
    expected = dataset.columns()
    dataset.clear()
    earlier = read_state(commit)
    dataset.fill(earlier)
    assert len(dataset.project.migrate()) == 1
    assert dataset.columns() == expected
    for table in earlier:
        kept = [column for column in table.columns if column in expected[table.name]]
        assert dataset.rows(table.name, kept) == comparable(table.rows, kept), table.name
    assert dataset.project.migrate() == []


def test_tables_that_are_new_beside_older_ones_hold_what_those_jobs_would_have_written(dataset: Dataset) -> None:
    dataset.fill(read_state("2ee7f9c"))
    dataset.project.migrate()
    written = {table.name: table for table in read_state("aefa3b9")}
    for name in ("approach_members", "approach_name_members", "cluster_runs"):
        kept = [column for column in written[name].columns if column != "input_hash"]
        assert dataset.rows(name, kept) == comparable(written[name].rows, kept)


def test_current_tables_cost_one_query(dataset: Dataset) -> None:
    """And no request for each table."""
    dataset.project.migrate()
    dataset.wire.reset()
    assert dataset.project.migrate() == []
    asked = [request for request in dataset.wire.requests if queries(request)]
    assert len(asked) == 1
    assert "INFORMATION_SCHEMA" not in (asked[0].sql or "")
    named = [request.path for request in dataset.wire.requests if "/tables/" in request.path]
    assert not any(f"/tables/{table}" in path for table in JOB_TABLES for path in named)


def test_no_table_is_altered_more_often_than_bigquery_takes(dataset: Dataset) -> None:
    dataset.fill(read_state("2ee7f9c"), SMALL)
    dataset.project.migrate()
    altered = [re.search(r"alter table (\S+)", request.sql or "") for request in dataset.wire.requests]
    times = Counter(match[1] for match in altered if match)
    assert len(times) == 8
    assert max(times.values()) <= ALTERS_IN_TEN_SECONDS


OLD_NOTES: Final = (
    f"create table `{JOBS}`.`notes` (id string, text string, points int64, day_text string)",
    f"insert into `{JOBS}`.`notes` values ('a', 'hello', 1, '2026-01-05'), ('b', null, null, null)",
    f"create table `{JOBS}`.`others` (id string, length int64)",
    f"insert into `{JOBS}`.`others` values ('a', 5)",
)


def test_columns_are_renamed_widened_made_from_others_and_dropped_also_after_a_stop(
    tmp_path: Path, server: BigQueryServer, wire: FaultyWire
) -> None:
    dataset = Dataset(
        server, wire, TableProject(tmp_path, profile_output(server, api_endpoint=wire.rest), [NOTES, OTHERS])
    )
    dataset.run(*OLD_NOTES)
    statements = dataset.project.statements()
    for done in range(0, len(statements), 3):  # every one of them is tried in a DuckDB file, which is quicker
        dataset.run(*OLD_NOTES, *statements[:done])
        assert len(dataset.project.migrate()) == 1
        assert dataset.columns()["notes"] == {
            "id": "NULLABLE STRING",
            "note": "NULLABLE STRING",
            "points": "NULLABLE FLOAT",
            "day": "NULLABLE DATE",
            "length": "NULLABLE INTEGER",
        }
        assert dataset.rows("notes", ["id", "note", "points", "day", "length"]) == [
            repr({"id": "a", "note": "hello", "points": 1.0, "day": date(2026, 1, 5), "length": 5}),
            repr({"id": "b", "note": None, "points": None, "day": None, "length": None}),
        ]
    assert dataset.project.migrate() == []


def test_two_that_migrate_at_once_both_end_and_do_it_once(dataset: Dataset) -> None:
    """The second has planned before the first began."""
    dataset.fill(read_state("2ee7f9c"), SMALL)
    planned_by_both = dataset.project.statements()
    dataset.project.migrate()
    expected = dataset.contents()
    for statement in planned_by_both:
        dataset.client.query(statement).result()
    assert dataset.contents() == expected
    assert dataset.project.migrate() == []


def test_a_table_of_a_newer_version_is_refused_by_name(dataset: Dataset) -> None:
    dataset.project.migrate()
    dataset.client.query(f"update `{JOBS}`.`table_versions` set version = 9 where table_name = 'clusters'").result()
    before = dataset.contents()
    with pytest.raises(MigrationError, match=r"approaches_jobs\.clusters has schema version 9, and this .* knows 1 at"):
        dataset.project.migrate()
    assert dataset.contents() == before


def test_a_table_that_no_version_wrote_is_refused_with_its_columns(dataset: Dataset) -> None:
    earlier = {table.name: table for table in read_state("57104df")}
    dataset.fill([earlier["job_runs"], earlier["clusters"]], SMALL)
    dataset.client.query(f"alter table `{JOBS}`.`job_runs` add column remark string").result()
    before: Any = dataset.columns()
    with pytest.raises(MigrationError, match=r"approaches_jobs\.job_runs is none that .*: column 'remark' is unknown"):
        dataset.project.migrate()
    assert dataset.columns() == before
