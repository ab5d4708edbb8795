"""The approach of one ad in a few words, which must fit ads for any product."""

import re
from collections.abc import Collection, Sequence
from typing import Final

from creative_approaches.core.annotating.taxonomy import Taxonomy
from creative_approaches.core.asking.answered import is_quote, is_unsafe
from creative_approaches.core.asking.meaning import wrong_of
from creative_approaches.core.words import ANY_STOP_WORD, WORD, fold, words

PHRASE_LENGTH: Final = 60
SPECIFIC: Final = "specific"

_SENTENCE: Final = re.compile(r"[.!?:;\n\u2022|\u2013\u2014]+\s*|[\"\u201c\u201e\u00ab(]")
# Of a text in which more words than that begin with a capital, capitals do not tell names.
_MOST_CAPITALS: Final = 0.4


def wrong_phrase(phrase: str, texts: Sequence[str], taxonomy: Taxonomy) -> str | None:
    """Why a phrase cannot stand for an approach; None where it can.

    texts : of the ad.  taxonomy : its words are never names.
    `invalid` for markup and the like, `quoted` where it is the ad's own words, `specific` where it has a number or a
    name of the ad, or one of core/asking/meaning.py.
    """
    if is_unsafe(phrase):
        return "invalid"
    if wrong := wrong_of(phrase.strip(), PHRASE_LENGTH, "English"):
        return wrong
    if len(words(fold(phrase))) > 1 and is_quote(phrase, texts):
        return "quoted"
    return None if is_general(phrase, texts, _words_of(taxonomy)) else SPECIFIC


def is_general(phrase: str, texts: Sequence[str], known: Collection[str] = ()) -> bool:
    """Whether a phrase has no figure, and no name that the ad has. known : folded words that are no names."""
    if any(character.isdigit() for character in phrase):
        return False
    names = {fold(name) for text in texts for name in _names(text)} - ANY_STOP_WORD - set(known)
    return names.isdisjoint(words(fold(phrase)))


def _names(text: str) -> set[str]:
    """Words that are written as names are: with a capital where nothing asks for one, or with capitals inside."""
    found = set()
    all_words = WORD.findall(text)
    capitals = sum(word[0].isupper() for word in all_words)
    for sentence in _SENTENCE.split(text):
        for place, word in enumerate(WORD.findall(sentence)):
            is_odd = any(letter.isupper() for letter in word[1:]) and not word.isupper()
            is_capital = place > 0 and word[0].isupper() and not (word.isupper() and len(word) > 1)
            if is_odd or (is_capital and capitals <= _MOST_CAPITALS * len(all_words)):
                found.add(word)
    return {name for name in found if name.lower() not in all_words}


def _words_of(taxonomy: Taxonomy) -> frozenset[str]:
    values = [value for attribute in taxonomy.attributes for value in attribute.values]
    return frozenset(words(fold(" ".join(f"{value.label} {value.phrase} {value.meaning}" for value in values))))
