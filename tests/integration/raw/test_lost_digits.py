"""Long ids that a float or a spreadsheet has rounded are found, and those that only look odd are not."""

from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from tests.support.workspace import make_workspace
from tests.support.worlds.dirty_exports import check, creatives_row, metrics_row, write_tables

COLUMNS = ("account_id", "campaign_id", "creative_id")
LENGTHS = (16, 17, 18, 19)
LOST: dict[str, Callable[[str], str]] = {
    "float": lambda id_: str(int(float(id_))),
    "spreadsheet": lambda id_: id_[:15] + "0" * (len(id_) - 15),
    "scientific": lambda id_: f"{float(id_):.4E}",
}
CASES = [(column, length, form) for column in COLUMNS for length in LENGTHS for form in (*LOST, "whole")]
ROWS = 24


def snowflake(rng: Random) -> str:
    """The id of a tweet: 41 bits of time, 10 of the machine, 12 of a count that is nearly always 0."""
    return str(rng.randrange(350_000_000_000, 450_000_000_000) << 22 | rng.randrange(1024) << 12)


def rows(platform: str, column: str, ids: list[str]) -> list[dict[str, Any]]:
    return [
        metrics_row("a", **{"platform": platform, "creative_id": f"ad {number}", column: id_})
        for number, id_ in enumerate(ids)
    ]


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Each case is a platform."""
    rng = Random(0)
    metrics = []
    for column, length, form in CASES:
        # Up to 2^53 a float has all digits.
        whole = [str(rng.randrange(max(2**53, 10 ** (length - 1)), min(2**63, 10**length))) for _ in range(ROWS)]
        metrics += rows(f"{column} {length} {form}", column, [LOST.get(form, str)(id_) for id_ in whole])
    for column in COLUMNS:
        metrics += rows(f"{column} snowflake", column, [snowflake(rng) for _ in range(ROWS)])
    workspace = make_workspace(tmp_path_factory.mktemp("lost digits") / "a project")
    workspace.set_vars(demo_data=False, raw_schema="warehouse")
    write_tables(workspace, metrics, [creatives_row("a"), creatives_row("a", "1.2021E+17")], {})
    return check(workspace)


@pytest.fixture(scope="module")
def found(checked: dict[str, Any]) -> set[tuple[str, str, str]]:
    """Platform, column and level of ids that lost digits."""
    findings = [finding for finding in checked["findings"] if finding["kind"] == "ids_that_lost_digits"]
    return {(finding["platform"], finding["column_name"], finding["level"]) for finding in findings}


@pytest.mark.parametrize(("column", "length", "form"), CASES)
def test_ids_that_lost_digits_stop_the_run_in_each_column_and_of_each_length(
    found: set[tuple[str, str, str]], column: str, length: int, form: str
) -> None:
    platform = f"{column} {length} {form}"
    expected = {(platform, column, "stop")} if form in LOST else set()
    assert {finding for finding in found if finding[0] == platform} == expected


@pytest.mark.parametrize("column", COLUMNS)
def test_ids_that_were_made_with_zeros_at_the_end_have_lost_none(found: set[tuple[str, str, str]], column: str) -> None:
    assert not [finding for finding in found if finding[0] == f"{column} snowflake"]


def test_findings_of_creatives_have_no_spend_and_come_after_those_that_have(checked: dict[str, Any]) -> None:
    stops = [finding for finding in checked["findings"] if finding["level"] == "stop"]
    assert stops[-1]["column_name"] == "creatives.creative_id"
    assert "unknown spend" not in checked["stop"]
