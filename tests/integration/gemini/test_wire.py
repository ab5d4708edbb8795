"""What the client really sends for each backend and model, at the version that is installed."""

import math
import os
import sys
from functools import partial
from typing import Any

import google
import numpy as np
import pytest

from creative_approaches.adapters.embedders.gemini import GeminiEmbedder
from creative_approaches.adapters.gemini.client import find_access
from creative_approaches.core.prices import PRICES
from creative_approaches.core.spending import Spending
from creative_approaches.errors import UsageError
from tests.support.gemini.access import KEY, PROJECT, TOKEN
from tests.support.gemini.answers import unit_vectors
from tests.support.gemini.client import DEVELOPER, MAJOR, VERSION
from tests.support.gemini.embedding import embed as embed_texts
from tests.support.gemini.embedding import embed_settings
from tests.support.gemini.requests import PREFIX
from tests.support.gemini.server import GeminiServer

VERTEX = f"/v1beta1/projects/{PROJECT}/locations/europe-west4/publishers/google"
TEXTS = ["Only today: 20% off", "Wie neu, für Dich 🙂"]
OLD, NEW = "gemini-embedding-001", "gemini-embedding-2"
CHOICES = [(backend, model) for backend in ("developer", "vertex") for model in (OLD, NEW)]
embed = partial(embed_texts, gemini_location="europe-west4")


def body(backend: str, model: str, texts: list[str]) -> dict[str, Any]:
    """What is sent for texts that fit into one request."""
    task = {"taskType": "CLUSTERING"} if model == OLD else {}
    contents = [{"parts": [{"text": text if model == OLD else PREFIX + text}]} for text in texts]
    sizes = task | {"outputDimensionality": 128}
    if backend == "developer":
        requests = [{"content": content, "model": f"models/{model}"} | sizes for content in contents]
        return {"requests": requests}
    if model == OLD and MAJOR < 3:
        instances = [{"content": text, "task_type": "CLUSTERING"} for text in texts]
        return {"instances": instances, "parameters": {"outputDimensionality": 128}}
    requests = [{"content": content, "embedContentConfig": sizes} for content in contents]
    return {"requests": requests} if model == OLD else requests[0]


def path(backend: str, model: str) -> str:
    if backend == "developer":
        return f"{DEVELOPER}/models/{model}:batchEmbedContents"
    method = "embedContent" if model == NEW else "predict" if MAJOR < 3 else "batchEmbedContents"
    return f"{VERTEX}/models/{model}:{method}"


def test_the_expected_version_is_tested() -> None:
    """Where the range of versions is tested, at both of its ends."""
    assert os.environ.get("GENAI_VERSION", VERSION) == VERSION


@pytest.mark.parametrize(("backend", "model"), CHOICES)
def test_each_text_is_a_content_of_its_own_with_its_task(gemini: GeminiServer, backend: str, model: str) -> None:
    embedded = embed(gemini, TEXTS, gemini_backend=backend, embedding_model=model)
    groups = [[text] for text in TEXTS] if (backend, model) == ("vertex", NEW) else [TEXTS]
    asked = sorted(gemini.asked, key=lambda asked: TEXTS.index(asked.texts[0]))
    assert [(item.path, item.body) for item in asked] == [
        (path(backend, model), body(backend, model, group)) for group in groups
    ]
    assert not embedded.faults
    np.testing.assert_allclose(embedded.vectors, unit_vectors(TEXTS, 128), atol=1e-12)


@pytest.mark.parametrize("backend", ["developer", "vertex"])
def test_each_backend_is_let_in_by_its_own_header(gemini: GeminiServer, backend: str) -> None:
    embed(gemini, ["a"], gemini_backend=backend)
    headers = {name.lower(): value for name, value in gemini.asked[0].headers.items()}
    secrets = {name: headers.get(name) for name in ("x-goog-api-key", "authorization")}
    assert secrets == (
        {"x-goog-api-key": KEY, "authorization": None}
        if backend == "developer"
        else {"x-goog-api-key": None, "authorization": f"Bearer {TOKEN}"}
    )
    assert headers["content-type"] == "application/json"
    assert headers["user-agent"].startswith(f"google-genai-sdk/{VERSION}")
    assert headers["x-server-timeout"] == "30"


@pytest.mark.parametrize(("backend", "model"), CHOICES)
def test_vectors_of_any_length_come_out_with_length_one(gemini: GeminiServer, backend: str, model: str) -> None:
    vectors = embed(gemini, TEXTS, gemini_backend=backend, embedding_model=model, embedding_dimensions=768).vectors
    assert vectors.shape == (2, 768)
    assert vectors.dtype == np.float64
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-12)


