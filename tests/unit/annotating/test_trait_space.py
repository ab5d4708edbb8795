import numpy as np
import pytest

from creative_approaches.core.annotating.taxonomy import Taxonomy
from creative_approaches.core.annotating.trait_space import FLOOR, OTHERS, trait_vectors
from creative_approaches.core.arrays import Floats


def _taxonomy(**values: int) -> Taxonomy:
    return Taxonomy.of(
        {"attribute": attribute, "value": f"v{number}", "medium": "text", "label": "A label"}
        for attribute, count in values.items()
        for number in range(count)
    )


PERSUASION = _taxonomy(persuasion=4)
WITH_HOOK = _taxonomy(hook=2, persuasion=4)


def _distances(rows: list[list[float]], taxonomy: Taxonomy) -> Floats:
    vectors = trait_vectors(np.array(rows), taxonomy)
    distances: Floats = 1 - vectors @ vectors.T
    return distances


def test_a_vector_is_the_centred_log_ratio_of_each_attribute() -> None:
    """By hand: of two values the logarithms are half their difference to either side of their mean."""
    hook = np.log((0.9 + FLOOR) / (0.1 + FLOOR)) / 2
    persuasion = np.log((1 + FLOOR) / FLOOR)
    expected = np.array([OTHERS * hook, -OTHERS * hook, 0.75 * persuasion, *[-persuasion / 4] * 3])
    (found,) = trait_vectors(np.array([[0.9, 0.1, 1.0, 0.0, 0.0, 0.0]]), WITH_HOOK)
    np.testing.assert_allclose(found, expected / np.linalg.norm(expected), rtol=1e-12)


def test_rows_are_unit_vectors() -> None:
    probabilities = np.random.default_rng(0).dirichlet(np.full(4, 0.3), 50).round(4)
    np.testing.assert_allclose(np.linalg.norm(trait_vectors(probabilities, PERSUASION), axis=1), 1)


def test_a_second_guess_brings_contents_nearer() -> None:
    sure, wavering, other = [0.98, 0.0, 0.02, 0.0], [0.68, 0.3, 0.02, 0.0], [0.0, 0.98, 0.02, 0.0]
    distances = _distances([sure, wavering, other], PERSUASION)
    assert distances[1, 2] < distances[0, 2]


def test_how_impossible_a_value_is_does_not_matter() -> None:
    distances = _distances([[0.5, 0.5, 0.0, 0.0], [0.5, 0.4999, 0.0001, 0.0]], PERSUASION)
    assert distances[0, 1] < 1e-4


def test_persuasion_counts_more_than_what_an_ad_begins_with() -> None:
    row, other_hook, other_device = [1.0, 0, 1, 0, 0, 0], [0.0, 1, 1, 0, 0, 0], [1.0, 0, 0, 1, 0, 0]
    distances = _distances([row, other_hook, other_device], WITH_HOOK)
    assert 0.05 < distances[0, 1] < distances[0, 2]


def test_a_content_does_not_depend_on_the_others() -> None:
    probabilities = np.random.default_rng(0).dirichlet(np.full(4, 0.3), 20)
    np.testing.assert_array_equal(
        trait_vectors(probabilities[:1], PERSUASION), trait_vectors(probabilities, PERSUASION)[:1]
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_who_knows_nothing_has_no_direction(rows: int) -> None:
    assert not trait_vectors(np.full((rows, 4), 0.25), PERSUASION).any()
