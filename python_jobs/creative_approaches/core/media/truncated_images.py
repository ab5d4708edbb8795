"""Image files that are cut off: what is there is decoded, as browsers do."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import numpy as np
from PIL import Image, ImageFile
from PIL.JpegImagePlugin import JpegImageFile

START_OF_IMAGE: Final = b"\xff\xd8"  # of JPEG (ITU-T T.81, table B.1)
END_OF_IMAGE: Final = b"\xff\xd9"
# What libjpeg makes of blocks without data: mid-grey. CMYK is stored inverted.
GREYS: Final = (127, 128)
ZEROS: Final = (0,)  # what other decoders leave of a new image
SAMPLED_COLUMNS: Final = 64


def with_end(content: bytes) -> bytes:
    """The file, a JPEG with the marker of its end behind it: libjpeg then shows what was before."""
    return content + END_OF_IMAGE if content.startswith(START_OF_IMAGE) else content


def load_what_is_there(image: Image.Image) -> float:
    """Decode an opened file that cannot be decoded as a whole, a JPEG `with_end`.

    Returns the share of rows that nothing was decoded into, 0 to 1. Of a progressive JPEG all rows are soon there, in
    less detail. WebP and AVIF are all or nothing. A picture whose own rows look like lost ones counts as more damaged
    than it is. Raises MemoryError.
    """
    is_jpeg = isinstance(image, JpegImageFile)
    try:
        with warnings.catch_warnings(action="ignore"), _truncated_files_allowed(not is_jpeg):
            image.load()
    except MemoryError:
        raise
    except Exception:  # Decoders raise errors of many types on damaged bytes.
        return 1
    sample = image.resize((min(SAMPLED_COLUMNS, image.width), image.height), Image.Resampling.NEAREST)
    values = np.asarray(sample).reshape(image.height, -1)
    return float(np.isin(values, GREYS if is_jpeg else ZEROS).all(axis=1).mean())


@contextmanager
def _truncated_files_allowed(is_allowed: bool) -> Iterator[None]:
    """Pillow has one switch for the whole process, and each process decodes one file at a time."""
    ImageFile.LOAD_TRUNCATED_IMAGES = is_allowed
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = False
