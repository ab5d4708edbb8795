"""Job hash-videos: keyframes of each video with their perceptual hashes, so that SQL can find the same film again."""

from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from hashlib import sha256
from importlib.util import find_spec
from threading import Lock
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
from joblib import cpu_count

from creative_approaches.adapters.media.content import MediaFaultError
from creative_approaches.adapters.media.loader import MediaLoader
from creative_approaches.adapters.warehouses.port import Change, Warehouse
from creative_approaches.core.media.film import VideoFaultError
from creative_approaches.core.media.video_hash import SIZES, VideoHashes
from creative_approaches.jobs.job import Clock, JobResult, Progress
from creative_approaches.jobs.media.film_workers import FilmWorkers, film_workers
from creative_approaches.jobs.media.rules import media_rules
from creative_approaches.jobs.media.video_rechecks import FAILED, HASHED, Row, VideoRechecks
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
    processes = limits.video_processes or cpu_count()
    media = media_rules(
        warehouse,
        limits,
        limits.video_max_megabytes,
        limits.video_timeout_seconds,
        connections=CONNECTIONS * IN_MEMORY * processes,
    )
    rechecks = VideoRechecks(clock(), limits.image_recheck_days, media.max_bytes, limits.video_max_seconds)
    due = [uri for uri in uris if rechecks.is_due(known.get(uri))]
    if not due:
        return JobResult(
            len(uris), 0, f"none of {len(uris):,} videos was new or due" if uris else "there are no videos"
        )
    if find_spec("av") is None:
        needed = "pip install 'creative-approaches[video]'"
        return JobResult(len(uris), 0, f"{len(due):,} of {len(uris):,} videos are left out: they need {needed}")
    processes = min(processes, len(due))
    written = failed = 0
    with (
        MediaLoader(media) as loader,
        film_workers(processes, limits.video_max_seconds) as workers,
        ThreadPoolExecutor(IN_MEMORY * processes) as pool,
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
                hasher.committed(rows)
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
    """Makes the rows of a video. The same bytes are decoded once, in this run or an earlier one.

    Of the films of this run the keyframes are kept until they are committed, then read where they are needed again.
    """

    def __init__(self, warehouse: Warehouse, loader: MediaLoader, workers: FilmWorkers, known: Iterable[Row]) -> None:
        self._warehouse, self._loader, self._workers = warehouse, loader, workers
        self._lock = Lock()
        self._hashed = {row["video_uri"]: row for row in known if row["status"] == HASHED}
        self._by_bytes = {row["content_sha256"]: row for row in self._hashed.values()}
        self._found: dict[str, Future[_Rows]] = {}
        self._reading = Lock()
        self._keyframes: _Keyframes | None = None
        self._changed: set[str] = set()

    def rows(self, uri: str, known: Row | None) -> _Rows | None:
        """The row of video_hashes, and those of video_keyframes, none if they stay; None if its version stays."""
        row: Row = dict.fromkeys(VIDEO_HASHES.columns) | {"video_uri": uri, "status": FAILED}
        is_hashed = known is not None and known["status"] == HASHED
        try:
            media = self._loader.load(uri, known["content_version"] if known and is_hashed else None).result()
        except MediaFaultError as fault:
            return row | {"reason": fault.reason, "detail": fault.detail, "content_bytes": fault.size}, []
        content = media.content
        if content is None:
            return None
        digest = sha256(content).hexdigest()
        if known and is_hashed and known["content_sha256"] == digest:
            return known | {"content_version": media.version}, []
        row |= {"content_sha256": digest, "content_version": media.version, "content_bytes": len(content)}
        film, keyframes = self._hash_once(digest, content)
        return row | film, [frame | {"video_uri": uri} for frame in keyframes]

    def committed(self, rows: Iterable[Row]) -> None:
        """Forget what was found, now that it is in the warehouse; of what failed, the reasons stay."""
        self._found = {digest: future for digest, future in self._found.items() if not future.result()[1]}
        for row in rows:
            before = self._hashed.get(row["video_uri"])
            if row["status"] != HASHED or (before and before["content_sha256"] == row["content_sha256"]):
                continue
            if before and self._by_bytes.get(before["content_sha256"]) is before:
                del self._by_bytes[before["content_sha256"]]
            self._hashed[row["video_uri"]] = self._by_bytes[row["content_sha256"]] = row
            self._changed.add(row["video_uri"])

    def _hash_once(self, digest: str, content: bytes) -> _Rows:
        """The columns that follow from the bytes, and the keyframes without the address."""
        with self._lock:
            is_first = digest not in self._found
            future = self._found.setdefault(digest, Future())
        if is_first:
            try:
                future.set_result(self._copy(digest) or self._decode(content))
            except BaseException as error:  # whoever waits for the same bytes gets it, too
                future.set_exception(error)
        return future.result()

    def _decode(self, content: bytes) -> _Rows:
        try:
            film, keyframes = film_rows(self._workers.hash_video(content))
        except VideoFaultError as fault:
            return {"status": FAILED, "reason": fault.reason, "detail": str(fault)}, []
        return film | {"status": HASHED}, keyframes

    def _copy(self, digest: str) -> _Rows | None:
        if digest not in self._by_bytes:
            return None
        row = self._by_bytes[digest]
        with self._reading:
            if self._keyframes is None or row["video_uri"] in self._changed:
                self._keyframes = None  # not both in memory
                self._keyframes = _Keyframes(self._warehouse.read(VIDEO_KEYFRAMES))
                self._changed.clear()
            keyframes = self._keyframes.of(row["video_uri"])
        return {name: row[name] for name in FILM_COLUMNS} | {"status": HASHED}, keyframes


class _Keyframes:
    """The keyframes of each video, from a table in the order of its key."""

    def __init__(self, table: pa.Table) -> None:
        self._table = table
        self._places: dict[str, tuple[int, int]] = {}
        start = 0
        for chunk in table["video_uri"].chunks:
            runs = pc.run_end_encode(chunk)
            ends = [start + end for end in runs.run_ends.to_pylist()]
            for uri, end in zip(runs.values.to_pylist(), ends, strict=True):
                first, _ = self._places.get(uri, (start, 0))  # a film may go on in the next chunk
                self._places[uri] = first, end
                start = end

    def of(self, uri: str) -> list[Row]:
        first, end = self._places.get(uri, (0, 0))
        rows: list[Row] = self._table.slice(first, end - first).to_pylist()
        return rows


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
