"""Texts that Gemini refuses or answers wrongly: they are told from a bad day, and the rest gets vectors."""

import numpy as np
import pytest

from creative_approaches.adapters.embedders.gemini import GeminiEmbedder
from creative_approaches.adapters.gemini import calls as gemini_calls
from creative_approaches.core.spending import Spending
from creative_approaches.errors import DataError, TemporaryError
from tests.support.gemini.answers import unit_vectors
from tests.support.gemini.embedding import TEXTS, assert_whole, embed, embed_settings
from tests.support.gemini.server import GeminiServer


@pytest.mark.parametrize(("kind", "reason"), [("400", "refused"), ("nan", "faulty_answer"), ("500", "faulty_answer")])
@pytest.mark.parametrize("backend", ["developer", "vertex"])
def test_a_bad_text_is_found_and_the_rest_gets_vectors(
    gemini: GeminiServer, backend: str, kind: str, reason: str
) -> None:
    texts = [f"text {number}" for number in range(150)]
    gemini.by_text[texts[77]] = kind
    embedded = embed(gemini, texts, gemini_backend=backend)
    assert embedded.stopped is None
    assert {position: fault.reason for position, fault in embedded.faults.items()} == {77: reason}
    others = [position for position in range(150) if position != 77]
    np.testing.assert_allclose(embedded.vectors[others], unit_vectors(texts, 128)[others], atol=1e-12)
    assert np.isnan(embedded.vectors[77]).all()
    gemini.answered.pop("Free delivery", None)  # which tells a bad text from a bad day
    assert set(gemini.answered.values()) == {1}


def test_first_texts_that_are_all_bad_do_not_hide_that_others_are_not(gemini: GeminiServer) -> None:
    texts = [f"text {number}" for number in range(30)]
    gemini.by_text |= dict.fromkeys(texts[:3], "400")
    embedded = embed(gemini, texts)
    assert embedded.stopped is None
    assert sorted(embedded.faults) == [0, 1, 2]
    gemini.answered.pop("Free delivery", None)
    assert set(gemini.answered.values()) == {1}
    assert len(gemini.answered) == 27


@pytest.mark.parametrize("backend", ["developer", "vertex"])
@pytest.mark.parametrize("kind", ["400", "wrong dimensions"])
def test_where_no_text_can_be_embedded_it_is_the_configuration(gemini: GeminiServer, kind: str, backend: str) -> None:
    gemini.random_share, gemini.random_kinds = 1.0, [kind]
    embedded = embed(gemini, [f"text {number}" for number in range(5000)], gemini_backend=backend)
    assert isinstance(embedded.stopped, DataError)
    assert "embedding_dimensions" in str(embedded.stopped)
    assert not embedded.faults
    assert len(gemini.asked) <= 9 * gemini_calls.ATTEMPTS


@pytest.mark.parametrize("backend", ["developer", "vertex"])
@pytest.mark.parametrize("kind", ["400", "nan", "500"])
def test_texts_behind_many_bad_ones_get_vectors(gemini: GeminiServer, kind: str, backend: str) -> None:
    texts = [f"text {number:02}" for number in range(28)]
    gemini.by_text |= dict.fromkeys(texts[:8], kind)
    embedded = embed(gemini, texts, gemini_backend=backend)
    assert embedded.stopped is None
    assert sorted(embedded.faults) == list(range(8))
    np.testing.assert_allclose(embedded.vectors[8:], unit_vectors(texts, 128)[8:], atol=1e-12)


@pytest.mark.parametrize("backend", ["developer", "vertex"])
@pytest.mark.parametrize("count", [1, 7, 12])
def test_where_all_is_refused_no_text_is_blamed(gemini: GeminiServer, count: int, backend: str) -> None:
    gemini.random_share, gemini.random_kinds = 1.0, ["400"]
    embedded = embed(gemini, TEXTS[:count], gemini_backend=backend)
    assert isinstance(embedded.stopped, DataError)
    assert not embedded.faults


@pytest.mark.parametrize(
    ("kind", "error"), [("503", TemporaryError), ("daily quota", TemporaryError), ("nan", DataError)]
)
def test_a_refusal_is_not_believed_while_a_harmless_text_is_not_embedded(
    gemini: GeminiServer, kind: str, error: type[Exception]
) -> None:
    gemini.by_text |= {"a text": "400", "Free delivery": kind}
    embedded = embed(gemini, ["a text"])
    assert isinstance(embedded.stopped, error)
    assert not embedded.faults


def test_what_worked_once_is_not_checked_again(gemini: GeminiServer) -> None:
    gemini.by_text["bad"] = "400"
    with GeminiEmbedder.open(embed_settings(), Spending(None), None) as embedder:
        assert_whole(embedder.embed(TEXTS))
        assert embedder.embed(["bad"]).faults[0].reason == "refused"
    assert len(gemini.asked) == 2


def test_few_texts_may_all_be_bad(gemini: GeminiServer) -> None:
    gemini.by_text["bad"] = "400"
    embedded = embed(gemini, ["bad"])
    assert embedded.stopped is None
    assert embedded.faults[0].reason == "refused"


def test_a_text_longer_than_the_model_reads_is_cut(gemini: GeminiServer) -> None:
    embedded = embed(gemini, ["word " * 50_000, "短い" * 20_000, "short"])
    assert not embedded.faults
    assert max(len(asked.texts[0]) for asked in gemini.asked) < 25_000
