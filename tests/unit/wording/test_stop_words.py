"""Stop words: the one list."""

import re

import pytest

from creative_approaches.wording.stop_words import LATIN_LANGUAGES, STOP_WORDS


@pytest.mark.parametrize("language", STOP_WORDS)
def test_stop_words_are_single_words_in_lower_case(language: str) -> None:
    """Marks belong to the words of Indic scripts."""
    faults = [
        word for word in STOP_WORDS[language] if not re.fullmatch(r"[^\W\d_][\w\u0900-\u097f\u0e00-\u0e7f]*", word)
    ]
    assert faults == []
    assert {word.lower() for word in STOP_WORDS[language]} == set(STOP_WORDS[language]) or language == "ja"


@pytest.mark.parametrize(
    "word",
    ["free", "new", "ai", "ugc", "bra", "men", "door", "size", "car", "sale", "win", "gratis", "neu", "best", "save"],
)
def test_what_ads_are_about_is_no_stop_word_of_any_language(word: str) -> None:
    assert not any(word in words for words in STOP_WORDS.values())


@pytest.mark.parametrize(
    "word", ["ich", "wir", "still", "how", "vous", "nuestro", "della", "você", "jij", "och", "twój"]
)
def test_filler_words_are_known(word: str) -> None:
    assert any(word in words for words in STOP_WORDS.values())


@pytest.mark.parametrize("language", LATIN_LANGUAGES)
def test_a_language_has_words_that_no_other_one_of_its_script_has(language: str) -> None:
    others = set().union(*(STOP_WORDS[other] for other in LATIN_LANGUAGES if other != language))
    assert len(STOP_WORDS[language] - others) >= 20
