"""Job name on a real DuckDB file, with a namer that stands in for a paid one."""

from collections import Counter
from pathlib import Path

import pytest

from creative_approaches.errors import LimitError
from creative_approaches.tables import APPROACH_NAME_MEMBERS, APPROACH_NAMES, APPROACH_OVERRIDES
from tests.support.worlds.name_world import WEEKS, StandIn, Weeks, World, make_world
from tests.support.worlds.readings import fill_readings

TEXTS = {f"{kind}{n}": f"{text} {n}" for kind, text in (("d", "Save on beans"), ("q", "I love it")) for n in range(8)}


def of(kind: str, *numbers: int) -> list[str]:
    return [f"{kind}{number}" for number in numbers]


COHORTS: dict[str, Weeks] = {
    cohort: [
        {f"{cohort}-a": of("d", 0, 1, 2), f"{cohort}-b": of("q", 0, 1, 2)},
        {f"{cohort}-a": of("d", 0, 1, 2), f"{cohort}-c": of("q", 3, 4)},
        {f"{cohort}-a": of("d", 5, 6, 7), f"{cohort}-b": of("q", 0, 1)},
    ]
    for cohort in ("one", "two", "three")
}
ASKED = 4 * len(COHORTS)  # a, b, c, and a again


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = make_world(tmp_path)
    world.load(COHORTS, TEXTS)
    return world


def test_names_are_stored_with_the_members_that_they_were_given_for(world: World) -> None:
    namer = StandIn()
    result = world.name(namer)
    assert (result.rows_read, len(namer.asked)) == (ASKED, ASKED)
    assert result.detail == f"{ASKED} of {ASKED} names are new"
    (row,) = (
        row
        for row in world.rows(APPROACH_NAMES)
        if (row["approach_id"], row["from_period_start"]) == ("one-a", WEEKS[2])
    )
    row.pop("input_hash")
    assert row == {
        "cohort_id": "one",
        "approach_id": "one-a",
        "from_period_start": WEEKS[2],
        "name": "2 siblings, Save on beans 5",
        "description": "They do.",
        "distinction": row["distinction"],
        "model": "stand-in",
        "prompt_version": "2 English",
        "fallback_reason": None,
        "traits": None,
    }
    members = [
        row["creative_key"]
        for row in world.rows(APPROACH_NAME_MEMBERS)
        if (row["approach_id"], row["from_period_start"]) == ("one-a", WEEKS[2])
    ]
    assert members == of("d", 5, 6, 7)


def test_names_are_asked_for_across_cohorts_in_chunks(world: World) -> None:
    chunks: list[int] = []

    class Counting(StandIn):
        def name(self, asks):  # type: ignore[no-untyped-def]  # as its base
            chunks.append(len(asks))
            return super().name(asks)

    world.name(Counting(chunk=6))
    assert chunks == [6, 3, 3]


def test_a_second_run_asks_for_nothing_and_writes_nothing(world: World) -> None:
    world.name(StandIn())
    before = world.names()
    again = StandIn()
    result = world.name(again)
    assert (again.asked, result.rows_written, result.outcome) == ([], 0, "unchanged")
    assert world.names() == before


@pytest.mark.parametrize("chunk", [1, 5])
def test_a_killed_run_is_resumed_and_pays_twice_for_the_chunk_in_flight_only(tmp_path: Path, chunk: int) -> None:
    undisturbed = make_world(tmp_path)
    undisturbed.load(COHORTS, TEXTS)
    undisturbed.name(StandIn(chunk=chunk))
    for killed_at in range(0, ASKED, 3):
        directory = tmp_path / str(killed_at)
        directory.mkdir()
        world = make_world(directory)
        world.load(COHORTS, TEXTS)
        killed, resumed = StandIn(chunk=chunk, killed_at=killed_at), StandIn(chunk=chunk)
        with pytest.raises(KeyboardInterrupt):
            world.name(killed)
        world.name(resumed)
        twice = Counter(killed.asked + resumed.asked) - Counter(
            {f"{cohort}-{key}": 1 + (key == "a") for cohort in COHORTS for key in "abc"}
        )
        assert twice.total() < chunk
        assert world.names() == undisturbed.names()


def test_what_was_named_before_a_limit_is_kept(world: World) -> None:
    limit = LimitError("max_requests: 4 requests were sent")
    result = world.name(StandIn(stopped_at=4, stopped=limit))
    assert (result.outcome, result.stopped) == ("stopped", limit)
    assert len(world.rows(APPROACH_NAMES)) == 4
    rest = StandIn()
    world.name(rest)
    assert len(rest.asked) == ASKED - 4


