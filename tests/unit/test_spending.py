"""What a run has spent, and the limits that stop it before it spends more."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creative_approaches.core.prices import FREE, PRICES, Price
from creative_approaches.core.spending import Spending, Usage
from creative_approaches.core.tokens import Tokens, estimate_tokens
from creative_approaches.errors import LimitError

DEAR = Price(1_000_000.0, 2_000_000.0)  # a dollar a token, two for one that comes back
ONE = Tokens(1)


def spend(spending: Spending, *requests: Tokens) -> None:
    for tokens in requests:
        assert spending.open(tokens)
        spending.close(tokens, tokens)


def test_a_list_price_is_per_million_tokens() -> None:
    """Of gemini-3.5-flash-lite: 0.30 USD in, 2.50 USD out."""
    assert PRICES["gemini-3.5-flash-lite"].of(Tokens(2_000_000, 1_000_000)) == pytest.approx(3.10)


def test_requests_tokens_and_cost_are_counted() -> None:
    spending = Spending(DEAR)
    spend(spending, Tokens(3, 2, are_estimated=False))
    spending.open(ONE, is_retry=True)
    spending.close(ONE, None)
    assert spending.usage == Usage(requests=2, retries=1, tokens=5, tokens_are_estimated=False, cost_usd=7.0)


def test_one_estimate_makes_the_sum_an_estimate() -> None:
    spending = Spending(DEAR)
    spend(spending, ONE, Tokens(1, are_estimated=False))
    assert spending.usage.tokens_are_estimated


def test_an_unknown_price_is_an_unknown_cost_and_no_limit() -> None:
    spending = Spending(None)
    spend(spending, ONE)
    assert spending.usage.cost_usd is None
    assert spending.usage.tokens == 1


def test_what_costs_nothing_never_meets_a_limit_of_cost() -> None:
    spending = Spending(FREE, max_cost_usd=0.0)
    spend(spending, *[Tokens(10**9)] * 3)
    assert spending.usage.cost_usd == 0


def test_no_request_is_sent_beyond_their_number() -> None:
    spending = Spending(DEAR, max_requests=2)
    spend(spending, ONE, ONE)
    with pytest.raises(LimitError, match="max_requests: 2 requests were sent"):
        spending.open(ONE)
    assert spending.usage.requests == 2


def test_what_is_under_way_counts_at_its_most_and_is_waited_for() -> None:
    spending = Spending(DEAR, max_cost_usd=5.0)
    assert spending.open(Tokens(3))
    assert not spending.open(Tokens(3))
    spending.close(Tokens(3), Tokens(1))  # less than it might have been: there is room again
    assert spending.open(Tokens(4))
    spending.close(Tokens(4), Tokens(4))
    with pytest.raises(LimitError, match=r"max_cost_usd: 5\.0000 of 5\.0 USD are spent, and the next"):
        spending.open(Tokens(1))
    assert spending.usage.requests == 2


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50), st.booleans())), st.integers(0, 100))
def test_the_cost_never_exceeds_its_limit_however_many_are_under_way(
    requests: list[tuple[int, int, bool]], limit: int
) -> None:
    """Each takes at most what it was opened with, and ends sooner or later."""
    spending = Spending(DEAR, max_cost_usd=limit)
    under_way: list[tuple[Tokens, Tokens]] = []
    for most, less, ends in requests:
        with suppress(LimitError):
            if spending.open(Tokens(most)):
                under_way.append((Tokens(most), Tokens(max(0, most - less))))
        if ends and under_way:
            spending.close(*under_way.pop(0))
    for one in under_way:
        spending.close(*one)
    assert (spending.usage.cost_usd or 0) <= limit


def test_tokens_are_rather_overestimated_than_missed() -> None:
    """Four characters a token is Google's rule of thumb for English; one a character is close for Japanese."""
    english = "Save 20% on all hiking boots until Sunday"
    assert len(english) / 4 <= estimate_tokens(english) <= len(english) / 2
    assert estimate_tokens("夏のセール開催中") == 8
    assert estimate_tokens("") == 1
