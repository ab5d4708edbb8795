"""Limits of requests and of cost, and what counts towards them."""

import numpy as np
import pytest

from creative_approaches.core.prices import PRICES
from creative_approaches.core.spending import Spending
from creative_approaches.core.tokens import Tokens
from creative_approaches.errors import LimitError
from tests.support.gemini.embedding import embed
from tests.support.gemini.server import GeminiServer


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
