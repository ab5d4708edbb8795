"""What a language model answered about one ad: its traits and its phrase, or why it is no answer."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from creative_approaches.core.annotating.annotation import rounded
from creative_approaches.core.annotating.phrase import PHRASE_LENGTH, wrong_phrase
from creative_approaches.core.annotating.prompt import PHRASE, SURE, UNCLEAR
from creative_approaches.core.annotating.taxonomy import Attribute, Taxonomy
from creative_approaches.core.arrays import Floats
from creative_approaches.core.asking.answered import without_fence
from creative_approaches.core.plain_text import clean


@dataclass(frozen=True)
class ReadAd:
    """What was read of an ad.

    probabilities : shape (taxonomy.size,), those of an attribute adding up to 1.
    phrase : its approach in a few words; None where the answer's cannot be used, and then phrase_fault says why.
    """

    probabilities: Floats
    phrase: str | None
    phrase_fault: str | None = None


def read_answer(text: str, taxonomy: Taxonomy, texts: Sequence[str]) -> ReadAd | str:
    """The traits and the phrase, or the fault: `invalid`, or `outside` for a value that the taxonomy does not have.

    texts : of the ad, whose names, numbers and words are no phrase.
    """
    answer = _object(text)
    if answer is None:
        return "invalid"
    probabilities = np.empty(taxonomy.size)
    for attribute, place in taxonomy.columns():
        chances = _chances(attribute, answer.get(attribute.name), answer.get(attribute.name + SURE))
        if isinstance(chances, str):
            return chances
        probabilities[place] = chances
    phrase = read_phrase(answer, texts, taxonomy)
    return ReadAd(rounded(probabilities), *phrase)


def read_phrase_answer(text: str, texts: Sequence[str], taxonomy: Taxonomy) -> tuple[str | None, str | None]:
    """The phrase of an answer that has it alone, and what is wrong with it; one of the two is None."""
    answer = _object(text)
    return (None, "invalid") if answer is None else read_phrase(answer, texts, taxonomy)


def read_phrase(answer: dict[str, Any], texts: Sequence[str], taxonomy: Taxonomy) -> tuple[str | None, str | None]:
    """The phrase of an answer, and what is wrong with it; one of the two is None."""
    phrase = answer.get(PHRASE)
    if not isinstance(phrase, str):
        return None, "invalid"
    fault = wrong_phrase(phrase, texts, taxonomy)
    return (None, fault) if fault else (clean(phrase, PHRASE_LENGTH), None)


def _object(text: str) -> dict[str, Any] | None:
    try:
        answer = json.loads(without_fence(text))
    except (ValueError, RecursionError):
        return None
    return answer if isinstance(answer, dict) else None


def _chances(attribute: Attribute, value: Any, sure: Any) -> Floats | str:
    """The chance of each value, shape (values,), or the fault.

    What the answer is not sure of is spread over the other values alike. A value of which it is less sure than by
    chance counts as unclear.
    """
    if not isinstance(value, str) or isinstance(sure, bool) or not isinstance(sure, int) or not 0 <= sure <= 100:
        return "invalid"
    names = [one.name for one in attribute.values]
    even = np.full(len(names), 1 / len(names))
    if value == UNCLEAR:
        return even
    if value not in names:
        return "outside"
    if sure / 100 <= even[0] or len(names) == 1:
        return even
    chances = np.full(len(names), (1 - sure / 100) / (len(names) - 1))
    chances[names.index(value)] = sure / 100
    return chances
