"""The port of annotators suits one that asks Gemini: shown by a small one, with the real client, on a loopback."""

import json
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, ClassVar, Self

import numpy as np
import pytest

from creative_approaches.adapters.annotators.port import Annotated, Annotator, Content, Fault
from creative_approaches.adapters.gemini.calls import Call, FaultyAnswerError, GeminiCalls, Refusal
from creative_approaches.adapters.warehouses.duckdb.warehouse import DuckDBWarehouse
from creative_approaches.adapters.warehouses.port import Change
from creative_approaches.core.annotating.annotation import Reader
from creative_approaches.core.annotating.taxonomy import Taxonomy
from creative_approaches.core.arrays import Floats
from creative_approaches.core.spending import Spending
from creative_approaches.core.tokens import Requests, Tokens, estimate_tokens
from creative_approaches.errors import LimitError
from creative_approaches.jobs import annotate as annotate_module
from creative_approaches.jobs import annotations as annotations_module
from creative_approaches.jobs.annotate import annotate, estimate_annotate
from creative_approaches.jobs.job import JobResult
from creative_approaches.settings import AnnotateSettings, ReaderSettings
from creative_approaches.tables import CONTENTS, CREATIVE_ANNOTATIONS, CREATIVE_TRAITS
from tests.support.direct_jobs import Narrator, make_directly, settings
from tests.support.gemini.server import GeminiServer

MODEL = "gemini-3.5-flash-lite"
TRAITS = {"hook": ("question", "scene"), "visual_style": ("lifestyle", "studio")}
ANSWER = {"hook": "question", "visual_style": "studio", "phrase": "A question before a plain product"}


class AskingAnnotator(Annotator):
    """Asks for one value of each attribute, of texts and of media, and for a phrase."""

    is_paid: ClassVar[bool] = True

    def __init__(self, settings: AnnotateSettings, taxonomy: Taxonomy, spending: Spending, credentials: Any) -> None:
        self._taxonomy, self._open = taxonomy, ExitStack()
        self._calls = self._open.enter_context(GeminiCalls(settings, spending, credentials))

    @classmethod
    def reader(cls, settings: ReaderSettings) -> Reader:
        return Reader("asking", MODEL, f"gemini-{settings.gemini_backend}")

    @classmethod
    def known(cls, taxonomy: Taxonomy) -> Taxonomy:
        return taxonomy

    @classmethod
    def open(cls, settings: AnnotateSettings, taxonomy: Taxonomy, spending: Spending, google_credentials: Any) -> Self:
        return cls(settings, taxonomy, spending, google_credentials)

    def __exit__(self, *_: object) -> None:
        self._open.close()

    @classmethod
    def requests_for(cls, settings: ReaderSettings, taxonomy: Taxonomy, contents: Sequence[Content]) -> Requests:
        return Requests(len(contents), [_expected(taxonomy, content) for content in contents])

    def annotate(self, contents: Sequence[Content]) -> Annotated:
        made = self._calls.make([self._call(content) for content in contents])
        probabilities = np.full((len(contents), self._taxonomy.size), np.nan)
        phrases, faults = {}, {}
        for position, result in enumerate(made.results):
            if isinstance(result, Refusal):
                faults[position] = Fault(result.reason, result.detail)
            elif result is not None:
                probabilities[position], phrases[position] = result
        return Annotated(probabilities, phrases, faults, made.stopped)

    def _call(self, content: Content) -> Call[tuple[Floats, str]]:
        from google.genai import types

        config = types.GenerateContentConfig(
            system_instruction=_instruction(self._taxonomy), response_mime_type="application/json"
        )
        text = content.headline or ""
        expected = _expected(self._taxonomy, content)
        return Call(
            send=lambda client: client.models.generate_content(model=MODEL, contents=text, config=config),
            read=self._read,
            expected=expected,
            billed=lambda answer: expected,
            faulty_attempts=2,
            private=[text],
        )

    def _read(self, answer: Any) -> tuple[Floats, str]:
        row = np.zeros(self._taxonomy.size)
        try:
            said = json.loads(answer.text)
            for attribute, place in self._taxonomy.columns():
                row[place.start + [value.name for value in attribute.values].index(said[attribute.name])] = 1
        except (KeyError, ValueError) as error:
            raise FaultyAnswerError("The answer has a value that was not asked for.") from error
        return row, said["phrase"]


