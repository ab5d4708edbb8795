"""What a process of its own makes of the bytes of an image. It imports little, since each process does."""

from creative_approaches.core.media.image_hash import HashSizes, hash_content
from creative_approaches.jobs.media.decoders import Decoded


def decode_image(content: bytes, sizes: HashSizes, max_pixels: int) -> Decoded:
    """The columns of table image_hashes. Raises MediaFaultError, or MemoryError."""
    return Decoded(vars(hash_content(content, sizes, max_pixels)), [])
