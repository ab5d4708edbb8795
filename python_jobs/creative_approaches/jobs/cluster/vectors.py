"""The vectors of contents, of what embed_source says."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from creative_approaches.adapters.embedders.open import space_of
from creative_approaches.adapters.warehouses.port import Warehouse
from creative_approaches.core.annotating.trait_space import trait_vectors
from creative_approaches.core.arrays import Floats
from creative_approaches.core.clustering.vector_faults import vector_faults
from creative_approaches.core.embedding.centring import without_products
from creative_approaches.core.embedding.space import EmbeddingSpace
from creative_approaches.jobs.annotations import read_annotations
from creative_approaches.jobs.cluster.text_vectors import read_text_vectors
from creative_approaches.settings import ClusterSettings

_BETWEEN: Final = "\n"  # the two keys of a member that has both a text and traits
Products = Sequence[str | None]


class ContentVectors(ABC):
    """Vectors of one space, by the key of what each is made of.

    job : what makes them.  space : what makes two of them comparable.
    version : changes whenever a vector of the same key may change.
    keys : the key of each row of MEMBERS; null where there is nothing to make a vector of.
    faults : why a key has no vector that can be used.
    """

    job: str
    space: EmbeddingSpace
    version: str
    keys: pa.Array
    faults: Mapping[str, str]

    @abstractmethod
    def known(self) -> pa.Array:
        """The keys that have a vector, usable or not, or a reason why they have none."""

    @abstractmethod
    def stack(self, keys: Sequence[str], products: Products) -> Floats:
        """The vectors of the members of one cohort and period, in their order: shape (n, dimensions), unit length.

        keys : none with a fault.  products : of each member, null where it is unknown or does not matter.
        """


@dataclass(frozen=True)
class _Made(ContentVectors):
    """Vectors that are there. is_of_texts : and say what is sold.  usable : float64, shape (dimensions,)."""

    job: str
    space: EmbeddingSpace
    version: str
    keys: pa.Array
    usable: Mapping[str, Floats]
    faults: Mapping[str, str]
    is_of_texts: bool

    def known(self) -> pa.Array:
        """Those with a vector or a fault."""
        return pa.array([*self.usable, *self.faults], pa.string())

    def stack(self, keys: Sequence[str], products: Products) -> Floats:
        """The vectors, those of texts without the mean of their product."""
        vectors = np.stack([self.usable[key] for key in keys])
        return without_products(vectors, products) if self.is_of_texts else vectors


class _Both(ContentVectors):
    """The vector of a text beside that of its traits.

    Where products are taken out, a text counts only where its product is known: else it would say what is sold.
    """

    job = "annotate, and then: approaches embed"

    def __init__(self, texts: ContentVectors, traits: ContentVectors, weight: float, is_centred: bool) -> None:
        """Put texts of this weight beside traits."""
        self._texts, self._traits, self._weight, self._is_centred = texts, traits, weight, is_centred
        self.keys = pc.binary_join_element_wise(traits.keys, texts.keys, _BETWEEN)
        spaces = (texts.space, traits.space)
        self.space = EmbeddingSpace(
            model=f"{texts.space.model}, weight {weight:g}, beside {traits.space.model}",
            backend=" and ".join(dict.fromkeys(space.backend for space in spaces)),
            dimensions=sum(space.dimensions for space in spaces),
        )
        self.version = f"{texts.version} {weight} {traits.version}"
        self.faults = {
            key: fault
            for key in self.keys.drop_null().unique().to_pylist()
            if (fault := traits.faults.get(_parts(key)[0]) or texts.faults.get(_parts(key)[1]))
        }

    def known(self) -> pa.Array:
        """Those of which both parts are."""
        traits, texts = (set(one.known().to_pylist()) for one in (self._traits, self._texts))
        keys = self.keys.drop_null().unique().to_pylist()
        return pa.array([key for key in keys if _parts(key)[0] in traits and _parts(key)[1] in texts], pa.string())

    def stack(self, keys: Sequence[str], products: Products) -> Floats:
        """One part beside the other, made unit length again."""
        parts = [_parts(key) for key in keys]
        texts = self._weight * self._texts.stack([text for _, text in parts], products)
        if self._is_centred:
            texts[[product is None for product in products]] = 0
        together = np.hstack([texts, self._traits.stack([traits for traits, _ in parts], products)])
        vectors: Floats = together / np.linalg.norm(together, axis=1, keepdims=True)
        return vectors


def read_vectors(warehouse: Warehouse, members: pa.Table, settings: ClusterSettings) -> ContentVectors:
    """The vectors of these rows of MEMBERS, each with its content_hash."""
    match settings.embed_source:
        case "text":
            return _of_texts(warehouse, members, settings)
        case "traits":
            return _of_traits(warehouse, members, settings)
        case "both":
            texts, traits = (make(warehouse, members, settings) for make in (_of_texts, _of_traits))
            return _Both(texts, traits, settings.text_weight, settings.center_by is not None)


def _of_texts(warehouse: Warehouse, members: pa.Table, settings: ClusterSettings) -> ContentVectors:
    """Vectors of texts, as job embed made them. Only their space counts, however it is set."""
    space = space_of(settings)
    keys = members["text_hash"].combine_chunks()
    found = read_text_vectors(warehouse, keys.unique(), space)
    if settings.center_by and members["product"].null_count < members.num_rows:
        space = EmbeddingSpace(f"{space.model} without the mean of each product", space.backend, space.dimensions)
    return _Made("embed", space, str(space), keys, found.usable, found.faults, is_of_texts=True)


def _of_traits(warehouse: Warehouse, members: pa.Table, settings: ClusterSettings) -> ContentVectors:
    """Vectors of what contents do, as job annotate read it and people say it.

    A content without a text has one where it was read by its pictures, or described by people.
    """
    hashes = members["content_hash"].to_pylist()
    found = read_annotations(warehouse, settings, set(hashes))
    key_of = {content: f"{content} {found.revised.get(content, '')}".strip() for content in found.probabilities}
    has_text = members["has_text"].to_pylist()
    keys = [key_of.get(content, content if text else None) for content, text in zip(hashes, has_text, strict=True)]
    reader, taxonomy = found.reading.reader, found.reading.taxonomy
    space = EmbeddingSpace(f"{reader.model} by taxonomy {taxonomy.version}", reader.backend, taxonomy.size)
    read = list(found.probabilities)
    vectors = trait_vectors(
        np.array([found.probabilities[key] for key in read]).reshape(len(read), taxonomy.size), taxonomy
    )
    read = [key_of[content] for content in read]
    faults = dict(zip(read, vector_faults(vectors), strict=True))
    asked = set(keys)
    return _Made(
        "annotate",
        space,
        f"{reader} {space}",
        pa.array(keys, pa.string()),
        {key: vector for key, vector in zip(read, vectors, strict=True) if faults[key] is None},
        {key: fault for key, fault in (found.faults | faults).items() if fault and key in asked},
        is_of_texts=False,
    )


def _parts(key: str) -> tuple[str, str]:
    """The keys of the traits and of the text."""
    traits, _, text = key.partition(_BETWEEN)
    return traits, text
