"""Job annotate: what each distinct content does, once per annotator, model, backend and taxonomy."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from creative_approaches.adapters.annotators.open import find_annotator
from creative_approaches.adapters.annotators.port import Annotated, Annotator, Content, Fault, Picture
from creative_approaches.adapters.warehouses.port import Change, Warehouse
from creative_approaches.core.annotating.annotation import Reader, traits_of, written
from creative_approaches.core.annotating.reading import Unreadable
from creative_approaches.core.unanswered import Unanswered
from creative_approaches.errors import UsageError
from creative_approaches.jobs.annotations import Reading, reading_of
from creative_approaches.jobs.chunks import Made, chunk_size, make_in_chunks
from creative_approaches.jobs.contents import SHOWN, content_hashes, shown_by
from creative_approaches.jobs.job import JobResult, Narration
from creative_approaches.jobs.looked_at import Copies, forget_copies, read_pictures
from creative_approaches.jobs.paid import Estimate, located, price_of, spending_on
from creative_approaches.settings import AnnotateSettings, Settings
from creative_approaches.tables import ANNOTATORS, CONTENTS, CREATIVE_ANNOTATIONS

_SHOWN: Final = tuple(dict.fromkeys((*SHOWN, "headline", "description")))
# What rows say of contents whose media nobody could look at.
_NOT_THERE: Final = "Its media were not there to be looked at: tables image_hashes and video_hashes say why."
# What may be otherwise when it is asked again.
_TRIED_AGAIN: Final = (Unanswered.FAULTY_ANSWER.value,)
_DISTINCT: Final = pa.schema(
    {
        "content_hash": pa.string(),
        "headline": pa.string(),
        "description": pa.string(),
        "has_media": pa.bool_(),
        "shown": pa.string(),
    }
)
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
        _forget_read(warehouse, work)
        return JobResult(work.contents, 0, detail)
    if annotator_type.is_paid or work.earlier:
        progress.say(_announced(work, settings.annotate))
    done = make_in_chunks(
        warehouse,
        work.due,
        lambda: annotator_type.open(
            located(settings.annotate, warehouse), reading.taxonomy, spending, warehouse.google_credentials
        ),
        lambda annotator, chunk: _made(warehouse, chunk, annotator, work),
        chunk_size(work.due.num_rows, annotator_type.is_instant, annotator_type.sees),
        spending,
        progress,
        "annotate",
    )
    if annotator_type.sees:
        _forget_read(warehouse, _read(warehouse, settings.annotate))
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
    due : those that were not read yet, with the SHA-256 of the medium that is looked at (shown), in the order of that.
    replaced : hashes of those that have a row, because they could not be read before, or not by their media.
    earlier : other readers that read some of them, and this one by another taxonomy.
    copies : of media, where the annotator sees them; else none.
    """

    reading: Reading
    contents: int
    due: pa.Table
    replaced: set[str]
    earlier: list[str]
    copies: Copies


def _read(warehouse: Warehouse, settings: AnnotateSettings) -> _Work:
    reading = reading_of(warehouse, settings)
    copies = Copies.read(warehouse) if find_annotator(settings).sees else Copies({})
    contents = _distinct(warehouse, copies)
    rows = warehouse.read(CREATIVE_ANNOTATIONS.only(*CREATIVE_ANNOTATIONS.key, "reason", "pictures_seen"))
    rows = rows.filter(pc.is_in(rows["content_hash"], value_set=contents["content_hash"]))
    own = reading.rows_of(rows)
    is_faulty = pc.fill_null(pc.is_in(own["reason"], value_set=pa.array(_TRIED_AGAIN)), False)
    # Their media have come since they were read.
    visible = contents.filter(pc.is_valid(contents["shown"]))["content_hash"]
    is_visible = pc.and_(pc.is_null(own["pictures_seen"]), pc.is_in(own["content_hash"], value_set=visible))
    is_again = pc.or_(is_faulty, is_visible)
    done = own.filter(pc.invert(is_again))["content_hash"]
    return _Work(
        reading=reading,
        contents=contents.num_rows,
        due=contents.filter(pc.invert(pc.is_in(contents["content_hash"], value_set=done))),
        replaced=set(own.filter(is_again)["content_hash"].to_pylist()),
        earlier=_earlier(rows, reading),
        copies=copies,
    )


