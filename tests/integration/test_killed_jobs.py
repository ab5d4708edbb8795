"""A job that pays for what it asks may be killed at any moment: nothing committed is ever asked for again."""

import multiprocessing
import random
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from direct_jobs import make_directly, open_directly, settings
from gemini_server import GeminiServer, running_gemini
from killed_jobs import CHUNK, embed_in_child

from creative_approaches.adapters.warehouse import Change
from creative_approaches.tables import CREATIVE_EMBEDDINGS, TEXTS

KILLS = 20
TEXT_COUNT = 600
# What takes long to import, once for all children.
PRELOADED = [
    "creative_approaches.jobs.embed",
    "creative_approaches.adapters.gemini_embedder",
    "creative_approaches.adapters.duckdb_warehouse",
    "google.genai.types",
]
TIMEOUT = 120  # seconds after which a child counts as hung


@pytest.fixture
def server() -> Iterator[GeminiServer]:
    with running_gemini() as running:
        running.latency = 0.002
        yield running


@dataclass(frozen=True)
class World:
    """A DuckDB file with texts to embed, one request each."""

    directory: Path
    environment: Mapping[str, str]

    def make(self) -> None:
        self.directory.mkdir()
        warehouse = make_directly(self.directory, TEXTS)
        rows = [{"text_hash": text, "embedding_text": text} for text in map("text {:04}".format, range(TEXT_COUNT))]
        warehouse.write(Change.of_all(TEXTS, TEXTS.rows(rows)))

    def start(self) -> Any:
        """The job in a process of its own."""
        of_run = settings(embedder="gemini", gemini_backend="vertex", embedding_dimensions=128)
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(PRELOADED)
        child = context.Process(target=embed_in_child, args=(self.directory, of_run, self.environment))
        child.start()
        return child

    def vectors(self) -> dict[str, list[float]]:
        rows = open_directly(self.directory).read(CREATIVE_EMBEDDINGS).to_pylist()
        return {row["text_hash"]: row["embedding"] for row in rows}


@pytest.fixture
def environment(server: GeminiServer, tmp_path: Path) -> dict[str, str]:
    return {**server.environment, **server.write_credentials(tmp_path / "account.json")}


def _run_until_killed(world: World, server: GeminiServer, requests: int, delay: float) -> bool:
    """Kill the job `delay` seconds after its request of this number. Returns False if it had finished by then."""
    child = world.start()
    kill = threading.Timer(delay, child.kill)
    server.on_request = lambda: kill.start() if len(server.asked) == requests else None
    child.join(TIMEOUT)
    kill.cancel()
    assert child.exitcode is not None
    return bool(child.exitcode < 0)


def test_no_text_is_paid_for_twice_beyond_the_chunk_in_flight(
    server: GeminiServer, environment: dict[str, str], tmp_path: Path
) -> None:
    """Killed at random points, while it asks and while it commits, and run again until it ends."""
    world, undisturbed = World(tmp_path / "killed", environment), World(tmp_path / "undisturbed", environment)
    for one in (world, undisturbed):
        one.make()
    points = random.Random(20)
    kills = 0
    for _ in range(KILLS):
        server.asked.clear()
        committed = set(world.vectors())
        kills += _run_until_killed(world, server, points.randint(1, 60), points.uniform(0, 0.03))
        asked = {text for request in server.asked for text in request.texts}
        assert not asked & committed
        assert len(asked - set(world.vectors())) <= CHUNK
    child = world.start()
    child.join(TIMEOUT)
    paid = dict(server.answered)
    assert child.exitcode == 0
    undisturbed.start().join(TIMEOUT)
    assert kills >= KILLS / 2
    assert len(paid) == TEXT_COUNT
    assert sum(paid.values()) - TEXT_COUNT <= kills * CHUNK
    assert world.vectors() == undisturbed.vectors()
