"""What people say of contents goes before what was read, and what cannot be followed is named."""

from typing import Any

import numpy as np
import pytest

from creative_approaches.core.annotating.annotation import traits_of
from creative_approaches.core.annotating.overrides import read_overrides, with_overrides
from creative_approaches.core.annotating.taxonomy import Taxonomy
from creative_approaches.errors import DataError

TAXONOMY = Taxonomy.of(
    {"attribute": attribute, "value": value, "medium": "text", "label": value, "meaning": value}
    for attribute, values in {"hook": ("question", "scene", "story"), "proof": ("none", "rating")}.items()
    for value in values
)
READ = np.array([0.8, 0.1, 0.1, 0.3, 0.7])


def row(number: int, content: str | None, attribute: str, value: str | None) -> dict[str, Any]:
    return {"override_number": number, "content_hash": content, "attribute": attribute, "value": value}


def test_what_people_say_is_certain_and_the_rest_stays() -> None:
    found = with_overrides(READ, {"hook": "scene"}, TAXONOMY)
    assert found.tolist() == [0, 1, 0, 0.3, 0.7]
    assert list(traits_of(found[None], TAXONOMY)) == [{"hook": "scene", "proof": "rating"}]


def test_people_may_say_that_nobody_can_tell() -> None:
    found = with_overrides(READ, {"hook": "unclear", "proof": "unclear"}, TAXONOMY)
    assert list(traits_of(found[None], TAXONOMY)) == [{}]


def test_of_what_nobody_read_the_rest_is_unclear() -> None:
    found = with_overrides(None, {"proof": "none", "motion": "still"}, TAXONOMY)
    assert list(traits_of(found[None], TAXONOMY)) == [{"proof": "none"}]
    assert found[:3].tolist() == [1 / 3] * 3


def test_overrides_are_by_content_and_attribute() -> None:
    rows = [row(2, "a", "proof", "unclear"), row(1, "a", "hook", "scene"), row(3, "b", "hook", "story")]
    assert read_overrides(rows, TAXONOMY) == {"a": {"hook": "scene", "proof": "unclear"}, "b": {"hook": "story"}}


def test_rows_that_cannot_be_followed_are_named_all_at_once() -> None:
    rows = [
        row(1, "a", "hook", "shout"),
        row(2, "a", "mood", "joy"),
        row(3, "b", "hook", "scene"),
        row(4, "b", "hook", "story"),
        row(5, None, "hook", "story"),
        row(6, "c", "hook", None),
    ]
    with pytest.raises(DataError) as raised:
        read_overrides(rows, TAXONOMY)
    for said in (
        "Override 1 says hook is shout, which seed creative_traits has not.",
        "Override 2 names the attribute mood, which seed creative_traits has not.",
        "Overrides 3 and 4 are of one content and attribute.",
        "Override 5 names no content.",
        "Override 6 says hook is None",
    ):
        assert said in str(raised.value)
