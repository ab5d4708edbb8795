from math import cos, sin

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from creative_approaches.core.clustering.cohort import cluster_vectors
from creative_approaches.core.clustering.rules import ClusteringRules
from creative_approaches.core.clustering.vector_faults import vector_faults

NOT_FINITE = "The vector holds a number that is not finite."
RULES = ClusteringRules(
    selection="silhouette_margin",
    max_clusters=5,
    min_cluster_size=2,
    max_outlier_spend=1.0,
    max_themes=5,
    resamples=0,
    outlier_reach=0.0,
    exact_points=100,
)


@pytest.mark.parametrize(
    ("vector", "fault"),
    [
        ([0.6, 0.8], None),
        ([0.0, -1.0], None),
        ([0.6004, 0.8004], None),
        ([0.0, 0.0], "The vector is zero."),
        ([0.0, -0.0], "The vector is zero."),
        ([np.nan, 0.0], NOT_FINITE),
        ([0.0, np.inf], NOT_FINITE),
        ([-np.inf, np.inf], NOT_FINITE),
        ([0.5, 0.0], "The vector's length is 0.5 instead of 1."),
        ([0.6, 0.9], "The vector's length is 1.082 instead of 1."),
        ([1e200, 1e200], "The vector's length is inf instead of 1."),
        ([1e-200, 0.0], "The vector's length is 0 instead of 1."),
    ],
)
def test_a_vector_is_usable_if_it_is_finite_and_of_unit_length(vector: list[float], fault: str | None) -> None:
    assert vector_faults(np.array([vector])) == [fault]


def test_each_row_has_its_own_fault() -> None:
    vectors = np.array([[1.0, 0.0], [0.0, 0.0], [0.0, 1.0], [np.nan, 1.0]])
    assert vector_faults(vectors) == [None, "The vector is zero.", None, NOT_FINITE]


def test_no_vectors_have_no_faults() -> None:
    assert vector_faults(np.empty((0, 3))) == []


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(0, 6.3), st.floats(0.998, 1.002) | st.floats()), min_size=1))
def test_what_has_no_fault_can_be_clustered(angles_and_lengths: list[tuple[float, float]]) -> None:
    vectors = np.array([[length * cos(angle), length * sin(angle)] for angle, length in angles_and_lengths])
    usable = vectors[[fault is None for fault in vector_faults(vectors)]]
    if len(usable):
        assert len(cluster_vectors(usable, RULES).labels) == len(usable)
