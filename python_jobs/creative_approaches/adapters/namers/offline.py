"""The namer that needs no model: no key, no cost."""

from collections.abc import Sequence
from typing import Any, Self

from creative_approaches.adapters.namers.port import Identity, Named, Namer
from creative_approaches.core.naming.approach_name import GivenName
from creative_approaches.core.naming.offline import MODEL, PROMPT_VERSION
from creative_approaches.core.naming.prompt import NameAsk
from creative_approaches.core.spending import Spending
from creative_approaches.settings import NameSettings


class OfflineNamer(Namer):
    """The traits that set an approach apart, or words and tags where its ads were not read for traits."""

    @classmethod
    def identity(cls, settings: NameSettings) -> Identity:
        """One model, whatever the settings."""
        return Identity(MODEL, PROMPT_VERSION)

    @classmethod
    def open(cls, settings: NameSettings, spending: Spending, google_credentials: Any) -> Self:
        """It takes nothing."""
        return cls()

    def name(self, asks: Sequence[NameAsk]) -> Named:
        """The offline titles that the approaches come with."""
        return Named([GivenName(ask.title) for ask in asks])
