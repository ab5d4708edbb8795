"""Closed periods keep their clusters, approaches, names and tag tests, whatever happens to their data."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pytest

from creative_approaches.core.embedding.offline import embed_texts
from creative_approaches.errors import DataError
from creative_approaches.jobs.name.job import name
from creative_approaches.jobs.test_tags import test_tags as run_tag_tests
from creative_approaches.jobs.track import track
from creative_approaches.tables import (
    APPROACH_EVENTS,
    APPROACH_MEMBERS,
    APPROACH_NAMES,
    APPROACH_OVERRIDES,
    APPROACH_SNAPSHOTS,
    APPROACH_TAG_TESTS,
    CONTENTS,
    CREATIVE_EMBEDDINGS,
    TAGS,
)
from tests.support.worlds.cluster_world import WRITTEN, Row, World, embedding, grouped_vectors, member

TRACKED = (APPROACH_SNAPSHOTS, APPROACH_MEMBERS, APPROACH_EVENTS)
WEEKS = [date(2026, 1, 5) + timedelta(weeks=week) for week in range(8)]


def weekly(weeks: Iterable[int], cohort: str = "a", creatives: int = 12) -> list[Row]:
    return [member(cohort, number, f"text {number}", WEEKS[week]) for week in weeks for number in range(creatives)]


def of_weeks(rows: Iterable[Row], weeks: Iterable[int]) -> list[Row]:
    starts = {WEEKS[week] for week in weeks}
    return [row for row in rows if row["period_start"] in starts]


def tracked(world: World, **changes: Any) -> dict[str, list[Row]]:
    world.cluster(**changes)
    world.run(track, **changes)
    return {table.name: world.rows(table) for table in (*WRITTEN, *TRACKED)}


def test_closed_history_stays_whatever_happens_to_its_data(world: World) -> None:
    """Of six weeks, three are closed. Then their creatives move, more come late, and the oldest leave the data."""
    vectors = grouped_vectors([f"text {number}" for number in range(24)], groups=3)
    world.load(weekly(range(6)), vectors)
    before = tracked(world, closed_after_periods=3)
    moved = [
        row | {"text_hash": f"text {(number * 5) % 24}"} for number, row in enumerate(weekly(range(1, 6), creatives=20))
    ]
    world.show(moved)
    after = tracked(world, closed_after_periods=3)
    for table, rows in before.items():
        assert of_weeks(after[table], range(3)) == of_weeks(rows, range(3)), table
    assert len(of_weeks(after["cluster_assignments"], [2])) == 12
    assert len(of_weeks(after["cluster_assignments"], [3])) == 20


def test_closed_periods_keep_their_names_and_tag_tests_when_their_creatives_leave_the_data(world: World) -> None:
    vectors = grouped_vectors([f"text {number}" for number in range(24)], groups=3)
    world.load(weekly(range(6)), vectors)
    keys = sorted({row["version_key"] for row in weekly(range(6))})
    creatives = [
        {"version_key": key, "wording_hash": key, "headline": f"headline {number % 3}", "description": None}
        for number, key in enumerate(keys)
    ]
    tags = [{"version_key": key, "tag": f"tag {n % 3}", "tag_source": "given"} for n, key in enumerate(keys)]
    world.fill(CONTENTS, creatives)
    world.fill(TAGS, tags)

    def of_jobs() -> tuple[list[Row], list[Row]]:
        tracked(world, closed_after_periods=3)
        for job in (name, run_tag_tests):
            world.run(job, tag_min_support=1)
        return world.rows(APPROACH_NAMES), world.rows(APPROACH_TAG_TESTS)

    names, tests = of_jobs()
    assert names
    assert tests
    # All creatives but those of the open periods' first four leave.
    world.fill(CONTENTS, creatives[:4])
    world.fill(TAGS, tags[:4])
    world.show([row for row in weekly(range(3, 6)) if row["version_key"] in keys[:4]])
    names_after, tests_after = of_jobs()
    assert [(row["approach_id"], row["name"]) for row in names_after if row["from_period_start"] == WEEKS[0]] == [
        (row["approach_id"], row["name"]) for row in names if row["from_period_start"] == WEEKS[0]
    ]
    assert of_weeks(tests_after, range(3)) == of_weeks(tests, range(3))


def test_closed_history_keeps_the_decisions_it_was_written_with(world: World) -> None:
    """Of six weeks, three are closed and keep both approaches. Two weeks later the merge is withdrawn."""
    world.load(weekly(range(6)), grouped_vectors([f"text {number}" for number in range(24)], groups=3))
    before = tracked(world, closed_after_periods=3)["approach_members"]
    source, into, _ = sorted({row["approach_id"] for row in before})
    merge = {"override_number": 1, "kind": "merge", "approach_id": source, "into_approach_id": into}
    world.fill(APPROACH_OVERRIDES, [merge])
    decided = tracked(world, closed_after_periods=3)["approach_members"]
    assert of_weeks(decided, range(3)) == of_weeks(before, range(3))
    assert {row["approach_id"] for row in of_weeks(decided, range(3, 6))} == {row["approach_id"] for row in before} - {
        source
    }
    world.fill(APPROACH_OVERRIDES, [])
    world.show(weekly(range(8)))
    withdrawn = tracked(world, closed_after_periods=3)["approach_members"]
    assert of_weeks(withdrawn, range(5)) == of_weeks(decided, range(5))
    assert {row["approach_id"] for row in of_weeks(withdrawn, range(5, 8))} == {row["approach_id"] for row in before}


def test_approaches_keep_their_ids_when_another_embedder_takes_over(world: World) -> None:
    """Of six weeks, three are closed and keep the clusters of the old vectors; the open ones go on by their members."""
    copy = [
        f"{headline} {thing}"
        for thing in ("tents", "boots", "stoves", "lamps", "ropes", "maps", "knives", "socks")
        for headline in ("Save 20% this weekend on", "How to choose your first", "Loved by 3,000 happy owners of")
    ]
    texts = [f"text {number}" for number in range(len(copy))]
    members = weekly(range(6), creatives=len(copy))

    def embedded(dimensions: int) -> list[Row]:
        vectors = zip(texts, embed_texts(copy, dimensions).tolist(), strict=True)
        return [embedding(text, vector, dimensions=dimensions) for text, vector in vectors]

    world.show(members)
    world.fill(CREATIVE_EMBEDDINGS, embedded(512))
    before = tracked(world, closed_after_periods=3, embedding_dimensions=512)
    assert len({row["approach_id"] for row in before["approach_members"]}) == 3
    with pytest.raises(DataError, match="24 contents have no vector"):
        world.cluster(closed_after_periods=3, embedding_dimensions=256)

    world.fill(CREATIVE_EMBEDDINGS, [*embedded(256), *embedded(512)])
    after = tracked(world, closed_after_periods=3, embedding_dimensions=256)
    assert after["approach_members"] == before["approach_members"]
    for table, rows in before.items():
        assert of_weeks(after[table], range(3)) == of_weeks(rows, range(3)), table
    assert [row["embedding_dimensions"] for row in after["cluster_runs"]] == [512] * 3 + [256] * 3
    bridged = of_weeks(after["approach_snapshots"], [3])
    assert {(row["evidence"], row["overlap"], row["centroid_distance"]) for row in bridged} == {("overlap", 1.0, None)}


def test_texts_of_closed_periods_need_no_vector(world: World) -> None:
    vectors = grouped_vectors([f"text {number}" for number in range(24)], groups=3)
    world.load(weekly(range(6)), vectors)
    before = tracked(world, closed_after_periods=3)
    gone = [row | {"text_hash": "never embedded"} for row in weekly(range(3))]
    world.show([*gone, *weekly(range(3, 6))])
    assert tracked(world, closed_after_periods=3) == before
    with pytest.raises(DataError, match="1 contents have no vector"):
        world.cluster(closed_after_periods=None)


def test_without_closing_history_follows_the_data(world: World) -> None:
    vectors = grouped_vectors([f"text {number}" for number in range(24)], groups=3)
    world.load(weekly(range(6)), vectors)
    tracked(world, closed_after_periods=None)
    world.show(weekly(range(1, 6), creatives=20))
    after = tracked(world, closed_after_periods=None)
    assert of_weeks(after["cluster_assignments"], [0]) == []
    assert len(of_weeks(after["cluster_assignments"], [1])) == 20


def test_a_middle_period_that_is_still_open_re_tracks_what_follows(world: World) -> None:
    vectors = grouped_vectors([f"text {number}" for number in range(24)], groups=3)
    world.load(weekly(range(6)), vectors)
    tracked(world, closed_after_periods=4)
    # In the fourth week only, all creatives are others: no approach goes on by its members.
    others = [row | {"version_key": f"other {number}"} for number, row in enumerate(weekly([3]))]
    world.show([*weekly([0, 1, 2]), *others, *weekly([4, 5])])
    after = tracked(world, closed_after_periods=4, theme_within=0.0)
    statuses = {(row["period_start"], row["status"]) for row in of_weeks(after["approach_snapshots"], range(2, 6))}
    assert {status for week, status in statuses if week == WEEKS[2]} == {"ACTIVE"}
    assert {status for week, status in statuses if week == WEEKS[3]} == {"NEW", "INACTIVE"}
    assert {status for week, status in statuses if week == WEEKS[4]} == {"REACTIVATED", "INACTIVE"}


@pytest.mark.parametrize("changes", [{"period_grain": "day"}, {"closed_after_periods": None}])
def test_another_grain_or_none_closed_opens_history_again(world: World, changes: dict[str, Any]) -> None:
    world.load(weekly(range(6)), grouped_vectors([f"text {number}" for number in range(24)], groups=3))
    world.cluster(closed_after_periods=2)
    world.show(weekly(range(1, 6), creatives=20))
    detail = world.cluster(**{"closed_after_periods": 2} | changes).detail
    assert detail == "5 of 5 cohorts and periods had changed, 1 are gone from the data"


def test_a_cohort_that_is_no_longer_there_takes_its_closed_history_along(world: World) -> None:
    vectors = grouped_vectors([f"text {number}" for number in range(24)], groups=3)
    world.load([*weekly(range(6)), *weekly(range(6), "b")], vectors)
    tracked(world, closed_after_periods=2)
    world.show(weekly(range(6), "b"))
    after = tracked(world, closed_after_periods=2)
    assert {row["cohort_id"] for rows in after.values() for row in rows} == {"b"}


def test_a_late_cohort_is_closed_by_its_own_last_period_and_none_of_its_approaches_ends(world: World) -> None:
    """Of six weeks, cohort late lacks the newest and cohort silent the newest two. Then all creatives move."""
    vectors = grouped_vectors([f"text {number}" for number in range(24)], groups=3)
    weeks = {"in time": range(6), "late": range(5), "silent": range(4)}
    world.load([row for cohort, own in weeks.items() for row in weekly(own, cohort)], vectors)
    before = tracked(world, closed_after_periods=3)
    inactive = {
        (row["cohort_id"], row["period_start"]) for row in before["approach_snapshots"] if row["status"] == "INACTIVE"
    }
    assert inactive == {("silent", WEEKS[4])}
    world.show([row for cohort, own in weeks.items() for row in weekly(own, cohort, creatives=20)])
    after = tracked(world, closed_after_periods=3)
    found: dict[str, list[int]] = {cohort: [] for cohort in weeks}
    for row in before["cluster_runs"]:
        if row not in after["cluster_runs"]:
            found[row["cohort_id"]].append(WEEKS.index(row["period_start"]))
    assert found == {"in time": [3, 4, 5], "late": [2, 3, 4], "silent": [2, 3]}
