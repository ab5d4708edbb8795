"""Copies of images for an annotator that looks at them: made with the hashes, kept until it has seen their contents."""

import io
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from PIL import Image

from creative_approaches.adapters.warehouses.port import Change
from creative_approaches.jobs.annotations import reading_of
from creative_approaches.jobs.contents import SHOWN, content_hashes
from creative_approaches.jobs.job import JobResult
from creative_approaches.jobs.media import hash_images as job
from creative_approaches.tables import (
    CONTENTS,
    CREATIVE_ANNOTATIONS,
    CREATIVE_TRAITS,
    IMAGE_HASHES,
    READING_COPIES,
    VIDEO_HASHES,
)
from tests.support.media import dangerous_images
from tests.support.media.server import status
from tests.support.worlds.image_world import World, encoded, picture, settings

SEEING = {"annotator": "gemini"}


@pytest.fixture
def world(world: World) -> World:
    """The taxonomy asks for something."""
    traits = [
        {"attribute": "hook", "value": value, "medium": "text", "label": value, "meaning": value}
        for value in ("question", "offer")
    ]
    world.warehouse.write(Change.of_all(CREATIVE_TRAITS, CREATIVE_TRAITS.rows(traits)))
    return world


def show(world: World, *contents: tuple[str, str], **other: Any) -> None:
    """Let there be these contents, each with its words and the address of its image."""
    rows = [
        {"version_key": f"{words} {uri}", "wording_hash": words, "image_uri": uri, **other} for words, uri in contents
    ]
    world.warehouse.write(Change.of_all(CONTENTS, CONTENTS.rows(rows)))


def run(world: World, *contents: tuple[str, str], **changes: Any) -> JobResult:
    """Run the job while there are these contents; those of before if none are given."""
    if contents:
        show(world, *contents)
    return world.run(*{uri for _, uri in contents}, **(SEEING | changes))


def copies(world: World) -> list[dict[str, Any]]:
    return world.warehouse.read(READING_COPIES).to_pylist()  # type: ignore[no-any-return]  # pyarrow is untyped


def forget_copies(world: World) -> None:
    """What job annotate does once it has read them."""
    world.warehouse.write(Change.of_all(READING_COPIES, READING_COPIES.rows([])))


def annotated(world: World, words: Sequence[str] | None = None, **row: Any) -> None:
    """Let the annotator have read contents with these words, or all: by default with their pictures."""
    contents = world.warehouse.read(CONTENTS.only(*SHOWN))
    hash_of = content_hashes(world.warehouse, contents)
    reading = reading_of(world.warehouse, settings(**SEEING).annotate)
    reader = {
        "annotator": reading.reader.annotator,
        "model": reading.reader.model,
        "backend": reading.reader.backend,
        "taxonomy_version": reading.taxonomy.version,
    }
    hashes = {
        hash_of[content["version_key"]]
        for content in contents.to_pylist()
        if words is None or content["wording_hash"] in words
    }
    rows = [{"content_hash": one, **reader, "pictures_seen": 1, **row} for one in sorted(hashes)]
    world.warehouse.write(Change.of_keys(CREATIVE_ANNOTATIONS, CREATIVE_ANNOTATIONS.rows(rows)))


def test_a_copy_is_made_with_the_hash_and_a_second_run_loads_nothing(world: World) -> None:
    large = encoded(Image.open(io.BytesIO(picture(1))).resize((1500, 1000), Image.Resampling.BICUBIC), "JPEG")
    uris = [world.serve("/large.jpg", large), world.serve("/small.png", picture(2)), world.site.uri("/gone.png")]
    run(world, *(("words", uri) for uri in uris))
    rows, found = world.rows(), copies(world)
    assert [row["content_sha256"] for row in found] == sorted(rows[uri]["content_sha256"] for uri in uris[:2])
    assert {(row["picture"], row["starts_at_seconds"]) for row in found} == {(0, None)}
    sizes = {row["content_sha256"]: Image.open(io.BytesIO(row["webp"])).size for row in found}
    assert [sizes[rows[uri]["content_sha256"]] for uri in uris[:2]] == [(768, 512), (90, 60)]
    assert all(len(row["webp"]) < 50_000 for row in found)
    assert run(world).rows_written == 0
    assert world.site.bodies == 2
    assert copies(world) == found


