"""What is understood of an error, without a server."""

from datetime import UTC, datetime
from typing import Any

import pytest

from creative_approaches.adapters.gemini.client import Access
from creative_approaches.adapters.gemini.faults import Fault, explain

NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)


class AnsweredError(Exception):
    """An error as the client raises it."""

    def __init__(self, code: int, message: str = "", details: Any = None, headers: Any = None) -> None:
        super().__init__(message)
        self.code, self.status, self.message = code, "STATUS", message
        self.details = {"error": {"details": details or []}} if not isinstance(details, str) else details
        self.response = type("Response", (), {"headers": headers or {}, "url": "http://host/v1/models/m:predict"})()


def explained(error: Exception, *private: str) -> Fault:
    return explain(error, Access({"api_key": "planted-key"}).redact, private, NOW)


@pytest.mark.parametrize(
    ("details", "headers", "delay"),
    [
        ([], {}, None),
        ([{"retryDelay": "7s"}], {}, 7),
        ([{"retryDelay": "1.5s"}], {}, 1.5),
        ([{"retryDelay": "soon"}], {}, None),
        ([{"retryDelay": "nan"}], {}, None),
        ([{"retryDelay": "-3s"}], {}, 0),
        ([], {"Retry-After": "9"}, 9),
        ([], {"Retry-After": "Mon, 05 Jan 2026 12:00:30 GMT"}, 30),
        ([], {"Retry-After": "Mon, 05 Jan 2026 11:00:00 GMT"}, 0),
        ([], {"Retry-After": "soon"}, None),
        ([{"retryDelay": "2s"}], {"Retry-After": "9"}, 9),
        ("no details", {}, None),
        ([None, 3, "x"], {}, None),
    ],
)
def test_the_longest_delay_that_is_asked_for_counts(details: Any, headers: Any, delay: float | None) -> None:
    assert explained(AnsweredError(429, "Slow down.", details, headers)).delay == delay


@pytest.mark.parametrize("code", [408, 429, 500, 502, 503, 504, 599])
def test_what_may_pass_is_neither_refused_nor_paid_for(code: int) -> None:
    fault = explained(AnsweredError(code, "Later."))
    assert (fault.stops, fault.is_refusal, fault.is_paid) == (None, False, False)


@pytest.mark.parametrize("code", [400, 413, 422])
def test_what_is_wrong_with_a_request_is_its_own(code: int) -> None:
    assert explained(AnsweredError(code, "Wrong.")).is_refusal


INVALID_KEY = {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID"}


@pytest.mark.parametrize(
    ("message", "details", "stops"),
    [("Renew it.", [INVALID_KEY], True), ("Cannot embed: get your API key today", [], False)],
)
def test_a_key_is_invalid_by_its_code_and_not_by_what_a_text_says(message: str, details: Any, stops: bool) -> None:
    fault = explained(AnsweredError(400, message, details))
    assert (fault.stops is not None, fault.is_refusal) == (stops, not stops)


@pytest.mark.parametrize(
    ("message", "quota", "stops"),
    [
        ("Quota exceeded.", "EmbedContentRequestsPerDayPerProjectPerModel", True),
        ("Quota exceeded. Raise your daily or minute quota.", "EmbedContentRequestsPerMinutePerProjectPerModel", False),
        ("Quota exceeded for embed_content_requests_per_day.", None, True),
        ("Quota exceeded for embed_content_requests_per_minute.", None, False),
    ],
)
def test_the_quota_of_a_day_stops_all_by_its_name_or_else_by_the_message(
    message: str, quota: str | None, stops: bool
) -> None:
    details = [{"violations": [{"quotaId": quota, "quotaValue": "1000"}]}] if quota else []
    assert (explained(AnsweredError(429, message, details)).stops is not None) == stops


@pytest.mark.parametrize(
    ("message", "private", "is_repeated"),
    [
        ("Cannot embed: buy two of them now", "Buy two of them now, pay one", False),
        ("Cannot embed: buy  two\nof THEM now", "buy two of them now", False),
        ('Cannot embed "buy \\"two\\" of them"', 'buy "two" of them', False),
        ("The text Summer! is refused", "Summer!", False),
        ("The text is refused", "text", True),
        ("The text is refused", "Something else altogether", True),
    ],
)
def test_a_message_that_quotes_the_text_is_not_repeated(message: str, private: str, is_repeated: bool) -> None:
    detail = explained(AnsweredError(400, message), private).detail
    assert (message in detail) == is_repeated
    assert ("not repeated here" in detail) != is_repeated


@pytest.mark.parametrize(
    "secret",
    ["planted-key", "AIzaSyPlantedKeyOfTheLoopbackServer1234", "ya29.a0Abc-d_e", "Bearer abc.def", "?key=secret-1"],
)
def test_what_looks_like_a_secret_is_not_repeated(secret: str) -> None:
    detail = explained(AnsweredError(500, f"Request with {secret} failed")).detail
    assert secret not in detail
    assert "[redacted]" in detail


def test_long_messages_are_cut_after_secrets_are_removed() -> None:
    detail = explained(AnsweredError(500, "x" * 195 + "planted-key" + "y" * 1_000)).detail
    assert "planted" not in detail
    assert len(detail) < 300


def test_an_unknown_error_is_lost_and_may_be_paid_for() -> None:
    assert explained(RuntimeError("planted-key")) == Fault(
        "Gemini's answer was lost or cannot be read (RuntimeError).", is_paid=True, may_be_input=True
    )
