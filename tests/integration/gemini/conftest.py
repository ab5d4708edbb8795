"""The local Gemini that each test has for itself."""

import os
from collections.abc import Iterator

import pytest

from creative_approaches.adapters.gemini import calls
from tests.support.gemini.server import GeminiServer, running_gemini


@pytest.fixture
def gemini(monkeypatch: pytest.MonkeyPatch) -> Iterator[GeminiServer]:
    """A server, and waits that are short enough for a test."""
    for name in [name for name in os.environ if name.startswith(("GOOGLE_", "GEMINI_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setattr(calls, "_BACKOFF_SECONDS", (0.001, 0.01))
    monkeypatch.setattr(calls, "_FAULTY_BACKOFF_SECONDS", 0.001)
    with running_gemini() as server:
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        yield server
