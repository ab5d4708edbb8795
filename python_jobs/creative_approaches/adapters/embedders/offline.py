"""The embedder that needs no model: no download, no key, no cost."""

from collections.abc import Sequence
from contextlib import AbstractContextManager

from creative_approaches.adapters.embedders.port import Embedded
from creative_approaches.core.embedding.offline import embed_texts


class OfflineEmbedder(AbstractContextManager["OfflineEmbedder"]):
    """Word and phrase features of each text."""

    def __init__(self, dimensions: int) -> None:
        """Vectors of so many numbers."""
        self._dimensions = dimensions

    def embed(self, texts: Sequence[str]) -> Embedded:
        """The vectors of these texts."""
        return Embedded(embed_texts(texts, self._dimensions))

    def __exit__(self, *_: object) -> None:
        """Nothing to close."""
