"""What contents show, as it is known when a job runs: the media jobs may have loaded what dbt did not know yet."""

import hashlib
from typing import Any, Final

import pyarrow as pa

from creative_approaches.adapters.warehouses.port import Warehouse
from creative_approaches.tables import IMAGE_HASHES, VIDEO_HASHES, Table

# The columns of CONTENTS that say what a content shows.
SHOWN: Final = ("version_key", "wording_hash", "format", "image_uri", "video_uri", "image_sha256", "video_sha256")


def content_hashes(warehouse: Warehouse, contents: pa.Table) -> dict[str, str]:
    """The hash of what each content shows, by its version_key, as model int_creatives__content_hashes has it.

    contents : rows of CONTENTS, with the columns SHOWN. Those that show the same words, format and bytes of media share
    a hash. One of which nothing is known is like no other.
    """
    images, videos = _sha256(warehouse, IMAGE_HASHES), _sha256(warehouse, VIDEO_HASHES)
    return {
        row["version_key"]: _content_hash(
            row,
            images.get(row["image_uri"]) or row["image_sha256"],
            videos.get(row["video_uri"]) or row["video_sha256"],
        )
        for batch in contents.to_batches()
        for row in batch.to_pylist()
    }


def _sha256(warehouse: Warehouse, hashes: Table) -> dict[str, str]:
    """The SHA-256 of the media that could be loaded, by their addresses."""
    rows = warehouse.read(hashes.only(*hashes.key, "content_sha256"))
    return dict(zip(*(rows[column].to_pylist() for column in rows.column_names), strict=True))


def _content_hash(row: dict[str, Any], image: str | None, video: str | None) -> str:
    if not (row["wording_hash"] or image or video):
        return str(row["version_key"])
    parts = (row["wording_hash"], row["format"], image, video)
    return hashlib.md5("|".join(part or "" for part in parts).encode(), usedforsecurity=False).hexdigest()
