"""Implementations that packages declare as entry points."""

from pathlib import Path

import pytest

from creative_approaches.adapters.embedders.open import find_embedder, open_embedder
from creative_approaches.adapters.namers.open import find_namer, naming_rules
from creative_approaches.adapters.plugins import load_plugin
from creative_approaches.core.spending import Spending
from creative_approaches.errors import UsageError
from tests.support.direct_jobs import settings

EMBEDDER = """
import numpy as np
from creative_approaches.adapters.embedders.port import Embedded, Embedder
from creative_approaches.core.embedding.space import EmbeddingSpace

class Lengths(Embedder):
    @classmethod
    def space(cls, settings):
        return EmbeddingSpace("lengths", "of-a-user", 2)

    @classmethod
    def open(cls, settings, spending, google_credentials):
        return cls()

    def embed(self, texts):
        angles = np.array([len(text) for text in texts], dtype=float)
        return Embedded(np.column_stack([np.cos(angles), np.sin(angles)]))
"""


def install(directory: Path, name: str, entry_points: str, module: str = "") -> None:
    """What pip leaves behind of a package with one module."""
    metadata = directory / f"{name}-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text(entry_points)
    (directory / f"{name.replace('-', '_')}.py").write_text(module)


def test_a_package_of_a_user_adds_an_embedder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, "user-lengths", "[creative_approaches.embedders]\nlengths = user_lengths:Lengths\n", EMBEDDER)
    monkeypatch.syspath_prepend(tmp_path)
    chosen = settings(embedder="lengths").embed
    assert str(find_embedder(chosen).space(chosen)) == "lengths (of-a-user, 2 dimensions)"
    with open_embedder(chosen, Spending(None), None) as embedder:
        assert embedder.embed(["one", "three"]).vectors.shape == (2, 2)


def test_an_unknown_name_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(
        UsageError, match=r"Var embedder is 'oracle'.*gemini, offline, sentence-encoder, sentence-transformers"
    ):
        find_embedder(settings(embedder="oracle").embed)
    with pytest.raises(UsageError, match=r"Var namer is 'oracle'.*gemini, offline"):
        naming_rules(settings(namer="oracle").name)


def test_two_packages_of_one_name_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, "user-offline", "[creative_approaches.namers]\noffline = user_offline:Namer\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(UsageError, match="namer offline is declared by creative-approaches and user-offline"):
        find_namer(settings().name)


@pytest.mark.parametrize(
    ("entry", "reason"),
    [("no_such_module:Thing", "No module named 'no_such_module'"), ("user_broken:Thing", "has no attribute 'Thing'")],
)
def test_what_cannot_be_imported_is_refused_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, entry: str, reason: str
) -> None:
    install(tmp_path, "user-broken", f"[creative_approaches.embedders]\nbroken = {entry}\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(UsageError, match=f"embedder broken cannot be loaded from {entry}: .*{reason}"):
        load_plugin("creative_approaches.embedders", "broken", "embedder")
