"""What table image_hashes says of images, and of bytes seen before, without a Python object for each of its values."""

from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from creative_approaches.jobs.media.image_rechecks import Rechecks
from creative_approaches.jobs.media.image_stream import Asked
from creative_approaches.jobs.media.image_worker import HASHED, Row
from creative_approaches.tables import IMAGE_HASHES

_OF_THE_STORE: Final = ("image_uri", "content_sha256", "content_version", "checked_at", "content_bytes")
_OF_THE_BYTES: Final = [column for column in IMAGE_HASHES.columns if column not in _OF_THE_STORE]
_DECIDING: Final = [
    *("image_uri", "content_version", "checked_at"),
    *("hash_size", "fine_hash_size", "status", "reason", "detail"),
]
_AT_ONCE: Final = 10_000


class ImageRows:
    """The rows of before, and those of this run."""

    def __init__(self, table: pa.Table, rechecks: Rechecks) -> None:
        """Take the rows of before."""
        self._table, self._rechecks = table, rechecks
        self._places: dict[str, int] = {}
        self._by_bytes: dict[str, tuple[pa.Table, int]] = {}
        self._not_indexed = [table]

    def due(self, uris: pa.ChunkedArray) -> list[Asked]:
        """The images to ask for, in the order of the uris."""
        places = pc.index_in(uris, self._table["image_uri"].combine_chunks())
        known = self._table.select(_DECIDING).take(places)
        # Nearly all images are settled on most days, and are not looked at one by one.
        open_ones = pc.indices_nonzero(pc.invert(self._settled(known)))
        some = [values.take(open_ones) for values in (uris, places, known)]
        return [
            Asked(uri, row["content_version"] if self._rechecks.fits(row) else None)
            for start in range(0, len(open_ones), _AT_ONCE)
            for uri, place, row in zip(*(values.slice(start, _AT_ONCE).to_pylist() for values in some), strict=True)
            if self._is_due(uri, place, row)
        ]

    def row(self, uri: str) -> Row | None:
        """The row of an image that is due; None if it has none."""
        place = self._places.get(uri)
        return None if place is None else _row(self._table, place)

    def hashes_of(self, digest: str) -> Row | None:
        """The columns that follow from bytes with this SHA-256, if they were hashed before."""
        while self._not_indexed:
            self._index(self._not_indexed.pop())
        if digest not in self._by_bytes:
            return None
        return _row(*self._by_bytes[digest], _OF_THE_BYTES)

    def remember(self, rows: pa.Table) -> None:
        """Add rows of this run to the bytes seen before."""
        self._not_indexed.append(rows)

    def _is_due(self, uri: str, place: int | None, row: Row) -> bool:
        if place is None:
            return True
        self._places[uri] = place
        return self._rechecks.is_due(row)

    def _index(self, rows: pa.Table) -> None:
        places = pc.indices_nonzero(self._fit(rows))
        digests = rows["content_sha256"].take(places).to_pylist()
        self._by_bytes |= {digest: (rows, place) for digest, place in zip(digests, places.to_pylist(), strict=True)}

    def _fit(self, rows: pa.Table) -> Any:
        """Which rows have hashes of the sizes that are wanted, as `Rechecks.fits`."""
        wanted = self._rechecks.hashing.sizes
        same = (pc.equal(rows["hash_size"], wanted.size), pc.equal(rows["fine_hash_size"], wanted.fine_size))
        return pc.fill_null(pc.and_(pc.equal(rows["status"], HASHED), pc.and_(*same)), False)

    def _settled(self, rows: pa.Table) -> Any:
        """Which rows fit and are not old."""
        oldest = self._rechecks.oldest
        if oldest is None:
            return self._fit(rows)
        is_new = pc.greater(rows["checked_at"], pa.scalar(oldest, rows["checked_at"].type))
        return pc.and_(self._fit(rows), pc.fill_null(is_new, False))


def _row(table: pa.Table, place: int, columns: Any = None) -> Row:
    row = table.slice(place, 1)
    return dict((row.select(columns) if columns else row).to_pylist()[0])
