"""Gemini's Developer API and Vertex AI on the loopback: they check what they are sent, and fail as a test decides.

As a program it prints its address, and tells at /statistics what it was asked.
"""

import asyncio
import json
import random
import sys
import threading
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import web
from google.oauth2 import service_account

from tests.support.gemini.access import KEY, TOKEN, account
from tests.support.gemini.answers import Generate, right_answer
from tests.support.gemini.faults import FAULTS, quota_exceeded
from tests.support.gemini.requests import Body, Request, read_request


@dataclass(frozen=True)
class Asked:
    """A request, as it came. texts : what it is about, without the task's prefix.  pictures : the files it shows."""

    path: str
    headers: Mapping[str, str]
    body: Body
    texts: tuple[str, ...]
    pictures: tuple[bytes, ...] = ()


@dataclass
class GeminiServer:
    """What it answers, and what it was asked.

    script : kinds of answers for the next requests, "ok" among them, then as usual.  by_text : kind of answer to any
    request that has the text.  random_share : share of requests that get a random one of `random_kinds`.
    latency : seconds before each answer.  generate : what :generateContent answers for system instruction, user text
    and schema, a text or a whole answer.  answered : how often each text was answered rightly.
    quota : inputs that are let through in each `quota_seconds`, as the Developer API counts the texts of a batch; None
    for all.  quota_is_named : whether the refusal says how many, as the Developer API does and Vertex AI does not.
    echo : what errors quote.  kinds : how often each kind of answer was given.  on_request : called before each answer.
    """

    url: str = ""
    script: deque[str] = field(default_factory=deque)
    by_text: dict[str, str] = field(default_factory=dict)
    random_share: float = 0.0
    random_kinds: Sequence[str] = ()
    latency: float = 0.0
    generate: Generate = lambda system, user, schema: "{}"
    quota: int | None = None
    quota_seconds: float = 0.2
    quota_is_named: bool = True
    echo: str = ""
    on_request: Callable[[], object] = lambda: None
    asked: list[Asked] = field(default_factory=list)
    answered: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    most_at_once: int = 0
    _at_once: int = 0
    _window: tuple[float, int] = (0.0, 0)  # when it began, and the inputs that were let through in it
    _random: random.Random = field(default_factory=lambda: random.Random(7))

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs to use this server, on either backend but for Vertex AI's credentials."""
        return {"GEMINI_API_KEY": KEY, "GOOGLE_GEMINI_BASE_URL": self.url, "GOOGLE_VERTEX_BASE_URL": self.url}

    def credentials(self) -> Any:
        """Google credentials whose tokens come from this server."""
        scopes = ["https://www.googleapis.com/auth/cloud-platform"]
        return service_account.Credentials.from_service_account_info(account(self.url), scopes=scopes)

    def write_credentials(self, path: Path) -> dict[str, str]:
        """Write the same to a file. Returns the environment that makes them a machine's own."""
        path.write_text(json.dumps(account(self.url)))
        return {"GOOGLE_APPLICATION_CREDENTIALS": str(path)}

    def statistics(self) -> dict[str, Any]:
        """Figures of all requests."""
        return {
            "requests": len(self.asked),
            "texts": len(self.answered),
            "answered_again": sum(times - 1 for times in self.answered.values()),
            "kinds": dict(self.kinds),
        }

    async def handle(self, http: web.BaseRequest) -> web.StreamResponse:
        """Answer one request."""
        if http.path == "/token":
            return web.json_response({"access_token": TOKEN, "expires_in": 3600, "token_type": "Bearer"})
        if http.path == "/statistics":
            return web.json_response(self.statistics())
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            return await self._answer(http)
        except ConnectionResetError:  # the client has left
            return web.Response()
        finally:
            self._at_once -= 1

    async def _answer(self, http: Any) -> web.StreamResponse:
        body = json.loads(await http.content.read())
        request = read_request(http, body)
        texts = request.texts if isinstance(request, Request) else ()
        pictures = request.pictures if isinstance(request, Request) else ()
        self.asked.append(Asked(http.path, dict(http.headers), body, texts, pictures))
        if isinstance(request, web.Response):
            self.kinds["wrong request"] += 1
            return request
        self.on_request()
        await asyncio.sleep(self.latency)
        kind = self._kind(request)
        self.kinds[kind] += 1
        if kind == "ok":
            return await self._say(request)
        if kind == "quota":
            return quota_exceeded(self.quota if self.quota_is_named else None, self.quota_seconds)
        return await FAULTS[kind](request, lambda: right_answer(request, self.generate), self.echo)

    def _kind(self, request: Request) -> str:
        for text in request.texts:
            if text in self.by_text:
                return self.by_text[text]
        if self.script:
            return self.script.popleft()
        if self.quota is not None and not self._lets_through(len(request.texts), self.quota):
            return "quota"
        if self.random_share and self._random.random() < self.random_share:
            return self._random.choice(list(self.random_kinds))
        return "ok"

    def _lets_through(self, inputs: int, quota: int) -> bool:
        now = asyncio.get_running_loop().time()
        start, used = self._window
        if now >= start + self.quota_seconds:
            start, used = now, 0
        self._window = start, used
        if used + inputs > quota:
            return False
        self._window = start, used + inputs
        return True

    async def _say(self, request: Request) -> web.StreamResponse:
        response = web.json_response(right_answer(request, self.generate))
        await response.prepare(request.http)
        if request.http.transport is not None:  # the client is still there
            self.answered.update(request.texts)
        await response.write_eof()
        return response


@contextmanager
def running_gemini() -> Iterator[GeminiServer]:
    """A server in a thread, until the block ends."""
    server = GeminiServer()
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    runner = asyncio.run_coroutine_threadsafe(_start(server), loop).result(timeout=30)
    try:
        yield server
    finally:
        asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result(timeout=30)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _start(server: GeminiServer) -> web.ServerRunner:
    runner = web.ServerRunner(web.Server(server.handle), handler_cancellation=True, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    return runner


async def _serve(server: GeminiServer) -> None:
    await _start(server)
    print(server.url, flush=True)
    await asyncio.to_thread(sys.stdin.read)  # until the parent closes it or is gone


def _as_told(said: str = "{}", **settings: Any) -> GeminiServer:
    """A server with these settings that says the same to all. said : what :generateContent answers."""
    return GeminiServer(generate=lambda system, user, schema: said, **settings)


if __name__ == "__main__":
    asyncio.run(_serve(_as_told(**json.loads(sys.argv[1]))))
