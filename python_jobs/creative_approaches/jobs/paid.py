"""What a job that asks a model would cost, and what it may spend."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from creative_approaches.adapters.warehouses.port import Warehouse
from creative_approaches.core.prices import FREE, PRICES, PRICES_AS_OF, Price
from creative_approaches.core.spending import Spending
from creative_approaches.core.tokens import Tokens
from creative_approaches.errors import UsageError
from creative_approaches.settings import GeminiSettings

S = TypeVar("S", bound=GeminiSettings)

_SMALLEST_USD: Final = 0.0001


@dataclass(frozen=True)
class Estimate:
    """What a job is about to ask for.

    work : what is made, such as "vectors".  by : what makes them.  price : None where it is not known.
    total : how many are wanted, those that are there included.  tokens : of each that is still to be made.
    note : what else is to be known of them; may be empty.
    """

    work: str
    by: str
    price: Price | None
    total: int
    requests: int
    tokens: Sequence[Tokens]
    note: str = ""

    @property
    def tokens_in_all(self) -> Tokens:
        """The tokens of all that are still to be made."""
        return Tokens(sum(one.input for one in self.tokens), sum(one.output for one in self.tokens))

    @property
    def cost_usd(self) -> float | None:
        """US dollars; None where the price is not known."""
        return None if self.price is None else self.price.of(self.tokens_in_all)

    def __str__(self) -> str:
        """The estimate in a line."""
        due = len(self.tokens)
        text = f"{due:,} of {self.total:,} {self.work} to be made by {self.by}, {self.total - due:,} are there"
        if self.note:
            text += f"; {self.note}"
        if self.price == FREE or not due:
            return f"{text}; no cost"
        tokens = self.tokens_in_all
        cost = "at an unknown price" if self.cost_usd is None else f"{usd(self.cost_usd)} by prices of {PRICES_AS_OF}"
        return f"{text}; about {self.requests:,} requests, {tokens.input + tokens.output:,} tokens, {cost}"


def usd(amount: float) -> str:
    """An amount as people read it, small ones with the digits that tell them from nothing."""
    if 0 < amount < _SMALLEST_USD:
        return f"under {_SMALLEST_USD} USD"
    return f"{amount:,.2f} USD" if amount >= 1 or amount == 0 else f"{amount:.2g} USD"


def located(settings: S, warehouse: Warehouse) -> S:
    """The settings with the Google Cloud project of the target, where Vertex AI is asked and they name none."""
    if settings.gemini_backend != "vertex" or settings.gemini_project:
        return settings
    return replace(settings, gemini_project=warehouse.google_project)


def price_of(model: str, is_paid: bool) -> Price | None:
    """The list price of a model; None where the price table does not have it. model : before an @, where it has one."""
    return PRICES.get(model.partition("@")[0]) if is_paid else FREE


def spending_on(model: str, is_paid: bool, limits: GeminiSettings) -> Spending:
    """Counts what is spent on a model, within the limits of the settings.

    Raises UsageError for a limit of cost on a model without a price.
    """
    price = price_of(model, is_paid)
    if price is None and limits.max_cost_usd is not None:
        raise UsageError(
            f"Var max_cost_usd cannot hold for {model}: its price is not in core/prices.py. "
            "Add it there, or limit the requests: max_requests."
        )
    return Spending(price, limits.max_cost_usd, limits.max_requests)
