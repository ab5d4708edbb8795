"""Which annotator the settings mean."""

from typing import Final

from creative_approaches.adapters.annotators.port import Annotator
from creative_approaches.adapters.plugins import load_plugin
from creative_approaches.settings import ReaderSettings

GROUP: Final = "creative_approaches.annotators"


def find_annotator(settings: ReaderSettings) -> type[Annotator]:
    """The annotator that var annotator names. Raises UsageError where no installed package has it."""
    found: type[Annotator] = load_plugin(GROUP, settings.annotator, "annotator")
    return found
