"""Job hash-images on a real DuckDB file, with images from real files and real sockets."""

import io
import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import numpy as np
import pytest
from PIL import Image

from creative_approaches.adapters.media import hosts as media_hosts
from creative_approaches.adapters.warehouses.duckdb.warehouse import DuckDBWarehouse
from creative_approaches.adapters.warehouses.port import Change
from creative_approaches.core.media.image_hash import HashSizes, hash_content
from creative_approaches.jobs.job import JobResult
from creative_approaches.jobs.media import hash_images as job
from creative_approaches.jobs.media import hash_media, image_decoder
from creative_approaches.jobs.media.decoders import Decoded
from creative_approaches.jobs.media.stream import Asked
from creative_approaches.settings import Settings
from creative_approaches.tables import IMAGE_HASHES, IMAGES, Table
from tests.support.media import dangerous_images
from tests.support.media.server import (
    Handler,
    Site,
    content,
    cut_off,
    endless,
    in_turn,
    running_site,
    silent,
    status,
    trickling,
)

Row = dict[str, Any]

FIRST_RUN = datetime(2026, 1, 5, 6)


class _Project:
    """What the adapter asks of a dbt project, without dbt."""

    def __init__(self, directory: Path) -> None:
        self.credentials = SimpleNamespace(path="warehouse.duckdb", settings={})
        self.options = SimpleNamespace(project_dir=directory)

    def relation(self, table: Table) -> str:
        return f'"{table.name}"'


def settings(**changes: Any) -> Settings:
    return Settings.of({"image_processes": 1, "allowed_private_hosts": ["localhost"], "demo_data": False} | changes)


@dataclass
class World:
    """A warehouse, a host of images, and the job with the project's own settings but for a few."""

    warehouse: DuckDBWarehouse
    directory: Path
    site: Site
    now: datetime = FIRST_RUN
    settings: Row = field(default_factory=dict)

    def run(self, *uris: str, **changes: Any) -> JobResult:
        """Run the job on these images; on those of before if there are none."""
        if uris:
            self.warehouse.write(Change.of_all(IMAGES, IMAGES.rows([{"image_uri": uri} for uri in sorted(uris)])))
        return job.hash_images(self.warehouse, settings(**changes), lambda items, _: items, lambda: self.now)

    def rows(self) -> dict[str, Row]:
        return {row["image_uri"]: row for row in self.warehouse.read(IMAGE_HASHES).to_pylist()}

    def serve(self, path: str, body: bytes, etag: str | None = None) -> str:
        self.site.answers[path] = content(body, etag)
        return self.site.uri(path)


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.setattr(media_hosts, "_backoff", lambda _: 0)
    project: Any = _Project(tmp_path)
    with duckdb.connect(str(tmp_path / "warehouse.duckdb")) as connection:
        for table in (IMAGE_HASHES, IMAGES):
            connection.register("empty_rows", table.rows([]))
            connection.execute(f'create table "{table.name}" as select * from empty_rows')
    with running_site() as site:
        yield World(DuckDBWarehouse(project), tmp_path, site)


def picture(seed: int, file_format: str = "PNG") -> bytes:
    """Soft blocks of random colours, other ones for each seed."""
    blocks = np.random.default_rng(seed).integers(0, 256, (6, 9, 3), dtype=np.uint8)
    return encoded(Image.fromarray(blocks).resize((90, 60), Image.Resampling.BICUBIC), file_format)


def encoded(image: Image.Image, file_format: str = "PNG") -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, file_format)
    return buffer.getvalue()


# What is written


def test_an_image_has_its_hashes_and_where_they_come_from(world: World) -> None:
    body = picture(1)
    uri = world.serve("/a.png", body, '"v1"')
    result = world.run(uri)
    row = world.rows()[uri]
    expected = hash_content(body, HashSizes(8, 16), 10**6)
    assert {name: row[name] for name in vars(expected)} == vars(expected)
    assert row["content_sha256"] == sha256(body).hexdigest()
    assert (row["content_version"], row["content_bytes"]) == ('"v1"', len(body))
    assert (row["checked_at"], row["hash_size"], row["fine_hash_size"]) == (FIRST_RUN, 8, 16)
    assert (row["status"], row["reason"], row["detail"]) == ("hashed", None, None)
    assert (result.rows_read, result.rows_written, result.outcome) == (1, 1, "done")


