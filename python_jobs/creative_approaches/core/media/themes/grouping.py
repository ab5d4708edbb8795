"""Which contents are one picture or film: each theme is grouped around a leader that all of it resembles.

Contents are numbers from 0, the first created first. What two of them have in common is found elsewhere; here is only
which one may join which, and how sure that is.
"""

from dataclasses import dataclass, replace
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from creative_approaches.core.arrays import Floats, Labels

NONE: Final = -1
_LARGEST: Final = np.iinfo(np.int64).max


@dataclass(frozen=True)
class Joins:
    """Which content may join which: of each two that may be one, one entry, or one for each way.

    content, neighbour : shape (m,), content may join neighbour; in ascending order, no pair twice.
    confidence : shape (m,), 0 to 1.  source : shape (m,), the number of the row that says so.
    pair : shape (m,), a number of both, ascending.
    """

    count: int
    pair: Labels
    content: Labels
    neighbour: Labels
    confidence: Floats
    source: Labels

    @classmethod
    def of(cls, count: int, content: Labels, neighbour: Labels, confidence: Floats, kind: Labels) -> Self:
        """The joins of `count` contents, from rows in any order.

        kind : shape (m,), how the row was found. Where a pair is there twice, the surest row says it, of equals that of
        the lowest kind.
        Raises ValueError where a number is that of no content.
        """
        numbers = np.concatenate([content, neighbour])
        if len(numbers) and not (numbers.min() >= 0 and numbers.max() < count):
            raise ValueError(f"contents have numbers from 0 to {count - 1}")
        pair = content * count + neighbour
        order = np.lexsort((kind, -confidence, pair))
        is_first = np.ones(len(order), bool)
        is_first[1:] = pair[order[1:]] != pair[order[:-1]]
        kept = order[is_first & (content[order] != neighbour[order])]
        return cls(count, pair[kept], content[kept], neighbour[kept], confidence[kept], kept)

    def between(self, content: Labels, neighbour: Labels) -> Labels:
        """The number of the entry by which each may join its neighbour, or -1. Shape as theirs."""
        wanted = content * self.count + neighbour
        places = np.searchsorted(self.pair, wanted)
        is_there = places < len(self.pair)
        is_there[is_there] = self.pair[places[is_there]] == wanted[is_there]
        return np.where(is_there, places, NONE)

    def confidence_between(self, content: Labels, neighbour: Labels) -> Floats:
        """How sure each is to be one with its neighbour: 1 for itself, 0 where it may not join it."""
        entry = self.between(content, neighbour)
        sure = np.where(content == neighbour, 1.0, 0.0)
        sure[entry != NONE] = self.confidence[entry[entry != NONE]]
        return sure

    def only(self, chosen: NDArray[np.bool_]) -> Self:
        """Some of the entries."""
        return replace(
            self,
            pair=self.pair[chosen],
            content=self.content[chosen],
            neighbour=self.neighbour[chosen],
            confidence=self.confidence[chosen],
            source=self.source[chosen],
        )


@dataclass(frozen=True)
class Themes:
    """leader : shape (n,), of each content; a leader is its own.  joined : shape (n,), by which content it is there.

    is_forced : shape (n,), whether people put it to its leader.
    """

    leader: Labels
    joined: Labels
    is_forced: NDArray[np.bool_]

    @property
    def first(self) -> Labels:
        """The first content of the theme of each."""
        first = np.full(len(self.leader), _LARGEST, np.int64)
        np.minimum.at(first, self.leader, np.arange(len(self.leader)))
        return first[self.leader]


@dataclass(frozen=True)
class Order:
    """Who leads before whom: place[i] of content i, 0 for the one that most may join, of equals the first created."""

    place: Labels

    @classmethod
    def of(cls, joins: Joins, copies: Labels) -> Self:
        """Copies : shape (n,), how many contents each stands for."""
        members = copies.copy()
        np.add.at(members, joins.neighbour, copies[joins.content])
        place = np.empty(joins.count, np.int64)
        place[np.lexsort((np.arange(joins.count), -members))] = np.arange(joins.count)
        return cls(place)


def compared_by(joins: Joins, representative: Labels) -> Labels:
    """The content that each was compared by: its representative if it may join it, or else itself.

    representative : shape (n,), the content that was compared in place of each; itself for most.
    """
    number = np.arange(joins.count)
    return np.where(joins.between(number, representative) == NONE, number, representative)


def group(joins: Joins, compared: Labels) -> Themes:
    """Themes as the joins say. compared : shape (n,), see `compared_by`; a copy goes where that one goes.

    Stars are taken off the graph one after the other, as in star clustering (Aslam, Pelekhov and Rus 2004): the content
    that most others may join leads them, then the next one that has no leader yet. So everybody in a theme may join its
    leader, and a chain of small edits swallows no stranger. Of several leaders, each joins the one it is surest of.
    """
    is_copy = compared != np.arange(joins.count)
    among = joins.only(~is_copy[joins.content] & ~is_copy[joins.neighbour])
    order = Order.of(among, np.bincount(compared, minlength=joins.count))
    leader = _surest_leaders(among, _leads(among, order), order)
    joined = np.where(is_copy, compared, leader)
    return Themes(leader[compared], joined, np.zeros(joins.count, bool))


def _leads(joins: Joins, order: Order) -> NDArray[np.bool_]:
    """Who leads: nobody that may join one who leads and comes before."""
    by_neighbour = np.argsort(joins.neighbour, kind="stable")
    joining = joins.content[by_neighbour]
    starts = np.searchsorted(joins.neighbour[by_neighbour], np.arange(joins.count + 1))
    leads = np.ones(joins.count, bool)
    can_lead_others = np.flatnonzero(np.diff(starts))
    for content in can_lead_others[np.argsort(order.place[can_lead_others])]:
        if leads[content]:
            others = joining[starts[content] : starts[content + 1]]
            leads[others[order.place[others] > order.place[content]]] = False
    return leads


def _surest_leaders(joins: Joins, leads: NDArray[np.bool_], order: Order) -> Labels:
    """The leader of each: itself, or the one that it is surest of, of equals the one that comes first."""
    to_leader = joins.only(~leads[joins.content] & leads[joins.neighbour])
    best_first = np.lexsort((order.place[to_leader.neighbour], -to_leader.confidence, to_leader.content))
    content, first = np.unique(to_leader.content[best_first], return_index=True)
    leader = np.arange(joins.count)
    leader[content] = to_leader.neighbour[best_first][first]
    return leader
