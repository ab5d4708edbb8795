"""The annotator that needs no service: sentence vectors, words and linear models, all of them installed."""

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, Final, Self

import numpy as np

from creative_approaches.adapters.annotators.port import Annotated, Annotator, Content, Fault
from creative_approaches.adapters.annotators.sentence_encoder import encode_ads
from creative_approaches.core.annotating.annotation import Reader, rounded
from creative_approaches.core.annotating.reading import read_ad
from creative_approaches.core.annotating.taxonomy import Taxonomy
from creative_approaches.core.annotating.trait_model import TraitModel, wording_of
from creative_approaches.core.arrays import Floats
from creative_approaches.core.spending import Spending
from creative_approaches.errors import UsageError
from creative_approaches.settings import AnnotateSettings, ReaderSettings

_AT_ONCE: Final = 1_000  # texts whose vectors are in memory: more of them are no faster
WEIGHTS: Final = Path(__file__).with_name("offline_weights.npz")  # make annotator writes it


class OfflineAnnotator(Annotator):
    """Says of texts what it learned of the ads of its corpus."""

    is_instant: ClassVar[bool] = True

    def __init__(self, taxonomy: Taxonomy) -> None:
        """Answers by a taxonomy of which it knows every value."""
        self._taxonomy = taxonomy

    @classmethod
    def reader(cls, settings: ReaderSettings) -> Reader:
        """Its model is known by a hash of what it was trained on."""
        return Reader("offline", f"traits-{_model().version}", "offline")

    @classmethod
    def known(cls, taxonomy: Taxonomy) -> Taxonomy:
        """The attributes that texts tell of, fewer values than it learned included."""
        attributes = _model().attributes
        texts = taxonomy.of_medium("text")
        for attribute in texts.attributes:
            if attribute.name not in attributes:
                raise _unknown(f"attribute {attribute.name}", attributes)
            values = attributes[attribute.name].values
            for value in attribute.values:
                if value.name not in values:
                    raise _unknown(f"value {value.name} of attribute {attribute.name}", values)
        return texts

    @classmethod
    def open(cls, settings: AnnotateSettings, taxonomy: Taxonomy, spending: Spending, google_credentials: Any) -> Self:
        """It takes nothing but the taxonomy."""
        return cls(taxonomy)

    def annotate(self, contents: Sequence[Content]) -> Annotated:
        """What these contents do, by their texts; a fault where there is nothing to read."""
        readings = [read_ad(content.headline, content.description) for content in contents]
        reasons = {row: reading.reason for row, reading in enumerate(readings) if reading.reason}
        faults = {row: Fault(reason, reason.in_words) for row, reason in reasons.items()}
        readable = [row for row in range(len(readings)) if row not in faults]
        probabilities = np.full((len(contents), self._taxonomy.size), np.nan)
        for start in range(0, len(readable), _AT_ONCE):
            rows = readable[start : start + _AT_ONCE]
            probabilities[rows] = self._read([(readings[row].headline, readings[row].description) for row in rows])
        return Annotated(probabilities, faults=faults)

    def _read(self, ads: Sequence[tuple[str, str]]) -> Floats:
        model = _model()
        found = model.probabilities(encode_ads(ads), [wording_of(headline, text) for headline, text in ads])
        columns = []
        for attribute in self._taxonomy.attributes:
            learned = model.attributes[attribute.name].values
            asked = found[attribute.name][:, [learned.index(value.name) for value in attribute.values]]
            columns.append(asked / asked.sum(axis=1, keepdims=True))  # of a taxonomy with fewer values
        return rounded(np.hstack(columns))


@cache
def _model() -> TraitModel:
    return TraitModel.load(WEIGHTS)


def _unknown(what: str, known: Iterable[str]) -> UsageError:
    return UsageError(
        f"Seed creative_traits has the {what}, which the annotator offline never learned. It knows: "
        f"{', '.join(known)}. Take it out, or set var annotator to one that reads by the taxonomy."
    )
