"""The local BigQuery server and the faulty wire do what tests of the BigQuery path take for granted."""

import io
import itertools
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlsplit

import google.cloud.bigquery.client
import grpc
import numpy as np
import pyarrow as pa
import pyarrow.parquet
import pytest
import requests
from dbt.adapters.bigquery.credentials import BigQueryCredentials, create_google_credentials
from google.api_core.exceptions import (
    BadGateway,
    BadRequest,
    Conflict,
    Forbidden,
    InvalidArgument,
    NotFound,
    ServiceUnavailable,
)
from google.auth.credentials import AnonymousCredentials
from google.cloud.bigquery import Client, LoadJobConfig, ParquetOptions, SchemaField
from google.cloud.bigquery_storage_v1 import BigQueryReadClient
from google.cloud.bigquery_storage_v1.services.big_query_read.transports import BigQueryReadGrpcTransport

from tests.support.bigquery import server as bigquery_server
from tests.support.bigquery.server import (
    BigQueryServer,
    Call,
    FaultyWire,
    Hangup,
    Refusal,
    Request,
    Silence,
    running_server,
)
from tests.support.paths import REPOSITORY

TIMEOUT = 60  # seconds that anything here may take before it counts as hung

SCHEMA = [
    SchemaField("key", "STRING", "REQUIRED"),
    SchemaField("vector", "FLOAT64", "REPEATED"),
]


def anonymous_client(address: str) -> Client:
    return Client("test", AnonymousCredentials(), client_options={"api_endpoint": address})


def client_of_a_dbt_profile(address: str) -> Client:
    profile = BigQueryCredentials(database="test", schema="unused", method="oauth-secrets", token="dummy")
    # Not dbt's create_bigquery_client: where anything is missing, that starts `gcloud auth application-default login`.
    return Client("test", create_google_credentials(profile), client_options={"api_endpoint": address})


def connect(address: str) -> socket.socket:
    host, port = urlsplit(address).netloc.split(":")
    return socket.create_connection((host, int(port)), TIMEOUT)


def assert_gone(address: str, connection: socket.socket) -> None:
    with connection, suppress(ConnectionResetError):  # instead of an end, if the server had not accepted it yet
        assert connection.recv(1) == b""
    with pytest.raises(ConnectionRefusedError):
        connect(address)


def job_exists(client: Client, job_id: str) -> bool:
    try:
        client.get_job(job_id)
    except NotFound:
        return False
    return True


def is_query(request: Request) -> bool:
    return request.job_type == "query"


@pytest.fixture
def wire(server: BigQueryServer) -> Iterator[FaultyWire]:
    with FaultyWire(server) as wire:
        yield wire


@pytest.fixture
def behind(server: BigQueryServer) -> Client:
    """A client that does not pass the wire."""
    return anonymous_client(server.rest)


@pytest.fixture
def client(wire: FaultyWire) -> Client:
    return anonymous_client(wire.rest)


@pytest.fixture
def storage(server: BigQueryServer) -> BigQueryReadClient:
    channel = grpc.insecure_channel(server.storage, options=[("grpc.max_receive_message_length", -1)])
    return BigQueryReadClient(transport=BigQueryReadGrpcTransport(channel=channel))


_numbers = itertools.count()


@pytest.fixture
def name(behind: Client) -> str:
    """An own dataset for each test; also good as a job id."""
    name = f"dataset_{next(_numbers)}"
    behind.create_dataset(name)
    return name


def load(client: Client, table: pa.Table, destination: str, resumable: bool = False, job_id: str | None = None) -> None:
    options = ParquetOptions()
    options.enable_list_inference = True
    file = io.BytesIO()
    pyarrow.parquet.write_table(table, file)
    job = client.load_table_from_file(
        file,
        destination,
        rewind=True,
        size=None if resumable else file.tell(),
        num_retries=0,
        job_id=job_id,
        job_config=LoadJobConfig(source_format="PARQUET", schema=SCHEMA, parquet_options=options),
    )
    job.result(timeout=TIMEOUT)


def rows_of(vectors: list[list[float]]) -> pa.Table:
    keys = [str(number) for number in range(len(vectors))]
    return pa.table({"key": keys, "vector": pa.array(vectors, pa.list_(pa.float64()))})


