"""Images that cannot be had or decoded, and when they are asked for again."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from PIL import Image

from creative_approaches.adapters.media import hosts as media_hosts
from creative_approaches.adapters.warehouses.duckdb.warehouse import DuckDBWarehouse
from creative_approaches.adapters.warehouses.port import Change
from creative_approaches.tables import IMAGE_HASHES
from tests.support.media.server import Handler, content, cut_off, endless, silent, status, trickling
from tests.support.worlds.image_world import FIRST_RUN, Row, World, encoded, picture


def bomb() -> bytes:
    """A picture of 20,000 x 20,000 pixels in 50,000 bytes."""
    return encoded(Image.new("1", (20_000, 20_000)))


def test_each_bad_image_has_its_reason_and_the_rest_is_done(world: World) -> None:
    html = b"<!DOCTYPE html><html><body>404 Not Found</body></html>"
    web: dict[str, tuple[Callable[[Handler], None], str]] = {
        "/truncated.png": (content(picture(1)[:2000]), "truncated"),
        "/truncated.jpg": (content(picture(1, "JPEG")[:700]), "truncated"),
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
    expected[world.serve("/pixel.gif", encoded(Image.new("RGB", (1, 1)), "GIF"))] = "blank"
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
