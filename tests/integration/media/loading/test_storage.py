"""Media in Google Cloud Storage, on a server that answers as it does."""

import sys
from dataclasses import replace

import pytest

from creative_approaches.adapters.media.content import Media, MediaRules
from creative_approaches.errors import UsageError
from tests.support.media.loading import LIMIT, fault, load
from tests.support.media.server import Answer, Handler, Site, endless, in_turn, status


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
