"""Requests as Gemini reads them: it refuses what is not in order."""

import re
from dataclasses import dataclass
from typing import Any, Final

from aiohttp import web

from creative_approaches.core.tokens import estimate_tokens
from tests.support.gemini.access import KEY, TOKEN
from tests.support.gemini.errors import INVALID_KEY, error
from tests.support.gemini.generation import check_generation, parts_of

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


@dataclass(frozen=True)
class Request:
    """A request that is in order."""

    http: web.Request
    method: str
    model: str
    body: Body
    texts: tuple[str, ...]
    dimensions: int = 0
    pictures: tuple[bytes, ...] = ()


def read_request(http: Any, body: Body) -> Request | web.Response:
    """The request, or what Gemini answers to one that is wrong."""
    developer, vertex = _DEVELOPER.fullmatch(http.path), _VERTEX.fullmatch(http.path)
    if http.method != "POST" or not (developer or vertex):
        return error(404, "NOT_FOUND", f"The path {http.path} was not found.")
    if developer and http.headers.get("x-goog-api-key") != KEY:
        return error(400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.", INVALID_KEY)
    if vertex and http.headers.get("Authorization") != f"Bearer {TOKEN}":
        return error(401, "UNAUTHENTICATED", "Request had invalid authentication credentials.")
    found: Any = developer or vertex
    method, model = found["method"], found["model"]
    if method == "generateContent":
        try:
            check_generation(body)
            user, pictures = parts_of(body)
        except (KeyError, TypeError, ValueError) as wrong:
            return error(400, "INVALID_ARGUMENT", str(wrong))
        return Request(http, method, model, body, (user,), pictures=pictures)
    if model not in _MODELS:
        return error(404, "NOT_FOUND", f"models/{model} is not found for API version v1beta.")
    is_new = model == "gemini-embedding-2"
    if method not in (_DEVELOPER_METHODS if developer else _VERTEX_METHODS[model]):
        return error(404, "NOT_FOUND", f"{model} is not supported for {method}.")
    try:
        texts, tasks, dimensions = _READERS[method](body, model)
    except (KeyError, TypeError, ValueError) as wrong:
        return error(400, "INVALID_ARGUMENT", f"The body is wrong: {wrong!r}")
    task = None if is_new else "CLUSTERING"
    if tasks != {task}:
        return error(400, "INVALID_ARGUMENT", f"task_type {tasks} is not supported.")
    if is_new and not all(text.startswith(PREFIX) for text in texts):
        return error(400, "INVALID_ARGUMENT", "The task is missing.")
    if any(estimate_tokens(text) > 2 * _MODELS[model] for text in texts):
        return error(400, "INVALID_ARGUMENT", "The input is too long.")
    return Request(http, method, model, body, tuple(text.removeprefix(PREFIX) for text in texts), dimensions)


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
