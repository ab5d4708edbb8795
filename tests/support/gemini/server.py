"""Gemini's Developer API and Vertex AI on the loopback: they check what they are sent, and fail as a test decides.

A vector depends on its text and its length alone, and is not of unit length. As a program it prints its address, and
tells at /statistics what it was asked.
"""

import asyncio
import hashlib
import json
import math
import random
import re
import sys
import threading
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from aiohttp import web
from google.oauth2 import service_account

from creative_approaches.core.arrays import Floats
from creative_approaches.core.tokens import estimate_tokens

KEY: Final = "AIzaSyPlantedKeyOfTheLoopbackServer1234"
TOKEN: Final = "ya29.planted-token-of-the-loopback-server"
PROJECT: Final = "planted-project"
PREFIX: Final = "task: clustering | query: "
_MODELS: Final = {"gemini-embedding-001": 2048, "gemini-embedding-2": 8192}  # with their tokens
_DEVELOPER_METHODS: Final = ("batchEmbedContents",)
# From version 3 on, the client has other methods for the older model.
_VERTEX_METHODS: Final = {
    "gemini-embedding-001": ("predict", "embedContent", "batchEmbedContents"),
    "gemini-embedding-2": ("embedContent",),
}
_DEVELOPER: Final = re.compile(r"/(?P<version>v1|v1beta)/models/(?P<model>[\w.-]+):(?P<method>\w+)")
_VERTEX: Final = re.compile(
    r"/v1beta1/projects/(?P<project>[\w-]+)/locations/(?P<location>[\w-]+)"
    r"/publishers/google/models/(?P<model>[\w.-]+):(?P<method>\w+)"
)

Body = dict[str, Any]
Generate = Callable[[str, str, Any], str | Body]


def vector_of(text: str, dimensions: int) -> Floats:
    """What the server answers for a text, shape (dimensions,)."""
    numbers = np.frombuffer(hashlib.shake_256(text.encode()).digest(2 * dimensions), dtype="<i2")
    return np.asarray(numbers / 1000, dtype=np.float64)


def unit_vectors(texts: Sequence[str], dimensions: int) -> Floats:
    """What an embedder should make of it, shape (texts, dimensions)."""
    vectors = np.stack([vector_of(text, dimensions) for text in texts])
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


def generated(text: str, finish_reason: str = "STOP") -> Body:
    """An answer of :generateContent."""
    parts = [{"text": text}] if text else []
    content = {"role": "model", "parts": parts} if parts else {"role": "model"}
    return {"candidates": [{"content": content, "finishReason": finish_reason, "index": 0}]}


BLOCKED_PROMPT: Final[Body] = {"promptFeedback": {"blockReason": "PROHIBITED_CONTENT"}}
STOPPED_FOR_SAFETY: Final[Body] = {"candidates": [{"finishReason": "SAFETY", "index": 0}]}
TRUNCATED: Final = generated('{"name": "Half a na', "MAX_TOKENS")
EMPTY: Final = generated("")


@dataclass(frozen=True)
class Asked:
    """A request, as it came. texts : what it is about, without the task's prefix."""

    path: str
    headers: Mapping[str, str]
    body: Body
    texts: tuple[str, ...]


@dataclass(frozen=True)
class _Request:
    """A request that is in order."""

    http: web.Request
    method: str
    model: str
    body: Body
    texts: tuple[str, ...]
    dimensions: int = 0


