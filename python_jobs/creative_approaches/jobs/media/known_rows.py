"""What the tables say of media, and of bytes seen before, without a Python object for each of their values."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from creative_approaches.jobs.media.decoders import HASHED, Decoded, Row
from creative_approaches.jobs.media.known_elsewhere import Known, known_elsewhere
from creative_approaches.jobs.media.parts import Parts
from creative_approaches.jobs.media.rechecks import Rechecks
from creative_approaches.jobs.media.stream import Asked

_OF_THE_STORE: Final = ("content_sha256", "content_version", "checked_at", "content_bytes", "is_lost")
_AT_ONCE: Final = 10_000


class KnownRows:
    """The rows of before, and those of this run."""

    def __init__(self, table: pa.Table, rechecks: Rechecks, parts: Parts | None) -> None:
        """Take the rows of before. parts : of the media, where they have some."""
        self._table, self._rechecks, self._parts = table, rechecks, parts
        medium = rechecks.medium
        self._key, self._wanted, self._copies = medium.key, {**medium.wanted, **medium.extras}, medium.copies
        limited = [column for limit in medium.limits.values() for column in limit.columns]
        deciding = [self._key, "content_version", "checked_at", "status", "reason", *self._wanted, *limited]
        self._deciding = list(dict.fromkeys(deciding))
        self._of_the_bytes = [name for name in medium.hashes.columns if name not in (self._key, *_OF_THE_STORE)]
        self._places: dict[str, int] = {}
        self._by_bytes: dict[str, tuple[pa.Table, int]] = {}
        self._not_indexed = [table]
        self._changed: dict[str, str | None] = {}

    def due(self, uris: pa.ChunkedArray) -> list[Asked]:
        """The media to ask for, in the order of the uris."""
        places = pc.index_in(uris, self._table[self._key].combine_chunks())
        known = self._table.select(self._deciding).take(places)
        for_copies = self._to_copy(uris, places)
        # Nearly all media are settled on most days, and are not looked at one by one.
        is_open = pc.or_(pc.invert(self._settled(known)), pc.is_in(uris, for_copies))
        open_ones, copied = pc.indices_nonzero(is_open), set(for_copies.to_pylist())
        some = [values.take(open_ones) for values in (uris, places, known)]
        due = {
            uri: row["content_version"] if self._rechecks.fits(row) and uri not in copied else None
            for start in range(0, len(open_ones), _AT_ONCE)
            for uri, place, row in zip(*(values.slice(start, _AT_ONCE).to_pylist() for values in some), strict=True)
            if self._is_due(uri, place, row) or uri in copied
        }
        without_version = [uri for uri, version in due.items() if version is None]
        elsewhere = self._elsewhere(without_version)
        return [Asked(uri, version, elsewhere.get(uri, {})) for uri, version in due.items()]

    def row(self, uri: str) -> Row | None:
        """The row of before of what is due; None if it has none."""
        place = self._places.get(uri)
        return None if place is None else _row(self._table, place)

    def copy(self, uri: str, digest: str) -> Decoded | None:
        """What follows from bytes with this SHA-256, if they were hashed before; without parts where the uri has them.

        None also where who had these bytes has others by now, and where a reading copy of them is wanted.
        """
        if self._copies.lacks(uri, digest):
            return None
        before = self.row(uri)
        if before and before["content_sha256"] == digest and self._rechecks.fits(before):
            return Decoded(self._only_of_the_bytes(before), [])
        while self._not_indexed:
            self._index(self._not_indexed.pop())
        if digest not in self._by_bytes:
            return None
        row = _row(*self._by_bytes[digest])
        holder = row[self._key]
        if self._changed.get(holder, digest) != digest:
            return None
        return Decoded(self._only_of_the_bytes(row), self._parts.of(holder) if self._parts else [])

    def remember(
        self, rows: pa.Table, changed: Mapping[str, str | None], with_parts: Iterable[str], copied: Collection[str]
    ) -> None:
        """Add rows that are committed.

        changed : the bytes of those that had others.  with_parts : whose are new.  copied : the SHA-256 of those that
        have reading copies now.
        """
        self._not_indexed.append(rows)
        self._changed |= changed
        self._copies.were_written(copied)
        if self._parts:
            self._parts.were_written(with_parts)

    def _only_of_the_bytes(self, row: Row) -> Row:
        return {column: row[column] for column in self._of_the_bytes}

    def _is_due(self, uri: str, place: int | None, row: Row) -> bool:
        if place is None:
            return True
        self._places[uri] = place
        return self._rechecks.is_due(row)

    def _elsewhere(self, uris: list[str]) -> dict[str, dict[str, Known]]:
        if not uris:
            return {}
        columns = [self._key, "checked_at", "content_version", *Known._fields]
        found = known_elsewhere(uris, self._table.filter(self._fit(self._table)).select(columns), self._key)
        # Of which a reading copy is wanted, the bytes are.
        return {
            uri: {
                version: known
                for version, known in versions.items()
                if not self._copies.lacks(uri, known.content_sha256)
            }
            for uri, versions in found.items()
        }

    def _to_copy(self, uris: pa.ChunkedArray, places: pa.ChunkedArray) -> pa.Array:
        """An address for each of the media that lack their copies: of those that still gave a file, the newest."""
        columns = [self._key, "content_sha256", "checked_at", "status", "is_lost"]
        rows = self._table.select(columns).take(places.drop_null())
        is_there = pc.and_(pc.equal(rows["status"], HASHED), pc.invert(pc.fill_null(rows["is_lost"], False)))
        is_missing = pc.is_in(rows["content_sha256"], pa.array(self._copies.missing, pa.string()))
        newest = rows.filter(pc.and_(is_there, is_missing)).sort_by([("checked_at", "descending")])
        chosen = newest.group_by("content_sha256", use_threads=False).aggregate([(self._key, "first")])
        return chosen[f"{self._key}_first"].combine_chunks()

    def _index(self, rows: pa.Table) -> None:
        places = pc.indices_nonzero(self._fit(rows))
        digests = rows["content_sha256"].take(places).to_pylist()
        self._by_bytes |= {digest: (rows, place) for digest, place in zip(digests, places.to_pylist(), strict=True)}

    def _fit(self, rows: pa.Table) -> Any:
        """Which rows are hashed as the settings want it, as `Rechecks.fits`."""
        fit = pc.equal(rows["status"], HASHED)
        for column, value in self._wanted.items():
            fit = pc.and_(fit, pc.equal(rows[column], value))
        return pc.fill_null(fit, False)

    def _settled(self, rows: pa.Table) -> Any:
        """Which rows fit and are not old."""
        oldest = self._rechecks.oldest
        if oldest is None:
            return self._fit(rows)
        is_new = pc.greater(rows["checked_at"], pa.scalar(oldest, rows["checked_at"].type))
        return pc.and_(self._fit(rows), pc.fill_null(is_new, False))


def _row(table: pa.Table, place: int) -> Row:
    return dict(table.slice(place, 1).to_pylist()[0])