def test_images_of_files_and_of_the_web_are_hashed_alike(world: World) -> None:
    (world.directory / "a.png").write_bytes(picture(1))
    uri = world.serve("/a.png", picture(1))
    world.run(uri, "a.png")
    rows = world.rows()
    assert rows[uri]["phash"] == rows["a.png"]["phash"] is not None


def test_no_images_are_no_work(world: World) -> None:
    assert world.run().outcome == "unchanged"


def test_a_second_run_asks_for_nothing_and_writes_nothing(world: World) -> None:
    uris = [world.serve("/a.png", picture(1)), world.serve("/b.jpg", b"no image"), world.site.uri("/gone.jpg")]
    world.run(*uris)
    before, asked = world.rows(), dict(world.site.asked)
    world.now += timedelta(days=1)
    result = world.run()
    assert (world.rows(), dict(world.site.asked)) == (before, asked)
    assert (result.rows_written, result.outcome) == (0, "unchanged")


# Bytes seen once


def test_bytes_seen_in_an_earlier_run_are_not_hashed_again(world: World) -> None:
    first = world.serve("/a.png", picture(1))
    world.run(first)
    planted = world.rows()[first] | {"phash": 4711}
    world.warehouse.write(Change.of_all(IMAGE_HASHES, IMAGE_HASHES.rows([planted])))
    copy = world.serve("/copy.png", picture(1), '"v7"')
    world.run(first, copy)
    row = world.rows()[copy]
    assert (row["phash"], row["content_version"]) == (4711, '"v7"')


def test_bytes_are_decoded_once_in_a_run(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job, "decode_image", _noted)
    monkeypatch.setattr(job, "CHUNK", 3)
    monkeypatch.setenv("NOTES", str(world.directory))
    world.run(*(world.serve(f"/{number}.png", picture(number % 2)) for number in range(8)))
    assert len(list(world.directory.glob("note *"))) == 2
    assert len({row["phash"] for row in world.rows().values()}) == 2


def _noted(body: bytes, sizes: HashSizes, max_pixels: int) -> Decoded:
    Path(os.environ["NOTES"], f"note {sha256(body).hexdigest()}").touch(exist_ok=False)
    return image_decoder.decode_image(body, sizes, max_pixels)


