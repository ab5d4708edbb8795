"""A pin of a creative holds for all that it shows, unless one of its contents has a pin of its own."""

from creative_approaches.core.lineage.overrides import Override
from creative_approaches.jobs.overrides import of_versions

# The first content of a creative has its key.
CREATIVE_OF = {"ad": "ad", "ad, edited": "ad", "ad, edited again": "ad", "other": "other"}


def pin(number: int, key: str, approach_id: str = "a") -> Override:
    return Override(number, "pin", approach_id, creative_key=key)


def test_a_pin_of_a_creative_holds_for_each_of_its_contents() -> None:
    found = of_versions([pin(1, "ad"), pin(2, "other", "b")], CREATIVE_OF)
    assert found == [pin(1, "ad"), pin(1, "ad, edited"), pin(1, "ad, edited again"), pin(2, "other", "b")]


def test_a_content_with_a_pin_of_its_own_follows_that() -> None:
    found = of_versions([pin(1, "ad"), pin(2, "ad, edited", "b")], CREATIVE_OF)
    assert found == [pin(1, "ad"), pin(1, "ad, edited again"), pin(2, "ad, edited", "b")]


def test_what_pins_nothing_here_stays_as_it_is() -> None:
    overrides = [Override(1, "merge", "a", into_approach_id="b"), pin(2, "of another cohort"), pin(3, "ad, edited")]
    assert of_versions(overrides, CREATIVE_OF) == overrides
