"""The vectors of contents, by what embed_source says they are of."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from creative_approaches.adapters.embedders.open import space_of
from creative_approaches.adapters.warehouses.port import Warehouse
from creative_approaches.core.annotating.trait_space import trait_vectors
from creative_approaches.core.arrays import Floats
from creative_approaches.core.embedding.space import EmbeddingSpace
from creative_approaches.jobs.annotations import Annotations, read_annotations
from creative_approaches.jobs.text_vectors import TextVectors, read_text_vectors
from creative_approaches.settings import ClusterSettings


class ContentVectors(ABC):
    """Vectors of one space.

    What a vector is made of has a key: two members with one key have one vector. source : of `embed_source`.
    job : what makes them.
    """

    source: ClassVar[str]
    job: ClassVar[str]

    @property
    @abstractmethod
    def space(self) -> EmbeddingSpace:
        """What makes two of them comparable."""

    @property
    @abstractmethod
    def version(self) -> str:
        """Changes whenever a vector of one key may change."""

    @abstractmethod
    def keys(self, members: pa.Table) -> pa.Array:
        """The key of each row of MEMBERS with its content_hash; null where there is nothing to make a vector of."""

    @abstractmethod
    def known(self) -> pa.Array:
        """The keys that have a vector, usable or not, or a reason why they have none."""

    @abstractmethod
    def fault(self, key: str) -> str | None:
        """Why a known key has no vector that can be used; None where it has one."""

    @property
    @abstractmethod
    def faults(self) -> int:
        """How many keys have none that can be used."""

    @abstractmethod
    def stack(self, keys: Sequence[str]) -> Floats:
        """The vectors of keys without fault: float64, shape (n, dimensions), unit length."""


@dataclass(frozen=True)
class OfTexts(ContentVectors):
    """Vectors of texts, as job embed made them."""

    source = "text"
    job = "embed"

    vectors: TextVectors
    text_space: EmbeddingSpace

    @property
    def space(self) -> EmbeddingSpace:
        """That of the embedder."""
        return self.text_space

    @property
    def version(self) -> str:
        """Only the space counts, however it is set."""
        return str(self.text_space)

    def keys(self, members: pa.Table) -> pa.Array:
        """The hashes of texts."""
        return members["text_hash"].combine_chunks()

    def known(self) -> pa.Array:
        """Texts with a vector or a reason."""
        return self.vectors.texts()

    def fault(self, key: str) -> str | None:
        """What is wrong with a vector, or why there is none."""
        return self.vectors.faults.get(key)

    @property
    def faults(self) -> int:
        """Texts without a usable vector."""
        return len(self.vectors.faults)

    def stack(self, keys: Sequence[str]) -> Floats:
        """The vectors as they are."""
        return np.stack([self.vectors.usable[key] for key in keys])


@dataclass(frozen=True)
class OfTraits(ContentVectors):
    """Vectors of what contents do, as job annotate read it."""

    source = "traits"
    job = "annotate"

    annotations: Annotations

    @property
    def space(self) -> EmbeddingSpace:
        """That of the reader and of the taxonomy."""
        reading = self.annotations.reading
        model = f"{reading.reader.model} by taxonomy {reading.taxonomy.version}"
        return EmbeddingSpace(model, reading.reader.backend, reading.taxonomy.size)

    @property
    def version(self) -> str:
        """The space and who read."""
        return f"{self.annotations.reading.reader} {self.space}"

    def keys(self, members: pa.Table) -> pa.Array:
        """The hashes of contents that have a text."""
        hashes = members["content_hash"].combine_chunks()
        return pc.if_else(members["has_text"].combine_chunks(), hashes, pa.scalar(None, pa.string()))

    def known(self) -> pa.Array:
        """Contents that were read, or that have a reason."""
        return pa.array([*self.annotations.probabilities, *self.annotations.faults], pa.string())

    def fault(self, key: str) -> str | None:
        """Why a content was not read."""
        return self.annotations.faults.get(key)

    @property
    def faults(self) -> int:
        """Contents that could not be read."""
        return len(self.annotations.faults)

    def stack(self, keys: Sequence[str]) -> Floats:
        """Made of the probabilities of traits."""
        probabilities = np.stack([self.annotations.probabilities[key] for key in keys])
        return trait_vectors(probabilities, self.annotations.reading.taxonomy)


def read_vectors(warehouse: Warehouse, members: pa.Table, settings: ClusterSettings) -> ContentVectors:
    """The vectors of these rows of MEMBERS, each with its content_hash."""
    if settings.embed_source == "text":
        space = space_of(settings)
        return OfTexts(read_text_vectors(warehouse, members["text_hash"].unique(), space), space)
    contents = members["content_hash"].unique().to_pylist()
    return OfTraits(read_annotations(warehouse, settings, contents))
