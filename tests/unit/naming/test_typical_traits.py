"""Which traits set an approach apart: many guesses of one kind, here and not elsewhere."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from creative_approaches.core.arrays import Floats
from creative_approaches.core.naming.typical_traits import TypicalTrait, typical_traits
from tests.support.taxonomy import SMALL, ads


def typical(**cohort: list[Floats]) -> dict[str, list[TypicalTrait]]:
    return typical_traits({key: np.stack(members) for key, members in cohort.items()}, SMALL)


def values(traits: list[TypicalTrait], *, sure: bool | None = None) -> list[str]:
    return [trait.value.name for trait in traits if sure is None or trait.is_sure == sure]


def test_a_trait_of_one_approach_alone_sets_it_apart_and_is_counted() -> None:
    found = typical(a=[*ads(4, persuasion="testimonial"), *ads(1)], b=[*ads(1, persuasion="testimonial"), *ads(14)])
    (trait,) = (trait for trait in found["a"] if trait.value.name == "testimonial")
    assert (trait.inside, trait.size, trait.outside, trait.others) == (4, 5, 1, 15)
    assert trait.is_sure
    assert "testimonial" not in values(found["b"])


def test_what_all_approaches_do_sets_nobody_apart() -> None:
    found = typical(a=[*ads(5, offer="free_gift")], b=[*ads(15, offer="free_gift")])
    assert found == {"a": [], "b": []}


def test_a_share_that_is_hardly_above_the_siblings_is_weak() -> None:
    found = typical(
        a=[*ads(5, offer="free_gift"), *ads(5)],
        b=[*ads(10, offer="free_gift"), *ads(15)],
    )
    assert "free_gift" not in values(found["a"])


def test_one_ad_of_many_does_not_speak_for_its_approach() -> None:
    found = typical(a=[*ads(1, offer="free_gift"), *ads(5)], b=[*ads(30)])
    assert "free_gift" not in values(found["a"])


def test_many_unsure_guesses_of_one_kind_are_sure_together() -> None:
    """The annotator is never surer than 45%: no single ad is clear."""
    found = typical(a=[*ads(8, 0.45, persuasion="urgency")], b=[*ads(30, 0.45)])
    assert values(found["a"], sure=True)[0] == "urgency"


def test_the_same_share_of_few_ads_is_less_sure_than_of_many() -> None:
    def sides(times: int) -> dict[str, list[TypicalTrait]]:
        return typical(
            a=[*ads(2 * times, offer="free_gift"), *ads(2 * times)], b=[*ads(times, offer="free_gift"), *ads(9 * times)]
        )

    assert "free_gift" not in values(sides(1)["a"], sure=True)
    assert "free_gift" in values(sides(8)["a"], sure=True)


def test_few_ads_are_told_apart_where_nothing_speaks_against_it() -> None:
    found = typical(a=[*ads(2, persuasion="testimonial")], b=[*ads(2, persuasion="discount")])
    assert values(found["a"], sure=True) == ["testimonial"]


def test_why_to_buy_comes_before_how_it_is_told() -> None:
    found = typical(a=[*ads(5, persuasion="testimonial", voice="creator")], b=[*ads(15)])
    assert values(found["a"]) == ["testimonial", "creator"]


def test_an_approach_alone_has_the_traits_that_most_of_its_members_share() -> None:
    found = typical(a=[*ads(3, persuasion="testimonial"), *ads(1, persuasion="discount")])
    assert values(found["a"]) == ["testimonial"]
    fewer = typical(a=[*ads(2, persuasion="testimonial"), *ads(3)])
    assert (values(fewer["a"]), values(fewer["a"], sure=True)) == (["testimonial"], [])
    assert {trait.others for trait in found["a"]} == {0}


def test_nothing_has_no_traits() -> None:
    assert typical_traits({}, SMALL) == {}


@pytest.mark.parametrize("sureness", [0.0, 1.0])
def test_an_annotator_that_never_doubts_or_never_answers_divides_nothing_by_zero(sureness: float) -> None:
    rows = {
        key: np.round(np.stack(ads(4, persuasion=value)) * sureness) for key, value in (("a", "urgency"), ("b", "none"))
    }
    with np.errstate(all="raise"):
        found = typical_traits(rows, SMALL)
    assert values(found["a"], sure=True) == ["urgency"] * int(sureness)


ROWS = st.lists(st.sampled_from(["testimonial", "discount", "urgency", "none"]), min_size=1, max_size=8)


@given(st.lists(ROWS, min_size=2, max_size=4))
def test_the_order_of_members_and_approaches_does_not_matter(groups: list[list[str]]) -> None:
    cohort = {str(i): [ads(1, 0.7, persuasion=value)[0] for value in group] for i, group in enumerate(groups)}
    shuffled = {key: list(reversed(members)) for key, members in reversed(cohort.items())}
    assert typical(**shuffled) == typical(**cohort)