def test_a_name_changes_only_if_enough_of_its_members_did(world: World) -> None:
    world.name(StandIn())
    before = {(row["approach_id"], row["from_period_start"]): row["name"] for row in world.rows(APPROACH_NAMES)}
    changed: dict[str, Weeks] = {
        **COHORTS,
        "one": [{"one-a": of("d", 0, 1, 2, 3, 4), "one-b": of("q", 5, 6, 7)}, *COHORTS["one"][1:]],
    }
    world.load(changed, TEXTS)
    again = StandIn()
    world.name(again)
    after = {(row["approach_id"], row["from_period_start"]): row["name"] for row in world.rows(APPROACH_NAMES)}
    # b was named for others in the first week, and so it is named for the third week's too.
    assert again.asked == ["one-b", "one-b"]
    assert {key for key in after if after[key] != before.get(key)} == {("one-b", WEEKS[0]), ("one-b", WEEKS[2])}


def test_names_of_what_is_gone_are_taken_away_with_their_members(world: World) -> None:
    world.name(StandIn())
    world.load({"one": COHORTS["one"]}, TEXTS)
    namer = StandIn()
    assert world.name(namer).outcome == "done"
    assert namer.asked == []
    for rows in world.names().values():
        assert {row["cohort_id"] for row in rows} == {"one"}


def test_another_namer_names_all_anew(world: World) -> None:
    world.name(StandIn())
    german = StandIn(language="German")
    world.name(german)
    assert len(german.asked) == ASKED
    assert {row["prompt_version"] for row in world.rows(APPROACH_NAMES)} == {"2 German"}


def test_a_name_that_a_person_gives_to_another_is_given_up_and_costs_nothing(world: World) -> None:
    world.name(StandIn())
    taken = next(row["name"] for row in world.rows(APPROACH_NAMES) if row["approach_id"] == "one-c")
    world.fill(
        APPROACH_OVERRIDES,
        [{"override_number": 1, "kind": "rename", "approach_id": "one-b", "new_name": taken.upper()}],
    )
    namer = StandIn()
    world.name(namer)
    names = [row["name"] for row in world.rows(APPROACH_NAMES) if row["approach_id"] == "one-c"]
    assert names != [taken]
    assert namer.asked == []


def test_what_a_run_would_name_is_counted_without_asking(world: World) -> None:
    due = world.due(namer="gemini")
    assert (due.total, len(due.tokens), due.requests) == (ASKED, ASKED, ASKED)
    assert due.tokens_in_all.input > 300 * ASKED
    assert due.tokens_in_all.are_estimated
    assert world.rows(APPROACH_NAMES) == []
    world.name_by_settings()
    assert len(world.due().tokens) == 0
    assert len(world.due(namer="gemini").tokens) == ASKED


def test_the_offline_namer_costs_nothing_and_tells_approaches_apart(world: World) -> None:
    assert world.due().cost_usd == 0
    world.name_by_settings()
    rows = {row["approach_id"]: row for row in world.rows(APPROACH_NAMES) if row["from_period_start"] == WEEKS[0]}
    assert rows["one-a"]["distinction"].startswith("More than its siblings: ")
    assert {row["fallback_reason"] for row in rows.values()} == {None}
    assert world.name_by_settings().rows_written == 0


def test_an_approach_is_named_by_what_its_contents_were_read_to_do(world: World) -> None:
    discount, quote = {"persuasion": "discount", "urgency": "deadline"}, {"persuasion": "testimonial"}
    fill_readings(world.warehouse, lambda key: discount if key[0] == "d" else quote)
    world.name_by_settings(annotator="offline")
    named = {row["approach_id"]: (row["name"], row["traits"]) for row in world.rows(APPROACH_NAMES)}
    assert named["one-a"] == ("Price appeal with a deadline", "persuasion:discount, urgency:deadline")
    assert named["one-b"] == ("Testimonial", "persuasion:testimonial")


def test_an_approach_is_named_by_words_where_nobody_reads_contents(world: World) -> None:
    fill_readings(world.warehouse, lambda _: {"persuasion": "discount"})
    world.name_by_settings(annotator="text")
    (row, *_) = (row for row in world.rows(APPROACH_NAMES) if row["approach_id"] == "one-a")
    assert row["name"].startswith("Discount")
    assert row["traits"] is None
