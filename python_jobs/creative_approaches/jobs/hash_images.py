"""Job hash-images: perceptual hashes of each image, so that SQL can find the same picture again."""

import hashlib
from pathlib import Path
from typing import Any

from creative_approaches.adapters.images import ImageUnavailableError, load_image
from creative_approaches.adapters.warehouse import Change, Warehouse
from creative_approaches.core.image_hash import decode_image, hash_image
from creative_approaches.jobs.job import JobResult, Progress
from creative_approaches.settings import Settings
from creative_approaches.tables import IMAGE_HASHES, IMAGES

CHUNK = 2_000  # images that are hashed and committed together
MAX_PIXELS = 50_000_000
HASHED, FAILED = "hashed", "failed"


def hash_images(warehouse: Warehouse, settings: Settings, progress: Progress) -> JobResult:
    """Hash the images that have no hash yet. One that failed before is tried again, and keeps its reason."""
    uris = warehouse.read(IMAGES)["image_uri"].to_pylist()
    known = {row["image_uri"]: row for row in warehouse.read(IMAGE_HASHES).to_pylist()}
    todo = [uri for uri in uris if known.get(uri, {}).get("status") != HASHED]
    written = failed = 0
    for start in progress(range(0, len(todo), CHUNK), "hash-images"):
        rows = [_hash(uri, warehouse.project_dir) for uri in todo[start : start + CHUNK]]
        failed += sum(row["status"] == FAILED for row in rows)
        news = [row for row in rows if row != known.get(row["image_uri"])]
        if news:
            written += warehouse.write(Change.of_keys(IMAGE_HASHES, IMAGE_HASHES.rows(news)))
    detail = f"{len(todo) - failed:,} of {len(uris):,} images were new"
    if failed:
        detail += f", {failed:,} failed (reasons: table image_hashes)"
    return JobResult(len(uris), written, detail, failed)


def _hash(uri: str, base_dir: Path) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys(IMAGE_HASHES.columns) | {"image_uri": uri}
    try:
        content = load_image(uri, base_dir)
        row["content_sha256"] = hashlib.sha256(content).hexdigest()
        hashes = hash_image(decode_image(content, MAX_PIXELS))
    except (ImageUnavailableError, ValueError) as error:
        return row | {"status": FAILED, "reason": "unreadable", "detail": str(error)}
    return row | {"status": HASHED} | vars(hashes)
