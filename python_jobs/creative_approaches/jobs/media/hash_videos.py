"""Job hash-videos: keyframes of each video with their perceptual hashes, so that SQL can find the same film again."""

from functools import partial
from importlib.util import find_spec
from typing import Final

from joblib import cpu_count

from creative_approaches.adapters.warehouses.port import Warehouse
from creative_approaches.core.media.faults import Reason
from creative_approaches.jobs.job import Clock, JobResult, Progress
from creative_approaches.jobs.media.film_decoder import decode_film
from creative_approaches.jobs.media.hash_media import hash_media
from creative_approaches.jobs.media.medium import Limit, Medium
from creative_approaches.jobs.media.reading_copies import wanted_again
from creative_approaches.jobs.media.rules import media_rules
from creative_approaches.jobs.media.thumbnails import TRIED
from creative_approaches.settings import Settings
from creative_approaches.tables import MEDIA_THUMBNAILS, READING_COPIES, VIDEO_HASHES, VIDEO_KEYFRAMES, VIDEOS

CHUNK: Final = 500  # videos that are hashed and committed together
SECONDS: Final = 300  # for the decoding of one film
IN_MEMORY: Final = 2  # files per process: one is loaded while another is decoded
CONNECTIONS: Final = 4  # per file in memory, so that all of them may come from one host, which gets a quarter


def hash_videos(warehouse: Warehouse, settings: Settings, progress: Progress, clock: Clock) -> JobResult:
    """Hash the videos that are new or may have changed. Without the package `av` nothing is hashed or written."""
    wanted = settings.hash_videos
    processes = wanted.video_processes or cpu_count()
    in_memory = IN_MEMORY * processes
    copies = wanted_again(warehouse, wanted, "film")
    medium = Medium(
        job="hash-videos",
        plural="videos",
        addresses=VIDEOS,
        hashes=VIDEO_HASHES,
        parts=VIDEO_KEYFRAMES,
        contents=(MEDIA_THUMBNAILS, READING_COPIES),
        decode=partial(
            decode_film,
            max_seconds=wanted.video_max_seconds,
            keep_thumbnail=wanted.keep_thumbnails,
            keep_copies=copies.is_on,
        ),
        seconds=SECONDS,
        wanted={},
        extras=TRIED if wanted.keep_thumbnails else {},
        decoder_limits={Reason.TOO_LONG: Limit(("duration_seconds",), wanted.video_max_seconds)},
        loading=media_rules(
            warehouse, wanted, wanted.video_max_megabytes, wanted.video_timeout_seconds, CONNECTIONS * in_memory
        ),
        in_memory=in_memory,
        processes=processes,
        chunk=CHUNK,
        recheck_days=wanted.image_recheck_days,
        copies=copies,
        needs=None if find_spec("av") else "pip install 'creative-approaches[video]'",
    )
    return hash_media(warehouse, medium, progress, clock)
