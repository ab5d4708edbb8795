"""What job cluster writes about each creative, cluster and decision."""

import numpy as np
import pytest

from creative_approaches.tables import CLUSTER_ASSIGNMENTS, CLUSTER_RUNS, CLUSTERS
from tests.support.worlds.cluster_world import DIMENSIONS, FIRST, WRITTEN, World, grouped_vectors, many_cohorts, member


def test_each_creative_cluster_and_decision_is_written(world: World) -> None:
    texts = [f"text {number}" for number in range(24)]
    copies = [member("a", number, texts[number % 24], spend_share=number / 435) for number in range(30)]
    vectors = grouped_vectors(texts, groups=3)
    world.load(copies, vectors)
    result = world.cluster()
    (run,) = world.rows(CLUSTER_RUNS)
    assert {name: run[name] for name in ("creatives", "distinct_contents", "points", "clusters", "themes")} == {
        "creatives": 30,
        "distinct_contents": 24,
        "points": 24,
        "clusters": 3,
        "themes": 3,
    }
    assert (run["outliers"], run["attached"], run["unusable"], run["is_approximate"]) == (0, 0, 0, False)
    assert (run["coverage"], run["spend_coverage"], run["stability"]) == (1.0, 1.0, 1.0)
    clusters = world.rows(CLUSTERS)
    middles = np.array([row.pop("centroid") for row in clusters])
    assert clusters == [
        {
            "cohort_id": "a",
            "period_start": FIRST,
            "cluster": number,
            "theme": number,
            "creatives": 10,
            "attached": 0,
            "distinct_contents": 8,
            "stability": 1.0,
        }
        for number in range(3)
    ]
    assignments = world.rows(CLUSTER_ASSIGNMENTS)
    assert [row["cluster"] for row in assignments] == [number % 3 for number in range(30)]
    assert {(row["is_outlier"], row["is_attached"], row["reason"]) for row in assignments} == {(False, False, None)}
    distances = [1 - float(np.dot(vectors[texts[n % 24]], middles[n % 3])) for n in range(30)]
    assert [row["distance_to_centroid"] for row in assignments] == pytest.approx(distances)
    assert np.linalg.norm(middles, axis=1) == pytest.approx(np.ones(3))
    assert result.rows_written == 30 + 3 + 1


def test_coverage_is_of_all_creatives_with_a_text_and_of_their_spend(world: World) -> None:
    vectors = grouped_vectors([f"text {number}" for number in range(9)], groups=3)
    vectors["text 8"] = [0.0] * DIMENSIONS
    members = [member("a", number, f"text {number}", spend_share=0.08) for number in range(9)]
    members[8]["spend_share"] = 0.16
    members.append(member("a", 9, None, spend_share=0.2))
    world.load(members, vectors)
    world.cluster()
    (run,) = world.rows(CLUSTER_RUNS)
    assert (run["creatives"], run["unusable"]) == (9, 1)
    assert run["coverage"] == 8 / 9
    assert run["spend_coverage"] == pytest.approx(0.8)


def test_refunds_do_not_lift_coverage_above_the_whole(world: World) -> None:
    vectors = grouped_vectors(["text"], groups=1) | {"zero": [0.0] * DIMENSIONS}
    world.load([member("a", 0, "text", spend_share=1.5), member("a", 1, "zero", spend_share=-0.5)], vectors)
    world.cluster()
    assert [row["spend_coverage"] for row in world.rows(CLUSTER_RUNS)] == [1.0]


def test_without_spend_there_is_no_spend_coverage(world: World) -> None:
    world.load([member("a", number, "text") for number in range(3)], grouped_vectors(["text"], groups=1))
    world.cluster()
    assert [row["spend_coverage"] for row in world.rows(CLUSTER_RUNS)] == [None]


@pytest.mark.parametrize("creatives", [1, 2, 3])
def test_few_creatives_have_an_outcome(world: World, creatives: int) -> None:
    texts = [f"text {number}" for number in range(creatives)]
    world.load([member("a", number, text) for number, text in enumerate(texts)], grouped_vectors(texts, groups=3))
    world.cluster()
    (run,) = world.rows(CLUSTER_RUNS)
    assert (run["creatives"], run["clusters"], run["coverage"]) == (creatives, 1, 1.0)
    assert [row["cluster"] for row in world.rows(CLUSTER_ASSIGNMENTS)] == [0] * creatives
    assert [(row["creatives"], row["stability"]) for row in world.rows(CLUSTERS)] == [(creatives, None)]


def test_a_cohort_without_texts_is_not_there(world: World) -> None:
    world.load([member("a", 0, None), member("a", 1, None)], {})
    assert world.cluster().rows_written == 0
    assert not any(world.written().values())


def test_no_members_write_nothing(world: World) -> None:
    assert world.cluster().outcome == "unchanged"
    assert not any(world.written().values())


def test_the_order_of_rows_does_not_matter(world: World) -> None:
    members, vectors = many_cohorts()
    world.load(members, vectors)
    world.cluster()
    expected = world.written()
    for table in WRITTEN:
        world.fill(table, [])
    random = np.random.default_rng(0)
    shuffled = [members[number] for number in random.permutation(len(members))]
    world.load(shuffled, dict(random.permutation(np.array(list(vectors.items()), dtype=object))))
    world.cluster()
    assert world.written() == expected
