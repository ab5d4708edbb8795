"""What a model answers of an ad becomes chances that add up, or it is said why not."""

import json

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from creative_approaches.core.annotating.annotation import traits_of
from creative_approaches.core.annotating.answer import ReadAd, read_answer
from creative_approaches.core.annotating.taxonomy import Taxonomy

TAXONOMY = Taxonomy.of(
    {"attribute": attribute, "value": value, "medium": "text", "label": value, "meaning": value}
    for attribute, values in {"hook": "abcd", "proof": "xy", "single": "z"}.items()
    for value in values
)


def answer(hook: str = "b", hook_sure: object = 70, proof: str = "x", proof_sure: object = 90) -> str:
    fields = {"hook": hook, "hook_sure": hook_sure, "proof": proof, "proof_sure": proof_sure}
    return json.dumps(fields | {"single": "z", "single_sure": 100, "approach_phrase": "Question first"})


def read(text: str) -> ReadAd:
    found = read_answer(text, TAXONOMY, ["Sale"])
    assert isinstance(found, ReadAd)
    return found


@given(st.sampled_from("abcd"), st.integers(0, 100), st.sampled_from("xy"), st.integers(0, 100))
def test_chances_of_an_attribute_add_up_and_the_chosen_one_is_largest(
    hook: str, hook_sure: int, proof: str, proof_sure: int
) -> None:
    found = read(answer(hook, hook_sure, proof, proof_sure)).probabilities
    for attribute, place in TAXONOMY.columns():
        np.testing.assert_allclose(found[place].sum(), 1, atol=1e-3)
        names = [value.name for value in attribute.values]
        chosen = {"hook": hook, "proof": proof, "single": "z"}[attribute.name]
        assert found[place][names.index(chosen)] == found[place].max()


def test_what_is_unclear_or_hardly_sure_says_nothing() -> None:
    for said in (answer("unclear", 100), answer("b", 20), answer("b", 0)):
        found = read(said).probabilities[None]
        assert found[0, :4].tolist() == [0.25] * 4
        assert "hook" not in next(iter(traits_of(found, TAXONOMY)))
    assert next(iter(traits_of(read(answer()).probabilities[None], TAXONOMY)))["hook"] == "b"


def test_a_fence_around_an_answer_is_no_reason_to_pay_twice() -> None:
    assert read(f"```json\n{answer()}\n```").phrase == "Question first"


@given(st.text(max_size=60))
def test_any_text_is_an_answer_or_a_fault(text: str) -> None:
    assert read_answer(text, TAXONOMY, []) in ("invalid", "outside")
    assert read_answer(answer(hook=text), TAXONOMY, []) in ("invalid", "outside") or text in (*"abcd", "unclear")
