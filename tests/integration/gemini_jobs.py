"""Settings of jobs that ask Gemini, as tests need them: short times, few connections."""

from typing import Any, Final

from creative_approaches.settings import EmbedSettings

GEMINI: Final[dict[str, Any]] = {
    "gemini_backend": "developer",
    "gemini_project": None,
    "gemini_location": "global",
    "gemini_connections": 8,
    "gemini_timeout_seconds": 30.0,
    "gemini_patience_seconds": 120.0,
    "max_cost_usd": None,
    "max_requests": None,
}


def embed_settings(**changed: Any) -> EmbedSettings:
    """Settings of the job embed, with Gemini."""
    vectors = {"embedder": "gemini", "embedding_model": None, "embedding_dimensions": 128}
    return EmbedSettings(**(GEMINI | vectors | changed))
