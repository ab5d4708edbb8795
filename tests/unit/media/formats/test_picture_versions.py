import pytest

from creative_approaches.core.media.formats.picture_area import WHOLE, Area
from creative_approaches.core.media.formats.picture_match import Match
from creative_approaches.core.media.formats.picture_versions import confidence, in_words, is_same_picture

FRAMED = Area(0.1, 0.1, 0.9, 0.9)


def a_match(points: int, agreement: float) -> Match:
    return Match(points, 0.5, agreement, 1.0, 1.0, 1.0, (0, 0), (0, 0))


@pytest.mark.parametrize(
    ("area", "other_area", "this", "other", "shift", "mirrored", "expected"),
    [
        (WHOLE, WHOLE, 1.0, 1.0, (0.0, 0.0), False, "the same layout"),
        (WHOLE, WHOLE, 1.0, 0.644, (0.1, 0.0), False, "cropped to 64%, shifted right"),
        (WHOLE, WHOLE, 1.0, 0.645, (-0.1, 0.2), False, "cropped to 65%, shifted left, shifted down"),
        (WHOLE, WHOLE, 1.0, 0.81, (0.04, -0.06), True, "mirrored, cropped to 81%, shifted up"),
        (WHOLE, WHOLE, 0.7, 1.0, (0.2, 0.0), False, "with more around it"),
        (WHOLE, WHOLE, 1.0, 1.0, (0.0, 0.0), True, "mirrored"),
        (FRAMED, WHOLE, 1.0, 1.0, (0.0, 0.0), False, "in a frame"),
        (Area(0, 0.2, 1, 0.8), WHOLE, 1.0, 0.5, (0.0, 0.0), False, "cropped to 50%, between bars"),
        (Area(0.2, 0, 0.8, 1), WHOLE, 1.0, 1.0, (0.0, 0.0), False, "between bars"),
        (Area(0, 0, 1, 0.8), WHOLE, 1.0, 1.0, (0.0, 0.0), False, "beside a bar"),
        (FRAMED, FRAMED, 1.0, 1.0, (0.0, 0.0), False, "the same layout"),
        (WHOLE, FRAMED, 1.0, 1.0, (0.0, 0.0), False, "without the frame"),
    ],
)
def test_what_was_done_to_a_picture_is_said(
    area: Area,
    other_area: Area,
    this: float,
    other: float,
    shift: tuple[float, float],
    mirrored: bool,
    expected: str,
) -> None:
    assert in_words(area, other_area, this, other, shift, mirrored) == expected


def test_versions_of_a_picture_agree_in_points_and_in_what_is_to_be_seen() -> None:
    assert is_same_picture(a_match(points=5, agreement=0.8))
    assert not is_same_picture(a_match(points=4, agreement=1.0))
    assert not is_same_picture(a_match(points=60, agreement=0.79))


def test_confidence_grows_with_points_and_with_agreement() -> None:
    assert confidence(a_match(5, 0.8)) < confidence(a_match(5, 0.9)) < confidence(a_match(40, 0.9)) < 1
    assert confidence(a_match(5, 0.8)) > 0.5 > confidence(a_match(4, 0.7))
    assert confidence(a_match(0, 0.0)) >= 0
