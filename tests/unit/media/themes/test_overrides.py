"""What people put together and set apart."""

from collections.abc import Sequence

import numpy as np

from creative_approaches.core.media.themes.grouping import Joins, Themes, compared_by, group
from creative_approaches.core.media.themes.overrides import put_together, set_apart
from tests.unit.media.themes.test_grouping import grouped, joins_of

Decided = Sequence[tuple[int, int]]


def together(themes: Themes, pairs: Decided) -> Themes:
    return put_together(themes, *np.array(pairs, np.int64).reshape(-1, 2).T)


def apart(joins: Joins, pairs: Decided, copies_of: Sequence[int] | None = None, linked: Decided = ()) -> Themes:
    compared = compared_by(joins, np.arange(joins.count) if copies_of is None else np.array(copies_of))
    themes = together(group(joins, compared), linked)
    return set_apart(themes, joins, compared, *np.array(pairs, np.int64).reshape(-1, 2).T)


def test_themes_put_together_are_one_with_all_their_members() -> None:
    """1 and 3 are members of the themes that 0 and 2 lead; a chain of corrections brings 4 along."""
    themes = together(grouped(joins_of(6, [(0, 1), (2, 3)])), [(3, 1), (4, 3)])
    assert themes.leader.tolist() == [0, 0, 0, 0, 0, 5]
    assert themes.is_forced.tolist() == [False, False, True, True, True, False]
    assert themes.joined.tolist() == [0, 0, 2, 2, 4, 5]


def test_a_chain_of_corrections_may_be_of_any_length() -> None:
    themes = together(grouped(joins_of(100, [])), [(number, number + 1) for number in range(99)])
    assert set(themes.leader.tolist()) == {0}


def test_without_corrections_nothing_changes() -> None:
    joins = joins_of(4, [(0, 1), (2, 3)])
    themes = grouped(joins)
    assert apart(joins, []).leader.tolist() == together(themes, []).leader.tolist() == themes.leader.tolist()


def test_who_is_set_apart_leaves_with_those_that_are_nearer_to_it() -> None:
    """0 leads 1, 2, 3 and stays, whichever of the two it is. 2 is surer of 1 than of 0, 3 is not."""
    joins = joins_of(5, [(0, 1, 0.8), (0, 2, 0.7), (0, 3, 0.9), (0, 4, 0.9), (1, 2, 0.9), (1, 3, 0.8)])
    for pair in ((0, 1), (1, 0)):
        themes = apart(joins, [pair])
        assert themes.leader.tolist() == [0, 1, 1, 0, 0]
        assert themes.joined.tolist() == [0, 1, 1, 0, 0]


def test_of_two_members_the_first_leaves() -> None:
    joins = joins_of(4, [(0, 1), (0, 2), (0, 3)])
    assert apart(joins, [(2, 1)]).leader.tolist() == [0, 0, 2, 0]


def test_what_it_is_set_apart_from_does_not_follow() -> None:
    joins = joins_of(4, [(0, 1, 0.8), (0, 2, 0.7), (0, 3, 0.8), (1, 2, 0.9)])
    assert apart(joins, [(1, 2)]).leader.tolist() == [0, 1, 0, 0]


def test_copies_go_where_their_picture_goes() -> None:
    """3 is a copy of 1, and 4 one of the leader 0."""
    joins = joins_of(5, [(0, 1), (0, 2)], one_way=[(3, 1), (4, 0)])
    copies_of = [0, 1, 2, 1, 0]
    themes = apart(joins, [(1, 0)], copies_of)
    assert themes.leader.tolist() == [0, 1, 0, 1, 0]
    assert themes.joined.tolist() == [0, 1, 0, 1, 0]
    # Whichever copy is named: 1 leaves with 3, and 2 leaves the copy of the leader.
    assert apart(joins, [(3, 2)], copies_of).leader.tolist() == [0, 3, 0, 3, 0]
    assert apart(joins, [(4, 2)], copies_of).leader.tolist() == [0, 0, 2, 0, 0]


def test_a_copy_that_is_set_apart_from_its_picture_stays_alone() -> None:
    joins = joins_of(4, [(0, 1), (0, 2)], one_way=[(3, 1)])
    themes = apart(joins, [(1, 3)], copies_of=[0, 1, 2, 1])
    assert themes.leader.tolist() == [0, 1, 0, 0]
    assert themes.joined.tolist() == [0, 1, 0, 0]


def test_what_is_in_two_themes_is_apart_already() -> None:
    joins = joins_of(4, [(0, 1), (2, 3)])
    assert apart(joins, [(1, 3)]).leader.tolist() == [0, 0, 2, 2]


def test_what_was_put_together_can_be_set_apart_again() -> None:
    joins = joins_of(4, [(0, 1), (2, 3)])
    themes = apart(joins, [(2, 0)], linked=[(0, 2)])
    assert themes.leader.tolist() == [0, 0, 2, 2]
    assert themes.is_forced.tolist() == [False] * 4
