"""What a run has spent on a model, and the limits that stop it before it spends more."""

from dataclasses import dataclass, replace

from creative_approaches.core.prices import Price
from creative_approaches.core.tokens import Tokens
from creative_approaches.errors import LimitError


@dataclass(frozen=True)
class Usage:
    """What was asked and paid for.

    requests : all that were sent, retries among them.  tokens : those billed, in and out.
    tokens_are_estimated : nobody counted some of them.  cost_usd : None where the model's price is not known.
    """

    requests: int = 0
    retries: int = 0
    tokens: int = 0
    tokens_are_estimated: bool = False
    cost_usd: float | None = 0.0


class Spending:
    """Counts requests, tokens and cost. Every request is opened before it is sent and closed when it has ended.

    price : None where it is not known.  max_cost_usd, max_requests : None for no limit.
    """

    def __init__(self, price: Price | None, max_cost_usd: float | None = None, max_requests: int | None = None) -> None:
        """Start at nothing."""
        self._price = price
        self._max_cost_usd = max_cost_usd
        self._max_requests = max_requests
        self._opened = 0
        self._open_usd = 0.0
        self.usage = Usage(cost_usd=0.0 if price else None)

    def open(self, most: Tokens, is_retry: bool = False) -> bool:
        """Count a request that is about to be sent. most : what it may take at most.

        Returns False, counting nothing, if it has to wait until those under way have taken less than they may. Raises
        LimitError if it could exceed a limit even then.
        """
        if self._max_requests is not None and self.usage.requests >= self._max_requests:
            raise LimitError(_stopped("max_requests", f"{self.usage.requests:,} requests were sent"))
        cost = self._price.of(most) if self._price else 0.0
        spent = self.usage.cost_usd or 0.0
        if self._max_cost_usd is not None and spent + self._open_usd + cost > self._max_cost_usd:
            if self._opened:
                return False
            said = f"{spent:,.4f} of {self._max_cost_usd:,} USD are spent, and the next request may take {cost:,.4f}"
            raise LimitError(_stopped("max_cost_usd", said))
        self._opened += 1
        self._open_usd = self._open_usd + cost
        self.usage = replace(self.usage, requests=self.usage.requests + 1, retries=self.usage.retries + int(is_retry))
        return True

    def close(self, most: Tokens, billed: Tokens | None) -> None:
        """Count what a request took, opened with `most`. billed : None if it is not paid for."""
        self._opened -= 1
        self._open_usd = self._open_usd - self._price.of(most) if self._price and self._opened else 0.0
        if billed is None:
            return
        cost = self.usage.cost_usd
        self.usage = replace(
            self.usage,
            tokens=self.usage.tokens + billed.input + billed.output,
            tokens_are_estimated=self.usage.tokens_are_estimated or billed.are_estimated,
            cost_usd=cost + self._price.of(billed) if self._price and cost is not None else None,
        )


def _stopped(limit: str, reason: str) -> str:
    return (
        f"Stopped by {limit}: {reason}. What was done is kept; the same command, or a higher limit, goes on from there."
    )
