"""The BigQuery adapter over the wire: the same behaviour as DuckDB's, and what BigQuery's users rely on."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from creative_approaches.adapters.dbt.project import DbtOptions, DbtProject
from creative_approaches.adapters.warehouses.bigquery.warehouse import STORAGE_ENDPOINT
from creative_approaches.adapters.warehouses.open import open_warehouse
from creative_approaches.adapters.warehouses.port import Change, Warehouse
from creative_approaches.tables import CLUSTER_ASSIGNMENTS, CLUSTER_RUNS, CREATIVE_EMBEDDINGS
from tests.support.bigquery.server import BigQueryServer, Call, FaultyWire, Hangup, Refusal, Request
from tests.support.bigquery.workspace import make_bigquery_workspace
from tests.support.killed_writes import start_write
from tests.support.warehouse_behaviour import WarehouseBehaviour, assignment, assignments
from tests.support.workspace import Workspace

BYTES_BILLED = 10**12


@pytest.fixture(scope="module")
def wire(server: BigQueryServer) -> Iterator[FaultyWire]:
    with FaultyWire(server) as wire:
        yield wire


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory, server: BigQueryServer, wire: FaultyWire) -> Workspace:
    directory = tmp_path_factory.mktemp("warehouse") / "a project"
    workspace = make_bigquery_workspace(
        directory, server, api_endpoint=wire.rest, location="EU", maximum_bytes_billed=BYTES_BILLED
    )
    finished = workspace.dbt("build", "--select", "+stg_seeds__creative_traits")  # the hooks create the job tables
    assert finished.returncode == 0, finished.stdout
    return workspace


@pytest.fixture(scope="module")
def warehouse(workspace: Workspace) -> Iterator[Warehouse]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(STORAGE_ENDPOINT, workspace.environment[STORAGE_ENDPOINT])
        yield open_warehouse(DbtProject(DbtOptions(workspace.directory)))


@pytest.fixture(autouse=True)
def _forget_requests(wire: FaultyWire) -> None:
    wire.requests.clear()


def loads(request: Request) -> bool:
    return request.job_type == "load"


def merges(request: Request) -> bool:
    return request.job_type == "query" and "MERGE" in (request.sql or "")


def creates_staging(request: Request) -> bool:
    return request.method == "POST" and request.path.split("?")[0].endswith("/tables")


def deletes_staging(request: Request) -> bool:
    return request.method == "DELETE"


def cluster_rows(key: str, clusters: int) -> tuple[Change, Change]:
    """A cohort and period, clustered: two tables that change together."""
    rows = assignments(assignment("a", 5, key))
    replaced = rows.select(["cohort_id", "period_start"])
    run = dict.fromkeys(CLUSTER_RUNS.columns) | {"clusters": clusters} | replaced.to_pylist()[0]
    return Change(CLUSTER_ASSIGNMENTS, rows, replaced), Change(CLUSTER_RUNS, CLUSTER_RUNS.rows([run]), replaced)


class TestBigQueryWarehouse(WarehouseBehaviour):
    def test_many_vectors_go_in_one_load_and_one_statement(self, warehouse: Warehouse, wire: FaultyWire) -> None:
        vectors = np.random.default_rng(0).normal(
            size=(2_000, 768)
        )  # more than one request may hold: it goes in pieces
        rows = pa.table(
            {
                "text_hash": [f"{number:05}" for number in range(len(vectors))],
                "model": pa.repeat("m", len(vectors)),
                "backend": pa.repeat("b", len(vectors)),
                "dimensions": pa.repeat(768, len(vectors)),
                "embedding": pa.FixedSizeListArray.from_arrays(pa.array(vectors.ravel()), 768),
            }
        )
        assert warehouse.write(Change.of_keys(CREATIVE_EMBEDDINGS, rows)) == len(vectors)
        assert [request.job_type for request in wire.requests if request.job_type] == ["load", "query"]
        found = warehouse.read(CREATIVE_EMBEDDINGS)["embedding"].combine_chunks().flatten().to_numpy()
        assert np.array_equal(found.reshape(vectors.shape), vectors)

    def test_rows_are_read_by_rest_where_there_is_no_storage_api(
        self, warehouse: Warehouse, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        warehouse.write(*cluster_rows("x", 1))
        expected = warehouse.read(CLUSTER_ASSIGNMENTS)
        monkeypatch.delenv(STORAGE_ENDPOINT)
        assert open_warehouse(DbtProject(DbtOptions(workspace.directory))).read(CLUSTER_ASSIGNMENTS).equals(expected)

    def test_jobs_carry_labels_the_location_of_their_tables_and_the_limit_of_the_profile(
        self, warehouse: Warehouse, wire: FaultyWire
    ) -> None:
        warehouse.write(*cluster_rows("x", 1))
        jobs = [request for request in wire.requests if request.job_type]
        assert [(job.labels["table"], job.labels["step"]) for job in jobs] == [
            ("cluster_assignments", "load"),
            ("cluster_runs", "load"),
            ("cluster_assignments-cluster_runs", "merge"),
        ]
        assert {job.labels["application"] for job in jobs} == {"creative_approaches"}
        assert {job.job["jobReference"]["location"] for job in jobs} == {"EU"}
        query = jobs[-1].job["configuration"]["query"]
        assert query["maximumBytesBilled"] == str(BYTES_BILLED)

    def test_a_load_names_its_types_and_infers_lists_into_a_table_that_expires(
        self, warehouse: Warehouse, wire: FaultyWire
    ) -> None:
        row = {"text_hash": "h", "model": "m", "backend": "b", "dimensions": 2, "embedding": [0.6, 0.8]}
        warehouse.write(Change.of_keys(CREATIVE_EMBEDDINGS, CREATIVE_EMBEDDINGS.rows([row])))
        (created,) = [request.json for request in wire.requests if creates_staging(request)]
        (load,) = [request.job["configuration"]["load"] for request in wire.requests if loads(request)]
        assert created["tableReference"] == load["destinationTable"]
        life = datetime.fromtimestamp(int(created["expirationTime"]) / 1000, UTC) - datetime.now(UTC)
        assert timedelta(hours=1) < life < timedelta(days=2)
        assert load["parquetOptions"] == {"enableListInference": True}
        assert load["writeDisposition"] == "WRITE_EMPTY"
        assert [(f["name"], f["type"], f["mode"]) for f in load["schema"]["fields"]] == [
            ("text_hash", "STRING", "NULLABLE"),
            ("model", "STRING", "NULLABLE"),
            ("backend", "STRING", "NULLABLE"),
            ("dimensions", "INT64", "NULLABLE"),
            ("embedding", "FLOAT64", "REPEATED"),
            ("is_gone", "BOOL", "NULLABLE"),
        ]

    def test_a_write_leaves_no_staging_table_behind(self, warehouse: Warehouse, wire: FaultyWire) -> None:
        warehouse.write(*cluster_rows("x", 1))
        created = [request.json["tableReference"]["tableId"] for request in wire.requests if creates_staging(request)]
        deleted = [
            request.path.split("?")[0].rsplit("/", 1)[1] for request in wire.requests if deletes_staging(request)
        ]
        assert len(set(created)) == 2
        assert deleted == created

    def test_a_statement_reads_only_between_the_values_that_it_replaces(
        self, warehouse: Warehouse, wire: FaultyWire
    ) -> None:
        rows = assignments(assignment("a", 5, "x"), assignment("b", 12, "y"))
        warehouse.write(Change.of_keys(CLUSTER_ASSIGNMENTS, rows))
        (merge,) = [request.sql for request in wire.requests if merges(request)]
        assert merge is not None
        assert "old.`period_start` BETWEEN DATE '2026-01-05' AND DATE '2026-01-12'" in merge
        assert 'old.`cohort_id` BETWEEN "a" AND "b"' in merge

    @pytest.mark.parametrize("request_of", [creates_staging, loads, merges, deletes_staging])
    @pytest.mark.parametrize("after_work", [False, True], ids=["never heard of", "done, its answer lost"])
    def test_a_lost_request_is_sent_again_and_nothing_happens_twice(
        self, warehouse: Warehouse, wire: FaultyWire, request_of: Callable[[Request], bool], after_work: bool
    ) -> None:
        wire.on(request_of, Hangup(after_work))
        warehouse.write(*cluster_rows("x", 1))
        assert warehouse.read(CLUSTER_ASSIGNMENTS)["creative_key"].to_pylist() == ["x"]
        assert warehouse.read(CLUSTER_RUNS)["clusters"].to_pylist() == [1]
        jobs = [request.job_id for request in wire.requests if request.job_type]
        assert len(set(jobs)) == 3  # two loads and a transaction, however often they were sent

    def test_a_lost_end_of_a_large_upload_is_not_loaded_twice(self, warehouse: Warehouse, wire: FaultyWire) -> None:
        vectors = np.random.default_rng(0).normal(size=(1_000, 768))
        rows = CREATIVE_EMBEDDINGS.rows(
            [
                {"text_hash": f"{number:04}", "model": "m", "backend": "b", "dimensions": 768, "embedding": vector}
                for number, vector in enumerate(vectors.tolist())
            ]
        )
        wire.on(lambda request: request.method == "PUT", Hangup(after_work=True))
        warehouse.write(Change.of_keys(CREATIVE_EMBEDDINGS, rows))
        assert warehouse.read(CREATIVE_EMBEDDINGS).equals(rows)

    def test_a_transaction_that_met_another_is_tried_again_as_a_new_job(
        self, warehouse: Warehouse, wire: FaultyWire
    ) -> None:
        aborted = "Transaction is aborted due to concurrent update against table test:approaches_jobs.cluster_runs."
        wire.on(merges, Refusal(400, "invalidQuery", aborted, retry_after=0))
        warehouse.write(*cluster_rows("x", 1))
        assert warehouse.read(CLUSTER_RUNS)["clusters"].to_pylist() == [1]


@pytest.mark.parametrize(
    ("request_of", "after_work", "expected"),
    [
        pytest.param(creates_staging, False, "old", id="before anything is staged"),
        pytest.param(creates_staging, True, "old", id="after a table was made for staging"),
        pytest.param(loads, False, "old", id="during the first load"),
        pytest.param(loads, True, "old", id="after the first load"),
        pytest.param(merges, False, "new", id="when the statement is sent"),
        pytest.param(merges, True, "new", id="while the statement runs"),
        pytest.param(deletes_staging, False, "new", id="before staging is cleaned up"),
    ],
)
def test_a_killed_write_leaves_the_old_rows_or_the_new_ones(
    request_of: Callable[[Request], bool],
    after_work: bool,
    expected: str,
    warehouse: Warehouse,
    workspace: Workspace,
    wire: FaultyWire,
) -> None:
    """A request that BigQuery has heard of is worked on to its end, whether or not the client still lives."""
    warehouse.write(*cluster_rows("old", 1))
    writer = start_write(workspace.directory, workspace.environment, *cluster_rows("new", 2))
    wire.on(request_of, Call(writer.kill, after_work))
    writer.join(60)
    assert writer.exitcode == -9
    found: dict[str, Any] = {"old": (["old"], [1]), "new": (["new"], [2])}
    rows = warehouse.read(CLUSTER_ASSIGNMENTS)["creative_key"].to_pylist()
    assert (rows, warehouse.read(CLUSTER_RUNS)["clusters"].to_pylist()) == found[expected]
    warehouse.write(*cluster_rows("new", 2))
    assert warehouse.read(CLUSTER_ASSIGNMENTS)["creative_key"].to_pylist() == ["new"]
