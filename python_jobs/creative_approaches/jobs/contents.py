"""What contents show, as it is known when a job runs: the media jobs may have loaded what dbt did not know yet."""

import hashlib
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import pyarrow as pa

from creative_approaches.adapters.warehouses.port import Warehouse
from creative_approaches.tables import IMAGE_HASHES, VIDEO_HASHES, Table

# The columns of CONTENTS that say what a content shows.
SHOWN: Final = ("version_key", "wording_hash", "format", "image_uri", "video_uri", "image_sha256", "video_sha256")


Content = dict[str, Any]  # a row of CONTENTS


class ShownMedia(NamedTuple):
    """Hex SHA-256 of the image and of the film that a content shows; None for what it has not, or nobody could load."""

    image: str | None
    film: str | None


def content_hashes(warehouse: Warehouse, contents: pa.Table) -> dict[str, str]:
    """The hash of what each content shows, by its version_key, as model int_creatives__content_hashes has it.

    contents : rows of CONTENTS, with the columns SHOWN. Those that show the same words, format and bytes of media share
    a hash. One of which nothing is known is like no other.
    """
    return {row["version_key"]: hash_of(row, media) for row, media in contents_shown(warehouse, contents)}


def shown_by(warehouse: Warehouse, contents: pa.Table) -> dict[str, ShownMedia]:
    """The media that are shown under each hash of a content. contents : as of `content_hashes`."""
    return {hash_of(row, media): media for row, media in contents_shown(warehouse, contents)}


def contents_shown(warehouse: Warehouse, contents: pa.Table) -> Iterator[tuple[Content, ShownMedia]]:
    """Each content with its media. contents : as of `content_hashes`."""
    images, films = _sha256(warehouse, IMAGE_HASHES), _sha256(warehouse, VIDEO_HASHES)
    for batch in contents.to_batches():
        for row in batch.to_pylist():
            yield (
                row,
                ShownMedia(
                    images.get(row["image_uri"]) or row["image_sha256"],
                    films.get(row["video_uri"]) or row["video_sha256"],
                ),
            )


def hash_of(row: Content, media: ShownMedia) -> str:
    """The hash of a content, given by its row, that shows these media."""
    if not (row["wording_hash"] or media.image or media.film):
        return str(row["version_key"])
    parts = (row["wording_hash"], row["format"], *media)
    return hashlib.md5("|".join(part or "" for part in parts).encode(), usedforsecurity=False).hexdigest()


def _sha256(warehouse: Warehouse, hashes: Table) -> dict[str, str]:
    """The SHA-256 of the media that could be loaded, by their addresses."""
    rows = warehouse.read(hashes.only(*hashes.key, "content_sha256"))
    return dict(zip(*(rows[column].to_pylist() for column in rows.column_names), strict=True))
