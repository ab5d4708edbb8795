"""What a BigQuery that refuses, waits or stays silent gets: a bounded wait, or two lines with the next step."""

import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import grpc
import pytest
import requests
from google.api_core.exceptions import Aborted, Unknown, from_http_response
from google.auth.credentials import AnonymousCredentials
from google.auth.exceptions import RefreshError, TransportError
from google.cloud import bigquery
from google.cloud.bigquery_storage_v1.types import DataFormat, ReadSession, ReadStream

from creative_approaches.adapters.dbt.project import DbtOptions, DbtProject
from creative_approaches.adapters.warehouses.bigquery.calls import Patience, server_delay
from creative_approaches.adapters.warehouses.bigquery.warehouse import STORAGE_ENDPOINT
from creative_approaches.adapters.warehouses.open import open_warehouse
from creative_approaches.adapters.warehouses.port import Change, Warehouse
from creative_approaches.errors import ApproachesError, DataError, TemporaryError, UsageError
from creative_approaches.tables import APPROACH_EVENTS, CLUSTER_ASSIGNMENTS
from tests.support.bigquery.server import BigQueryServer, FaultyWire, Refusal, Reply, Request, Silence
from tests.support.bigquery.workspace import make_bigquery_workspace, write_profile
from tests.support.warehouse_behaviour import assignment, assignments
from tests.support.workspace import Workspace

FOREVER = 1_000  # more answers than there are seconds to ask in
WRONG_USAGE, BROKEN_DATA, TRY_LATER = 2, 3, 75
SECONDS = {"job_creation_timeout_seconds": 1, "job_retry_deadline_seconds": 1, "job_execution_timeout_seconds": 1}
ROWS = assignments(assignment("a", 5, "x"))
WRITE = Change.of_all(CLUSTER_ASSIGNMENTS, ROWS)


@pytest.fixture(scope="module")
def shared_wire(server: BigQueryServer) -> Iterator[FaultyWire]:
    with FaultyWire(server) as wire:
        yield wire


@pytest.fixture
def wire(shared_wire: FaultyWire) -> FaultyWire:
    shared_wire.reset()
    return shared_wire


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory, server: BigQueryServer, shared_wire: FaultyWire) -> Workspace:
    """A target that waits a second for an answer, and a second for all attempts of a call."""
    workspace = make_bigquery_workspace(
        tmp_path_factory.mktemp("refusals") / "a project",
        server,
        api_endpoint=shared_wire.rest,
        **SECONDS,
    )
    finished = workspace.dbt("seed", "--select", "creatives")  # the hooks create the job tables
    assert finished.returncode == 0, finished.stdout
    return workspace


@pytest.fixture(scope="module")
def warehouse(workspace: Workspace) -> Warehouse:
    return open_warehouse(DbtProject(DbtOptions(workspace.directory)))


def path_of(request: Request) -> str:
    return request.path.split("?")[0]


def looks_up_a_table(request: Request) -> bool:
    return request.method == "GET" and path_of(request).split("/")[-2] == "tables"


def lists_rows(request: Request) -> bool:
    return request.method == "GET" and path_of(request).endswith("/data")


def makes_a_table(request: Request) -> bool:
    return request.method == "POST" and path_of(request).endswith("/tables")


def loads(request: Request) -> bool:
    return request.job_type == "load"


def queries(request: Request) -> bool:
    return request.job_type == "query"


def looks_up_a_job(request: Request) -> bool:
    return request.method == "GET" and "/jobs/" in request.path


def job(request: Request, **status: Any) -> dict[str, Any]:
    return {**request.job, "kind": "bigquery#job", "status": status}


EVERY_CALL = [looks_up_a_table, lists_rows, makes_a_table, loads, queries]
PASSING = [
    Refusal(429, "rateLimitExceeded", "Exceeded rate limits", retry_after=0),
    Refusal(503, "backendError", "The service is currently unavailable.", retry_after=0),
    Refusal(403, "rateLimitExceeded", "Exceeded rate limits: too many table update operations", retry_after=0),
]


