"""What table image_hashes says of images, and of bytes seen before, without a Python object for each of its values."""

from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from creative_approaches.jobs.image_rechecks import Rechecks
from creative_approaches.jobs.image_stream import Asked
from creative_approaches.jobs.image_worker import HASHED, Row
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
        self.remember(table)

    def due(self, uris: pa.ChunkedArray) -> list[Asked]:
        """The images to ask for, in the order of the uris."""
        due = []
        places = pc.index_in(uris, self._table["image_uri"].combine_chunks())
        known = self._table.select(_DECIDING).take(places)
        for start in range(0, len(uris), _AT_ONCE):
            some = (values.slice(start, _AT_ONCE).to_pylist() for values in (uris, places, known))
            for uri, place, row in zip(*some, strict=True):
                if place is None:
                    due.append(Asked(uri, None))
                elif self._rechecks.is_due(row):
                    self._places[uri] = place
                    due.append(Asked(uri, row["content_version"] if self._rechecks.fits(row) else None))
        return due

    def row(self, uri: str) -> Row | None:
        """The row of an image that is due; None if it has none."""
        place = self._places.get(uri)
        return None if place is None else _row(self._table, place)

    def hashes_of(self, digest: str) -> Row | None:
        """The columns that follow from bytes with this SHA-256, if they were hashed before."""
        if digest not in self._by_bytes:
            return None
        return _row(*self._by_bytes[digest], _OF_THE_BYTES)

    def remember(self, rows: pa.Table) -> None:
        """Add rows of this run to the bytes seen before."""
        wanted = self._rechecks.hashing.sizes
        sizes = {"status": HASHED, "hash_size": wanted.size, "fine_hash_size": wanted.fine_size}
        fits = pa.array([True] * rows.num_rows, pa.bool_())
        for column, value in sizes.items():
            fits = pc.and_(fits, pc.equal(rows[column], value))
        places = pc.indices_nonzero(pc.fill_null(fits, False)).to_pylist()
        digests = rows["content_sha256"].take(pa.array(places, pa.int64())).to_pylist()
        self._by_bytes |= {digest: (rows, place) for digest, place in zip(digests, places, strict=True)}


def _row(table: pa.Table, place: int, columns: Any = None) -> Row:
    row = table.slice(place, 1)
    return dict((row.select(columns) if columns else row).to_pylist()[0])
