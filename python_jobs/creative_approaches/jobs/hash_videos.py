"""Job hash-videos: keyframes of each video with their perceptual hashes, so that SQL can find the same film again."""

from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cached_property
from hashlib import sha256
from importlib.util import find_spec
from threading import Lock
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
from joblib import cpu_count

from creative_approaches.adapters.media import MediaLoader
from creative_approaches.adapters.media_content import MediaFaultError
from creative_approaches.adapters.warehouse import Change, Warehouse
from creative_approaches.core.film import VideoFaultError
from creative_approaches.core.video_hash import SIZES, VideoHashes
from creative_approaches.jobs.film_workers import FilmWorkers, film_workers
from creative_approaches.jobs.job import Clock, JobResult, Progress
from creative_approaches.jobs.media import media_rules
from creative_approaches.jobs.video_rechecks import FAILED, HASHED, Row, VideoRechecks
from creative_approaches.settings import Settings
from creative_approaches.tables import VIDEO_HASHES, VIDEO_KEYFRAMES, VIDEOS

CHUNK: Final = 500  # videos that are hashed and committed together
IN_MEMORY: Final = 2  # files per process: one is loaded while another is decoded
CONNECTIONS: Final = 4  # per file in memory, so that all of them may come from one host, which gets a quarter
FILM_COLUMNS: Final = ("format", "codec", "width", "height", "duration_seconds", "keyframes")
HASH_COLUMNS: Final = tuple(VIDEO_KEYFRAMES.columns[VIDEO_KEYFRAMES.columns.index("dhash") :])  # as of an image

_Rows = tuple[Row, list[Row]]


def hash_videos(warehouse: Warehouse, settings: Settings, progress: Progress, clock: Clock) -> JobResult:
    """Hash the videos that have no hash yet, and ask again for those that may have changed.

    One that failed keeps its reason. Without the package `av` nothing is hashed and nothing is written.
    """
    limits = settings.hash_videos
    uris = warehouse.read(VIDEOS)["video_uri"].to_pylist()
    known = {row["video_uri"]: row for row in warehouse.read(VIDEO_HASHES).to_pylist()}
    rechecks = VideoRechecks(clock(), limits.image_recheck_days)
    due = [uri for uri in uris if rechecks.is_due(known.get(uri))]
    if not due:
        return JobResult(
            len(uris), 0, f"none of {len(uris):,} videos was new or due" if uris else "there are no videos"
        )
    if find_spec("av") is None:
        needed = "pip install 'creative-approaches[video]'"
        return JobResult(len(uris), 0, f"{len(due):,} of {len(uris):,} videos are left out: they need {needed}")
    processes = min(limits.video_processes or cpu_count(), len(due))
    threads = IN_MEMORY * processes
    media = media_rules(
        warehouse,
        limits,
        limits.video_max_megabytes,
        limits.video_timeout_seconds,
        connections=CONNECTIONS * threads,
    )
    written = failed = 0
    with (
        MediaLoader(media) as loader,
        film_workers(processes, limits.video_max_seconds) as workers,
        ThreadPoolExecutor(threads) as pool,
    ):
        hasher = _Hasher(warehouse, loader, workers, known.values())
        for start in progress(range(0, len(due), CHUNK), "hash-videos"):
            chunk = due[start : start + CHUNK]
            rows, frames = [], []
            for uri, found in zip(chunk, pool.map(lambda uri: hasher.rows(uri, known.get(uri)), chunk), strict=True):
                row = rechecks.settled(known.get(uri), found and found[0])
                failed += (row or known.get(uri) or {}).get("status") == FAILED
                if row:
                    rows.append(row)
                if row and found and found[0]["status"] == HASHED:
                    frames += found[1]
            if rows:
                _write(warehouse, rows, frames)
                written += len(rows)
    detail = f"{len(due):,} of {len(uris):,} videos were new or due"
    if failed:
        detail += f", {failed:,} failed (reasons: table video_hashes)"
    return JobResult(len(uris), written, detail, failed)


def _write(warehouse: Warehouse, rows: list[Row], frames: list[Row]) -> None:
    """The rows, and the keyframes of those films of which some are given."""
    changes = [Change.of_keys(VIDEO_HASHES, VIDEO_HASHES.rows(rows))]
    if frames:
        keyframes = VIDEO_KEYFRAMES.rows(frames)
        films = pa.table({"video_uri": pc.unique(keyframes["video_uri"])})
        changes.append(Change(VIDEO_KEYFRAMES, keyframes, films))
    warehouse.write(*changes)


class _Hasher:
    """Makes the rows of a video. The same bytes are decoded once, in this run or an earlier one."""

    def __init__(self, warehouse: Warehouse, loader: MediaLoader, workers: FilmWorkers, known: Iterable[Row]) -> None:
        self._warehouse, self._loader, self._workers = warehouse, loader, workers
        self._lock = Lock()
        self._earlier = {row["content_sha256"]: row for row in known if row["status"] == HASHED}
        self._found: dict[str, Future[_Rows]] = {}

    def rows(self, uri: str, known: Row | None) -> _Rows | None:
        """The row of video_hashes, and those of video_keyframes; None if its bytes are those of before."""
        row: Row = dict.fromkeys(VIDEO_HASHES.columns) | {"video_uri": uri, "status": FAILED}
        version = known["content_version"] if known and known["status"] == HASHED else None
        try:
            media = self._loader.load(uri, version).result()
        except MediaFaultError as fault:
            return row | {"reason": fault.reason, "detail": fault.detail, "content_bytes": fault.size}, []
        content = media.content
        if content is None:
            return None
        digest = sha256(content).hexdigest()
        row |= {"content_sha256": digest, "content_version": media.version, "content_bytes": len(content)}
        try:
            film, keyframes = self._hash_once(digest, content)
        except VideoFaultError as fault:
            return row | {"reason": fault.reason, "detail": str(fault)}, []
        return row | film | {"status": HASHED}, [frame | {"video_uri": uri} for frame in keyframes]

    def _hash_once(self, digest: str, content: bytes) -> _Rows:
        with self._lock:
            is_first = digest not in self._found
            future = self._found.setdefault(digest, Future())
        if is_first:
            try:
                future.set_result(self._copy(digest) or film_rows(self._workers.hash_video(content)))
            except BaseException as error:  # whoever waits for the same bytes gets it, too
                future.set_exception(error)
        return future.result()

    def _copy(self, digest: str) -> _Rows | None:
        if digest not in self._earlier:
            return None
        row = self._earlier[digest]
        keyframes = self._keyframes.filter(pc.equal(self._keyframes["video_uri"], row["video_uri"]))
        return {name: row[name] for name in FILM_COLUMNS}, keyframes.to_pylist()

    @cached_property
    def _keyframes(self) -> pa.Table:
        return self._warehouse.read(VIDEO_KEYFRAMES)


def film_rows(film: VideoHashes) -> _Rows:
    """What the row of video_hashes says of the film, and its rows of video_keyframes, both without the address."""
    row = {
        "format": film.format,
        "codec": film.codec,
        "width": film.width,
        "height": film.height,
        "duration_seconds": film.duration_seconds,
        "keyframes": len(film.keyframes),
    }
    keyframes = [
        {
            "keyframe": number,
            "starts_at": keyframe.starts_at,
            "seconds": keyframe.seconds,
            "hash_size": SIZES.size,
            "fine_hash_size": SIZES.fine_size,
            **{name: getattr(keyframe.hashes, name) for name in HASH_COLUMNS},
        }
        for number, keyframe in enumerate(film.keyframes)
    ]
    return row, keyframes
