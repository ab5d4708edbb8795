"""Quotas that are smaller than a batch: requests shrink until they pass, and nothing is paid for twice."""

import numpy as np
import pytest

from creative_approaches.adapters.gemini import calls
from creative_approaches.errors import TemporaryError, UsageError
from tests.support.gemini.embedding import assert_whole, embed
from tests.support.gemini.server import GeminiServer

MANY = [f"text {number}" for number in range(250)]


@pytest.fixture(params=[True, False], ids=["named", "not named"])
def gemini(gemini: GeminiServer, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> GeminiServer:
    """A server whose quotas are of a moment, and say how many inputs they let through, or do not."""
    gemini.quota_is_named = request.param
    gemini.quota_seconds = 0.02
    monkeypatch.setattr(calls, "_QUOTA_SECONDS", 2 * gemini.quota_seconds)
    monkeypatch.setattr(calls, "_JITTER_SECONDS", 0.001)
    return gemini


@pytest.mark.parametrize("quota", [99, 100, 60, 7])
def test_a_quota_smaller_than_a_batch_lets_all_texts_through_in_one_run(gemini: GeminiServer, quota: int) -> None:
    gemini.quota = quota
    assert_whole(embed(gemini, MANY), MANY)
    assert set(gemini.answered.values()) == {1}


def test_a_quota_of_one_text_at_a_time_does_as_well(gemini: GeminiServer) -> None:
    gemini.quota = 1
    assert_whole(embed(gemini, MANY[:20]), MANY[:20])
    assert set(gemini.answered.values()) == {1}


def test_requests_that_pass_are_not_cut(gemini: GeminiServer) -> None:
    gemini.quota = 100
    embed(gemini, MANY)
    assert {len(asked.texts) for asked in gemini.asked} <= {100, 50, 1}  # 1: the harmless one


def test_what_is_refused_is_still_alone(gemini: GeminiServer) -> None:
    gemini.quota = 99
    gemini.by_text[MANY[42]] = "400"
    embedded = embed(gemini, MANY)
    assert list(embedded.faults) == [42]
    assert np.isfinite(embedded.vectors).all(axis=1).sum() == len(MANY) - 1


def test_a_quota_that_lets_nothing_through_ends_it(gemini: GeminiServer) -> None:
    gemini.quota = 0
    embedded = embed(gemini, MANY[:20], gemini_patience_seconds=0.5)
    assert isinstance(embedded.stopped, UsageError if gemini.quota_is_named else TemporaryError)
    assert not gemini.answered
