"""What an ad does, by one linear model per attribute over its sentence vectors and its words.

The sentence vectors know what is meant in many languages; the hashed words know the turns of phrase that they forget.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Self

import numpy as np
from scipy.sparse import csr_matrix, hstack
from scipy.special import softmax
from sklearn.feature_extraction.text import HashingVectorizer

from creative_approaches.core.arrays import Floats

# Sentence vectors of the whole text, of its headline and of its description, one after the other.
PARTS: Final = 3
_BUCKETS: Final = 2**12  # of words, and as many of pieces of words
_STEPS: Final = 127  # of a weight, to each side of zero


@dataclass(frozen=True, eq=False)
class LinearTraits:
    """The model of one attribute.

    values : in the order of the columns.  dense, wording : weights, shape (features, values).  bias : shape (values,).
    """

    values: tuple[str, ...]
    dense: Floats
    wording: Floats
    bias: Floats

    def logits(self, vectors: Floats, words: csr_matrix) -> Floats:
        """How much speaks for each value, shape (texts, values)."""
        found: Floats = vectors @ self.dense + words @ self.wording + self.bias
        return found


@dataclass(frozen=True)
class TraitModel:
    """The models of all attributes, and what they were trained on.

    version : changes whenever an answer may change.
    """

    attributes: Mapping[str, LinearTraits]
    version: str

    def probabilities(self, vectors: Floats, texts: Sequence[str]) -> dict[str, Floats]:
        """The probability of each value of each attribute: by attribute, shape (texts, values), rows add up to 1.

        vectors : shape (texts, PARTS times the encoder's dimensions), as `joined` makes them.  texts : as `wording_of`
        makes them.
        """
        words = word_features(texts)
        return {name: softmax(model.logits(vectors, words), axis=1) for name, model in self.attributes.items()}

    def save(self, path: Path) -> None:
        """Write the weights, each as a whole number of -127 to 127 times the scale of its value."""
        arrays: dict[str, Any] = {"version": np.array(self.version)}
        for name, model in self.attributes.items():
            arrays[f"{name}.values"] = np.array(model.values)
            arrays[f"{name}.bias"] = model.bias.astype(np.float32)
            for part in ("dense", "wording"):
                weights = getattr(model, part)
                scale = np.abs(weights).max(axis=0) / _STEPS
                arrays[f"{name}.{part}"] = np.round(weights / scale).astype(np.int8)
                arrays[f"{name}.{part}.scale"] = scale.astype(np.float32)
        np.savez_compressed(path, **arrays)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read what `save` wrote."""
        with np.load(path, allow_pickle=False) as arrays:
            names = [key.removesuffix(".values") for key in arrays.files if key.endswith(".values")]
            attributes = {
                name: LinearTraits(
                    values=tuple(arrays[f"{name}.values"].tolist()),
                    dense=_restored(arrays, f"{name}.dense"),
                    wording=_restored(arrays, f"{name}.wording"),
                    bias=arrays[f"{name}.bias"].astype(np.float64),
                )
                for name in names
            }
            return cls(MappingProxyType(attributes), str(arrays["version"]))


def _restored(arrays: Mapping[str, Any], name: str) -> Floats:
    weights: Floats = arrays[name].astype(np.float64) * arrays[f"{name}.scale"]
    return weights


def word_features(texts: Sequence[str]) -> csr_matrix:
    """Hashed words and pairs of words, and hashed pieces of words; each half of unit length."""
    halves = [
        HashingVectorizer(n_features=_BUCKETS, ngram_range=(1, 2), token_pattern=r"\w+|[^\w\s]"),
        HashingVectorizer(n_features=_BUCKETS, ngram_range=(2, 4), analyzer="char_wb"),
    ]
    return csr_matrix(hstack([half.transform(texts) for half in halves]))


def wording_of(headline: str, description: str) -> str:
    """The text whose words are read, as it is written but for the forms of letters."""
    return unicodedata.normalize("NFKC", f"{headline} \n {description}")


def parts_of(headline: str, description: str) -> tuple[str, str, str]:
    """The texts whose sentence vectors are joined: all, the headline, the description; one stands for the other."""
    whole = " ".join(part for part in (headline, description) if part)
    return whole, headline or description, description or headline


def joined(vectors: Floats) -> Floats:
    """One row per ad from the vectors of its parts, one after the other: shape (ads, PARTS times dimensions)."""
    return vectors.reshape(len(vectors) // PARTS, -1)
