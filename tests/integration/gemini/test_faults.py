"""Faults of Gemini, and what comes of them, through the real client."""

import re
from collections import Counter
from typing import Any

import numpy as np
import pytest

from creative_approaches.adapters.gemini import calls as gemini_calls
from creative_approaches.core.prices import PRICES
from creative_approaches.core.spending import Spending
from creative_approaches.errors import TemporaryError, UsageError
from tests.support.gemini.answers import unit_vectors
from tests.support.gemini.embedding import assert_whole, embed
from tests.support.gemini.faults import PASSING
from tests.support.gemini.server import GeminiServer


def most_asked(server: GeminiServer) -> int:
    return max(Counter(asked.texts for asked in server.asked).values())


@pytest.mark.parametrize("backend", ["developer", "vertex"])
@pytest.mark.parametrize("kind", PASSING)
def test_a_fault_that_passes_is_asked_again(gemini: GeminiServer, kind: str, backend: str) -> None:
    gemini.script.extend([kind, kind])
    spending = Spending(None)
    assert_whole(embed(gemini, spending=spending, gemini_backend=backend))
    assert spending.usage.retries == 2
    assert set(gemini.answered.values()) == {1}


def test_more_vectors_than_texts_are_none(gemini: GeminiServer) -> None:
    gemini.script.append("too many")
    assert_whole(embed(gemini))
    assert len(gemini.asked) == 2


@pytest.mark.parametrize("kind", ["slow", "dripping", "endless"])
def test_an_answer_that_does_not_end_is_given_up_and_asked_again(gemini: GeminiServer, kind: str) -> None:
    gemini.script.append(kind)
    spending = Spending(PRICES["gemini-embedding-2"])
    assert_whole(embed(gemini, spending=spending, gemini_timeout_seconds=0.5))
    assert spending.usage.requests == 2


@pytest.mark.parametrize(("backend", "count"), [("vertex", 400), ("developer", 3000)])
def test_no_text_is_asked_again_after_its_answer_whatever_fails(gemini: GeminiServer, backend: str, count: int) -> None:
    texts = [f"text {number}" for number in range(count)]
    gemini.random_share, gemini.random_kinds = 0.3, PASSING
    assert_whole(embed(gemini, texts, gemini_backend=backend), texts)
    gemini.answered.pop("Free delivery", None)
    assert len(gemini.answered) == count
    assert set(gemini.answered.values()) == {1}


def test_faulty_answers_until_patience_ends_are_the_inputs_own(gemini: GeminiServer) -> None:
    gemini.by_text["a text"], gemini.latency = "nan", 0.03
    embedded = embed(gemini, ["a text"], gemini_patience_seconds=0.05)
    assert embedded.stopped is None
    assert embedded.faults[0].reason == "faulty_answer"
    assert len(gemini.asked) < gemini_calls.ATTEMPTS


def test_a_longer_delay_than_patience_stops_all_and_says_so(gemini: GeminiServer) -> None:
    gemini.script.append("429 with long delay")
    stopped = embed(gemini).stopped
    assert isinstance(stopped, TemporaryError)
    assert "wait 7,200 seconds" in str(stopped)
    assert len(gemini.asked) == 1


def test_a_date_to_wait_for_is_understood(gemini: GeminiServer) -> None:
    gemini.script.append("429 with date")
    stopped = embed(gemini).stopped
    asked = re.search(r"wait ([\d,]+) seconds", str(stopped))
    assert asked
    # The date is a day after the server was imported, which is hours ago at most.
    assert 50_000 < int(asked[1].replace(",", "")) <= 24 * 3600


def test_a_fault_that_stays_stops_all_after_bounded_attempts(gemini: GeminiServer) -> None:
    gemini.random_share, gemini.random_kinds = 1.0, ["503"]
    embedded = embed(gemini)
    assert isinstance(embedded.stopped, TemporaryError)
    assert "Run the same command again" in str(embedded.stopped)
    assert len(gemini.asked) == gemini_calls.ATTEMPTS
    assert np.isnan(embedded.vectors).all()


