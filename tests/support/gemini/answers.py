"""What Gemini answers to a request that is in order.

A vector depends on its text and its length alone, and is not of unit length.
"""

import hashlib
from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np

from creative_approaches.core.arrays import Floats
from creative_approaches.core.tokens import estimate_tokens
from tests.support.gemini.generation import DEFAULT_RESOLUTION, TOKENS_OF_A_PICTURE, configuration_of
from tests.support.gemini.requests import PREFIX, Body, Request

Generate = Callable[[str, str, Any], str | Body]


def vector_of(text: str, dimensions: int) -> Floats:
    """What the server answers for a text, shape (dimensions,)."""
    numbers = np.frombuffer(hashlib.shake_256(text.encode()).digest(2 * dimensions), dtype="<i2")
    return np.asarray(numbers / 1000, dtype=np.float64)


def unit_vectors(texts: Sequence[str], dimensions: int) -> Floats:
    """What an embedder should make of it, shape (texts, dimensions)."""
    vectors = np.stack([vector_of(text, dimensions) for text in texts])
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


def generated(text: str, finish_reason: str = "STOP") -> Body:
    """An answer of :generateContent."""
    parts = [{"text": text}] if text else []
    content = {"role": "model", "parts": parts} if parts else {"role": "model"}
    return {"candidates": [{"content": content, "finishReason": finish_reason, "index": 0}]}


BLOCKED_PROMPT: Final[Body] = {"promptFeedback": {"blockReason": "PROHIBITED_CONTENT"}}
STOPPED_FOR_SAFETY: Final[Body] = {"candidates": [{"finishReason": "SAFETY", "index": 0}]}
TRUNCATED: Final = generated('{"name": "Half a na', "MAX_TOKENS")
EMPTY: Final = generated("")


def right_answer(request: Request, generate: Generate) -> Body:
    """The answer where nothing goes wrong."""
    if request.method == "generateContent":
        return _generated_for(request, generate)
    return embedded(request, vectors_of(request))


def vectors_of(request: Request) -> list[list[float]]:
    """The right vectors."""
    return [vector_of(text, request.dimensions).tolist() for text in request.texts]


def embedded(request: Request, vectors: Sequence[Sequence[float]]) -> Body:
    """An answer with these vectors, as the method has it."""
    if request.method == "predict":
        counts = [estimate_tokens(text) for text in request.texts]
        counts += [1] * (len(vectors) - len(counts))
        return {
            "predictions": [
                {"embeddings": {"values": vector, "statistics": {"token_count": count, "truncated": False}}}
                for vector, count in zip(vectors, counts, strict=False)
            ]
        }
    if request.method == "embedContent":
        usage = {"promptTokenCount": estimate_tokens(PREFIX + request.texts[0])}
        return {"embedding": {"values": vectors[0]}, "usageMetadata": usage} if vectors else {}
    return {"embeddings": [{"values": vector} for vector in vectors]}


def _generated_for(request: Request, generate: Generate) -> Body:
    system = "".join(part["text"] for part in request.body.get("systemInstruction", {}).get("parts", ()))
    configured = configuration_of(request.body)
    schema = configured.get("responseSchema") or configured.get("responseJsonSchema")
    said = generate(system, request.texts[0], schema)
    answer = generated(said) if isinstance(said, str) else said
    of_pictures = TOKENS_OF_A_PICTURE[configured.get("mediaResolution", DEFAULT_RESOLUTION)] * len(request.pictures)
    tokens = {
        "promptTokenCount": estimate_tokens(system + request.texts[0]) + of_pictures,
        "candidatesTokenCount": max(1, estimate_tokens(said)) if isinstance(said, str) else 40,
    }
    usage = tokens | {"totalTokenCount": sum(tokens.values())}
    return {"usageMetadata": usage, "modelVersion": request.model, "responseId": "1", **answer}
