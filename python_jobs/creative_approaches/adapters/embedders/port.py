"""What turns texts into vectors, as the job sees it.

Implementations are entry points of `creative_approaches.embedders`.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, ClassVar, Self

from creative_approaches.core.arrays import Floats
from creative_approaches.core.embedding.space import EmbeddingSpace
from creative_approaches.core.spending import Spending
from creative_approaches.core.tokens import Requests, Tokens
from creative_approaches.core.unanswered import Unanswered
from creative_approaches.errors import ApproachesError
from creative_approaches.settings import EmbedSettings, VectorSettings


@dataclass(frozen=True)
class TextFault:
    """Why a text has no vector. detail : a sentence, without the text."""

    reason: Unanswered
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


class Embedder(AbstractContextManager["Embedder"], ABC):
    """Turns texts into vectors of one space, between `open` and the end of its context.

    is_paid : requests cost money: they are announced, bounded by the vars max_cost_usd and max_requests, and priced in
    core/prices.py.  is_instant : thousands of texts take a second, so that a killed run loses little.
    """

    is_paid: ClassVar[bool] = False
    is_instant: ClassVar[bool] = False

    @classmethod
    @abstractmethod
    def space(cls, settings: VectorSettings) -> EmbeddingSpace:
        """Where the vectors of these settings come from, found without a model or a network.

        Raises UsageError for a model or a number of dimensions that this embedder does not have.
        """

    @classmethod
    @abstractmethod
    def open(cls, settings: EmbedSettings, spending: Spending, google_credentials: Any) -> Self:
        """An embedder that counts in `spending` what it spends. google_credentials : the target's; None without any.

        Raises UsageError where its package, key or model is missing.
        """

    @abstractmethod
    def embed(self, texts: Sequence[str]) -> Embedded:
        """The vectors of these texts. Raises an ApproachesError only before anything was paid for."""

    @classmethod
    def requests_for(cls, space: EmbeddingSpace, texts: Sequence[str]) -> Requests:
        """What `embed` would ask for, if nothing fails. Nothing is sent."""
        return Requests(0, [Tokens(0)] * len(texts))

    def __exit__(self, *_: object) -> None:
        """Close what `open` opened."""
