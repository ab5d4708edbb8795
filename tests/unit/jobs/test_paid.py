"""What people are told before anything is paid for."""

from typing import Any

import pytest

from creative_approaches.core.prices import FREE, PRICES_AS_OF, Price
from creative_approaches.core.tokens import Tokens
from creative_approaches.errors import UsageError
from creative_approaches.jobs.paid import Estimate, spending_on, usd
from creative_approaches.settings import GeminiSettings


def limits(**changes: Any) -> GeminiSettings:
    return GeminiSettings.of(changes)


def test_an_estimate_says_how_much_what_it_costs_and_by_which_prices() -> None:
    estimate = Estimate("vectors", "some-model", Price(0.2), 1_200, 2, [Tokens(50)] * 200)
    assert str(estimate) == (
        "200 of 1,200 vectors to be made by some-model, 1,000 are there; "
        f"about 2 requests, 10,000 tokens, 0.002 USD by prices of {PRICES_AS_OF}"
    )


def test_what_is_free_and_what_is_all_there_costs_nothing() -> None:
    assert str(Estimate("names", "offline", FREE, 3, 0, [Tokens(9)])).endswith("2 are there; no cost")
    assert str(Estimate("names", "some-model", Price(1.0), 3, 0, [])).endswith("3 are there; no cost")


def test_an_unknown_price_is_said() -> None:
    assert str(Estimate("names", "new-model", None, 1, 1, [Tokens(9)])).endswith("9 tokens, at an unknown price")


def test_a_limit_of_cost_needs_a_price() -> None:
    with pytest.raises(UsageError, match="max_cost_usd cannot hold for new-model"):
        spending_on("new-model", is_paid=True, limits=limits(max_cost_usd=1.0))
    assert spending_on("new-model", is_paid=True, limits=limits()).usage.cost_usd is None


@pytest.mark.parametrize(
    ("amount", "text"),
    [(0.0, "0.00 USD"), (0.00001, "under 0.0001 USD"), (0.000123, "0.00012 USD"), (1234.5, "1,234.50 USD")],
)
def test_small_amounts_keep_their_digits(amount: float, text: str) -> None:
    assert usd(amount) == text
