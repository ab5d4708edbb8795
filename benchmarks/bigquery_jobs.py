"""What the jobs send to BigQuery in a run: which rows they change, by how many statements, and what they download."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any, Final

import pyarrow as pa

from benchmarks.bigquery_volumes import NEW_PER_DAY, Count, constant
from creative_approaches.adapters.dbt.project import PREPARE, PUBLISH
from creative_approaches.adapters.warehouses.port import Change
from creative_approaches.jobs import chunks
from creative_approaches.jobs.cluster import job as cluster
from creative_approaches.jobs.media import hash_images, hash_videos
from creative_approaches.jobs.registry import JOBS
from creative_approaches.settings import Settings
from creative_approaches.tables import (
    APPROACH_EVENTS,
    APPROACH_MEMBERS,
    APPROACH_NAME_MEMBERS,
    APPROACH_NAMES,
    APPROACH_SNAPSHOTS,
    APPROACH_TAG_TESTS,
    APPROACH_TRAIT_TESTS,
    CLUSTER_ASSIGNMENTS,
    CLUSTER_RUNS,
    CLUSTERS,
    CREATIVE_ANNOTATIONS,
    CREATIVE_EMBEDDINGS,
    IMAGE_FEATURES,
    IMAGE_HASHES,
    IMAGE_PAIRS,
    IMAGE_THEMES,
    JOB_RUNS,
    MEDIA_THUMBNAILS,
    READING_COPIES,
    VIDEO_HASHES,
    VIDEO_KEYFRAMES,
    Table,
)
from tests.support.tables_read import tables_read_by

DAILY: Final = "a daily run"
EDITED: Final = "a daily run with edited texts"
FIRST: Final = "the first run"

# The first period of a sample: a statement reads the partitions from there on.
NEWEST, UNCLOSED, EARLIEST = date(2026, 11, 16), date(2026, 9, 21), date(2000, 1, 3)


@dataclass(frozen=True)
class Write:
    """How a job changes a table in a run.

    sample : a change like those that it sends, with a single row.  times : statements.  rows : staged for all of them.
    filled : share of the table's rows that is there, on average.
    """

    job: str
    sample: Change
    times: Count
    rows: Count
    filled: float = 1


@dataclass(frozen=True)
class Download:
    """What a job reads of a table, by the Storage Read API."""

    job: str
    table: str
    columns: tuple[str, ...]


def job_writes() -> dict[str, list[Write]]:
    """The writes of each kind of run.

    Each day the newest period differs and some creatives are new. A text counts in all periods of its creative, so
    that an edited one makes all of them differ that are not closed.
    """
    return {
        DAILY: list(_writes(since=NEWEST, changed=_newest, new=_new)),
        EDITED: list(_writes(since=UNCLOSED, changed=_unclosed, new=_new)),
        FIRST: list(_writes(since=EARLIEST, changed=_all, new=_all, is_first=True)),
    }


def downloads(manifest: Mapping[str, Any]) -> Iterator[Download]:
    """What the jobs read, found by running them on empty tables."""
    settings = Settings.of(manifest["exposures"]["exposure.creative_approaches.settings"]["config"]["meta"]["settings"])
    for job in JOBS:
        for table in tables_read_by(job, settings):
            yield Download(job, table.name, tuple(dict.fromkeys([*table.columns, *table.key])))


def _writes(
    since: date, changed: Callable[[Table], Count], new: Callable[[Table], Count], is_first: bool = False
) -> Iterator[Write]:
    filling = 0.5 if is_first else 1
    images, contents, texts = map(new, (IMAGE_HASHES, CREATIVE_ANNOTATIONS, CREATIVE_EMBEDDINGS))
    yield Write(
        "hash-images",
        Change.of_keys(IMAGE_HASHES, _row(IMAGE_HASHES, since)),
        _chunks(images, hash_images.CHUNK),
        images,
        filling,
    )
    change = Change.of_new(IMAGE_FEATURES, _row(IMAGE_FEATURES, since))
    yield Write("hash-images", change, _chunks(images, hash_images.CHUNK), new(IMAGE_FEATURES), filling)
    videos = new(VIDEO_HASHES)
    for job, media, chunk in (("hash-images", images, hash_images.CHUNK), ("hash-videos", videos, hash_videos.CHUNK)):
        change = Change.of_new(MEDIA_THUMBNAILS, _row(MEDIA_THUMBNAILS, since))
        yield Write(job, change, _chunks(media, chunk), media, filling)
    for job, media, chunk, pictures in (
        ("hash-images", new(IMAGE_FEATURES), hash_images.CHUNK, 1),
        ("hash-videos", videos, hash_videos.CHUNK, 8),
    ):
        change = Change.of_new(READING_COPIES, _row(READING_COPIES, since))
        yield Write(job, change, _where_seen(_chunks(media, chunk)), _where_seen(media, pictures))
    for table, row in ((table, _row(table, since)) for table in (VIDEO_HASHES, VIDEO_KEYFRAMES)):
        change = Change(table, row, row.select(["video_uri"]))
        yield Write("hash-videos", change, _chunks(videos, hash_videos.CHUNK), new(table), filling)
    formats = Change.of_keys(IMAGE_PAIRS, _row(IMAGE_PAIRS, since))
    yield Write("group-media", formats, constant(1), new(IMAGE_PAIRS), filling)
    themes = new(IMAGE_THEMES)
    yield Write(
        "group-media",
        Change.of_keys(IMAGE_THEMES, _row(IMAGE_THEMES, since)),
        constant(1),
        themes,
        0 if is_first else 1,
    )
    yield Write(
        "annotate",
        Change.of_new(CREATIVE_ANNOTATIONS, _row(CREATIVE_ANNOTATIONS, since)),
        _chunks(contents, chunks.INSTANT_CHUNK),
        contents,
        filling,
    )
    copies = _row(READING_COPIES, since)
    gone = Change(READING_COPIES, copies.slice(0, 0), copies.select(["content_sha256"]))
    yield Write("annotate", gone, _where_seen(constant(1)), _where_seen(new(READING_COPIES)))
    yield Write(
        "embed",
        Change.of_new(CREATIVE_EMBEDDINGS, _row(CREATIVE_EMBEDDINGS, since)),
        _chunks(texts, chunks.INSTANT_CHUNK),
        texts,
        filling,
    )
    commits = _commits(changed(CLUSTER_ASSIGNMENTS))
    for table in (CLUSTER_ASSIGNMENTS, CLUSTERS, CLUSTER_RUNS):
        row = _row(table, since)
        yield Write(
            "cluster", Change(table, row, row.select(["cohort_id", "period_start"])), commits, changed(table), filling
        )
    for job, table in (
        ("track", APPROACH_SNAPSHOTS),
        ("track", APPROACH_MEMBERS),
        ("track", APPROACH_EVENTS),
        ("name", APPROACH_NAMES),
        ("name", APPROACH_NAME_MEMBERS),
        ("test-tags", APPROACH_TAG_TESTS),
        ("test-tags", APPROACH_TRAIT_TESTS),
    ):
        # One statement for all rows that differ, which finds nothing in its table the first time.
        yield Write(job, Change.of_keys(table, _row(table, since)), constant(1), changed(table), 0 if is_first else 1)
    for job in (PREPARE, *JOBS, PUBLISH):
        # A row when it starts, and once more when it ends.
        yield Write(job, Change.of_keys(JOB_RUNS, _row(JOB_RUNS, since)), constant(2), constant(2))


def _where_seen(count: Count, times: int = 1) -> Count:
    """Where the annotator sees pictures."""
    return lambda volume: times * count(volume) if volume.sees_pictures else 0


def _all(table: Table) -> Count:
    return lambda volume: volume.rows(table.name)


def _unclosed(table: Table) -> Count:
    return lambda volume: volume.rows(table.name) * volume.unclosed_periods / volume.periods


def _newest(table: Table) -> Count:
    return lambda volume: volume.rows(table.name) / volume.periods


def _new(table: Table) -> Count:
    return lambda volume: volume.rows(table.name) * NEW_PER_DAY


def _chunks(rows: Count, size: int) -> Count:
    return lambda volume: ceil(rows(volume) / size)


def _commits(creatives: Count) -> Count:
    """Whole cohorts are committed together, at least CHUNK creatives of them."""
    return lambda volume: ceil(volume.cohorts / ceil(cluster.CHUNK * volume.cohorts / creatives(volume)))


def _row(table: Table, since: date) -> pa.Table:
    return table.rows([{field.name: _value(field.type, since) for field in table.schema}])


def _value(type_: pa.DataType, since: date) -> Any:
    if pa.types.is_date(type_):
        return since
    return "a" if pa.types.is_string(type_) else None