@pytest.mark.parametrize(
    ("backend", "model", "sizes"),
    [
        ("developer", OLD, [5, 100, 100]),
        ("developer", NEW, [5, 100, 100]),
        pytest.param(
            "vertex", OLD, [205], marks=pytest.mark.skipif(MAJOR >= 3, reason="the method's limit is not documented")
        ),
        ("vertex", NEW, [1] * 205),
    ],
)
def test_requests_are_as_large_as_the_method_takes(
    gemini: GeminiServer, backend: str, model: str, sizes: list[int]
) -> None:
    texts = [f"text {number}" for number in range(205)]
    embedded = embed(gemini, texts, gemini_backend=backend, embedding_model=model)
    assert sorted(len(asked.texts) for asked in gemini.asked) == sizes
    np.testing.assert_allclose(embedded.vectors, unit_vectors(texts, 128), atol=1e-12)
    assert set(gemini.answered.values()) == {1}


@pytest.mark.parametrize(("backend", "is_estimated"), [("developer", True), ("vertex", False)])
def test_tokens_are_measured_where_the_answer_tells_them(
    gemini: GeminiServer, backend: str, is_estimated: bool
) -> None:
    spending = Spending(PRICES[NEW])
    embed(gemini, ["abc"], spending, gemini_backend=backend)
    usage = spending.usage
    assert (usage.requests, usage.tokens, usage.tokens_are_estimated) == (
        1,
        math.ceil((len(PREFIX) + 3) / 3),
        is_estimated,
    )


def test_the_environment_never_chooses_the_backend(gemini: GeminiServer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GOOGLE_GENAI_USE_VERTEXAI", "GOOGLE_GENAI_USE_ENTERPRISE"):
        monkeypatch.setenv(name, "true")
    assert not embed(gemini, ["a"]).faults
    assert gemini.asked[0].path.startswith(f"{DEVELOPER}/models/")


def test_a_key_in_the_environment_is_not_sent_to_vertex(gemini: GeminiServer) -> None:
    embed(gemini, ["a"], gemini_backend="vertex")
    assert KEY not in str(gemini.asked[0].headers)


def test_the_older_name_of_the_key_wins_as_for_the_client(
    gemini: GeminiServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOOGLE_API_KEY", KEY)
    monkeypatch.setenv("GEMINI_API_KEY", "another")
    assert not embed(gemini, ["a"]).faults


def test_the_quota_project_of_the_credentials_is_named(gemini: GeminiServer) -> None:
    credentials = gemini.credentials().with_quota_project("payer")
    with GeminiEmbedder.open(embed_settings(gemini_backend="vertex"), Spending(None), credentials) as embedder:
        embedder.embed(["a"])
    assert gemini.asked[0].headers["x-goog-user-project"] == "payer"


def test_the_project_of_the_settings_wins(gemini: GeminiServer) -> None:
    embed(gemini, ["a"], gemini_backend="vertex", gemini_project="another")
    assert gemini.asked[0].path.startswith("/v1beta1/projects/another/locations/europe-west4/")


def test_without_a_target_the_machines_credentials_are_used(
    gemini: GeminiServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    for name, value in gemini.write_credentials(tmp_path / "account.json").items():
        monkeypatch.setenv(name, value)
    with GeminiEmbedder.open(embed_settings(gemini_backend="vertex"), Spending(None), None) as embedder:
        assert not embedder.embed(["a"]).faults
    assert gemini.asked[0].path.startswith(f"/v1beta1/projects/{PROJECT}/locations/global/")


def test_a_missing_package_is_named(gemini: GeminiServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(google, "genai")
    monkeypatch.setitem(sys.modules, "google.genai", None)
    with pytest.raises(UsageError, match=r"pip install .* '\.\[gemini\]'"):
        GeminiEmbedder.open(embed_settings(), Spending(None), None)


def test_a_missing_key_is_named(gemini: GeminiServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GEMINI_API_KEY")
    with pytest.raises(UsageError, match="GEMINI_API_KEY is not set"):
        find_access(embed_settings(), None)


def test_missing_credentials_are_named(gemini: GeminiServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NO_GCE_CHECK", "true")
    with pytest.raises(UsageError, match="gcloud auth application-default login"):
        find_access(embed_settings(gemini_backend="vertex"), None)


def test_a_missing_project_is_named(gemini: GeminiServer) -> None:
    with pytest.raises(UsageError, match="gemini_project"):
        find_access(embed_settings(gemini_backend="vertex"), object())
