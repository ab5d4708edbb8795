"""Media from real files and real sockets on the loopback."""

import os
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from creative_approaches.adapters.media import hosts as media_hosts
from creative_approaches.adapters.media import loader as media
from creative_approaches.adapters.media.content import Media, MediaRules
from creative_approaches.adapters.media.loader import MediaLoader, host_of
from creative_approaches.core.media.faults import MediaFaultError
from creative_approaches.errors import UsageError
from tests.support.media.server import (
    Answer,
    Handler,
    Site,
    content,
    cut_off,
    endless,
    in_turn,
    raw,
    running_site,
    silent,
    status,
    trickling,
)

LIMIT = 1_000_000
WAIT = 60  # seconds after which a test counts as hung


@pytest.fixture
def rules(tmp_path: Path) -> MediaRules:
    return MediaRules(
        base_dir=tmp_path,
        max_bytes=LIMIT,
        timeout_seconds=20,
        connections=8,
        allow_local=True,
        allowed_private_hosts=frozenset({"localhost"}),
    )


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setattr(media_hosts, "_backoff", lambda _: 0)
    with running_site() as site:
        yield site


def load(rules: MediaRules, uri: str, version: str | None = None) -> Media:
    with MediaLoader(rules) as loader:
        return loader.load(uri, version).result(WAIT)


def fault(rules: MediaRules, uri: str) -> MediaFaultError:
    with pytest.raises(MediaFaultError) as caught:
        load(rules, uri)
    return caught.value


# Files


def test_a_file_is_read_by_path_and_by_uri(rules: MediaRules) -> None:
    path = rules.base_dir / "an image.jpg"
    path.write_bytes(b"bytes")
    found = {load(rules, uri) for uri in ("an image.jpg", str(path), path.as_uri(), f" {path} ")}
    assert {media.content for media in found} == {b"bytes"}


def test_a_file_that_did_not_change_is_not_read_again(rules: MediaRules) -> None:
    path = rules.base_dir / "a.jpg"
    path.write_bytes(b"bytes")
    version = load(rules, "a.jpg").version
    assert load(rules, "a.jpg", version) == Media(None, version)
    path.write_bytes(b"other bytes")
    assert load(rules, "a.jpg", version).content == b"other bytes"


def test_a_file_of_the_largest_size_is_read_and_no_larger_one(rules: MediaRules) -> None:
    (rules.base_dir / "a").write_bytes(bytes(LIMIT))
    (rules.base_dir / "b").write_bytes(bytes(LIMIT + 1))
    assert load(rules, "a").content == bytes(LIMIT)
    found = fault(rules, "b")
    assert (found.reason, found.columns) == ("too_many_bytes", {"content_bytes": LIMIT + 1})


def test_what_is_no_file_is_refused_without_waiting_for_it(rules: MediaRules) -> None:
    os.mkfifo(rules.base_dir / "pipe")
    (rules.base_dir / "link").symlink_to(rules.base_dir / "pipe")
    for uri in ("pipe", "link", "/dev/zero", "."):
        assert fault(rules, uri).reason == "unreadable"


@pytest.mark.parametrize(
    ("uri", "reason"),
    [
        ("gone.jpg", "gone"),
        ("file:///no/such.jpg", "gone"),
        ("file://elsewhere/a.jpg", "not_an_address"),
        ("a\0b.jpg", "not_an_address"),
        ("x" * 5000, "unreadable"),
        ("data:image/png;base64,AAAA", "unknown_scheme"),
        ("ftp://example.com/a.jpg", "unknown_scheme"),
        ("https://cdn.example.com/a.jpg", "example_host"),
        ("http://", "not_an_address"),
        ("https:///a.jpg", "not_an_address"),
        ("http://[::1/a.jpg", "not_an_address"),
        (f"http://{'x' * 64}.example/", "not_an_address"),
        ("gs://bucket", "not_an_address"),
        ("gs://../secret", "not_an_address"),
    ],
)
def test_a_uri_that_leads_nowhere_has_its_reason(
    rules: MediaRules, uri: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STORAGE_EMULATOR_HOST", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_GCE_CHECK", "true")
    assert fault(rules, uri).reason == reason


@pytest.mark.parametrize("uri", ["a.jpg", "/etc/passwd", "file:///etc/passwd", "FILE:/etc/passwd"])
def test_no_file_is_read_where_files_are_not_allowed(rules: MediaRules, uri: str) -> None:
    (rules.base_dir / "a.jpg").write_bytes(b"bytes")
    found = fault(replace(rules, allow_local=False), uri)
    assert (found.reason, "allow_local_media" in found.detail) == ("local_files_refused", True)


