"""Job embed on real DuckDB files: only what has no vector is embedded, what is done is kept, faults are recorded."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from creative_approaches.adapters.embedders.port import Embedded, TextFault
from creative_approaches.adapters.warehouses.duckdb.warehouse import DuckDBWarehouse
from creative_approaches.adapters.warehouses.port import Change
from creative_approaches.core.spending import Spending, Usage
from creative_approaches.core.tokens import Tokens
from creative_approaches.core.unanswered import Unanswered
from creative_approaches.errors import LimitError, StoppedError
from creative_approaches.jobs import embed as embed_module
from creative_approaches.jobs.embed import embed, estimate_embed
from creative_approaches.jobs.job import JobResult
from creative_approaches.tables import CREATIVE_EMBEDDINGS, EMBEDDING_FAULTS, TEXTS
from tests.support.direct_jobs import Narrator, make_directly, settings


@dataclass(frozen=True)
class World:
    """A warehouse with texts, and the job."""

    warehouse: DuckDBWarehouse
    narrator: Narrator = field(default_factory=Narrator)

    def texts(self, *texts: str) -> None:
        rows = [{"text_hash": f"hash of {text}", "embedding_text": text} for text in texts]
        self.warehouse.write(Change.of_all(TEXTS, TEXTS.rows(rows)))

    def embed(self, **changes: Any) -> JobResult:
        return embed(self.warehouse, settings(**changes), self.narrator)

    def embedded(self) -> dict[str, int]:
        rows = self.warehouse.read(CREATIVE_EMBEDDINGS).to_pylist()
        return {f"{row['text_hash'].removeprefix('hash of ')} {row['backend']}": row["dimensions"] for row in rows}

    def faults(self) -> dict[str, tuple[str, str]]:
        rows = self.warehouse.read(EMBEDDING_FAULTS).to_pylist()
        return {row["text_hash"].removeprefix("hash of "): (row["reason"], row["detail"]) for row in rows}


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(make_directly(tmp_path, TEXTS))


class Scripted(AbstractContextManager["Scripted"]):
    """An embedder whose answer for each text is given; it stops before the first text that has none."""

    spending: Spending

    def __init__(self, answers: Mapping[str, TextFault | None], dimensions: int) -> None:
        self.asked: list[str] = []
        self._answers, self._dimensions = answers, dimensions

    def embed(self, texts: Sequence[str]) -> Embedded:
        vectors = np.full((len(texts), self._dimensions), np.nan)
        faults: dict[int, TextFault] = {}
        for position, text in enumerate(texts):
            if text not in self._answers:
                return Embedded(vectors, faults, LimitError("Stopped by max_requests."))
            self.asked.append(text)
            fault = self._answers[text]
            if fault:
                faults[position] = fault
            else:
                vectors[position] = np.eye(self._dimensions)[0]
        return Embedded(vectors, faults)

    def __exit__(self, *_: object) -> None:
        pass


@pytest.fixture
def scripted(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Scripted]:
    def use(**answers: TextFault | None) -> Scripted:
        embedder = Scripted(answers, 512)
        monkeypatch.setattr(embed_module, "open_embedder", lambda *_: embedder)
        return embedder

    return use


def test_only_texts_without_a_vector_are_embedded(world: World) -> None:
    world.texts("one", "two")
    assert world.embed().rows_written == 2
    world.texts("one", "two", "three")
    assert world.embed().rows_written == 1
    assert world.embedded() == {"one offline": 512, "two offline": 512, "three offline": 512}


def test_a_second_run_does_nothing_and_opens_no_embedder(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that it needs no key, no model and no network."""
    world.texts("one")
    world.embed()
    monkeypatch.delattr(embed_module, "open_embedder")
    assert world.embed().outcome == "unchanged"


def test_without_texts_there_is_nothing_to_do(world: World) -> None:
    assert world.embed().outcome == "unchanged"
    assert str(estimate_embed(world.warehouse, settings())).startswith("0 of 0 vectors")


