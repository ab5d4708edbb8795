"""What tests of jobs that ask Gemini share: settings with short times and few connections, and the client's version."""

from typing import Any, Final

import google.genai

from creative_approaches.settings import EmbedSettings
from tests.support.direct_jobs import settings

VERSION: Final[str] = google.genai.__version__
MAJOR: Final = int(VERSION.partition(".")[0])
DEVELOPER: Final = "/v1" if MAJOR >= 3 else "/v1beta"


def embed_settings(**changed: Any) -> EmbedSettings:
    """Settings of the job embed, with Gemini."""
    vectors = {"embedder": "gemini", "embedding_dimensions": 128}
    patience = {"gemini_connections": 8, "gemini_timeout_seconds": 30.0, "gemini_patience_seconds": 120.0}
    return settings(**(vectors | patience | changed)).embed
