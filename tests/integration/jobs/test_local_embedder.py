"""What the local embedder refuses, without PyTorch. With a real model: tests/local_model."""

import sys
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from creative_approaches.adapters.embedders.port import TextFault
from creative_approaches.adapters.embedders.sentence_transformers import LocalEmbedder
from creative_approaches.core.embedding.space import EmbeddingSpace
from creative_approaches.core.unanswered import Unanswered
from creative_approaches.errors import UsageError

SPACE = EmbeddingSpace("a model", "sentence-transformers", 2)
ANSWERS = {"zero": [0, 0], "nan": [np.nan, 1], "infinite": [1, -np.inf], "long": [3, 4], "huge": [3e38, 0]}


class _Model:
    """Answers as sentence-transformers does: by numbers of 32 bits, of any length."""

    def __init__(self, name: str, *, local_files_only: bool) -> None:
        assert local_files_only

    def encode(self, sentences: Sequence[str], *, batch_size: int, show_progress_bar: bool) -> Any:
        return np.array([ANSWERS.get(text, [0, 1]) for text in sentences], dtype=np.float32)


@pytest.fixture
def package(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    package = SimpleNamespace(SentenceTransformer=_Model)
    monkeypatch.setitem(sys.modules, "sentence_transformers", package)
    monkeypatch.setitem(sys.modules, "transformers.utils.logging", SimpleNamespace(disable_progress_bar=lambda: None))
    return package


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(UsageError, match=r"pip install .*\[local\]"):
        LocalEmbedder(SPACE)


@pytest.mark.usefixtures("package")
def test_a_vector_without_a_direction_is_a_fault_of_its_text_alone() -> None:
    found = LocalEmbedder(SPACE).embed(["long", "zero", "nan", "huge", "infinite", "other"])
    assert found.vectors[[0, 3, 5]].tolist() == [[0.6, 0.8], [1, 0], [0, 1]]
    assert np.isnan(found.vectors[[1, 2, 4]]).all()
    fault = TextFault(Unanswered.FAULTY_ANSWER, "The model made a vector that is zero or not finite.")
    assert found.faults == {1: fault, 2: fault, 4: fault}
    assert found.stopped is None


@pytest.mark.usefixtures("package")
def test_a_model_of_another_size_is_refused_with_the_right_one() -> None:
    with pytest.raises(UsageError, match=r"vectors of 2 numbers, not 384\. Set var embedding_dimensions to 2"):
        LocalEmbedder(EmbeddingSpace("a model", "sentence-transformers", 384))


def test_whatever_goes_wrong_inside_a_model_is_said_in_a_line(package: SimpleNamespace, tmp_path: Any) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError(f"size mismatch {'for weight ' * 100}\nand many lines more")

    package.SentenceTransformer = broken
    with pytest.raises(
        UsageError, match=r"cannot be loaded: size mismatch for .*\. Set var embedding_model"
    ) as refusal:
        LocalEmbedder(EmbeddingSpace(str(tmp_path), "sentence-transformers", 2))
    assert "\n" not in str(refusal.value)
    assert len(str(refusal.value)) < 500
