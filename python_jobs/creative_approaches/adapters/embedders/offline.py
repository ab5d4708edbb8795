"""The embedder that needs no model: no download, no key, no cost."""

from collections.abc import Sequence
from typing import Any, ClassVar, Final, Self

from creative_approaches.adapters.embedders.limits import checked
from creative_approaches.adapters.embedders.port import Embedded, Embedder
from creative_approaches.core.embedding.offline import MIN_DIMENSIONS, MODEL, embed_texts
from creative_approaches.core.embedding.space import EmbeddingSpace
from creative_approaches.core.spending import Spending
from creative_approaches.settings import EmbedSettings, VectorSettings

_DIMENSIONS: Final = range(MIN_DIMENSIONS, 3072 + 1)
_USUAL_DIMENSIONS: Final = 512


class OfflineEmbedder(Embedder):
    """Word and phrase features of each text."""

    is_instant: ClassVar[bool] = True

    def __init__(self, dimensions: int) -> None:
        """Vectors of so many numbers."""
        self._dimensions = dimensions

    @classmethod
    def space(cls, settings: VectorSettings) -> EmbeddingSpace:
        """It has one model, of 64 to 3072 dimensions; 512 are usual."""
        dimensions = settings.embedding_dimensions or _USUAL_DIMENSIONS
        space = EmbeddingSpace(settings.embedding_model or MODEL, "offline", dimensions)
        return checked(settings, space, (MODEL,), _DIMENSIONS)

    @classmethod
    def open(cls, settings: EmbedSettings, spending: Spending, google_credentials: Any) -> Self:
        """It takes nothing but the number of dimensions."""
        return cls(cls.space(settings).dimensions)

    def embed(self, texts: Sequence[str]) -> Embedded:
        """The vectors of these texts."""
        return Embedded(embed_texts(texts, self._dimensions))
