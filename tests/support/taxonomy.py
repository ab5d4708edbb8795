"""A small taxonomy, and what an annotator would say of ads by it."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from creative_approaches.core.annotating.taxonomy import Taxonomy
from creative_approaches.core.arrays import Floats

SMALL: Final = Taxonomy.of(
    dict(zip(("attribute", "value", "label", "phrase", "ideas"), row, strict=True)) | {"medium": "text"}
    for row in [
        ("persuasion", "testimonial", "Testimonial", "with a testimonial", "customer"),
        ("persuasion", "discount", "Low price", "with a low price", "price"),
        ("persuasion", "urgency", "Urgency", "with urgency", "hurry"),
        ("persuasion", "none", "Name only", "with a name only", "plain"),
        ("voice", "brand", "Brand voice", "in the brand's voice", "plain"),
        ("voice", "customer", "Customer's voice", "in a customer's voice", "customer"),
        ("voice", "creator", "UGC voice", "in a creator's voice", "creator"),
        ("offer", "none", "No offer", "without an offer", "plain"),
        ("offer", "percent_off", "Percentage off", "with a percentage off", "price"),
        ("offer", "free_gift", "Gift", "with a gift", "gift"),
        ("urgency", "none", "No hurry", "without hurry", "plain"),
        ("urgency", "deadline", "Deadline", "with a deadline", "hurry"),
        ("emotion", "neutral", "Matter of fact", "in a matter-of-fact tone", "plain"),
        ("emotion", "joy", "Joy", "in a joyful tone", "joy"),
    ]
)
_USUAL: Final = {"persuasion": "none", "voice": "brand", "offer": "none", "urgency": "none", "emotion": "neutral"}


def read_as(sureness: float = 0.9, **traits: str) -> Floats:
    """The probabilities of an ad's values, shape (14,): `sureness` for those given, the rest shared by the others."""
    known = _USUAL | traits
    return np.array(
        [
            sureness if known[attribute.name] == value.name else (1 - sureness) / (len(attribute.values) - 1)
            for attribute in SMALL.attributes
            for value in attribute.values
        ]
    )


def ads(number: int, sureness: float = 0.9, **traits: str) -> Sequence[Floats]:
    """So many ads that are read alike."""
    return [read_as(sureness, **traits)] * number