@pytest.mark.parametrize(
    "changes",
    [{"annotator": "offline"}, {"annotator": "text"}, {"keep_reading_copies": False}],
    ids=["an annotator without eyes", "no annotator", "switched off"],
)
def test_no_copy_is_kept_where_nobody_looks_at_it(world: World, changes: dict[str, Any]) -> None:
    run(world, ("words", world.serve("/a.png", picture(1))), **changes)
    assert world.rows()
    assert copies(world) == []
    assert run(world, **changes).rows_written == 0
    assert world.site.bodies == 1


@pytest.mark.parametrize(
    "before",
    [{"annotator": "offline"}, {"keep_reading_copies": False}],
    ids=["another annotator", "switched off"],
)
def test_what_was_hashed_without_a_copy_is_loaded_once_more_when_one_is_wanted(
    world: World, before: dict[str, Any]
) -> None:
    """Each content from one of its addresses, though its host would say that nothing changed."""
    uris = [world.serve(f"/{name}.png", picture(seed), '"v1"') for name, seed in [("a", 1), ("b", 2), ("copy", 1)]]
    run(world, *(("words", uri) for uri in uris), **before)
    hashed = world.rows()
    world.site.bodies = 0
    world.now += timedelta(days=1)
    run(world)
    assert {row["content_sha256"] for row in copies(world)} == {row["content_sha256"] for row in hashed.values()}
    assert world.site.bodies == 2
    assert {uri: row | {"checked_at": None} for uri, row in world.rows().items()} == {
        uri: row | {"checked_at": None} for uri, row in hashed.items()
    }
    assert run(world).rows_written == 0
    assert world.site.bodies == 2


def test_nothing_is_loaded_again_of_what_the_annotator_has_seen(world: World) -> None:
    uri = world.serve("/a.png", picture(1))
    run(world, ("words", uri))
    annotated(world)
    forget_copies(world)
    assert run(world).rows_written == 0
    assert (world.site.bodies, copies(world)) == (1, [])


@pytest.mark.parametrize(
    "row",
    [{"pictures_seen": None}, {"reason": "faulty_answer"}, {"model": "another"}, {"taxonomy_version": "another"}],
    ids=["by its text alone", "a faulty answer", "another model", "another taxonomy"],
)
def test_a_content_that_this_reader_has_not_seen_gets_its_copy_again(world: World, row: dict[str, Any]) -> None:
    run(world, ("words", world.serve("/a.png", picture(1))))
    annotated(world, **row)
    before = copies(world)
    forget_copies(world)
    run(world)
    assert copies(world) == before
    assert world.site.bodies == 2


def test_a_picture_is_copied_again_for_the_one_content_that_was_not_seen(world: World) -> None:
    uri = world.serve("/a.png", picture(1))
    run(world, ("old words", uri))
    annotated(world)
    forget_copies(world)
    run(world, ("old words", uri), ("new words", uri))
    assert len(copies(world)) == 1


@pytest.mark.parametrize(
    ("words", "bodies"), [("old words", 1), ("new words", 2)], ids=["words of before", "new words"]
)
def test_a_known_picture_at_a_new_address_is_loaded_only_for_words_that_were_not_seen_with_it(
    world: World, words: str, bodies: int
) -> None:
    """Platforms sign addresses anew each day; a new ad with an old picture comes at a new address too."""
    world.serve("/a.png", picture(1), '"v1"')
    old, new = (world.site.uri(f"/a.png?signed={day}") for day in (1, 2))
    run(world, ("old words", old))
    annotated(world)
    forget_copies(world)
    run(world, ("old words", old), (words, new))
    assert {row["content_sha256"] for row in world.rows().values()} == {world.rows()[old]["content_sha256"]}
    assert world.site.bodies == bodies
    assert len(copies(world)) == bodies - 1


