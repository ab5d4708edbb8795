from typing import Any

import pytest

from annotator_training.corpus import read_taxonomy
from creative_approaches.core.annotating.taxonomy import Taxonomy
from creative_approaches.errors import DataError


def row(attribute: str = "hook", value: str = "question", **other: Any) -> dict[str, Any]:
    return {
        "attribute": attribute,
        "value": value,
        "medium": "text",
        "label": value,
        "phrase": "",
        "meaning": "",
    } | other


def test_attributes_and_values_have_one_order_whatever_that_of_the_rows() -> None:
    rows = [row("offer", "none"), row("hook", "question"), row("hook", "claim"), row("offer", "bundle")]
    taxonomy = Taxonomy.of(rows)
    assert [(a.name, [v.name for v in a.values]) for a in taxonomy.attributes] == [
        ("hook", ["claim", "question"]),
        ("offer", ["bundle", "none"]),
    ]
    assert Taxonomy.of(reversed(rows)) == taxonomy
    assert taxonomy.size == 4
    assert [(a.name, place) for a, place in taxonomy.columns()] == [("hook", slice(0, 2)), ("offer", slice(2, 4))]


@pytest.mark.parametrize(
    ("changed", "is_new"),
    [
        ({"meaning": "It asks"}, True),
        ({"value": "questions"}, True),
        ({"medium": "media"}, True),
        ({"label": "Asks"}, False),
        ({"phrase": "that asks"}, False),
        ({"ideas": "asks"}, False),
    ],
)
def test_the_version_changes_with_what_a_reader_is_asked(changed: dict[str, str], is_new: bool) -> None:
    assert (Taxonomy.of([row()]).version != Taxonomy.of([row(**changed)]).version) == is_new


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([row("Hook: what")], "'Hook: what', 'question': names are small letters"),
        ([row(value="a,b")], "'hook', 'a,b': names are small letters"),
        ([row(value="unclear")], "'hook', 'unclear': marts call a trait so that is not known"),
        ([row(value="")], "'hook', '': names are small letters"),
        ([row(medium="film")], "medium is neither text nor media"),
        ([row(), row(value="claim", medium="media")], "have another medium"),
        ([row(label=" ")], "has no label"),
        ([row(), row()], "twice"),
    ],
)
def test_a_row_that_is_none_is_refused_by_name(rows: list[dict[str, Any]], message: str) -> None:
    with pytest.raises(DataError, match=message):
        Taxonomy.of(rows)


def test_the_default_asks_for_what_texts_and_media_do() -> None:
    taxonomy = read_taxonomy()
    assert [a.name for a in taxonomy.of_medium("text").attributes] == [
        *("call_to_action", "emotion", "hook", "offer", "persuasion", "proof", "structure", "urgency", "voice")
    ]
    assert len(taxonomy.of_medium("media").attributes) == 7
    assert all(value.meaning for attribute in taxonomy.attributes for value in attribute.values)


def test_an_empty_taxonomy_asks_nothing() -> None:
    assert (Taxonomy.of([]).attributes, Taxonomy.of([]).size) == ((), 0)


def test_ideas_are_words_and_one_of_them_is_plain() -> None:
    rows = [row(value="asks", ideas="question  reader"), row(value="nothing", ideas="plain")]
    asks, nothing = Taxonomy.of(rows).attributes[0].values
    assert (sorted(asks.ideas), asks.is_plain) == (["question", "reader"], False)
    assert nothing.is_plain
