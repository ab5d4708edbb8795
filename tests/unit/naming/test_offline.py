"""Offline names: what sets an approach apart, in plain words, unique among its siblings."""

import math
import random
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from creative_approaches.core.naming.offline import (
    Evidence,
    Member,
    ScoredTerm,
    distinctive_terms,
    name_approaches,
)

DISCOUNTS = ("Weekend sale on beans", "Sale: this weekend only", "Save on beans all weekend")
QUOTES = ("I love the crema", "I tried every bean, this crema won", "Obsessed with this crema")


def approach(approach_id: str, texts: tuple[str, ...], *tags: str) -> Evidence:
    members = tuple(Member(text, frozenset(tags)) for text in texts)
    return Evidence(approach_id, members, exemplars=texts[:1])


def names_of(*cohort: Evidence, kept: dict[str, str] | None = None) -> dict[str, str]:
    return {key: named.name for key, named in name_approaches(cohort, kept or {}).items()}


def test_scores_follow_the_published_formula() -> None:
    """Log-odds with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008), worked by hand.

    code: 8 of 10 here, 2 of 30 there, so 10 of 40 overall; a prior of 4 counts gives it 1. Log-odds
    log(9 / 5) - log(3 / 31), variance 1 / 9 + 1 / 3.
    """
    scores = distinctive_terms({"a": {"code": 8, "bean": 2}, "b": {"code": 2, "bean": 28}}, prior_strength=4)
    z = (math.log(9 / 5) - math.log(3 / 31)) / math.sqrt(1 / 9 + 1 / 3)
    assert (scores["a"][0].term, scores["a"][0].count) == ("code", 8)
    assert scores["a"][0].z == pytest.approx(z)
    assert (scores["b"][-1].term, scores["b"][-1].count) == ("code", 2)
    assert scores["b"][-1].z == pytest.approx(-z)


def test_a_frequent_term_beats_a_rare_one_with_the_same_exclusiveness() -> None:
    scores = distinctive_terms({"a": {"often": 20, "once": 1}, "b": {"other": 21}})
    assert [term.term for term in scores["a"]] == ["often", "once"]


def test_ties_go_by_term() -> None:
    scores = distinctive_terms({"a": {"b": 2, "a": 2}, "b": {"z": 4}})
    assert [term.term for term in scores["a"]] == ["a", "b"]


def test_a_group_without_others_scores_nothing_and_counts_decide() -> None:
    scores = distinctive_terms({"a": {"rare": 1, "common": 5}})
    assert scores == {"a": [ScoredTerm("common", 0.0, 5), ScoredTerm("rare", 0.0, 1)]}


@pytest.mark.parametrize(("count", "prior"), [(0, 1.0), (-1, 1.0), (1, 0.0)])
def test_impossible_counts_and_priors_are_refused(count: int, prior: float) -> None:
    with pytest.raises(ValueError, match="must be"):
        distinctive_terms({"a": {"term": count}}, prior)


def test_a_name_says_the_approach_first_and_then_its_words() -> None:
    names = names_of(approach("a", DISCOUNTS), approach("b", QUOTES))
    assert names["a"] == "Discount: weekend, beans"
    assert names["b"].startswith("Testimonial")
    assert "crema" in names["b"]


def test_a_description_counts_the_cues_and_shows_the_nearest_text() -> None:
    named = name_approaches([approach("a", DISCOUNTS), approach("b", QUOTES)], {})["a"]
    assert named.description == (
        "Creatives: Discount in 3 of 3; typical words weekend, beans, such as 'Weekend sale on beans'."
    )


@pytest.mark.parametrize(
    ("tag", "label"),
    [
        ("auto:social-proof", "Social proof"),
        ("ugc", "UGC"),
        ("ugc-video", "UGC video"),
        ("studio_shot", "Studio shot"),
    ],
)
def test_a_tag_is_written_for_people(tag: str, label: str) -> None:
    plain = ("Fresh beans", "Roasted beans")
    rest = approach("b", (*plain, "Ground beans"), "auto:language-en")
    assert names_of(approach("a", plain, tag), rest)["a"].split(":")[0] == label


def test_a_language_is_no_approach() -> None:
    """Where a cohort mixes languages, what sets one apart is what its ads do."""
    german = ("Bohnen im Angebot", "Bohnen: jetzt sparen", "Rabatt auf Bohnen")
    names = names_of(approach("a", german, "auto:language-de"), approach("b", QUOTES, "auto:language-en"))
    assert names["a"] == "Discount: bohnen"
    assert names["b"].startswith("Testimonial")


