"""What is clustered: texts without their products, traits, or both."""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from creative_approaches.core.annotating.taxonomy import Taxonomy
from creative_approaches.core.clustering.cohort import Clustering
from creative_approaches.core.clustering.rules import ClusteringRules
from creative_approaches.errors import DataError
from creative_approaches.jobs.annotations import reading_of
from creative_approaches.jobs.cluster import job
from creative_approaches.jobs.cluster.pool import Partition, cluster_partitions
from creative_approaches.jobs.contents import SHOWN, content_hashes
from creative_approaches.tables import (
    CLUSTER_ASSIGNMENTS,
    CLUSTER_RUNS,
    CONTENTS,
    CREATIVE_ANNOTATIONS,
    CREATIVE_TRAITS,
)
from tests.support.direct_jobs import settings
from tests.support.worlds.cluster_world import DIMENSIONS, World, member

GROUPS, PRODUCTS = 4, 3
NUMBERS = range(GROUPS * PRODUCTS * 5)
TRAITS = [
    {"attribute": "persuasion", "value": value, "medium": "text", "label": value}
    for value in ("discount", "fear", "testimonial", "urgency")
]


@pytest.fixture
def mixed(world: World) -> World:
    """60 creatives of 3 products in 4 approaches: texts lie by product first, traits by approach."""
    random = np.random.default_rng(0)
    of_product, of_approach = random.normal(size=(PRODUCTS, DIMENSIONS)), random.normal(size=(GROUPS, DIMENSIONS))
    vectors = {}
    for number in NUMBERS:
        noise = 0.2 * random.normal(size=DIMENSIONS)
        vector = 3 * of_product[number % PRODUCTS] + of_approach[number % GROUPS] + noise
        vectors[f"text {number}"] = (vector / np.linalg.norm(vector)).tolist()
    members = [member("a", number, f"text {number}", product=f"p{number % PRODUCTS}") for number in NUMBERS]
    world.load(members, vectors)
    world.fill(CREATIVE_TRAITS, TRAITS)
    annotate(world, number_of_unread=0)
    return world


def annotate(world: World, number_of_unread: int) -> None:
    """Say of each content what it does, but for the first ones, which hold no words."""
    reading = reading_of(world.warehouse, settings().cluster)
    rows = world.warehouse.read(CONTENTS.only(*SHOWN, "creative_key"))
    hashes = content_hashes(world.warehouse, rows)
    random = np.random.default_rng(1)
    annotations: list[dict[str, Any]] = []
    for number in NUMBERS:
        chances = random.uniform(0.01, 0.1, GROUPS)
        chances[number % GROUPS] = 0.8
        is_read = number >= number_of_unread
        annotations.append(
            {
                "content_hash": hashes[f"a {number:04}"],
                "annotator": reading.reader.annotator,
                "model": reading.reader.model,
                "backend": reading.reader.backend,
                "taxonomy_version": reading.taxonomy.version,
                "traits": "" if is_read else None,
                "probabilities": (chances / chances.sum()).round(4).tolist() if is_read else None,
                "reason": None if is_read else "no_words",
                "detail": None if is_read else "It holds no words.",
            }
        )
    world.fill(CREATIVE_ANNOTATIONS, annotations)


def agreement(world: World, groups: int) -> float:
    rows = world.rows(CLUSTER_ASSIGNMENTS)
    found = [row["version_key"] if row["cluster"] is None else row["cluster"] for row in rows]
    return float(adjusted_rand_score([int(row["version_key"][-4:]) % groups for row in rows], found))


@pytest.mark.parametrize(
    ("changes", "approach", "product"),
    [
        ({"embed_source": "text", "center_by": None}, (-0.1, 0.1), (0.9, 1)),
        ({"embed_source": "text"}, (0.9, 1), (-0.1, 0.1)),
        ({"embed_source": "traits"}, (0.9, 1), (-0.1, 0.1)),
        ({"embed_source": "both"}, (0.9, 1), (-0.1, 0.1)),
        ({"embed_source": "both", "center_by": None, "text_weight": 10}, (-0.1, 0.1), (0.9, 1)),
    ],
)
def test_creatives_are_grouped_by_what_embed_source_and_center_by_say(
    mixed: World, changes: dict[str, Any], approach: tuple[float, float], product: tuple[float, float]
) -> None:
    mixed.cluster(**changes)
    assert approach[0] <= agreement(mixed, GROUPS) <= approach[1]
    assert product[0] <= agreement(mixed, PRODUCTS) <= product[1]
    (run,) = mixed.rows(CLUSTER_RUNS)
    assert run["embed_source"] == changes["embed_source"]


