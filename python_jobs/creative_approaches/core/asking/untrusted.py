"""Texts that nobody vouches for, as a language model is shown them.

Creative text is untrusted. What the model shall do stands in the system instruction, which no creative reaches.
Everything that comes from creatives stands between markers, each text as one JSON string on a line of its own, in which
< and > are escaped: no text can imitate a marker, end its string or begin a line.
"""

import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from creative_approaches.core.tokens import Tokens, estimate_tokens

TEXT_LENGTH: Final = 500
BLOCKED: Final = "blocked"  # why a model gave no answer, before by what


@dataclass(frozen=True)
class Prompt:
    """What a model is asked. system : ours alone.  user : the data, between markers, and what to do with it."""

    system: str
    user: str

    def tokens(self, answer: int) -> Tokens:
        """About what the question and an answer of so many tokens take."""
        return Tokens(estimate_tokens(self.system) + estimate_tokens(self.user), answer)


def section(name: str, texts: Iterable[str]) -> str:
    """Texts between the markers of a name, a line each."""
    return "\n".join([f"<{name}>", *map(as_data, texts), f"</{name}>"])


def readable(text: str) -> str:
    """What a model reads of a text: at most 500 characters, on one line, and none that people do not see."""
    text = "".join(_visible(character) for character in unicodedata.normalize("NFKC", text))
    return " ".join(text.split())[:TEXT_LENGTH]


def as_data(text: str) -> str:
    """What a model reads of a text, as one JSON string without < and >."""
    quoted = json.dumps(readable(text), ensure_ascii=False)
    return quoted.replace("<", "\\u003c").replace(">", "\\u003e")


def _visible(character: str) -> str:
    # Directions, joiners, tags and variation selectors hide text from people that a model reads.
    category = unicodedata.category(character)
    if category in ("Cf", "Cs", "Co", "Cn") or _SELECTOR.match(character):
        return ""
    return " " if category in ("Cc", "Zl", "Zp") else character


_SELECTOR: Final = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
