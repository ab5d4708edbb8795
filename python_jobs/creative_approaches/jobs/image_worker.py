"""What a process of its own does with the bytes of an image: decode and hash strangers' input."""

import signal
from typing import Any, Final, NamedTuple

from creative_approaches.core.file_kind import kind_of
from creative_approaches.core.image_hash import decode_image, hash_image

Row = dict[str, Any]

HASHED, FAILED = "hashed", "failed"
TOO_LARGE, NOT_AN_IMAGE, TRUNCATED = "too_large", "not_an_image", "truncated"
SECONDS: Final = 60  # for one image; decoders may be made to loop


class HashRules(NamedTuple):
    """Bits per side of the hashes and of the fine ones, and how many pixels are decoded at most."""

    size: int
    fine_size: int
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
        hashes = hash_image(decode_image(content, rules.max_pixels))
    except ValueError as error:
        return _fault(str(error), content, rules)
    except MemoryError:
        return failure(TOO_LARGE, "Decoding it takes more memory than there is.")
    finally:
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)
    return {"status": HASHED, "hash_size": rules.size, "fine_hash_size": rules.fine_size} | vars(hashes)


def _fault(said: str, content: bytes, rules: HashRules) -> Row:
    if said.startswith("too many pixels"):
        return failure(TOO_LARGE, too_many_pixels(rules.max_pixels))
    if said in ("empty file", "not an image"):
        return failure(NOT_AN_IMAGE, f"It is {kind_of(content)}.")
    return failure(TRUNCATED, "It is cut off or damaged.")
