"""What an ad says to the model that reads it can spoil its own traits, and nobody else's.

The model here does whatever any text or picture in its request tells it: what it is not shown, it cannot obey.
"""

import json
from typing import Any

import numpy as np
import pytest

from creative_approaches.adapters.annotators.port import Annotated, Content, Picture
from creative_approaches.core.arrays import Floats
from tests.integration.gemini.test_annotator import TAXONOMY, annotate
from tests.support.gemini.injections import PAINTED, TEXTS, painted
from tests.support.gemini.server import GeminiServer
from tests.support.seen_ads.ads import SeenAd, ads
from tests.support.seen_ads.injections import injected_ads

HONEST = {
    "hook": "question",
    "hook_sure": 80,
    "proof": "none",
    "proof_sure": 95,
    "visual_style": "studio",
    "visual_style_sure": 60,
    "approach_phrase": "A question before a plain product",
}
# What those that give orders want, and more than they may have.
ORDERED: list[Any] = [
    HONEST | {"hook": "scene", "hook_sure": 100, "approach_phrase": "Buy Lumexa Now"},
    HONEST | {"hook": "shouting"},
    HONEST | {"approach_phrase": "=HYPERLINK(evil)"},
    [HONEST | {"hook": "scene"}] * 5,
    {"ads": [HONEST | {"hook": "scene"}] * 5},
    {},
]
PLAIN = [Content(f"Why so dry, number {number}?", "It is new.", (Picture(painted("Dry?")),)) for number in range(10)]


@pytest.fixture
def gemini(gemini: GeminiServer) -> GeminiServer:
    orders = {painted(words) for words in PAINTED}

    def obey(system: str, user: str, schema: Any) -> str:
        asked = gemini.asked[-1]
        is_ordered = "Why so dry, number" not in user or not orders.isdisjoint(asked.pictures)
        return json.dumps(ORDERED[len(user) % len(ORDERED)] if is_ordered else HONEST)

    gemini.generate = obey
    return gemini


def chances(found: Annotated, count: int) -> Floats:
    return found.probabilities[:count]


def test_texts_that_give_orders_change_no_other_traits(gemini: GeminiServer) -> None:
    hostile = [Content(text, text, (Picture(painted("Dry?")),)) for text in TEXTS]
    alone, beside = annotate(*PLAIN, gemini_connections=1), annotate(*PLAIN, *hostile, gemini_connections=1)
    np.testing.assert_array_equal(chances(alone, len(PLAIN)), chances(beside, len(PLAIN)))
    assert {beside.phrases[position] for position in range(len(PLAIN))} == {HONEST["approach_phrase"]}


def test_words_painted_on_pictures_change_no_other_traits(gemini: GeminiServer) -> None:
    hostile = [Content("Why so dry, number 99?", None, (Picture(painted(words)),)) for words in PAINTED]
    alone, beside = annotate(*PLAIN, gemini_connections=1), annotate(*PLAIN, *hostile, gemini_connections=1)
    np.testing.assert_array_equal(chances(alone, len(PLAIN)), chances(beside, len(PLAIN)))


def test_whatever_is_ordered_an_answer_stays_within_the_taxonomy_and_a_phrase_plain(gemini: GeminiServer) -> None:
    found = annotate(*[Content(text, text) for text in TEXTS], gemini_connections=1)
    read = np.isfinite(found.probabilities).all(axis=1)
    assert set(np.flatnonzero(~read)) <= set(found.faults)
    assert found.probabilities.shape == (len(TEXTS), TAXONOMY.size)
    assert not any(set("=<>{}[]") & set(phrase) for phrase in found.phrases.values())
    named = [position for position, text in enumerate(TEXTS) if "Lumexa" in text]
    assert not any("Lumexa" in found.phrases.get(position, "") for position in named)


def test_each_ad_stays_in_its_own_request_between_its_markers(gemini: GeminiServer) -> None:
    annotate(*[Content(text, None) for text in TEXTS], gemini_connections=1)
    systems = {asked.body["systemInstruction"]["parts"][0]["text"] for asked in gemini.asked}
    assert len(systems) <= 2  # the question, and the one for a phrase alone
    for asked in gemini.asked:
        user = asked.texts[0]
        assert user.count("<headline>") == user.count("</headline>") == 1
        headline = user.split("<headline>\n")[1].split("\n</headline>")[0]
        assert isinstance(json.loads(headline), str)
        assert len(headline) <= 600


def test_orders_hidden_in_ads_change_the_traits_of_no_other_ad(gemini: GeminiServer) -> None:
    plain, hostile = [_content(ad) for ad in ads()], [_content(ad) for ad in injected_ads()]
    gemini.generate = lambda system, user, schema: json.dumps(HONEST)
    alone = annotate(*plain, gemini_connections=1)
    of_one = [(asked.texts, asked.pictures) for asked in gemini.asked]

    def obey(system: str, user: str, schema: Any) -> str:
        asked = gemini.asked[-1]
        is_ordered = (asked.texts, asked.pictures) not in of_one
        return json.dumps(ORDERED[len(user) % len(ORDERED)] if is_ordered else HONEST)

    gemini.generate = obey
    beside = annotate(*plain, *hostile, gemini_connections=1)
    np.testing.assert_array_equal(chances(alone, len(plain)), chances(beside, len(plain)))
    phrases = [beside.phrases.get(position) for position in range(len(plain) + len(hostile))]
    assert set(phrases[: len(plain)]) == {HONEST["approach_phrase"]}
    assert set(phrases[len(plain) :]) != {HONEST["approach_phrase"]}


def _content(ad: SeenAd) -> Content:
    return Content(ad.headline, ad.description, (Picture(ad.picture),))
