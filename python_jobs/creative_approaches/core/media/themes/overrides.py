"""What people decided about themes, carried out on those that were found."""

from dataclasses import replace
from typing import Final

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from creative_approaches.core.arrays import Labels
from creative_approaches.core.media.themes.grouping import Joins, Themes

_COPY: Final = 2.0  # surer than any other match


def put_together(themes: Themes, content: Labels, other: Labels) -> Themes:
    """The themes of each two contents become one, led by the leader that was created first. Chains count as a whole.

    content, other : shape (k,), numbers of contents.
    """
    count = len(themes.leader)
    links = coo_array((np.ones(len(content)), (themes.leader[content], themes.leader[other])), shape=(count, count))
    _, part = connected_components(links, directed=False)
    _, first = np.unique(part, return_index=True)  # a leader, or a content that is linked to nothing
    leader = first[part[themes.leader]]
    return replace(themes, leader=leader, is_forced=themes.is_forced | (leader != themes.leader))


def set_apart(themes: Themes, joins: Joins, compared: Labels, content: Labels, other: Labels) -> Themes:
    """Of each two contents of one theme, one leaves: the first, unless it is the leader or a copy of it.

    It leads a theme of its own. Copies of it go along, and those that are surer to be one with it than with their
    leader, unless they are what it was set apart from.

    compared : as for `themes.group`.  content, other : shape (k,), numbers of contents.
    """
    number, leader = np.arange(len(compared)), themes.leader.copy()
    staying = _leaving(themes, compared, content, other)
    surest = np.zeros(len(leader))
    for leaves in sorted(staying):
        members = np.flatnonzero(themes.leader == themes.leader[leaves])
        members = members[~np.isin(members, [*staying, *staying[leaves]])]
        picture, picture_of_leader = compared[members], compared[themes.leader[members]]
        sure = joins.confidence_between(picture, np.full(len(members), compared[leaves]))
        sure[picture == compared[leaves]] = _COPY
        goes = (picture != picture_of_leader) & (sure > joins.confidence_between(picture, picture_of_leader))
        goes &= sure > surest[members]
        leader[members[goes]], surest[members[goes]] = leaves, sure[goes]
        leader[leaves] = leaves
    moved = leader != themes.leader
    # A copy is there by its picture if that is there, too; all others by the leader, unless nothing changed for them.
    is_copy = (compared != number) & (leader[compared] == leader) & (leader != number)
    joined = np.where(moved | moved[themes.joined], np.where(is_copy, compared, leader), themes.joined)
    return Themes(leader, joined, themes.is_forced & ~moved)


def _leaving(themes: Themes, compared: Labels, content: Labels, other: Labels) -> dict[int, list[int]]:
    """Who leaves its theme, each with those that it is set apart from."""
    staying: dict[int, list[int]] = {}
    for one, two in zip(content.tolist(), other.tolist(), strict=True):
        leader = themes.leader[one]
        if one == two or leader != themes.leader[two]:
            continue
        leaves, stays = (two, one) if compared[one] == compared[leader] and two != leader else (one, two)
        staying.setdefault(leaves, []).append(stays)
    return staying
