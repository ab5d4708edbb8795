"""Bits and small numbers as the signed 64-bit numbers that warehouses hold."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Words = tuple[int | None, int | None, int | None, int | None]
NO_WORDS: Final[Words] = (None, None, None, None)


def to_signed64(bits: Bools) -> int:
    """Up to 64 bits, first bit highest, as a signed number: the 64th is the sign, as in a warehouse's INT64.

    bits : bool, any shape.  Raises ValueError for more than 64.
    """
    if bits.size > 64:
        raise ValueError(f"at most 64 bits fit, got {bits.size}")
    number = int.from_bytes(np.packbits(bits).tobytes()) >> (-bits.size % 8)
    return number - (1 << 64) if number >= 1 << 63 else number


def to_words(bits: Bools) -> Words:
    """Up to 256 bits in four numbers, the first bit highest in the first; the last bits are 0 where there are fewer."""
    padded = np.zeros(4 * 64, dtype=np.bool_)
    padded[: bits.size] = bits.reshape(-1)
    first, second, third, fourth = map(to_signed64, padded.reshape(4, 64))
    return first, second, third, fourth