@dataclass
class GeminiServer:
    """What it answers, and what it was asked.

    script : kinds of answers for the next requests, "ok" among them, then as usual.  by_text : kind of answer to any
    request that has the text.  random_share : share of requests that get a random one of `random_kinds`.
    latency : seconds before each answer.  generate : what :generateContent answers for system instruction, user text
    and schema, a text or a whole answer.  answered : how often each text was answered rightly.
    echo : what errors quote.  kinds : how often each kind of answer was given.  on_request : called before each answer.
    """

    url: str = ""
    script: deque[str] = field(default_factory=deque)
    by_text: dict[str, str] = field(default_factory=dict)
    random_share: float = 0.0
    random_kinds: Sequence[str] = ()
    latency: float = 0.0
    generate: Generate = lambda system, user, schema: "{}"
    echo: str = ""
    on_request: Callable[[], object] = lambda: None
    asked: list[Asked] = field(default_factory=list)
    answered: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    most_at_once: int = 0
    _at_once: int = 0
    _random: random.Random = field(default_factory=lambda: random.Random(7))

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs to use this server, on either backend but for Vertex AI's credentials."""
        return {"GEMINI_API_KEY": KEY, "GOOGLE_GEMINI_BASE_URL": self.url, "GOOGLE_VERTEX_BASE_URL": self.url}

    def credentials(self) -> Any:
        """Google credentials whose tokens come from this server."""
        scopes = ["https://www.googleapis.com/auth/cloud-platform"]
        return service_account.Credentials.from_service_account_info(self._account(), scopes=scopes)

    def write_credentials(self, path: Path) -> dict[str, str]:
        """Write the same to a file. Returns the environment that makes them a machine's own."""
        path.write_text(json.dumps(self._account()))
        return {"GOOGLE_APPLICATION_CREDENTIALS": str(path)}

    def _account(self) -> dict[str, str]:
        return {
            "type": "service_account",
            "project_id": PROJECT,
            "private_key_id": "1",
            "private_key": _private_key(),
            "client_email": f"tester@{PROJECT}.iam.gserviceaccount.com",
            "token_uri": f"{self.url}/token",
        }

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
        body = json.loads(await http.read())
        request = _checked(http, body)
        texts = request.texts if isinstance(request, _Request) else ()
        self.asked.append(Asked(http.path, dict(http.headers), body, texts))
        if isinstance(request, web.Response):
            self.kinds["wrong request"] += 1
            return request
        self.on_request()
        await asyncio.sleep(self.latency)
        kind = self._kind(request)
        self.kinds[kind] += 1
        return await self._say(request) if kind == "ok" else await FAULTS[kind](self, request)

    def _kind(self, request: _Request) -> str:
        for text in request.texts:
            if text in self.by_text:
                return self.by_text[text]
        if self.script:
            return self.script.popleft()
        if self.random_share and self._random.random() < self.random_share:
            return self._random.choice(list(self.random_kinds))
        return "ok"

    async def _say(self, request: _Request) -> web.StreamResponse:
        response = web.json_response(self.right_answer(request))
        await response.prepare(request.http)
        if request.http.transport is not None:  # the client is still there
            self.answered.update(request.texts)
        await response.write_eof()
        return response

    def right_answer(self, request: _Request) -> Body:
        if request.method == "generateContent":
            return _generated(self.generate, request)
        vectors = [vector_of(text, request.dimensions).tolist() for text in request.texts]
        return _embedded(request, vectors)


def _checked(http: Any, body: Body) -> "_Request | web.Response":
    """The request, or what Gemini answers to one that is wrong."""
    developer, vertex = _DEVELOPER.fullmatch(http.path), _VERTEX.fullmatch(http.path)
    if http.method != "POST" or not (developer or vertex):
        return _error(404, "NOT_FOUND", f"The path {http.path} was not found.")
    if developer and http.headers.get("x-goog-api-key") != KEY:
        return _invalid_key("API key not valid. Please pass a valid API key.")
    if vertex and http.headers.get("Authorization") != f"Bearer {TOKEN}":
        return _error(401, "UNAUTHENTICATED", "Request had invalid authentication credentials.")
    found: Any = developer or vertex
    method, model = found["method"], found["model"]
    if method == "generateContent":
        user = "".join(part["text"] for content in body["contents"] for part in content["parts"])
        return _Request(http, method, model, body, (user,))
    if model not in _MODELS:
        return _error(404, "NOT_FOUND", f"models/{model} is not found for API version v1beta.")
    is_new = model == "gemini-embedding-2"
    if method not in (_DEVELOPER_METHODS if developer else _VERTEX_METHODS[model]):
        return _error(404, "NOT_FOUND", f"{model} is not supported for {method}.")
    try:
        texts, tasks, dimensions = _READERS[method](body, model)
    except (KeyError, TypeError, ValueError) as error:
        return _error(400, "INVALID_ARGUMENT", f"The body is wrong: {error!r}")
    task = None if is_new else "CLUSTERING"
    if tasks != {task}:
        return _error(400, "INVALID_ARGUMENT", f"task_type {tasks} is not supported.")
    if is_new and not all(text.startswith(PREFIX) for text in texts):
        return _error(400, "INVALID_ARGUMENT", "The task is missing.")
    if any(estimate_tokens(text) > 2 * _MODELS[model] for text in texts):
        return _error(400, "INVALID_ARGUMENT", "The input is too long.")
    return _Request(http, method, model, body, tuple(text.removeprefix(PREFIX) for text in texts), dimensions)


