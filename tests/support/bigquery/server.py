"""A local BigQuery server in a child process, and a faulty wire to put in front of it."""

import http.client
import json
import os
import select
import socket
import subprocess
import sys
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final, Self
from urllib.parse import urlsplit

from tests.support.paths import REPOSITORY

LAUNCHER: Final = "tests.support.bigquery.emulator"
START_TIMEOUT = 60  # seconds
STOP_TIMEOUT = 10
ANSWER_TIMEOUT = 120


@dataclass(frozen=True)
class BigQueryServer:
    """Where a server answers: REST as an address with scheme, the Storage API as host and port."""

    rest: str
    storage: str
    project: str = "test"


@contextmanager
def running_server(log: Path) -> Iterator[BigQueryServer]:
    """Start a server on free ports, wait until it answers, stop it at the end. It dies with this process, too."""
    with tempfile.TemporaryDirectory() as directory, log.open("wb") as output:
        addresses, write_end = os.pipe()
        process = subprocess.Popen(
            [sys.executable, "-m", LAUNCHER, str(write_end)],
            stdin=subprocess.PIPE,  # held open, never written to: the server ends when it closes
            stdout=output,
            stderr=output,
            cwd=directory,
            env={**os.environ, "PYTHONPATH": str(REPOSITORY), "TMPDIR": directory},  # where it stages uploads
            pass_fds=[write_end],
        )
        os.close(write_end)
        try:
            yield _answering_server(addresses, log)
        finally:
            process.terminate()
            try:
                process.communicate(timeout=STOP_TIMEOUT)
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate()


def _answering_server(addresses: int, log: Path) -> BigQueryServer:
    with os.fdopen(addresses) as pipe:
        answers, _, _ = select.select([pipe], [], [], START_TIMEOUT)
        line = pipe.read() if answers else ""
    if not line:  # too slow, or gone
        raise RuntimeError(f"The local BigQuery server did not start. Its log:\n{log.read_text()}")
    return BigQueryServer(**json.loads(line))


@dataclass(frozen=True)
class Request:
    """A request as the wire saw it. What only an insert of a job has is None or empty for any other."""

    method: str
    path: str  # with its query string
    body: bytes
    headers: Message

    @property
    def json(self) -> dict[str, Any]:
        """The body, or the first part of a multipart upload; empty if that is no JSON object."""
        body = self.body
        if boundary := self.headers.get_boundary():
            _, first, _ = body.split(b"--" + boundary.encode(), 2)
            _, _, body = first.partition(b"\r\n\r\n")
        try:
            content = json.loads(body)
        except ValueError:
            return {}
        return content if isinstance(content, dict) else {}

    @property
    def job(self) -> dict[str, Any]:
        """The resource of the job that this request inserts."""
        inserts = self.method == "POST" and urlsplit(self.path).path.endswith("/jobs")
        return self.json if inserts else {}

    @property
    def job_id(self) -> str | None:
        job_id: str | None = self.job.get("jobReference", {}).get("jobId")
        return job_id

    @property
    def job_type(self) -> str | None:
        return next((kind for kind in ("load", "query") if kind in self._configuration), None)

    @property
    def sql(self) -> str | None:
        sql: str | None = self._configuration.get("query", {}).get("query")
        return sql

    @property
    def labels(self) -> dict[str, str]:
        labels: dict[str, str] = self._configuration.get("labels", {})
        return labels

    @property
    def _configuration(self) -> dict[str, Any]:
        configuration: dict[str, Any] = self.job.get("configuration", {})
        return configuration


@dataclass(frozen=True)
class Refusal:
    """An error in BigQuery's own words."""

    status: int
    reason: str
    message: str
    retry_after: int | None = None  # seconds


@dataclass(frozen=True)
class Silence:
    """No answer, and no work, until the client or the wire closes the connection."""


@dataclass(frozen=True)
class Hangup:
    """A connection closed instead of an answer, before the server heard of the request or after it did the work."""

    after_work: bool = False


@dataclass(frozen=True)
class Call:
    """The server's answer, and a function called before it does the work or before the client hears of it."""

    function: Callable[[], object]
    after_work: bool = False


@dataclass(frozen=True)
class Reply:
    """An answer made up from the request, of which the server never hears."""

    content: Callable[[Request], dict[str, Any]]


Answer = Refusal | Silence | Hangup | Call | Reply


@dataclass(frozen=True)
class _Response:
    status: int
    headers: list[tuple[str, str]]
    body: bytes


