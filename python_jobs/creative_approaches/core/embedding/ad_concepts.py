"""Concepts of advertising copy: the cues by which an offline reader tells structural approaches apart.

The phrases of a concept (ad_phrases) match whole words; in scripts without spaces they match anywhere. Its
pattern is a regular expression over the same folded text. Its weight says how much the cue tells about
the approach: a discount is one, the word "you" hardly is.

This is the lexicon of the offline embedder and of names by words alone. What nobody has to guess, such as a price, is
a cue of `wording`; what else an ad does is said by its traits.

Changing anything here, a cue that is named here, or a stop word changes embeddings: give `offline.MODEL` a new name.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from creative_approaches.core.embedding.ad_phrases import PHRASES
from creative_approaches.core.words import UNSPACED, fold, words
from creative_approaches.wording.cues import shows


@dataclass(frozen=True)
class Concept:
    """One concept: its key, the label that people read, and its weight above 0 to 1.

    pattern, cue : a regular expression for folded text, and the name of a cue, that show it beside its phrases.
    """

    key: str
    label: str
    weight: float
    pattern: str = ""
    cue: str = ""


_UNITS = (
    r"(?:mah|gb|tb|mb|mm|cm|kg|g|mg|ml|l|oz|lbs?|inch(?:es)?|hz|khz|mp|watts?|w|kw|hp|v|mph|km|miles|mpg|"
    r"thread count|ply|layers|hours? (?:of )?battery|hour battery|h battery)"
)

CONCEPTS: Final = (
    Concept("testimonial", "Testimonial", 1.0, r"[\"“”«»„「].{12,}[\"“”«»」] ?[-\u2013—~] ?\w+"),
    Concept("quote", "Quotation", 0.5, r"[\"“”«„「『][^\"“”«»„」』|]{6,}[\"“”»」』]|(?:^|[ |])'[^'|]{12,}'"),
    Concept("first_person", "First person", 0.45),
    Concept("we", "We", 0.25),
    Concept("second_person", "Second person", 0.25),
    Concept("founder", "Founder story", 1.0, r"\bsince (?:18|19|20)\d\d\b|\best\.? ?(?:18|19|20)\d\d\b"),
    Concept(
        "discount",
        "Discount",
        1.0,
        r"(?:save|extra|up to|hasta|ahorra|bis zu|jusqu'a|\u0434\u043e) -?\d{1,2} ?%|-\d{1,2} ?%"
        r"|\d ?% ?(?:off|discount|rabatt|on\b|for\b|sur\b|de (?:descuento|reduction|remise)|\||$)"
        r"|[$€£] ?\d+ off\b",
    ),
    Concept("price", "Price", 0.7, cue="price"),
    Concept(
        "urgency",
        "Urgency",
        1.0,
        r"\bonly \d+ (?:\w+ )?(?:left|remaining|spots|seats)\b|\bends (?:in )?\d|\b\d+ (?:\w+ )?left\b",
    ),
    Concept("how_to", "How to", 1.0),
    Concept("number", "Numbers", 0.15, cue="number"),
    Concept("question", "Question", 0.7, cue="question"),
    Concept("problem", "Problem first", 1.0),
    Concept("social_proof", "Social proof", 1.0, r"#1\b", cue="user_count"),
    Concept("reviews", "Reviews and ratings", 1.0, cue="rating"),
    Concept("authority", "Expert backing", 0.9),
    Concept("guarantee", "Guarantee", 0.95),
    Concept("shipping", "Free shipping", 0.95),
    Concept(
        "trial",
        "Free trial",
        1.0,
        r"\b\d+[- ](?:day|week|month)s?(?: \w+)? (?:free|trial)\b|\bfree (?:for )?\d+[- ](?:day|week|month)"
        r"|\bfirst \w+ free\b",
    ),
    Concept("sign_up", "Sign up or demo", 0.9),
    Concept("comparison", "Comparison", 1.0, r"\b(?!other|rather)\w{2,}er than\b"),
    Concept(
        "specs",
        "Specs and materials",
        1.0,
        r"\d ?-?" + _UNITS + r"\b|\b\d+x\b|\b100 ?% (?:cotton|wool|linen|silk|leather|merino)",
    ),
    Concept("gift", "Gift", 1.0),
    Concept("season", "Seasonal", 0.95, cue="occasion"),
    Concept("sustainability", "Sustainability", 1.0),
    Concept("curiosity", "Curiosity", 0.9),
    Concept("launch", "New launch", 0.9),
    Concept("warning", "Warning", 0.8),
    Concept("bundle", "Bundle or bonus", 0.8),
    Concept("narrative", "Someone's story", 0.6),
)


def _index() -> tuple[dict[str, list[int]], dict[str, list[int]], dict[str, list[int]]]:
    whole: dict[str, list[int]] = defaultdict(list)
    beginnings: dict[str, list[int]] = defaultdict(list)
    anywhere: dict[str, list[int]] = defaultdict(list)
    for index, concept in enumerate(CONCEPTS):
        for phrase in PHRASES.get(concept.key, ()):
            folded = " ".join(words(fold(phrase)))
            if UNSPACED.search(folded):
                anywhere[folded].append(index)
            elif phrase.endswith("*"):
                beginnings[folded].append(index)
            else:
                whole[folded].append(index)
    return dict(whole), dict(beginnings), dict(anywhere)


_WHOLE, _BEGINNINGS, _ANYWHERE = _index()
_OPENERS: Final = frozenset(p.split(" ")[0] for p in (*_WHOLE, *_BEGINNINGS) if " " in p)
_LENGTHS: Final = sorted({len(beginning) for beginning in _BEGINNINGS})
_LONGEST_PHRASE: Final = max(len(phrase.split(" ")) for phrase in _WHOLE)
_PATTERNS: Final = tuple((i, re.compile(c.pattern)) for i, c in enumerate(CONCEPTS) if c.pattern)


def find_concepts(text: str) -> list[int]:
    """Indices into CONCEPTS of those that a text, as it is written, shows, rising."""
    found = {index for index, concept in enumerate(CONCEPTS) if concept.cue and shows(concept.cue, text)}
    folded = fold(text)
    tokens = words(folded)
    for start, token in enumerate(tokens):
        longest = _LONGEST_PHRASE if token in _OPENERS else 1
        phrase = ""
        for word in tokens[start : start + longest]:
            phrase = f"{phrase} {word}" if phrase else word
            found.update(_WHOLE.get(phrase, ()))
        for length in _LENGTHS:
            if length > len(phrase):
                break
            found.update(_BEGINNINGS.get(phrase[:length], ()))
    if UNSPACED.search(folded):
        for part, indices in _ANYWHERE.items():
            if part in folded:
                found.update(indices)
    found.update(index for index, pattern in _PATTERNS if pattern.search(folded))
    return sorted(found)