Read = tuple[list[str], set[str | None], int]


def _read_batch(body: Body, model: str) -> Read:
    _only(body, "requests")
    requests = body["requests"]
    if not 1 <= len(requests) <= 100:
        raise ValueError("at most 100 requests can be in one batch")
    if "embedContentConfig" in requests[0]:  # Vertex AI
        read = [_read_single(request, model) for request in requests]
        (dimensions,) = {item[2] for item in read}
        return [text for item in read for text in item[0]], {task for item in read for task in item[1]}, dimensions
    for request in requests:
        _only(request, "content", "outputDimensionality", "model", "taskType")
        if request["model"] != f"models/{model}":
            raise ValueError("another model")
    (dimensions,) = {request["outputDimensionality"] for request in requests}
    texts = [_text(request["content"]) for request in requests]
    return texts, {request.get("taskType") for request in requests}, dimensions


def _read_single(body: Body, _: str) -> Read:
    _only(body, "content", "embedContentConfig")
    config = body["embedContentConfig"]
    _only(config, "outputDimensionality", "taskType")
    return [_text(body["content"])], {config.get("taskType")}, config["outputDimensionality"]


def _read_predict(body: Body, _: str) -> Read:
    _only(body, "instances", "parameters")
    _only(body["parameters"], "outputDimensionality")
    instances = body["instances"]
    if not 1 <= len(instances) <= 250:
        raise ValueError("at most 250 instances")
    for instance in instances:
        _only(instance, "content", "task_type")
    texts = [instance["content"] for instance in instances]
    if len(texts) > 1 and sum(map(estimate_tokens, texts)) > 20_000:
        raise ValueError("at most 20,000 tokens")
    tasks = {instance["task_type"] for instance in instances}
    return texts, tasks, body["parameters"]["outputDimensionality"]


_READERS: Final = {"batchEmbedContents": _read_batch, "embedContent": _read_single, "predict": _read_predict}


def _only(body: Body, *known: str) -> None:
    if unknown := set(body) - set(known):
        raise ValueError(f"unknown names {unknown}")


def _text(content: Body) -> str:
    _only(content, "parts", "role")
    (part,) = content["parts"]
    _only(part, "text")
    return str(part["text"])


def _embedded(request: _Request, vectors: Sequence[Sequence[float]]) -> Body:
    """An answer with these vectors, as the method has it."""
    if request.method == "predict":
        counts = [estimate_tokens(text) for text in request.texts]
        counts += [1] * (len(vectors) - len(counts))
        return {
            "predictions": [
                {"embeddings": {"values": vector, "statistics": {"token_count": count, "truncated": False}}}
                for vector, count in zip(vectors, counts, strict=False)
            ]
        }
    if request.method == "embedContent":
        usage = {"promptTokenCount": estimate_tokens(PREFIX + request.texts[0])}
        return {"embedding": {"values": vectors[0]}, "usageMetadata": usage} if vectors else {}
    return {"embeddings": [{"values": vector} for vector in vectors]}


