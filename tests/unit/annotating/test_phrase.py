"""A phrase that names an approach fits ads for any product."""

import pytest

from creative_approaches.core.annotating.phrase import is_general, wrong_phrase
from creative_approaches.core.annotating.taxonomy import Taxonomy

TAXONOMY = Taxonomy.of(
    [{"attribute": "persuasion", "value": "a", "medium": "text", "label": "Problem", "meaning": "A problem is solved"}]
)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("Testimonial by Anna", "I was tired, says Anna about it."),
        ("Lumexa as the expert's choice", "People who know it choose Lumexa every day of the week."),
        ("iSleep demo", "With our iSleep you rest."),
        ("Deadline with 20 percent", "Save today."),
        ("Half price in Berlin", "Neu bei uns in Berlin: das halbe Sortiment zum halben Preis für alle."),
    ],
)
def test_names_and_numbers_of_an_ad_are_no_approach(phrase: str, text: str) -> None:
    assert not is_general(phrase, [text])
    assert wrong_phrase(phrase, [text], TAXONOMY) == "specific"


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("Testimonial with a result", "I slept again. Testimonial after testimonial says so."),
        ("Big savings with a deadline", "Save Big On All Shoes Before The Deadline Ends"),
        ("Deadline offer", "LAST CHANCE! OFFER ENDS TODAY"),
        ("Problem, then relief", "Kein Problem mehr mit der Haut, sagen alle, die es haben."),
        ("Question first", "Question your bills. We do."),
    ],
)
def test_words_that_any_ad_may_have_stay(phrase: str, text: str) -> None:
    assert wrong_phrase(phrase, [text], TAXONOMY) is None


@pytest.mark.parametrize(
    ("phrase", "fault"),
    [
        ("Sleep like a baby", "quoted"),
        ("<b>Offer</b>", "invalid"),
        ("None", "meaningless"),
        ("Angebot " * 12, "long"),
        ("質問から始める", "language"),
    ],
)
def test_what_is_no_phrase_says_why(phrase: str, fault: str) -> None:
    assert wrong_phrase(phrase, ["Sleep like a baby tonight"], TAXONOMY) == fault
