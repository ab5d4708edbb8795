"""Which approaches need a name, and which keep theirs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from creative_approaches.core.naming.approach_name import ApproachName, GivenName
from creative_approaches.core.naming.offline import Member
from creative_approaches.core.naming.prompt import NameAsk
from creative_approaches.core.naming.walk import CohortNames, NamingRules, PeriodMembers, StoredName
from tests.support.taxonomy import SMALL, read_as

WEEKS = [date(2026, 1, 5) + timedelta(weeks=week) for week in range(4)]
RULES = NamingRules("model", "1 English", exemplars=8, rename_overlap=0.5)
DISCOUNT, QUOTE = "Sale: save on beans this weekend", "I love the crema of these beans"
TEXTS = {
    f"{kind}{number}": Member(f"{text} {number}")
    for kind, text in (("d", DISCOUNT), ("q", QUOTE))
    for number in range(9)
}
Weeks = Sequence[Mapping[str, str]]  # by week: approach -> its members, as "d0 d1"


def walk(
    weeks: Weeks,
    known: Iterable[StoredName] = (),
    given: Mapping[str, str] | None = None,
    rules: NamingRules = RULES,
    texts: Mapping[str, Member] = TEXTS,
) -> CohortNames:
    periods = [
        PeriodMembers(
            start,
            {key: members.split() for key, members in week.items()},
            {key: frozenset(members.split()) for key, members in week.items()},
        )
        for start, week in zip(WEEKS, weeks, strict=False)
    ]
    return CohortNames("c", periods, texts, known, given or {}, rules, SMALL)


def called(name: str, fallback_reason: str | None = None) -> GivenName:
    return GivenName(ApproachName(name, "They do."), fallback_reason)


def finish(walk: CohortNames, *names: str) -> list[StoredName]:
    """Answer with these names, in the order of what is asked; returns what is stored."""
    left, made = list(names), []
    while walk.due:
        made += walk.take({ask.evidence.approach_id: called(left.pop(0)) for ask in walk.due})
    assert not left
    return made


def due(walk: CohortNames) -> list[str]:
    return [ask.evidence.approach_id for ask in walk.due]


def names(walk: CohortNames) -> list[tuple[str, int, str]]:
    return [(one.approach_id, WEEKS.index(one.from_period_start), one.name) for one in walk.names]


def read(**traits: str) -> dict[str, Member]:
    """All discounts are read as having these traits, all quotes as testimonials."""
    discount, quote = read_as(0.9, **traits), read_as(persuasion="testimonial")
    return {key: replace(member, traits=discount if key[0] == "d" else quote) for key, member in TEXTS.items()}


TWO: Weeks = [{"a": "d0 d1 d2", "b": "q0 q1 q2"}]


def test_an_approach_is_named_where_it_is_new_and_again_where_its_members_changed() -> None:
    weeks: Weeks = [{"a": "d0 d1 d2 d3"}, {"a": "d1 d2 d3 d4"}, {"a": "d3 d4 d5 d6"}]
    one = walk(weeks)
    finish(one, "First", "Later")
    assert names(one) == [("a", 0, "First"), ("a", 2, "Later")]


def test_what_is_stored_is_not_asked_for_again() -> None:
    stored = finish(walk(TWO), "First", "Second")
    again = walk(TWO, stored)
    assert again.due == []
    assert again.names == stored


@pytest.mark.parametrize(("members", "is_due"), [("d0 d1 d2 d3", False), ("d0 d5 d6 d7", True)])
def test_a_stored_name_stays_while_enough_of_its_members_are_left(members: str, is_due: bool) -> None:
    stored = finish(walk(TWO), "First", "Second")
    again = walk([{**TWO[0], "a": members}], stored)
    assert due(again) == ["a"] * is_due
    assert stored[1] in again.names
    assert (stored[0] in again.names) is not is_due


@pytest.mark.parametrize("rules", [replace(RULES, model="other"), replace(RULES, prompt_version="1 German")])
def test_another_namer_names_anew(rules: NamingRules) -> None:
    assert due(walk(TWO, finish(walk(TWO), "First", "Second"), rules=rules)) == ["a", "b"]


def test_a_name_stays_where_a_member_is_gone_from_the_data() -> None:
    stored = finish(walk(TWO), "First", "Second")
    gone = {key: member for key, member in TEXTS.items() if key != "d0"}
    assert due(walk(TWO, stored, rules=replace(RULES, model="other"), texts=gone)) == ["b"]


def test_what_is_asked_does_not_depend_on_what_an_interrupted_run_had_done() -> None:
    weeks: Weeks = [
        {"a": "d0 d1", "b": "q0 q1", "c": "d2 q2"},
        {"a": "d0 d1", "d": "q3 q4", "e": "d3 d4"},
        {"a": "d7 d8", "b": "q7 q8"},
    ]

    def asked(one: CohortNames, stop_after: int) -> tuple[list[NameAsk], list[StoredName]]:
        asks: list[NameAsk] = []
        stored: list[StoredName] = []
        while one.due and len(asks) < stop_after:
            asks.append(one.due[0])
            # Every name is the same, so that siblings must be told apart.
            stored += one.take({one.due[0].evidence.approach_id: called("Same")})
        return asks, stored

    undisturbed = walk(weeks)
    all_asks, all_stored = asked(undisturbed, 99)
    assert len(all_asks) == 7
    assert len(set({one.approach_id: one.name for one in all_stored}.values())) == 5
    for number in range(8):
        before, stored = asked(walk(weeks), number)
        resumed = walk(weeks, stored)
        after, _ = asked(resumed, 99)
        assert before + after == all_asks
        assert resumed.names == undisturbed.names


def test_siblings_are_kept_names_offline_titles_and_given_names() -> None:
    one = walk([TWO[0], {**TWO[0], "c": "d5 d6", "d": "q5 q6"}], given={"d": "By hand", "elsewhere": "Not here"})
    finish_first = {"a": called("First"), "b": called("Second")}
    one.take(finish_first)
    (c, d) = one.due
    assert set(c.siblings) == {"First", "Second", "By hand"}
    assert set(d.siblings) == {"First", "Second", c.title.name}


def test_names_are_unique_by_the_words_that_set_apart_and_at_last_by_a_numeral() -> None:
    one = walk([{"a": "d0 d1 d2", "b": "q0 q1 q2", "c": "x"}], texts={**TEXTS, "x": Member("...")})
    finish(one, "Same", "SAME", "Same")
    (_, _, first), (_, _, second), (_, _, third) = names(one)
    assert first == "Same"
    assert second.startswith("SAME: ")
    assert third == "Same 2"


def test_a_stored_name_is_not_taken_by_a_new_one() -> None:
    """Neither one of the same period, though of a lower id, nor one of an earlier period."""
    stored = finish(walk(TWO), "First", "Second")
    again = walk([{**TWO[0], "a": "d5 d6 d7"}], stored)
    finish(again, "Second")
    assert ("b", 0, "Second") in names(again)
    assert len({name for _, _, name in names(again)}) == 2

    later = finish(walk([{"a": "d0 d1"}, {"a": "d0 d1", "b": "q0 q1"}]), "First", "Second")
    again = walk([{"a": "d5 d6"}, {"a": "d5 d6", "b": "q0 q1"}], later)
    finish(again, "Second")
    assert ("b", 1, "Second") in names(again)
    assert len({name for _, _, name in names(again)}) == 2


def test_a_name_that_a_person_gives_another_approach_is_given_up_without_asking() -> None:
    stored = finish(walk(TWO), "First", "Second")
    again = walk(TWO, stored, given={"a": "second"})
    assert again.due == []
    (_, _, first), (_, _, second) = names(again)
    assert first == "First"
    assert second.startswith("Second: ")


@pytest.mark.parametrize(
    ("reason", "texts_changed", "is_due"),
    [("blocked: SAFETY", False, False), ("quoted", False, False), ("quoted", True, True), ("no_answer", False, True)],
)
def test_a_name_that_stands_in_is_paid_for_again_only_with_other_texts_or_if_no_answer_came(
    reason: str, texts_changed: bool, is_due: bool
) -> None:
    one = walk(TWO)
    stored = one.take({"a": called("Title", reason), "b": called("Second")})
    texts = {**TEXTS, "d0": Member("Another text")} if texts_changed else TEXTS
    assert due(walk(TWO, stored, texts=texts)) == ["a"] * is_due


def test_an_approach_is_titled_by_traits_where_its_ads_were_read_for_them_and_by_words_elsewhere() -> None:
    texts = read(persuasion="discount", urgency="deadline")
    titles = {ask.evidence.approach_id: ask.title.name for ask in walk(TWO, texts=texts).due}
    assert titles == {"a": "Low price with a deadline", "b": "Testimonial"}
    unread = {key: replace(member, traits=None) if key[0] == "d" else member for key, member in texts.items()}
    titles = {ask.evidence.approach_id: ask.title.name for ask in walk(TWO, texts=unread).due}
    assert titles["a"].startswith("Discount")


def test_a_namer_is_shown_the_traits_and_they_are_stored_with_the_name() -> None:
    one = walk(TWO, texts=read(persuasion="discount", urgency="deadline"))
    assert [trait.value.name for trait in one.due[0].traits] == ["discount", "deadline"]
    stored = finish(one, "First", "Second")
    assert [name.traits for name in stored] == [
        ("persuasion:discount", "urgency:deadline"),
        ("persuasion:testimonial",),
    ]


def test_no_trait_that_holds_an_approach_together_is_another_thing_than_no_reading() -> None:
    urgent = dict.fromkeys(("d0", "d3", "d4"), read_as(persuasion="urgency"))
    mixed = {key: replace(member, traits=urgent.get(key, read_as())) for key, member in TEXTS.items()}
    one: Weeks = [{"a": "d0 d1 d2", "b": "d3 d4 d5 d6 d7 d8"}]
    assert [name.traits for name in finish(walk(one, texts=mixed), "First", "Second")] == [(), ()]
    assert [name.traits for name in finish(walk(one), "First", "Second")] == [None, None]


def test_other_traits_are_no_reason_to_rename() -> None:
    stored = finish(walk(TWO, texts=read(persuasion="discount")), "First", "Second")
    assert due(walk(TWO, stored, texts=read(persuasion="urgency"))) == []