@pytest.mark.parametrize(
    ("texts", "name"),
    [
        (("Ich will Kaffee", "Kaffee, wie wir ihn lieben", "Und noch ein Kaffee"), "Kaffee"),
        (("How we still roast", "How to roast", "Still how we roast"), "Roast"),
        (("Un café pour vous", "Notre café", "C'est du café"), "Café"),
    ],
)
def test_filler_words_of_no_language_name_an_approach(texts: tuple[str, ...], name: str) -> None:
    assert names_of(approach("a", texts), approach("b", DISCOUNTS))["a"].split(": ")[-1].capitalize() == name


def test_an_acronym_stays_one() -> None:
    texts = ("Beans with SPF and AI", "SPF beans by AI", "AI and SPF for beans")
    name = names_of(approach("a", texts), approach("b", DISCOUNTS))["a"]
    assert "AI" in name
    assert "SPF" in name


def test_a_loud_voice_is_no_acronym() -> None:
    texts = ("BEAN CLUB", "OUR BEAN CLUB", "BEAN CLUB FOR ALL")
    assert names_of(approach("a", texts), approach("b", DISCOUNTS))["a"] == "Bean, club"


def test_an_acronym_in_the_second_place_stays_one() -> None:
    cohort = approach("a", ("One", "Two"), "ugc", "studio"), approach("b", DISCOUNTS)
    assert names_of(*cohort)["a"].startswith("Studio and UGC")


@pytest.mark.parametrize(
    ("texts", "tags"),
    [
        (("Our founder roasts", "Why our founder roasts", "The founder of beans"), ("founder",)),
        (("Last sale", "Sale of beans", "Sale on cups"), ("sale", "discounts")),
        (("I love the crema", "I tried it", "Obsessed with it"), ("testimonials", "ugc")),
    ],
)
def test_an_idea_stands_in_a_name_once(texts: tuple[str, ...], tags: tuple[str, ...]) -> None:
    """Founder is not told again as a founder story, nor a sale as a discount."""
    name = names_of(approach("a", texts, *tags), approach("b", ("Green tea", "Black tea", "White tea")))["a"].lower()
    said = [idea for idea in ("founder", "sale", "discount", "testimonial", "ugc") if idea in name]
    assert len(said) == 1
    assert name.count(said[0]) == 1


def test_a_quoted_ad_keeps_its_figures() -> None:
    texts = ("$3.49 coffee, 20% off", "Coffee at $3.49", "Coffee for $3.49 only")
    named = name_approaches([approach("a", texts), approach("b", QUOTES)], {})["a"]
    assert "such as '$3.49 coffee, 20% off'" in named.description


def test_a_tag_and_a_concept_of_one_meaning_are_one_cue() -> None:
    named = name_approaches([approach("a", DISCOUNTS, "auto:discount"), approach("b", QUOTES)], {})["a"]
    assert "Discount in 3 of 3" in named.description
    assert named.name.lower().count("discount") == 1


def test_a_cue_that_the_whole_cohort_has_names_nobody() -> None:
    """Both are discounts; only the second also offers a gift."""
    gifts = ("Sale on gifts", "Gifts: save now", "Discount on every gift")
    names = names_of(approach("a", DISCOUNTS), approach("b", gifts))
    assert names["b"].startswith("Gift")


def test_two_equally_telling_cues_share_the_name() -> None:
    texts = ("Sale ends tonight", "Last chance to save", "Hurry: discount code")
    assert names_of(approach("a", texts), approach("b", QUOTES))["a"].startswith("Discount and urgency")


def test_a_rare_cue_does_not_name_an_approach() -> None:
    """One guarantee among five testimonials is exclusive, but not what the approach is."""
    texts = (*QUOTES, "I love this grinder", "I love it: money back")
    assert "uarantee" not in names_of(approach("a", texts), approach("b", DISCOUNTS))["a"]


def test_wording_of_any_ad_names_an_approach_only_if_nothing_else_does() -> None:
    texts = ("Beans 2 Sale", "Grinders 3 Sale", "Cups 4 Sale")
    assert names_of(approach("a", texts), approach("b", ("Beans", "Cups")))["a"].startswith("Discount")
    texts = ("Beans 2", "Grinders 3", "Cups 4")
    assert names_of(approach("a", texts), approach("b", ("Beans", "Cups")))["a"].startswith("Numbers")


