"""How fast texts are embedded and contents are read by a Gemini on the loopback, with and without faults."""

import io
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
from PIL import Image

from annotator_training.corpus import read_taxonomy
from creative_approaches.adapters.annotators.gemini import GeminiAnnotator
from creative_approaches.adapters.annotators.port import Content, Picture
from creative_approaches.adapters.embedders.gemini import GeminiEmbedder
from creative_approaches.core.prices import PRICES
from creative_approaches.core.spending import Spending
from tests.support.direct_jobs import settings
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
CONTENTS: Final = 10_000
CONTENT_SECONDS: Final = (0.05, 1.0)  # that an answer takes, and the limit
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


def gemini_annotations() -> Iterator[dict[str, Any]]:
    """Contents with a picture each, read with 30% of answers faulty, beside none.

    read : contents that have all their traits.  answered_again : contents asked again after they were answered.
    announced_usd, cost_usd : what was expected, and what the server counted.  ratio : faultless seconds over ours.
    """
    without = _annotate(0)
    with_faults = _annotate(FAULTY_SHARE)
    ratio = round(without["seconds"] / with_faults["seconds"], 2)
    yield {"method": "faultless", **without}
    yield {**with_faults, "ratio": ratio}
    yield {"ratio": ratio, "summary": True}


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


def _annotate(share: float) -> dict[str, Any]:
    taxonomy = read_taxonomy()
    said: dict[str, Any] = {"approach_phrase": "Testimonial with a result"}
    for attribute in taxonomy.attributes:
        said |= {attribute.name: attribute.values[0].name, f"{attribute.name}_sure": 90}
    latency, limit = CONTENT_SECONDS
    file = io.BytesIO()
    Image.effect_noise((320, 320), 60).convert("RGB").save(file, "WEBP")
    contents = [
        Content(f"Headline {number} of an advertisement", "It says more.", (Picture(file.getvalue()),))
        for number in range(CONTENTS)
    ]
    of_annotate = settings(
        annotator="gemini", gemini_timeout_seconds=limit, gemini_patience_seconds=300.0, gemini_connections=CONNECTIONS
    ).annotate
    price = PRICES[of_annotate.annotator_model]
    spending = Spending(price)
    asked = GeminiAnnotator.requests_for(of_annotate, taxonomy, contents)
    with _server(latency=latency, random_share=share, random_kinds=FAULTS, said=json.dumps(said)) as server:
        with (
            patch.dict(os.environ, server.environment),
            GeminiAnnotator.open(of_annotate, taxonomy, spending, None) as annotator,
        ):
            start = time.perf_counter()
            found = annotator.annotate(contents)
            seconds = time.perf_counter() - start
        with urllib.request.urlopen(f"{server.url}/statistics", timeout=30) as answer:
            statistics = json.load(answer)
    return {
        "n": CONTENTS,
        "seconds": round(seconds, 2),
        "read": int(np.isfinite(found.probabilities).all(axis=1).sum()),
        "requests": spending.usage.requests,
        "retries": spending.usage.retries,
        "answered_again": statistics["answered_again"],
        "announced_usd": round(sum(map(price.of, asked.tokens)), 2),
        "cost_usd": round(spending.usage.cost_usd or 0, 2),
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
