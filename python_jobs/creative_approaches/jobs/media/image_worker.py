"""What a process of its own does with the bytes of an image: decode and hash strangers' input."""

import signal
from typing import Any, Final, NamedTuple

from creative_approaches.core.media.file_kind import kind_of
from creative_approaches.core.media.image_hash import HashSizes, ImageFaultError, hash_content

Row = dict[str, Any]

HASHED, FAILED = "hashed", "failed"
TOO_LARGE, NOT_AN_IMAGE, TRUNCATED = "too_large", "not_an_image", "truncated"
SECONDS: Final = 30  # for one image; decoders may be made to loop


class HashRules(NamedTuple):
    """Bits a side of the hashes, and how many pixels are decoded at most."""

    sizes: HashSizes
    max_pixels: int


def too_many_pixels(max_pixels: int) -> str:
    """What is recorded beside an image that is too large."""
    return f"It has more than {max_pixels / 1e6:g} megapixels."


def failure(reason: str, detail: str) -> Row:
    """The columns of an image that failed."""
    return {"status": FAILED, "reason": reason, "detail": detail}


def hash_bytes(content: bytes, rules: HashRules) -> Row:
    """The columns that follow from the bytes: hashes, or why there are none.

    The process ends after `SECONDS`, as it does when a decoder crashes: who waits for it then knows.
    """
    if hasattr(signal, "setitimer"):  # not on Windows
        signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        return {"status": HASHED} | vars(hash_content(content, rules.sizes, rules.max_pixels))
    except ImageFaultError as fault:
        return failure(fault.reason, _detail(fault, content, rules))
    except MemoryError:
        return failure(TOO_LARGE, "Decoding it takes more memory than there is.")
    finally:
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)


def _detail(fault: ImageFaultError, content: bytes, rules: HashRules) -> str:
    if fault.reason == NOT_AN_IMAGE:
        return f"It is {kind_of(content)}."
    if fault.reason == TOO_LARGE and "pixels" in str(fault):
        return too_many_pixels(rules.max_pixels)
    return "It is cut off or damaged." if fault.reason == TRUNCATED else f"The file has {fault}."
