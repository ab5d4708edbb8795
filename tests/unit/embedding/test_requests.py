"""What is sent for a text, and how texts share requests."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creative_approaches.core.embedding.requests import TASK_PREFIX, batches, sent_text
from creative_approaches.core.embedding.space import EmbeddingSpace
from creative_approaches.core.tokens import estimate_tokens

OLD, NEW = "gemini-embedding-001", "gemini-embedding-2"


def space(backend: str, model: str = NEW) -> EmbeddingSpace:
    return EmbeddingSpace(model, backend, 768)


def test_the_task_is_part_of_the_text_only_where_it_is_no_parameter() -> None:
    assert sent_text(space("gemini-developer"), "Sale") == "task: clustering | query: Sale"
    assert sent_text(space("gemini-developer", OLD), "Sale") == "Sale"


@given(text=st.text(min_size=1, max_size=60), times=st.integers(1, 2_000), model=st.sampled_from([OLD, NEW]))
def test_a_sent_text_is_a_beginning_that_the_model_reads(text: str, times: int, model: str) -> None:
    sent = sent_text(space("gemini-vertex", model), text * times).removeprefix(TASK_PREFIX if model == NEW else "")
    assert (text * times).startswith(sent)
    assert estimate_tokens(sent) <= (2_048 if model == OLD else 8_192)


def test_a_long_text_is_cut_between_words() -> None:
    sent = sent_text(space("gemini-vertex", OLD), "word " * 5_000)
    assert set(sent.split()) == {"word"}
    assert estimate_tokens(sent) > 2_000


@pytest.mark.parametrize("text", ["a " + "b" * 50_000, " " * 50_000])
def test_a_long_text_without_a_near_space_is_cut_anywhere(text: str) -> None:
    assert len(sent_text(space("gemini-vertex", OLD), text)) > 6_000


@given(
    tokens=st.lists(st.integers(1, 9_000), max_size=600),
    backend=st.sampled_from(["gemini-developer", "gemini-vertex"]),
    model=st.sampled_from([OLD, NEW]),
)
def test_each_text_is_in_one_request_and_no_request_is_too_large(tokens: list[int], backend: str, model: str) -> None:
    found = batches(space(backend, model), tokens)
    assert [position for batch in found for position in batch] == list(range(len(tokens)))
    most = {"gemini-developer": 100, "gemini-vertex": 250 if model == OLD else 1}[backend]
    assert all(1 <= len(batch) <= most for batch in found)
    assert all(len(batch) == 1 or sum(tokens[i] for i in batch) <= 20_000 for batch in found)


def test_requests_are_as_full_as_they_may_be() -> None:
    tokens = [10] * 1_001
    counts = {
        (backend, model): len(batches(space(backend, model), tokens))
        for backend in ("gemini-developer", "gemini-vertex")
        for model in (OLD, NEW)
    }
    assert counts == {
        ("gemini-developer", OLD): 11,
        ("gemini-developer", NEW): 11,
        ("gemini-vertex", OLD): 5,
        ("gemini-vertex", NEW): 1_001,
    }
