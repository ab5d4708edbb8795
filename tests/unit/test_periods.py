from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creative_approaches.core.periods import last_period, next_period, period_range
from creative_approaches.settings import Grain


def test_weeks_run_across_a_year() -> None:
    assert period_range(date(2025, 12, 29), date(2026, 1, 12), "week") == [
        date(2025, 12, 29),
        date(2026, 1, 5),
        date(2026, 1, 12),
    ]


def test_months_run_across_a_year() -> None:
    assert period_range(date(2025, 11, 1), date(2026, 2, 1), "month") == [
        date(2025, 11, 1),
        date(2025, 12, 1),
        date(2026, 1, 1),
        date(2026, 2, 1),
    ]


def test_a_day_follows_the_last_of_february_in_a_leap_year() -> None:
    assert next_period(date(2024, 2, 28), "day") == date(2024, 2, 29)


def test_one_period_is_a_range() -> None:
    assert period_range(date(2026, 1, 5), date(2026, 1, 5), "week") == [date(2026, 1, 5)]


def test_a_last_day_before_the_first_gives_no_period() -> None:
    assert period_range(date(2026, 1, 12), date(2026, 1, 5), "week") == []


def test_a_day_inside_a_week_is_refused() -> None:
    with pytest.raises(ValueError, match="2026-01-14 is not the first day of a week"):
        period_range(date(2026, 1, 5), date(2026, 1, 14), "week")


@pytest.mark.parametrize(
    ("own", "last"),
    [
        (date(2026, 2, 2), date(2026, 2, 2)),
        (date(2026, 1, 26), date(2026, 1, 26)),
        (date(2025, 12, 1), date(2026, 1, 26)),
    ],
    ids=["in time", "late", "silent"],
)
def test_the_newest_period_counts_for_a_cohort_that_has_anything_in_it(own: date, last: date) -> None:
    assert last_period(own, date(2026, 2, 2), "week") == last


@pytest.mark.parametrize(
    ("grain", "before"), [("day", date(2026, 2, 28)), ("week", date(2026, 2, 22)), ("month", date(2026, 2, 1))]
)
def test_the_period_before_is_of_the_same_grain(grain: Grain, before: date) -> None:
    assert last_period(date(2025, 3, 1), date(2026, 3, 1), grain) == before


@given(st.lists(st.tuples(st.integers(0, 30), st.booleans()), min_size=1))
def test_what_counts_as_the_last_period_never_moves_back(arrivals: list[tuple[int, bool]]) -> None:
    """Whatever arrives in whichever order, of a cohort or of others: what was closed stays closed."""
    start = date(2026, 1, 5)
    own = newest = counted = start
    for weeks, is_own in arrivals:
        arrived = start + timedelta(weeks=weeks)
        own, newest = max(own, arrived) if is_own else own, max(newest, arrived)
        assert last_period(own, newest, "week") >= counted
        counted = last_period(own, newest, "week")


def test_no_period_is_before_the_first_of_all() -> None:
    assert last_period(date.min, date.min, "month") == date.min
