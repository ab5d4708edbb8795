"""Where a server must not be led to, and whom it believes."""

import os
import socket
import ssl
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from creative_approaches.adapters.media.content import MediaRules
from tests.support.media.loading import WAIT, fault
from tests.support.media.server import Site, content, running_site, status


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


@pytest.mark.parametrize("scheme", ["https:", ""])
def test_a_certificate_of_a_known_authority_is_believed(tmp_path: Path, scheme: str) -> None:
    # An address without a scheme is one of https.
    with running_site(_self_made_certificate(tmp_path)) as site:
        site.answers["/a.jpg"] = content(b"bytes")
        finished = subprocess.run(
            [sys.executable, "-c", LOADING, f"{scheme}//localhost:{site.port}/a.jpg"],
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
