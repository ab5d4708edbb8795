"""Media on real sockets of the loopback."""

import gzip
import socket
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from creative_approaches.adapters.media import hosts as media_hosts
from creative_approaches.adapters.media.content import Media, MediaRules
from creative_approaches.adapters.media.loader import MediaLoader
from creative_approaches.core.media.faults import MediaFaultError
from tests.support.media.loading import LIMIT, WAIT, fault, load
from tests.support.media.server import (
    Answer,
    Handler,
    Site,
    content,
    cut_off,
    endless,
    in_turn,
    raw,
    silent,
    status,
    trickling,
)


def test_bytes_come_with_the_version_of_their_store(rules: MediaRules, site: Site) -> None:
    site.answers["/a.jpg"] = content(b"bytes", '"v1"')
    assert load(rules, site.uri("/a.jpg")) == Media(b"bytes", '"v1"')


def test_bytes_that_did_not_change_are_not_sent_again(rules: MediaRules, site: Site) -> None:
    site.answers["/a.jpg"] = content(b"bytes", '"v2"')
    assert load(rules, site.uri("/a.jpg"), '"v2"') == Media(None, '"v2"')
    assert load(rules, site.uri("/a.jpg"), '"v1"') == Media(b"bytes", '"v2"')


def test_what_a_request_tells_of_the_job(rules: MediaRules, site: Site) -> None:
    seen: list[dict[str, str]] = []

    def answer(handler: Handler) -> None:
        seen.append(dict(handler.headers))
        handler.say(302 if len(seen) == 1 else 200, {"Location": "/a.jpg", "Set-Cookie": "name=value"})

    site.answers["/a.jpg"] = answer
    load(rules, site.uri("/a.jpg"))
    assert seen[0]["User-Agent"] == "creative-approaches"
    assert seen[0]["Accept-Encoding"] == "identity"
    assert "Cookie" not in seen[1]


def test_a_redirect_is_followed_five_times(rules: MediaRules, site: Site) -> None:
    for number in range(6):
        site.answers[f"/{number}"] = status(302, Location=f"/{number + 1}")
    site.answers["/6"] = content(b"bytes")
    assert load(rules, site.uri("/1")).content == b"bytes"
    assert fault(rules, site.uri("/0")).reason == "unreadable"


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        *((404, "gone"), (410, "gone"), (401, "host_refused"), (403, "host_refused"), (451, "host_refused")),
        *((400, "unreadable"), (204, "unreadable"), (304, "unreadable"), (302, "unreadable")),
        *((501, "unreachable"), (999, "unreachable")),
    ],
)
def test_an_answer_that_cannot_get_better_is_asked_for_once(
    rules: MediaRules, site: Site, code: int, reason: str
) -> None:
    site.answers["/a.jpg"] = status(code)
    found = fault(rules, site.uri("/a.jpg"))
    assert (found.reason, site.asked["/a.jpg"]) == (reason, 1)


@pytest.mark.parametrize("code", [408, 425, 429, 500, 502, 503, 504])
def test_an_answer_that_may_get_better_is_asked_for_again(rules: MediaRules, site: Site, code: int) -> None:
    site.answers["/a.jpg"] = in_turn(status(code, Retry_After="0"), status(code), content(b"bytes"))
    assert load(rules, site.uri("/a.jpg")).content == b"bytes"


def test_after_three_attempts_it_is_enough(rules: MediaRules, site: Site) -> None:
    site.answers["/a.jpg"] = status(503)
    found = fault(rules, site.uri("/a.jpg"))
    assert (found.reason, site.asked["/a.jpg"]) == ("unreachable", 3)
    assert "503 Service Unavailable" in found.detail


