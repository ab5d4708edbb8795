"""The vectors of contents, of what embed_source says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from creative_approaches.adapters.embedders.open import space_of
from creative_approaches.adapters.warehouses.port import Warehouse
from creative_approaches.core.annotating.trait_space import trait_vectors
from creative_approaches.core.arrays import Floats
from creative_approaches.core.clustering.vector_faults import vector_faults
from creative_approaches.core.embedding.space import EmbeddingSpace
from creative_approaches.jobs.annotations import read_annotations
from creative_approaches.jobs.text_vectors import read_text_vectors
from creative_approaches.settings import ClusterSettings


@dataclass(frozen=True)
class ContentVectors:
    """Vectors of one space, by the key of what each is made of.

    job : what makes them.  version : changes whenever a vector of the same key may change.
    keys : the key of each row of MEMBERS; null where there is nothing to make a vector of.
    usable : float64, shape (dimensions,), unit length.  faults : why a key has no vector that can be used.
    """

    job: str
    space: EmbeddingSpace
    version: str
    keys: pa.Array
    usable: Mapping[str, Floats]
    faults: Mapping[str, str]

    def known(self) -> pa.Array:
        """The keys that have a vector, usable or not, or a reason why they have none."""
        return pa.array([*self.usable, *self.faults], pa.string())

    def stack(self, keys: Sequence[str]) -> Floats:
        """The vectors of keys without fault, in their order: shape (n, dimensions)."""
        return np.stack([self.usable[key] for key in keys])


def read_vectors(warehouse: Warehouse, members: pa.Table, settings: ClusterSettings) -> ContentVectors:
    """The vectors of these rows of MEMBERS, each with its content_hash."""
    return (_of_texts if settings.embed_source == "text" else _of_traits)(warehouse, members, settings)


def _of_texts(warehouse: Warehouse, members: pa.Table, settings: ClusterSettings) -> ContentVectors:
    """Vectors of texts, as job embed made them. Only their space counts, however it is set."""
    space = space_of(settings)
    keys = members["text_hash"].combine_chunks()
    found = read_text_vectors(warehouse, keys.unique(), space)
    return ContentVectors("embed", space, str(space), keys, found.usable, found.faults)


def _of_traits(warehouse: Warehouse, members: pa.Table, settings: ClusterSettings) -> ContentVectors:
    """Vectors of what contents do, as job annotate read it."""
    hashes = members["content_hash"].combine_chunks()
    keys = pc.if_else(members["has_text"].combine_chunks(), hashes, pa.scalar(None, pa.string()))
    found = read_annotations(warehouse, settings, keys.drop_null().unique().to_pylist())
    reader, taxonomy = found.reading.reader, found.reading.taxonomy
    space = EmbeddingSpace(f"{reader.model} by taxonomy {taxonomy.version}", reader.backend, taxonomy.size)
    read = list(found.probabilities)
    probabilities = np.array([found.probabilities[key] for key in read]).reshape(len(read), taxonomy.size)
    vectors = trait_vectors(probabilities, taxonomy)
    faults = dict(zip(read, vector_faults(vectors), strict=True))
    return ContentVectors(
        "annotate",
        space,
        f"{reader} {space}",
        keys,
        {key: vector for key, vector in zip(read, vectors, strict=True) if faults[key] is None},
        found.faults | {key: fault for key, fault in faults.items() if fault},
    )
