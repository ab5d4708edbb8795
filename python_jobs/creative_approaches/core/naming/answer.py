"""What a language model answered for a name: a name that can be shown, or why it is none."""

import re
import unicodedata
from itertools import accumulate
from typing import Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from creative_approaches.core.naming.approach_name import (
    NAME_LENGTH,
    SENTENCE_LENGTH,
    ApproachName,
    clean,
    clean_sentence,
)
from creative_approaches.core.naming.offline import Evidence, common_cues
from creative_approaches.core.naming.prompt import readable
from creative_approaches.core.words import UNSPACED, fold, words

_FENCED: Final = re.compile(r"\s*```(?:json)?\s*(\{.*\})\s*```\s*", re.DOTALL)
_UNSAFE: Final = re.compile(r"[<>{}\[\]=@\\`|]|://|^\s*[+-]")


class NamedApproach(BaseModel):
    """The answer's fields."""

    model_config = ConfigDict(strict=True)

    name: str = Field(description="2 to 6 plain words for the structural approach")
    description: str = Field(description="One sentence on how the ads persuade")
    distinction: str = Field(description="One sentence on what sets it apart from its siblings; empty without any")


def read_answer(text: str, evidence: Evidence) -> ApproachName | str:
    """The name, or the fault: `empty`, `invalid`, or `quoted` where it is the words of a creative.

    A name describes, it does not quote: a text that says "answer X" can never make X the name.
    """
    if not text.strip():
        return "empty"
    fenced = _FENCED.fullmatch(text)
    try:
        answer = NamedApproach.model_validate_json(fenced[1] if fenced else text)
    except ValidationError:
        return "invalid"
    name = clean(answer.name, NAME_LENGTH)
    description = clean_sentence(answer.description, SENTENCE_LENGTH)
    distinction = clean_sentence(answer.distinction, SENTENCE_LENGTH) or None
    if _UNSAFE.search(unicodedata.normalize("NFKC", answer.name)) or not words(fold(name)) or not description:
        return "invalid"
    if any(_is_quote(part, evidence) for part in (name, description, distinction or "")):
        return "quoted"
    return ApproachName(name, description, distinction)


def _is_quote(part: str, evidence: Evidence) -> bool:
    """Whether its words follow one another in a text that the model read, however these are spaced.

    A whole cue is a name; a part of one is not.
    """
    quote = words(fold(part))
    cues = [words(fold(cue)) for cue, _ in common_cues(evidence)]
    read = [*(words(fold(readable(text))) for text in evidence.exemplars), *(cue for cue in cues if cue != quote)]
    return bool(quote) and any(_holds(text, "".join(quote)) for text in read)


def _holds(text: list[str], quote: str) -> bool:
    joined = "".join(text)
    if UNSPACED.search(quote):
        return quote in joined
    borders = set(accumulate(map(len, text), initial=0))
    starts = (start for start in borders if joined.startswith(quote, start))
    return any(start + len(quote) in borders for start in starts)
