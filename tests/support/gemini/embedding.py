"""Texts that the real client sends to the local Gemini, with short times and few connections."""

from typing import Any

import numpy as np

from creative_approaches.adapters.embedders.gemini import GeminiEmbedder
from creative_approaches.adapters.embedders.port import Embedded
from creative_approaches.core.spending import Spending
from creative_approaches.settings import EmbedSettings
from tests.support.direct_jobs import settings
from tests.support.gemini.answers import unit_vectors
from tests.support.gemini.server import GeminiServer

SECRET_TEXT = "The planted words of an unpublished campaign"
TEXTS = [f"{SECRET_TEXT} {number}" for number in range(12)]


def embed_settings(**changed: Any) -> EmbedSettings:
    """Settings of the job embed, with Gemini."""
    vectors = {"embedder": "gemini", "embedding_dimensions": 128}
    patience = {"gemini_connections": 8, "gemini_timeout_seconds": 30.0, "gemini_patience_seconds": 120.0}
    return settings(**(vectors | patience | changed)).embed


def embed(server: GeminiServer, texts: list[str] = TEXTS, spending: Spending | None = None, **changed: Any) -> Embedded:
    of_embed = embed_settings(**changed)
    credentials = server.credentials() if of_embed.gemini_backend == "vertex" else None
    with GeminiEmbedder.open(of_embed, spending or Spending(None), credentials) as embedder:
        return embedder.embed(texts)


def assert_whole(embedded: Embedded, texts: list[str] = TEXTS) -> None:
    assert (embedded.stopped, dict(embedded.faults)) == (None, {})
    np.testing.assert_allclose(embedded.vectors, unit_vectors(texts, 128), atol=1e-12)
