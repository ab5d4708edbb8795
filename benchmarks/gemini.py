"""How fast texts are embedded by a Gemini on the loopback, with and without faults."""

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final
from unittest.mock import patch

import numpy as np

from creative_approaches.adapters.embedders.gemini import GeminiEmbedder
from creative_approaches.core.spending import Spending
from tests.support.gemini import server as gemini_server
from tests.support.gemini.answers import unit_vectors
from tests.support.gemini.embedding import embed_settings
from tests.support.gemini.faults import HANGING, PASSING

TEXTS: Final = 10_000
DIMENSIONS: Final = 128
FAULTY_SHARE: Final = 0.3
# One in forty of the faulty answers never ends.
FAULTS: Final = [*PASSING * 4, *HANGING]
CONNECTIONS: Final = 16
# Seconds that an answer takes, and the limit, by the backend: one text per call, and a hundred.
SECONDS: Final = {"vertex": (0.05, 1.0), "developer": (0.5, 2.0)}
LATENCY_TEXTS: Final = 2_000
SEQUENTIAL_TEXTS: Final = 400


def gemini_faults() -> Iterator[dict[str, Any]]:
    """Throughput with 30% of answers faulty, beside none, one text per call and a hundred.

    correct : texts that have their own vector.  answered_again : texts sent again after they were answered.
    ratio : faultless seconds over ours.
    """
    ratios = []
    for backend, (latency, limit) in SECONDS.items():
        without = _embed(backend, TEXTS, latency)
        with_faults = _embed(backend, TEXTS, latency, share=FAULTY_SHARE, limit=limit)
        ratio = without["seconds"] / with_faults["seconds"]
        ratios.append(ratio)
        yield {"method": "faultless", "backend": backend, **without}
        yield {"backend": backend, **with_faults, "ratio": round(ratio, 2)}
    yield {"ratio": round(min(ratios), 2), "summary": True}


def gemini_latency() -> Iterator[dict[str, Any]]:
    """One text per call at 50 ms each, beside one call after the other.

    ratio : sequential seconds, as far as measured and for as many texts, over ours.
    """
    sequential = _embed("vertex", SEQUENTIAL_TEXTS, 0.05, connections=1)
    ours = _embed("vertex", LATENCY_TEXTS, 0.05)
    ratio = round(sequential["seconds"] * LATENCY_TEXTS / SEQUENTIAL_TEXTS / ours["seconds"], 1)
    yield {"method": "sequential", **sequential}
    yield {**ours, "ratio": ratio}
    yield {"ratio": ratio, "summary": True}


def _embed(
    backend: str, count: int, latency: float, share: float = 0, limit: float = 30, connections: int = CONNECTIONS
) -> dict[str, Any]:
    texts = [f"Text {number} of an advertisement" for number in range(count)]
    settings = embed_settings(
        gemini_backend=backend,
        embedding_dimensions=DIMENSIONS,
        gemini_connections=connections,
        gemini_timeout_seconds=float(limit),
    )
    spending = Spending(None)
    with _server(latency=latency, random_share=share, random_kinds=FAULTS) as server:
        credentials = server.credentials() if backend == "vertex" else None
        with (
            patch.dict(os.environ, server.environment),
            GeminiEmbedder.open(settings, spending, credentials) as embedder,
        ):
            start = time.perf_counter()
            embedded = embedder.embed(texts)
            seconds = time.perf_counter() - start
        with urllib.request.urlopen(f"{server.url}/statistics", timeout=30) as answer:
            statistics = json.load(answer)
    correct = np.isclose(embedded.vectors, unit_vectors(texts, DIMENSIONS), atol=1e-9).all(axis=1)
    return {
        "n": count,
        "seconds": round(seconds, 2),
        "correct": int(correct.sum()),
        "requests": spending.usage.requests,
        "retries": spending.usage.retries,
        "answered_again": statistics["answered_again"],
    }


@contextmanager
def _server(**settings: Any) -> Iterator[gemini_server.GeminiServer]:
    """A server in a process of its own, so that it takes no time of ours."""
    command = [sys.executable, "-m", gemini_server.__name__, json.dumps(settings)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout
        try:
            yield gemini_server.GeminiServer(process.stdout.readline().strip())
        finally:
            process.stdin.close()
            process.terminate()