@pytest.mark.parametrize("in_words", [True, False])
def test_a_host_that_asks_to_wait_for_too_long_is_not_waited_for(rules: MediaRules, site: Site, in_words: bool) -> None:
    later = (datetime.now(UTC) + timedelta(hours=1)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    site.answers["/a.jpg"] = status(429, Retry_After=later if in_words else "3600")
    assert fault(rules, site.uri("/a.jpg")).reason == "unreachable"
    assert site.asked["/a.jpg"] == 1


def test_a_body_that_breaks_off_is_asked_for_again(rules: MediaRules, site: Site) -> None:
    site.answers["/a.jpg"] = in_turn(cut_off, content(b"bytes"))
    site.answers["/b.jpg"] = cut_off
    assert load(rules, site.uri("/a.jpg")).content == b"bytes"
    assert fault(rules, site.uri("/b.jpg")).reason == "unreachable"


def test_an_answer_that_is_not_http_has_its_reason(rules: MediaRules, site: Site) -> None:
    site.answers["/a.jpg"] = lambda handler: raw(handler, b"SSH-2.0-OpenSSH_9.6\r\n\r\n")
    assert fault(rules, site.uri("/a.jpg")).reason == "unreadable"


def test_a_declared_size_beyond_the_limit_is_not_read(rules: MediaRules, site: Site) -> None:
    site.answers["/a.jpg"] = lambda handler: handler.say(200, {"Content-Length": str(10**12)})
    found = fault(rules, site.uri("/a.jpg"))
    assert (found.reason, found.columns) == ("too_many_bytes", {"content_bytes": 10**12})


def test_a_body_without_an_end_is_left_at_the_limit(rules: MediaRules, site: Site) -> None:
    site.answers["/a.jpg"] = endless
    found = fault(rules, site.uri("/a.jpg"))
    assert found.reason == "too_many_bytes"
    assert LIMIT < found.columns["content_bytes"] < LIMIT + 1_000_000
    assert site.sent < LIMIT + 20_000_000  # what fits into the buffers between


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", " GZIP "])
def test_a_body_that_comes_in_gzip_unasked_is_unpacked(rules: MediaRules, site: Site, encoding: str) -> None:
    largest = bytes(LIMIT)
    site.answers["/a.jpg"] = content(gzip.compress(b"bytes"), Content_Encoding=encoding)
    site.answers["/b.jpg"] = content(gzip.compress(largest, 1) + b"rest", Content_Encoding=encoding)
    site.answers["/c.jpg"] = content(gzip.compress(b""), Content_Encoding=encoding)
    assert [load(rules, site.uri(f"/{name}.jpg")).content for name in "abc"] == [b"bytes", largest, b""]


@pytest.mark.parametrize("times", [1, 1_000])
def test_a_body_that_grows_beyond_the_limit_is_left_there(rules: MediaRules, site: Site, times: int) -> None:
    # A thousand times the limit in a megabyte: no more than the limit is ever unpacked of it.
    packed = gzip.compress(bytes(LIMIT * times + 1), 9)
    site.answers["/a.jpg"] = content(packed, Content_Encoding="gzip")
    found = fault(rules, site.uri("/a.jpg"))
    assert len(packed) < LIMIT
    assert (found.reason, found.columns) == ("too_many_bytes", {"content_bytes": LIMIT + 1})


@pytest.mark.parametrize(
    ("body", "encoding", "detail"),
    [
        (b"bytes", "gzip", "Its host says that it is compressed by gzip, and it is not."),
        (
            gzip.compress(b"bytes")[:-9] + b"x" * 9,
            "gzip",
            "Its host says that it is compressed by gzip, and it is not.",
        ),
        (gzip.compress(b"bytes" * 99)[:-4], "gzip", "Its host compresses it by gzip, and it is cut off."),
        (b"", "gzip", "Its host compresses it by gzip, and it is cut off."),
        (b"bytes", "br", "Its host answers in content encoding br, without being asked to."),
        (gzip.compress(gzip.compress(b"bytes")), "gzip, gzip", "encoding gzip, gzip, without"),
    ],
    # gzip writes the time into the bytes, and each process of the suite must find the same names.
    ids=["plain", "damaged", "cut off", "empty", "another encoding", "twice"],
)
def test_a_body_that_cannot_be_unpacked_says_why(
    rules: MediaRules, site: Site, body: bytes, encoding: str, detail: str
) -> None:
    site.answers["/a.jpg"] = content(body, Content_Encoding=encoding)
    found = fault(rules, site.uri("/a.jpg"))
    assert found.reason == "unreadable"
    assert detail in found.detail


@pytest.mark.parametrize("answer", [trickling, silent])
def test_a_slow_host_is_left_at_the_deadline(rules: MediaRules, site: Site, answer: Answer) -> None:
    site.answers["/a.jpg"] = answer
    assert fault(replace(rules, timeout_seconds=0.5), site.uri("/a.jpg")).reason == "timeout"


def test_time_that_is_waited_for_a_place_does_not_count(rules: MediaRules, site: Site) -> None:
    site.answers |= {f"/{number}": silent for number in range(4)} | {"/last": content(b"bytes")}
    with MediaLoader(replace(rules, timeout_seconds=0.5, connections=4)) as loader:
        slow = [loader.load(site.uri(f"/{number}")) for number in range(4)]
        last = loader.load(site.uri("/last"))
        assert last.result(WAIT).content == b"bytes"
        assert all(isinstance(future.exception(WAIT), MediaFaultError) for future in slow)


@pytest.mark.parametrize(
    "answer",
    [
        content(b"bytes", Content_Encoding="\x1b[2Jgzip\x07"),
        content(b"bytes", Content_Encoding="\u202eevil".encode().decode("latin-1")),
        status(302, Location="ev\x08il\x1b[2J://localhost/"),
        status(302, Location="wais\x7f://localhost/"),
    ],
)
def test_control_characters_of_a_header_are_not_repeated(rules: MediaRules, site: Site, answer: Answer) -> None:
    site.answers["/a.jpg"] = answer
    found = fault(rules, site.uri("/a.jpg"))
    assert (found.reason in ("unreadable", "not_an_address"), found.detail.isprintable()) == (True, True)


@pytest.mark.parametrize("version", ["\x1b[2J", '"\x07"', '"\u202e"'.encode().decode("latin-1")])
def test_a_version_with_control_characters_is_none(rules: MediaRules, site: Site, version: str) -> None:
    site.answers["/a.jpg"] = content(b"bytes", version)
    assert load(rules, site.uri("/a.jpg")) == Media(b"bytes", None)


# Hosts that are down


def _closed_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def test_a_host_that_is_down_is_left_alone_after_a_while_and_the_others_are_not(
    rules: MediaRules, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.answers["/a.jpg"] = status(503)
    site.answers["/b.jpg"] = content(b"bytes")
    with MediaLoader(replace(rules, allowed_private_hosts=frozenset({"localhost", "127.0.0.1"}))) as loader:
        down = [loader.load(site.uri("/a.jpg")).exception(WAIT) for _ in range(20)]
        up = loader.load(site.uri("/b.jpg", host="127.0.0.1")).result(WAIT)
    assert {getattr(error, "reason", None) for error in down} == {"unreachable"}
    assert site.asked["/a.jpg"] == media_hosts.PATIENCE * media_hosts.ATTEMPTS
    assert up.content == b"bytes"


def test_a_host_that_answers_now_and_then_is_asked_on(rules: MediaRules, site: Site) -> None:
    site.answers["/a.jpg"] = status(503)
    with MediaLoader(rules) as loader:
        for _ in range(3):
            for _ in range(media_hosts.PATIENCE - 1):
                loader.load(site.uri("/a.jpg")).exception(WAIT)
            loader.load(site.uri("/gone.jpg")).exception(WAIT)
    assert site.asked["/gone.jpg"] == 3


def test_a_host_without_a_server_or_without_an_address_is_unreachable(rules: MediaRules, site: Site) -> None:
    assert fault(rules, f"http://localhost:{_closed_port()}/a.jpg").reason == "unreachable"
    assert fault(rules, "http://nowhere.invalid/a.jpg").reason == "unreachable"
