"""The rows of parts, such as the keyframes of a film, of who had the same bytes before."""

from collections.abc import Callable, Iterable

import pyarrow as pa
import pyarrow.compute as pc

from creative_approaches.jobs.media.decoders import Row


class Parts:
    """A table of parts, read when it is first needed, and again for what was written since."""

    def __init__(self, read: Callable[[], pa.Table]) -> None:
        """Read nothing yet. read : reads the table in the order of its key, the address first."""
        self._read = read
        self._table: pa.Table | None = None
        self._places: dict[str, tuple[int, int]] = {}
        self._written: set[str] = set()

    def of(self, uri: str) -> list[Row]:
        """The rows of a uri, without it."""
        if self._table is None or uri in self._written:
            self._table = None  # not both in memory
            self._table = self._read()
            self._places = _places(self._table.column(0))
            self._written.clear()
        first, end = self._places.get(uri, (0, 0))
        rows: list[Row] = self._table.slice(first, end - first).remove_column(0).to_pylist()
        return rows

    def were_written(self, uris: Iterable[str]) -> None:
        """Take notice that these have other rows than those that were read."""
        if self._table is not None:
            self._written.update(uris)


def _places(uris: pa.ChunkedArray) -> dict[str, tuple[int, int]]:
    """Where the rows of each uri begin and end."""
    places: dict[str, tuple[int, int]] = {}
    start = 0
    for chunk in uris.chunks:
        runs = pc.run_end_encode(chunk)
        ends = [start + end for end in runs.run_ends.to_pylist()]
        for uri, end in zip(runs.values.to_pylist(), ends, strict=True):
            first, _ = places.get(uri, (start, 0))  # its rows may go on in the next chunk
            places[uri] = first, end
            start = end
    return places
