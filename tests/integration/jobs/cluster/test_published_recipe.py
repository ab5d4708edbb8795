"""The published recipe by its settings, beside its steps as scikit-learn and hdbscan take them."""

from collections.abc import Sequence
from typing import Any

import hdbscan
import numpy as np
import pytest
from sklearn.cluster import AgglomerativeClustering
from sklearn.metrics import adjusted_rand_score, silhouette_score

from creative_approaches.core.arrays import Floats, Labels
from creative_approaches.tables import CLUSTER_ASSIGNMENTS, CLUSTER_RUNS
from tests.support.worlds.cluster_world import World, grouped_vectors, member

RECIPE: dict[str, Any] = {
    "annotator": "text",
    "embed_source": "text",
    "selection": "silhouette_margin",
    "max_clusters": 30,
}


def published(vectors: Floats) -> tuple[str, Labels]:
    """Ward by the best silhouette of 2 to 30; from 50 texts on HDBSCAN, if its silhouette is better by over 0.05."""
    cuts = [
        AgglomerativeClustering(number, linkage="ward").fit_predict(vectors)
        for number in range(2, min(30, len(vectors) - 1) + 1)
    ]
    score, ward = max(((float(silhouette_score(vectors, cut)), cut) for cut in cuts), key=lambda pair: pair[0])
    if len(vectors) < 50:
        return "ward", ward
    found = hdbscan.HDBSCAN(min_cluster_size=5).fit_predict(vectors)
    kept = found >= 0
    if found.max() >= 1 and silhouette_score(vectors[kept], found[kept]) > score + 0.05:
        return "hdbscan", found
    return "ward", ward


def scattered(texts: Sequence[str], groups: int, strays: int, seed: int) -> dict[str, Sequence[float]]:
    """Grouped vectors, some of which lie anywhere."""
    vectors = grouped_vectors(texts, groups, seed)
    random = np.random.default_rng(seed)
    for text in texts[:strays]:
        vector = random.normal(size=len(vectors[text]))
        vectors[text] = (vector / np.linalg.norm(vector)).tolist()
    return vectors


@pytest.mark.parametrize(
    ("size", "groups", "strays", "algorithm"),
    [(20, 3, 0, "ward"), (49, 6, 5, "ward"), (60, 4, 0, "ward"), (150, 5, 40, "hdbscan")],
)
def test_its_settings_give_what_its_steps_give(
    world: World, size: int, groups: int, strays: int, algorithm: str
) -> None:
    texts = [f"text {number:03}" for number in range(size)]
    vectors = scattered(texts, groups, strays, seed=size)
    world.load([member("a", number, text) for number, text in enumerate(texts)], vectors)
    world.cluster(**RECIPE)
    found = [-1 if row["cluster"] is None else row["cluster"] for row in world.rows(CLUSTER_ASSIGNMENTS)]
    name, expected = published(np.array([vectors[text] for text in texts]))
    (run,) = world.rows(CLUSTER_RUNS)
    assert run["algorithm"] == name == algorithm
    assert adjusted_rand_score(expected, found) == 1
    assert [label == -1 for label in found] == [label == -1 for label in expected]
