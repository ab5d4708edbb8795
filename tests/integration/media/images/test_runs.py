"""Runs that are stopped, and how many images are under way."""

import threading
from collections.abc import Callable

import pytest

from creative_approaches.adapters.warehouses.port import Change
from creative_approaches.jobs.media import hash_images as job
from creative_approaches.jobs.media import hash_media
from creative_approaches.jobs.media.stream import Asked
from creative_approaches.tables import IMAGE_HASHES, MEDIA_THUMBNAILS, Table
from tests.support.media import dangerous_images
from tests.support.media.server import Handler, content, in_turn, status
from tests.support.worlds.image_world import World, picture


def test_a_run_that_is_stopped_keeps_what_was_finished(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job, "CHUNK", 2)
    uris = [world.serve(f"/{number}.png", picture(number)) for number in range(6)]
    with monkeypatch.context() as stopped:
        stopped.setattr(world.warehouse, "write", _stopping_after(world.warehouse.write, 3))
        with pytest.raises(KeyboardInterrupt):
            world.run(*uris)
    assert len(world.rows()) == 4
    assert contents_of(world, IMAGE_HASHES) == contents_of(world, MEDIA_THUMBNAILS)
    assert world.run().rows_written == 2
    assert contents_of(world, IMAGE_HASHES) == contents_of(world, MEDIA_THUMBNAILS)
    assert {row["status"] for row in world.rows().values()} == {"hashed"}


def contents_of(world: World, table: Table) -> list[str]:
    return sorted(world.warehouse.read(table)["content_sha256"].to_pylist())


def _stopping_after(write: Callable[..., int], times: int) -> Callable[..., int]:
    left = iter(range(times))

    def stopping(*changes: Change) -> int:
        if next(left, None) is None:
            raise KeyboardInterrupt
        return write(*changes)

    return stopping


@pytest.mark.parametrize("processes", [1, 2])
def test_an_image_that_crashes_its_decoder_takes_no_other_with_it(
    world: World, monkeypatch: pytest.MonkeyPatch, processes: int
) -> None:
    monkeypatch.setattr(job, "decode_image", dangerous_images.decode_image)
    monkeypatch.setattr(job, "SECONDS", 3)
    bad = [world.serve("/killer.jpg", dangerous_images.KILLER), world.serve("/loop.jpg", dangerous_images.LOOP)]
    good = [world.serve(f"/{number}.png", picture(number)) for number in range(10)]
    world.run(*bad, *good, image_processes=processes)
    rows = world.rows()
    assert {rows[uri]["status"] for uri in good} == {"hashed"}
    assert [rows[uri]["reason"] for uri in bad] == ["decoder_crashed", "too_slow"]


def test_no_more_images_are_under_way_than_allowed(world: World) -> None:
    present, most, lock = 0, 0, threading.Lock()

    def answer(handler: Handler) -> None:
        nonlocal present, most
        with lock:
            present += 1
            most = max(most, present)
        handler.say(200, {}, picture(int(handler.path[1:])))
        with lock:
            present -= 1

    uris = [world.site.uri(f"/{number}") for number in range(30)]
    world.site.answers |= {f"/{number}": answer for number in range(30)}
    world.run(*uris, image_connections=3)
    assert len(world.rows()) == 30
    assert most <= 3


def test_hosts_take_turns() -> None:
    uris = ["http://a/1", "http://a/2", "http://a/3", "http://b/1", "http://b/2", "c.jpg"]
    assert [image.uri for image in hash_media._in_turns(Asked(uri, None) for uri in uris)] == [
        *("http://a/1", "http://b/1", "c.jpg"),
        *("http://a/2", "http://b/2", "http://a/3"),
    ]


def test_a_store_that_comes_back_within_the_run_is_enough(world: World) -> None:
    uri = world.site.uri("/a.png")
    world.site.answers["/a.png"] = in_turn(status(503), content(picture(1)))
    assert world.run(uri).failed == 0
