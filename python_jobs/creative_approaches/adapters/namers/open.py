"""Which namer the settings mean."""

from typing import Any, Final

from creative_approaches.adapters.namers.port import Namer
from creative_approaches.adapters.plugins import load_plugin
from creative_approaches.core.naming.walk import NamingRules
from creative_approaches.core.spending import Spending
from creative_approaches.settings import NameSettings

GROUP: Final = "creative_approaches.namers"


def find_namer(settings: NameSettings) -> type[Namer]:
    """The namer that var namer names. Raises UsageError where no installed package has it."""
    found: type[Namer] = load_plugin(GROUP, settings.namer, "namer")
    return found


def open_namer(settings: NameSettings, spending: Spending, google_credentials: Any) -> Namer:
    """The namer of the settings, as `Namer.open` has it."""
    return find_namer(settings).open(settings, spending, google_credentials)


def naming_rules(settings: NameSettings) -> NamingRules:
    """Who names by these settings, and when anew."""
    identity = find_namer(settings).identity(settings)
    return NamingRules(identity.model, identity.prompt_version)
