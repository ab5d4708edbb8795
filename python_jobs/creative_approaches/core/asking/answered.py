"""What a language model answered, as untrusted as what it read."""

import re
import unicodedata
from collections.abc import Iterable
from itertools import accumulate
from typing import Final

from creative_approaches.core.asking.untrusted import readable
from creative_approaches.core.words import UNSPACED, fold, words

_FENCED: Final = re.compile(r"\s*```(?:json)?\s*(\{.*\})\s*```\s*", re.DOTALL)
_UNSAFE: Final = re.compile(r"[<>{}\[\]=@\\`|]|://|^\s*[+-]")


def without_fence(text: str) -> str:
    """An answer without the Markdown fence around it."""
    fenced = _FENCED.fullmatch(text)
    return fenced[1] if fenced else text


def is_unsafe(text: str) -> bool:
    """Whether a text holds markup, a link, or the beginning of a formula."""
    return bool(_UNSAFE.search(unicodedata.normalize("NFKC", text)))


def is_quote(part: str, texts: Iterable[str]) -> bool:
    """Whether the words of a part follow one another in a text that the model read, however these are spaced."""
    quote = "".join(words(fold(part)))
    return bool(quote) and any(_holds(words(fold(readable(text))), quote) for text in texts)


def _holds(text: list[str], quote: str) -> bool:
    joined = "".join(text)
    if UNSPACED.search(quote):
        return quote in joined
    borders = set(accumulate(map(len, text), initial=0))
    starts = (start for start in borders if joined.startswith(quote, start))
    return any(start + len(quote) in borders for start in starts)