@pytest.mark.parametrize("call", EVERY_CALL)
@pytest.mark.parametrize("refusal", PASSING, ids=lambda refusal: f"{refusal.status} {refusal.reason}")
def test_a_passing_refusal_of_any_call_is_tried_again(
    warehouse: Warehouse, wire: FaultyWire, call: Callable[[Request], bool], refusal: Refusal
) -> None:
    wire.on(call, refusal)
    warehouse.write(WRITE)
    assert warehouse.read(CLUSTER_ASSIGNMENTS).equals(ROWS)


@pytest.mark.parametrize("call", EVERY_CALL)
def test_a_refusal_that_does_not_pass_ends_in_time(
    warehouse: Warehouse, wire: FaultyWire, call: Callable[[Request], bool]
) -> None:
    wire.on(call, *[Refusal(503, "backendError", "The service is currently unavailable.")] * FOREVER)
    with pytest.raises(TemporaryError, match=r"503 backendError.*currently unavailable.*Run the same command again"):
        warehouse.write(WRITE) and warehouse.read(CLUSTER_ASSIGNMENTS)


def test_a_server_that_asks_for_more_time_than_there_is_is_not_waited_for(
    warehouse: Warehouse, wire: FaultyWire
) -> None:
    wire.on(queries, Refusal(429, "rateLimitExceeded", "Exceeded rate limits", retry_after=3600))
    with pytest.raises(TemporaryError, match="429 rateLimitExceeded"):
        warehouse.write(WRITE)
    assert len([request for request in wire.requests if queries(request)]) == 1


@pytest.mark.parametrize(
    ("header", "seconds"), [({"Retry-After": "17"}, 17), ({"Retry-After": "soon"}, None), ({}, None)]
)
def test_the_delay_that_the_server_asks_for_is_taken_from_its_answer(
    header: dict[str, str], seconds: float | None
) -> None:
    response = requests.Response()
    response.status_code, response.headers = 429, requests.structures.CaseInsensitiveDict(header)
    response.request = requests.Request("GET", "http://127.0.0.1").prepare()
    response._content = b"{}"
    assert server_delay(from_http_response(response)) == seconds


@pytest.mark.parametrize("call", EVERY_CALL)
def test_an_answer_that_never_comes_is_not_waited_for_without_end(
    warehouse: Warehouse, wire: FaultyWire, call: Callable[[Request], bool]
) -> None:
    wire.on(call, *[Silence()] * FOREVER)
    with pytest.raises(TemporaryError, match=r"no answer.*Run the same command again"):
        warehouse.write(WRITE) and warehouse.read(CLUSTER_ASSIGNMENTS)


def test_a_job_that_does_not_end_is_cancelled(warehouse: Warehouse, wire: FaultyWire) -> None:
    started: list[Request] = []

    def start(request: Request) -> dict[str, Any]:
        started.append(request)
        return job(request, state="RUNNING")

    wire.on(queries, Reply(start))
    wire.on(looks_up_a_job, *[Reply(lambda _: job(started[0], state="RUNNING"))] * FOREVER)
    with pytest.raises(TemporaryError, match=r"did not finish job creative_approaches_.*job_execution_timeout_seconds"):
        warehouse.write(WRITE)
    assert any(path_of(request).endswith(f"/{started[0].job_id}/cancel") for request in wire.requests)


@pytest.mark.parametrize("reason", ["backendError", "jobRateLimitExceeded"])
def test_a_job_that_failed_for_a_passing_reason_is_started_anew(
    warehouse: Warehouse, wire: FaultyWire, reason: str
) -> None:
    error = {"reason": reason, "message": "Try again."}
    wire.on(queries, Reply(lambda request: job(request, state="DONE", errorResult=error, errors=[error])))
    warehouse.write(WRITE)
    first, second = [request.job_id for request in wire.requests if queries(request)]
    assert first != second
    assert warehouse.read(CLUSTER_ASSIGNMENTS).equals(ROWS)


