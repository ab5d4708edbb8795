"""When a cohort's period is clustered again, and when it is left as it is."""

from typing import Any

import pytest

from creative_approaches.core.embedding.offline import MODEL
from creative_approaches.tables import CREATIVE_EMBEDDINGS
from tests.support.worlds.cluster_world import SECOND, Row, World, embedding, grouped_vectors, many_cohorts, member


def test_a_second_run_writes_nothing(world: World) -> None:
    world.load(*many_cohorts())
    world.cluster()
    before = world.written()
    result = world.cluster()
    assert (result.rows_written, result.outcome) == (0, "unchanged")
    assert result.detail == "0 of 12 cohorts and periods had changed"
    assert world.written() == before


@pytest.mark.parametrize(
    ("changes", "recomputed"),
    [
        ({"cluster_processes": None}, 0),
        ({"cluster_processes": 3}, 0),
        ({"min_cluster_size": 4}, 12),
        ({"max_themes": 3}, 12),
    ],
)
def test_only_what_can_change_a_result_is_a_reason_to_recompute(
    world: World, changes: dict[str, Any], recomputed: int
) -> None:
    world.load(*many_cohorts())
    world.cluster()
    assert world.cluster(**changes).detail == f"{recomputed} of 12 cohorts and periods had changed"


def test_how_a_space_is_set_is_no_reason_to_recompute(world: World) -> None:
    """Null is the usual number of dimensions; how Gemini is asked is nothing to the offline embedder."""
    texts = [f"text {number}" for number in range(6)]
    vectors = [embedding(text, [*vector, *[0.0] * 448]) for text, vector in grouped_vectors(texts, groups=2).items()]
    world.show([member("a", number, text) for number, text in enumerate(texts)])
    world.fill(CREATIVE_EMBEDDINGS, [row | {"dimensions": 512} for row in vectors])
    world.cluster(embedding_dimensions=None)
    again = world.cluster(embedding_dimensions=512, embedding_model=MODEL, gemini_backend="vertex")
    assert again.outcome == "unchanged"


@pytest.mark.parametrize(
    ("change", "recomputed"),
    [
        ({"spend_share": 0.25 + 1e-7}, 0),
        ({"spend_share": 0.25 + 1e-2}, 1),
        ({"spend_share": None}, 1),
        ({"text_hash": "text 5"}, 1),
        ({"content_hash": "another picture"}, 1),
        ({"tags_embedded": True}, 1),
        ({"version_key": "another creative"}, 1),
        ({"cohort_id": "b"}, 2),
    ],
    ids=str,
)
def test_a_period_is_recomputed_when_one_of_its_creatives_changed(world: World, change: Row, recomputed: int) -> None:
    texts = [f"text {number}" for number in range(6)]
    members = [member("a", number, text, spend_share=0.25) for number, text in enumerate(texts)]
    others = [member("c", number, text, SECOND) for number, text in enumerate(texts)]
    world.load([*members, *others], grouped_vectors(texts, groups=2))
    world.cluster()
    world.show([members[0] | change, *members[1:], *others])
    assert world.cluster().detail.startswith(f"{recomputed} of ")


def test_what_is_gone_from_the_data_is_gone_from_every_table(world: World) -> None:
    members, vectors = many_cohorts()
    world.load(members, vectors)
    world.cluster()
    expected = {
        table: [row for row in rows if row["cohort_id"] != "cohort 3"] for table, rows in world.written().items()
    }
    world.show([row for row in members if row["cohort_id"] != "cohort 3"])
    assert "2 are gone from the data" in world.cluster().detail
    assert world.written() == expected
