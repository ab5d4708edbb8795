"""Job test-tags on approaches that the jobs before it made."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import stats

from creative_approaches.jobs.test_tags import test_tags as run_tag_tests
from creative_approaches.jobs.track import track
from creative_approaches.tables import APPROACH_TAG_TESTS, APPROACH_TRAIT_TESTS, CLUSTER_RUNS, CONTENTS, TAGS
from tests.support.worlds.cluster_world import Row, grouped_vectors, make_world, member
from tests.support.worlds.readings import fill_readings


def test_tag_tests_are_adjusted_within_the_family_that_is_set(tmp_path: Path) -> None:
    world = make_world(tmp_path)
    texts = [f"text {number}" for number in range(24)]
    members = [member("a", number, text) for number, text in enumerate(texts)]
    world.load(members, grouped_vectors(texts, groups=3))
    keys = [row["version_key"] for row in members]
    world.fill(CONTENTS, [{"version_key": key, "wording_hash": key} for key in keys])
    tags = {"own": keys[::3], "second": keys[::2], "first": keys[:15]}
    world.fill(
        TAGS,
        [
            {"version_key": key, "tag": tag, "tag_source": "derived" if tag == "second" else "given"}
            for tag, carriers in tags.items()
            for key in carriers
        ],
    )
    world.cluster()
    world.run(track)

    def found(**changes: Any) -> list[Row]:
        world.run(run_tag_tests, **changes)
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


def test_traits_of_creatives_that_were_read_are_tested_and_only_describe_where_they_were_embedded(
    tmp_path: Path,
) -> None:
    """Of 24 creatives in three approaches, one was not read. The approach of each third has a trait of its own."""
    world = make_world(tmp_path)
    texts = [f"text {number}" for number in range(24)]
    members = [member("a", number, text) for number, text in enumerate(texts)]
    world.load(members, grouped_vectors(texts, groups=3))
    read = {
        row["version_key"]: {"persuasion": "discount" if number % 3 else "testimonial"}
        for number, row in enumerate(members)
        if number > 0
    }
    fill_readings(world.warehouse, read.get)
    world.cluster()
    world.run(track)
    world.run(run_tag_tests)
    rows = world.rows(APPROACH_TRAIT_TESTS)
    assert {(row["attribute"], row["value"]) for row in rows} == {
        ("persuasion", "testimonial"),
        ("persuasion", "discount"),
    }
    (own,) = (row for row in rows if row["value"] == "testimonial" and row["is_discriminating"])
    counts = ("with_trait_inside", "without_trait_inside", "with_trait_outside", "without_trait_outside")
    assert [own[count] for count in counts] == [7, 0, 0, 16]
    assert own["p_value"] == pytest.approx(stats.fisher_exact([[7, 0], [0, 16]]).pvalue)
    assert {row["is_descriptive"] for row in rows} == {False}

    runs = world.rows(CLUSTER_RUNS)
    world.fill(CLUSTER_RUNS, [{**run, "embed_source": "both"} for run in runs])
    world.run(run_tag_tests)
    assert {row["is_descriptive"] for row in world.rows(APPROACH_TRAIT_TESTS)} == {True}
