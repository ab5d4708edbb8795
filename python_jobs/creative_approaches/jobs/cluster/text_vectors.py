"""The vectors of texts, as job embed wrote them: by text, the usable ones apart from the others."""

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from creative_approaches.adapters.warehouses.port import Warehouse
from creative_approaches.core.arrays import Floats
from creative_approaches.core.clustering.vector_faults import vector_faults
from creative_approaches.core.embedding.space import EmbeddingSpace
from creative_approaches.tables import CREATIVE_EMBEDDINGS, EMBEDDING_FAULTS


@dataclass(frozen=True)
class TextVectors:
    """Vectors of one space, by the hash of their text.

    usable : float64, shape (dimensions,), unit length.  faults : why a text has no vector that can be used.
    """

    usable: dict[str, Floats]
    faults: dict[str, str]

    def texts(self) -> pa.Array:
        """The texts that have a vector, usable or not, or a reason why they have none."""
        return pa.array([*self.usable, *self.faults], pa.string())


def read_text_vectors(warehouse: Warehouse, texts: pa.Array, space: EmbeddingSpace) -> TextVectors:
    """Read the vectors of these texts, given by their hashes.

    They stay in the batches that the warehouse read them in: one Arrow array counts its numbers in 32 bits, which
    2.8 million vectors of 768 exceed.
    """
    vectors = TextVectors({}, {})
    for batch in warehouse.read(CREATIVE_EMBEDDINGS).to_batches():
        _add(vectors, _wanted(batch, texts, space), space.dimensions)
    for batch in warehouse.read(EMBEDDING_FAULTS).to_batches():
        for row in _wanted(batch, texts, space).to_pylist():
            if row["text_hash"] not in vectors.usable:
                vectors.faults[row["text_hash"]] = f"The text was not embedded ({row['reason']}): {row['detail']}"
    return vectors


def _add(vectors: TextVectors, batch: pa.RecordBatch, dimensions: int) -> None:
    sizes = pc.fill_null(pc.list_value_length(batch["embedding"]), 0)
    for text_hash, size in zip(batch["text_hash"].to_pylist(), sizes.to_pylist(), strict=True):
        if size != dimensions:
            vectors.faults[text_hash] = f"The vector has {size} numbers instead of {dimensions}."
    whole = _only(batch, pc.equal(sizes, dimensions))
    # A number that is null becomes nan.
    matrix = whole["embedding"].flatten().to_numpy(zero_copy_only=False).reshape(-1, dimensions)
    for text_hash, vector, fault in zip(whole["text_hash"].to_pylist(), matrix, vector_faults(matrix), strict=True):
        if fault is None:
            vectors.usable[text_hash] = vector
        else:
            vectors.faults[text_hash] = fault


def _wanted(batch: pa.RecordBatch, texts: pa.Array, space: EmbeddingSpace) -> pa.RecordBatch:
    """The rows of these texts and this space."""
    is_of_space = pc.and_(pc.equal(batch["model"], space.model), pc.equal(batch["backend"], space.backend))
    is_of_space = pc.and_(is_of_space, pc.equal(batch["dimensions"], space.dimensions))
    return _only(batch, pc.and_(is_of_space, pc.is_in(batch["text_hash"], value_set=texts)))


def _only(batch: pa.RecordBatch, wanted: pa.BooleanArray) -> pa.RecordBatch:
    """The wanted rows, copied only where others are among them."""
    return batch if wanted.true_count == len(wanted) else batch.filter(wanted)