def test_other_dimensions_embed_anew_and_say_so_first(world: World) -> None:
    world.texts("one")
    world.embed()
    assert not world.narrator.said
    assert world.embed(embedding_dimensions=64).rows_written == 1
    assert world.narrator.said == [
        "1 of 1 vectors to be made by offline-lexical-v2 (offline, 64 dimensions), 0 are there; no cost. "
        "Vectors of offline-lexical-v2 (offline, 512 dimensions) stay, and are not used with these"
    ]


def test_a_change_to_gemini_is_announced_with_its_cost(world: World, scripted: Callable[..., Scripted]) -> None:
    world.texts("one")
    world.embed()
    scripted(one=None)
    world.embed(embedder="gemini", embedding_dimensions=512)
    (said,) = world.narrator.said
    assert "1 of 1 vectors to be made by gemini-embedding-2 (gemini-developer, 512 dimensions)" in said
    assert "about 1 requests" in said
    assert "USD by prices of 20" in said
    assert world.embedded() == {"one offline": 512, "one gemini-developer": 512}


def test_a_dry_run_asks_nothing_and_writes_nothing(world: World, scripted: Callable[..., Scripted]) -> None:
    world.texts("one", "two")
    embedder = scripted()
    estimate = estimate_embed(world.warehouse, settings(embedder="gemini"))
    assert (estimate.total, len(estimate.tokens), estimate.requests) == (2, 2, 1)
    assert not embedder.asked
    assert not world.embedded()


def test_a_bad_text_is_recorded_and_the_rest_is_embedded(world: World, scripted: Callable[..., Scripted]) -> None:
    world.texts("bad", "good")
    scripted(bad=TextFault(Unanswered.FAULTY_ANSWER, "Its vector was not finite."), good=None)
    result = world.embed()
    assert (result.outcome, result.failed, result.rows_written) == ("partial", 1, 2)
    assert world.embedded() == {"good offline": 512}
    assert world.faults() == {"bad": ("faulty_answer", "Its vector was not finite.")}


def test_a_faulty_answer_is_tried_again_and_a_refusal_is_not(world: World, scripted: Callable[..., Scripted]) -> None:
    world.texts("bad", "refused")
    scripted(bad=TextFault(Unanswered.FAULTY_ANSWER, "Not finite."), refused=TextFault(Unanswered.REFUSED, "Too long."))
    world.embed()
    again = scripted(bad=None, refused=None)
    assert world.embed().outcome == "done"
    assert again.asked == ["bad"]
    assert world.faults() == {"refused": ("refused", "Too long.")}
    assert world.embedded() == {"bad offline": 512}


def test_what_is_done_before_a_stop_is_kept_and_the_next_run_goes_on(
    world: World, scripted: Callable[..., Scripted]
) -> None:
    world.texts("a", "b", "c")
    scripted(a=None, b=None)
    result = world.embed()
    assert (result.outcome, str(result.stopped)) == ("stopped", "Stopped by max_requests.")
    assert sorted(world.embedded()) == ["a offline", "b offline"]
    rest = scripted(c=None)
    assert world.embed().stopped is None
    assert rest.asked == ["c"]


def test_what_was_spent_before_a_person_stopped_it_is_counted(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    class Interrupted(Scripted):
        def embed(self, texts: Sequence[str]) -> Embedded:
            self.spending.open(Tokens(7))
            self.spending.close(Tokens(7), Tokens(7))
            raise KeyboardInterrupt

    def opened(_: object, spending: Spending, __: object) -> Scripted:
        embedder = Interrupted({}, 128)
        embedder.spending = spending
        return embedder

    monkeypatch.setattr(embed_module, "open_embedder", opened)
    world.texts("a")
    result = world.embed(embedder="gemini")
    assert isinstance(result.stopped, StoppedError)
    assert (result.usage.requests, result.usage.tokens) == (1, 7)


def test_a_free_embedder_spends_nothing(world: World) -> None:
    world.texts("one")
    assert world.embed(max_cost_usd=0.0, max_requests=0).usage == Usage()
