from datetime import date

import pytest

from creative_approaches.core.periods import next_period, period_range


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
