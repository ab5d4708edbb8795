"""Job embed: each distinct text, once per model, backend and number of dimensions."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from creative_approaches.adapters.embedders.open import find_embedder, open_embedder, space_of
from creative_approaches.adapters.embedders.port import Embedded, Embedder
from creative_approaches.adapters.warehouses.port import Change, Warehouse
from creative_approaches.core.embedding.space import EmbeddingSpace
from creative_approaches.core.unanswered import Unanswered
from creative_approaches.jobs.chunks import Made, chunk_size, make_in_chunks
from creative_approaches.jobs.job import JobResult, Narration
from creative_approaches.jobs.paid import Estimate, located, price_of, spending_on
from creative_approaches.settings import EmbedSettings, Settings
from creative_approaches.tables import CREATIVE_EMBEDDINGS, EMBEDDING_FAULTS, TEXTS


def embed(warehouse: Warehouse, settings: Settings, progress: Narration) -> JobResult:
    """Embed the texts that have no vector yet. A killed or stopped run keeps its finished chunks.

    A text that cannot be embedded is recorded with its reason, and asked for again unless it was refused.
    """
    embedder_type = find_embedder(settings.embed)
    space = embedder_type.space(settings.embed)
    work = _read(warehouse, space)
    is_paid = embedder_type.is_paid
    spending = spending_on(space.model, is_paid, settings.embed)
    detail = f"{work.due.num_rows:,} of {work.texts:,} texts were new to {space}"
    if not work.due.num_rows:
        return JobResult(work.texts, 0, detail)
    if is_paid or work.earlier:
        progress.say(_announced(work, settings.embed))
    done = make_in_chunks(
        warehouse,
        work.due,
        lambda: open_embedder(located(settings.embed, warehouse), spending, warehouse.google_credentials),
        lambda embedder, chunk: _made(chunk, embedder, space, work.faulty),
        chunk_size(work.due.num_rows, embedder_type.is_instant),
        spending,
        progress,
        "embed",
    )
    if done.failed:
        detail += f", {done.failed:,} have none (reasons: table embedding_faults)"
    return JobResult(work.texts, done.written, detail, done.failed, spending.usage, done.stopped)


def estimate_embed(warehouse: Warehouse, settings: Settings) -> Estimate:
    """What `embed` would ask for now."""
    return _estimate(_read(warehouse, space_of(settings.embed)), settings.embed)


@dataclass(frozen=True)
class _Work:
    """What is to be embedded.

    texts : how many there are.  due : text_hash and embedding_text of those without a vector of the space.
    faulty : hashes of those that could not be embedded before.  earlier : other spaces that texts have vectors of.
    """

    texts: int
    due: pa.Table
    faulty: set[str]
    earlier: list[EmbeddingSpace]


def _read(warehouse: Warehouse, space: EmbeddingSpace) -> _Work:
    texts = warehouse.read(TEXTS)
    rows = warehouse.read(CREATIVE_EMBEDDINGS.only("text_hash", "model", "backend", "dimensions"))
    rows = rows.filter(pc.is_in(rows["text_hash"], value_set=texts["text_hash"]))
    spaces = rows.drop_columns("text_hash").group_by(["model", "backend", "dimensions"]).aggregate([])
    faults = warehouse.read(EMBEDDING_FAULTS)
    faults = faults.filter(_of_space(faults, space))
    done = pa.concat_tables(
        [
            rows.filter(_of_space(rows, space)).select(["text_hash"]),
            faults.filter(pc.equal(faults["reason"], Unanswered.REFUSED.value)).select(["text_hash"]),
        ]
    )
    return _Work(
        texts=texts.num_rows,
        due=texts.filter(pc.invert(pc.is_in(texts["text_hash"], value_set=done["text_hash"]))),
        faulty=set(faults["text_hash"].to_pylist()),
        earlier=sorted({EmbeddingSpace(**row) for row in spaces.to_pylist()} - {space}),
    )


def _of_space(rows: pa.Table, space: EmbeddingSpace) -> Any:
    is_model = pc.and_(pc.equal(rows["model"], space.model), pc.equal(rows["backend"], space.backend))
    return pc.and_(is_model, pc.equal(rows["dimensions"], space.dimensions))


def _estimate(work: _Work, settings: EmbedSettings) -> Estimate:
    embedder = find_embedder(settings)
    space = embedder.space(settings)
    asked = embedder.requests_for(space, work.due["embedding_text"].to_pylist())
    price = price_of(space.model, embedder.is_paid)
    return Estimate("vectors", str(space), price, work.texts, asked.count, asked.tokens)


def _announced(work: _Work, settings: EmbedSettings) -> str:
    text = str(_estimate(work, settings))
    if work.earlier:
        text += f". Vectors of {', '.join(map(str, work.earlier))} stay, and are not used with these"
    return text


def _made(chunk: pa.Table, embedder: Embedder, space: EmbeddingSpace, faulty: set[str]) -> Made:
    found = embedder.embed(chunk["embedding_text"].to_pylist())
    return Made(_changes(chunk["text_hash"].to_pylist(), found, space, faulty), len(found.faults), found.stopped)


def _changes(texts: Sequence[str], found: Embedded, space: EmbeddingSpace, faulty: set[str]) -> list[Change]:
    """What becomes of a chunk: vectors are only ever added, a fault stays until its text has a vector."""
    has_vector = np.isfinite(found.vectors[:, 0])
    vectors = found.vectors[has_vector]
    embedded = list(compress(texts, has_vector))
    failed = [texts[position] for position in found.faults]
    changes = []
    if embedded:
        matrix = pa.FixedSizeListArray.from_arrays(pa.array(vectors.ravel()), space.dimensions)
        rows = pa.table({**_labels(embedded, space), "embedding": matrix})
        changes.append(Change.of_new(CREATIVE_EMBEDDINGS, rows))
    replaced = failed + [text for text in embedded if text in faulty]
    if replaced:
        reasons = {
            "reason": pa.array([fault.reason.value for fault in found.faults.values()], pa.string()),
            "detail": pa.array([fault.detail for fault in found.faults.values()], pa.string()),
        }
        rows = pa.table({**_labels(failed, space), **reasons})
        changes.append(Change(EMBEDDING_FAULTS, rows, pa.table(_labels(replaced, space))))
    return changes


def _labels(texts: Sequence[str], space: EmbeddingSpace) -> dict[str, pa.Array]:
    return {
        "text_hash": pa.array(texts, pa.string()),
        "model": pa.repeat(space.model, len(texts)),
        "backend": pa.repeat(space.backend, len(texts)),
        "dimensions": pa.repeat(space.dimensions, len(texts)),
    }