class FaultyWire:
    """A proxy of a server's REST address that records each request and answers some in the server's stead."""

    def __init__(self, server: BigQueryServer) -> None:
        self.requests: list[Request] = []
        self._server = server
        self._rules: list[tuple[Callable[[Request], bool], deque[Answer]]] = []
        self._lock = threading.Lock()
        self._failures: list[Exception] = []
        self._proxy = _Proxy(self)
        self.rest = f"http://127.0.0.1:{self._proxy.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._proxy.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._proxy.shutdown()
        self._proxy.close_connections()
        self._proxy.server_close()
        if self._failures and exception[1] is None:
            raise self._failures[0]

    def on(self, matches: Callable[[Request], bool], *answers: Answer) -> None:
        """Give the next requests that match these answers, one each, in this order; then let them pass again."""
        self._rules.append((matches, deque(answers)))

    def reset(self) -> None:
        """Forget all requests, and let every further one pass."""
        self.requests.clear()
        self._rules.clear()

    def answer_to(self, request: Request) -> Answer | None:
        with self._lock:
            self.requests.append(request)
            for matches, answers in self._rules:
                if answers and matches(request):
                    return answers.popleft()
        return None

    def forward(self, request: Request) -> _Response:
        upstream = http.client.HTTPConnection(urlsplit(self._server.rest).netloc, timeout=ANSWER_TIMEOUT)
        headers = {name: value for name, value in request.headers.items() if name.lower() not in _OF_A_CONNECTION}
        try:
            upstream.request(request.method, request.path, request.body, headers)
            answer = upstream.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException) as error:
            return _refuse(Refusal(502, "badGateway", f"The server does not answer: {error}"))
        finally:
            upstream.close()
        # An upload goes on at the address that the answer names: let that pass here as well.
        kept = [
            (name, value.replace(self._server.rest, self.rest) if name.lower() == "location" else value)
            for name, value in answer.getheaders()
            if name.lower() not in _OF_A_CONNECTION
        ]
        return _Response(answer.status, kept, body)

    def note(self, failure: Exception) -> None:
        self._failures.append(failure)


_OF_A_CONNECTION = {"connection", "content-length", "host", "keep-alive", "transfer-encoding"}
_CANONICAL = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    409: "ALREADY_EXISTS",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    503: "UNAVAILABLE",
    504: "DEADLINE_EXCEEDED",
}


def _refuse(refusal: Refusal) -> _Response:
    details = {"reason": refusal.reason, "message": refusal.message, "domain": "global"}
    error = {
        "code": refusal.status,
        "message": refusal.message,
        "errors": [details],
        "status": _CANONICAL.get(refusal.status, "UNKNOWN"),
    }
    response = _json(refusal.status, {"error": error})
    if refusal.retry_after is not None:
        response.headers.append(("Retry-After", str(refusal.retry_after)))
    return response


def _json(status: int, content: dict[str, Any]) -> _Response:
    return _Response(status, [("Content-Type", "application/json; charset=UTF-8")], json.dumps(content).encode())


class _Proxy(ThreadingHTTPServer):
    daemon_threads = False  # server_close waits for them

    def __init__(self, wire: FaultyWire) -> None:
        self.wire = wire
        self._connections: list[socket.socket] = []
        super().__init__(("127.0.0.1", 0), _Handler)

    def get_request(self) -> tuple[socket.socket, Any]:
        connection, address = super().get_request()
        self._connections.append(connection)
        return connection, address

    def close_connections(self) -> None:
        """End each handler that waits for its client, so that none outlives the wire."""
        for connection in self._connections:
            with suppress(OSError):  # closed before
                connection.shutdown(socket.SHUT_RDWR)


class _Handler(BaseHTTPRequestHandler):
    server: _Proxy
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # or the body waits for the client to acknowledge the headers

    def _answer(self) -> None:
        try:
            self._answer_one_request(self.server.wire)
        except ConnectionError:  # the client went away: its business
            self.close_connection = True
        except Exception as failure:  # of a test's own function, which must not fail unseen in this thread
            self.server.wire.note(failure)
            self.close_connection = True

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _answer  # noqa: N815  http.server's names

    def _answer_one_request(self, wire: FaultyWire) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        request = Request(self.command, self.path, body, self.headers)
        match wire.answer_to(request):
            case None:
                self._send(wire.forward(request))
            case Refusal() as refusal:
                self._send(_refuse(refusal))
            case Reply(content):
                self._send(_json(200, content(request)))
            case Silence():
                select.select([self.connection], [], [])  # readable once it is closed at either end
                self.close_connection = True
            case Hangup(after_work):
                if after_work:
                    wire.forward(request)
                self.close_connection = True
            case Call(function, after_work):
                if not after_work:
                    function()
                response = wire.forward(request)
                if after_work:
                    function()
                self._send(response)

    def _send(self, response: _Response) -> None:
        self.send_response_only(response.status)
        for name, value in [*response.headers, ("Content-Length", str(len(response.body)))]:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(response.body)

    def log_message(self, *_: object) -> None:
        pass
