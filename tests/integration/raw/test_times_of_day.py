"""Days that are points of time and not at midnight are told: they may be read in the wrong time zone."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.support.workspace import Workspace, make_workspace
from tests.support.worlds.dirty_exports import check, creatives_row, metrics_row, write_tables

WINTER = [date(2026, 1, 5) + timedelta(days=number) for number in range(10)]
SUMMER = [date(2025, 7, 7) + timedelta(days=number) for number in range(10)]
# The clocks of Europe change in the morning of the 29th.
SPRING = [date(2026, 3, 24) + timedelta(days=number) for number in range(10)]
VIEW = "raw_metrics_table: a view with dates of the account in its own time zone as date_day"


def midnights(zone: str, days: Iterable[date]) -> list[datetime]:
    return [datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC) for day in days]


def at(hours: str, days: Iterable[date]) -> list[str]:
    return [f"{day} {hours}" for day in days]


def cut_off(zone: str, days: Iterable[date]) -> list[str]:
    """The zone of midnights is forgotten."""
    return [f"{moment:%Y-%m-%d %H:%M:%S}" for moment in midnights(zone, days)]


def with_z(zone: str, days: Iterable[date]) -> list[str]:
    return [f"{moment:%Y-%m-%dT%H:%M:%SZ}" for moment in midnights(zone, days)]


def hours_of(*hours: int) -> list[str]:
    """A row for each of these hours of many days."""
    return [f"{day} {hour:02}:00:00" for day in (*WINTER, *SUMMER) for hour in hours]


# By account, in one column of text that is read in Berlin: its days, and what is said of their times.
DAYS: dict[str, tuple[list[str], str | None]] = {
    "dates": ([str(day) for day in WINTER], None),
    "midnight": (at("00:00:00", WINTER), None),
    "moments of Berlin": (with_z("Europe/Berlin", (*WINTER, *SUMMER)), None),
    "moments of Berlin with its offset": (at("00:00:00+01:00", WINTER), None),
    "moments of Tokyo": (with_z("Asia/Tokyo", (*WINTER, *SUMMER)), "at 16:00 or 17:00"),
    "moments of UTC": (with_z("UTC", WINTER), "at 01:00"),
    "Berlin cut off": (cut_off("Europe/Berlin", (*WINTER, *SUMMER)), "at 22:00 or 23:00"),
    "Kolkata cut off": (cut_off("Asia/Kolkata", WINTER), "at 18:30"),
    "London cut off": (cut_off("Europe/London", (*WINTER, *SUMMER)), "at 23:00"),
    "Azores cut off": (cut_off("Atlantic/Azores", (*WINTER, *SUMMER)), None),  # 01:00 and 00:00 are of the day itself
    "another loader since summer": (at("00:00:00", SUMMER) + cut_off("Europe/Berlin", WINTER), "at 23:00"),
    "a late row in fifty": (at("00:00:00", WINTER) * 5 + at("23:00:00", WINTER[:1]), "at 23:00"),
    "a row at another time": (cut_off("Europe/Berlin", WINTER) * 11 + at("12:34:56", WINTER[:1]), "at 23:00"),
    "end of the day": (at("23:59:59", WINTER), None),
    "two morning hours": (hours_of(0, 6), None),
    "three hours": (hours_of(0, 14, 22), None),
    "all hours": (hours_of(*range(24)), None),
    "all times": ([f"{day} 13:{minute:02}:00" for day in WINTER[:4] for minute in range(60)], None),
    "London over a change of clocks": (cut_off("Europe/London", SPRING), "at 23:00"),
}


@pytest.fixture(scope="module")
def load(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Workspace]:
    """The days above in a column of a type."""
    workspace = make_workspace(tmp_path_factory.mktemp("times of day") / "a project")
    workspace.set_vars(demo_data=False, raw_schema="warehouse")

    def load(type_: str) -> Workspace:
        metrics = [
            metrics_row(account, date_day=day, spend=10 + number)
            for account, (days, _) in DAYS.items()
            for number, day in enumerate(days)
        ]
        write_tables(workspace, metrics, list(map(creatives_row, DAYS)), {"date_day": type_})
        return workspace

    return load


def of_times(checked: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {f["account_id"]: f for f in checked["findings"] if f["kind"] == "days_not_at_midnight"}


@pytest.fixture(scope="module")
def checked(load: Callable[[str], Workspace]) -> dict[str, Any]:
    return check(load("varchar"), day_time_zone="Europe/Berlin")


@pytest.mark.parametrize("account", DAYS)
def test_days_at_another_time_than_midnight_are_told_once_they_may_be_one_off(
    checked: dict[str, Any], account: str
) -> None:
    _, said = DAYS[account]
    finding = of_times(checked).get(account)
    assert (finding and finding["examples"]) == (said and f"{said} in Europe/Berlin")
    if finding:
        assert (finding["level"], finding["setting"]) == ("warn", f"day_time_zone, or {VIEW}")


@pytest.mark.parametrize(("account", "affected"), [("London cut off", 10), ("a row at another time", 111)])
def test_rows_at_midnight_are_not_concerned(checked: dict[str, Any], account: str, affected: int) -> None:
    assert of_times(checked)[account]["affected"] == affected


def test_two_midnights_on_one_date_are_not_taken_for_finer_rows(checked: dict[str, Any]) -> None:
    settings = {f["account_id"]: f["setting"] for f in checked["findings"] if f["kind"] == "contradicting_rows"}
    assert settings["London over a change of clocks"] == f"day_time_zone, or {VIEW}"
    assert settings["all hours"] == "raw_metrics_grain: finer"


def test_a_column_of_times_without_a_zone_is_judged_as_it_is_written(load: Callable[[str], Workspace]) -> None:
    findings = of_times(check(load("timestamp"), day_time_zone="Europe/Berlin"))
    assert {account: findings[account]["examples"] for account in ("Berlin cut off", "London cut off")} == {
        "Berlin cut off": "at 22:00 or 23:00",
        "London cut off": "at 23:00",
    }
    assert findings["London cut off"]["setting"] == VIEW


def test_moments_are_judged_in_the_zone_whose_days_count(load: Callable[[str], Workspace]) -> None:
    moments = load("timestamptz")
    berlin = of_times(check(moments, day_time_zone="Europe/Berlin"))
    assert "moments of Berlin" not in berlin
    assert berlin["moments of Tokyo"]["examples"] == "at 16:00 or 17:00 in Europe/Berlin"
    utc = of_times(check(moments, day_time_zone="UTC"))
    assert utc["moments of Berlin"]["examples"] == "at 22:00 or 23:00 in UTC"
    assert utc["moments of Tokyo"]["examples"] == "at 15:00 in UTC"
