"""A job that pays for what it asks may be killed at any moment: nothing committed is ever asked for again.

Each is killed at random points, while it asks and while it commits, and run again until it ends.
"""

import hashlib
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from creative_approaches.adapters.warehouses.port import Change
from creative_approaches.tables import (
    APPROACH_NAMES,
    CONTENTS,
    CREATIVE_ANNOTATIONS,
    CREATIVE_EMBEDDINGS,
    CREATIVE_TRAITS,
    TEXTS,
)
from tests.support.direct_jobs import make_directly, open_directly
from tests.support.gemini.server import GeminiServer, running_gemini
from tests.support.killed_jobs import CHUNKS, KillableJob
from tests.support.worlds.name_world import Weeks, World, make_world

KILLS = 20
TEXT_COUNT = 600
CONTENT_COUNT = 600
COHORTS = 24
NAME_COUNT = 5 * COHORTS  # of each cohort a, b and c, then b again, then a again


def said(system: str, user: str, schema: Any) -> str:
    """A name, or traits, that depend on all that was asked, and that siblings often share."""
    number = hashlib.sha256(user.encode()).digest()[0] % 3
    if "hook" in schema["properties"]:
        hook = ("question", "scene", "unclear")[number]
        traits = {"hook": hook, "hook_sure": 80, "proof": "none", "proof_sure": 90, "approach_phrase": "A hook"}
        return json.dumps(traits)
    return json.dumps({"name": f"Device {number}", "description": f"Of {len(user)} signs.", "distinction": ""})


@pytest.fixture
def server() -> Iterator[GeminiServer]:
    with running_gemini() as running:
        running.latency = 0.005
        running.generate = said
        yield running


def _embedding(directory: Path, server: GeminiServer) -> KillableJob:
    """Texts to embed, one request each."""
    directory.mkdir()
    rows = [{"text_hash": text, "embedding_text": text} for text in map("text {:04}".format, range(TEXT_COUNT))]
    make_directly(directory, TEXTS).write(Change.of_all(TEXTS, TEXTS.rows(rows)))
    environment = {**server.environment, **server.write_credentials(directory / "account.json")}
    vertex = {"embedder": "gemini", "gemini_backend": "vertex", "embedding_dimensions": 128}
    return KillableJob("embed", directory, environment, vertex)


def _vectors(job: KillableJob) -> dict[str, list[float]]:
    rows = open_directly(job.directory).read(CREATIVE_EMBEDDINGS).to_pylist()
    return {row["text_hash"]: row["embedding"] for row in rows}


def test_no_text_is_paid_for_twice_beyond_the_chunk_in_flight(server: GeminiServer, tmp_path: Path) -> None:
    killed, undisturbed = _embedding(tmp_path / "killed", server), _embedding(tmp_path / "undisturbed", server)
    points = random.Random(20)
    kills = 0
    for _ in range(KILLS):
        server.asked.clear()
        committed = set(_vectors(killed))
        kills += killed.run_until_killed(server, points.randint(1, 60), points.uniform(0, 0.03))
        asked = {text for request in server.asked for text in request.texts}
        assert not asked & committed
        assert len(asked - set(_vectors(killed))) <= CHUNKS["embed"]
    killed.finish()
    assert kills >= KILLS / 2
    assert len(server.answered) == TEXT_COUNT
    assert server.answered.total() - TEXT_COUNT <= kills * CHUNKS["embed"]
    undisturbed.finish()
    assert _vectors(killed) == _vectors(undisturbed)