def test_an_unexpected_error_is_a_fault_of_its_uri(rules: MediaRules, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> Media:
        raise RuntimeError

    monkeypatch.setattr(media, "read_file", broken)
    found = fault(rules, "a.jpg")
    assert (found.reason, found.detail) == ("unreadable", "Loading it failed unexpectedly: RuntimeError.")


# The web


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


def test_a_compressed_body_is_not_unpacked(rules: MediaRules, site: Site) -> None:
    site.answers["/a.jpg"] = content(b"\x1f\x8b", Content_Encoding="gzip")
    assert fault(rules, site.uri("/a.jpg")).reason == "unreadable"


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


# What a server must not be led to


@pytest.mark.parametrize(
    ("host", "reason"),
    [
        *((host, "private_address") for host in ("127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "localhost")),
        *((host, "private_address") for host in ("someone@127.0.0.1", "0x7f000001", "169.254.169.254")),
        *((host, "private_address") for host in ("[fd00:ec2::254]", "10.0.0.1", "192.168.0.1", "[fe80::1]")),
        *((host, "not_an_address") for host in ("127.1", "2130706433", "0177.0.0.1", "0")),
    ],
)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_an_address_that_is_not_public_is_not_connected_to(
    rules: MediaRules, site: Site, host: str, reason: str, scheme: str
) -> None:
    site.answers["/a.jpg"] = content(b"secret")
    found = fault(replace(rules, allowed_private_hosts=frozenset()), site.uri("/a.jpg", host, scheme))
    assert (found.reason, site.asked.total()) == (reason, 0)


def test_a_public_name_of_a_private_address_is_refused(
    rules: MediaRules, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    rebound = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", site.port))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: rebound)
    assert fault(rules, site.uri("/a.jpg", "cdn.example")).reason == "private_address"
    assert site.asked.total() == 0


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("http://127.0.0.1:{port}/secret", "private_address"),
        ("https://127.0.0.1:{port}/", "private_address"),
        ("//[::1]:{port}/secret", "private_address"),
        ("http://169.254.169.254/latest/meta-data/", "private_address"),
        ("ftp://localhost/a", "unsafe_redirect"),
        *(("file:///etc/passwd", "not_an_address"), ("gs://bucket/a", "not_an_address"), ("data:,a", "not_an_address")),
    ],
)
def test_a_redirect_to_where_it_must_not_lead_is_refused(
    rules: MediaRules, site: Site, target: str, reason: str
) -> None:
    site.answers["/a.jpg"] = status(302, Location=target.format(port=site.port))
    assert fault(rules, site.uri("/a.jpg")).reason == reason
    assert site.asked.total() == 1


def test_a_proxy_of_the_environment_is_not_asked(
    rules: MediaRules, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, site.uri(""))
    fault(rules, "http://nowhere.invalid/a.jpg")
    assert site.asked.total() == 0


# TLS


def _self_made_certificate(directory: Path) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = directory / "server.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = certificate.public_bytes(serialization.Encoding.PEM)
    pem.write_bytes(secret + public)
    (directory / "authority.pem").write_bytes(public)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    return context


def test_a_certificate_that_nobody_vouches_for_is_not_believed(rules: MediaRules, tmp_path: Path) -> None:
    with running_site(_self_made_certificate(tmp_path)) as site:
        site.answers["/a.jpg"] = content(b"bytes")
        found = fault(rules, site.uri("/a.jpg", scheme="https"))
        assert (found.reason, "certificate" in found.detail, site.asked.total()) == ("unreachable", True, 0)


LOADING = """
import sys
from pathlib import Path
from creative_approaches.adapters.media.loader import MediaLoader
from creative_approaches.adapters.media.content import MediaRules

with MediaLoader(MediaRules(Path(), 1000, 20, 8, False, frozenset({"localhost"}))) as loader:
    print(loader.load(sys.argv[1]).result(60).content)
"""


def test_a_certificate_of_a_known_authority_is_believed(tmp_path: Path) -> None:
    with running_site(_self_made_certificate(tmp_path)) as site:
        site.answers["/a.jpg"] = content(b"bytes")
        finished = subprocess.run(
            [sys.executable, "-c", LOADING, site.uri("/a.jpg", scheme="https")],
            env=os.environ | {"SSL_CERT_FILE": str(tmp_path / "authority.pem")},
            capture_output=True,
            text=True,
            check=False,
            timeout=WAIT,
        )
    assert finished.stdout == "b'bytes'\n", finished.stderr


def test_a_server_without_tls_is_not_asked_in_clear_text(rules: MediaRules, site: Site) -> None:
    assert fault(rules, site.uri("/a.jpg", scheme="https")).reason == "unreachable"
    assert site.asked.total() == 0


def test_a_redirect_may_lead_to_tls_but_not_away_from_it(rules: MediaRules, site: Site) -> None:
    site.answers["/a.jpg"] = status(301, Location=site.uri("/b.jpg", scheme="https"))
    assert fault(rules, site.uri("/a.jpg")).reason == "unreachable"  # the server has none


# Google Cloud Storage


@pytest.fixture
def bucket(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    """The download path of Cloud Storage's JSON API, https://cloud.google.com/storage/docs/json_api/v1/objects/get."""
    monkeypatch.setenv("STORAGE_EMULATOR_HOST", site.uri("", "127.0.0.1"))
    monkeypatch.setenv("NO_GCE_CHECK", "true")
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", "")
    monkeypatch.setenv("CLOUDSDK_CONFIG", "/nowhere")
    return site


def _object(name: str) -> str:
    return f"/download/storage/v1/b/my-bucket/o/{name}"


def _generation(number: int, body: bytes) -> Answer:
    def answer(handler: Handler) -> None:
        if f"ifGenerationNotMatch={number}" in handler.path:
            handler.say(304)
        else:
            handler.say(200, {"X-Goog-Generation": str(number)}, body)

    return answer


def test_an_object_comes_with_its_generation(rules: MediaRules, bucket: Site) -> None:
    bucket.answers[_object("a%20folder%2Fan%20image%23%3F.jpg")] = _generation(17, b"bytes")
    uri = "gs://my-bucket/a folder/an image#?.jpg"
    assert load(rules, uri) == Media(b"bytes", "17")
    assert load(rules, uri, "17") == Media(None, "17")
    assert load(rules, uri, "16") == Media(b"bytes", "17")


def test_an_object_is_asked_for_with_the_credentials_of_the_target(rules: MediaRules, bucket: Site) -> None:
    from google.oauth2.credentials import Credentials

    seen = []

    def answer(handler: Handler) -> None:
        seen.append(handler.headers["Authorization"])
        handler.say(200)

    bucket.answers[_object("a.jpg")] = answer
    load(replace(rules, google_credentials=Credentials("secret")), "gs://my-bucket/a.jpg")
    load(rules, "gs://my-bucket/a.jpg")
    assert seen == ["Bearer secret", None]


@pytest.mark.parametrize(
    ("answer", "reason", "asked"),
    [
        (status(404), "gone", 1),
        (status(403), "unreadable", 1),
        (status(401), "unreadable", 1),
        (status(503), "unreachable", 3),
        (lambda handler: handler.say(200, {"Content-Length": str(LIMIT + 1)}), "too_many_bytes", 1),
        (endless, "too_many_bytes", 1),
        (status(302, Location="http://169.254.169.254/"), "unreadable", 1),
    ],
)
def test_an_object_that_cannot_be_had_has_its_reason(
    rules: MediaRules, bucket: Site, answer: Answer, reason: str, asked: int
) -> None:
    bucket.answers[_object("a.jpg")] = answer
    assert fault(rules, "gs://my-bucket/a.jpg").reason == reason
    assert bucket.asked[_object("a.jpg")] == asked


def test_a_busy_store_is_asked_again(rules: MediaRules, bucket: Site) -> None:
    bucket.answers[_object("a.jpg")] = in_turn(status(503), _generation(3, b"bytes"))
    assert load(rules, "gs://my-bucket/a.jpg").content == b"bytes"


def test_a_missing_package_is_named(rules: MediaRules, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "gcsfs", None)
    with pytest.raises(UsageError, match=r"pip install .*\[bigquery\]"):
        load(rules, "gs://my-bucket/a.jpg")


# Of a uri


@pytest.mark.parametrize(
    ("uri", "host"),
    [
        ("https://CDN.example.com./a.jpg?x=//y", "cdn.example.com"),
        ("https://user@cdn.example.com:8443/a.jpg", "cdn.example.com"),
        ("gs://bucket/a.jpg", "bucket"),
        ("images/a.jpg", ""),
        ("file:///a.jpg", ""),
        ("http://[broken/a.jpg", ""),
    ],
)
def test_the_host_of_a_uri(uri: str, host: str) -> None:
    assert host_of(uri) == host
