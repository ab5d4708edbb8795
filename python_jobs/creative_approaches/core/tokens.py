"""How many tokens a text has, where nobody counted them: an estimate, always marked as one."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

# Google's own rule of thumb is 4 characters a token (https://ai.google.dev/gemini-api/docs/tokens). Copy is full of
# digits, emoji and short words, so that 3 is nearer; scripts without spaces have about one token per character.
_CHARACTERS_PER_TOKEN: Final = 3
_DENSE: Final = re.compile(r"[^\x00-\u02af\u0370-\u058f\u1e00-\u1fff\u2000-\u206f]")


@dataclass(frozen=True)
class Tokens:
    """Tokens that a request takes and gives. are_estimated : nobody counted them."""

    input: int
    output: int = 0
    are_estimated: bool = True


@dataclass(frozen=True)
class Requests:
    """What inputs would be asked with: how many requests, and the tokens of each input."""

    count: int
    tokens: Sequence[Tokens]


def estimate_tokens(text: str) -> int:
    """About how many tokens a text has, at least 1; rather too many than too few."""
    dense = len(_DENSE.findall(text))
    return max(1, dense + math.ceil((len(text) - dense) / _CHARACTERS_PER_TOKEN))
