"""What there is to read in an ad: its words, without what stands for something else or shows nothing."""

import html
import re
import unicodedata
from enum import StrEnum
from typing import Final, NamedTuple

# As ad platforms write what they fill in: {{product.price}}, {KeyWord:Shoes}, {LOCATION(City)}, %%NAME%%, [[name]].
_PLACEHOLDER: Final = re.compile(
    r"\{\{[^{}]*\}\}|\{(?:keyword|location|countdown|global_countdown|if|param\d?|customizer)\b[^{}]*\}"
    r"|\{=[^{}]*\}|%%[^%\s]+%%|\[\[[^\[\]]*\]\]",
    re.IGNORECASE,
)
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_MARKUP: Final = re.compile(r"<[a-z/!][^<>]*>", re.IGNORECASE)
_MOST: Final = 2_000  # characters; nobody's ad is longer, and a whole page in a field is no ad


class Unreadable(StrEnum):
    """Why an ad has no traits."""

    NO_TEXT = "no_text"
    NO_WORDS = "no_words"

    @property
    def in_words(self) -> str:
        """The reason as a sentence."""
        if self is Unreadable.NO_TEXT:
            return "It has no headline and no description."
        return "Its texts hold no words: only emoji, addresses, placeholders, figures or signs."


class Reading(NamedTuple):
    """The words of an ad. reason : why there is nothing to read; None where there is."""

    headline: str
    description: str
    reason: Unreadable | None = None


def read_ad(headline: str | None, description: str | None) -> Reading:
    """The headline and the description as a person reads them; each may be missing or blank."""
    parts = [_plain(text) for text in (headline or "", description or "")]
    if any(any(character.isalpha() for character in part) for part in parts):
        return Reading(parts[0], parts[1])
    given = ((headline or "") + (description or "")).strip()
    return Reading("", "", Unreadable.NO_WORDS if given else Unreadable.NO_TEXT)


def _plain(text: str) -> str:
    text = html.unescape(html.unescape(text))  # exports escape twice: &amp;amp;
    for pattern in (_PLACEHOLDER, _ADDRESS, _MARKUP):
        text = pattern.sub(" ", text)
    text = "".join(character for character in text if unicodedata.category(character) not in ("Cf", "Cs", "Co", "Cn"))
    return " ".join(text.split())[:_MOST]
