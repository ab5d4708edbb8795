"""A server on the loopback whose answers a test decides, and which counts what it is asked."""

import select
import ssl
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PIECE = 65_536


class Handler(BaseHTTPRequestHandler):
    """One request. An answer writes what it likes, also what no decent server would."""

    protocol_version = "HTTP/1.1"
    server: "_Server"

    def do_GET(self) -> None:
        with self.server.lock:
            self.server.site.asked[self.path.partition("?")[0]] += 1
        answer = self.server.site.answers.get(self.path.partition("?")[0], not_found)
        with suppress(ConnectionError, ssl.SSLError):
            answer(self)

    def say(self, status: int, headers: Mapping[str, str] | None = None, body: bytes = b"") -> None:
        if status == 200:
            with self.server.lock:
                self.server.site.bodies += 1
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def start_without_length(self) -> None:
        self.close_connection = True
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Keep quiet."""


Answer = Callable[[Handler], None]


@dataclass
class Site:
    """Where the server is, what it answers by path, how often each path was asked for, and how many bodies it sent."""

    port: int
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    sent: int = 0
    bodies: int = 0

    def uri(self, path: str, host: str = "localhost", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}{path}"


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 100

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.site = Site(self.server_port)
        self.lock = threading.Lock()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that leaves is no error here."""


@contextmanager
def running_site(tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    with _Server() as server:
        if tls:
            server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield server.site
        server.shutdown()
        thread.join()


def not_found(handler: Handler) -> None:
    handler.say(404)


def content(body: bytes, etag: str | None = None, **headers: str) -> Answer:
    """An answer with this body, or 304 for who has it."""

    def answer(handler: Handler) -> None:
        if etag and etag in handler.headers.get("If-None-Match", "").split(", "):
            handler.say(304, {"ETag": etag})
        else:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            handler.say(200, named | ({"ETag": etag} if etag else {}), body)

    return answer


def unchanged_since(date: str, body: bytes) -> Answer:
    """An answer with this body and the date of its last change, or 304 for who has it."""

    def answer(handler: Handler) -> None:
        if handler.headers.get("If-Modified-Since") == date:
            handler.say(304)
        else:
            handler.say(200, {"Last-Modified": date}, body)

    return answer


def status(code: int, **headers: str) -> Answer:
    return lambda handler: handler.say(code, {name.replace("_", "-"): value for name, value in headers.items()})


def signed(target: str, answer: Answer) -> Answer:
    """An answer to who asks for exactly this path and query. Hosts that sign their addresses refuse all others."""
    return lambda handler: answer(handler) if handler.path == target else handler.say(403)


def in_turn(*answers: Answer) -> Answer:
    """The answers one after the other; the last one again and again."""
    left = list(answers)
    return lambda handler: (left.pop(0) if len(left) > 1 else left[0])(handler)


def endless(handler: Handler) -> None:
    """A body without a length and without an end."""
    handler.start_without_length()
    while True:
        handler.wfile.write(bytes(PIECE))
        handler.server.site.sent += PIECE


def trickling(handler: Handler) -> None:
    """One byte at a time until the client leaves."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000000")
    handler.end_headers()
    while not select.select([handler.connection], [], [], 0.05)[0]:
        handler.wfile.write(b"x")


def silent(handler: Handler) -> None:
    """No answer until the client leaves."""
    select.select([handler.connection], [], [])
    handler.close_connection = True


def raw(handler: Handler, body: bytes) -> None:
    """Bytes that need not be HTTP."""
    handler.wfile.write(body)
    handler.close_connection = True


def cut_off(handler: Handler) -> None:
    """Half of the body that was promised."""
    handler.send_response(200)
    handler.send_header("Content-Length", "100")
    handler.end_headers()
    handler.wfile.write(b"x" * 50)
    handler.close_connection = True
