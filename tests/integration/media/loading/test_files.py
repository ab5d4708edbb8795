"""Media in files of this machine."""

import os
from dataclasses import replace

import pytest

from creative_approaches.adapters.media import loader as media
from creative_approaches.adapters.media.content import Media, MediaRules
from creative_approaches.adapters.media.uris import host_of
from tests.support.media.loading import LIMIT, fault, load


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
