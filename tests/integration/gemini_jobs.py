"""Settings of jobs that ask Gemini, as tests need them: short times, few connections."""

from typing import Any

from direct_jobs import settings

from creative_approaches.settings import EmbedSettings


def embed_settings(**changed: Any) -> EmbedSettings:
    """Settings of the job embed, with Gemini."""
    vectors = {"embedder": "gemini", "embedding_dimensions": 128}
    patience = {"gemini_connections": 8, "gemini_timeout_seconds": 30.0, "gemini_patience_seconds": 120.0}
    return settings(**(vectors | patience | changed)).embed
