"""Offline embeddings: ads that do the same come close, whatever they sell."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.cluster import AgglomerativeClustering
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import adjusted_rand_score

from creative_approaches.core.embedding.ad_concepts import CONCEPTS, find_concepts
from creative_approaches.core.embedding.ad_phrases import PHRASES
from creative_approaches.core.embedding.offline import MODEL, embed_texts
from creative_approaches.core.ids import content_hash
from creative_approaches.core.words import ANY_STOP_WORD
from creative_approaches.wording.cues import CUES

TEXTS = st.text(min_size=1, max_size=60).filter(lambda text: text.strip() != "")

# Written for this test, without a look at any campaign: six approaches for the same four products.
PRODUCTS = ("coffee", "running shoes", "face serum", "desk lamp")
APPROACHES = {
    "discount": (
        "Get 30% off all coffee",
        "Save $40 on running shoes",
        "Half price serum sale",
        "Lamps reduced: up to 50% off",
    ),
    "testimonial": (
        "“Never had better coffee at home” - Maria",
        "“These shoes saved my knees”, says Tom",
        "I was skeptical about this serum, now I use it daily",
        "“I love working late under this light” - Sam R.",
    ),
    "how to": (
        "How to brew better coffee in 3 steps",
        "5 tips for choosing running shoes",
        "Your step by step guide to applying serum",
        "How to light your desk like a pro",
    ),
    "founder": (
        "Two brothers started roasting coffee in a garage",
        "Why I built a better running shoe",
        "A chemist quit her job to make this serum: our story",
        "Our founder could not find a lamp, so we made one",
    ),
    "sustainability": (
        "Compostable pods, kinder to the planet",
        "Shoes made from recycled ocean plastic",
        "Refillable bottles, zero waste skincare",
        "Built to be repaired, not for landfill",
    ),
    "problem": (
        "Tired of bitter coffee?",
        "Sore feet after every run? No more pain",
        "Fed up with dull skin?",
        "Headaches after work? Your lamp may be the problem",
    ),
}


def concepts_of(text: str) -> set[str]:
    return {CONCEPTS[index].key for index in find_concepts(text)}


def similarity(left: str, right: str) -> float:
    vectors = embed_texts([left, right], 512)
    return float(vectors[0] @ vectors[1])


def agreement_of_ward(vectors: np.ndarray, labels: list[str]) -> float:
    clusters = AgglomerativeClustering(len(set(labels)), linkage="ward").fit_predict(vectors)
    return float(adjusted_rand_score(labels, clusters))


def test_ads_group_by_approach_and_not_by_product() -> None:
    """The same texts group by product under TF-IDF, which is what the concepts are for."""
    texts, approaches, products = [], [], []
    for approach, variants in APPROACHES.items():
        for product, text in zip(PRODUCTS, variants, strict=True):
            texts.append(f"{text} | {product}, {product} for you, best {product} | image | feed")
            approaches.append(approach)
            products.append(product)
    vectors = embed_texts(texts, 512)
    assert agreement_of_ward(vectors, approaches) > 0.7
    assert agreement_of_ward(vectors, products) < 0.2
    words = TfidfVectorizer().fit_transform(texts).toarray()
    assert agreement_of_ward(words, products) > 0.7


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("Jetzt 20 % Rabatt sichern", "discount"),
        ("Rebajas: hasta 50%", "discount"),
        ("Скидки на всё", "discount"),
        ("今だけ割引", "discount"),
        ("خصم على كل شيء", "discount"),
        ("Nur heute", "urgency"),
        ("Dernière chance", "urgency"),
        ("本日限り", "urgency"),
        ("Only 3 seats left", "urgency"),
        ("Ab €9", "price"),
        ("Trusted by 8,000 teams", "social_proof"),
        ("★★★★★", "reviews"),
        ("Probier es 14 Tage, gratis testen", "trial"),
        ("お試し", "trial"),
        ("4000 mAh", "specs"),
        ("Why wait\uff1f", "question"),
        ("12 000 клиентов", "social_proof"),
        ("Versandkostenfrei ab heute", "shipping"),
        ("MOTHER\u2019S DAY", "gift"),
        ("ٱلآن ٢٠٪ off", "discount"),
    ],
)
def test_a_cue_is_found_in_many_languages(text: str, concept: str) -> None:
    assert concept in concepts_of(text)


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("Made from 100% cotton", "discount"),
        ("15% vitamin C", "discount"),
        ("Delivered to your doorstep", "shipping"),
        ("Wholesalers welcome", "discount"),
        ("Over 200 colours", "price"),
        ("The scheduler", "how_to"),
        ("The budget planner", "price"),
    ],
)
def test_words_that_only_look_like_a_cue_are_none(text: str, concept: str) -> None:
    assert concept not in concepts_of(text)


def test_every_phrase_belongs_to_a_concept_and_finds_it() -> None:
    keys = {concept.key for concept in CONCEPTS}
    assert set(PHRASES) <= keys
    missed = [
        (key, phrase)
        for key, phrases in PHRASES.items()
        for phrase in phrases
        if key not in concepts_of(f"… {phrase.rstrip('*')} …")
    ]
    assert missed == []


def test_where_an_ad_runs_is_no_approach() -> None:
    """Placement "stories" is not a story, format "text" not a word of the copy."""
    assert similarity("Fresh coffee | image | stories", "Fresh coffee | video | feed") > 0.97


def test_a_tag_says_as_much_as_the_copy() -> None:
    plain, tagged, meant = "Fresh beans", "Fresh beans | testimonial, ugc", "I love these beans"
    assert similarity(tagged, meant) > similarity(plain, meant) + 0.3


def test_repeating_a_cue_does_not_drown_the_rest() -> None:
    once, often = "Sale on beans. Loved by baristas", "Sale sale sale sale sale on beans. Loved by baristas"
    assert similarity(once, often) > 0.9


def test_inflected_words_come_close() -> None:
    assert similarity("walking dogs", "walked dog") > 0.9


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=6), st.sampled_from([64, 200]))
def test_rows_are_unit_vectors_of_their_own_text_alone(texts: list[str], dimensions: int) -> None:
    vectors = embed_texts(texts, dimensions)
    assert vectors.dtype == np.float64
    assert vectors.shape == (len(texts), dimensions)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, rtol=1e-12)
    for text, vector in zip(texts, vectors, strict=True):
        np.testing.assert_array_equal(embed_texts([text], dimensions)[0], vector)


@pytest.mark.parametrize(
    ("left", "right"),
    [("🔥🔥🔥", "🚲"), ("!!!", "..."), ("日本酒の香り", "山の朝食"), ("नमस्ते", "กาแฟสด"), ("the", "and")],
)
def test_texts_without_a_known_word_still_differ(left: str, right: str) -> None:
    assert similarity(left, left) == pytest.approx(1.0)
    assert similarity(left, right) < 0.9


def test_case_accents_and_width_do_not_matter() -> None:
    np.testing.assert_array_equal(embed_texts(["CAFÉ  ÉTÉ"], 64), embed_texts(["cafe\u0301 \uff45te\u0301"], 64))


def test_a_changed_lexicon_or_weight_needs_a_new_model_name() -> None:
    """Vectors are cached by model name. If this fails, give MODEL a new version and record both anew."""
    sample = embed_texts([text for variants in APPROACHES.values() for text in variants], 128)
    vectors = content_hash(*(f"{value:.9f}" for value in (sample + 0.0).ravel()))
    cues = {concept.cue: CUES[concept.cue].pattern for concept in CONCEPTS if concept.cue}
    lexicon = content_hash(repr(CONCEPTS), repr(sorted(PHRASES.items())), repr(cues), repr(sorted(ANY_STOP_WORD)))
    assert (MODEL, lexicon[:12], vectors[:12]) == ("offline-lexical-v2", "757727b579f8", "2e84f0652e38")


def test_no_texts_give_no_rows() -> None:
    assert embed_texts([], 64).shape == (0, 64)


@pytest.mark.parametrize("text", ["", "  ", "\n\t", "\u3000"])
def test_an_empty_text_is_refused_by_its_index(text: str) -> None:
    with pytest.raises(ValueError, match="text 1 is empty"):
        embed_texts(["coffee", text], 64)


def test_too_few_dimensions_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 64, not 63"):
        embed_texts(["coffee"], 63)
