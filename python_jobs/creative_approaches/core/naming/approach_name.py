"""What an approach is called, whoever named it: siblings must not share a name."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import chain, count
from typing import Final

from creative_approaches.core.plain_text import clean

NAME_LENGTH: Final = 60
SENTENCE_LENGTH: Final = 200

_UNNAMED: Final = "Unnamed approach"


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


def first_free(candidates: Iterable[str], taken: Collection[str]) -> str:
    """The first clean candidate that no sibling has, whatever its case; else the first one with a numeral."""
    used = {name.casefold() for name in taken}
    names = list(filter(None, (clean(candidate, NAME_LENGTH) for candidate in candidates))) or [_UNNAMED]
    numbered = (f"{clean(names[0], NAME_LENGTH - len(str(n)) - 1)} {n}" for n in count(2))
    return next(name for name in chain(names, numbered) if name.casefold() not in used)
