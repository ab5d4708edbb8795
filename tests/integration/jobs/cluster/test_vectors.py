"""Texts that have no vector, or none that can be used."""

from collections.abc import Sequence

import numpy as np
import pytest

from creative_approaches.core.embedding.offline import MODEL
from creative_approaches.errors import DataError
from creative_approaches.jobs.assigned import read_assigned
from creative_approaches.jobs.name.job import name
from creative_approaches.jobs.test_tags import test_tags as run_tag_tests
from creative_approaches.jobs.track import track
from creative_approaches.tables import (
    APPROACH_NAMES,
    APPROACH_SNAPSHOTS,
    CLUSTER_ASSIGNMENTS,
    CLUSTER_RUNS,
    CLUSTERS,
    CONTENTS,
    CREATIVE_EMBEDDINGS,
    EMBEDDING_FAULTS,
    TAGS,
)
from tests.support.worlds.cluster_world import (
    DIMENSIONS,
    FIRST,
    SECOND,
    Row,
    World,
    embedding,
    grouped_vectors,
    many_cohorts,
    member,
)

NOT_FINITE, ZERO = "The vector holds a number that is not finite.", "The vector is zero."


def test_unusable_vectors_are_recorded_and_the_rest_is_clustered(world: World) -> None:
    texts = [f"text {number:02}" for number in range(24)]
    vectors = grouped_vectors(texts, groups=3)
    members = [member("a", 2 * number, text) for number, text in enumerate(texts)]
    world.load(members, vectors)
    world.cluster()
    expected = {row["version_key"]: row for row in world.rows(CLUSTER_ASSIGNMENTS)}

    bad = {"nan": [np.nan, 1.0], "infinite": [1.0, -np.inf], "zero": [0.0, 0.0], "half": [0.5, 0.0]}
    wrong: dict[str, Sequence[float]] = {text: [*start, *[0.0] * (DIMENSIONS - 2)] for text, start in bad.items()}
    wrong |= {"short": [1.0], "empty": []}
    world.load([*members, *(member("a", 2 * number + 1, text) for number, text in enumerate(wrong))], vectors | wrong)
    result = world.cluster()
    found = {row["version_key"]: row for row in world.rows(CLUSTER_ASSIGNMENTS)}
    assert {key: row for key, row in found.items() if key in expected} == expected
    assert [row for key, row in found.items() if key not in expected] == [
        {
            "cohort_id": "a",
            "period_start": FIRST,
            "version_key": f"a {2 * number + 1:04}",
            "creative_key": f"a {2 * number + 1:04}",
            "cluster": None,
            "is_outlier": False,
            "is_attached": False,
            "distance_to_centroid": None,
            "reason": reason,
        }
        for number, reason in enumerate(
            [
                NOT_FINITE,
                NOT_FINITE,
                ZERO,
                "The vector's length is 0.5 instead of 1.",
                "The vector has 1 numbers instead of 64.",
                "The vector has 0 numbers instead of 64.",
            ]
        )
    ]
    (run,) = world.rows(CLUSTER_RUNS)
    assert (run["creatives"], run["points"], run["unusable"], run["coverage"]) == (30, 24, 6, 24 / 30)
    assert "6 contents have no vector that can be used" in result.detail


def test_a_cohort_without_a_usable_vector_has_a_run_that_says_so(world: World) -> None:
    world.load([member("a", number, "zero", spend_share=0.5) for number in range(2)], {"zero": [0.0] * DIMENSIONS})
    world.cluster()
    (run,) = world.rows(CLUSTER_RUNS)
    about = {name: run.pop(name) for name in ("cohort_id", "period_start", "period_grain", "selection", "input_hash")}
    assert all(about.values())
    assert run == {
        "algorithm": "none",
        "reason": "No cluster: no creative has a vector that can be used.",
        "creatives": 2,
        "distinct_contents": 1,
        "points": 0,
        "is_approximate": False,
        "clusters": 0,
        "themes": 0,
        "outliers": 0,
        "attached": 0,
        "unusable": 2,
        "coverage": 0.0,
        "spend_coverage": 0.0,
        "score": None,
        "stability": None,
        "candidates": "[]",
        "embed_source": "text",
        "embedding_model": MODEL,
        "embedding_backend": "offline",
        "embedding_dimensions": DIMENSIONS,
        "tags_embedded": False,
    }
    assert world.rows(CLUSTERS) == []
    assert [row["reason"] for row in world.rows(CLUSTER_ASSIGNMENTS)] == [ZERO, ZERO]
    assert world.cluster().rows_written == 0


