"""What a reader said of contents, and which of it is said."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from creative_approaches.core.annotating.taxonomy import Taxonomy
from creative_approaches.core.arrays import Floats

# Decimals that are kept of a probability. Sums of float32 differ between processors in the sixth, so that answers are
# the same on every machine but for one in the fourth.
PROBABILITY_DECIMALS: Final = 4
# Below it a reader does not know: of the offline annotator's answers between 0.3 and 0.4, half were wrong on ads by
# others, and of those above a sixth.
UNCLEAR_BELOW: Final = 0.4


@dataclass(frozen=True, order=True)
class Reader:
    """Who read. annotator : the var.  model : its name and version.  backend : who computes it."""

    annotator: str
    model: str
    backend: str

    def __str__(self) -> str:
        """The reader in words."""
        return f"{self.model} ({self.annotator}, {self.backend})" if self.backend != self.annotator else self.model


def traits_of(probabilities: Floats, taxonomy: Taxonomy) -> Iterator[dict[str, str]]:
    """For each content the likeliest value of each attribute; an attribute that is unclear is left out.

    probabilities : shape (n, taxonomy.size). Of equally likely values the first one counts, but where all are: that is
    how a reader says that it does not know.
    """
    best = {}
    for attribute, place in taxonomy.columns():
        chances = probabilities[:, place]
        knows = (chances.max(axis=1) > chances.min(axis=1)) | (len(attribute.values) == 1)
        best[attribute] = (chances.argmax(axis=1), np.where(knows, chances.max(axis=1), 0))
    for row in range(len(probabilities)):
        yield {
            attribute.name: attribute.values[values[row]].name
            for attribute, (values, chances) in best.items()
            if chances[row] >= UNCLEAR_BELOW
        }


def written(traits: Mapping[str, str]) -> str:
    """Traits as tables keep them, and as macro split_to_rows takes them apart."""
    return ", ".join(f"{attribute}:{value}" for attribute, value in traits.items())


def read(traits: str) -> dict[str, str]:
    """What `written` wrote."""
    return dict(one.split(":", 1) for one in traits.split(", ")) if traits else {}


def rounded(probabilities: Floats) -> Floats:
    """Probabilities as they are kept."""
    return np.round(probabilities, PROBABILITY_DECIMALS) + 0.0
