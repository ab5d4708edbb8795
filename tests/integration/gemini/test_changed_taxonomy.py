"""A changed taxonomy costs the attributes that changed: shown with Gemini, where that is money."""

import json
from pathlib import Path
from typing import Any

import pytest

from creative_approaches.adapters.warehouses.duckdb.warehouse import DuckDBWarehouse
from creative_approaches.adapters.warehouses.port import Change
from creative_approaches.core.annotating.annotation import read
from creative_approaches.errors import LimitError
from creative_approaches.jobs.annotate.job import annotate, estimate_annotate
from creative_approaches.jobs.annotations import read_annotations
from creative_approaches.jobs.job import JobResult
from creative_approaches.jobs.media.reading_copies import wanted_again
from creative_approaches.tables import (
    ANNOTATORS,
    CONTENTS,
    CREATIVE_ANNOTATIONS,
    CREATIVE_TRAITS,
    IMAGE_HASHES,
    READING_COPIES,
    TAXONOMY_ATTRIBUTES,
)
from tests.integration.gemini.test_annotate_job import webp
from tests.support.direct_jobs import Narrator, make_directly, settings
from tests.support.gemini.server import GeminiServer

OLD = {"hook": ("question", "scene", "story"), "proof": ("none", "rating")}
MOOD = {"mood": ("calm", "joy")}
HEADLINES = ("Why so dry?", "Why so dear?", "Why so late?")


class World:
    """A warehouse with contents, and a taxonomy that changes."""

    def __init__(self, directory: Path) -> None:
        self.warehouse: DuckDBWarehouse = make_directly(directory, CONTENTS, CREATIVE_TRAITS)
        self.narrator = Narrator()
        self.contents(*HEADLINES)
        self.taxonomy(OLD)

    def taxonomy(self, traits: dict[str, tuple[str, ...]], **other: str) -> None:
        rows = [
            {"attribute": attribute, "value": value, "medium": "text", "label": value, "meaning": value, **other}
            for attribute, values in traits.items()
            for value in values
        ]
        self.warehouse.write(Change.of_all(CREATIVE_TRAITS, CREATIVE_TRAITS.rows(rows)))

    def contents(self, *headlines: str, **other: Any) -> None:
        rows = [
            {"version_key": f"key {number}", "headline": headline, "wording_hash": headline, **other}
            for number, headline in enumerate(headlines)
        ]
        self.warehouse.write(Change.of_all(CONTENTS, CONTENTS.rows(rows)))

    def annotate(self, **changes: Any) -> JobResult:
        return annotate(self.warehouse, settings(annotator="gemini", **changes), self.narrator)

    def rows(self) -> list[dict[str, Any]]:
        """Those of the taxonomy that is asked today."""
        (now,) = self.warehouse.read(ANNOTATORS).to_pylist()
        rows = self.warehouse.read(CREATIVE_ANNOTATIONS).to_pylist()
        return [row for row in rows if row["taxonomy_version"] == now["taxonomy_version"]]


@pytest.fixture
def world(tmp_path: Path, gemini: GeminiServer) -> World:
    """Contents that were read, by the old taxonomy."""

    def say(system: str, user: str, schema: Any) -> str:
        said: dict[str, Any] = {
            "approach_phrase": f"Phrase of {len(gemini.asked)}".translate(str.maketrans("123456789", "abcdefghi"))
        }
        for attribute, field in schema["properties"].items():
            if "enum" in field:
                said |= {attribute: field["enum"][0], f"{attribute}_sure": 91}
        return json.dumps(said)

    gemini.generate = say
    world = World(tmp_path)
    assert world.annotate().outcome == "done"
    gemini.asked.clear()
    return world


def asked_for(gemini: GeminiServer) -> list[set[str]]:
    """The attributes of each request."""
    schemas = [asked.body["generationConfig"]["responseSchema"]["properties"] for asked in gemini.asked]
    return [{name for name, field in schema.items() if "enum" in field} for schema in schemas]


def test_a_new_attribute_is_asked_alone_and_said_before(world: World, gemini: GeminiServer) -> None:
    before = {row["content_hash"]: row for row in world.rows()}
    world.taxonomy(OLD | MOOD)
    estimate = estimate_annotate(world.warehouse, settings(annotator="gemini"))
    assert "of 3 only mood is asked, the rest was read by an earlier taxonomy" in str(estimate)
    assert not gemini.asked
    result = world.annotate()
    assert world.narrator.said[-1] == str(estimate)
    assert (result.outcome, result.rows_written, result.usage.requests) == ("done", 3, estimate.requests)
    assert result.usage.cost_usd == pytest.approx(estimate.cost_usd, rel=0.3)
    assert asked_for(gemini) == [{"mood"}] * 3
    for row in world.rows():
        old = before[row["content_hash"]]
        assert read(row["traits"]) == read(old["traits"]) | {"mood": "calm"}
        assert row["probabilities"] == [*old["probabilities"][:3], 0.91, 0.09, *old["probabilities"][3:]]
        assert row["approach_phrase"] == old["approach_phrase"]
    assert world.annotate().outcome == "unchanged"
    assert len(read_annotations(world.warehouse, settings(annotator="gemini").annotate, list(before)).traits) == 3