@pytest.mark.parametrize(
    ("refusal", "error", "words"),
    [
        (
            Refusal(403, "accessDenied", "Access Denied: User does not have bigquery.tables.create permission"),
            UsageError,
            r"tables\.create permission.*BigQuery Data Editor.*BigQuery Job User.*BigQuery Read Session User",
        ),
        (Refusal(401, "authError", "Invalid Credentials"), UsageError, r"does not know who asks: .*dbt debug"),
        (
            Refusal(403, "quotaExceeded", "Custom quota exceeded: Your usage exceeded QueryUsagePerDay"),
            TemporaryError,
            r"quota of BigQuery is used up.*QueryUsagePerDay",
        ),
        (
            Refusal(400, "bytesBilledLimitExceeded", "Query exceeded limit for bytes billed: 1000. 20971520 required"),
            UsageError,
            r"20971520 required.*Raise maximum_bytes_billed .*profiles\.yml",
        ),
        (Refusal(400, "invalidQuery", "Syntax error: nobody knows"), DataError, "Syntax error: nobody knows"),
    ],
    ids=lambda value: value.reason if isinstance(value, Refusal) else "",
)
def test_a_refusal_for_good_says_what_to_do_and_is_not_repeated(
    warehouse: Warehouse, wire: FaultyWire, refusal: Refusal, error: type[ApproachesError], words: str
) -> None:
    wire.on(queries, *[refusal] * FOREVER)
    with pytest.raises(error, match=words):
        warehouse.write(WRITE)
    assert len([request for request in wire.requests if queries(request)]) == 1


def test_a_table_with_an_older_schema_is_named_with_its_column(
    warehouse: Warehouse, wire: FaultyWire, server: BigQueryServer
) -> None:
    client = bigquery.Client(server.project, AnonymousCredentials(), client_options={"api_endpoint": server.rest})
    name = f"{server.project}.approaches_jobs.approach_events"
    present = client.get_table(name).schema
    client.delete_table(name)
    client.create_table(bigquery.Table(name, [field for field in present if field.name != "from_share"]))
    expected = f"{name} does not fit this version: column from_share should be FLOAT64, and it has none. Migrate"
    with pytest.raises(DataError, match=re.escape(expected)):
        warehouse.read(APPROACH_EVENTS)
    with pytest.raises(DataError, match=re.escape(expected)):
        warehouse.write(Change.of_all(APPROACH_EVENTS, APPROACH_EVENTS.rows([])))
    assert not any(makes_a_table(request) for request in wire.requests)
    client.delete_table(name)
    client.create_table(bigquery.Table(name, present))


def test_a_busy_bigquery_during_a_dbt_stage_is_worth_another_try(workspace: Workspace, wire: FaultyWire) -> None:
    refusal = Refusal(403, "quotaExceeded", "Quota exceeded: Your project exceeded quota for concurrent queries")
    wire.on(lambda request: "create or replace" in (request.sql or ""), *[refusal] * FOREVER)
    finished = workspace.approaches("run")
    assert finished.returncode == TRY_LATER, finished.stderr
    assert "Quota exceeded" in finished.stderr


