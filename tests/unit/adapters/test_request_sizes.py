"""Sizes of requests find the quota from above, and grow again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creative_approaches.adapters.gemini.request_sizes import RequestSizes


def ask(sizes: RequestSizes, inputs: int, quota: int) -> list[int]:
    """Ask for inputs until all are answered. Returns the sizes that were, in order."""
    answered, waiting = [], sizes.cut(range(inputs))
    while waiting:
        piece = waiting.pop(0)
        if len(piece) <= quota:
            sizes.answer(len(piece))
            answered.append(len(piece))
        else:
            sizes.hold_off(len(piece))
            waiting = sizes.cut(piece) + waiting
    return answered


@given(st.integers(1, 300), st.integers(1, 120))
def test_all_inputs_are_asked_for_once_in_pieces_that_pass(inputs: int, quota: int) -> None:
    answered = ask(RequestSizes(), inputs, quota)
    assert sum(answered) == inputs
    assert max(answered) <= quota


@pytest.mark.parametrize("quota", [1, 7, 60, 99])
def test_sizes_come_near_the_quota(quota: int) -> None:
    sizes = RequestSizes()
    for _ in range(60):
        answered = ask(sizes, 100, quota)
    assert max(answered) >= 0.6 * quota


def test_sizes_grow_back_when_the_quota_is_larger_again() -> None:
    sizes = RequestSizes()
    ask(sizes, 100, 3)
    for _ in range(60):
        answered = ask(sizes, 100, 100)
    assert answered == [100]


def test_without_a_quota_nothing_is_cut() -> None:
    sizes = RequestSizes()
    sizes.answer(100)
    assert sizes.cut(range(100)) == [range(100)]
