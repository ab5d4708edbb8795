"""What models cost: the one price table, with its date.

List prices of text in US dollars, without discounts, free tiers or taxes. Compare them with Google's before you rely
on them: https://ai.google.dev/gemini-api/docs/pricing, https://cloud.google.com/vertex-ai/generative-ai/pricing.
"""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from creative_approaches.core.tokens import Tokens

PRICES_AS_OF: Final = "2026-11-21"
_MILLION: Final = 1_000_000


@dataclass(frozen=True)
class Price:
    """US dollars per million tokens."""

    input: float
    output: float = 0.0

    def of(self, tokens: Tokens) -> float:
        """What tokens cost, in US dollars."""
        return (tokens.input * self.input + tokens.output * self.output) / _MILLION


FREE: Final = Price(0.0)
PRICES: Final = MappingProxyType(
    {
        "gemini-embedding-001": Price(0.15),
        "gemini-embedding-2": Price(0.20),
        "gemini-3.5-flash-lite": Price(0.30, 2.50),
        "gemini-3.8-flash": Price(0.75, 3.75),  # until the end of 2026
    }
)
