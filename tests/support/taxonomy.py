"""A small taxonomy, and what an annotator would say of ads by it."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from creative_approaches.core.arrays import Floats
from creative_approaches.core.naming.typical_traits import TraitWords


def _words(attribute: str, value: str, label: str, phrase: str, ideas: str) -> TraitWords:
    return TraitWords(attribute, value, label, phrase, frozenset(ideas.split()))


WORDS: Final = [
    _words("persuasion", "testimonial", "Testimonial", "with a testimonial", "customer"),
    _words("persuasion", "discount", "Low price", "with a low price", "price"),
    _words("persuasion", "urgency", "Urgency", "with urgency", "hurry"),
    _words("persuasion", "none", "Name only", "with a name only", "plain"),
    _words("voice", "brand", "Brand voice", "in the brand's voice", "plain"),
    _words("voice", "customer", "Customer's voice", "in a customer's voice", "customer"),
    _words("voice", "creator", "UGC voice", "in a creator's voice", "creator"),
    _words("offer", "none", "No offer", "without an offer", "plain"),
    _words("offer", "percent_off", "Percentage off", "with a percentage off", "price"),
    _words("offer", "free_gift", "Gift", "with a gift", "gift"),
    _words("urgency", "none", "No hurry", "without hurry", "plain"),
    _words("urgency", "deadline", "Deadline", "with a deadline", "hurry"),
]
_USUAL: Final = {"persuasion": "none", "voice": "brand", "offer": "none", "urgency": "none"}


def read_as(sureness: float = 0.9, **traits: str) -> Floats:
    """The probabilities of an ad's values, shape (12,): `sureness` for those given, the rest shared by the others."""
    known = _USUAL | traits
    sizes = {name: sum(one.attribute == name for one in WORDS) for name in _USUAL}
    return np.array(
        [
            sureness if known[one.attribute] == one.value else (1 - sureness) / (sizes[one.attribute] - 1)
            for one in WORDS
        ]
    )


def ads(number: int, sureness: float = 0.9, **traits: str) -> Sequence[Floats]:
    """So many ads that are read alike."""
    return [read_as(sureness, **traits)] * number
