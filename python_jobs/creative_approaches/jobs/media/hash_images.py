"""Job hash-images: perceptual hashes of each image, so that SQL can find the same picture again."""

from collections import Counter
from collections.abc import Iterable

from joblib import cpu_count

from creative_approaches.adapters.media.loader import host_of
from creative_approaches.adapters.warehouses.port import Change, Warehouse
from creative_approaches.core.media.image_hash import HashSizes
from creative_approaches.jobs.job import Clock, JobResult, Progress
from creative_approaches.jobs.media.image_rechecks import Rechecks
from creative_approaches.jobs.media.image_rows import ImageRows
from creative_approaches.jobs.media.image_stream import Asked, ImageStream
from creative_approaches.jobs.media.image_worker import FAILED, HashRules, Row
from creative_approaches.jobs.media.rules import media_rules
from creative_approaches.settings import Settings
from creative_approaches.tables import IMAGE_HASHES, IMAGES

CHUNK = 2_000  # images that are hashed and committed together


def hash_images(warehouse: Warehouse, settings: Settings, progress: Progress, clock: Clock) -> JobResult:
    """Hash the images that have no hash yet, and ask again for those that may have changed.

    One that failed keeps its reason, and is asked for again in the next run if its host may be back by then.
    """
    uris, rows_before = warehouse.read(IMAGES)["image_uri"], warehouse.read(IMAGE_HASHES)
    if not len(uris):
        return JobResult(0, 0, "there are no images")
    rules = HashRules(
        HashSizes(settings.hash_images.image_hash_size, settings.hash_images.image_fine_hash_size),
        int(settings.hash_images.image_max_megapixels * 1_000_000),
    )
    limits = settings.hash_images
    media = media_rules(
        warehouse, limits, limits.image_max_megabytes, limits.image_timeout_seconds, limits.image_connections
    )
    rechecks = Rechecks(clock(), settings.hash_images.image_recheck_days, media, rules)
    known = ImageRows(rows_before, rechecks)
    due = _in_turns(known.due(uris))
    written = failed = 0
    processes = min(settings.hash_images.image_processes or cpu_count(), max(1, len(due)))
    with ImageStream(media, rules, processes) as stream:
        for start in progress(range(0, len(due), CHUNK), "hash-images"):
            rows = []
            for image, found in stream.rows(due[start : start + CHUNK], known.hashes_of):
                before = known.row(image.uri)
                row = rechecks.settled(before, found and _row(image, found))
                failed += (row or before or {})["status"] == FAILED
                rows += [row] if row else []
            if rows:
                chunk = IMAGE_HASHES.rows(rows)
                written += warehouse.write(Change.of_keys(IMAGE_HASHES, chunk))
                known.remember(chunk)
    detail = f"{len(due):,} of {len(uris):,} images were new or due"
    if failed:
        detail += f", {failed:,} failed (reasons: table image_hashes)"
    return JobResult(len(uris), written, detail, failed)


def _row(image: Asked, found: Row) -> Row:
    return dict.fromkeys(IMAGE_HASHES.columns) | {"image_uri": image.uri} | found


def _in_turns(images: Iterable[Asked]) -> list[Asked]:
    """One image of each host after the other, so that a slow host does not hold up the others."""
    turns: Counter[str] = Counter()
    numbered = []
    for image in images:
        host = host_of(image.uri)
        turns[host] += 1
        numbered.append((turns[host], image))
    return [image for _, image in sorted(numbered, key=lambda pair: pair[0])]