def _reading(directory: Path, server: GeminiServer) -> KillableJob:
    """Contents to read, one request each."""
    directory.mkdir()
    warehouse = make_directly(directory, CONTENTS, CREATIVE_TRAITS)
    traits = [
        {"attribute": attribute, "value": value, "medium": "text", "label": value, "meaning": value}
        for attribute, value in (("hook", "question"), ("hook", "scene"), ("proof", "none"), ("proof", "rating"))
    ]
    contents = [
        {"version_key": f"key {number}", "headline": f"Content {number:04}", "wording_hash": f"{number}"}
        for number in range(CONTENT_COUNT)
    ]
    warehouse.write(Change.of_all(CREATIVE_TRAITS, CREATIVE_TRAITS.rows(traits)))
    warehouse.write(Change.of_all(CONTENTS, CONTENTS.rows(contents)))
    return KillableJob("annotate", directory, server.environment, {"annotator": "gemini"})


def _annotations(job: KillableJob) -> dict[str, tuple[str, str]]:
    rows = open_directly(job.directory).read(CREATIVE_ANNOTATIONS).to_pylist()
    return {row["content_hash"]: (row["traits"], row["approach_phrase"]) for row in rows}


def test_no_content_is_paid_for_twice_beyond_the_chunk_in_flight(server: GeminiServer, tmp_path: Path) -> None:
    killed, undisturbed = _reading(tmp_path / "killed", server), _reading(tmp_path / "undisturbed", server)
    points = random.Random(20)
    kills = 0
    for _ in range(KILLS):
        already, before = len(server.asked), len(_annotations(killed))
        kills += killed.run_until_killed(server, already + points.randint(1, 60), points.uniform(0, 0.03))
        paid, kept = len(server.asked) - already, len(_annotations(killed)) - before
        assert 0 <= paid - kept <= CHUNKS["annotate"]
    killed.finish()
    assert kills >= KILLS / 2
    assert len(server.answered) == CONTENT_COUNT
    assert server.answered.total() - CONTENT_COUNT <= kills * CHUNKS["annotate"]
    undisturbed.finish()
    assert _annotations(killed) == _annotations(undisturbed)


def _naming(directory: Path, server: GeminiServer) -> tuple[KillableJob, World]:
    """Approaches to name, of many cohorts over three weeks."""
    directory.mkdir()
    world = make_world(directory)
    texts = {"d": "Save on beans", "q": "I love it", "s": "How to brew"}
    creatives = {f"{kind}{number}": f"{text} {number}" for kind, text in texts.items() for number in range(8)}
    world.load({f"cohort {number:02}": _weeks(f"cohort {number:02}") for number in range(COHORTS)}, creatives)
    return KillableJob("name", directory, server.environment, {"namer": "gemini"}), world


def _weeks(cohort: str) -> Weeks:
    a, b, c = (f"{cohort} {key}" for key in "abc")
    return [
        {a: ["d0", "d1", "d2"], b: ["q0", "q1", "q2"], c: ["s0", "s1"]},
        {a: ["d0", "d1", "d2"], b: ["q5", "q6"]},
        {a: ["d5", "d6", "d7"], c: ["s0", "s1"]},
    ]


def test_no_name_is_paid_for_twice_beyond_the_chunk_in_flight(server: GeminiServer, tmp_path: Path) -> None:
    (killed, world), (undisturbed, peaceful) = (_naming(tmp_path / name, server) for name in ("killed", "undisturbed"))
    points = random.Random(20)
    kills = 0
    for _ in range(KILLS):
        already, before = len(server.asked), len(world.rows(APPROACH_NAMES))
        last = already + points.randint(1, 2 * CHUNKS["name"])
        kills += killed.run_until_killed(server, last, points.uniform(0, 0.03))
        paid, kept = len(server.asked) - already, len(world.rows(APPROACH_NAMES)) - before
        assert 0 <= paid - kept <= CHUNKS["name"]
    killed.finish()
    assert kills >= KILLS / 2
    assert len(server.asked) - NAME_COUNT <= kills * CHUNKS["name"]
    prompts = {asked.texts[0] for asked in server.asked}
    server.asked.clear()
    undisturbed.finish()
    assert len(server.asked) == NAME_COUNT
    assert {asked.texts[0] for asked in server.asked} == prompts
    assert world.names() == peaceful.names()