def test_an_unreachable_server_stops_all_and_costs_nothing(gemini: GeminiServer, monkeypatch: Any) -> None:
    monkeypatch.setenv("GOOGLE_GEMINI_BASE_URL", "http://127.0.0.1:9")
    spending = Spending(PRICES["gemini-embedding-2"])
    stopped = embed(gemini, spending=spending).stopped
    assert isinstance(stopped, TemporaryError)
    assert "cannot be reached" in str(stopped)
    assert spending.usage.cost_usd == 0


def test_patience_ends_before_attempts_do(gemini: GeminiServer) -> None:
    gemini.random_share, gemini.random_kinds = 1.0, ["429 with delay"]
    embedded = embed(gemini, gemini_patience_seconds=0.06)
    assert isinstance(embedded.stopped, TemporaryError)
    assert len(gemini.asked) < gemini_calls.ATTEMPTS


@pytest.mark.parametrize("kind", ["429", "429 with delay", "503"])
def test_a_small_quota_is_waited_for_as_long_as_others_are_answered(gemini: GeminiServer, kind: str) -> None:
    texts = [f"text {number}" for number in range(16)]
    gemini.script.extend(([kind] * 9 + ["ok"]) * len(texts))
    assert_whole(embed(gemini, texts, gemini_backend="vertex", gemini_connections=1), texts)
    assert len(gemini.asked) == 10 * len(texts)
    assert most_asked(gemini) > gemini_calls.ATTEMPTS


def test_patience_starts_anew_while_others_are_answered(gemini: GeminiServer) -> None:
    texts = [f"text {number}" for number in range(50)]
    gemini.by_text[texts[10]] = "429"
    gemini.on_request = lambda: gemini.by_text.clear() if len(gemini.answered) == 49 else None
    gemini.latency = 0.03
    settings: dict[str, Any] = {"gemini_connections": 1, "gemini_patience_seconds": 1.0}
    assert_whole(embed(gemini, texts, gemini_backend="vertex", **settings), texts)
    assert most_asked(gemini) > gemini_calls.ATTEMPTS


def test_who_is_held_off_ends_when_nobody_is_answered_any_more(gemini: GeminiServer) -> None:
    texts = [f"text {number}" for number in range(40)]
    gemini.script.extend((["429"] * 9 + ["ok"]) * 20)
    gemini.random_share, gemini.random_kinds = 1.0, ["429"]
    embedded = embed(gemini, texts, gemini_backend="vertex", gemini_connections=1)
    assert isinstance(embedded.stopped, TemporaryError)
    assert np.isfinite(embedded.vectors).all(axis=1).sum() == 20
    assert len(gemini.asked) <= 200 + 4 * gemini_calls.ATTEMPTS


@pytest.mark.parametrize(
    ("kind", "error", "words"),
    [
        ("daily quota", TemporaryError, "midnight Pacific time"),
        ("spend cap", TemporaryError, "spend cap"),
        ("no quota", UsageError, "enable billing"),
        ("expired key", UsageError, "Check the key in GEMINI_API_KEY"),
        ("no permission", UsageError, "Vertex AI User"),
        ("wrong place", UsageError, "User location is not supported"),
        ("unknown model", UsageError, "the model gemini-embedding-2"),
    ],
)
def test_what_no_request_can_get_past_stops_at_once(
    gemini: GeminiServer, kind: str, error: type[Exception], words: str
) -> None:
    gemini.random_share, gemini.random_kinds = 1.0, [kind]
    embedded = embed(gemini, [f"text {number}" for number in range(1000)])
    assert isinstance(embedded.stopped, error)
    assert words in str(embedded.stopped)
    assert len(gemini.asked) == 1
    assert not embedded.faults


def test_a_stop_in_the_middle_keeps_what_is_done(gemini: GeminiServer) -> None:
    texts = [f"text {number}" for number in range(1000)]
    gemini.script.extend(["ok"] * 4 + ["daily quota"] * 6)
    embedded = embed(gemini, texts, gemini_connections=1)
    assert isinstance(embedded.stopped, TemporaryError)
    is_done = np.isfinite(embedded.vectors).all(axis=1)
    assert is_done.sum() == 400 == len(gemini.answered)
    np.testing.assert_allclose(embedded.vectors[is_done], unit_vectors(texts, 128)[is_done], atol=1e-12)
