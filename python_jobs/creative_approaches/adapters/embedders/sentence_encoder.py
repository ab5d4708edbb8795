"""The embedder that knows what sentences mean without a service: the encoder that the offline annotator reads with."""

from collections.abc import Sequence
from typing import Any, ClassVar, Self

import numpy as np

from creative_approaches.adapters.embedders.limits import checked
from creative_approaches.adapters.embedders.port import Embedded, Embedder
from creative_approaches.adapters.universal_sentence_encoder import DIMENSIONS, MODEL, encode
from creative_approaches.core.embedding.space import EmbeddingSpace
from creative_approaches.core.spending import Spending
from creative_approaches.settings import EmbedSettings, VectorSettings


class SentenceEncoder(Embedder):
    """Sentence vectors in 16 languages."""

    is_instant: ClassVar[bool] = True

    @classmethod
    def space(cls, settings: VectorSettings) -> EmbeddingSpace:
        """It has one model, of 512 dimensions."""
        space = EmbeddingSpace(settings.embedding_model or MODEL, "sentence-encoder", DIMENSIONS)
        return checked(settings, space, (MODEL,), range(DIMENSIONS, DIMENSIONS + 1))

    @classmethod
    def open(cls, settings: EmbedSettings, spending: Spending, google_credentials: Any) -> Self:
        """It takes nothing."""
        return cls()

    def embed(self, texts: Sequence[str]) -> Embedded:
        """The vectors of these texts, made unit length to the last digit."""
        vectors = encode(texts)
        return Embedded(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))
