"""What says what creatives do, as the job sees it.

Implementations are entry points of `creative_approaches.annotators`.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, ClassVar, NamedTuple, Self

from creative_approaches.core.annotating.annotation import Reader
from creative_approaches.core.annotating.taxonomy import Taxonomy
from creative_approaches.core.arrays import Floats
from creative_approaches.core.spending import Spending
from creative_approaches.core.tokens import Requests, Tokens
from creative_approaches.errors import ApproachesError
from creative_approaches.settings import AnnotateSettings, ReaderSettings


class Picture(NamedTuple):
    """A picture of a creative, or a frame of its film.

    webp : the file; empty where only its cost is asked for.  starts_at : second of the film; None for a picture.
    """

    webp: bytes
    starts_at: float | None = None


class Content(NamedTuple):
    """What a creative shows. Texts may be missing or blank. pictures : none where nobody looks at them."""

    headline: str | None
    description: str | None
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True)
class Fault:
    """Why a content was not read.

    reason : one of core's `Unreadable` or `Unanswered`.  detail : a sentence, without the content.
    """

    reason: str
    detail: str | None = None


@dataclass(frozen=True)
class Annotated:
    """What was read of contents, in their order.

    probabilities : float64, shape (contents, values of the taxonomy), those of an attribute adding up to 1; a row of
        nan where there is none.
    phrases : by its position, the approach of a content in a few words, where the reader gave one.
    faults : by its position, why a content was not read.
    stopped : why contents that have neither were not read.
    unseen : by its position, why a content was read without its pictures, a sentence.
    unphrased : by its position, why a content that was read has no phrase, a sentence.
    """

    probabilities: Floats
    phrases: Mapping[int, str] = field(default_factory=dict)
    faults: Mapping[int, Fault] = field(default_factory=dict)
    stopped: ApproachesError | None = None
    unseen: Mapping[int, str] = field(default_factory=dict)
    unphrased: Mapping[int, str] = field(default_factory=dict)


class Annotator(AbstractContextManager["Annotator"], ABC):
    """Reads what contents do, between `open` and the end of its context.

    is_paid : requests cost money: they are announced, bounded by the vars max_cost_usd and max_requests, and priced in
    core/prices.py.  is_instant : hundreds of contents take a second, so that a killed run loses little.
    sees : it looks at pictures, where contents have any.
    """

    is_paid: ClassVar[bool] = False
    sees: ClassVar[bool] = False
    is_instant: ClassVar[bool] = False

    @classmethod
    @abstractmethod
    def reader(cls, settings: ReaderSettings) -> Reader:
        """Who reads by these settings, found without a model or a network."""

    @classmethod
    @abstractmethod
    def known(cls, taxonomy: Taxonomy) -> Taxonomy:
        """What it says of contents: the attributes that it can know.

        Raises UsageError that names an attribute or a value that only another annotator can know.
        """

    @classmethod
    @abstractmethod
    def open(cls, settings: AnnotateSettings, taxonomy: Taxonomy, spending: Spending, google_credentials: Any) -> Self:
        """An annotator by a taxonomy of what it knows, which counts in `spending` what it spends.

        google_credentials : the target's; None without any. Raises UsageError where its package, key or model is
        missing.
        """

    @abstractmethod
    def annotate(self, contents: Sequence[Content]) -> Annotated:
        """What these contents do. Raises an ApproachesError only before anything was paid for."""

    @classmethod
    def requests_for(cls, settings: ReaderSettings, taxonomy: Taxonomy, contents: Sequence[Content]) -> Requests:
        """What `annotate` would ask for, if nothing fails. Nothing is sent."""
        return Requests(0, [Tokens(0)] * len(contents))

    def __exit__(self, *_: object) -> None:
        """Close what `open` opened."""
