"""Groups of contents around leaders, on graphs that can be checked by hand."""

from collections.abc import Iterable, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from creative_approaches.core.media.themes.grouping import Joins, Themes, compared_by, group

Pair = tuple[int, int] | tuple[int, int, float]


def joins_of(count: int, pairs: Iterable[Pair], one_way: Iterable[Pair] = (), kind: int = 0) -> Joins:
    """Joins of pairs that may join each other, and of those of which the first may join the second."""
    both = [(*pair, 0.9)[:3] for pair in pairs]
    rows = [*both, *((b, a, sure) for a, b, sure in both), *((*pair, 0.9)[:3] for pair in one_way)]
    content, neighbour = (np.array([row[side] for row in rows], np.int64) for side in (0, 1))
    sure = np.array([row[2] for row in rows], np.float64)
    return Joins.of(count, content, neighbour, sure, np.full(len(rows), kind))


def grouped(joins: Joins, copies_of: Sequence[int] | None = None) -> Themes:
    representative = np.arange(joins.count) if copies_of is None else np.array(copies_of)
    return group(joins, compared_by(joins, representative))


def near(places: NDArray[np.float64], reach: float) -> list[tuple[int, int]]:
    return [(a, b) for a in range(len(places)) for b in range(a) if abs(places[a] - places[b]) <= reach]


def test_a_content_that_is_like_no_other_leads_itself() -> None:
    themes = grouped(joins_of(3, []))
    assert themes.leader.tolist() == themes.joined.tolist() == [0, 1, 2]


def test_the_one_that_most_may_join_leads() -> None:
    assert grouped(joins_of(4, [(0, 2), (1, 2), (2, 3)])).leader.tolist() == [2, 2, 2, 2]


def test_of_equals_the_first_created_leads() -> None:
    assert grouped(joins_of(2, [(0, 1)])).leader.tolist() == [0, 0]


def test_a_chain_swallows_no_stranger() -> None:
    """0 - 1 - 2 - 3 - 4, and 5 like 2: 2 leads what is like it, and the ends are left to themselves."""
    themes = grouped(joins_of(6, [(0, 1), (1, 2), (2, 3), (3, 4), (2, 5)]))
    assert themes.leader.tolist() == [0, 2, 2, 2, 4, 2]


def test_what_is_left_over_is_grouped_among_itself() -> None:
    """3 leads 0, 1, 2 and 6. 4 and 5 are like 2, not like 3, and like each other."""
    themes = grouped(joins_of(7, [(0, 3), (1, 3), (2, 3), (6, 3), (2, 4), (2, 5), (4, 5)]))
    assert themes.leader.tolist() == [3, 3, 3, 3, 4, 4, 3]


def test_who_is_like_two_leaders_joins_the_one_that_it_is_surest_of() -> None:
    pairs = [(0, 1), (0, 2), (0, 3), (4, 5), (4, 6)]
    assert grouped(joins_of(8, [*pairs, (7, 0, 0.6), (7, 4, 0.8)])).leader[7] == 4
    assert grouped(joins_of(8, [*pairs, (7, 0, 0.8), (7, 4, 0.8)])).leader[7] == 0


def test_a_film_joins_one_that_shows_it_and_never_the_other_way_round() -> None:
    """The end card 0 is shown by 1 and 2, which have nothing else in common."""
    assert grouped(joins_of(3, [], one_way=[(0, 1), (0, 2)])).leader.tolist() == [1, 1, 2]


def test_a_copy_goes_where_its_picture_goes() -> None:
    """3 is a copy of 1. 4 has the hashes of 1 as well, and is another picture."""
    themes = grouped(joins_of(5, [(0, 1), (0, 2)], one_way=[(3, 1)]), copies_of=[0, 1, 2, 1, 1])
    assert themes.leader.tolist() == [0, 0, 0, 0, 4]
    assert themes.joined.tolist() == [0, 0, 0, 1, 4]


def test_copies_count_in_who_leads() -> None:
    """0 - 1 - 2 - 3, of which 1 would lead before 2; but 4 and 5 are copies of 3."""
    path = [(0, 1), (1, 2), (2, 3)]
    assert grouped(joins_of(4, path)).leader.tolist() == [1, 1, 1, 3]
    joins = joins_of(6, path, one_way=[(4, 3), (5, 3)])
    assert grouped(joins, copies_of=[0, 1, 2, 3, 3, 3]).leader.tolist() == [0, 2, 2, 2, 2, 2]


def test_the_surest_of_two_rows_of_a_pair_counts_and_then_the_lower_kind() -> None:
    content, neighbour = np.array([0, 0, 0]), np.array([1, 1, 1])
    joins = Joins.of(2, content, neighbour, np.array([0.5, 0.9, 0.9]), np.array([0, 2, 1]))
    assert joins.source.tolist() == [2]
    assert joins.confidence_between(np.array([0, 1, 1]), np.array([1, 0, 1])).tolist() == [0.9, 0, 1]


@pytest.mark.parametrize("seed", range(20))
def test_everybody_may_join_its_leader_and_no_leader_another_theme_of_more(seed: int) -> None:
    rng = np.random.default_rng(seed)
    pairs = near(rng.random(60), 0.04)
    joins = joins_of(60, pairs)
    leader = grouped(joins).leader
    linked = {*pairs, *((b, a) for a, b in pairs)}
    assert all(content == to or (content, to) in linked for content, to in enumerate(leader.tolist()))
    leaders = set(leader.tolist())
    assert not any((one, other) in linked for one in leaders for other in leaders)


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_the_pairs_changes_nothing(seed: int) -> None:
    rng = np.random.default_rng(seed)
    pairs = [(a, b, round(float(rng.random()), 1)) for a, b in near(rng.random(50), 0.05)]
    shuffled = [pairs[place] for place in rng.permutation(len(pairs))]
    one, other = grouped(joins_of(50, pairs)), grouped(joins_of(50, shuffled))
    assert one.leader.tolist() == other.leader.tolist()


def test_a_theme_is_known_by_its_first_content() -> None:
    themes = grouped(joins_of(5, [(0, 3), (1, 3), (2, 4)]))
    assert themes.first.tolist() == [0, 0, 2, 0, 2]


@pytest.mark.parametrize("pair", [(0, 2), (-1, 0)])
def test_a_pair_of_what_is_no_content_is_refused(pair: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="contents have numbers from 0 to 1"):
        joins_of(2, [pair])
