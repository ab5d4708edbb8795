"""Job annotate: what each distinct content does, once per annotator, model, backend and taxonomy."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from creative_approaches.adapters.annotators.open import find_annotator
from creative_approaches.adapters.annotators.port import Annotated, Annotator, Content, Fault
from creative_approaches.adapters.warehouses.port import Change, Warehouse
from creative_approaches.core.annotating.annotation import Reader, traits_of, written
from creative_approaches.core.annotating.reading import Unreadable
from creative_approaches.core.unanswered import Unanswered
from creative_approaches.errors import UsageError
from creative_approaches.jobs.annotations import Reading, reading_of
from creative_approaches.jobs.chunks import Made, make_in_chunks
from creative_approaches.jobs.contents import SHOWN, content_hashes
from creative_approaches.jobs.job import JobResult, Narration
from creative_approaches.jobs.paid import Estimate, located, price_of, spending_on
from creative_approaches.settings import AnnotateSettings, Settings
from creative_approaches.tables import ANNOTATORS, CONTENTS, CREATIVE_ANNOTATIONS

_SHOWN: Final = tuple(dict.fromkeys((*SHOWN, "headline", "description")))
# What may be otherwise when it is asked again.
_TRIED_AGAIN: Final = (Unanswered.FAULTY_ANSWER.value,)
_UNREADABLE: Final = frozenset(reason.value for reason in Unreadable)


def annotate(warehouse: Warehouse, settings: Settings, progress: Narration) -> JobResult:
    """Read the contents that were not read yet. A killed or stopped run keeps its finished chunks.

    A content that cannot be read has a row with the reason, and is tried again where that can help.
    """
    annotator_type = find_annotator(settings.annotate)
    work = _read(warehouse, settings.annotate)
    reading = work.reading
    if not reading.taxonomy.attributes:
        if settings.annotate.embed_source != "text":
            raise UsageError(
                f"Var embed_source is {settings.annotate.embed_source}, and the annotator {reading.reader.annotator} "
                "reads no traits. Set embed_source to text, or take another annotator."
            )
        return JobResult(work.contents, 0, "no traits are read")
    _note_reader(warehouse, reading)
    spending = spending_on(reading.reader.model, annotator_type.is_paid, settings.annotate)
    detail = f"{work.due.num_rows:,} of {work.contents:,} contents were new to {reading.reader}"
    if not work.due.num_rows:
        return JobResult(work.contents, 0, detail)
    if annotator_type.is_paid or work.earlier:
        progress.say(_announced(work, settings.annotate))
    done = make_in_chunks(
        warehouse,
        work.due,
        lambda: annotator_type.open(
            located(settings.annotate, warehouse), reading.taxonomy, spending, warehouse.google_credentials
        ),
        lambda annotator, chunk: _made(chunk, annotator, reading, work.faulty),
        annotator_type.is_instant,
        spending,
        progress,
        "annotate",
    )
    if done.failed:
        detail += f", {done.failed:,} were not read (reasons: table creative_annotations)"
    return JobResult(work.contents, done.written, detail, done.failed, spending.usage, done.stopped)


def estimate_annotate(warehouse: Warehouse, settings: Settings) -> Estimate:
    """What `annotate` would ask for now."""
    return _estimate(_read(warehouse, settings.annotate), settings.annotate)


def _note_reader(warehouse: Warehouse, reading: Reading) -> None:
    """Say in table annotators who reads now: SQL cannot know the model, nor the version of the taxonomy."""
    row = {
        "annotator": reading.reader.annotator,
        "model": reading.reader.model,
        "backend": reading.reader.backend,
        "taxonomy_version": reading.taxonomy.version,
        "attributes": ", ".join(attribute.name for attribute in reading.taxonomy.attributes),
    }
    if row not in warehouse.read(ANNOTATORS).to_pylist():
        warehouse.write(Change.of_keys(ANNOTATORS, ANNOTATORS.rows([row])))


@dataclass(frozen=True)
class _Work:
    """What is to be read.

    contents : how many there are.
    due : content_hash, headline and description of those that were not read yet.
    faulty : hashes of those that could not be read before.
    earlier : other readers that read some of them, and this one by another taxonomy.
    """

    reading: Reading
    contents: int
    due: pa.Table
    faulty: set[str]
    earlier: list[str]


def _read(warehouse: Warehouse, settings: AnnotateSettings) -> _Work:
    reading = reading_of(warehouse, settings)
    contents = _distinct(warehouse)
    rows = warehouse.read(CREATIVE_ANNOTATIONS.only(*CREATIVE_ANNOTATIONS.key, "reason"))
    rows = rows.filter(pc.is_in(rows["content_hash"], value_set=contents["content_hash"]))
    own = reading.rows_of(rows)
    is_faulty = pc.fill_null(pc.is_in(own["reason"], value_set=pa.array(_TRIED_AGAIN)), False)
    done = own.filter(pc.invert(is_faulty))["content_hash"]
    return _Work(
        reading=reading,
        contents=contents.num_rows,
        due=contents.filter(pc.invert(pc.is_in(contents["content_hash"], value_set=done))),
        faulty=set(own.filter(is_faulty)["content_hash"].to_pylist()),
        earlier=_earlier(rows, reading),
    )


def _distinct(warehouse: Warehouse) -> pa.Table:
    """The distinct contents, by their hash: of equal ones the texts are equal."""
    rows = warehouse.read(CONTENTS.only(*_SHOWN))
    hash_of = content_hashes(warehouse, rows.select(list(SHOWN)))
    found: dict[str, tuple[str | None, str | None]] = {}
    columns = (rows[name].to_pylist() for name in ("version_key", "headline", "description"))
    for version, headline, description in zip(*columns, strict=True):
        found.setdefault(hash_of[version], (headline, description))
    hashes = sorted(found)
    return pa.table(
        {
            "content_hash": pa.array(hashes, pa.string()),
            "headline": pa.array([found[one][0] for one in hashes], pa.string()),
            "description": pa.array([found[one][1] for one in hashes], pa.string()),
        }
    )


def _earlier(rows: pa.Table, reading: Reading) -> list[str]:
    sources = rows.group_by(["annotator", "model", "backend", "taxonomy_version"]).aggregate([]).to_pylist()
    earlier = {(Reader(row["annotator"], row["model"], row["backend"]), row["taxonomy_version"]) for row in sources} - {
        (reading.reader, reading.taxonomy.version)
    }
    return sorted({f"{reader} by taxonomy {version}" for reader, version in earlier})


def _contents(rows: pa.Table) -> list[Content]:
    return list(map(Content, rows["headline"].to_pylist(), rows["description"].to_pylist()))


def _estimate(work: _Work, settings: AnnotateSettings) -> Estimate:
    annotator, reader = find_annotator(settings), work.reading.reader
    asked = annotator.requests_for(settings, work.reading.taxonomy, _contents(work.due))
    price = price_of(reader.model, annotator.is_paid)
    return Estimate("annotations", str(reader), price, work.contents, asked.count, asked.tokens)


def _announced(work: _Work, settings: AnnotateSettings) -> str:
    text = str(_estimate(work, settings))
    if work.earlier:
        text += f". What {', '.join(work.earlier)} read stays, and is not used with these"
    return text


def _made(chunk: pa.Table, annotator: Annotator, reading: Reading, faulty: set[str]) -> Made:
    found = annotator.annotate(_contents(chunk))
    rows = CREATIVE_ANNOTATIONS.rows(list(_rows(chunk["content_hash"].to_pylist(), found, reading)))
    failed = sum(fault.reason not in _UNREADABLE for fault in found.faults.values())
    replaced = rows.filter(pc.is_in(rows["content_hash"], value_set=pa.array(faulty, pa.string())))
    changes = []
    if replaced.num_rows:
        changes.append(Change(CREATIVE_ANNOTATIONS, rows, rows.select(list(CREATIVE_ANNOTATIONS.key))))
    elif rows.num_rows:
        changes.append(Change.of_new(CREATIVE_ANNOTATIONS, rows))
    return Made(changes, failed, found.stopped)


def _rows(hashes: Sequence[str], found: Annotated, reading: Reading) -> Iterable[dict[str, object]]:
    """A row for each content that was read, and for each of which it is known why it was not."""
    about = {
        "annotator": reading.reader.annotator,
        "model": reading.reader.model,
        "backend": reading.reader.backend,
        "taxonomy_version": reading.taxonomy.version,
    }
    is_read = np.isfinite(found.probabilities.sum(axis=1)).tolist()
    traits = traits_of(np.nan_to_num(found.probabilities), reading.taxonomy)
    for position, (content_hash, known) in enumerate(zip(hashes, traits, strict=True)):
        fault: Fault | None = found.faults.get(position)
        if not is_read[position] and fault is None:
            continue
        yield {
            "content_hash": content_hash,
            **about,
            "traits": written(known) if is_read[position] else None,
            "probabilities": found.probabilities[position].tolist() if is_read[position] else None,
            "approach_phrase": found.phrases.get(position),
            "reason": None if fault is None else fault.reason,
            "detail": None if fault is None else fault.detail,
        }
