"""Which embedder the settings mean."""

from typing import Any, Final

from creative_approaches.adapters.embedders.port import Embedder
from creative_approaches.adapters.plugins import load_plugin
from creative_approaches.core.embedding.space import EmbeddingSpace
from creative_approaches.core.spending import Spending
from creative_approaches.settings import EmbedSettings, VectorSettings

GROUP: Final = "creative_approaches.embedders"


def find_embedder(settings: VectorSettings) -> type[Embedder]:
    """The embedder that var embedder names. Raises UsageError where no installed package has it."""
    found: type[Embedder] = load_plugin(GROUP, settings.embedder, "embedder")
    return found


def space_of(settings: VectorSettings) -> EmbeddingSpace:
    """Where the vectors of these settings come from. Raises UsageError where the embedder cannot make them."""
    return find_embedder(settings).space(settings)


def open_embedder(settings: EmbedSettings, spending: Spending, google_credentials: Any) -> Embedder:
    """The embedder of the settings, as `Embedder.open` has it."""
    return find_embedder(settings).open(settings, spending, google_credentials)
