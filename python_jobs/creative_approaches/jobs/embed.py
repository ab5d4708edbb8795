"""Job embed: each distinct text, once per model and number of dimensions."""

import pyarrow as pa

from creative_approaches.adapters.warehouse import Change, Warehouse
from creative_approaches.core.offline_embedding import MODEL, embed_texts
from creative_approaches.jobs.job import JobResult, Progress
from creative_approaches.settings import Settings
from creative_approaches.tables import CREATIVE_EMBEDDINGS, TEXTS

CHUNK = 20_000  # texts that are embedded and committed together, by one load


def embed(warehouse: Warehouse, settings: Settings, progress: Progress) -> JobResult:
    """Embed the texts that have no vector yet. A killed run keeps its finished chunks."""
    dimensions = settings.embed.embedding_dimensions
    texts = warehouse.read(TEXTS)
    embedded = {
        row["text_hash"]
        for row in warehouse.read(CREATIVE_EMBEDDINGS.only("text_hash", "model", "dimensions")).to_pylist()
        if row["model"] == MODEL and row["dimensions"] == dimensions
    }
    missing = texts.filter(pa.array([value not in embedded for value in texts["text_hash"].to_pylist()], pa.bool_()))
    for start in progress(range(0, missing.num_rows, CHUNK), "embed"):
        chunk = missing.slice(start, CHUNK)
        vectors = embed_texts(chunk["embedding_text"].to_pylist(), dimensions)
        rows = pa.table(
            {
                "text_hash": chunk["text_hash"],
                "model": pa.repeat(MODEL, len(vectors)),
                "dimensions": pa.repeat(dimensions, len(vectors)),
                "embedding": pa.FixedSizeListArray.from_arrays(pa.array(vectors.ravel()), dimensions),
            }
        )
        warehouse.write(Change.of_new(CREATIVE_EMBEDDINGS, rows))
    detail = f"{missing.num_rows:,} of {texts.num_rows:,} texts were new to {MODEL} with {dimensions} dimensions"
    return JobResult(texts.num_rows, missing.num_rows, detail)
