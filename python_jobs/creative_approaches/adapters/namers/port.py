"""What gives approaches their names, and which one the settings mean."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

from creative_approaches.core.naming.approach_name import GivenName
from creative_approaches.core.naming.offline import MODEL, PROMPT_VERSION
from creative_approaches.core.naming.prompt import NameAsk, prompt_version
from creative_approaches.core.naming.walk import NamingRules
from creative_approaches.core.spending import Spending
from creative_approaches.errors import ApproachesError
from creative_approaches.settings import NameSettings


@dataclass(frozen=True)
class Named:
    """Names in the order of what was asked; None where there is none yet.

    stopped : why some are missing; None if none is.
    """

    names: Sequence[GivenName | None]
    stopped: ApproachesError | None = None


class Namer(AbstractContextManager["Namer"], Protocol):
    """Names approaches. What it spends is counted by the `Spending` that it was made with."""

    def name(self, asks: Sequence[NameAsk]) -> Named:
        """The names of these approaches. Raises an ApproachesError only before anything was paid for."""


class OfflineNamer(AbstractContextManager["OfflineNamer"]):
    """The words and tags that set an approach apart: no model, no key, no cost."""

    def name(self, asks: Sequence[NameAsk]) -> Named:
        """The offline titles that the approaches come with."""
        return Named([GivenName(ask.title) for ask in asks])

    def __exit__(self, *_: object) -> None:
        """Nothing to close."""


def open_namer(settings: NameSettings, spending: Spending, google_credentials: Any) -> Namer:
    """The namer of the settings. google_credentials : the target's; None where it has none."""
    if settings.is_paid:
        # Imported late: its package is needed, and installed, only where it is used.
        from creative_approaches.adapters.namers.gemini import GeminiNamer

        return GeminiNamer(settings, spending, google_credentials)
    return OfflineNamer()


def naming_rules(settings: NameSettings) -> NamingRules:
    """Who names by these settings, and when anew."""
    return NamingRules(
        model=settings.name_model if settings.is_paid else MODEL,
        prompt_version=prompt_version(settings.name_language) if settings.is_paid else PROMPT_VERSION,
        exemplars=settings.name_exemplars,
        rename_overlap=settings.rename_overlap,
    )
