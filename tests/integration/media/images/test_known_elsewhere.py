"""Images whose addresses are signed anew or moved: what their host says is known already is not sent again."""

import socket
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from creative_approaches.core.media.image_hash import HashSizes
from creative_approaches.jobs.media import hash_images as job
from tests.support.media.server import Answer, Handler, content, status, unchanged_since
from tests.support.worlds.image_world import World, picture

DATE = "Mon, 01 Dec 2025 10:00:00 GMT"


def by_query(**answers: Answer) -> Answer:
    """An answer for each query; a host that signs refuses others."""
    return lambda handler: answers.get(handler.path.partition("?")[2], status(403))(handler)


@pytest.fixture
def hosts(world: World, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], str]:
    """Addresses at hosts that all are this one."""
    here = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", world.site.port))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: here)
    return lambda host, path: world.site.uri(path, host)


def test_an_address_that_is_signed_anew_is_not_loaded_again(world: World) -> None:
    world.serve("/a%2Fb.png", picture(1), '"abc"')
    old, new = (world.site.uri(f"/a%2Fb.png?oe={expiry}&sig=%2f{expiry}%3D") for expiry in (1, 2))
    world.run(old)
    before = world.rows()[old]
    world.now += timedelta(days=1)
    assert world.run(old, new).rows_written == 1
    assert world.rows()[new] == before | {"image_uri": new, "checked_at": world.now}
    assert (world.site.asked["/a%2Fb.png"], world.site.bodies) == (2, 1)


def test_an_address_whose_old_one_expired_is_known_all_the_same(world: World) -> None:
    of_one = content(picture(1), '"abc"')
    world.site.answers["/a.png"] = by_query(s1=of_one)
    old, new = world.site.uri("/a.png?s1"), world.site.uri("/a.png?s2")
    world.run(old)
    world.site.answers["/a.png"] = by_query(s2=of_one)
    world.now += timedelta(days=30)
    world.run(old, new)
    assert {row["content_sha256"] for row in world.rows().values()} == {world.rows()[old]["content_sha256"]}
    assert world.site.bodies == 1


def test_an_address_that_moved_to_another_host_of_its_domain_is_not_loaded_again(
    world: World, hosts: Callable[[str, str], str]
) -> None:
    names = ["scontent-a.cdn.test", "scontent-b.cdn.test", "cdn.test"]
    world.serve("/v/a.png", picture(1), '"abc"')
    for name in names:
        world.run(hosts(name, "/v/a.png?x"), allowed_private_hosts=names)
    assert len(world.rows()) == len(names)
    assert world.site.bodies == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (("cdn.test", "/a.png"), ("cdn.shop", "/a.png")),
        (("cdn.test", "/a.png"), ("cdn.test", "/b.png")),
        (("cdn.test", "/a.png"), ("cdn.test", "/A.png")),
        (("cdn.test", "/?a.png"), ("cdn.test", "/?b.png")),
        (("cdn.test", "/a.png"), ("mycdn.test", "/a.png")),
    ],
)
def test_a_version_of_another_place_is_not_asked_for(
    world: World, hosts: Callable[[str, str], str], old: tuple[str, str], new: tuple[str, str]
) -> None:
    for _, path in (old, new):
        world.serve(path.partition("?")[0], picture(1), '"abc"')
    allowed = ["cdn.test", "mycdn.test", "cdn.shop"]
    world.run(hosts(*old), allowed_private_hosts=allowed)
    world.run(hosts(*new), allowed_private_hosts=allowed)
    assert world.site.bodies == 2


def test_each_size_of_a_picture_is_known_by_its_own_version(world: World) -> None:
    small, large = content(picture(1), '"small"'), content(picture(2), '"large"')
    world.site.answers["/a.png"] = by_query(w1=small, w2=large, w1s=small, w2s=large)
    w1, w2, w1s, w2s = (world.site.uri(f"/a.png?{query}") for query in ("w1", "w2", "w1s", "w2s"))
    world.run(w1, w2)
    world.run(w1, w2, w1s, w2s)
    digests = {uri: row["content_sha256"] for uri, row in world.rows().items()}
    assert (digests[w1s], digests[w2s], world.site.bodies) == (digests[w1], digests[w2], 2)


def test_a_host_that_does_not_say_which_version_it_is_sends_the_bytes(world: World) -> None:
    def nameless(handler: Handler) -> None:
        if handler.headers.get("If-None-Match"):
            handler.say(304)
        else:
            handler.say(200, {}, picture(2))

    world.site.answers["/a.png"] = by_query(
        w1=content(picture(1), '"1"'), w2=content(picture(2), '"2"'), w2s=nameless, w1s=nameless
    )
    w1, w2, new = (world.site.uri(f"/a.png?{query}") for query in ("w1", "w2", "w2s"))
    world.run(w1, w2)
    world.run(w1, w2, new)
    digests = {uri: row["content_sha256"] for uri, row in world.rows().items()}
    assert (digests[new], world.site.bodies) == (digests[w2], 3)


def test_a_version_that_is_of_different_bytes_anywhere_is_not_believed(world: World) -> None:
    # Some hosts call everything "v1".
    old = [world.serve("/a.png?1", picture(1)), world.serve("/b.png", picture(2))]
    world.site.answers |= {"/a.png": content(picture(1), '"v1"'), "/b.png": content(picture(2), '"v1"')}
    world.run(*old)
    world.site.answers["/a.png"] = content(picture(3), '"v1"')
    new = world.site.uri("/a.png?2")
    world.run(*old, new)
    assert world.rows()[new]["content_sha256"] not in {world.rows()[uri]["content_sha256"] for uri in old}


@pytest.mark.parametrize("answer", [content(picture(1), 'W/"abc"'), unchanged_since(DATE, picture(1))])
def test_a_version_that_all_sizes_of_a_picture_may_share_is_not_asked_for_elsewhere(
    world: World, answer: Answer
) -> None:
    world.site.answers["/a.png"] = answer
    world.run(world.site.uri("/a.png?1"))
    world.run(world.site.uri("/a.png?2"))
    assert world.site.bodies == 2


def test_an_image_without_an_etag_is_asked_for_again_by_its_date(world: World) -> None:
    uri = world.site.uri("/a.png")
    world.site.answers["/a.png"] = unchanged_since(DATE, picture(1))
    world.run(uri)
    before: dict[str, Any] = world.rows()[uri]
    world.now += timedelta(days=30)
    world.run(uri)
    assert world.rows()[uri] == before | {"checked_at": world.now, "content_version": DATE}
    assert (world.site.asked["/a.png"], world.site.bodies) == (2, 1)


def test_an_image_whose_hashes_are_out_of_date_is_loaded_wherever_it_is(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.serve("/a.png", picture(1), '"abc"')
    world.run(world.site.uri("/a.png?1"))
    monkeypatch.setattr(job, "DEFAULT_SIZES", HashSizes(6))
    world.run(world.site.uri("/a.png?2"))
    assert world.rows()[world.site.uri("/a.png?2")]["hash_size"] == 6