def test_an_approach_alone_is_named_by_what_is_most_frequent() -> None:
    assert names_of(approach("a", DISCOUNTS)) == {"a": "Discount: weekend, beans"}


def test_siblings_with_the_same_cue_differ_by_their_words() -> None:
    teas = ("Sale on green tea", "Save on green tea", "Green tea deals")
    names = names_of(approach("a", DISCOUNTS), approach("b", teas), approach("c", QUOTES))
    assert names["a"].startswith("Discount")
    assert names["b"].startswith("Discount")
    assert names["a"] != names["b"]
    assert "green" in names["b"]


def test_identical_siblings_get_further_words_and_at_last_a_number() -> None:
    """Never the word of the cue again."""
    same = ("Sale of beans", "Sale of beans")
    names = names_of(*(approach(key, same) for key in "abc"))
    assert names == {"a": "Discount", "b": "Discount: beans", "c": "Discount 2"}


def test_a_kept_name_is_not_given_again_nor_changed() -> None:
    cohort = approach("a", DISCOUNTS), approach("b", QUOTES)
    free = names_of(*cohort)
    kept = {"b": "Chosen by hand", "gone": free["a"].upper()}
    names = names_of(*cohort, kept=kept)
    assert set(names) == {"a"}
    assert names["a"].casefold() != free["a"].casefold()


@pytest.mark.parametrize(
    ("texts", "word"),
    [
        (("Скидки на все кофе", "Кофе дешевле, скидки"), "кофе"),
        (("コーヒー豆が割引", "割引のコーヒー豆"), "コーヒー"),
        (("कॉफ़ी पर छूट", "नई कॉफ़ी"), "कॉफ़ी"),
        (("خصم على القهوة", "القهوة اليوم"), "القهوة"),
        (("Rebajas de café", "Oferta: café"), "café"),
    ],
)
def test_words_of_every_script_are_readable(texts: tuple[str, ...], word: str) -> None:
    name = names_of(approach("a", texts), approach("b", QUOTES))["a"]
    assert unicodedata.normalize("NFKC", word) in name


def test_texts_without_words_still_get_a_name() -> None:
    silent = ("...", "...")
    assert names_of(approach("a", silent), approach("b", silent)) == {
        "a": "Unnamed approach",
        "b": "Unnamed approach 2",
    }


COHORTS = st.lists(
    st.lists(
        st.builds(
            Member,
            st.one_of(st.text(max_size=40), st.sampled_from(DISCOUNTS + QUOTES)),
            st.frozensets(st.one_of(st.text(max_size=8), st.sampled_from(["auto:discount", "ugc"])), max_size=3),
        ),
        min_size=1,
        max_size=4,
    ),
    min_size=1,
    max_size=5,
)


@settings(max_examples=150, deadline=None)
@given(COHORTS, st.randoms(use_true_random=False))
def test_names_are_plain_short_unique_and_independent_of_order(groups: list[list[Member]], rng: random.Random) -> None:
    cohort = [
        Evidence(f"id{number}", tuple(members), tuple(member.text for member in members))
        for number, members in enumerate(groups)
    ]
    named = name_approaches(cohort, {})
    assert len({one.name.casefold() for one in named.values()}) == len(cohort)
    for one in named.values():
        assert 0 < len(one.name) <= 60
        assert len(one.description) <= 200
        assert one.name[0].isalnum()
        for character in one.name:
            kind = unicodedata.category(character)
            assert kind[0] in "LM" or kind == "Nd" or character in " ,:&'-"
        assert not any(unicodedata.category(character)[0] == "C" for character in one.description)

    shuffled = [Evidence(e.approach_id, tuple(rng.sample(e.members, len(e.members))), e.exemplars) for e in cohort]
    rng.shuffle(shuffled)
    assert name_approaches(shuffled, {}) == named


def test_nothing_to_name_gives_no_names() -> None:
    assert name_approaches([], {"gone": "Old name"}) == {}
    assert name_approaches([approach("a", DISCOUNTS)], {"a": "Kept"}) == {}


def test_an_approach_without_members_is_refused() -> None:
    with pytest.raises(ValueError, match="approach a has no members"):
        name_approaches([Evidence("a", ())], {})


def test_an_approach_listed_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="approach a is listed twice"):
        name_approaches([approach("a", DISCOUNTS), approach("a", QUOTES)], {})
