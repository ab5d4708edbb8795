"""What an approach is called, in text that is safe wherever it is shown, whoever gave it.

`clean`, `clean_sentence` and `first_free` hold for every namer, because creative text is untrusted and siblings must
not share a name.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import chain, count, dropwhile
from typing import Final

NAME_LENGTH: Final = 60
SENTENCE_LENGTH: Final = 200

_UNNAMED: Final = "Unnamed approach"
_MARKUP: Final = re.compile(r"<[^<>]*>")
_LINK: Final = re.compile(r"\b[a-z][a-z0-9+.-]*://\S*", re.IGNORECASE)


@dataclass(frozen=True)
class ApproachName:
    """A name of at most 60 characters, and sentences of at most 200: plain text.

    distinction : what sets the approach apart from its siblings; None where nothing does, or it has none.
    """

    name: str
    description: str
    distinction: str | None = None


@dataclass(frozen=True)
class GivenName:
    """The name that a namer gave. fallback_reason : why it is the offline namer's instead of its own, else None."""

    approach_name: ApproachName
    fallback_reason: str | None = None


def clean(text: str, length: int) -> str:
    """Plain text that is safe wherever a name is shown: letters, digits, spaces and , : & ' - only.

    At most `length` characters, cut at a word where possible; begins with a letter or digit. May be empty.
    """
    text = _only(unicodedata.normalize("NFKC", text), " ,:&'-")
    return _cut(text, length).rstrip(" ,:&'-")


def clean_sentence(text: str, length: int) -> str:
    """Plain text of one or more sentences, with a full stop at its end: as `clean`, and . ; ( ) % as well.

    Markup and links are left out. Full stops stay at the end of words only, so that nothing becomes a link.
    """
    text = _LINK.sub(" ", _MARKUP.sub(" ", unicodedata.normalize("NFKC", text)))
    text = re.sub(r"\.(?=\S)", " ", _only(text, " ,:&'-.;()%"))
    text = _cut(" ".join(text.split()), length - 1).rstrip(" ,:&'-.;(")
    return f"{text}." if text else ""


def first_free(candidates: Iterable[str], taken: Collection[str]) -> str:
    """The first clean candidate that no sibling has, whatever its case; else the first one with a numeral."""
    used = {name.casefold() for name in taken}
    names = list(filter(None, (clean(candidate, NAME_LENGTH) for candidate in candidates))) or [_UNNAMED]
    numbered = (f"{clean(names[0], NAME_LENGTH - len(str(n)) - 1)} {n}" for n in count(2))
    return next(name for name in chain(names, numbered) if name.casefold() not in used)


def _only(text: str, allowed: str) -> str:
    """Letters, digits and what is allowed; the rest become spaces. Begins with a letter or digit."""
    text = text.replace("\u2019", "'")
    text = "".join(character if _is_plain(character) or character in allowed else " " for character in text)
    text = re.sub(r" +([,:])", r"\1", " ".join(text.split()))
    return "".join(dropwhile(lambda character: not character.isalnum(), text))


def _cut(text: str, length: int) -> str:
    if len(text) <= length:
        return text
    cut = text[: length + 1].rfind(" ")
    return text[: cut if cut > length // 2 else length]


def _is_plain(character: str) -> bool:
    # Marks are vowel signs in many scripts; the Latin ones left after NFKC only pile up on letters.
    category = unicodedata.category(character)
    is_mark = category in ("Mn", "Mc") and not "\u0300" <= character <= "\u036f"
    return category[0] == "L" or category == "Nd" or is_mark
