"""What a process of its own makes of the bytes of an image. It imports little, since each process does."""

from creative_approaches.core.media.blank import check_that_it_shows_something
from creative_approaches.core.media.formats import local_features
from creative_approaches.core.media.image_hash import HashSizes, hash_content
from creative_approaches.core.media.layout import layout_of
from creative_approaches.core.media.reading_copy import image_copy
from creative_approaches.jobs.media.decoders import Decoded
from creative_approaches.jobs.media.thumbnails import with_thumbnail
from creative_approaches.tables import IMAGE_FEATURES, READING_COPIES


def decode_image(content: bytes, sizes: HashSizes, max_pixels: int, keep_thumbnail: bool, keep_copies: bool) -> Decoded:
    """What image_hashes, image_features and, where they are kept, reading_copies and media_thumbnails say of an image.

    Raises MediaFaultError, or MemoryError.
    """
    hashes, shown = hash_content(content, sizes, max_pixels)
    check_that_it_shows_something(hashes.width, hashes.height, shown)
    found = local_features.local_features(shown.convert("L"))
    features = {
        "features_version": local_features.VERSION,
        "words": found.words().tolist(),
        "features": found.packed(),
    }
    columns = vars(hashes) | vars(layout_of(shown)) | {"features_version": local_features.VERSION}
    decoded = Decoded(columns, [], ((IMAGE_FEATURES.name, features),))
    if keep_copies:
        webp = image_copy(content, shown, max_pixels, max(hashes.width, hashes.height))
        copy = {"picture": 0, "starts_at_seconds": None, "webp": webp}
        decoded = decoded._replace(contents=(*decoded.contents, (READING_COPIES.name, copy)))
    return with_thumbnail(decoded, shown, "image") if keep_thumbnail else decoded
