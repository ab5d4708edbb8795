from pathlib import Path

import numpy as np
import pytest

from creative_approaches.core.annotating.trait_model import (
    LinearTraits,
    TraitModel,
    joined,
    parts_of,
    word_features,
    wording_of,
)

TEXTS = [
    wording_of("Half price today", "Ends at noon"),
    wording_of("半額", ""),
    wording_of("", "Zwei zum Preis von einem"),
]


@pytest.fixture
def model() -> TraitModel:
    rng = np.random.default_rng(3)
    buckets = word_features(TEXTS).shape[1]
    traits = LinearTraits(
        ("none", "deadline", "stock"), rng.normal(size=(6, 3)), rng.normal(size=(buckets, 3)), rng.normal(size=3)
    )
    return TraitModel({"urgency": traits}, "a version")


VECTORS = np.random.default_rng(4).normal(size=(3, 6))


def test_probabilities_of_an_attribute_add_up_to_one(model: TraitModel) -> None:
    found = model.probabilities(VECTORS, TEXTS)["urgency"]
    assert found.shape == (3, 3)
    assert found.min() > 0
    np.testing.assert_allclose(found.sum(axis=1), 1)


def test_an_ad_is_read_alike_whatever_is_read_beside_it(model: TraitModel) -> None:
    together = model.probabilities(VECTORS, TEXTS)["urgency"]
    alone = [model.probabilities(VECTORS[[row]], [TEXTS[row]])["urgency"][0] for row in range(3)]
    np.testing.assert_allclose(together, alone, atol=1e-12)


def test_a_model_answers_nearly_alike_after_it_was_saved(model: TraitModel, tmp_path: Path) -> None:
    model.save(tmp_path / "weights.npz")
    again = TraitModel.load(tmp_path / "weights.npz")
    assert again.version == "a version"
    assert again.attributes["urgency"].values == ("none", "deadline", "stock")
    np.testing.assert_allclose(
        again.probabilities(VECTORS, TEXTS)["urgency"], model.probabilities(VECTORS, TEXTS)["urgency"], atol=0.02
    )


def test_a_missing_part_is_stood_in_for_by_the_other() -> None:
    assert parts_of("Sale", "Now") == ("Sale Now", "Sale", "Now")
    assert parts_of("Sale", "") == ("Sale", "Sale", "Sale")
    assert parts_of("", "Now") == ("Now", "Now", "Now")


def test_vectors_of_the_parts_of_an_ad_are_joined() -> None:
    parts = np.arange(12, dtype=np.float64).reshape(6, 2)
    assert joined(parts).tolist() == [[0, 1, 2, 3, 4, 5], [6, 7, 8, 9, 10, 11]]


def test_wide_and_narrow_letters_are_the_same_words() -> None:
    wide, narrow = word_features([wording_of("\uff33\uff21\uff2c\uff25", ""), wording_of("SALE", "")]).toarray()
    assert (wide == narrow).all()
