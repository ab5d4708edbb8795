"""Job cluster on a real DuckDB file, in one process and in several."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from multiprocessing import active_children
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pytest
from scipy import stats

from creative_approaches.adapters.warehouses.duckdb.warehouse import DuckDBWarehouse
from creative_approaches.adapters.warehouses.port import Change
from creative_approaches.core.clustering.cohort import Clustering
from creative_approaches.core.embedding.offline import MODEL, embed_texts
from creative_approaches.errors import DataError, UsageError
from creative_approaches.jobs.assigned import read_assigned
from creative_approaches.jobs.cluster import pool as cluster_pool
from creative_approaches.jobs.cluster.job import cluster
from creative_approaches.jobs.cluster.pool import Partition, cluster_partitions
from creative_approaches.jobs.job import JobResult
from creative_approaches.jobs.name.job import name
from creative_approaches.jobs.test_tags import test_tags as run_tag_tests
from creative_approaches.jobs.track import track
from creative_approaches.settings import Settings
from creative_approaches.tables import (
    APPROACH_EVENTS,
    APPROACH_MEMBERS,
    APPROACH_NAMES,
    APPROACH_OVERRIDES,
    APPROACH_SNAPSHOTS,
    APPROACH_TAG_TESTS,
    CLUSTER_ASSIGNMENTS,
    CLUSTER_RUNS,
    CLUSTERS,
    CREATIVE_EMBEDDINGS,
    CREATIVES,
    EMBEDDING_FAULTS,
    MEMBERS,
    TAGS,
    Table,
)
from tests.support.direct_jobs import make_directly
from tests.support.direct_jobs import settings as settings_with

T = TypeVar("T")
Row = dict[str, Any]

DIMENSIONS = 64
FIRST, SECOND = date(2026, 1, 5), date(2026, 1, 12)
NOT_FINITE, ZERO = "The vector holds a number that is not finite.", "The vector is zero."
WRITTEN = (CLUSTER_RUNS, CLUSTERS, CLUSTER_ASSIGNMENTS)
TRACKED = (APPROACH_SNAPSHOTS, APPROACH_MEMBERS, APPROACH_EVENTS)


@dataclass(frozen=True)
class _Progress:
    """Shows nothing; `on_item` is called after each item."""

    on_item: Callable[[], None] = lambda: None

    def __call__(self, items: Sequence[T], label: str, /) -> Iterator[T]:
        for item in items:
            yield item
            self.on_item()

    def say(self, text: str) -> None:
        pass


@dataclass(frozen=True)
class World:
    """A warehouse, and the job with the project's own settings but for a few."""

    warehouse: DuckDBWarehouse

    def fill(self, table: Table, rows: Iterable[Row]) -> None:
        self.warehouse.write(Change.of_all(table, table.rows(list(rows))))

    def load(self, members: Iterable[Row], vectors: dict[str, Sequence[float]]) -> None:
        self.fill(MEMBERS, members)
        self.fill(CREATIVE_EMBEDDINGS, [embedding(text, vector) for text, vector in vectors.items()])

    def cluster(self, on_cohort: Callable[[], None] = lambda: None, **changes: Any) -> JobResult:
        """Run the job; `on_cohort` is called after each cohort."""
        return cluster(self.warehouse, settings(**changes), _Progress(on_cohort))

    def rows(self, table: Table) -> list[Row]:
        return self.warehouse.read(table).to_pylist()  # type: ignore[no-any-return]  # pyarrow is untyped

    def written(self) -> dict[str, list[Row]]:
        return {table.name: self.rows(table) for table in WRITTEN}


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(make_directly(tmp_path, MEMBERS, CREATIVES, TAGS, APPROACH_OVERRIDES))


def settings(**changes: Any) -> Settings:
    return settings_with(**{"embedding_dimensions": DIMENSIONS, "resamples": 2, "cluster_processes": 1} | changes)


def embedding(text: str, vector: Sequence[float] | None, **other: Any) -> Row:
    space = {"model": MODEL, "backend": "offline", "dimensions": DIMENSIONS}
    return {"text_hash": text, **space, "embedding": vector, **other}


