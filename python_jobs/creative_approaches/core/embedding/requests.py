"""What is sent to Gemini for a text, and how many texts go into one request.

Limits: https://ai.google.dev/gemini-api/docs/embeddings (tokens of a text, texts of a batch) and
https://cloud.google.com/vertex-ai/generative-ai/docs/embeddings/get-text-embeddings (250 texts and 20,000 tokens).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from creative_approaches.core.embedding.space import EmbeddingSpace
from creative_approaches.core.tokens import estimate_tokens

TASK: Final = "CLUSTERING"
# gemini-embedding-2 takes its task as part of the text.
TASK_PREFIX: Final = "task: clustering | query: "
_MODEL_001: Final = "gemini-embedding-001"
_TEXT_TOKENS: Final = {_MODEL_001: 2048}
_MOST_TEXT_TOKENS: Final = 8192


@dataclass(frozen=True)
class RequestSize:
    """How much one request may hold."""

    texts: int
    tokens: int


# The bound on tokens is Vertex AI's; on the Developer API it keeps one request below the quota of a minute.
_BATCHES: Final = {"gemini-developer": RequestSize(100, 20_000), "gemini-vertex": RequestSize(250, 20_000)}
_KEPT: Final = 0.9  # of what fits, at least, for the sake of a whole word
_SINGLE: Final = RequestSize(1, 20_000)


def takes_task(model: str) -> bool:
    """Whether the model takes its task as a parameter, and not as part of the text."""
    return model == _MODEL_001


def sent_text(space: EmbeddingSpace, text: str) -> str:
    """What is sent for a text: its task, if that is part of it, and as much of the text as the model reads.

    A text that is too long loses its end, at a space where one is near. Too long is estimated, rather too early than
    too late, because a request with such a text would be refused.
    """
    prefix = "" if takes_task(space.model) else TASK_PREFIX
    return prefix + _cut(text, _TEXT_TOKENS.get(space.model, _MOST_TEXT_TOKENS) - estimate_tokens(prefix))


def batches(space: EmbeddingSpace, tokens: Sequence[int]) -> list[range]:
    """Positions of the texts of each request, in order. tokens : how many each sent text has."""
    size = _size(space)
    found: list[range] = []
    start, total = 0, 0
    for position, count in enumerate(tokens):
        if position > start and (position - start == size.texts or total + count > size.tokens):
            found.append(range(start, position))
            start, total = position, 0
        total += count
    return [*found, range(start, len(tokens))] if tokens else []


def _size(space: EmbeddingSpace) -> RequestSize:
    # On Vertex AI, only this model's method takes several texts.
    if space.backend == "gemini-vertex" and space.model != _MODEL_001:
        return _SINGLE
    return _BATCHES[space.backend]


def _cut(text: str, most_tokens: int) -> str:
    if estimate_tokens(text) <= most_tokens:
        return text
    low, high = 0, len(text)  # the longest beginning that is short enough: low is, high is not
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if estimate_tokens(text[:middle]) <= most_tokens else (low, middle)
    beginning = text[:low]
    words = beginning.rsplit(maxsplit=1)
    return words[0] if words and len(words[0]) > _KEPT * low else beginning
