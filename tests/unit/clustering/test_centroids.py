import numpy as np
import pytest

from creative_approaches.core.arrays import Floats, cosine_distances
from creative_approaches.core.clustering.centroids import (
    attach_outliers,
    centroid_distances,
    centroids,
    nearest_clusters,
)
from tests.support.worlds.made_vectors import unit

# Degrees on a circle: two clusters with a radius of 5 degrees about 5 and 95, outliers at 12, 40 and 200.
DEGREES = np.array([0, 10, 90, 100, 12, 40, 200])
LABELS = np.array([0, 0, 1, 1, -1, -1, -1])


def on_circle(*degrees: float) -> Floats:
    angles = np.radians(degrees)
    return unit(np.c_[np.cos(angles), np.sin(angles)])


def circle() -> Floats:
    return on_circle(*DEGREES)


def test_distances_to_the_centroid_of_a_right_angle() -> None:
    # By hand: the centroid of (1, 0) and (0, 1) points at 45 degrees from both; an outlier has none.
    vectors = np.array([[1.0, 0.0], [0.0, 1.0], [0.6, 0.8], [-1.0, 0.0]])
    labels = np.array([0, 0, 1, -1])
    found = centroid_distances(vectors, labels, centroids(vectors, labels))
    assert found[:3] == pytest.approx([1 - np.sqrt(0.5), 1 - np.sqrt(0.5), 0.0], abs=1e-12)
    assert np.isnan(found[3])


def test_members_that_cancel_out_are_at_distance_one() -> None:
    # Three at 120 degrees; their sum is zero but for rounding.
    angles = np.radians([90, 210, 330])
    vectors = np.c_[np.cos(angles), np.sin(angles)]
    assert np.abs(vectors.sum(axis=0)).max() > 0
    labels = np.array([0, 0, 0])
    assert centroid_distances(vectors, labels, centroids(vectors, labels)).tolist() == [1.0, 1.0, 1.0]


def test_nothing_but_outliers_has_no_distances() -> None:
    labels = np.array([-1, -1])
    assert np.isnan(centroid_distances(np.eye(2), labels, centroids(np.eye(2), labels))).all()


def test_every_outlier_goes_to_its_nearest_cluster() -> None:
    assert nearest_clusters(circle(), LABELS).tolist() == [0, 0, 1, 1, 0, 0, 1]


@pytest.mark.parametrize("scale", [1.0, 0.1])
@pytest.mark.parametrize(("angle", "joins"), [(6.6, True), (6.75, False)])
def test_outliers_within_reach_of_the_usual_members_join_and_are_marked(
    scale: float, angle: float, joins: bool
) -> None:
    # Distances grow with the square of the angle. Of members at 1, 3 and 6 degrees to both sides the median is 9, and
    # the median of the deviations 8, 0 and 27 is 8: the reach ends at the square root of 9 + 3 * 1.4826 * 8, at 6.68.
    rows = on_circle(*(scale * np.array([-1, 1, -3, 3, -6, 6, angle])))
    labels, attached = attach_outliers(rows, np.array([0] * 6 + [-1]), 3.0, None, 0.0)
    assert labels.tolist() == [0] * 6 + [0 if joins else -1]
    assert attached.tolist() == [False] * 6 + [joins]


def test_one_far_member_does_not_widen_the_reach() -> None:
    rows = on_circle(-1, 1, -3, 3, -6, 6, -40, 40, 20)
    labels, _ = attach_outliers(rows, np.array([0] * 8 + [-1]), 3.0, None, 0.0)
    assert labels[-1] == -1


def test_without_a_reach_no_outlier_joins() -> None:
    labels, attached = attach_outliers(circle(), LABELS, 0.0, None, 0.0)
    assert labels.tolist() == LABELS.tolist()
    assert not attached.any()


@pytest.mark.parametrize(
    ("most", "joined"),
    [(0.6, []), (0.59, [4]), (0.45, [4]), (0.3, [4, 5]), (0.29, [4, 5, 6]), (0.0, [4, 5, 6])],
)
def test_the_nearest_outliers_join_until_the_rest_holds_little_spend(most: float, joined: list[int]) -> None:
    # They hold 0.15, 0.15 and 0.3 of the spend; 12 degrees is nearest, 200 furthest.
    spend = np.array([0.1, 0.1, 0.1, 0.1, 0.15, 0.15, 0.3])
    labels, attached = attach_outliers(circle(), LABELS, 0.0, spend, most)
    assert np.flatnonzero(attached).tolist() == joined
    assert spend[labels < 0].sum() <= most + 1e-12


def test_an_outlier_without_spend_stays() -> None:
    spend = np.array([0.1, 0.1, 0.1, 0.1, 0.0, 0.3, 0.3])
    _, attached = attach_outliers(circle(), LABELS, 0.0, spend, 0.0)
    assert np.flatnonzero(attached).tolist() == [5, 6]


def test_a_distance_of_nothing_has_no_sign_whatever_the_noise_of_a_product() -> None:
    noise = np.array([1.0, 1.0 + 2**-52, 1.0 - 2**-53, np.nan])
    distances = cosine_distances(noise)
    assert distances[:3].tolist() == [0.0, 0.0, 0.0]
    assert not np.signbit(distances[:3]).any()
    assert np.isnan(distances[3])
