"""What gives approaches their names, as the job sees it.

Implementations are entry points of `creative_approaches.namers`.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from creative_approaches.core.naming.approach_name import GivenName
from creative_approaches.core.naming.prompt import NameAsk
from creative_approaches.core.spending import Spending
from creative_approaches.core.tokens import Tokens
from creative_approaches.errors import ApproachesError
from creative_approaches.settings import NameSettings


@dataclass(frozen=True)
class Identity:
    """Which namer gave a name: names of another model, or by another version of the prompt, are given anew."""

    model: str
    prompt_version: str


@dataclass(frozen=True)
class Named:
    """Names in the order of what was asked; None where there is none yet.

    stopped : why some are missing; None if none is.
    """

    names: Sequence[GivenName | None]
    stopped: ApproachesError | None = None


class Namer(AbstractContextManager["Namer"], ABC):
    """Names approaches, between `open` and the end of its context.

    is_paid : requests cost money: they are announced, bounded by the vars max_cost_usd and max_requests, and priced in
    core/prices.py.
    """

    is_paid: ClassVar[bool] = False

    @classmethod
    @abstractmethod
    def identity(cls, settings: NameSettings) -> Identity:
        """Who names by these settings, found without a model or a network."""

    @classmethod
    @abstractmethod
    def open(cls, settings: NameSettings, spending: Spending, google_credentials: Any) -> Self:
        """A namer that counts in `spending` what it spends. google_credentials : the target's; None without any."""

    @abstractmethod
    def name(self, asks: Sequence[NameAsk]) -> Named:
        """The names of these approaches. Raises an ApproachesError only before anything was paid for."""

    @classmethod
    def expected_tokens(cls, settings: NameSettings, ask: NameAsk) -> Tokens:
        """About what it takes to name one approach. Nothing is sent."""
        return Tokens(0)

    def __exit__(self, *_: object) -> None:
        """Close what `open` opened."""
