"""The annotator that reads nothing: the published recipe, which groups texts as they are."""

from collections.abc import Sequence
from typing import Any, ClassVar, Self

import numpy as np

from creative_approaches.adapters.annotators.port import Annotated, Annotator, Content
from creative_approaches.core.annotating.annotation import Reader
from creative_approaches.core.annotating.taxonomy import Taxonomy
from creative_approaches.core.spending import Spending
from creative_approaches.settings import AnnotateSettings, ReaderSettings


class TextAnnotator(Annotator):
    """Knows no attribute."""

    is_instant: ClassVar[bool] = True

    @classmethod
    def reader(cls, settings: ReaderSettings) -> Reader:
        """Nobody."""
        return Reader("text", "none", "none")

    @classmethod
    def known(cls, taxonomy: Taxonomy) -> Taxonomy:
        """Nothing of it."""
        return Taxonomy(())

    @classmethod
    def open(cls, settings: AnnotateSettings, taxonomy: Taxonomy, spending: Spending, google_credentials: Any) -> Self:
        """It takes nothing."""
        return cls()

    def annotate(self, contents: Sequence[Content]) -> Annotated:
        """Nothing of any."""
        return Annotated(np.empty((len(contents), 0)))