def member(cohort: str, number: int, text: str | None, period: date = FIRST, **other: Any) -> Row:
    return {
        "cohort_id": cohort,
        "period_start": period,
        "creative_key": f"{cohort} {number:04}",
        "content_hash": f"content of {text}",
        "text_hash": text,
        "tags_embedded": False,
        "spend_share": None,
        **other,
    }


def made_vectors(texts: Sequence[str], groups: int, seed: int = 0) -> dict[str, Sequence[float]]:
    """Unit vectors around the centres of groups, which the texts go to in turn."""
    random = np.random.default_rng(seed)
    centres = random.normal(size=(groups, DIMENSIONS))
    vectors = centres[np.arange(len(texts)) % groups] + 0.3 * random.normal(size=(len(texts), DIMENSIONS))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return dict(zip(texts, vectors.tolist(), strict=True))


def many_cohorts() -> tuple[list[Row], dict[str, Sequence[float]]]:
    """Eight cohorts of 9 to 65 creatives, half of them in two periods, of 40 texts in 4 groups."""
    texts = [f"text {number}" for number in range(40)]
    members = [
        member(f"cohort {cohort}", number, texts[(number * 7 + cohort) % len(texts)], period, spend_share=1 / size)
        for cohort, size in enumerate(range(9, 73, 8))
        for period in (FIRST, SECOND)[: 1 + cohort % 2]
        for number in range(size)
    ]
    return members, made_vectors(texts, groups=4)


