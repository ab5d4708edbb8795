"""The embedder that runs any sentence-transformers model on this machine: no text leaves it, nothing is downloaded."""

from collections.abc import Sequence
from pathlib import Path
from textwrap import shorten
from typing import Any, Final, Self

import numpy as np

from creative_approaches.adapters.embedders.limits import check_dimensions
from creative_approaches.adapters.embedders.port import Embedded, Embedder, TextFault
from creative_approaches.core.arrays import Floats
from creative_approaches.core.embedding.space import EmbeddingSpace
from creative_approaches.core.spending import Spending
from creative_approaches.core.unanswered import Unanswered
from creative_approaches.errors import UsageError
from creative_approaches.settings import EmbedSettings, VectorSettings

_DIMENSIONS: Final = range(2, 16_000 + 1)
_BATCH: Final = 32  # texts; larger ones are no faster on a CPU


class LocalEmbedder(Embedder):
    """What the model of a directory, or one that was downloaded before, makes of each text as it is.

    The model itself cuts off what is beyond its limit of tokens. What else is in a batch moves the numbers of a vector
    by rounding alone, less than 1e-6.
    """

    def __init__(self, space: EmbeddingSpace) -> None:
        """Load the model. space.model : a directory, or the model's name on Hugging Face.

        Raises UsageError where the package or the model is missing, or makes vectors of another size.
        """
        self._model = _load(space.model)
        self._dimensions = space.dimensions
        found = self._encode(["a text"]).shape[1]
        if found != space.dimensions:
            raise UsageError(
                f"The model {space.model} makes vectors of {found:,} numbers, not {space.dimensions:,}. "
                f"Set var embedding_dimensions to {found}."
            )

    @classmethod
    def space(cls, settings: VectorSettings) -> EmbeddingSpace:
        """The model and the number of dimensions have to be named: which they are is the model's."""
        if not (settings.embedding_model and settings.embedding_dimensions):
            raise UsageError(
                f"The embedder {settings.embedder} needs embedding_model, a name or a directory, and "
                "embedding_dimensions, the numbers per vector that this model makes. Set both vars."
            )
        check_dimensions(settings, _DIMENSIONS)
        return EmbeddingSpace(settings.embedding_model, "sentence-transformers", settings.embedding_dimensions)

    @classmethod
    def open(cls, settings: EmbedSettings, spending: Spending, google_credentials: Any) -> Self:
        """Load the model of the settings."""
        return cls(cls.space(settings))

    def embed(self, texts: Sequence[str]) -> Embedded:
        """The vectors of these texts. A vector that has no direction is a fault."""
        if not texts:
            return Embedded(np.empty((0, self._dimensions)))
        vectors = self._encode(texts)
        with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
            vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        faulty = np.flatnonzero(~np.isfinite(vectors).all(axis=1))
        vectors[faulty] = np.nan
        fault = TextFault(Unanswered.FAULTY_ANSWER, "The model made a vector that is zero or not finite.")
        return Embedded(vectors, dict.fromkeys(faulty.tolist(), fault))

    def _encode(self, texts: Sequence[str]) -> Floats:
        # In a fixed order, so that the same texts share a batch however they come.
        order = sorted(range(len(texts)), key=texts.__getitem__)
        found = self._model.encode([texts[row] for row in order], batch_size=_BATCH, show_progress_bar=False)
        vectors = np.empty(found.shape)
        vectors[order] = found
        return vectors


def _load(model: str) -> Any:
    try:
        from sentence_transformers import SentenceTransformer
        from transformers.utils.logging import disable_progress_bar
    except ImportError as error:
        raise UsageError(
            f"The embedder sentence-transformers needs a package that is missing: {error}. "
            "Install it: pip install -c constraints.txt -e '.[local]'"
        ) from None
    disable_progress_bar()
    try:
        # A download would take minutes to give up where there is no network, and could change vectors in silence.
        return SentenceTransformer(model, local_files_only=True)
    except Exception as error:  # a model that the user chose may fail in any way
        if isinstance(error, OSError) and not Path(model).exists():
            raise UsageError(
                f"The model {model} is not on this machine: there is no such directory, and it was not downloaded. "
                f"Correct var embedding_model, or download it once: hf download {model}"
            ) from None
        reason = shorten(str(error).partition("\n")[0] or type(error).__name__, 200, placeholder="...").rstrip(".")
        raise UsageError(
            f"The model {model} cannot be loaded: {reason}. Set var embedding_model to the name or directory of a "
            "sentence-transformers model."
        ) from None
