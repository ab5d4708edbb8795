"""What :generateContent answered: its text or why there is none, and what it took.

The client's own `text` and `parsed` are None without saying why.
"""

from dataclasses import dataclass
from typing import Any, Final

from creative_approaches.core.asking.untrusted import BLOCKED
from creative_approaches.core.tokens import Tokens

TRUNCATED: Final = "truncated"
EMPTY: Final = "empty"
_BLOCKS: Final = frozenset({
    "BLOCKLIST", "IMAGE_SAFETY", "LANGUAGE", "PROHIBITED_CONTENT", "RECITATION", "SAFETY", "SPII",
})  # fmt: skip


@dataclass(frozen=True)
class NoText:
    """Why an answer has no text. fault : `empty`, `truncated`, or `blocked: ` and by what."""

    fault: str


def said(answer: Any) -> str | NoText:
    """The text of an answer, without what the model thought before."""
    feedback = answer.prompt_feedback
    if feedback is not None and feedback.block_reason:
        return NoText(f"{BLOCKED}: {_word(feedback.block_reason)}")
    if not answer.candidates:
        return NoText(EMPTY)
    candidate = answer.candidates[0]
    reason = _word(candidate.finish_reason)
    if reason in _BLOCKS:
        return NoText(f"{BLOCKED}: {reason}")
    if reason == "MAX_TOKENS":
        return NoText(TRUNCATED)
    parts = (candidate.content.parts or []) if candidate.content else []
    text = "".join(part.text for part in parts if part.text and not part.thought)
    return text if text.strip() else NoText(EMPTY)


def billed(answer: Any, expected: Tokens) -> Tokens:
    """What an answer says that it took, thoughts as output; what was expected where it does not say."""
    usage = answer.usage_metadata
    if usage is None or usage.prompt_token_count is None:
        return expected
    output = (usage.candidates_token_count or 0) + (usage.thoughts_token_count or 0)
    return Tokens(usage.prompt_token_count, output, are_estimated=False)


def _word(value: Any) -> str:
    """An enumeration's value in capitals, whatever the server sent."""
    word = str(getattr(value, "value", value) or "").upper()
    return word if word.replace("_", "").isalnum() and len(word) <= 40 else "OTHER"
