"""What goes wrong with Gemini, and what comes of it, through the real client."""

import logging
import os
import re
import signal
from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from creative_approaches.adapters.embedders.gemini import GeminiEmbedder
from creative_approaches.adapters.embedders.port import Embedded
from creative_approaches.adapters.gemini import calls as gemini_calls
from creative_approaches.adapters.gemini.calls import Call, GeminiCalls
from creative_approaches.core.prices import PRICES
from creative_approaches.core.spending import Spending
from creative_approaches.core.tokens import Tokens
from creative_approaches.errors import DataError, LimitError, TemporaryError, UsageError
from tests.support.gemini.access import KEY, TOKEN
from tests.support.gemini.answers import unit_vectors
from tests.support.gemini.faults import FAULTS, PASSING
from tests.support.gemini.jobs import embed_settings
from tests.support.gemini.server import GeminiServer, running_gemini

SECRET_TEXT = "The planted words of an unpublished campaign"
TEXTS = [f"{SECRET_TEXT} {number}" for number in range(12)]


@pytest.fixture
def gemini(monkeypatch: pytest.MonkeyPatch) -> Iterator[GeminiServer]:
    """A server, and waits that are short enough for a test."""
    for name in [name for name in os.environ if name.startswith(("GOOGLE_", "GEMINI_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setattr(gemini_calls, "_BACKOFF_SECONDS", (0.001, 0.01))
    monkeypatch.setattr(gemini_calls, "_FAULTY_BACKOFF_SECONDS", 0.001)
    with running_gemini() as server:
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        yield server


def embed(server: GeminiServer, texts: list[str] = TEXTS, spending: Spending | None = None, **changed: Any) -> Embedded:
    settings = embed_settings(**changed)
    credentials = server.credentials() if settings.gemini_backend == "vertex" else None
    with GeminiEmbedder.open(settings, spending or Spending(None), credentials) as embedder:
        return embedder.embed(texts)


def assert_whole(embedded: Embedded, texts: list[str] = TEXTS) -> None:
    assert (embedded.stopped, dict(embedded.faults)) == (None, {})
    np.testing.assert_allclose(embedded.vectors, unit_vectors(texts, 128), atol=1e-12)


def send_one(client: Any) -> Any:
    return client.models.generate_content(model="gemini-3.5-flash-lite", contents="a prompt")


def most_asked(server: GeminiServer) -> int:
    return max(Counter(asked.texts for asked in server.asked).values())


def call(**changed: Any) -> Call[str]:
    parts: dict[str, Any] = {
        "send": send_one,
        "read": lambda answer: answer.text,
        "expected": Tokens(10),
        "billed": lambda _: Tokens(1),
    }
    return Call(**(parts | changed))


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


@pytest.mark.parametrize(("kind", "reason"), [("400", "refused"), ("nan", "faulty_answer"), ("500", "faulty_answer")])
@pytest.mark.parametrize("backend", ["developer", "vertex"])
def test_a_bad_text_is_found_and_the_rest_gets_vectors(
    gemini: GeminiServer, backend: str, kind: str, reason: str
) -> None:
    texts = [f"text {number}" for number in range(150)]
    gemini.by_text[texts[77]] = kind
    embedded = embed(gemini, texts, gemini_backend=backend)
    assert embedded.stopped is None
    assert {position: fault.reason for position, fault in embedded.faults.items()} == {77: reason}
    others = [position for position in range(150) if position != 77]
    np.testing.assert_allclose(embedded.vectors[others], unit_vectors(texts, 128)[others], atol=1e-12)
    assert np.isnan(embedded.vectors[77]).all()
    gemini.answered.pop("Free delivery", None)  # which tells a bad text from a bad day
    assert set(gemini.answered.values()) == {1}


def test_first_texts_that_are_all_bad_do_not_hide_that_others_are_not(gemini: GeminiServer) -> None:
    texts = [f"text {number}" for number in range(30)]
    gemini.by_text |= dict.fromkeys(texts[:3], "400")
    embedded = embed(gemini, texts)
    assert embedded.stopped is None
    assert sorted(embedded.faults) == [0, 1, 2]
    gemini.answered.pop("Free delivery", None)
    assert set(gemini.answered.values()) == {1}
    assert len(gemini.answered) == 27


@pytest.mark.parametrize("backend", ["developer", "vertex"])
@pytest.mark.parametrize("kind", ["400", "wrong dimensions"])
def test_where_no_text_can_be_embedded_it_is_the_configuration(gemini: GeminiServer, kind: str, backend: str) -> None:
    gemini.random_share, gemini.random_kinds = 1.0, [kind]
    embedded = embed(gemini, [f"text {number}" for number in range(5000)], gemini_backend=backend)
    assert isinstance(embedded.stopped, DataError)
    assert "embedding_dimensions" in str(embedded.stopped)
    assert not embedded.faults
    assert len(gemini.asked) <= 9 * gemini_calls.ATTEMPTS


@pytest.mark.parametrize("backend", ["developer", "vertex"])
@pytest.mark.parametrize("kind", ["400", "nan", "500"])
def test_texts_behind_many_bad_ones_get_vectors(gemini: GeminiServer, kind: str, backend: str) -> None:
    texts = [f"text {number:02}" for number in range(28)]
    gemini.by_text |= dict.fromkeys(texts[:8], kind)
    embedded = embed(gemini, texts, gemini_backend=backend)
    assert embedded.stopped is None
    assert sorted(embedded.faults) == list(range(8))
    np.testing.assert_allclose(embedded.vectors[8:], unit_vectors(texts, 128)[8:], atol=1e-12)


@pytest.mark.parametrize("backend", ["developer", "vertex"])
@pytest.mark.parametrize("count", [1, 7, 12])
def test_where_all_is_refused_no_text_is_blamed(gemini: GeminiServer, count: int, backend: str) -> None:
    gemini.random_share, gemini.random_kinds = 1.0, ["400"]
    embedded = embed(gemini, TEXTS[:count], gemini_backend=backend)
    assert isinstance(embedded.stopped, DataError)
    assert not embedded.faults


@pytest.mark.parametrize(
    ("kind", "error"), [("503", TemporaryError), ("daily quota", TemporaryError), ("nan", DataError)]
)
def test_a_refusal_is_not_believed_while_a_harmless_text_is_not_embedded(
    gemini: GeminiServer, kind: str, error: type[Exception]
) -> None:
    gemini.by_text |= {"a text": "400", "Free delivery": kind}
    embedded = embed(gemini, ["a text"])
    assert isinstance(embedded.stopped, error)
    assert not embedded.faults


def test_what_worked_once_is_not_checked_again(gemini: GeminiServer) -> None:
    gemini.by_text["bad"] = "400"
    with GeminiEmbedder.open(embed_settings(), Spending(None), None) as embedder:
        assert_whole(embedder.embed(TEXTS))
        assert embedder.embed(["bad"]).faults[0].reason == "refused"
    assert len(gemini.asked) == 2


def test_few_texts_may_all_be_bad(gemini: GeminiServer) -> None:
    gemini.by_text["bad"] = "400"
    embedded = embed(gemini, ["bad"])
    assert embedded.stopped is None
    assert embedded.faults[0].reason == "refused"


def test_a_text_longer_than_the_model_reads_is_cut(gemini: GeminiServer) -> None:
    embedded = embed(gemini, ["word " * 50_000, "短い" * 20_000, "short"])
    assert not embedded.faults
    assert max(len(asked.texts[0]) for asked in gemini.asked) < 25_000


def test_a_limit_of_requests_stops_and_keeps_what_is_done(gemini: GeminiServer) -> None:
    spending = Spending(None, max_requests=3)
    embedded = embed(gemini, [f"text {number}" for number in range(1000)], spending)
    assert isinstance(embedded.stopped, LimitError)
    assert np.isfinite(embedded.vectors).all(axis=1).sum() == 300
    assert len(gemini.asked) == 3 == spending.usage.requests


def test_a_limit_of_cost_is_not_exceeded(gemini: GeminiServer) -> None:
    price = PRICES["gemini-embedding-2"]
    spending = Spending(price, max_cost_usd=price.of(Tokens(4_000)))
    embedded = embed(gemini, [f"text {number}" for number in range(1000)], spending)
    assert isinstance(embedded.stopped, LimitError)
    assert 2_000 < spending.usage.tokens <= 4_000
    assert np.isfinite(embedded.vectors).all(axis=1).sum() == len(gemini.answered)


def test_refused_requests_are_not_paid_for_and_lost_ones_may_be(gemini: GeminiServer) -> None:
    price = PRICES["gemini-embedding-2"]
    costs = []
    for script in (["ok"], ["503", "ok"], ["dropped", "ok"], ["nan", "ok"]):
        gemini.script.extend(script)
        spending = Spending(price)
        embed(gemini, ["a text"], spending)
        costs.append(spending.usage.cost_usd)
    once = costs[0]
    assert once
    assert costs == pytest.approx([once, once, 2 * once, 2 * once])


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


@pytest.mark.parametrize("kind", [kind for kind in FAULTS if kind not in ("slow", "dripping", "endless")])
@pytest.mark.parametrize("backend", ["developer", "vertex"])
def test_no_key_token_or_text_is_ever_repeated(
    gemini: GeminiServer, backend: str, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    gemini.echo = f'{KEY} Authorization: Bearer {TOKEN} ?key={KEY} \\"{SECRET_TEXT.upper()}\\"'
    gemini.random_share, gemini.random_kinds = 1.0, [kind]
    embedded = embed(gemini, gemini_backend=backend)
    assert gemini.asked
    said = [str(embedded.stopped), *(fault.detail for fault in embedded.faults.values()), caplog.text]
    for secret in (KEY, TOKEN, SECRET_TEXT):
        assert secret.lower() not in " ".join(said).lower()
    assert all(len(text) < 600 for text in said[:-1])


def test_a_text_in_quotes_of_the_server_is_not_a_fault_of_all(gemini: GeminiServer) -> None:
    gemini.echo = f"Invalid value: {SECRET_TEXT[10:]}"
    gemini.by_text[TEXTS[3]] = "400"
    detail = embed(gemini).faults[3].detail
    assert "not repeated here" in detail


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