def _distinct(warehouse: Warehouse, copies: Copies) -> pa.Table:
    """The distinct contents, by their hash: of equal ones the texts and the media are equal."""
    rows = warehouse.read(CONTENTS.only(*_SHOWN))
    shown = rows.select(list(SHOWN))
    hash_of, media = content_hashes(warehouse, shown), shown_by(warehouse, shown)
    found: dict[str, dict[str, Any]] = {}
    for batch in rows.to_batches():
        for row in batch.to_pylist():
            content_hash = hash_of[row["version_key"]]
            found.setdefault(
                content_hash,
                {
                    "content_hash": content_hash,
                    "headline": row["headline"],
                    "description": row["description"],
                    "has_media": bool(row["image_uri"] or row["video_uri"]),
                    "shown": copies.shown(*media[content_hash]),
                },
            )
    keys = [("shown", "ascending"), ("content_hash", "ascending")]
    return pa.Table.from_pylist(list(found.values()), _DISTINCT).sort_by(keys)


def _earlier(rows: pa.Table, reading: Reading) -> list[str]:
    sources = rows.group_by(["annotator", "model", "backend", "taxonomy_version"]).aggregate([]).to_pylist()
    earlier = {(Reader(row["annotator"], row["model"], row["backend"]), row["taxonomy_version"]) for row in sources} - {
        (reading.reader, reading.taxonomy.version)
    }
    return sorted({f"{reader} by taxonomy {version}" for reader, version in earlier})


def _contents(rows: pa.Table, pictures: Sequence[tuple[Picture, ...]]) -> list[Content]:
    return list(map(Content, rows["headline"].to_pylist(), rows["description"].to_pylist(), pictures))


def _forget_read(warehouse: Warehouse, work: _Work) -> None:
    """Take the copies away of media that all contents were read by which show them."""
    forget_copies(warehouse, work.copies, {shown for shown in work.due["shown"].to_pylist() if shown})


def _estimate(work: _Work, settings: AnnotateSettings) -> Estimate:
    annotator, reader = find_annotator(settings), work.reading.reader
    outlines = [work.copies.outlined(shown) for shown in work.due["shown"].to_pylist()]
    asked = annotator.requests_for(settings, work.reading.taxonomy, _contents(work.due, outlines))
    price = price_of(reader.model, annotator.is_paid)
    return Estimate("annotations", str(reader), price, work.contents, asked.count, asked.tokens)


def _announced(work: _Work, settings: AnnotateSettings) -> str:
    text = str(_estimate(work, settings))
    if work.earlier:
        text += f". What {', '.join(work.earlier)} read stays, and is not used with these"
    return text


def _made(warehouse: Warehouse, chunk: pa.Table, annotator: Annotator, work: _Work) -> Made:
    pictures = read_pictures(warehouse, set(chunk["shown"].to_pylist()))
    contents = _contents(chunk, [pictures.get(shown, ()) for shown in chunk["shown"].to_pylist()])
    found = annotator.annotate(contents)
    rows = CREATIVE_ANNOTATIONS.rows(list(_rows(chunk, contents, found, work.reading, annotator.sees)))
    failed = sum(fault.reason not in _UNREADABLE for fault in found.faults.values())
    replaced = rows.filter(pc.is_in(rows["content_hash"], value_set=pa.array(work.replaced, pa.string())))
    changes = []
    if replaced.num_rows:
        changes.append(Change(CREATIVE_ANNOTATIONS, rows, rows.select(list(CREATIVE_ANNOTATIONS.key))))
    elif rows.num_rows:
        changes.append(Change.of_new(CREATIVE_ANNOTATIONS, rows))
    return Made(changes, failed, found.stopped)


def _rows(
    chunk: pa.Table, contents: Sequence[Content], found: Annotated, reading: Reading, sees: bool
) -> Iterable[dict[str, object]]:
    """A row for each content that was read, and for each of which it is known why it was not."""
    about = {
        "annotator": reading.reader.annotator,
        "model": reading.reader.model,
        "backend": reading.reader.backend,
        "taxonomy_version": reading.taxonomy.version,
    }
    is_read = np.isfinite(found.probabilities.sum(axis=1)).tolist()
    traits = traits_of(np.nan_to_num(found.probabilities), reading.taxonomy)
    columns = (chunk["content_hash"].to_pylist(), chunk["has_media"].to_pylist(), contents, traits)
    for position, (content_hash, has_media, content, known) in enumerate(zip(*columns, strict=True)):
        fault: Fault | None = found.faults.get(position)
        if not is_read[position] and fault is None:
            continue
        unseen = found.unseen.get(position)
        yield {
            "content_hash": content_hash,
            **about,
            "traits": written(known) if is_read[position] else None,
            "probabilities": found.probabilities[position].tolist() if is_read[position] else None,
            "approach_phrase": found.phrases.get(position),
            "reason": None if fault is None else fault.reason,
            "detail": found.unphrased.get(position) if fault is None else fault.detail,
            "pictures_seen": (0 if unseen else len(content.pictures)) if content.pictures else None,
            "media_detail": _NOT_THERE if sees and has_media and not content.pictures else unseen,
        }