@pytest.mark.parametrize("make_client", [anonymous_client, client_of_a_dbt_profile])
@pytest.mark.parametrize(("resumable", "uploads"), [(False, ["POST"]), (True, ["POST", "PUT", "PUT"])])
def test_loaded_vectors_are_read_back_exactly(
    make_client: Callable[[str], Client],
    resumable: bool,
    uploads: list[str],
    wire: FaultyWire,
    storage: BigQueryReadClient,
    name: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(google.cloud.bigquery.client, "_DEFAULT_CHUNKSIZE", 256 * 1024)
    vectors = np.random.default_rng(0).normal(size=(100, 500)).tolist()
    rows = rows_of([*vectors, [], [1 / 3, -1e-300, 5e-324]])
    client = make_client(wire.rest)
    load(client, rows, f"{name}.vectors", resumable)
    assert [request.method for request in wire.requests if request.path.startswith("/upload/")] == uploads
    (job,) = [request for request in wire.requests if request.job_type == "load"]
    assert job.json["configuration"]["load"]["destinationTable"]["tableId"] == "vectors"
    listed = client.list_rows(f"{name}.vectors", SCHEMA)
    assert listed.to_arrow(create_bqstorage_client=False).to_pylist() == rows.to_pylist()
    listed = client.list_rows(f"{name}.vectors", SCHEMA)
    assert listed.to_arrow(bqstorage_client=storage).to_pylist() == rows.to_pylist()


def test_the_result_of_a_query_is_read_through_the_storage_api_too(client: Client, storage: BigQueryReadClient) -> None:
    sql = "select number from unnest(generate_array(1, 30000)) as number order by number"
    job = client.query(sql, job_retry=None)
    assert job.to_arrow(bqstorage_client=storage)["number"].to_pylist() == list(range(1, 30001))


def test_a_table_under_contract_is_created_as_dbt_does(client: Client, name: str) -> None:
    client.query(f"create table {name}.t (a int64, b numeric) as (select 1 as a, cast(2 as numeric) as b)").result()
    assert [field.field_type for field in client.get_table(f"{name}.t").schema] == ["INTEGER", "NUMERIC"]


def test_a_quotient_has_the_nine_decimals_of_a_numeric(client: Client, name: str) -> None:
    client.query(f"create table {name}.t as select cast(a / 3 as numeric) as b from (select 1.0 as a)").result()
    assert [row["b"] for row in client.list_rows(client.get_table(f"{name}.t"))] == [Decimal("0.333333333")]


def test_rows_of_views_cannot_be_listed(client: Client, storage: BigQueryReadClient, name: str) -> None:
    client.query(f"create view {name}.one as select 1 as a").result()
    view = client.get_table(f"{name}.one")
    with pytest.raises(BadRequest, match="Cannot list a table of type VIEW"):
        list(client.list_rows(view, retry=None))
    with pytest.raises(InvalidArgument, match="non-table entities cannot be read"):
        client.list_rows(view, retry=None).to_arrow(bqstorage_client=storage)


def test_labels_that_bigquery_refuses_are_refused(client: Client) -> None:
    for labels in ({"App": "tests"}, {"app": "Tests"}, {"app": "t" * 64}, {f"app{n}": "" for n in range(65)}):
        with pytest.raises(BadRequest):
            client.query("select 1 as a", google.cloud.bigquery.QueryJobConfig(labels=labels), job_retry=None)


def test_an_identifier_of_a_job_that_bigquery_refuses_is_refused(client: Client, name: str) -> None:
    for job_id in ("a job", "j" * 1025):
        with pytest.raises(BadRequest):
            client.query("select 1 as a", job_id=job_id, job_retry=None)
        with pytest.raises(BadRequest):
            load(client, rows_of([[1.0]]), f"{name}.t", job_id=job_id)


def test_the_job_id_of_a_query_is_taken_once(client: Client, name: str) -> None:
    client.query(f"create table {name}.t as select 1 as a").result()
    insert = f"insert into {name}.t (a) values (2)"
    client.query(insert, job_id=name, job_retry=None).result()
    with pytest.raises(Conflict, match="Already Exists: Job"):
        client.query(insert, job_id=name, job_retry=None)
    assert client.get_job(name).job_type == "query"
    assert [tuple(row) for row in client.query(f"select a from {name}.t order by a").result()] == [(1,), (2,)]


@pytest.mark.parametrize("resumable", [False, True])
def test_the_job_id_of_a_load_is_taken_once(resumable: bool, client: Client, name: str) -> None:
    load(client, rows_of([[1.0]]), f"{name}.t", resumable, job_id=name)
    with pytest.raises(Conflict, match="Already Exists: Job"):
        load(client, rows_of([[2.0]]), f"{name}.t", resumable, job_id=name)
    assert client.get_job(name).job_type == "load"
    assert [row["vector"] for row in client.list_rows(f"{name}.t", SCHEMA)] == [[1.0]]


def test_a_request_shows_the_job_that_it_inserts(client: Client, wire: FaultyWire, name: str) -> None:
    config = google.cloud.bigquery.QueryJobConfig(labels={"app": "tests"})
    client.query("select 1", config, job_id=name, job_retry=None).result()
    inserted, *others = wire.requests
    assert (inserted.method, inserted.job_id, inserted.job_type) == ("POST", name, "query")
    assert (inserted.sql, inserted.labels) == ("select 1", {"app": "tests"})
    assert others
    assert not any(request.job for request in others)


def test_a_refusal_is_bigquerys_own_error(client: Client, wire: FaultyWire) -> None:
    wire.on(is_query, Refusal(403, "rateLimitExceeded", "Not so fast", retry_after=7))
    with pytest.raises(Forbidden, match="Not so fast") as refused:
        client.query("select 1", retry=None, job_retry=None)
    assert refused.value.errors == [{"reason": "rateLimitExceeded", "message": "Not so fast", "domain": "global"}]
    assert refused.value.response.headers["Retry-After"] == "7"


def test_answers_come_in_order_to_what_they_are_for_and_then_requests_pass(
    client: Client, wire: FaultyWire, name: str
) -> None:
    wire.on(is_query, Refusal(503, "backendError", "First"), Refusal(403, "accessDenied", "Second"))
    assert client.get_dataset(name).dataset_id == name
    with pytest.raises(ServiceUnavailable, match="First"):
        client.query("select 1", retry=None, job_retry=None)
    with pytest.raises(Forbidden, match="Second"):
        client.query("select 1", retry=None, job_retry=None)
    assert [tuple(row) for row in client.query("select 1", retry=None, job_retry=None).result()] == [(1,)]


def test_a_silence_lasts_until_the_client_gives_up_and_does_no_work(
    client: Client, behind: Client, wire: FaultyWire, name: str
) -> None:
    wire.on(is_query, Silence())
    with pytest.raises(requests.Timeout):
        client.query("select 1", job_id=name, retry=None, job_retry=None, timeout=0.1)
    assert not job_exists(behind, name)


def test_a_silence_ends_with_the_wire(server: BigQueryServer) -> None:
    arrived = threading.Event()

    def matches(_: Request) -> bool:
        arrived.set()
        return True

    with ThreadPoolExecutor() as pool:
        with FaultyWire(server) as wire:
            wire.on(matches, Silence())
            waiting = pool.submit(anonymous_client(wire.rest).get_dataset, "any", retry=None, timeout=TIMEOUT)
            assert arrived.wait(TIMEOUT)
        assert isinstance(waiting.exception(TIMEOUT), requests.ConnectionError)


@pytest.mark.parametrize("after_work", [False, True])
def test_a_hangup_comes_before_or_after_the_work(
    after_work: bool, client: Client, behind: Client, wire: FaultyWire, name: str
) -> None:
    wire.on(is_query, Hangup(after_work))
    with pytest.raises(requests.ConnectionError):
        client.query("select 1", job_id=name, retry=None, job_retry=None)
    assert job_exists(behind, name) is after_work


@pytest.mark.parametrize("after_work", [False, True])
def test_a_call_comes_before_or_after_the_work_and_the_answer_still_arrives(
    after_work: bool, client: Client, behind: Client, wire: FaultyWire, name: str
) -> None:
    existed = []
    wire.on(is_query, Call(lambda: existed.append(job_exists(behind, name)), after_work))
    assert client.query("select 1", job_id=name, retry=None, job_retry=None).job_id == name
    assert existed == [after_work]


def test_a_call_that_fails_fails_the_test(server: BigQueryServer) -> None:
    def fail() -> None:
        raise AssertionError("seen")

    def query_through_a_wire() -> None:
        with FaultyWire(server) as wire:
            wire.on(is_query, Call(fail))
            with pytest.raises(requests.ConnectionError):
                anonymous_client(wire.rest).query("select 1", retry=None, job_retry=None)

    with pytest.raises(AssertionError, match="seen"):
        query_through_a_wire()


def test_a_dead_server_is_a_bad_gateway() -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # and does not listen
        address = f"http://127.0.0.1:{nobody.getsockname()[1]}"
        with FaultyWire(BigQueryServer(address, "")) as wire, pytest.raises(BadGateway):
            anonymous_client(wire.rest).get_dataset("any", retry=None)


def test_a_server_ends_with_its_context(tmp_path: Path) -> None:
    with running_server(tmp_path / "server.log") as server:
        connection = connect(server.rest)
    assert_gone(server.rest, connection)


PARENT = """
import sys
from pathlib import Path
from tests.support.bigquery.server import running_server

with running_server(Path(sys.argv[1])) as server:
    print(server.rest, flush=True)
    sys.stdin.read()
"""


def test_a_server_ends_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, tmp_path / "server.log"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), "TMPDIR": str(tmp_path)},
    ) as parent:
        try:
            assert parent.stdout
            address = parent.stdout.readline().strip()
            connection = connect(address)
        finally:
            parent.kill()
    assert_gone(address, connection)


def test_a_server_that_does_not_start_shows_its_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bigquery_server, "LAUNCHER", "no_such_module")
    with pytest.raises(RuntimeError, match="No module named no_such_module"), running_server(tmp_path / "server.log"):
        pass
