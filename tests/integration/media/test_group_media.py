"""Job group-media on a real DuckDB file, on pairs as SQL gives them."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from creative_approaches.adapters.warehouses.port import Change, MissingTableError
from creative_approaches.core.ids import stable_id
from creative_approaches.jobs.job import JobResult
from creative_approaches.jobs.media.themes.group_media import group_media
from creative_approaches.tables import (
    IMAGE_OVERRIDES,
    IMAGE_THEMES,
    MEDIA_CONTENTS,
    NEAR_PAIRS,
    PAIRS_OF_NEIGHBOURS,
    PAIRS_TO_COMPARE,
)
from tests.support.direct_jobs import Narrator, make_directly, settings

Row = dict[str, Any]
MODELS = (MEDIA_CONTENTS, NEAR_PAIRS, IMAGE_OVERRIDES, PAIRS_TO_COMPARE, PAIRS_OF_NEIGHBOURS)


class World:
    """A warehouse with what SQL found, and the job."""

    def __init__(self, directory: Path) -> None:
        self.warehouse = make_directly(directory, *MODELS)

    def show(self, contents: str, pairs: list[Row], overrides: list[Row] | None = None, **changes: Row) -> None:
        """Contents : a letter each, the first created first. pairs : see `pair`. changes : columns by content."""
        shown = [
            {"content_sha256": content, "media_type": "image", "created_at": datetime(2026, 1, day)}
            | {"representative_sha256": content}
            | changes.get(content, {})
            for day, content in enumerate(contents, start=1)
        ]
        rows = {MEDIA_CONTENTS: shown, NEAR_PAIRS: pairs, IMAGE_OVERRIDES: overrides or []}
        self.warehouse.write(*(Change.of_all(table, table.rows(found)) for table, found in rows.items()))

    def run(self) -> JobResult:
        return group_media(self.warehouse, settings(), Narrator())

    def themes(self) -> dict[str, Row]:
        return {row["content_sha256"]: row for row in self.warehouse.read(IMAGE_THEMES).to_pylist()}

    def leaders(self) -> dict[str, str]:
        return {content: row["leader_sha256"] for content, row in self.themes().items()}


def pair(content: str, neighbour: str, **columns: Any) -> list[Row]:
    """Both ways of a pair."""
    known = {"match_rule": "near_hash", "match_in_words": "edited", "hash_kind": "phash", "confidence": 0.9} | columns
    sides = [(content, neighbour), (neighbour, content)]
    return [{**dict.fromkeys(NEAR_PAIRS.columns), "content_sha256": a, "neighbour_sha256": b} | known for a, b in sides]


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def test_each_content_says_what_it_joined_and_why(world: World) -> None:
    found = [
        *pair("a", "b", distance=3, fine_distance=64, confidence=0.75),
        *pair("a", "c", distance=1, fine_distance=8, confidence=0.95),
        *pair("d", "c", match_rule="same_hash", match_in_words="saved again", distance=0, fine_distance=2),
    ]
    world.show("abcde", found, d={"representative_sha256": "c"}, e={"media_type": "video"})
    result = world.run()
    assert (result.rows_read, result.rows_written, result.outcome) == (5, 5, "done")
    assert result.detail == "5 images and videos in 2 themes"
    id_of_a, id_of_e = stable_id("a"), stable_id("e")
    columns = IMAGE_THEMES.columns
    leads = "what the theme is grouped around"
    assert list(world.themes().values()) == [
        dict(zip(columns, row, strict=True))
        for row in [
            ("a", "image", id_of_a, "a", "a", "leader", leads, None, None, None, 0, 1),
            ("b", "image", id_of_a, "a", "a", "near_hash", "edited", "phash", 3, 64, 64, 0.75),
            ("c", "image", id_of_a, "a", "a", "near_hash", "edited", "phash", 1, 8, 8, 0.95),
            # As sure as the less certain of its two steps; it was not compared with the leader.
            ("d", "image", id_of_a, "a", "c", "same_hash", "saved again", "phash", 0, 2, None, 0.9),
            ("e", "video", id_of_e, "e", "e", "leader", leads, None, None, None, None, 1),
        ]
    ]


def test_pairs_of_any_rule_are_grouped_alike(world: World) -> None:
    world.show("ab", pair("a", "b", match_rule="geometry", match_in_words="cropped to 64%", hash_kind=None))
    world.run()
    row = world.themes()["b"]
    assert (row["leader_sha256"], row["match_rule"], row["match_in_words"]) == ("a", "geometry", "cropped to 64%")


def test_the_same_pairs_in_any_order_give_the_same_rows_and_write_nothing(world: World) -> None:
    rows = [*pair("a", "b"), *pair("b", "c", confidence=0.8), *pair("b", "c", match_rule="geometry", confidence=0.8)]
    world.show("abc", rows)
    world.run()
    before = world.themes()
    world.show("abc", rows[::-1])
    result = world.run()
    assert (result.rows_written, result.outcome) == (0, "unchanged")
    assert world.themes() == before


def test_only_what_changed_is_written_and_what_nobody_shows_goes(world: World) -> None:
    world.show("abcd", [*pair("a", "b"), *pair("c", "d")])
    world.run()
    world.show("abc", pair("a", "b"))
    assert world.run().rows_written == 1
    assert world.leaders() == {"a": "a", "b": "a", "c": "c"}
    world.show("", [])
    assert world.run().detail == "0 images and videos in 0 themes"
    assert world.themes() == {}


def test_a_new_leader_leaves_the_id_of_a_theme_alone(world: World) -> None:
    world.show("ab", pair("a", "b"))
    world.run()
    before = world.themes()["a"]
    world.show("abc", [*pair("a", "b"), *pair("b", "c")])
    world.run()
    after = world.themes()["a"]
    assert (before["leader_sha256"], after["leader_sha256"]) == ("a", "b")
    assert before["image_theme_id"] == after["image_theme_id"] == stable_id("a")


def test_of_contents_without_a_time_the_first_by_its_bytes_is_first_and_all_with_one_come_before(world: World) -> None:
    world.show("cab", [*pair("a", "b"), *pair("b", "c")], a={"created_at": None}, b={"created_at": None})
    world.run()
    assert world.themes()["a"]["image_theme_id"] == stable_id("c")
    world.show("ba", pair("a", "b"), a={"created_at": None}, b={"created_at": None})
    world.run()
    assert world.themes()["b"]["image_theme_id"] == stable_id("a")


def override(number: int, kind: str, content: str | None, other: str | None) -> Row:
    return {"override_number": number, "kind": kind, "content_sha256": content, "other_sha256": other}


def test_what_people_decide_holds_and_says_so(world: World) -> None:
    world.show("abcd", pair("a", "b"), [override(1, "apart", "b", "a"), override(2, "together", "c", "d")])
    assert world.run().detail == "4 images and videos in 3 themes"
    assert world.leaders() == {"a": "a", "b": "b", "c": "c", "d": "c"}
    row = world.themes()["d"]
    assert (row["match_rule"], row["match_in_words"], row["confidence"]) == ("forced", "put here by a correction", 1)


def test_a_correction_of_what_no_creative_shows_does_nothing_and_is_counted(world: World) -> None:
    unknown = [override(1, "apart", "a", "gone"), override(2, "together", None, "b"), override(3, "apart", "a", "b")]
    world.show("ab", pair("a", "b"), unknown)
    assert world.run().detail == "2 images and videos in 2 themes; corrections of what no creative shows: 2"


def test_pairs_of_what_no_creative_shows_are_left_out(world: World) -> None:
    world.show("ab", [*pair("a", "gone"), *pair("b", "gone")])
    world.run()
    assert world.leaders() == {"a": "a", "b": "b"}


def test_without_the_models_it_says_what_to_build(tmp_path: Path) -> None:
    with pytest.raises(MissingTableError, match='int_images__pairs_to_compare" does not exist'):
        group_media(make_directly(tmp_path), settings(), Narrator())
