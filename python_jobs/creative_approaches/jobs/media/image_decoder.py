"""What a process of its own makes of the bytes of an image. It imports little, since each process does."""

from creative_approaches.core.media import local_features
from creative_approaches.core.media.image_hash import HashSizes, hash_content
from creative_approaches.jobs.media.decoders import Decoded
from creative_approaches.jobs.media.thumbnails import with_thumbnail
from creative_approaches.tables import IMAGE_FEATURES


def decode_image(content: bytes, sizes: HashSizes, max_pixels: int, keep_thumbnail: bool) -> Decoded:
    """What tables image_hashes, image_features and, if it is kept, media_thumbnails say of an image.

    Raises MediaFaultError, or MemoryError.
    """
    hashes, shown = hash_content(content, sizes, max_pixels)
    found = local_features.local_features(shown.convert("L"))
    features = {
        "features_version": local_features.VERSION,
        "words": found.words().tolist(),
        "features": found.packed(),
    }
    columns = vars(hashes) | {"features_version": local_features.VERSION}
    decoded = Decoded(columns, [], ((IMAGE_FEATURES.name, features),))
    return with_thumbnail(decoded, shown, "image") if keep_thumbnail else decoded