def _instruction(taxonomy: Taxonomy) -> str:
    return "\n".join(f"{one.name}: {', '.join(value.name for value in one.values)}" for one in taxonomy.attributes)


def _expected(taxonomy: Taxonomy, content: Content) -> Tokens:
    return Tokens(estimate_tokens(_instruction(taxonomy) + (content.headline or "")), 50)


@pytest.fixture
def warehouse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DuckDBWarehouse:
    """Three contents, a taxonomy with an attribute of media, and the annotator in place of the one of the settings."""
    for module in (annotate_module, annotations_module):
        monkeypatch.setattr(module, "find_annotator", lambda _: AskingAnnotator)
    warehouse = make_directly(tmp_path, CONTENTS, CREATIVE_TRAITS)
    traits = [
        {"attribute": attribute, "value": value, "medium": "media" if "_" in attribute else "text", "label": value}
        for attribute, values in TRAITS.items()
        for value in values
    ]
    contents = [
        {"version_key": f"key {number}", "headline": headline, "wording_hash": headline}
        for number, headline in enumerate(("Why so dry?", "Why so dear?", "Why so late?"))
    ]
    warehouse.write(Change.of_all(CREATIVE_TRAITS, CREATIVE_TRAITS.rows(traits)))
    warehouse.write(Change.of_all(CONTENTS, CONTENTS.rows(contents)))
    return warehouse


@pytest.fixture
def gemini(gemini: GeminiServer) -> GeminiServer:
    gemini.generate = lambda system, user, schema: json.dumps(ANSWER)
    return gemini


def run(warehouse: DuckDBWarehouse, narrator: Narrator | None = None, **changes: Any) -> JobResult:
    return annotate(warehouse, settings(**changes), narrator or Narrator())


def rows(warehouse: DuckDBWarehouse) -> list[dict[str, Any]]:
    return warehouse.read(CREATIVE_ANNOTATIONS).to_pylist()  # type: ignore[no-any-return]  # pyarrow is untyped


def test_each_content_is_asked_for_once_at_the_cost_that_was_announced(
    warehouse: DuckDBWarehouse, gemini: GeminiServer
) -> None:
    estimate, narrator = estimate_annotate(warehouse, settings()), Narrator()
    assert estimate.cost_usd
    result = run(warehouse, narrator)
    assert narrator.said == [str(estimate)]
    assert result.usage.requests == estimate.requests == len(gemini.asked) == 3
    assert {row["traits"] for row in rows(warehouse)} == {"hook:question, visual_style:studio"}
    assert {row["approach_phrase"] for row in rows(warehouse)} == {ANSWER["phrase"]}
    assert run(warehouse).outcome == "unchanged"
    assert len(gemini.asked) == 3


def test_a_limit_keeps_what_was_paid_for_and_the_next_run_does_the_rest(
    warehouse: DuckDBWarehouse, gemini: GeminiServer
) -> None:
    stopped = run(warehouse, max_requests=2, gemini_connections=1)
    assert isinstance(stopped.stopped, LimitError)
    assert len(rows(warehouse)) == len(gemini.asked) == 2
    assert run(warehouse).outcome == "done"
    assert len(rows(warehouse)) == len(gemini.asked) == 3


def test_a_value_that_was_not_asked_for_is_a_fault_and_asked_for_again_next_time(
    warehouse: DuckDBWarehouse, gemini: GeminiServer
) -> None:
    gemini.generate = lambda system, user, schema: json.dumps(
        ANSWER | ({"hook": "shouting"} if user == "Why so dear?" else {})
    )
    result = run(warehouse)
    assert (result.failed, result.outcome) == (1, "partial")
    (faulty,) = (row for row in rows(warehouse) if row["reason"])
    assert (faulty["reason"], faulty["traits"]) == ("faulty_answer", None)
    assert "dear" not in faulty["detail"]
    gemini.generate = lambda system, user, schema: json.dumps(ANSWER)
    assert run(warehouse).outcome == "done"
    assert [row["reason"] for row in rows(warehouse)] == [None] * 3
