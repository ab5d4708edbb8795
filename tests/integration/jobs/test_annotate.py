"""Job annotate on real DuckDB files: each distinct content is read once, and what cannot be read says why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Self

import numpy as np
import pytest

from creative_approaches.adapters.annotators.port import Annotated, Annotator, Content, Fault
from creative_approaches.adapters.warehouses.duckdb.warehouse import DuckDBWarehouse
from creative_approaches.adapters.warehouses.port import Change
from creative_approaches.core.annotating.annotation import Reader
from creative_approaches.core.annotating.taxonomy import Taxonomy
from creative_approaches.core.spending import Spending
from creative_approaches.core.tokens import Requests, Tokens
from creative_approaches.core.unanswered import Unanswered
from creative_approaches.errors import LimitError, UsageError
from creative_approaches.jobs import annotations as annotations_module
from creative_approaches.jobs.annotate import job as annotate_module
from creative_approaches.jobs.annotate import unread as unread_module
from creative_approaches.jobs.annotate.job import annotate, estimate_annotate
from creative_approaches.jobs.annotations import read_annotations
from creative_approaches.jobs.job import JobResult
from creative_approaches.settings import AnnotateSettings, ReaderSettings
from creative_approaches.tables import ANNOTATORS, CONTENTS, CREATIVE_ANNOTATIONS, CREATIVE_TRAITS
from tests.support.direct_jobs import Narrator, make_directly, settings

TRAITS = {"urgency": ("deadline", "limited_quantity", "none"), "hook": ("question", "offer")}


@dataclass(frozen=True)
class World:
    """A warehouse with contents and a taxonomy, and the job."""

    warehouse: DuckDBWarehouse
    narrator: Narrator = field(default_factory=Narrator)

    def taxonomy(self, traits: Mapping[str, Sequence[str]], **other: str) -> None:
        rows = [
            {"attribute": attribute, "value": value, "medium": "text", "label": value, **other}
            for attribute, values in traits.items()
            for value in values
        ]
        self.warehouse.write(Change.of_all(CREATIVE_TRAITS, CREATIVE_TRAITS.rows(rows)))

    def contents(self, *headlines: str | None, **other: Any) -> None:
        rows = [
            {"version_key": f"key {number}", "headline": headline, "wording_hash": headline, **other}
            for number, headline in enumerate(headlines)
        ]
        self.warehouse.write(Change.of_all(CONTENTS, CONTENTS.rows(rows)))

    def annotate(self, **changes: Any) -> JobResult:
        return annotate(self.warehouse, settings(**changes), self.narrator)

    def rows(self) -> list[dict[str, Any]]:
        return self.warehouse.read(CREATIVE_ANNOTATIONS).to_pylist()  # type: ignore[no-any-return]  # pyarrow is untyped


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = World(make_directly(tmp_path, CONTENTS, CREATIVE_TRAITS))
    world.taxonomy(TRAITS)
    return world


@dataclass
class Service:
    """What answers in place of a service: by headline a fault, or None for an answer. Others are beyond the limit."""

    answers: Mapping[str, Fault | None]
    asked: list[str] = field(default_factory=list)


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Service:
    """An annotator that is paid and reads media as well takes the place of the one that the settings name."""
    found = Service({})

    class Paid(Annotator):
        is_paid: ClassVar[bool] = True

        def __init__(self, taxonomy: Taxonomy, spending: Spending) -> None:
            self._size, self._spending = taxonomy.size, spending

        @classmethod
        def reader(cls, settings: ReaderSettings) -> Reader:
            return Reader("gemini", "gemini-3.5-flash-lite", f"gemini-{settings.gemini_backend}")

        @classmethod
        def known(cls, taxonomy: Taxonomy) -> Taxonomy:
            return taxonomy

        @classmethod
        def open(cls, settings: AnnotateSettings, taxonomy: Taxonomy, spending: Spending, _: Any) -> Self:
            return cls(taxonomy, spending)

        @classmethod
        def requests_for(cls, settings: ReaderSettings, taxonomy: Taxonomy, contents: Sequence[Content]) -> Requests:
            return Requests(len(contents), [Tokens(1000, 100)] * len(contents))

        def annotate(self, contents: Sequence[Content]) -> Annotated:
            probabilities = np.full((len(contents), self._size), np.nan)
            faults: dict[int, Fault] = {}
            for position, content in enumerate(contents):
                headline = content.headline or ""
                if headline not in found.answers:
                    return Annotated(probabilities, {}, faults, LimitError("Stopped by max_requests."))
                found.asked.append(headline)
                self._spending.open(Tokens(1000, 100))
                self._spending.close(Tokens(1000, 100), Tokens(900, 50, are_estimated=False))
                if fault := found.answers[headline]:
                    faults[position] = fault
                else:
                    probabilities[position] = np.eye(self._size)[0]
            return Annotated(probabilities, {0: "A promise with a date"}, faults)

    for module in (annotate_module, unread_module, annotations_module):
        monkeypatch.setattr(module, "find_annotator", lambda _: Paid)
    return found


def test_each_distinct_content_is_read_once(world: World) -> None:
    world.contents("Ends at midnight", "Why is it dry?", "Ends at midnight")
    assert (world.annotate().rows_read, world.annotate().outcome) == (2, "unchanged")
    assert {row["traits"] for row in world.rows()} == {"hook:offer, urgency:deadline", "hook:question, urgency:none"}
    world.contents("Ends at midnight", "Something new", image_uri="another address", format="video")
    assert world.annotate().rows_written == 2  # of another format it is another content
    world.contents("Ends at midnight", image_uri="a third address", format="video")
    assert world.annotate().outcome == "unchanged"


def test_who_reads_now_is_noted_each_time_that_it_changes(world: World) -> None:
    world.contents("Ends at midnight")
    world.annotate()
    (first,) = world.warehouse.read(ANNOTATORS).to_pylist()
    assert first["annotator"] == "offline"
    assert first["attributes"] == "hook, urgency"
    (row,) = world.rows()
    assert {name: row[name] for name in ("model", "backend", "taxonomy_version")}.items() <= first.items()

    world.taxonomy({"hook": TRAITS["hook"]})
    world.annotate()
    (second,) = world.warehouse.read(ANNOTATORS).to_pylist()
    assert (second["attributes"], second["taxonomy_version"] == first["taxonomy_version"]) == ("hook", False)

    world.taxonomy(TRAITS)  # all is read already, and no row says that these count again
    assert world.annotate().outcome == "unchanged"
    assert world.warehouse.read(ANNOTATORS).to_pylist() == [first]


def test_what_holds_no_words_has_a_row_with_its_reason_and_no_retry(world: World) -> None:
    world.contents("🎉", None, "https://example.com")
    result = world.annotate()
    assert (result.rows_written, result.failed, result.outcome) == (3, 0, "done")
    assert sorted(row["reason"] for row in world.rows()) == ["no_text", "no_words", "no_words"]
    assert all(row["detail"] and row["traits"] is None for row in world.rows())
    assert world.annotate().outcome == "unchanged"


def test_without_contents_there_is_nothing_to_do(world: World) -> None:
    assert world.annotate().outcome == "unchanged"
    assert str(estimate_annotate(world.warehouse, settings())).startswith("0 of 0 annotations")


def test_a_new_meaning_is_read_again_and_a_new_label_is_not(world: World) -> None:
    world.contents("Ends at midnight")
    world.annotate()
    world.taxonomy(TRAITS, phrase="in other words")
    assert world.annotate().outcome == "unchanged"
    world.taxonomy(TRAITS, meaning="another one")
    assert world.annotate().rows_written == 1
    assert "What traits-" in world.narrator.said[-1]
    assert len({row["taxonomy_version"] for row in world.rows()}) == 2


def test_jobs_read_what_this_reader_said_by_this_taxonomy(world: World) -> None:
    world.contents("Ends at midnight", "🎉")
    world.annotate()
    hashes = {row["reason"]: row["content_hash"] for row in world.rows()}
    found = read_annotations(world.warehouse, settings().annotate, [*hashes.values(), "unknown"])
    assert found.traits[hashes[None]]["urgency"] == "deadline"
    assert found.probabilities[hashes[None]].shape == (5,)
    assert found.faults == {
        hashes["no_words"]: "Its texts hold no words: only emoji, addresses, placeholders, figures or signs."
    }
    world.taxonomy(TRAITS, meaning="another one")
    assert not read_annotations(world.warehouse, settings().annotate, list(hashes.values())).traits


def test_an_attribute_that_the_annotator_cannot_know_stops_the_job_by_name(world: World) -> None:
    world.taxonomy(TRAITS | {"seasonality": ("summer", "winter")})
    with pytest.raises(UsageError, match="attribute seasonality, which the annotator offline never learned"):
        world.annotate()


def test_the_published_recipe_reads_nothing(world: World) -> None:
    world.contents("Ends at midnight")
    assert world.annotate(annotator="text", embed_source="text").detail == "no traits are read"
    with pytest.raises(UsageError, match="embed_source is traits, and the annotator text reads no traits"):
        world.annotate(annotator="text")
    assert world.rows() == []


def test_a_service_is_announced_with_its_cost_before_it_is_asked(world: World, service: Service) -> None:
    service.answers = {"one": None, "two": None}
    world.contents("one", "two")
    estimate = str(estimate_annotate(world.warehouse, settings()))
    assert estimate.startswith("2 of 2 annotations to be made by gemini-3.5-flash-lite (gemini, gemini-developer)")
    assert "USD" in estimate
    assert service.asked == []
    world.annotate()
    assert world.narrator.said == [estimate]
    assert sorted(service.asked) == ["one", "two"]


def test_what_was_paid_for_is_kept_and_not_asked_again(world: World, service: Service) -> None:
    service.answers = {"one": None}
    world.contents("one", "two", "zzz")
    stopped = world.annotate()
    assert isinstance(stopped.stopped, LimitError)
    assert stopped.outcome == "stopped"
    service.answers = {"one": None, "two": None, "zzz": None}
    assert world.annotate().outcome == "done"
    assert sorted(service.asked) == ["one", "two", "zzz"]
    assert {row["approach_phrase"] for row in world.rows()} >= {"A promise with a date"}


def test_a_faulty_answer_is_asked_again_and_a_refusal_is_not(world: World, service: Service) -> None:
    faulty = Fault(Unanswered.FAULTY_ANSWER, "The answer was no JSON.")
    refused = Fault(Unanswered.REFUSED, "The service refuses it.")
    service.answers = {"one": faulty, "two": refused}
    world.contents("one", "two")
    result = world.annotate()
    assert (result.failed, result.outcome) == (2, "partial")
    assert sorted(row["detail"] for row in world.rows()) == ["The answer was no JSON.", "The service refuses it."]
    service.answers = {"one": None}
    service.asked.clear()
    assert world.annotate().outcome == "done"
    assert service.asked == ["one"]
    assert sorted(str(row["reason"]) for row in world.rows()) == ["None", "refused"]


def test_one_backend_does_not_stand_for_another(world: World, service: Service) -> None:
    service.answers = {"one": None}
    world.contents("one")
    world.annotate()
    world.annotate(gemini_backend="vertex")
    assert service.asked == ["one", "one"]
    assert sorted(row["backend"] for row in world.rows()) == ["gemini-developer", "gemini-vertex"]
