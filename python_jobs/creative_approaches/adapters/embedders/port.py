"""What turns texts into vectors, and which one the settings mean."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Protocol

from creative_approaches.core.clustering.silhouette import Floats
from creative_approaches.core.spending import Spending
from creative_approaches.errors import ApproachesError
from creative_approaches.settings import EmbedSettings


@dataclass(frozen=True)
class TextFault:
    """Why a text has no vector.

    reason : `refused`, where asking again would not help, or `faulty_answer`.  detail : a sentence, without the text.
    """

    reason: str
    detail: str


@dataclass(frozen=True)
class Embedded:
    """Vectors of texts, in their order.

    vectors : float64, shape (texts, dimensions), of unit length; a row of nan where there is none.
    faults : by its position, why a text has none.
    stopped : why texts that have neither vector nor fault were not embedded; None if there are none.
    """

    vectors: Floats
    faults: Mapping[int, TextFault] = field(default_factory=dict)
    stopped: ApproachesError | None = None


class Embedder(AbstractContextManager["Embedder"], Protocol):
    """Turns texts into vectors of one space. What it spends is counted by the `Spending` that it was made with."""

    def embed(self, texts: Sequence[str]) -> Embedded:
        """The vectors of these texts. Raises an ApproachesError only before anything was paid for."""


def open_embedder(settings: EmbedSettings, spending: Spending, google_credentials: Any) -> Embedder:
    """The embedder of the settings. google_credentials : the target's; None where it has none.

    Raises UsageError where its package, key or model is missing.
    """
    # Imported late: a package is needed, and installed, only where its embedder is used.
    if settings.is_paid:
        from creative_approaches.adapters.embedders.gemini import GeminiEmbedder

        return GeminiEmbedder(settings, spending, google_credentials)
    if settings.embedder == "sentence-transformers":
        from creative_approaches.adapters.embedders.sentence_transformers import LocalEmbedder

        return LocalEmbedder(settings.space)
    from creative_approaches.adapters.embedders.offline import OfflineEmbedder

    return OfflineEmbedder(settings.space.dimensions)
