"""Job annotate: what each distinct content does, once per annotator, model, backend and taxonomy."""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from creative_approaches.adapters.annotators.open import find_annotator
from creative_approaches.adapters.annotators.port import Annotated, Annotator, Content, Fault, Picture
from creative_approaches.adapters.warehouses.port import Change, Warehouse
from creative_approaches.core.annotating.annotation import traits_of, written
from creative_approaches.core.annotating.reading import Unreadable
from creative_approaches.core.annotating.taxonomy import Taxonomy
from creative_approaches.core.arrays import Floats
from creative_approaches.core.tokens import Tokens
from creative_approaches.errors import UsageError
from creative_approaches.jobs.annotate.pictures import forget_copies, read_pictures
from creative_approaches.jobs.annotate.taken_over import TakenOver, note_reading, read_taken_over
from creative_approaches.jobs.annotate.unread import Part, Unread, find_unread
from creative_approaches.jobs.chunks import Done, Made, chunk_size, make_in_chunks
from creative_approaches.jobs.job import JobResult, Narration
from creative_approaches.jobs.paid import Estimate, located, price_of, spending_on
from creative_approaches.settings import AnnotateSettings, Settings
from creative_approaches.tables import ANNOTATION_REPEATS, CREATIVE_ANNOTATIONS

# What rows say of contents whose media nobody could look at.
_NOT_THERE: Final = "Its media were not there to be looked at: tables image_hashes and video_hashes say why."
_UNREADABLE: Final = frozenset(reason.value for reason in Unreadable)


def annotate(warehouse: Warehouse, settings: Settings, progress: Narration) -> JobResult:
    """Read the contents that were not read yet. A killed or stopped run keeps its finished chunks.

    A content that cannot be read has a row with the reason, and is tried again where that can help. Where only some
    attributes of the taxonomy are new, only they are asked.
    """
    annotator_type = find_annotator(settings.annotate)
    unread = find_unread(warehouse, settings.annotate)
    reading = unread.reading
    if not reading.taxonomy.attributes:
        if settings.annotate.embed_source != "text":
            raise UsageError(
                f"Var embed_source is {settings.annotate.embed_source}, and the annotator {reading.reader.annotator} "
                "reads no traits. Set embed_source to text, or take another annotator."
            )
        return JobResult(unread.contents, 0, "no traits are read")
    note_reading(warehouse, reading)
    spending = spending_on(reading.reader.model, annotator_type.is_paid, settings.annotate)
    detail = f"{unread.due:,} of {unread.contents:,} contents were new to {reading.reader}"
    if (unread.due and unread.others) or (unread.asked and annotator_type.is_paid):
        progress.say(_announced(unread, settings.annotate))
    done = Done()
    makers = [_Making(warehouse, unread, part) for part in unread.parts]
    if unread.repeats.num_rows:
        makers.append(_Repeating(warehouse, unread, Part(unread.repeats, reading.taxonomy)))
    for making in makers:
        if done.stopped:
            break
        due, asked = making.part.due, making.part.asked

        def opened(asked: Taxonomy = asked) -> AbstractContextManager[Annotator | None]:
            if not asked.attributes:
                return nullcontext()
            return annotator_type.open(
                located(settings.annotate, warehouse), asked, spending, warehouse.google_credentials
            )

        size = chunk_size(due.num_rows, annotator_type.is_instant, annotator_type.sees)
        done += make_in_chunks(warehouse, due, opened, making.make, size, spending, progress, "annotate")
    if unread.copies.times:
        needed = find_unread(warehouse, settings.annotate).shown if unread.due else set()
        forget_copies(warehouse, unread.copies, needed)
    if done.failed:
        detail += f", {done.failed:,} were not read (reasons: table creative_annotations)"
    return JobResult(unread.contents, done.written, detail, done.failed, spending.usage, done.stopped)


def estimate_annotate(warehouse: Warehouse, settings: Settings) -> Estimate:
    """What `annotate` would ask for now."""
    return _estimate(find_unread(warehouse, settings.annotate), settings.annotate)


def _estimate(unread: Unread, settings: AnnotateSettings) -> Estimate:
    annotator, reader = find_annotator(settings), unread.reading.reader
    requests, tokens = 0, list[Tokens]()
    for part in unread.asked:
        outlines = [unread.copies.outlined(shown) for shown in part.due["shown"].to_pylist()]
        asked = annotator.requests_for(settings, part.asked, _contents(part.due, outlines))
        requests, tokens = requests + asked.count, [*tokens, *asked.tokens]
    notes = [_note(part) for part in unread.parts if part.earlier]
    if unread.repeats.num_rows:
        notes.append(f"{unread.repeats.num_rows:,} are second readings")
    price = price_of(reader.model, annotator.is_paid)
    total = unread.contents + unread.repeats.num_rows
    return Estimate("annotations", str(reader), price, total, requests, tokens, "; ".join(notes))


def _note(part: Part) -> str:
    asked = ", ".join(attribute.name for attribute in part.asked.attributes)
    if not asked:
        return f"{part.due.num_rows:,} are taken over whole from an earlier taxonomy"
    return f"of {part.due.num_rows:,} only {asked} is asked, the rest was read by an earlier taxonomy"


def _announced(unread: Unread, settings: AnnotateSettings) -> str:
    text = str(_estimate(unread, settings))
    if unread.others:
        text += f". What {', '.join(unread.others)} read stays, and is not used with these"
    return text


