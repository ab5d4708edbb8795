"""What a match of two pictures means: whether they are one, how sure that is, and what was done, in words."""

import math
from typing import Final

from creative_approaches.core.media.formats.picture_area import Area
from creative_approaches.core.media.formats.picture_match import Match

# Between what different pictures have by chance and what versions of one have: docs/near-duplicates.md.
LEAST_POINTS: Final = 5
LEAST_AGREEMENT: Final = 0.8
# By a logistic regression on labelled pairs; where it says so many percent, about so many were versions of one picture.
_BASE, _PER_POINT, _PER_AGREEMENT = -12.5, 1.03, 14.9
_WHOLE: Final = 0.95  # share of a picture from which on nothing is missing that people would see
_WITHOUT: Final = {
    "in a frame": "without the frame",
    "between bars": "without the bars",
    "beside a bar": "without the bar",
}
_SHIFTED: Final = 0.05  # of a width or height


def is_same_picture(match: Match) -> bool:
    """Whether both are versions of one picture."""
    return match.points >= LEAST_POINTS and match.agreement >= LEAST_AGREEMENT


def confidence(match: Match) -> float:
    """How likely both are versions of one picture, 0 to 1."""
    evidence = _BASE + _PER_POINT * math.log(max(1, match.points)) + _PER_AGREEMENT * match.agreement
    return 1 / (1 + math.exp(-evidence))


def in_words(
    area: Area,
    other_area: Area,
    share_of_this: float,
    share_of_other: float,
    shift: tuple[float, float],
    mirrored: bool,
) -> str:
    """What a picture is, seen from another version of it: 'mirrored, cropped to 64%, shifted right, between bars'.

    area, other_area : of each file that is the picture.  share_of_this, share_of_other : of each that is in the other.
    shift : of what they have in common from the middle of the other one.
    """
    parts = ["mirrored"] if mirrored else []
    if share_of_other < _WHOLE:
        parts.append(f"cropped to {math.floor(100 * share_of_other + 0.5)}%")
        across, down = shift
        if abs(across) >= _SHIFTED:
            parts.append("shifted right" if across > 0 else "shifted left")
        if abs(down) >= _SHIFTED:
            parts.append("shifted down" if down > 0 else "shifted up")
    if share_of_this < _WHOLE:
        parts.append("with more around it")
    around, around_other = _around(area), _around(other_area)
    if around != around_other:
        parts.append(around or _WITHOUT[around_other])
    return ", ".join(parts) or "the same layout"


def _around(area: Area) -> str:
    sides = [area.left > 0, area.right < 1, area.top > 0, area.bottom < 1]
    if all(sides):
        return "in a frame"
    if all(sides[:2]) or all(sides[2:]):
        return "between bars"
    return "beside a bar" if any(sides) else ""