@pytest.fixture
def always_worth_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start processes also for what is done before they are there."""
    monkeypatch.setattr(cluster_pool, "WORTH_PROCESSES", 0)


# What is written


def test_each_creative_cluster_and_decision_is_written(world: World) -> None:
    texts = [f"text {number}" for number in range(24)]
    copies = [member("a", number, texts[number % 24], spend_share=number / 435) for number in range(30)]
    vectors = made_vectors(texts, groups=3)
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
    vectors = made_vectors([f"text {number}" for number in range(9)], groups=3)
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
    vectors = made_vectors(["text"], groups=1) | {"zero": [0.0] * DIMENSIONS}
    world.load([member("a", 0, "text", spend_share=1.5), member("a", 1, "zero", spend_share=-0.5)], vectors)
    world.cluster()
    assert [row["spend_coverage"] for row in world.rows(CLUSTER_RUNS)] == [1.0]


def test_without_spend_there_is_no_spend_coverage(world: World) -> None:
    world.load([member("a", number, "text") for number in range(3)], made_vectors(["text"], groups=1))
    world.cluster()
    assert [row["spend_coverage"] for row in world.rows(CLUSTER_RUNS)] == [None]


@pytest.mark.parametrize("creatives", [1, 2, 3])
def test_few_creatives_have_an_outcome(world: World, creatives: int) -> None:
    texts = [f"text {number}" for number in range(creatives)]
    world.load([member("a", number, text) for number, text in enumerate(texts)], made_vectors(texts, groups=3))
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


# Vectors that cannot be used


def test_unusable_vectors_are_recorded_and_the_rest_is_clustered(world: World) -> None:
    texts = [f"text {number:02}" for number in range(24)]
    vectors = made_vectors(texts, groups=3)
    members = [member("a", 2 * number, text) for number, text in enumerate(texts)]
    world.load(members, vectors)
    world.cluster()
    expected = {row["creative_key"]: row for row in world.rows(CLUSTER_ASSIGNMENTS)}

    bad = {"nan": [np.nan, 1.0], "infinite": [1.0, -np.inf], "zero": [0.0, 0.0], "half": [0.5, 0.0]}
    wrong: dict[str, Sequence[float]] = {text: [*start, *[0.0] * (DIMENSIONS - 2)] for text, start in bad.items()}
    wrong |= {"short": [1.0], "empty": []}
    world.load([*members, *(member("a", 2 * number + 1, text) for number, text in enumerate(wrong))], vectors | wrong)
    result = world.cluster()
    found = {row["creative_key"]: row for row in world.rows(CLUSTER_ASSIGNMENTS)}
    assert {key: row for key, row in found.items() if key in expected} == expected
    assert [row for key, row in found.items() if key not in expected] == [
        {
            "cohort_id": "a",
            "period_start": FIRST,
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
    assert "6 texts have no vector that can be used" in result.detail


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
        "embedding_model": MODEL,
        "embedding_backend": "offline",
        "embedding_dimensions": DIMENSIONS,
        "tags_embedded": False,
    }
    assert world.rows(CLUSTERS) == []
    assert [row["reason"] for row in world.rows(CLUSTER_ASSIGNMENTS)] == [ZERO, ZERO]
    assert world.cluster().rows_written == 0


def test_a_repaired_vector_is_clustered(world: World) -> None:
    vectors = made_vectors(["good", "other"], groups=2)
    members = [member("a", 0, "good"), member("a", 1, "other")]
    world.load(members, vectors | {"other": [0.0] * DIMENSIONS})
    world.cluster()
    world.load(members, vectors)
    world.cluster()
    assert [row["reason"] for row in world.rows(CLUSTER_ASSIGNMENTS)] == [None, None]


def test_texts_that_have_no_vector_for_a_reason_are_recorded_with_it(world: World) -> None:
    vectors = made_vectors(["good", "other"], groups=2)
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
    assert "1 texts have no vector that can be used" in result.detail


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
        DataError, match=rf"3 texts have no vector of {MODEL} .offline, 64 dimensions.*approaches embed"
    ):
        world.cluster()
    assert world.written() == before


def test_creatives_that_cannot_be_clustered_have_no_approach_name_or_tag_test(world: World) -> None:
    texts = [f"text {number}" for number in range(20)]
    members = [member("a", number, text, period) for period in (FIRST, SECOND) for number, text in enumerate(texts)]
    members += [member("a", 90, "zero"), member("b", 91, "zero"), member("b", 92, "zero", SECOND)]
    world.load(members, made_vectors(texts, groups=2) | {"zero": [0.0] * DIMENSIONS})
    keys = sorted({row["creative_key"]: row["content_hash"] for row in members}.items())
    words = {key: f"{'save money' if number % 2 else 'feel good'} today" for number, (key, _) in enumerate(keys)}
    world.fill(
        CREATIVES,
        [{"creative_key": key, "content_hash": key, "headline": words[key], "description": None} for key, _ in keys],
    )
    world.fill(TAGS, [{"creative_key": key, "tag": "a tag", "tag_source": "given"} for key, _ in keys])
    world.cluster()
    for job in (track, name, run_tag_tests):
        job(world.warehouse, settings(), _Progress())
    assert {row["cohort_id"] for row in world.rows(APPROACH_SNAPSHOTS)} == {"a"}
    assert {row["cohort_id"] for row in world.rows(APPROACH_NAMES)} == {"a"}
    assigned = {
        (period.cohort_id, period.period_start): [creative.creative_key for creative in period.creatives]
        for period in read_assigned(world.warehouse)
    }
    assert assigned == {
        ("a", FIRST): [key for key, _ in keys[:20]],
        ("a", SECOND): [key for key, _ in keys[:20]],
        ("b", FIRST): [],
        ("b", SECOND): [],
    }


def test_tag_tests_are_adjusted_within_the_family_that_is_set(world: World) -> None:
    texts = [f"text {number}" for number in range(24)]
    members = [member("a", number, text) for number, text in enumerate(texts)]
    world.load(members, made_vectors(texts, groups=3))
    keys = [row["creative_key"] for row in members]
    world.fill(CREATIVES, [{"creative_key": key, "content_hash": key} for key in keys])
    tags = {"own": keys[::3], "second": keys[::2], "first": keys[:15]}
    world.fill(
        TAGS,
        [
            {"creative_key": key, "tag": tag, "tag_source": "derived" if tag == "second" else "given"}
            for tag, carriers in tags.items()
            for key in carriers
        ],
    )
    world.cluster()
    track(world.warehouse, settings(), _Progress())

    def found(**changes: Any) -> list[Row]:
        run_tag_tests(world.warehouse, settings(**changes), _Progress())
        return sorted(world.rows(APPROACH_TAG_TESTS), key=lambda row: (row["approach_id"], row["tag"]))

    within_approaches, within_cohort = found(), found(tag_family="cohort")
    p_values = np.array([row["p_value"] for row in within_cohort]).reshape(3, 3)
    adjusted = [stats.false_discovery_control(p_values, axis=axis).reshape(-1) for axis in (1, None)]
    assert [row["q_value"] for row in within_approaches] == pytest.approx(adjusted[0])
    assert [row["q_value"] for row in within_cohort] == pytest.approx(adjusted[1])
    assert adjusted[0] != pytest.approx(adjusted[1])
    (own,) = (row for row in within_approaches if row["tag"] == "own" and row["is_discriminating"])
    assert (own["with_tag_inside"], own["with_tag_outside"], own["direction"]) == (8, 0, "over")
    assert own["odds_ratio_low"] < own["odds_ratio"] < own["odds_ratio_high"]
    assert own["p_value_greater"] == own["p_value"]
    assert {row["tag"] for row in within_approaches if row["is_descriptive"]} == {"second"}


# When work is done again


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
    [({"cluster_processes": None}, 0), ({"cluster_processes": 3}, 0), ({"resamples": 3}, 12), ({"max_themes": 3}, 12)],
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
    vectors = [embedding(text, [*vector, *[0.0] * 448]) for text, vector in made_vectors(texts, groups=2).items()]
    world.fill(MEMBERS, [member("a", number, text) for number, text in enumerate(texts)])
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
        ({"creative_key": "another creative"}, 1),
        ({"cohort_id": "b"}, 2),
    ],
    ids=str,
)
def test_a_period_is_recomputed_when_one_of_its_creatives_changed(world: World, change: Row, recomputed: int) -> None:
    texts = [f"text {number}" for number in range(6)]
    members = [member("a", number, text, spend_share=0.25) for number, text in enumerate(texts)]
    others = [member("c", number, text, SECOND) for number, text in enumerate(texts)]
    world.load([*members, *others], made_vectors(texts, groups=2))
    world.cluster()
    world.fill(MEMBERS, [members[0] | change, *members[1:], *others])
    assert world.cluster().detail.startswith(f"{recomputed} of ")


def test_what_is_gone_from_the_data_is_gone_from_every_table(world: World) -> None:
    members, vectors = many_cohorts()
    world.load(members, vectors)
    world.cluster()
    expected = {
        table: [row for row in rows if row["cohort_id"] != "cohort 3"] for table, rows in world.written().items()
    }
    world.fill(MEMBERS, [row for row in members if row["cohort_id"] != "cohort 3"])
    assert "2 are gone from the data" in world.cluster().detail
    assert world.written() == expected


# Closed periods


WEEKS = [date(2026, 1, 5) + timedelta(weeks=week) for week in range(8)]


def weekly(weeks: Iterable[int], cohort: str = "a", creatives: int = 12) -> list[Row]:
    return [member(cohort, number, f"text {number}", WEEKS[week]) for week in weeks for number in range(creatives)]


def of_weeks(rows: Iterable[Row], weeks: Iterable[int]) -> list[Row]:
    starts = {WEEKS[week] for week in weeks}
    return [row for row in rows if row["period_start"] in starts]


def tracked(world: World, **changes: Any) -> dict[str, list[Row]]:
    world.cluster(**changes)
    track(world.warehouse, settings(**changes), _Progress())
    return {table.name: world.rows(table) for table in (*WRITTEN, *TRACKED)}


def test_closed_history_stays_whatever_happens_to_its_data(world: World) -> None:
    """Of six weeks, three are closed. Then their creatives move, more come late, and the oldest leave the data."""
    vectors = made_vectors([f"text {number}" for number in range(24)], groups=3)
    world.load(weekly(range(6)), vectors)
    before = tracked(world, closed_after_periods=3)
    moved = [
        row | {"text_hash": f"text {(number * 5) % 24}"} for number, row in enumerate(weekly(range(1, 6), creatives=20))
    ]
    world.fill(MEMBERS, moved)
    after = tracked(world, closed_after_periods=3)
    for table, rows in before.items():
        assert of_weeks(after[table], range(3)) == of_weeks(rows, range(3)), table
    assert len(of_weeks(after["cluster_assignments"], [2])) == 12
    assert len(of_weeks(after["cluster_assignments"], [3])) == 20


def test_closed_periods_keep_their_names_and_tag_tests_when_their_creatives_leave_the_data(world: World) -> None:
    vectors = made_vectors([f"text {number}" for number in range(24)], groups=3)
    world.load(weekly(range(6)), vectors)
    keys = sorted({row["creative_key"] for row in weekly(range(6))})
    creatives = [
        {"creative_key": key, "content_hash": key, "headline": f"headline {number % 3}", "description": None}
        for number, key in enumerate(keys)
    ]
    tags = [{"creative_key": key, "tag": f"tag {n % 3}", "tag_source": "given"} for n, key in enumerate(keys)]
    world.fill(CREATIVES, creatives)
    world.fill(TAGS, tags)

    def of_jobs() -> tuple[list[Row], list[Row]]:
        tracked(world, closed_after_periods=3)
        for job in (name, run_tag_tests):
            job(world.warehouse, settings(tag_min_support=1), _Progress())
        return world.rows(APPROACH_NAMES), world.rows(APPROACH_TAG_TESTS)

    names, tests = of_jobs()
    assert names
    assert tests
    # All creatives but those of the open periods' first four leave.
    world.fill(CREATIVES, creatives[:4])
    world.fill(TAGS, tags[:4])
    world.fill(MEMBERS, [row for row in weekly(range(3, 6)) if row["creative_key"] in keys[:4]])
    names_after, tests_after = of_jobs()
    assert [(row["approach_id"], row["name"]) for row in names_after if row["from_period_start"] == WEEKS[0]] == [
        (row["approach_id"], row["name"]) for row in names if row["from_period_start"] == WEEKS[0]
    ]
    assert of_weeks(tests_after, range(3)) == of_weeks(tests, range(3))


def test_closed_history_keeps_the_decisions_it_was_written_with(world: World) -> None:
    """Of six weeks, three are closed and keep both approaches. Two weeks later the merge is withdrawn."""
    world.load(weekly(range(6)), made_vectors([f"text {number}" for number in range(24)], groups=3))
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
    world.fill(MEMBERS, weekly(range(8)))
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

    world.fill(MEMBERS, members)
    world.fill(CREATIVE_EMBEDDINGS, embedded(512))
    before = tracked(world, closed_after_periods=3, embedding_dimensions=512)
    assert len({row["approach_id"] for row in before["approach_members"]}) == 3
    with pytest.raises(DataError, match="24 texts have no vector"):
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
    vectors = made_vectors([f"text {number}" for number in range(24)], groups=3)
    world.load(weekly(range(6)), vectors)
    before = tracked(world, closed_after_periods=3)
    gone = [row | {"text_hash": "never embedded"} for row in weekly(range(3))]
    world.fill(MEMBERS, [*gone, *weekly(range(3, 6))])
    assert tracked(world, closed_after_periods=3) == before
    with pytest.raises(DataError, match="1 texts have no vector"):
        world.cluster(closed_after_periods=None)


def test_without_closing_history_follows_the_data(world: World) -> None:
    vectors = made_vectors([f"text {number}" for number in range(24)], groups=3)
    world.load(weekly(range(6)), vectors)
    tracked(world, closed_after_periods=None)
    world.fill(MEMBERS, weekly(range(1, 6), creatives=20))
    after = tracked(world, closed_after_periods=None)
    assert of_weeks(after["cluster_assignments"], [0]) == []
    assert len(of_weeks(after["cluster_assignments"], [1])) == 20


def test_a_middle_period_that_is_still_open_re_tracks_what_follows(world: World) -> None:
    vectors = made_vectors([f"text {number}" for number in range(24)], groups=3)
    world.load(weekly(range(6)), vectors)
    tracked(world, closed_after_periods=4)
    # In the fourth week only, all creatives are others: no approach goes on by its members.
    others = [row | {"creative_key": f"other {number}"} for number, row in enumerate(weekly([3]))]
    world.fill(MEMBERS, [*weekly([0, 1, 2]), *others, *weekly([4, 5])])
    after = tracked(world, closed_after_periods=4, theme_distance=0.0)
    statuses = {(row["period_start"], row["status"]) for row in of_weeks(after["approach_snapshots"], range(2, 6))}
    assert {status for week, status in statuses if week == WEEKS[2]} == {"ACTIVE"}
    assert {status for week, status in statuses if week == WEEKS[3]} == {"NEW", "INACTIVE"}
    assert {status for week, status in statuses if week == WEEKS[4]} == {"REACTIVATED", "INACTIVE"}


@pytest.mark.parametrize("changes", [{"period_grain": "day"}, {"closed_after_periods": None}])
def test_another_grain_or_none_closed_opens_history_again(world: World, changes: dict[str, Any]) -> None:
    world.load(weekly(range(6)), made_vectors([f"text {number}" for number in range(24)], groups=3))
    world.cluster(closed_after_periods=2)
    world.fill(MEMBERS, weekly(range(1, 6), creatives=20))
    detail = world.cluster(**{"closed_after_periods": 2} | changes).detail
    assert detail == "5 of 5 cohorts and periods had changed, 1 are gone from the data"


def test_a_cohort_that_is_no_longer_there_takes_its_closed_history_along(world: World) -> None:
    vectors = made_vectors([f"text {number}" for number in range(24)], groups=3)
    world.load([*weekly(range(6)), *weekly(range(6), "b")], vectors)
    tracked(world, closed_after_periods=2)
    world.fill(MEMBERS, weekly(range(6), "b"))
    after = tracked(world, closed_after_periods=2)
    assert {row["cohort_id"] for rows in after.values() for row in rows} == {"b"}


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


# Several processes


@pytest.mark.usefixtures("always_worth_processes")
def test_two_processes_write_what_one_writes(world: World) -> None:
    world.load(*many_cohorts())
    written, seen = [], []
    for processes in (1, 2):
        at_work: set[int] = set()
        # The set of this turn: the job is done with it before the next.
        world.cluster(lambda: at_work.add(len(active_children())), cluster_processes=processes)  # noqa: B023
        seen.append(max(at_work))
        written.append(world.written())
        for table in WRITTEN:
            world.fill(table, [])
    assert seen == [0, 2]
    assert written[0] == written[1]
    assert active_children() == []


@pytest.mark.usefixtures("always_worth_processes")
def test_a_killed_process_is_an_error_that_leaves_the_old_rows(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.load(*many_cohorts())
    world.cluster()
    before = world.written()

    def killed_before_the_last(partitions: Iterable[Partition], *arguments: Any) -> Iterator[Clustering]:
        def made() -> Iterator[Partition]:
            for number, partition in enumerate(partitions, start=1):
                if number == 12:
                    children = active_children()
                    assert len(children) == 2
                    for child in children:
                        child.kill()
                yield partition

        return cluster_partitions(made(), *arguments)

    with monkeypatch.context() as patch:
        patch.setattr("creative_approaches.jobs.cluster.job.cluster_partitions", killed_before_the_last)
        with pytest.raises(
            UsageError, match=r"memory ran out\. Lower var cluster_processes \(it used 2\) or exact_points"
        ):
            world.cluster(cluster_processes=2, selection="silhouette_margin")
    assert world.written() == before
    world.cluster(cluster_processes=2, selection="silhouette_margin")
    assert {row["selection"] for row in world.rows(CLUSTER_RUNS)} == {"silhouette_margin"}


@pytest.mark.usefixtures("always_worth_processes")
def test_a_stopped_run_leaves_the_old_rows_and_no_process(world: World) -> None:
    world.load(*many_cohorts())

    def stop() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        world.cluster(stop, cluster_processes=2)
    assert active_children() == []
    assert not any(world.written().values())