@pytest.mark.parametrize(
    "error",
    [
        TransportError("no way to the token"),
        RefreshError("the token server is busy", retryable=True),
        Aborted("the stream broke"),
        Unknown("the stream broke"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_fault_that_may_pass_is_worth_another_try(error: Exception) -> None:
    def fail() -> None:
        raise error

    with pytest.raises(TemporaryError, match="Run the same command again"):
        Patience(retries=0.01).call(fail)


READ = """
import sys
from pathlib import Path
from creative_approaches.adapters.dbt.project import DbtOptions, DbtProject
from creative_approaches.adapters.warehouses.open import open_warehouse
from creative_approaches.errors import TemporaryError
from creative_approaches.tables import CLUSTER_ASSIGNMENTS
try:
    open_warehouse(DbtProject(DbtOptions(Path(sys.argv[1])))).read(CLUSTER_ASSIGNMENTS)
except TemporaryError as error:
    sys.exit(error.exit_code)
"""


@pytest.fixture
def silent_streams() -> Iterator[str]:
    """A Storage Read API that opens a session of one stream, of which no row ever comes."""
    over = threading.Event()

    def create_session(request: bytes, context: Any) -> bytes:
        session = ReadSession(name="s", data_format=DataFormat.ARROW, streams=[ReadStream(name="s/streams/1")])
        return bytes(ReadSession.serialize(session))

    def read_rows(request: bytes, context: Any) -> Iterator[bytes]:
        over.wait()
        yield from ()

    service = "google.cloud.bigquery.storage.v1.BigQueryRead"
    handlers = {
        "CreateReadSession": grpc.unary_unary_rpc_method_handler(create_session),
        "ReadRows": grpc.unary_stream_rpc_method_handler(read_rows),
    }
    server = grpc.server(ThreadPoolExecutor(4))
    server.add_generic_rpc_handlers([grpc.method_handlers_generic_handler(service, handlers)])
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    yield f"127.0.0.1:{port}"
    over.set()
    server.stop(None).wait()


def test_a_stream_that_stays_silent_does_not_keep_the_process_alive(workspace: Workspace, silent_streams: str) -> None:
    finished = subprocess.run(
        [sys.executable, "-c", READ, workspace.directory],
        env={**os.environ, **workspace.environment, STORAGE_ENDPOINT: silent_streams},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert finished.returncode == TRY_LATER, finished.stderr


# Each profile of its own makes dbt read the project anew, so these come last.


@pytest.mark.parametrize(
    ("target", "refusal", "command", "code", "words"),
    [
        pytest.param(
            {},
            Refusal(403, "accessDenied", "Access Denied: no bigquery.jobs.create"),
            "run",
            WRONG_USAGE,
            "BigQuery Job User",
            id="no permission",
        ),
        pytest.param(
            {},
            Refusal(503, "backendError", "Unavailable"),
            "run",
            TRY_LATER,
            "Run the same command again",
            id="BigQuery is down",
        ),
        pytest.param({"dataset": "wrong"}, None, "embed", BROKEN_DATA, "Build it: dbt build", id="wrong dataset"),
    ],
)
def test_the_command_line_says_it_in_a_few_lines_before_dbt_starts(
    workspace: Workspace,
    server: BigQueryServer,
    wire: FaultyWire,
    target: dict[str, Any],
    refusal: Refusal | None,
    command: str,
    code: int,
    words: str,
) -> None:
    write_profile(workspace, server, **SECONDS | {"api_endpoint": wire.rest} | target)
    if refusal:
        wire.on(queries, *[refusal] * FOREVER)
    finished = workspace.approaches(command)
    assert finished.returncode == code, finished.stderr
    message = finished.stderr[finished.stderr.index("Error: ") :].strip()
    assert words in message
    assert len(message.splitlines()) <= 3, message
    assert "Traceback" not in finished.stderr


@pytest.mark.parametrize(
    ("target", "refusal", "error", "words"),
    [
        pytest.param(
            {}, Refusal(404, "notFound", "Not found: Project test"), UsageError, "Project test", id="no project"
        ),
        pytest.param({"method": "oauth"}, None, UsageError, "credentials cannot be used", id="nobody is logged in"),
        pytest.param(
            {"method": "service-account", "keyfile": "gone.json"}, None, UsageError, "gone.json", id="no keyfile"
        ),
    ],
)
def test_a_target_that_cannot_work_is_refused_before_anything_starts(
    workspace: Workspace,
    server: BigQueryServer,
    wire: FaultyWire,
    monkeypatch: pytest.MonkeyPatch,
    target: dict[str, Any],
    refusal: Refusal | None,
    error: type[ApproachesError],
    words: str,
) -> None:
    for name, value in workspace.environment.items():
        monkeypatch.setenv(name, value)
    write_profile(workspace, server, **SECONDS | {"api_endpoint": wire.rest} | target)
    if refusal:
        wire.on(queries, *[refusal] * FOREVER)
    with pytest.raises(error, match=words):
        open_warehouse(DbtProject(DbtOptions(workspace.directory))).check_available()
