"""Which vectors the settings mean, and what they would cost."""

from typing import Any

import numpy as np
import pytest

from creative_approaches.adapters.embedders.gemini import GeminiEmbedder
from creative_approaches.adapters.embedders.open import find_embedder, open_embedder, space_of
from creative_approaches.core.embedding.space import EmbeddingSpace
from creative_approaches.core.spending import Spending
from creative_approaches.core.tokens import Tokens
from creative_approaches.errors import UsageError
from tests.support.direct_jobs import settings


@pytest.mark.parametrize(
    ("values", "space"),
    [
        ({}, ("offline-lexical-v2", "offline", 512)),
        (
            {"embedder": "sentence-encoder"},
            ("universal-sentence-encoder-multilingual-3", "sentence-encoder", 512),
        ),
        ({"embedder": "gemini"}, ("gemini-embedding-2", "gemini-developer", 768)),
        (
            {
                "embedder": "gemini",
                "embedding_model": "gemini-embedding-001",
                "gemini_backend": "vertex",
                "embedding_dimensions": 1536,
            },
            ("gemini-embedding-001", "gemini-vertex", 1536),
        ),
        (
            {"embedder": "sentence-transformers", "embedding_model": "some/model", "embedding_dimensions": 384},
            ("some/model", "sentence-transformers", 384),
        ),
    ],
    ids=str,
)
def test_the_settings_say_where_vectors_come_from(values: dict[str, Any], space: tuple[str, str, int]) -> None:
    of_jobs = settings(**values)
    assert space_of(of_jobs.embed) == space_of(of_jobs.cluster) == EmbeddingSpace(*space)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"embedding_dimensions": 63}, "embedding_dimensions is 63: the embedder offline makes 64 to 3072"),
        (
            {"embedder": "sentence-encoder", "embedding_dimensions": 256},
            "is 256: the embedder sentence-encoder makes 512\\.",
        ),
        ({"embedder": "gemini", "embedding_dimensions": 64}, "the embedder gemini makes 128 to 3072"),
        ({"embedder": "gemini", "embedding_model": "text-embedding-004"}, "gemini-embedding-2, gemini-embedding-001"),
        ({"embedding_model": "gemini-embedding-2"}, "which the embedder offline does not have"),
        (
            {"embedder": "sentence-transformers"},
            "needs embedding_model, a name or a directory, and embedding_dimensions",
        ),
    ],
    ids=str,
)
def test_vectors_that_an_embedder_cannot_make_are_refused(values: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        space_of(settings(**values).embed)


def test_what_stays_on_the_machine_takes_no_request_and_costs_nothing() -> None:
    local = {"embedding_model": "some/model", "embedding_dimensions": 384}
    on_this_machine = (
        settings(),
        settings(embedder="sentence-encoder"),
        settings(embedder="sentence-transformers", **local),
    )
    for of_embedder in on_this_machine:
        embedder = find_embedder(of_embedder.embed)
        asked = embedder.requests_for(space_of(of_embedder.embed), ["one", "two"])
        assert (embedder.is_paid, asked.count, asked.tokens) == (False, 0, [Tokens(0), Tokens(0)])


def test_what_gemini_would_be_asked_is_known_without_asking() -> None:
    space = EmbeddingSpace("gemini-embedding-2", "gemini-developer", 768)
    asked = GeminiEmbedder.requests_for(space, ["Save today"] * 101)
    assert (asked.count, len(asked.tokens)) == (2, 101)
    assert min(one.input for one in asked.tokens) > 0


def test_the_sentence_encoder_puts_what_means_the_same_together_in_any_language() -> None:
    of_embed = settings(embedder="sentence-encoder").embed
    texts = ["The weather is lovely today", "Heute ist das Wetter schön", "Our accounts are audited", ""]
    with open_embedder(of_embed, Spending(None), None) as embedder:
        found = embedder.embed(texts)
    assert found.vectors.shape == (4, 512)
    np.testing.assert_allclose(np.linalg.norm(found.vectors, axis=1), 1, atol=1e-12)
    same, other = found.vectors[0] @ found.vectors[1], found.vectors[0] @ found.vectors[2]
    assert same > 0.7 > 0.4 > other