def test_bytes_that_were_seen_get_no_copy_when_they_are_hashed_anew(world: World) -> None:
    uri = world.serve("/a.png", picture(1))
    run(world, ("words", uri))
    annotated(world)
    forget_copies(world)
    outdated = world.rows()[uri] | {"features_version": 0}
    world.warehouse.write(Change.of_all(IMAGE_HASHES, IMAGE_HASHES.rows([outdated])))
    assert run(world).rows_written == 1
    assert (world.site.bodies, copies(world)) == (2, [])


def test_an_image_that_is_gone_before_it_was_copied_is_asked_for_once(world: World) -> None:
    uri = world.serve("/a.png", picture(1))
    run(world, ("words", uri), annotator="offline")
    world.site.answers["/a.png"] = status(404)
    for _ in range(3):
        world.now += timedelta(days=1)
        run(world)
    assert world.site.asked["/a.png"] == 2
    row = world.rows()[uri]
    assert (row["status"], row["is_lost"], copies(world)) == ("hashed", True, [])
    world.serve("/a.png", picture(1))
    for _ in range(2):
        world.now += timedelta(days=30)
        run(world)
    assert len(copies(world)) == 1
    assert not world.rows()[uri]["is_lost"]


def test_a_host_that_is_down_is_asked_again_in_the_next_run(world: World) -> None:
    uri = world.serve("/a.png", picture(1))
    run(world, ("words", uri), annotator="offline")
    world.site.answers["/a.png"] = status(503)
    assert run(world).failed == 0
    assert copies(world) == []
    world.serve("/a.png", picture(1))
    run(world)
    assert len(copies(world)) == 1


def test_a_content_with_a_film_is_known_by_both(world: World) -> None:
    uri = world.serve("/a.png", picture(1))
    films = VIDEO_HASHES.rows([{"video_uri": "a.mp4", "content_sha256": "film"}])
    world.warehouse.write(Change.of_all(VIDEO_HASHES, films))
    show(world, ("words", uri), video_uri="a.mp4")
    world.run(uri, **SEEING)
    annotated(world)
    forget_copies(world)
    assert run(world).rows_written == 0
    assert copies(world) == []


def test_an_image_that_crashes_its_decoder_has_no_copy_and_the_others_do(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job, "decode_image", dangerous_images.decode_image)
    monkeypatch.setattr(job, "SECONDS", 3)
    bad = [world.serve("/killer.jpg", dangerous_images.KILLER), world.serve("/loop.jpg", dangerous_images.LOOP)]
    good = [world.serve(f"/{number}.png", picture(number)) for number in range(3)]
    run(world, *(("words", uri) for uri in bad + good))
    assert [world.rows()[uri]["reason"] for uri in bad] == ["decoder_crashed", "too_slow"]
    assert len(copies(world)) == len(good)


def test_a_stopped_run_leaves_no_hash_without_its_copy(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job, "CHUNK", 2)
    contents = [("words", world.serve(f"/{number}.png", picture(number))) for number in range(5)]
    show(world, *contents)
    write, left = world.warehouse.write, iter(range(2))

    def stopping(*changes: Change) -> int:
        if next(left, None) is None:
            raise KeyboardInterrupt
        return write(*changes)

    uris = [uri for _, uri in contents]
    world.run(uris[0], **SEEING)
    with monkeypatch.context() as stopped:
        stopped.setattr(world.warehouse, "write", stopping)
        with pytest.raises(KeyboardInterrupt):
            world.run(*uris, **SEEING)  # the addresses are the first write
    assert len(copies(world)) == len(world.rows()) == 3
    world.run(*uris, **SEEING)
    assert len(copies(world)) == len(world.rows()) == 5
