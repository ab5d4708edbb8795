"""The embedder that asks Gemini, by the Developer API or by Vertex AI."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar, Final, Self

import numpy as np

from creative_approaches.adapters.embedders.limits import checked
from creative_approaches.adapters.embedders.port import Embedded, Embedder, TextFault
from creative_approaches.adapters.gemini.calls import ATTEMPTS, Call, FaultyAnswerError, GeminiCalls, Refusal
from creative_approaches.adapters.gemini.request_sizes import RequestSizes
from creative_approaches.core.arrays import Floats
from creative_approaches.core.embedding.requests import TASK, batches, sent_text, takes_task
from creative_approaches.core.embedding.space import EmbeddingSpace
from creative_approaches.core.spending import Spending
from creative_approaches.core.tokens import Requests, Tokens, estimate_tokens
from creative_approaches.errors import ApproachesError, DataError
from creative_approaches.settings import EmbedSettings, VectorSettings

# Each is asked in its own way; the first is the default.
_MODELS: Final = ("gemini-embedding-2", "gemini-embedding-001")
_DIMENSIONS: Final = range(128, 3072 + 1)
_USUAL_DIMENSIONS: Final = 768
_AHEAD: Final = 8  # texts at least that go before all others
_BATCH_ATTEMPTS: Final = 3  # for several texts, before they are asked for in halves
_HARMLESS: Final = "Free delivery"


class GeminiEmbedder(Embedder):
    """Asks for one vector per text.

    Texts over the model's limit are cut before they are sent (`core.embedding.requests.sent_text`). A batch that is
    refused, or whose answers stay faulty, is halved until the texts that cause it are alone; the others get vectors.
    """

    is_paid: ClassVar[bool] = True

    def __init__(self, space: EmbeddingSpace, calls: GeminiCalls) -> None:
        """Connect to nothing yet."""
        self._space, self._calls = space, calls
        self._sizes = RequestSizes()
        self._has_worked = False

    @classmethod
    def space(cls, settings: VectorSettings) -> EmbeddingSpace:
        """One of two models, by the backend of the settings; 128 to 3072 dimensions, 768 are usual."""
        model = settings.embedding_model or _MODELS[0]
        dimensions = settings.embedding_dimensions or _USUAL_DIMENSIONS
        space = EmbeddingSpace(model, f"gemini-{settings.gemini_backend}", dimensions)
        return checked(settings, space, _MODELS, _DIMENSIONS)

    @classmethod
    def open(cls, settings: EmbedSettings, spending: Spending, google_credentials: Any) -> Self:
        """Connect to nothing yet. Raises UsageError as `GeminiCalls` does."""
        return cls(cls.space(settings), GeminiCalls(settings, spending, google_credentials))

    @classmethod
    def requests_for(cls, space: EmbeddingSpace, texts: Sequence[str]) -> Requests:
        """As many as it takes, if no batch has to be halved; tokens are estimated."""
        tokens = [estimate_tokens(sent_text(space, text)) for text in texts]
        return Requests(len(batches(space, tokens)), [Tokens(count) for count in tokens])

    def __exit__(self, *error: Any) -> None:
        """Close all connections."""
        self._calls.__exit__(*error)

    def embed(self, texts: Sequence[str]) -> Embedded:
        """The vectors of these texts.

        The first texts go ahead of the others: where none of them can be embedded, and a harmless one cannot either,
        nothing more is paid for, and no text is given a fault.
        """
        embedding = _Embedding(self._space, self._calls, self._sizes, texts)
        groups = embedding.groups
        if groups and not self._has_worked:
            first = _leading(groups)
            groups = embedding.ask(groups[:first]) + groups[first:]
            self._has_worked = embedding.has_vectors or embedding.ask_harmless()
        while groups and self._has_worked:
            groups = embedding.ask(groups)
        return embedding.result()


def _leading(groups: Sequence[range]) -> int:
    """How many groups hold the first few texts."""
    return next((n for n, group in enumerate(groups, start=1) if group.stop >= _AHEAD), len(groups))


class _Embedding:
    """The texts of one `embed`, and what came of each."""

    def __init__(self, space: EmbeddingSpace, calls: GeminiCalls, sizes: RequestSizes, texts: Sequence[str]) -> None:
        self._space, self._calls, self._sizes = space, calls, sizes
        self._sent = [sent_text(space, text) for text in texts]
        self._tokens = [estimate_tokens(text) for text in self._sent]
        self._vectors: Floats = np.full((len(texts), space.dimensions), np.nan)
        self._is_embedded = np.zeros(len(texts), dtype=bool)
        self._faults: dict[int, TextFault] = {}
        self._stopped: ApproachesError | None = None

    @property
    def groups(self) -> list[range]:
        return [piece for group in batches(self._space, self._tokens) for piece in self._sizes.cut(group)]

    @property
    def has_vectors(self) -> bool:
        return bool(self._is_embedded.any())

    def ask(self, groups: Sequence[range]) -> list[range]:
        """Ask for the vectors of each group.

        Returns the halves of those that are refused, and the pieces of those that a quota holds off; none once all is
        stopped.
        """
        made = self._calls.make([self._call(group) for group in groups], check=self._check)
        self._stopped = made.stopped
        again: list[range] = []
        for group, result in zip(groups, made.results, strict=True):
            if isinstance(result, Refusal):
                if len(group) == 1:
                    self._faults[group.start] = TextFault(result.reason, result.detail)
                again += _halves(group)
            elif result is not None:
                self._sizes.answer(len(group))
                self._vectors[group] = result
                self._is_embedded[group] = True
        held_off = [groups[position] for position in made.held_off]
        for group in held_off:
            self._sizes.hold_off(len(group))
        again += [piece for group in held_off for piece in self._sizes.cut(group)]
        return [] if self._stopped else again

    def ask_harmless(self) -> bool:
        """Whether a harmless text gets its vector. Where it does not, all is stopped, and no fault is believed."""
        if not self._stopped:
            made = self._calls.make([self._check])
            (result,) = made.results
            self._stopped = self._hopeless(result) if isinstance(result, Refusal) else made.stopped
        if self._stopped:
            self._faults.clear()
        return not self._stopped

    def result(self) -> Embedded:
        return Embedded(self._vectors, self._faults, self._stopped)

    def _hopeless(self, refusal: Refusal) -> DataError:
        return DataError(
            f"No text can be embedded by {self._space}, not even a harmless one: {refusal.detail} Check vars "
            "embedding_model and embedding_dimensions and the project, and run the same command again."
        )

    @property
    def _check(self) -> Call[Floats]:
        return replace(self._call_for([sent_text(self._space, _HARMLESS)]), private=self._sent)

    def _call(self, group: range) -> Call[Floats]:
        return self._call_for(self._sent[group.start : group.stop])

    def _call_for(self, texts: Sequence[str]) -> Call[Floats]:
        expected = Tokens(sum(map(estimate_tokens, texts)))
        attempts = ATTEMPTS if len(texts) == 1 else _BATCH_ATTEMPTS
        return Call(
            send=lambda client: _send(client, self._space, texts),
            read=lambda answer: _read(answer, len(texts), self._space.dimensions),
            expected=expected,
            billed=lambda answer: _billed(answer, expected),
            faulty_attempts=attempts,
            unanswered_attempts=attempts,
            private=texts,
            inputs=len(texts),
        )


async def _send(client: Any, space: EmbeddingSpace, texts: Sequence[str]) -> Any:
    from google.genai import types

    # One Content per text: of a list of strings, gemini-embedding-2 makes one vector.
    contents = [types.Content(parts=[types.Part(text=text)]) for text in texts]
    task = TASK if takes_task(space.model) else None
    config = types.EmbedContentConfig(output_dimensionality=space.dimensions, task_type=task)
    return await client.models.embed_content(model=space.model, contents=contents, config=config)


def _read(answer: Any, texts: int, dimensions: int) -> Floats:
    """Vectors of unit length, shape (texts, dimensions). Raises FaultyAnswerError."""
    found = [item.values or [] for item in answer.embeddings or []]
    if len(found) != texts:
        raise FaultyAnswerError(f"Gemini answered {len(found):,} vectors for {texts:,} texts.")
    for values in found:
        if len(values) != dimensions:
            raise FaultyAnswerError(f"Gemini answered a vector of {len(values):,} numbers instead of {dimensions:,}.")
    vectors = np.asarray(found, dtype=np.float64)
    if not np.isfinite(vectors).all():
        raise FaultyAnswerError("Gemini answered a vector with numbers that are not finite.")
    largest = np.abs(vectors).max(axis=1, keepdims=True)
    if not largest.all():
        raise FaultyAnswerError("Gemini answered a vector of zeros.")
    scaled = vectors / largest
    return np.asarray(scaled / np.linalg.norm(scaled, axis=1, keepdims=True))


def _billed(answer: Any, expected: Tokens) -> Tokens:
    """What the answer says, where it says it: Vertex AI does, the Developer API does not."""
    usage = getattr(answer, "usage_metadata", None)  # from version 3 of the client on
    if counted := getattr(usage, "prompt_token_count", None):
        return Tokens(int(counted), are_estimated=False)
    statistics = [item.statistics for item in answer.embeddings or []]
    counts = [item.token_count for item in statistics if item and item.token_count]
    return Tokens(int(sum(counts)), are_estimated=False) if counts and len(counts) == len(statistics) else expected


def _halves(group: range) -> list[range]:
    middle = len(group) // 2
    return [group[:middle], group[middle:]] if middle else []
