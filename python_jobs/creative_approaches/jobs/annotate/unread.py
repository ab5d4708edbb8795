"""What is to be read: the distinct contents that a reader has not read yet, or could read better now."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from creative_approaches.adapters.annotators.open import find_annotator
from creative_approaches.adapters.warehouses.port import Warehouse
from creative_approaches.core.annotating.annotation import Reader
from creative_approaches.core.annotating.taxonomy import Taxonomy
from creative_approaches.core.unanswered import Unanswered
from creative_approaches.jobs.annotate.pictures import Copies
from creative_approaches.jobs.annotate.taken_over import Earlier, find_earlier
from creative_approaches.jobs.annotations import Reading, reading_of
from creative_approaches.jobs.contents import SHOWN, content_hashes, shown_by
from creative_approaches.settings import AnnotateSettings
from creative_approaches.tables import ANNOTATION_REPEATS, CONTENTS, CREATIVE_ANNOTATIONS

_SHOWN: Final = tuple(dict.fromkeys((*SHOWN, "headline", "description")))
# What may be otherwise when it is asked again.
_TRIED_AGAIN: Final = (Unanswered.FAULTY_ANSWER.value,)
_CONTENT: Final = pa.schema(
    {
        "content_hash": pa.string(),
        "headline": pa.string(),
        "description": pa.string(),
        "has_media": pa.bool_(),
        "shown": pa.string(),
    }
)


@dataclass(frozen=True)
class Part:
    """Contents of which the same is asked.

    due : content_hash, headline, description, has_media and shown: the SHA-256 of the medium that is looked at, null
    without one; in the order of that.
    asked : the attributes.  earlier : where the others are taken over from; None where all are asked.
    """

    due: pa.Table
    asked: Taxonomy
    earlier: Earlier | None = None


@dataclass(frozen=True)
class Unread:
    """What is to be read.

    contents : how many there are.  parts : those that were not read yet, by what is asked of them.
    repeats : those that are to be read a second time.
    replaced : hashes of those that have a row, because they could not be read before, or not by their media.
    others : other readers that read some of them, and this one by a taxonomy of which nothing is taken over.
    copies : of media, where the annotator sees them; else none.
    """

    reading: Reading
    contents: int
    parts: Sequence[Part]
    repeats: pa.Table
    replaced: set[str]
    others: list[str]
    copies: Copies

    @property
    def due(self) -> int:
        """How many contents are to be read."""
        return sum(part.due.num_rows for part in self.parts)

    @property
    def asked(self) -> list[Part]:
        """What is asked, the second readings among it."""
        asked = [part for part in self.parts if part.asked.attributes]
        return [*asked, Part(self.repeats, self.reading.taxonomy)] if self.repeats.num_rows else asked

    @property
    def shown(self) -> set[str]:
        """The media that they show."""
        due = [*(part.due for part in self.parts), self.repeats]
        return {shown for rows in due for shown in rows["shown"].to_pylist() if shown}


def find_unread(warehouse: Warehouse, settings: AnnotateSettings) -> Unread:
    """What is to be read by the annotator of the settings."""
    reading = reading_of(warehouse, settings)
    copies = Copies.read(warehouse) if find_annotator(settings).sees else Copies({})
    contents = _distinct(warehouse, copies)
    rows = warehouse.read(CREATIVE_ANNOTATIONS.only(*CREATIVE_ANNOTATIONS.key, "reason", "pictures_seen"))
    rows = rows.filter(pc.is_in(rows["content_hash"], value_set=contents["content_hash"]))
    own = reading.rows_of(rows)
    is_faulty = pc.fill_null(pc.is_in(own["reason"], value_set=pa.array(_TRIED_AGAIN)), False)
    # Their media have come since they were read.
    is_visible = pc.and_(pc.is_null(own["pictures_seen"]), _is_in(own, _visible(contents)))
    is_again = pc.or_(is_faulty, is_visible)
    due = contents.filter(pc.invert(_is_in(contents, own.filter(pc.invert(is_again))["content_hash"])))
    earlier = find_earlier(warehouse, reading.taxonomy)
    return Unread(
        reading=reading,
        contents=contents.num_rows,
        parts=_parts(due, rows, reading, earlier),
        repeats=_repeats(warehouse, contents, own, reading, settings.repeated_readings),
        replaced=set(own.filter(is_again)["content_hash"].to_pylist()),
        others=_others(rows, reading, {one.version for one in earlier}),
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
    return pa.Table.from_pylist(list(found.values()), _CONTENT).sort_by(keys)


def _parts(due: pa.Table, rows: pa.Table, reading: Reading, earlier: Sequence[Earlier]) -> list[Part]:
    """The contents that are due, by the taxonomy from which most is taken over; not where media came since then."""
    parts = []
    for one in earlier:
        read = reading.rows_of(rows, one.version)
        read = read.filter(pc.is_null(read["reason"]))
        unseen = read.filter(pc.is_null(read["pictures_seen"]))["content_hash"]
        is_known = _is_in(due, read["content_hash"])
        is_taken = pc.and_not(is_known, pc.and_(_is_in(due, unseen), pc.is_valid(due["shown"])))
        parts.append(Part(due.filter(is_taken), one.asked, one))
        due = due.filter(pc.invert(is_taken))
    return [part for part in (Part(due, reading.taxonomy), *parts) if part.due.num_rows]


def _repeats(warehouse: Warehouse, contents: pa.Table, own: pa.Table, reading: Reading, size: int) -> pa.Table:
    """Those of a sample, the same in each run, that were not read twice, and can be read again as they were before.

    size : of the sample; its hashes are the lowest.
    """
    sample = contents.sort_by("content_hash").slice(0, size)
    twice = reading.rows_of(warehouse.read(ANNOTATION_REPEATS))
    seen = pc.greater(pc.fill_null(own["pictures_seen"], 0), 0)
    is_other = pc.or_(pc.is_valid(own["reason"]), pc.equal(pc.fill_null(own["pictures_seen"], -1), 0))
    is_gone = pc.and_(pc.is_null(sample["shown"]), _is_in(sample, own.filter(seen)["content_hash"]))
    left_out = (_is_in(sample, twice["content_hash"]), _is_in(sample, own.filter(is_other)["content_hash"]), is_gone)
    return sample.filter(pc.invert(pc.or_(pc.or_(left_out[0], left_out[1]), left_out[2])))


def _others(rows: pa.Table, reading: Reading, known: set[str]) -> list[str]:
    sources = rows.group_by(["annotator", "model", "backend", "taxonomy_version"]).aggregate([]).to_pylist()
    found = {(Reader(row["annotator"], row["model"], row["backend"]), row["taxonomy_version"]) for row in sources}
    taken_over = {(reading.reader, version) for version in (reading.taxonomy.version, *known)}
    return sorted({f"{reader} by taxonomy {version}" for reader, version in found - taken_over})


def _visible(contents: pa.Table) -> pa.ChunkedArray:
    return contents.filter(pc.is_valid(contents["shown"]))["content_hash"]


def _is_in(rows: pa.Table, hashes: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.is_in(rows["content_hash"], value_set=hashes)