@pytest.mark.parametrize(("source", "measure"), [("text", "raw"), ("traits", "both"), ("both", "both")])
def test_cuts_of_traits_are_judged_by_averages_over_neighbours_too(
    mixed: World, monkeypatch: pytest.MonkeyPatch, source: str, measure: str
) -> None:
    seen = []

    def see(partitions: Iterable[Partition], rules: ClusteringRules, processes: int) -> Iterator[Clustering]:
        seen.append(rules.measure)
        return cluster_partitions(partitions, rules, processes)

    monkeypatch.setattr(job, "cluster_partitions", see)
    mixed.cluster(embed_source=source)
    assert seen == [measure]


def test_each_source_is_a_space_of_its_own(mixed: World) -> None:
    spaces = set()
    sources: list[dict[str, Any]] = [
        *({"embed_source": source} for source in ("text", "traits", "both")),
        {"embed_source": "text", "center_by": None},
        {"embed_source": "both", "text_weight": 0.5},
    ]
    for changes in sources:
        mixed.cluster(**changes)
        (run,) = mixed.rows(CLUSTER_RUNS)
        spaces.add((run["embedding_model"], run["embedding_backend"], run["embedding_dimensions"]))
        assert mixed.cluster(**changes).outcome == "unchanged"
    assert len(spaces) == len(sources)


def test_a_product_that_decides_nothing_is_no_reason_to_cluster_again(mixed: World) -> None:
    mixed.cluster(embed_source="traits")
    members = [member("a", number, f"text {number}", product="another") for number in NUMBERS]
    mixed.show(members)
    assert mixed.cluster(embed_source="traits").outcome == "unchanged"
    mixed.cluster(embed_source="text")
    mixed.show([row | {"product": f"p{number % 2}"} for number, row in enumerate(members)])
    assert mixed.cluster(embed_source="text").outcome == "done"


def test_beside_traits_a_text_counts_only_where_its_product_is_known(mixed: World) -> None:
    mixed.show([member("a", number, f"text {number}") for number in NUMBERS])
    mixed.cluster(embed_source="both", text_weight=10)
    assert agreement(mixed, GROUPS) > 0.9


@pytest.mark.parametrize("source", ["traits", "both"])
def test_a_content_that_cannot_be_read_is_left_out_with_its_reason(mixed: World, source: str) -> None:
    annotate(mixed, number_of_unread=2)
    result = mixed.cluster(embed_source=source)
    assert result.detail.endswith("; 2 contents have no vector that can be used")
    reasons = {row["version_key"]: row["reason"] for row in mixed.rows(CLUSTER_ASSIGNMENTS) if row["reason"]}
    assert reasons == {"a 0000": "It holds no words.", "a 0001": "It holds no words."}


@pytest.mark.parametrize(("source", "job"), [("traits", "annotate"), ("both", "annotate, and then: approaches embed")])
def test_contents_that_were_not_read_yet_stop_the_job(mixed: World, source: str, job: str) -> None:
    mixed.fill(CREATIVE_ANNOTATIONS, [])
    with pytest.raises(DataError, match=f"60 contents have no vector of .* Run first.*: approaches {job}$"):
        mixed.cluster(embed_source=source)


def test_a_trait_that_is_the_only_one_groups_nothing(mixed: World) -> None:
    """Each content has it: there is no direction to compare."""
    mixed.fill(CREATIVE_TRAITS, TRAITS[:1])
    reading = reading_of(mixed.warehouse, settings().cluster)
    assert reading.taxonomy == Taxonomy.of(TRAITS[:1])
    rows = [
        row | {"taxonomy_version": reading.taxonomy.version, "probabilities": [1.0]}
        for row in mixed.rows(CREATIVE_ANNOTATIONS)
    ]
    mixed.fill(CREATIVE_ANNOTATIONS, rows)
    mixed.cluster(embed_source="traits")
    assert {row["reason"] for row in mixed.rows(CLUSTER_ASSIGNMENTS)} == {"The vector is zero."}