def test_what_is_not_asked_any_more_costs_nothing_and_stays_in_history(world: World, gemini: GeminiServer) -> None:
    world.taxonomy({"hook": OLD["hook"]})
    estimate = estimate_annotate(world.warehouse, settings(annotator="gemini"))
    assert (estimate.requests, estimate.cost_usd) == (0, 0)
    assert world.annotate().outcome == "done"
    assert not gemini.asked
    assert {row["traits"] for row in world.rows()} == {"hook:question"}
    assert world.warehouse.read(CREATIVE_ANNOTATIONS).num_rows == 6
    history = {row["attribute"]: row["value_names"] for row in world.warehouse.read(TAXONOMY_ATTRIBUTES).to_pylist()}
    assert history == {"hook": "question, scene, story", "proof": "none, rating"}


def test_an_attribute_with_another_meaning_or_value_is_asked_anew_and_only_it(
    world: World, gemini: GeminiServer
) -> None:
    world.taxonomy({"hook": OLD["hook"], "proof": ("none", "rating", "seal")})
    world.annotate()
    assert asked_for(gemini) == [{"proof"}] * 3
    gemini.asked.clear()
    world.taxonomy(OLD, meaning="In other words")
    world.annotate()
    assert asked_for(gemini) == [{"hook", "proof"}] * 3


def test_words_of_names_are_not_asked_for_again(world: World, gemini: GeminiServer) -> None:
    world.taxonomy(OLD, label="Another label", phrase="with another phrase")
    assert world.annotate().outcome == "unchanged"
    assert not gemini.asked


def test_a_taxonomy_that_comes_back_is_there_already(world: World, gemini: GeminiServer) -> None:
    before = world.rows()
    world.taxonomy(OLD | MOOD)
    world.annotate()
    gemini.asked.clear()
    world.taxonomy(OLD)
    assert world.annotate().outcome == "unchanged"
    assert not gemini.asked
    assert world.rows() == before


def test_most_is_taken_over_and_what_is_new_is_asked_whole(world: World, gemini: GeminiServer) -> None:
    world.taxonomy(OLD | MOOD)
    world.annotate()
    gemini.asked.clear()
    world.contents(*HEADLINES, "Why so new?")
    world.taxonomy(OLD | MOOD | {"voice": ("brand", "customer")})
    world.annotate()
    assert sorted(map(sorted, asked_for(gemini))) == [["hook", "mood", "proof", "voice"], *[["voice"]] * 3]
    assert len(world.rows()) == 4


def test_a_run_that_was_stopped_goes_on_with_the_rest(world: World, gemini: GeminiServer) -> None:
    world.taxonomy(OLD | MOOD)
    stopped = world.annotate(max_requests=1, gemini_connections=1)
    assert isinstance(stopped.stopped, LimitError)
    assert len(world.rows()) == 1
    assert world.annotate().outcome == "done"
    assert asked_for(gemini) == [{"mood"}] * 3


def test_what_was_read_without_its_picture_is_read_whole_when_it_came(world: World, gemini: GeminiServer) -> None:
    world.contents(*HEADLINES, image_uri="a.jpg")
    hashes = IMAGE_HASHES.rows([{"image_uri": "a.jpg", "status": "hashed", "content_sha256": "sha"}])
    world.warehouse.write(Change.of_all(IMAGE_HASHES, hashes))
    world.annotate()
    copy = READING_COPIES.rows([{"content_sha256": "sha", "picture": 0, "webp": webp("red")}])
    world.warehouse.write(Change.of_all(READING_COPIES, copy))
    world.taxonomy(OLD | MOOD)
    gemini.asked.clear()
    world.annotate()
    assert asked_for(gemini) == [{"hook", "mood", "proof"}] * 3
    assert {row["pictures_seen"] for row in world.rows()} == {1}


def test_another_model_takes_nothing_over(world: World, gemini: GeminiServer) -> None:
    world.taxonomy(OLD | MOOD)
    world.annotate(annotator_model="gemini-3.8-flash")
    assert asked_for(gemini) == [{"hook", "mood", "proof"}] * 3


def test_pictures_that_were_seen_are_not_loaded_again_for_a_question_about_texts(
    world: World, gemini: GeminiServer
) -> None:
    world.contents(*HEADLINES, image_uri="a.jpg")
    hashes = IMAGE_HASHES.rows([{"image_uri": "a.jpg", "status": "hashed", "content_sha256": "sha"}])
    world.warehouse.write(Change.of_all(IMAGE_HASHES, hashes))
    copy = READING_COPIES.rows([{"content_sha256": "sha", "picture": 0, "webp": webp("red")}])
    world.warehouse.write(Change.of_all(READING_COPIES, copy))
    world.annotate()
    of_images = settings(annotator="gemini").hash_images
    assert not wanted_again(world.warehouse, of_images, "image").missing

    world.taxonomy(OLD | MOOD)
    assert not wanted_again(world.warehouse, of_images, "image").missing
    world.annotate()
    assert {row["pictures_seen"] for row in world.rows()} == {1}
    assert not wanted_again(world.warehouse, of_images, "image").missing

    style = [
        {"attribute": "style", "value": value, "medium": "media", "label": value, "meaning": value} for value in "ab"
    ]
    world.warehouse.write(Change.of_new(CREATIVE_TRAITS, CREATIVE_TRAITS.rows(style)))
    assert wanted_again(world.warehouse, of_images, "image").missing == {"sha"}
