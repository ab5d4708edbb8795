"""Job hash-images: perceptual hashes of each image, so that SQL can find the same picture again."""

from functools import partial
from typing import Final

from joblib import cpu_count

from creative_approaches.adapters.warehouses.port import Warehouse
from creative_approaches.core.media import layout
from creative_approaches.core.media.faults import Reason
from creative_approaches.core.media.formats import local_features
from creative_approaches.core.media.image_hash import DEFAULT_SIZES
from creative_approaches.jobs.job import Clock, JobResult, Progress
from creative_approaches.jobs.media.hash_media import hash_media
from creative_approaches.jobs.media.image_decoder import decode_image
from creative_approaches.jobs.media.medium import Limit, Medium
from creative_approaches.jobs.media.reading_copies import wanted_again
from creative_approaches.jobs.media.rules import media_rules
from creative_approaches.jobs.media.thumbnails import TRIED
from creative_approaches.settings import Settings
from creative_approaches.tables import IMAGE_FEATURES, IMAGE_HASHES, IMAGES, MEDIA_THUMBNAILS, READING_COPIES

CHUNK: Final = 2_000  # images that are hashed and committed together
SECONDS: Final = 30  # for the decoding of one image; decoders may be made to loop


def hash_images(warehouse: Warehouse, settings: Settings, progress: Progress, clock: Clock) -> JobResult:
    """Hash the images that are new or may have changed."""
    wanted = settings.hash_images
    max_pixels = int(wanted.image_max_megapixels * 1_000_000)
    copies = wanted_again(warehouse, wanted, "image")
    medium = Medium(
        job="hash-images",
        plural="images",
        addresses=IMAGES,
        hashes=IMAGE_HASHES,
        parts=None,
        contents=(IMAGE_FEATURES, MEDIA_THUMBNAILS, READING_COPIES),
        decode=partial(
            decode_image,
            sizes=DEFAULT_SIZES,
            max_pixels=max_pixels,
            keep_thumbnail=wanted.keep_thumbnails,
            keep_copies=copies.is_on,
        ),
        seconds=SECONDS,
        wanted={"hash_size": DEFAULT_SIZES.size, "fine_hash_size": DEFAULT_SIZES.fine_size},
        extras={"features_version": local_features.VERSION, "layout_version": layout.VERSION}
        | (TRIED if wanted.keep_thumbnails else {}),
        decoder_limits={Reason.TOO_MANY_PIXELS: Limit(("width", "height"), max_pixels)},
        loading=media_rules(
            warehouse, wanted, wanted.image_max_megabytes, wanted.image_timeout_seconds, wanted.image_connections
        ),
        in_memory=wanted.image_connections,
        processes=wanted.image_processes or cpu_count(),
        chunk=CHUNK,
        recheck_days=wanted.image_recheck_days,
        copies=copies,
    )
    return hash_media(warehouse, medium, progress, clock)
