"""Overrides as people write them: what is read, and what is refused by its number."""

from datetime import date
from typing import Any

import pytest

from creative_approaches.core.lineage.overrides import Override, OverrideError, read_overrides, renames_to_one_name

Row = dict[str, Any]
WEEK = date(2026, 1, 5)
COLUMNS = ("kind", "approach_id", "new_name", "into_approach_id", "creative_key", "from_period_start")


def row(number: int | None, kind: str, approach_id: str | None = "a", **columns: Any) -> Row:
    return {"override_number": number, **dict.fromkeys(COLUMNS), "kind": kind, "approach_id": approach_id, **columns}


def rename(number: int, approach_id: str, new_name: str = "Trust first") -> Row:
    return row(number, "rename", approach_id, new_name=new_name)


def merge(number: int, approach_id: str, into: str, **columns: Any) -> Row:
    return row(number, "merge", approach_id, into_approach_id=into, **columns)


def pin(number: int, creative_key: str, approach_id: str, **columns: Any) -> Row:
    return row(number, "pin", approach_id, creative_key=creative_key, **columns)


def refusal(*rows: Row) -> list[str]:
    with pytest.raises(OverrideError) as refused:
        read_overrides(rows)
    return str(refused.value).split("\n")


def test_each_kind_is_read_in_the_order_of_the_numbers() -> None:
    rows = [
        pin(12, "ad 1", "c", from_period_start=WEEK),
        row(7, "split_back", "c"),
        merge(3, "a", "b", from_period_start=WEEK),
        rename(1, "a"),
    ]
    assert read_overrides(rows) == [
        Override(1, "rename", "a", new_name="Trust first"),
        Override(3, "merge", "a", into_approach_id="b", from_period_start=WEEK),
        Override(7, "split_back", "c", from_period_start=date.min),
        Override(12, "pin", "c", creative_key="ad 1", from_period_start=WEEK),
    ]


def test_what_only_looks_like_a_contradiction_is_taken() -> None:
    """A merged approach still has a name; a creative may be pinned elsewhere later; two may be pinned to one."""
    rows = [
        rename(1, "a"),
        merge(2, "a", "b"),
        merge(3, "c", "b"),
        row(4, "split_back", "b"),
        pin(5, "ad 1", "a"),
        pin(6, "ad 1", "b", from_period_start=WEEK),
        pin(7, "ad 2", "a"),
    ]
    assert len(read_overrides(rows)) == 7


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (row(None, "split_back"), "A row (split_back a) has no override_number. Give it one that no other row has."),
        (row(4, "renam"), "Override 4 has the kind 'renam'. Write one of: rename, merge, split_back, pin."),
        (row(4, "split_back", None), "Override 4 (split_back) has no approach_id. Fill it in."),
        (row(4, "rename"), "Override 4 (rename) has no new_name. Fill it in."),
        (row(4, "merge"), "Override 4 (merge) has no into_approach_id. Fill it in."),
        (row(4, "pin"), "Override 4 (pin) has no creative_key. Fill it in."),
        (
            rename(4, "a") | {"from_period_start": WEEK},
            "Override 4 (rename) has a from_period_start, which says nothing there. Leave it empty.",
        ),
        (
            row(4, "split_back", creative_key="ad 1"),
            "Override 4 (split_back) has a creative_key, which says nothing there. Leave it empty.",
        ),
        (
            merge(4, "a", "a"),
            "Override 4 merges approach a into itself. Name another into_approach_id.",
        ),
    ],
    ids=str,
)
def test_a_row_that_is_wrong_by_itself_is_refused(wrong: Row, message: str) -> None:
    assert refusal(rename(1, "z"), wrong) == [message]


@pytest.mark.parametrize(
    ("one", "other", "message"),
    [
        (rename(2, "a"), rename(2, "b", "Other"), "Override 2 is there 2 times. Give each row a number of its own."),
        (rename(2, "a"), rename(5, "a", "Other"), "Overrides 2 and 5 both rename approach a. Delete one of them."),
        (merge(2, "a", "b"), merge(5, "a", "c"), "Overrides 2 and 5 both merge approach a. Delete one of them."),
        (
            row(2, "split_back"),
            row(5, "split_back", from_period_start=WEEK),
            "Overrides 2 and 5 both split back approach a. Delete one of them.",
        ),
        (
            row(2, "split_back"),
            merge(5, "a", "b", from_period_start=WEEK),
            "Overrides 2 and 5 merge approach a and split it back. Delete one of them.",
        ),
        (
            pin(2, "ad 1", "a"),
            pin(5, "ad 1", "b"),
            "Overrides 2 and 5 pin creative ad 1 from the same period. Delete one, or give the later one a "
            "from_period_start.",
        ),
        (
            merge(2, "a", "b"),
            merge(5, "b", "c", from_period_start=WEEK),
            "Override 2 merges a into b, which override 5 merges into c. Name one that stays, or delete one of the "
            "rows.",
        ),
    ],
    ids=str,
)
def test_rows_that_contradict_each_other_are_refused(one: Row, other: Row, message: str) -> None:
    assert refusal(other, one) == [message]


def test_merges_in_a_circle_are_refused() -> None:
    lines = refusal(merge(1, "a", "b"), merge(2, "b", "a"))
    assert [line.partition(",")[0] for line in lines] == ["Override 1 merges a into b", "Override 2 merges b into a"]


def test_every_problem_is_named_at_once() -> None:
    assert len(refusal(row(1, "rename"), row(2, "unknown"), row(3, "pin"))) == 3


@pytest.mark.parametrize(("cohort", "names_both"), [("one", True), ("other", False)])
def test_two_approaches_of_one_cohort_cannot_bear_one_name(cohort: str, names_both: bool) -> None:
    overrides = read_overrides([rename(2, "a", "Trust first"), rename(5, "b", "TRUST first")])
    problems = list(renames_to_one_name(overrides, {"a": "one", "b": cohort}))
    expected = "Overrides 2 and 5 give two approaches of one cohort the name 'Trust first'. Change one of the names."
    assert problems == ([expected] if names_both else [])
