"""Calls of any kind: how many are under way, in which order they come out, and what ends them."""

import os
import signal
from collections.abc import Iterator
from typing import Any

import pytest

from creative_approaches.adapters.gemini.calls import Call, GeminiCalls
from creative_approaches.core.spending import Spending
from creative_approaches.core.tokens import Tokens
from creative_approaches.errors import TemporaryError
from tests.support.gemini.embedding import embed, embed_settings
from tests.support.gemini.server import GeminiServer


def send_one(client: Any) -> Any:
    return client.models.generate_content(model="gemini-3.5-flash-lite", contents="a prompt")


def call(**changed: Any) -> Call[str]:
    parts: dict[str, Any] = {
        "send": send_one,
        "read": lambda answer: answer.text,
        "expected": Tokens(10),
        "billed": lambda _: Tokens(1),
    }
    return Call(**(parts | changed))


def test_no_more_requests_are_under_way_than_connections(gemini: GeminiServer) -> None:
    gemini.latency = 0.01
    embed(gemini, [f"text {number}" for number in range(100)], gemini_backend="vertex", gemini_connections=5)
    assert gemini.most_at_once == 5


def test_a_call_that_waits_holds_no_connection(gemini: GeminiServer) -> None:
    texts = [f"text {number}" for number in range(30)]
    gemini.by_text[texts[10]] = "429 with delay"
    embedded = embed(gemini, texts, gemini_backend="vertex", gemini_connections=1)
    assert isinstance(embedded.stopped, TemporaryError)
    assert len(gemini.answered) == 29


def test_few_calls_are_started_while_none_succeeds(gemini: GeminiServer) -> None:
    texts = [f"text {number}" for number in range(100)]
    gemini.script.extend(["ok"] * 8 + ["429 with delay"] * 1000)
    embed(gemini, texts, gemini_backend="vertex", gemini_connections=2)
    assert len({asked.texts for asked in gemini.asked}) == 8 + 4 * 2


def test_results_of_other_kinds_come_in_order(gemini: GeminiServer) -> None:
    gemini.generate = lambda system, user, schema: f"name of {user}"

    def prompted(number: int) -> Call[str]:
        async def send(client: Any) -> Any:
            return await client.models.generate_content(model="gemini-3.5-flash-lite", contents=f"prompt {number}")

        return call(send=send)

    gemini.latency = 0.001
    with GeminiCalls(embed_settings(), Spending(None), None) as calls:
        assert calls.make([prompted(number) for number in range(20)]).results == [
            f"name of prompt {number}" for number in range(20)
        ]


def test_a_bug_of_ours_is_raised_at_once(gemini: GeminiServer) -> None:
    def read(answer: Any) -> str:
        return str(answer.text + 1)

    settings = embed_settings(gemini_connections=1)
    with GeminiCalls(settings, Spending(None), None) as calls, pytest.raises(TypeError):
        calls.make([call(read=read)] * 50)
    assert len(gemini.asked) < 50


@pytest.fixture
def interruptible() -> Iterator[None]:
    """SIGINT raises KeyboardInterrupt, also where whoever started the tests has it ignored, as a shell's `&` does."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_an_interrupt_ends_it(gemini: GeminiServer) -> None:
    gemini.random_share, gemini.random_kinds = 1.0, ["slow"]
    gemini.on_request = lambda: os.kill(os.getpid(), signal.SIGINT) if len(gemini.asked) == 1 else None
    with GeminiCalls(embed_settings(), Spending(None), None) as calls, pytest.raises(KeyboardInterrupt):
        calls.make([call()] * 20)
