"""What Gemini answers where something goes wrong, by kind."""

import asyncio
import json
import math
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any, Final

from aiohttp import web

from tests.support.gemini.answers import embedded, vectors_of
from tests.support.gemini.errors import INVALID_KEY, error
from tests.support.gemini.requests import Body, Request

RightAnswer = Callable[[], Body]
# Given the request, what makes its right answer, and what errors quote.
Answer = Callable[[Request, RightAnswer, str], Awaitable[web.StreamResponse]]


def _status(code: int, status: str, message: str, *details: Body, **headers: str) -> Answer:
    async def answer(request: Request, right: RightAnswer, echo: str) -> web.StreamResponse:
        return error(code, status, f"{message} {echo}".strip(), *details, **headers)

    return answer


def _delay(seconds: str) -> Body:
    return {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": seconds}


def _quota(name: str, value: str = "1000") -> Body:
    violation = {"quotaId": name, "quotaValue": value, "quotaMetric": "generativelanguage.googleapis.com/requests"}
    return {"@type": "type.googleapis.com/google.rpc.QuotaFailure", "violations": [violation]}


def _with(change: Callable[[Request, Any], Any]) -> Answer:
    """The right answer, with its vectors changed. change : given the vectors, shape (texts, dimensions)."""

    async def answer(request: Request, right: RightAnswer, echo: str) -> web.StreamResponse:
        if request.method == "generateContent":
            return web.json_response({"candidates": []})
        return web.json_response(embedded(request, change(request, vectors_of(request))))

    return answer


def _with_first(*values: float) -> Answer:
    return _with(lambda _, vectors: [[*values, *vectors[0][len(values) :]], *vectors[1:]])


async def _slow(request: Request, right: RightAnswer, echo: str) -> web.StreamResponse:
    await asyncio.sleep(3600)
    return web.Response()


async def _dripping(request: Request, right: RightAnswer, echo: str) -> web.StreamResponse:
    """White space, byte by byte, without end."""
    response = web.StreamResponse(headers={"Content-Type": "application/json"})
    await response.prepare(request.http)
    while True:
        await response.write(b" ")
        await asyncio.sleep(0.01)


async def _endless(request: Request, right: RightAnswer, echo: str) -> web.StreamResponse:
    """White space as fast as it is taken, without end."""
    response = web.StreamResponse(headers={"Content-Type": "application/json"})
    await response.prepare(request.http)
    while True:
        await response.write(b" " * 1_000_000)


async def _dropped(request: Request, right: RightAnswer, echo: str) -> web.StreamResponse:
    assert request.http.transport is not None
    request.http.transport.abort()
    return web.Response()


async def _cut_off(request: Request, right: RightAnswer, echo: str) -> web.StreamResponse:
    """Half of the answer that was promised."""
    text = json.dumps(right()).encode()
    response = web.StreamResponse(headers={"Content-Type": "application/json", "Content-Length": str(len(text))})
    await response.prepare(request.http)
    await response.write(text[: len(text) // 2])
    return await _dropped(request, right, echo)


async def _broken_json(request: Request, right: RightAnswer, echo: str) -> web.StreamResponse:
    text = json.dumps(right())
    return web.Response(text=text[: len(text) // 2], content_type="application/json")


async def _html(request: Request, right: RightAnswer, echo: str) -> web.StreamResponse:
    return web.Response(status=502, text="<html>Bad gateway</html>", content_type="text/html")


async def _no_object(request: Request, right: RightAnswer, echo: str) -> web.StreamResponse:
    return web.json_response([1, 2])


def quota_exceeded(quota: int | None, seconds: float) -> web.Response:
    """What a request gets that a quota of inputs in so many seconds holds off. quota : None where it is not named."""
    details = [] if quota is None else [_quota("EmbedContentRequestsPerMinutePerProjectPerModel", str(quota))]
    details += [] if quota is None else [_delay(f"{seconds}s")]
    return error(429, "RESOURCE_EXHAUSTED", "You exceeded your current quota.", *details)


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
        INVALID_KEY,
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
