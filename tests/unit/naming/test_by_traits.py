"""Names by traits: two traits of different ideas, told apart from siblings, and words where no trait is sure."""

from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from creative_approaches.core.arrays import Floats
from creative_approaches.core.naming.approach_name import ApproachName
from creative_approaches.core.naming.by_traits import name_by_traits, traits_of
from creative_approaches.core.naming.offline import Evidence, Member
from tests.support.taxonomy import SMALL, ads


def approach(approach_id: str, *members: Floats, text: str = "Beans") -> Evidence:
    return Evidence(approach_id, tuple(Member(text, traits=member) for member in members), (text,))


REST = approach("rest", *ads(20))


def named(
    *cohort: Evidence, kept: Mapping[str, str] | None = None, terms: Mapping[str, list[str]] | None = None
) -> dict[str, ApproachName]:
    terms = {evidence.approach_id: [] for evidence in cohort} | dict(terms or {})
    return name_by_traits(cohort, traits_of(cohort, SMALL), terms, kept or {})


def name_of(*members: Floats) -> str:
    return named(approach("a", *members), REST)["a"].name


def test_a_name_is_the_label_of_one_trait_and_the_phrase_of_another() -> None:
    assert name_of(*ads(5, persuasion="discount", urgency="deadline")) == "Low price with a deadline"


def test_a_name_never_has_one_idea_twice() -> None:
    """The voice of a customer is what a testimonial is."""
    assert name_of(*ads(5, persuasion="testimonial", voice="customer")) == "Testimonial"
    assert name_of(*ads(5, persuasion="urgency", urgency="deadline", voice="creator")) == "Urgency in a creator's voice"


def test_what_persuades_stands_before_how_it_is_told() -> None:
    members = [*ads(3, persuasion="discount", voice="creator"), *ads(2, voice="creator")]
    assert name_of(*members) == "Low price in a creator's voice"


def test_what_nearly_all_do_stands_before_what_some_do() -> None:
    members = [*ads(6, persuasion="discount", voice="creator"), *ads(9, voice="creator")]
    rest = approach("b", *ads(12, persuasion="discount"), *ads(188))
    assert named(approach("a", *members), rest)["a"].name == "UGC voice with a low price"


def test_a_feeling_that_some_ads_may_have_is_not_in_the_name() -> None:
    some = [*ads(3, persuasion="discount", emotion="joy"), *ads(6, persuasion="discount")]
    rest = approach("b", *ads(2, emotion="joy"), *ads(40))
    assert named(approach("a", *some), rest)["a"].name == "Low price"
    assert name_of(*ads(5, persuasion="discount", emotion="joy")) == "Low price in a joyful tone"


def test_an_approach_that_only_does_without_is_named_by_none_of_it() -> None:
    siblings = [approach("b", *ads(8, offer="percent_off")), approach("c", *ads(8, offer="free_gift"))]
    assert named(approach("a", *ads(5)), *siblings)["a"].name == "Mixed, no common approach"


def test_an_approach_that_no_trait_holds_together_says_so() -> None:
    mixed = [*ads(1, persuasion="testimonial"), *ads(1, persuasion="urgency"), *ads(3)]
    one = named(approach("a", *mixed), REST)["a"]
    assert one.name == "Mixed, no common approach"
    assert one.description == "No trait is more frequent here than in the others; such as 'Beans'."
    assert one.distinction is None


def test_a_trait_that_is_not_sure_only_shades_what_is_mixed() -> None:
    some = [*ads(3, persuasion="testimonial"), *ads(6)]
    rest = approach("b", *ads(2, persuasion="testimonial"), *ads(40))
    assert named(approach("a", *some), rest)["a"].name == "Mixed, some testimonial"


def test_a_description_has_figures_of_the_approach_and_of_the_others() -> None:
    members = [*ads(4, persuasion="testimonial", offer="free_gift"), *ads(1)]
    one = named(approach("a", *members, text="I love these beans more than my bed"), REST)["a"]
    assert one.description == (
        "Testimonial in 4 of 5 creatives, against 0 of 20 others; gift in 4 of 5 creatives, against 0 of 20 others; "
        "such as 'I love these beans more than my bed'."
    )
    assert one.distinction == "More than its siblings: testimonial; gift."


def test_acronyms_stay_within_a_sentence() -> None:
    one = named(approach("a", *ads(5, voice="creator")), REST)["a"]
    assert one.distinction == "More than its siblings: UGC voice."


def test_siblings_of_the_same_traits_are_told_apart_by_other_traits_and_then_by_words() -> None:
    cohort = [
        approach(key, *ads(6, persuasion="discount", urgency="deadline", voice="creator"))
        for key in ("a", "b", "c", "d", "e")
    ]
    names = named(*cohort, approach("rest", *ads(60)), terms={key: ["crema"] for key in "abcde"})
    assert [names[key].name for key in "abcde"] == [
        "Low price with a deadline",
        "Low price in a creator's voice",
        "Low price",
        "Deadline in a creator's voice",
        "Deadline",
    ]


def test_a_kept_name_is_not_given_again_nor_changed() -> None:
    cohort = [approach("a", *ads(5, persuasion="discount", urgency="deadline")), REST]
    names = named(*cohort, kept={"gone": "LOW PRICE with a deadline", "rest": "Ours"})
    assert {key: one.name for key, one in names.items()} == {"a": "Low price"}


def test_the_last_resort_of_equal_siblings_is_a_word_and_then_a_number() -> None:
    cohort = [approach(key, *ads(5, persuasion="testimonial")) for key in "abc"]
    names = named(*cohort, REST, terms={"b": ["crema"]})
    assert [names[key].name for key in "abc"] == ["Testimonial", "Testimonial: crema", "Testimonial 2"]


def test_an_approach_whose_members_were_hardly_read_has_no_traits() -> None:
    unread = Member("Beans")
    read = Member("Beans", traits=ads(1, persuasion="discount")[0])
    half = Evidence("half", (read, unread))
    hardly = Evidence("hardly", (read, unread, unread))
    assert set(traits_of([half, hardly, Evidence("none", (unread,))], SMALL)) == {"half"}
    assert set(named(half, hardly)) == {"half"}


GROUPS = st.lists(
    st.lists(
        st.fixed_dictionaries(
            {
                "persuasion": st.sampled_from(["testimonial", "discount", "urgency", "none"]),
                "offer": st.sampled_from(["none", "percent_off", "free_gift"]),
                "urgency": st.sampled_from(["none", "deadline"]),
            }
        ),
        min_size=1,
        max_size=6,
    ),
    min_size=1,
    max_size=5,
)


@settings(deadline=None)
@given(GROUPS)
def test_names_are_unique_short_and_independent_of_order(groups: list[list[dict[str, str]]]) -> None:
    cohort = [
        approach(str(number), *(ads(1, 0.8, **traits)[0] for traits in group)) for number, group in enumerate(groups)
    ]
    names = named(*cohort)
    assert set(names) == {evidence.approach_id for evidence in cohort}
    assert len({one.name.casefold() for one in names.values()}) == len(cohort)
    assert all(0 < len(one.name) <= 60 and len(one.description) <= 200 for one in names.values())
    assert named(*reversed(cohort)) == names