def _generated(generate: Generate, request: _Request) -> Body:
    system = "".join(part["text"] for part in request.body.get("systemInstruction", {}).get("parts", ()))
    configured = request.body.get("generationConfig", {})
    schema = configured.get("responseSchema") or configured.get("responseJsonSchema")
    said = generate(system, request.texts[0], schema)
    answer = generated(said) if isinstance(said, str) else said
    tokens = {"promptTokenCount": estimate_tokens(system + request.texts[0]), "candidatesTokenCount": 40}
    usage = tokens | {"totalTokenCount": sum(tokens.values())}
    return {"usageMetadata": usage, "modelVersion": request.model, "responseId": "1", **answer}


def _error(code: int, status: str, message: str, *details: Body, **headers: str) -> web.Response:
    body = {"error": {"code": code, "message": message, "status": status, "details": list(details)}}
    return web.json_response(body, status=code, headers=headers)


def _invalid_key(message: str) -> web.Response:
    info = {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID"}
    return _error(400, "INVALID_ARGUMENT", message, info)


Answer = Callable[[GeminiServer, _Request], Awaitable[web.StreamResponse]]


def _status(code: int, status: str, message: str, *details: Body, **headers: str) -> Answer:
    async def answer(server: GeminiServer, request: _Request) -> web.StreamResponse:
        return _error(code, status, f"{message} {server.echo}".strip(), *details, **headers)

    return answer


def _delay(seconds: str) -> Body:
    return {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": seconds}


def _quota(name: str, value: str = "1000") -> Body:
    violation = {"quotaId": name, "quotaValue": value, "quotaMetric": "generativelanguage.googleapis.com/requests"}
    return {"@type": "type.googleapis.com/google.rpc.QuotaFailure", "violations": [violation]}


def _with(change: Callable[[_Request, Any], Any]) -> Answer:
    """The right answer, with its vectors changed. change : given the vectors, shape (texts, dimensions)."""

    async def answer(server: GeminiServer, request: _Request) -> web.StreamResponse:
        if request.method == "generateContent":
            return web.json_response({"candidates": []})
        vectors = [vector_of(text, request.dimensions).tolist() for text in request.texts]
        return web.json_response(_embedded(request, change(request, vectors)))

    return answer


def _with_first(*values: float) -> Answer:
    return _with(lambda _, vectors: [[*values, *vectors[0][len(values) :]], *vectors[1:]])


async def _slow(server: GeminiServer, request: _Request) -> web.StreamResponse:
    await asyncio.sleep(3600)
    return web.Response()


async def _dripping(server: GeminiServer, request: _Request) -> web.StreamResponse:
    """White space, byte by byte, without end."""
    response = web.StreamResponse(headers={"Content-Type": "application/json"})
    await response.prepare(request.http)
    while True:
        await response.write(b" ")
        await asyncio.sleep(0.01)


async def _endless(server: GeminiServer, request: _Request) -> web.StreamResponse:
    """White space as fast as it is taken, without end."""
    response = web.StreamResponse(headers={"Content-Type": "application/json"})
    await response.prepare(request.http)
    while True:
        await response.write(b" " * 1_000_000)


async def _dropped(server: GeminiServer, request: _Request) -> web.StreamResponse:
    assert request.http.transport is not None
    request.http.transport.abort()
    return web.Response()


async def _cut_off(server: GeminiServer, request: _Request) -> web.StreamResponse:
    """Half of the answer that was promised."""
    text = json.dumps(server.right_answer(request)).encode()
    response = web.StreamResponse(headers={"Content-Type": "application/json", "Content-Length": str(len(text))})
    await response.prepare(request.http)
    await response.write(text[: len(text) // 2])
    return await _dropped(server, request)


async def _broken_json(server: GeminiServer, request: _Request) -> web.StreamResponse:
    text = json.dumps(server.right_answer(request))
    return web.Response(text=text[: len(text) // 2], content_type="application/json")


async def _html(server: GeminiServer, request: _Request) -> web.StreamResponse:
    return web.Response(status=502, text="<html>Bad gateway</html>", content_type="text/html")


async def _no_object(server: GeminiServer, request: _Request) -> web.StreamResponse:
    return web.json_response([1, 2])


FAULTS: Final[dict[str, Answer]] = {
    "429": _status(429, "RESOURCE_EXHAUSTED", "Resource exhausted."),
    "429 with delay": _status(429, "RESOURCE_EXHAUSTED", "Resource exhausted.", _delay("0.05s")),
    "429 with long delay": _status(429, "RESOURCE_EXHAUSTED", "Resource exhausted.", _delay("7200s")),
    "429 with header": _status(429, "RESOURCE_EXHAUSTED", "Resource exhausted.", **{"Retry-After": "0"}),
    "429 with date": _status(
        429,
        "RESOURCE_EXHAUSTED",
        "Resource exhausted.",
        **{"Retry-After": format_datetime(datetime.now(UTC) + timedelta(days=1), usegmt=True)},
    ),
    "daily quota": _status(
        429,
        "RESOURCE_EXHAUSTED",
        "You exceeded your current quota.",
        _quota("EmbedContentRequestsPerDayPerProjectPerModel"),
        _delay("1s"),
    ),
    "no quota": _status(
        429, "RESOURCE_EXHAUSTED", "You exceeded your current quota.", _quota("RequestsPerMinute-FreeTier", "0")
    ),
    "spend cap": _status(429, "RESOURCE_EXHAUSTED", "Your project has exceeded its spending cap."),
    "500": _status(500, "INTERNAL", "An internal error has occurred."),
    "502": _html,
    "503": _status(503, "UNAVAILABLE", "The model is overloaded."),
    "504": _status(504, "DEADLINE_EXCEEDED", "Deadline expired before operation could complete."),
    "slow": _slow,
    "dripping": _dripping,
    "endless": _endless,
    "dropped": _dropped,
    "cut off": _cut_off,
    "broken json": _broken_json,
    "no object": _no_object,
    "too few": _with(lambda _, vectors: vectors[:-1]),
    "too many": _with(lambda _, vectors: [*vectors, vectors[0]]),
    "wrong dimensions": _with(lambda _, vectors: [*vectors[:-1], vectors[-1][:-1]]),
    "nan": _with_first(math.nan),
    "infinite": _with_first(math.inf),
    "zero": _with(lambda request, vectors: [[0.0] * request.dimensions, *vectors[1:]]),
    "empty vector": _with(lambda _, vectors: [[], *vectors[1:]]),
    "null": _with(lambda _, vectors: [None, *vectors[1:]]),
    "400": _status(400, "INVALID_ARGUMENT", "The input cannot be embedded."),
    "unknown model": _status(404, "NOT_FOUND", "The model is not found for API version v1beta."),
    "no permission": _status(403, "PERMISSION_DENIED", "Permission denied on resource project."),
    "wrong place": _status(400, "FAILED_PRECONDITION", "User location is not supported for the API use."),
    "expired key": _status(
        400,
        "INVALID_ARGUMENT",
        "API key expired. Please renew the API key.",
        {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID"},
    ),
}
# Those that pass by themselves, as any answer may have them at random.
PASSING: Final = (
    "429",
    "429 with delay",
    "429 with header",
    "500",
    "502",
    "503",
    "504",
    "dropped",
    "cut off",
    "broken json",
    "no object",
    "too few",
    "wrong dimensions",
    "nan",
    "infinite",
    "zero",
    "empty vector",
    "null",
)

HANGING: Final = ("slow", "dripping")


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


async def _start(server: GeminiServer, port: int = 0) -> web.ServerRunner:
    runner = web.ServerRunner(web.Server(server.handle), handler_cancellation=True, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    return runner


@cache
def _private_key() -> str:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()


async def _serve(server: GeminiServer) -> None:
    await _start(server)
    print(server.url, flush=True)
    await asyncio.to_thread(sys.stdin.read)  # until the parent closes it or is gone


if __name__ == "__main__":
    asyncio.run(_serve(GeminiServer(**json.loads(sys.argv[1]))))
