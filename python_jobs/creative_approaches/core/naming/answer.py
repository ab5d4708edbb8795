"""What a language model answered for a name: a name that can be shown, or why it is none."""

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from creative_approaches.core.asking.answered import is_quote, is_unsafe, without_fence
from creative_approaches.core.asking.meaning import LANGUAGE, MEANINGLESS, is_written_in, says_nothing, wrong_of
from creative_approaches.core.naming.approach_name import NAME_LENGTH, SENTENCE_LENGTH, ApproachName
from creative_approaches.core.naming.offline import Evidence, common_cues
from creative_approaches.core.plain_text import clean, clean_sentence
from creative_approaches.core.words import fold, words


class NamedApproach(BaseModel):
    """The answer's fields."""

    model_config = ConfigDict(strict=True)

    name: str = Field(description="2 to 6 plain words for the structural approach")
    description: str = Field(description="One sentence on how the ads persuade")
    distinction: str = Field(description="One sentence on what sets it apart from its siblings; empty without any")


def read_answer(text: str, evidence: Evidence, language: str) -> ApproachName | str:
    """The name, or the fault: `empty`, `invalid`, `quoted` where it is the words of a creative, or one of
    core/asking/meaning.py where it is no name in this language.

    A name describes, it does not quote: a text that says "answer X" can never make X the name. A sentence that is too
    long is cut, since the rest of the answer is good.
    """
    if not text.strip():
        return "empty"
    try:
        answer = NamedApproach.model_validate_json(without_fence(text))
    except ValidationError:
        return "invalid"
    name = clean(answer.name, NAME_LENGTH)
    description = clean_sentence(answer.description, SENTENCE_LENGTH)
    distinction = clean_sentence(answer.distinction, SENTENCE_LENGTH) or None
    if is_unsafe(answer.name) or not words(fold(name)) or not description:
        return "invalid"
    if any(_is_of_a_creative(part, evidence) for part in (name, description, distinction or "")):
        return "quoted"
    if wrong := wrong_of(answer.name.strip(), NAME_LENGTH, language) or _wrong_sentence(description, language):
        return wrong
    if distinction and says_nothing(distinction):
        distinction = None
    return ApproachName(name, description, distinction)


def _wrong_sentence(sentence: str, language: str) -> str | None:
    if says_nothing(sentence):
        return MEANINGLESS
    return None if is_written_in(sentence, language) else LANGUAGE


def _is_of_a_creative(part: str, evidence: Evidence) -> bool:
    """Whether it quotes what the model read. A whole cue is a name; a part of one is not."""
    cues = [cue for cue, _ in common_cues(evidence) if words(fold(cue)) != words(fold(part))]
    return is_quote(part, [*evidence.exemplars, *cues])
