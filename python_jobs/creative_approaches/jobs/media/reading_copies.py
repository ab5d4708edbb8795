"""Of which media reading copies are kept in a run: those that an annotator looks at and has not seen yet."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

import pyarrow as pa
import pyarrow.compute as pc

from creative_approaches.adapters.annotators.open import find_annotator
from creative_approaches.adapters.warehouses.port import Warehouse
from creative_approaches.core.unanswered import Unanswered
from creative_approaches.jobs.annotate.taken_over import find_earlier
from creative_approaches.jobs.annotations import reading_of
from creative_approaches.jobs.contents import SHOWN, Content, ShownMedia, contents_shown, hash_of
from creative_approaches.settings import MediaSettings
from creative_approaches.tables import CONTENTS, CREATIVE_ANNOTATIONS, READING_COPIES

Kind = Literal["image", "film"]
_ADDRESS: Final[Mapping[Kind, str]] = {"image": "image_uri", "film": "video_uri"}


@dataclass
class CopiesWanted:
    """What is known of the copies of one kind of media, by the SHA-256 of their bytes.

    is_on : whether any are kept.  missing : of media that were loaded before, those that have no copy, and that a
    content shows which was not seen.  needless : those all of whose contents were seen.  kept : those that have copies.
    unloaded : by addresses that were never loaded, the contents that show them.
    seen : hashes of the contents that were seen.
    """

    is_on: bool = False
    missing: set[str] = field(default_factory=set)
    needless: Collection[str] = ()
    kept: set[str] = field(default_factory=set)
    unloaded: Mapping[str, Sequence[tuple[Content, ShownMedia]]] = field(default_factory=dict)
    seen: Collection[str] = ()
    kind: Kind = "image"

    def lacks(self, uri: str, digest: str) -> bool:
        """Whether a copy is wanted of bytes that were decoded before, and that are at this address now.

        An address that is new may show known bytes with other words: the content is another one. Where it shows another
        new medium as well, whose bytes are not known yet, the content counts as one that was not seen.
        """
        if digest in self.missing:
            return True
        if digest in self.kept:
            return False
        shown = (hash_of(row, _with(media, self.kind, digest)) for row, media in self.unloaded.get(uri, ()))
        return any(content not in self.seen for content in shown)

    def are_kept(self, uri: str, digest: str) -> bool:
        """Whether copies of bytes that are at this address, and were decoded now, are worth writing."""
        return digest not in self.needless or self.lacks(uri, digest)

    def were_written(self, digests: Collection[str]) -> None:
        """Take notice that these have their copies now."""
        self.missing.difference_update(digests)
        self.kept.update(digests)


def wanted_again(warehouse: Warehouse, settings: MediaSettings, kind: Kind) -> CopiesWanted:
    """What the annotator of the settings has not seen yet; nothing where it looks at no pictures, or copies are off."""
    if not settings.keep_reading_copies or not find_annotator(settings).sees:
        return CopiesWanted()
    seen = _seen(warehouse, settings)
    unloaded: dict[str, list[tuple[Content, ShownMedia]]] = {}
    shown: set[str] = set()
    wanted: set[str] = set()
    for row, media in contents_shown(warehouse, warehouse.read(CONTENTS.only(*SHOWN))):
        digest, address = getattr(media, kind), row[_ADDRESS[kind]]
        if digest:
            shown.add(digest)
            if hash_of(row, media) not in seen:
                wanted.add(digest)
        elif address:
            unloaded.setdefault(address, []).append((row, media))
    kept = set(warehouse.read(READING_COPIES.only("content_sha256"))["content_sha256"].to_pylist())
    return CopiesWanted(True, wanted - kept, shown - wanted, kept, unloaded, seen, kind)


def _with(media: ShownMedia, kind: Kind, digest: str) -> ShownMedia:
    return media._replace(image=digest) if kind == "image" else media._replace(film=digest)


def _seen(warehouse: Warehouse, settings: MediaSettings) -> set[str]:
    """The hashes of the contents that the reader was shown with pictures, and answered.

    By this taxonomy, or by an earlier one, where nothing is asked since then that takes pictures.
    """
    columns = (*CREATIVE_ANNOTATIONS.key, "pictures_seen", "reason")
    reading = reading_of(warehouse, settings)
    earlier = find_earlier(warehouse, reading.taxonomy)
    versions = [one.version for one in earlier if not one.asked.of_medium("media").attributes]
    found = warehouse.read(CREATIVE_ANNOTATIONS.only(*columns))
    rows = pa.concat_tables([reading.rows_of(found, version) for version in (reading.taxonomy.version, *versions)])
    is_faulty = pc.fill_null(pc.equal(rows["reason"], Unanswered.FAULTY_ANSWER.value), False)
    seen = rows.filter(pc.and_(pc.is_valid(rows["pictures_seen"]), pc.invert(is_faulty)))
    return set(seen["content_hash"].to_pylist())
