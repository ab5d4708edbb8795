"""Job annotate with Gemini: what it looks at, what it keeps, and what it pays for."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from creative_approaches.adapters.warehouses.duckdb.warehouse import DuckDBWarehouse
from creative_approaches.adapters.warehouses.port import Change
from creative_approaches.errors import LimitError
from creative_approaches.jobs.annotate.job import annotate, estimate_annotate
from creative_approaches.jobs.job import JobResult
from creative_approaches.tables import (
    ANNOTATION_REPEATS,
    CONTENTS,
    CREATIVE_ANNOTATIONS,
    CREATIVE_TRAITS,
    IMAGE_HASHES,
    READING_COPIES,
    VIDEO_HASHES,
)
from tests.support.direct_jobs import Narrator, make_directly, settings
from tests.support.gemini.answers import BLOCKED_PROMPT
from tests.support.gemini.server import GeminiServer

VALUES = {"hook": ("text", "question", "scene"), "visual_style": ("media", "lifestyle", "studio")}
ANSWER = {
    "hook": "question",
    "hook_sure": 90,
    "visual_style": "studio",
    "visual_style_sure": 90,
    "approach_phrase": "A question before a plain product",
}
# Of the words, the image and the film of each content.
ADS = {
    "seen": ("Why so dry?", "a.jpg", None),
    "same picture": ("Why so late?", "a.jpg", None),
    "filmed": ("Why so dear?", "b.jpg", "b.mp4"),
    "lost": ("Why so far?", "lost.jpg", None),
    "words": ("Why so long?", None, None),
}


def webp(color: str) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), color).save(file, "WEBP")
    return file.getvalue()


COPIES = [
    {"content_sha256": "sha a.jpg", "picture": 0, "webp": webp("red")},
    {"content_sha256": "sha b.jpg", "picture": 0, "webp": webp("green")},
    {"content_sha256": "sha b.mp4", "picture": 0, "starts_at_seconds": 0.0, "webp": webp("blue")},
    {"content_sha256": "sha b.mp4", "picture": 1, "starts_at_seconds": 4.0, "webp": webp("white")},
]


@pytest.fixture
def gemini(gemini: GeminiServer) -> GeminiServer:
    gemini.generate = lambda system, user, schema: json.dumps(ANSWER)
    return gemini


@pytest.fixture
def warehouse(tmp_path: Path) -> DuckDBWarehouse:
    """Contents whose media were hashed, but for those that are lost, with their reading copies."""
    warehouse = make_directly(tmp_path, CONTENTS, CREATIVE_TRAITS)
    traits = [
        {"attribute": attribute, "value": value, "medium": medium, "label": value, "meaning": value}
        for attribute, (medium, *values) in VALUES.items()
        for value in values
    ]
    contents = [
        {"version_key": key, "headline": words, "wording_hash": words, "image_uri": image, "video_uri": film}
        for key, (words, image, film) in ADS.items()
    ]
    images = [{"image_uri": uri, "status": "hashed", "content_sha256": f"sha {uri}"} for uri in ("a.jpg", "b.jpg")]
    films = [{"video_uri": "b.mp4", "status": "hashed", "content_sha256": "sha b.mp4"}]
    warehouse.write(Change.of_all(CREATIVE_TRAITS, CREATIVE_TRAITS.rows(traits)))
    warehouse.write(Change.of_all(CONTENTS, CONTENTS.rows(contents)))
    warehouse.write(Change.of_all(IMAGE_HASHES, IMAGE_HASHES.rows(images)))
    warehouse.write(Change.of_all(VIDEO_HASHES, VIDEO_HASHES.rows(films)))
    keep(warehouse)
    return warehouse


def keep(warehouse: DuckDBWarehouse, *more: dict[str, Any]) -> None:
    warehouse.write(Change.of_all(READING_COPIES, READING_COPIES.rows([*COPIES, *more])))


def run(warehouse: DuckDBWarehouse, narrator: Narrator | None = None, **changes: Any) -> JobResult:
    return annotate(warehouse, settings(annotator="gemini", **changes), narrator or Narrator())


def rows(warehouse: DuckDBWarehouse) -> list[dict[str, Any]]:
    return warehouse.read(CREATIVE_ANNOTATIONS).to_pylist()  # type: ignore[no-any-return]  # pyarrow is untyped


def shown(gemini: GeminiServer) -> dict[str, tuple[bytes, ...]]:
    """The pictures that each headline was asked about with."""
    return {json.loads(asked.texts[0].split("\n")[1]): asked.pictures for asked in gemini.asked}


def test_contents_are_read_with_their_pictures_a_film_before_its_image(
    warehouse: DuckDBWarehouse, gemini: GeminiServer
) -> None:
    assert run(warehouse).outcome == "done"
    assert shown(gemini) == {
        "Why so dry?": (webp("red"),),
        "Why so late?": (webp("red"),),
        "Why so dear?": (webp("blue"), webp("white")),
        "Why so far?": (),
        "Why so long?": (),
    }
    assert sorted(row["pictures_seen"] or 0 for row in rows(warehouse)) == [0, 0, 1, 1, 2]
    assert [bool(row["media_detail"]) for row in rows(warehouse)].count(True) == 1
    assert {row["traits"] for row in rows(warehouse)} == {"hook:question, visual_style:studio", "hook:question"}


def test_a_copy_goes_once_all_contents_were_read_that_show_it(warehouse: DuckDBWarehouse, gemini: GeminiServer) -> None:
    gemini.generate = lambda system, user, schema: json.dumps(ANSWER) if "late" not in user else "no"
    assert run(warehouse).outcome == "partial"
    assert set(warehouse.read(READING_COPIES)["content_sha256"].to_pylist()) == {"sha a.jpg"}
    gemini.generate = lambda system, user, schema: json.dumps(ANSWER)
    assert run(warehouse).outcome == "done"
    assert warehouse.read(READING_COPIES).num_rows == 0
    assert run(warehouse).outcome == "unchanged"
    assert {row["reason"] for row in rows(warehouse)} == {None}


def test_a_content_is_read_again_when_its_media_come_and_only_it(
    warehouse: DuckDBWarehouse, gemini: GeminiServer
) -> None:
    run(warehouse)
    gemini.asked.clear()
    images = [{"image_uri": "lost.jpg", "status": "hashed", "content_sha256": "sha lost.jpg"}]
    warehouse.write(Change.of_keys(IMAGE_HASHES, IMAGE_HASHES.rows(images)))
    keep(warehouse, {"content_sha256": "sha lost.jpg", "picture": 0, "webp": webp("black")})
    # Its bytes are another content, as for all who ask by its hash.
    assert run(warehouse).outcome == "done"
    assert shown(gemini) == {"Why so far?": (webp("black"),)}
    assert run(warehouse).outcome == "unchanged"


def test_media_that_were_hashed_before_their_copies_came_are_looked_at_then(
    warehouse: DuckDBWarehouse, gemini: GeminiServer
) -> None:
    warehouse.write(Change.of_all(READING_COPIES, READING_COPIES.rows([])))
    run(warehouse)
    assert {row["pictures_seen"] for row in rows(warehouse)} == {None}
    gemini.asked.clear()
    keep(warehouse)
    assert run(warehouse).outcome == "done"
    assert set(shown(gemini)) == {"Why so dry?", "Why so late?", "Why so dear?"}
    assert len(rows(warehouse)) == len(ADS)
    assert run(warehouse).outcome == "unchanged"


def test_pictures_that_were_refused_are_not_paid_for_in_each_run(
    warehouse: DuckDBWarehouse, gemini: GeminiServer
) -> None:
    gemini.generate = lambda system, user, schema: BLOCKED_PROMPT if gemini.asked[-1].pictures else json.dumps(ANSWER)
    run(warehouse, gemini_connections=1)
    asked = len(gemini.asked)
    refused = [row for row in rows(warehouse) if row["pictures_seen"] == 0]
    assert {row["media_detail"] for row in refused} == {"With its pictures it was blocked: PROHIBITED_CONTENT."}
    assert run(warehouse).outcome == "unchanged"
    assert len(gemini.asked) == asked


def test_what_is_announced_counts_the_pictures(warehouse: DuckDBWarehouse, gemini: GeminiServer) -> None:
    estimate, narrator = estimate_annotate(warehouse, settings(annotator="gemini")), Narrator()
    result = run(warehouse, narrator)
    assert narrator.said == [str(estimate)]
    assert result.usage.requests == estimate.requests == len(ADS)
    assert result.usage.cost_usd == pytest.approx(estimate.cost_usd, rel=0.25)
    warehouse.write(Change.of_all(READING_COPIES, READING_COPIES.rows([])))
    warehouse.write(Change.of_all(CREATIVE_ANNOTATIONS, CREATIVE_ANNOTATIONS.rows([])))
    without = estimate_annotate(warehouse, settings(annotator="gemini"))
    assert without.tokens_in_all.input <= estimate.tokens_in_all.input - 2 * 560 - 2 * 280


def test_a_limit_keeps_what_was_paid_for_and_the_next_run_does_the_rest(
    warehouse: DuckDBWarehouse, gemini: GeminiServer
) -> None:
    stopped = run(warehouse, max_requests=2, gemini_connections=1)
    assert isinstance(stopped.stopped, LimitError)
    assert len(rows(warehouse)) == len(gemini.asked) == 2
    assert warehouse.read(READING_COPIES).num_rows > 0
    assert run(warehouse).outcome == "done"
    assert len(rows(warehouse)) == len(gemini.asked) == len(ADS)


def test_an_annotator_that_does_not_see_leaves_the_copies_alone(warehouse: DuckDBWarehouse) -> None:
    warehouse.write(Change.of_all(CREATIVE_TRAITS, CREATIVE_TRAITS.rows([])))
    annotate(warehouse, settings(annotator="text", embed_source="text"), Narrator())
    assert warehouse.read(READING_COPIES).num_rows == len(COPIES)


def test_an_injection_in_words_or_picture_changes_no_other_row(
    warehouse: DuckDBWarehouse, gemini: GeminiServer
) -> None:
    """A model that obeys whatever it is shown can spoil the ad that says it, and no other."""
    orders = {"hook": "scene", "visual_style": "lifestyle"}
    gemini.generate = lambda system, user, schema: json.dumps(
        ANSWER | orders if "dear" in user or webp("red") in gemini.asked[-1].pictures else ANSWER
    )
    run(warehouse, gemini_connections=1)
    by_pictures = [(row["pictures_seen"], row["traits"]) for row in rows(warehouse)]
    assert by_pictures.count((1, "hook:scene, visual_style:lifestyle")) == 2
    assert by_pictures.count((2, "hook:scene, visual_style:lifestyle")) == 1
    assert by_pictures.count((None, "hook:question")) == 2


def repeats(warehouse: DuckDBWarehouse) -> list[dict[str, Any]]:
    return warehouse.read(ANNOTATION_REPEATS).to_pylist()  # type: ignore[no-any-return]  # pyarrow is untyped


def test_a_sample_is_read_twice_once_with_the_same_pictures(warehouse: DuckDBWarehouse, gemini: GeminiServer) -> None:
    estimate, narrator = estimate_annotate(warehouse, settings(annotator="gemini", repeated_readings=3)), Narrator()
    assert "3 are second readings" in str(estimate)
    result = run(warehouse, narrator, repeated_readings=3)
    assert narrator.said == [str(estimate)]
    assert result.usage.requests == estimate.requests == len(gemini.asked) == len(ADS) + 3
    first = {row["content_hash"]: (row["traits"], row["pictures_seen"]) for row in rows(warehouse)}
    second = {row["content_hash"]: (row["traits"], row["pictures_seen"]) for row in repeats(warehouse)}
    assert list(second) == sorted(first)[:3]
    assert second == {content: first[content] for content in second}
    assert warehouse.read(READING_COPIES).num_rows == 0
    assert run(warehouse, repeated_readings=3).outcome == "unchanged"
    assert len(gemini.asked) == len(ADS) + 3


def test_what_cannot_be_read_as_before_is_not_read_twice(warehouse: DuckDBWarehouse, gemini: GeminiServer) -> None:
    gemini.generate = lambda system, user, schema: "no" if "far" in user else json.dumps(ANSWER)
    run(warehouse)
    gemini.asked.clear()
    gemini.generate = lambda system, user, schema: json.dumps(ANSWER)
    run(warehouse, repeated_readings=100)
    # The copies of pictures are gone, and what could not be read was read first.
    assert {asked.pictures for asked in gemini.asked} == {()}
    assert sorted(shown(gemini)) == ["Why so far?", "Why so long?"]
    assert len(repeats(warehouse)) == 1
    run(warehouse, repeated_readings=100)
    assert (len(gemini.asked), len(repeats(warehouse))) == (3, 2)


def test_second_readings_that_a_limit_stopped_are_made_next_time(
    warehouse: DuckDBWarehouse, gemini: GeminiServer
) -> None:
    stopped = run(warehouse, repeated_readings=100, max_requests=len(ADS) + 1, gemini_connections=1)
    assert isinstance(stopped.stopped, LimitError)
    assert (len(rows(warehouse)), len(repeats(warehouse))) == (len(ADS), 1)
    assert run(warehouse, repeated_readings=100).outcome == "done"
    assert len(repeats(warehouse)) == len(ADS)
    assert warehouse.read(READING_COPIES).num_rows == 0
