"""Job test-tags on approaches that the jobs before it made."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import stats

from creative_approaches.jobs.test_tags import test_tags as run_tag_tests
from creative_approaches.jobs.track import track
from creative_approaches.tables import APPROACH_TAG_TESTS, CONTENTS, TAGS
from tests.support.worlds.cluster_world import Row, grouped_vectors, make_world, member


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
