"""Ads as the offline annotator sees them: the sentence vectors of their parts."""

from collections.abc import Sequence

from creative_approaches.adapters.universal_sentence_encoder import encode
from creative_approaches.core.annotating.trait_model import joined, parts_of
from creative_approaches.core.arrays import Floats


def encode_ads(ads: Sequence[tuple[str, str]]) -> Floats:
    """Sentence vectors of ads, each a headline and a description of which one may be empty.

    Returns float64, shape (len(ads), 1536): of the whole text, the headline and the description, each of unit length.
    """
    return joined(encode([part for headline, description in ads for part in parts_of(headline, description)]))