def _contents(rows: pa.Table, pictures: Sequence[tuple[Picture, ...]]) -> list[Content]:
    return list(map(Content, rows["headline"].to_pylist(), rows["description"].to_pylist(), pictures))


class _Making:
    """Makes rows of one part of what is unread."""

    def __init__(self, warehouse: Warehouse, unread: Unread, part: Part) -> None:
        self.part = part
        self._warehouse, self._unread = warehouse, unread
        hashes = part.due["content_hash"].to_pylist()
        self._taken_over: TakenOver | None = (
            read_taken_over(warehouse, unread.reading, part.earlier, hashes) if part.earlier else None
        )

    def make(self, annotator: Annotator | None, chunk: pa.Table) -> Made:
        """The rows of some contents. annotator : None where nothing is asked."""
        shown = chunk["shown"].to_pylist()
        pictures = read_pictures(self._warehouse, set(shown)) if annotator else {}
        contents = _contents(chunk, [pictures.get(one, ()) for one in shown])
        found = annotator.annotate(contents) if annotator else Annotated(np.empty((len(contents), 0)))
        rows = CREATIVE_ANNOTATIONS.rows(list(self._rows(chunk, contents, found, bool(annotator and annotator.sees))))
        failed = sum(fault.reason not in _UNREADABLE for fault in found.faults.values())
        return Made(self._changes(rows), failed, found.stopped)

    def _changes(self, rows: pa.Table) -> list[Change]:
        if not rows.num_rows:
            return []
        replaced = pa.array(self._unread.replaced, pa.string())
        if pc.any(pc.is_in(rows["content_hash"], value_set=replaced)).as_py():
            return [Change.of_keys(CREATIVE_ANNOTATIONS, rows)]
        return [Change.of_new(CREATIVE_ANNOTATIONS, rows)]

    def _rows(
        self, chunk: pa.Table, contents: Sequence[Content], found: Annotated, sees: bool
    ) -> Iterable[dict[str, object]]:
        """A row for each content that was read, and for each of which it is known why it was not."""
        reading = self._unread.reading
        about = {
            "annotator": reading.reader.annotator,
            "model": reading.reader.model,
            "backend": reading.reader.backend,
            "taxonomy_version": reading.taxonomy.version,
        }
        is_read = np.isfinite(found.probabilities.sum(axis=1)).tolist()
        columns = (chunk["content_hash"].to_pylist(), chunk["has_media"].to_pylist(), contents)
        for position, (content_hash, has_media, content) in enumerate(zip(*columns, strict=True)):
            fault: Fault | None = found.faults.get(position)
            if not is_read[position] and fault is None:
                continue
            unseen = found.unseen.get(position)
            row = {
                "content_hash": content_hash,
                **about,
                "traits": None,
                "probabilities": None,
                "approach_phrase": found.phrases.get(position),
                "reason": None if fault is None else fault.reason,
                "detail": found.unphrased.get(position) if fault is None else fault.detail,
                "pictures_seen": (0 if unseen else len(content.pictures)) if content.pictures else None,
                "media_detail": _NOT_THERE if sees and has_media and not content.pictures else unseen,
            }
            if is_read[position]:
                row |= self._read(content_hash, found.probabilities[position])
                row |= self._taken(content_hash, has_pictures=bool(content.pictures))
            yield row

    def _read(self, content_hash: str, probabilities: Floats) -> dict[str, object]:
        """What was read, with the attributes that are taken over."""
        taxonomy = self._unread.reading.taxonomy
        if self._taken_over:
            probabilities = self._taken_over.whole(content_hash, probabilities, taxonomy)
        (traits,) = traits_of(probabilities[None], taxonomy)
        return {"traits": written(traits), "probabilities": probabilities.tolist()}

    def _taken(self, content_hash: str, has_pictures: bool) -> dict[str, object]:
        """What else is taken over: the phrase, and what was seen, where nothing that takes pictures is asked now."""
        if not self._taken_over:
            return {}
        before = self._taken_over.rows[content_hash]
        names = ["approach_phrase"] if before["approach_phrase"] else []
        if not has_pictures and not self.part.asked.of_medium("media").attributes:
            names += ["pictures_seen", "media_detail"]
        return {name: before[name] for name in names}


class _Repeating(_Making):
    """Reads contents a second time, those that were read."""

    def make(self, annotator: Annotator | None, chunk: pa.Table) -> Made:
        """The second readings of some contents, of the same pictures; a fault is asked for again next time."""
        ends = (pc.min(chunk["content_hash"]).as_py(), pc.max(chunk["content_hash"]).as_py())
        first = self._unread.reading.rows_of(self._warehouse.read(CREATIVE_ANNOTATIONS, between=ends))
        first = first.filter(pc.is_null(first["reason"])).select(["content_hash", "pictures_seen"])
        seen = dict(zip(*(column.to_pylist() for column in first.columns), strict=True))
        chunk = chunk.filter(pc.is_in(chunk["content_hash"], value_set=pa.array(seen, pa.string())))
        made = super().make(annotator, chunk)
        rows = [
            {name: row[name] for name in ANNOTATION_REPEATS.columns}
            for change in made.changes
            for row in change.rows.to_pylist()
            if row["reason"] is None and row["pictures_seen"] == seen[row["content_hash"]]
        ]
        return Made([Change.of_new(ANNOTATION_REPEATS, ANNOTATION_REPEATS.rows(rows))] if rows else [], 0, made.stopped)
