"""Creatives that are grouped by what they do, as job annotate read it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pytest

from creative_approaches.core.annotating.reading import Unreadable
from creative_approaches.errors import DataError
from creative_approaches.jobs.annotations import reading_of
from creative_approaches.jobs.contents import SHOWN, content_hashes
from creative_approaches.tables import (
    CLUSTER_ASSIGNMENTS,
    CLUSTER_RUNS,
    CONTENTS,
    CREATIVE_ANNOTATIONS,
    CREATIVE_TRAITS,
    TRAIT_OVERRIDES,
)
from tests.support.direct_jobs import settings
from tests.support.worlds.cluster_world import SECOND, Row, World, member

TRAITS = {
    "persuasion": ("authority", "discount", "founder_story", "testimonial"),
    "urgency": ("deadline", "limited_quantity", "none"),
}
# By group, the values that its contents most likely have.
GROUPS = (("discount", "deadline"), ("testimonial", "none"), ("founder_story", "none"))
TEXTS = [f"text {number:02}" for number in range(24)]


def fill_taxonomy(world: World, traits: Mapping[str, Sequence[str]], **other: str) -> None:
    rows = [
        {"attribute": attribute, "value": value, "medium": "text", "label": value, **other}
        for attribute, values in traits.items()
        for value in values
    ]
    world.fill(CREATIVE_TRAITS, rows)


def probabilities(group: int, sureness: float) -> list[float]:
    """What is read of a content of a group: the more the reader is sure, the less is left for other values."""
    values = [(value, len(of_attribute)) for of_attribute in TRAITS.values() for value in of_attribute]
    usual = set(GROUPS[group])
    return [sureness if value in usual else (1 - sureness) / (size - 1) for value, size in values]


def annotate(world: World, members: Iterable[Row], read: Mapping[str, Any]) -> None:
    """Show the members, and write down what was read of each text: probabilities, or why there are none."""
    rows = list(members)
    world.show(rows)
    hash_of = content_hashes(world.warehouse, world.warehouse.read(CONTENTS.only(*SHOWN)))
    text_of = {hash_of[row["version_key"]]: row["text_hash"] for row in rows}
    reading = reading_of(world.warehouse, settings().annotate)
    about = {**vars(reading.reader), "taxonomy_version": reading.taxonomy.version}
    world.fill(
        CREATIVE_ANNOTATIONS,
        [
            {"content_hash": content, **about, **_answer(read[text])}
            for content, text in text_of.items()
            if text in read
        ],
    )


def _answer(said: Any) -> Row:
    if isinstance(said, Unreadable):
        return {"reason": said.value, "detail": said.in_words}
    return {"traits": "", "probabilities": said}


def read_in_groups(texts: Sequence[str]) -> dict[str, Any]:
    sureness = np.random.default_rng(0).uniform(0.7, 0.95, len(texts))
    return {text: probabilities(number % 3, sureness[number]) for number, text in enumerate(texts)}


@pytest.fixture
def members() -> list[Row]:
    return [member("a", number, text, spend_share=1 / len(TEXTS)) for number, text in enumerate(TEXTS)]


@pytest.fixture
def read_world(world: World, members: list[Row]) -> World:
    """A world in which every content was read."""
    fill_taxonomy(world, TRAITS)
    annotate(world, members, read_in_groups(TEXTS))
    return world


def cluster_traits(world: World, **changes: Any) -> str:
    return world.cluster(embed_source="traits", **changes).detail


def test_contents_that_do_the_same_are_one_cluster(read_world: World) -> None:
    cluster_traits(read_world)
    assert [row["cluster"] for row in read_world.rows(CLUSTER_ASSIGNMENTS)] == [number % 3 for number in range(24)]
    (run,) = read_world.rows(CLUSTER_RUNS)
    reading = reading_of(read_world.warehouse, settings().annotate)
    assert {name: run[name] for name in run if name.startswith("embed")} == {
        "embed_source": "traits",
        "embedding_model": f"{reading.reader.model} by taxonomy {reading.taxonomy.version}",
        "embedding_backend": "offline",
        "embedding_dimensions": 7,
    }
    assert cluster_traits(read_world) == "0 of 1 cohorts and periods had changed"


def test_tags_and_placement_are_no_reason_to_recompute(read_world: World, members: list[Row]) -> None:
    """They are part of the text that is embedded, and of its hash, but nothing that a content does."""
    cluster_traits(read_world)
    read_world.show([row | {"text_hash": f"{row['text_hash']} | sale | feed"} for row in members])
    assert cluster_traits(read_world) == "0 of 1 cohorts and periods had changed"


def test_a_content_without_words_is_recorded_and_left_out(read_world: World, members: list[Row]) -> None:
    cluster_traits(read_world)
    expected = read_world.rows(CLUSTER_ASSIGNMENTS)
    annotate(
        read_world,
        [*members, member("a", 90, "emoji", spend_share=0.5)],
        read_in_groups(TEXTS) | {"emoji": Unreadable.NO_WORDS},
    )
    assert "1 contents have no vector that can be used" in cluster_traits(read_world)
    *found, left_out = read_world.rows(CLUSTER_ASSIGNMENTS)
    assert found == expected
    assert (left_out["version_key"], left_out["cluster"], left_out["is_outlier"]) == ("a 0090", None, False)
    assert left_out["reason"] == Unreadable.NO_WORDS.in_words
    (run,) = read_world.rows(CLUSTER_RUNS)
    assert (run["creatives"], run["points"], run["unusable"], run["coverage"]) == (25, 24, 1, 24 / 25)


def test_probabilities_that_say_nothing_are_recorded_and_left_out(read_world: World, members: list[Row]) -> None:
    """Each value of each attribute as likely as another, or a number that is none."""
    even = [1 / len(values) for values in TRAITS.values() for _ in values]
    read = read_in_groups(TEXTS) | {"text 00": even, "text 01": [np.nan, *even[1:]]}
    annotate(read_world, members, read)
    assert "2 contents have no vector that can be used" in cluster_traits(read_world)
    reasons = [row["reason"] for row in read_world.rows(CLUSTER_ASSIGNMENTS)]
    assert reasons == ["The vector is zero."] * 2 + [None] * 22


def test_a_content_of_which_nothing_is_known_is_no_reason_to_wait(read_world: World, members: list[Row]) -> None:
    read_world.show([*members, member("a", 90, None)])
    assert cluster_traits(read_world) == "1 of 1 cohorts and periods had changed"
    assert len(read_world.rows(CLUSTER_ASSIGNMENTS)) == 24


def test_contents_that_were_not_read_yet_are_refused(read_world: World, members: list[Row]) -> None:
    """A part of the creatives would make other clusters, and other approaches, than all of them."""
    cluster_traits(read_world)
    before = read_world.written()
    read_world.show([*members, member("a", 90, "new", SECOND)])
    with pytest.raises(DataError, match=r"1 contents have no vector of traits-.* yet.*approaches annotate"):
        cluster_traits(read_world)
    assert read_world.written() == before


@pytest.mark.parametrize("other", [{"model": "another"}, {"backend": "another"}, {"annotator": "another"}])
def test_what_another_reader_said_does_not_stand_for_it(read_world: World, members: list[Row], other: Row) -> None:
    rows = read_world.rows(CREATIVE_ANNOTATIONS)
    read_world.fill(CREATIVE_ANNOTATIONS, [row | other for row in rows])
    with pytest.raises(DataError, match=r"24 contents have no vector of traits-.*approaches annotate"):
        cluster_traits(read_world)
    odd = [row | other | {"probabilities": [1.0, *[0.0] * 6]} for row in rows]
    read_world.fill(CREATIVE_ANNOTATIONS, [*rows, *odd])
    cluster_traits(read_world)
    assert {row["cluster"] for row in read_world.rows(CLUSTER_ASSIGNMENTS)} == {0, 1, 2}


def test_a_taxonomy_with_another_meaning_waits_to_be_read_and_recomputes(read_world: World, members: list[Row]) -> None:
    cluster_traits(read_world)
    fill_taxonomy(read_world, TRAITS, label="in other words")
    assert cluster_traits(read_world) == "0 of 1 cohorts and periods had changed"
    fill_taxonomy(read_world, TRAITS, meaning="another one")
    with pytest.raises(DataError, match="approaches annotate"):
        cluster_traits(read_world)
    annotate(read_world, members, read_in_groups(TEXTS))
    assert cluster_traits(read_world) == "1 of 1 cohorts and periods had changed"


def contents_of(world: World) -> dict[str, str]:
    """The hash of what each version shows."""
    return content_hashes(world.warehouse, world.warehouse.read(CONTENTS.only(*SHOWN)))


def test_what_people_say_recomputes_the_periods_that_show_it(read_world: World, members: list[Row]) -> None:
    annotate(read_world, [*members, *(row | {"period_start": SECOND} for row in members[1:])], read_in_groups(TEXTS))
    cluster_traits(read_world)
    content = contents_of(read_world)[members[0]["version_key"]]
    said = [("persuasion", GROUPS[1][0]), ("urgency", GROUPS[1][1])]
    rows = [
        {"override_number": number, "content_hash": content, "attribute": attribute, "value": value}
        for number, (attribute, value) in enumerate(said)
    ]
    read_world.fill(TRAIT_OVERRIDES, rows)
    assert cluster_traits(read_world) == "1 of 2 cohorts and periods had changed"
    found = {row["version_key"]: row["cluster"] for row in read_world.rows(CLUSTER_ASSIGNMENTS)}
    assert found[members[0]["version_key"]] == found[members[1]["version_key"]]
    assert cluster_traits(read_world) == "0 of 2 cohorts and periods had changed"
    read_world.fill(TRAIT_OVERRIDES, [])
    assert cluster_traits(read_world) == "1 of 2 cohorts and periods had changed"


def test_a_content_that_is_read_again_with_its_picture_recomputes(read_world: World) -> None:
    cluster_traits(read_world)
    rows = read_world.rows(CREATIVE_ANNOTATIONS)
    read_world.fill(CREATIVE_ANNOTATIONS, [rows[0] | {"pictures_seen": 1}, *rows[1:]])
    assert cluster_traits(read_world) == "1 of 1 cohorts and periods had changed"
    assert cluster_traits(read_world) == "0 of 1 cohorts and periods had changed"


def test_a_content_without_a_text_is_grouped_by_what_was_seen_of_it(read_world: World, members: list[Row]) -> None:
    silent = member("a", 90, None) | {"image_sha256": "a picture"}
    read_world.show([*members, silent])
    content = contents_of(read_world)[silent["version_key"]]
    (row, *_), read = read_world.rows(CREATIVE_ANNOTATIONS), probabilities(2, 0.9)
    seen = row | {"content_hash": content, "probabilities": read, "pictures_seen": 1}
    read_world.fill(CREATIVE_ANNOTATIONS, [*read_world.rows(CREATIVE_ANNOTATIONS), seen])
    cluster_traits(read_world)
    found = {row["version_key"]: row["cluster"] for row in read_world.rows(CLUSTER_ASSIGNMENTS)}
    assert found[silent["version_key"]] == found[members[2]["version_key"]]
