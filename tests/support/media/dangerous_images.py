"""Images that do to their decoder what a fault in it could do, in a module that a new process imports quickly."""

import os
import signal
import threading
from typing import Final

import scipy.fftpack  # noqa: F401 - else the first image would import it, in the time that it has

from creative_approaches.core.media.image_hash import HashSizes
from creative_approaches.jobs.media import image_decoder
from creative_approaches.jobs.media.decoders import Decoded

KILLER: Final = b"kills who decodes it"
LOOP: Final = b"is decoded without end"


def decode_image(body: bytes, sizes: HashSizes, max_pixels: int, keep_thumbnail: bool, keep_copies: bool) -> Decoded:
    """What the process that hashes does with an image, and with these two."""
    if body == KILLER:
        os.kill(os.getpid(), signal.SIGKILL)
    if body == LOOP:
        threading.Event().wait()
    return image_decoder.decode_image(body, sizes, max_pixels, keep_thumbnail, keep_copies)
