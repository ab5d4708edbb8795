"""The pictures of contents as an annotator that sees is shown them: the reading copies that the media jobs kept."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from creative_approaches.adapters.annotators.port import Picture
from creative_approaches.adapters.warehouses.port import Change, Warehouse
from creative_approaches.tables import READING_COPIES


@dataclass(frozen=True)
class Copies:
    """Which reading copies there are.

    times : for each medium, by its SHA-256, the second of the film that each of its pictures shows; None for an image.
    """

    times: Mapping[str, Sequence[float | None]]

    @classmethod
    def read(cls, warehouse: Warehouse) -> "Copies":
        """Those in the warehouse, without the pictures themselves."""
        times = defaultdict(list)
        rows = warehouse.read(READING_COPIES.only("content_sha256", "picture", "starts_at_seconds"))
        columns = (rows[name].to_pylist() for name in ("content_sha256", "starts_at_seconds"))
        for sha256, starts_at in zip(*columns, strict=True):
            times[sha256].append(starts_at)
        return cls(dict(times))

    def shown(self, image: str | None, film: str | None) -> str | None:
        """The medium that stands for a content, given its image and its film: the film, which shows more."""
        return next((sha256 for sha256 in (film, image) if sha256 in self.times), None)

    def outlined(self, shown: str | None) -> tuple[Picture, ...]:
        """The pictures of a medium without their files, by which their cost can be told."""
        return tuple(Picture(b"", starts_at) for starts_at in self.times.get(shown or "", ()))


def read_pictures(warehouse: Warehouse, shown: Collection[str | None]) -> dict[str, tuple[Picture, ...]]:
    """The pictures of media, given by their SHA-256: all between the first and the last of them are read."""
    wanted = sorted(sha256 for sha256 in shown if sha256)
    if not wanted:
        return {}
    rows = warehouse.read(READING_COPIES, between=(wanted[0], wanted[-1]))
    rows = rows.filter(pc.is_in(rows["content_sha256"], value_set=pa.array(wanted, pa.string())))
    pictures: dict[str, list[Picture]] = defaultdict(list)
    for batch in rows.to_batches():
        for row in batch.to_pylist():
            pictures[row["content_sha256"]].append(Picture(row["webp"], row["starts_at_seconds"]))
    return {sha256: tuple(found) for sha256, found in pictures.items()}


def forget_copies(warehouse: Warehouse, copies: Copies, needed: Collection[str]) -> None:
    """Take the copies away of all media that nobody needs any more."""
    gone = pa.table({"content_sha256": pa.array(sorted(set(copies.times) - set(needed)), pa.string())})
    if gone.num_rows:
        warehouse.write(Change(READING_COPIES, READING_COPIES.rows([]), gone))