def test_other_hash_sizes_are_other_hashes(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    uri = world.serve("/a.png", picture(1), '"v1"')
    world.run(uri)
    monkeypatch.setattr(job, "DEFAULT_SIZES", HashSizes(6))
    world.run()
    assert world.rows()[uri]["hash_size"] == 6
    assert world.site.asked["/a.png"] == 2


# Images that may have changed


def test_an_image_that_did_not_change_is_only_checked(world: World) -> None:
    uri = world.serve("/a.png", picture(1), '"v1"')
    world.run(uri)
    before = world.rows()[uri]
    world.now += timedelta(days=30)
    assert world.run().rows_written == 1
    assert world.rows()[uri] == before | {"checked_at": world.now}
    assert world.run().rows_written == 0


def test_an_image_that_changed_is_hashed_again(world: World) -> None:
    uri = world.serve("/a.png", picture(1), '"v1"')
    world.run(uri)
    before = world.rows()[uri]
    world.serve("/a.png", picture(2), '"v2"')
    world.run()
    assert world.rows()[uri] == before
    world.now += timedelta(days=30)
    world.run()
    row = world.rows()[uri]
    assert (row["content_sha256"], row["content_version"]) == (sha256(picture(2)).hexdigest(), '"v2"')
    assert row["phash"] != before["phash"]


@pytest.mark.parametrize(("code", "is_checked"), [(404, True), (403, True), (503, False)])
def test_hashes_outlive_their_image(world: World, code: int, is_checked: bool) -> None:
    uri = world.serve("/a.png", picture(1))
    world.run(uri)
    before = world.rows()[uri]
    world.site.answers["/a.png"] = status(code)
    world.now += timedelta(days=30)
    world.run()
    assert world.rows()[uri] == before | ({"checked_at": world.now} if is_checked else {})


def test_nothing_is_ever_asked_for_again_if_nobody_wants_it(world: World) -> None:
    uris = [world.serve("/a.png", picture(1)), world.site.uri("/gone.jpg")]
    world.run(*uris)
    world.now += timedelta(days=10_000)
    assert world.run(image_recheck_days=None).rows_written == 0
    assert world.site.asked.total() == 2


# Failures


def bomb() -> bytes:
    """A picture of 20,000 x 20,000 pixels in 50,000 bytes."""
    return encoded(Image.new("1", (20_000, 20_000)))


def test_each_bad_image_has_its_reason_and_the_rest_is_done(world: World) -> None:
    html = b"<!DOCTYPE html><html><body>404 Not Found</body></html>"
    web: dict[str, tuple[Callable[[Handler], None], str]] = {
        "/truncated.png": (content(picture(1)[:-3000]), "truncated"),
        "/truncated.jpg": (content(picture(1, "JPEG")[:-400]), "truncated"),
        "/huge.png": (content(bomb()), "too_many_pixels"),
        "/html.jpg": (content(html, Content_Type="image/jpeg"), "not_an_image"),
        "/a.svg": (content(b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'), "not_an_image"),
        "/empty.jpg": (content(b""), "not_an_image"),
        "/endless.jpg": (endless, "too_many_bytes"),
        "/large.jpg": (lambda handler: handler.say(200, {"Content-Length": "9000000"}), "too_many_bytes"),
        "/private.jpg": (status(302, Location="http://169.254.169.254/"), "private_address"),
        "/slow.jpg": (trickling, "timeout"),
        "/broken.jpg": (cut_off, "unreachable"),
        "/gone.jpg": (status(410), "gone"),
        "/odd.jpg": (status(418), "unreadable"),
    }
    expected = {
        "file:///no/such.jpg": "gone",
        "http://10.0.0.1/a.jpg": "private_address",
        "http://a.invalid/": "unreachable",
    }
    for path, (answer, reason) in web.items():
        world.site.answers[path] = answer
        expected[world.site.uri(path)] = reason
    good = {world.serve(f"/{number}.png", picture(number)): None for number in range(20)}
    good[world.serve("/pixel.gif", encoded(Image.new("RGB", (1, 1)), "GIF"))] = None
    result = world.run(*expected, *good, image_timeout_seconds=2, image_max_megabytes=2)
    rows = world.rows()
    assert {uri: row["reason"] for uri, row in rows.items()} == expected | good
    assert {row["status"] for uri, row in rows.items() if uri in good} == {"hashed"}
    assert all(bool(row["detail"]) == bool(row["reason"]) for row in rows.values())
    assert (result.failed, result.outcome) == (len(expected), "partial")
    details = {uri.rpartition("/")[2]: row["detail"] for uri, row in rows.items()}
    assert (details["html.jpg"], details["a.svg"]) == ("It is an HTML page.", "It is SVG.")


def test_headers_that_are_not_utf_8_do_not_stop_the_batch(world: World) -> None:
    odd_version = world.serve("/version.png", picture(1), '"\xff"')
    odd_encoding = world.site.uri("/encoding.png")
    world.site.answers["/encoding.png"] = content(picture(2), Content_Encoding="\xff")
    good = world.serve("/good.png", picture(3), '"v1"')
    assert world.run(odd_version, odd_encoding, good).rows_written == 3
    rows = world.rows()
    assert [(row["status"], row["content_version"]) for row in (rows[odd_version], rows[good])] == [
        ("hashed", None),
        ("hashed", '"v1"'),
    ]
    assert rows[odd_encoding]["reason"] == "unreadable"
    assert rows[odd_encoding]["detail"] == "Its host answers in content encoding ?, without being asked to."


def test_hosts_that_are_down_do_not_hold_up_the_others(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    # Names under localhost are this machine's, each a host of its own.
    hosts = [f"host{number}.localhost" for number in range(20)]
    _resolve_here(monkeypatch)
    down = [f"http://{host}:{world.site.port}/down/{number}" for host in hosts[:2] for number in range(40)]
    up = [f"http://{host}:{world.site.port}/up" for host in hosts[2:]]
    world.site.answers |= {f"/down/{number}": silent for number in range(40)} | {"/up": content(picture(1))}
    world.run(*down, *up, image_timeout_seconds=1, image_connections=8, allowed_private_hosts=hosts)
    rows = world.rows()
    assert {rows[uri]["status"] for uri in up} == {"hashed"}
    assert {rows[uri]["reason"] for uri in down} == {"timeout", "unreachable"}
    patience = media_hosts.PATIENCE + 1  # one may be under way when the others fail
    assert sum(rows[uri]["reason"] == "timeout" for uri in down) <= 2 * patience


def _resolve_here(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def here(host: Any, port: Any, *_: Any, **__: Any) -> Any:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", here)


def test_a_host_that_was_down_is_asked_again_in_the_next_run(world: World) -> None:
    uri = world.site.uri("/a.png")
    world.site.answers["/a.png"] = status(503)
    world.run(uri)
    before = world.rows()
    world.now += timedelta(days=1)
    result = world.run()
    assert (result.failed, result.rows_written, world.rows()) == (1, 0, before)
    world.serve("/a.png", picture(1))
    assert world.run().rows_written == 1
    assert world.rows()[uri]["status"] == "hashed"


def test_an_image_that_is_gone_is_asked_for_again_after_a_while(world: World) -> None:
    uri = world.site.uri("/a.png")
    world.run(uri)
    assert world.rows()[uri]["reason"] == "gone"
    world.now += timedelta(days=30)
    world.serve("/a.png", picture(1))
    world.run()
    assert world.rows()[uri]["status"] == "hashed"


@pytest.mark.parametrize(
    ("refusing", "allowing"),
    [
        ({"image_max_megabytes": 0.001}, {}),
        ({"image_max_megapixels": 0.001}, {}),
        ({"allowed_private_hosts": []}, {}),
        ({"allow_local_media": False}, {"allow_local_media": True}),
    ],
    ids=lambda changes: next(iter(changes), "default"),
)
def test_what_a_setting_refused_is_asked_for_when_the_setting_changes(
    world: World, refusing: Row, allowing: Row
) -> None:
    (world.directory / "a.png").write_bytes(picture(1))
    uri = "a.png" if "allow_local_media" in refusing else world.serve("/a.png", picture(1))
    world.run(uri, **refusing)
    assert world.rows()[uri]["status"] == "failed"
    assert world.run(**refusing).rows_written == 0
    world.run(**allowing)
    assert world.rows()[uri]["status"] == "hashed"


@pytest.mark.parametrize(
    ("is_local", "demo_data", "allow_local_media", "is_read"),
    [
        (True, False, None, True),
        (False, False, None, False),
        (False, True, None, True),
        (False, False, True, True),
        (True, True, False, False),
    ],
)
def test_files_are_read_where_the_table_is_no_stranger_s(
    world: World,
    monkeypatch: pytest.MonkeyPatch,
    is_local: bool,
    demo_data: bool,
    allow_local_media: bool | None,
    is_read: bool,
) -> None:
    monkeypatch.setattr(DuckDBWarehouse, "is_local", is_local)
    (world.directory / "a.png").write_bytes(picture(1))
    world.run("a.png", demo_data=demo_data, allow_local_media=allow_local_media)
    assert world.rows()["a.png"]["reason"] == (None if is_read else "local_files_refused")


@pytest.mark.parametrize("reason", ["refused", "too_large"])
def test_what_another_version_refused_by_another_code_is_asked_for_again(world: World, reason: str) -> None:
    uri = world.serve("/a.png", picture(1))
    earlier = {"image_uri": uri, "status": "failed", "reason": reason, "detail": "x", "checked_at": FIRST_RUN}
    world.warehouse.write(Change.of_all(IMAGE_HASHES, IMAGE_HASHES.rows([earlier])))
    world.run(uri)
    assert world.rows()[uri]["status"] == "hashed"


# Runs that end before their time


def test_a_run_that_is_stopped_keeps_what_was_finished(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job, "CHUNK", 2)
    uris = [world.serve(f"/{number}.png", picture(number)) for number in range(6)]
    with monkeypatch.context() as stopped:
        stopped.setattr(world.warehouse, "write", _stopping_after(world.warehouse.write, 3))
        with pytest.raises(KeyboardInterrupt):
            world.run(*uris)
    assert len(world.rows()) == 4
    assert world.run().rows_written == 2
    assert {row["status"] for row in world.rows().values()} == {"hashed"}


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


# Order and memory


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