def test_a_repaired_vector_is_clustered(world: World) -> None:
    vectors = grouped_vectors(["good", "other"], groups=2)
    members = [member("a", 0, "good"), member("a", 1, "other")]
    world.load(members, vectors | {"other": [0.0] * DIMENSIONS})
    world.cluster()
    world.load(members, vectors)
    world.cluster()
    assert [row["reason"] for row in world.rows(CLUSTER_ASSIGNMENTS)] == [None, None]


def test_texts_that_have_no_vector_for_a_reason_are_recorded_with_it(world: World) -> None:
    vectors = grouped_vectors(["good", "other"], groups=2)
    world.load([member("a", number, text) for number, text in enumerate([*vectors, "refused"])], vectors)
    about = {"reason": "refused", "detail": "The prompt was blocked: SAFETY."}
    # A fault of another space, or of a text that has a vector by now, says nothing.
    fault = embedding("refused", None, **about)
    other = [embedding("good", None, **about), embedding("refused", None, backend="another", reason="x", detail="y")]
    world.fill(EMBEDDING_FAULTS, [fault, *other])
    result = world.cluster()
    reason = "The text was not embedded (refused): The prompt was blocked: SAFETY."
    assert [row["reason"] for row in world.rows(CLUSTER_ASSIGNMENTS)] == [None, None, reason]
    (run,) = world.rows(CLUSTER_RUNS)
    assert (run["creatives"], run["points"], run["unusable"]) == (3, 2, 1)
    assert "1 contents have no vector that can be used" in result.detail


@pytest.mark.parametrize(
    "other", [{"model": "another"}, {"backend": "another"}, {"dimensions": 32, "embedding": [1.0, *[0.0] * 31]}]
)
def test_vectors_of_another_space_are_left_alone(world: World, other: Row) -> None:
    members, vectors = many_cohorts()
    world.load(members, vectors)
    world.cluster()
    before = world.written()
    of_other = [embedding(text, [1.0, *[0.0] * 63]) | other for text in vectors]
    world.fill(CREATIVE_EMBEDDINGS, [*of_other, *(embedding(*item) for item in vectors.items())])
    assert world.cluster().outcome == "unchanged"
    assert world.written() == before


@pytest.mark.parametrize("other", [{"model": "another"}, {"backend": "another"}, {"dimensions": 32}, None])
def test_texts_that_were_not_embedded_yet_are_refused(world: World, other: Row | None) -> None:
    """A part of the creatives would make other clusters, and other approaches, than all of them."""
    members, vectors = many_cohorts()
    world.load(members, vectors)
    world.cluster()
    before = world.written()
    rows = [embedding(*item) for item in vectors.items()]
    world.fill(CREATIVE_EMBEDDINGS, [*rows[3:], *(row | other for row in rows[:3] if other)])
    with pytest.raises(
        DataError, match=rf"3 contents have no vector of {MODEL} .offline, 64 dimensions.*approaches embed"
    ):
        world.cluster()
    assert world.written() == before


def test_creatives_that_cannot_be_clustered_have_no_approach_name_or_tag_test(world: World) -> None:
    texts = [f"text {number}" for number in range(20)]
    members = [member("a", number, text, period) for period in (FIRST, SECOND) for number, text in enumerate(texts)]
    members += [member("a", 90, "zero"), member("b", 91, "zero"), member("b", 92, "zero", SECOND)]
    world.load(members, grouped_vectors(texts, groups=2) | {"zero": [0.0] * DIMENSIONS})
    keys = sorted({row["version_key"]: row["content_hash"] for row in members}.items())
    words = {key: f"{'save money' if number % 2 else 'feel good'} today" for number, (key, _) in enumerate(keys)}
    world.fill(
        CONTENTS,
        [{"version_key": key, "wording_hash": key, "headline": words[key], "description": None} for key, _ in keys],
    )
    world.fill(TAGS, [{"version_key": key, "tag": "a tag", "tag_source": "given"} for key, _ in keys])
    world.cluster()
    for job in (track, name, run_tag_tests):
        world.run(job)
    assert {row["cohort_id"] for row in world.rows(APPROACH_SNAPSHOTS)} == {"a"}
    assert {row["cohort_id"] for row in world.rows(APPROACH_NAMES)} == {"a"}
    assigned = {
        (period.cohort_id, period.period_start): [creative.version_key for creative in period.creatives]
        for period in read_assigned(world.warehouse)
    }
    assert assigned == {
        ("a", FIRST): [key for key, _ in keys[:20]],
        ("a", SECOND): [key for key, _ in keys[:20]],
        ("b", FIRST): [],
        ("b", SECOND): [],
    }
