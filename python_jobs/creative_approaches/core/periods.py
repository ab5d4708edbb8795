"""Calendar periods, each known by its first day."""

from datetime import date, timedelta
from typing import Literal

Grain = Literal["day", "week", "month"]


def next_period(start: date, grain: Grain) -> date:
    """The first day of the period after the one that starts at `start`."""
    if grain == "month":
        return date(start.year + start.month // 12, start.month % 12 + 1, 1)
    return start + timedelta(days=7 if grain == "week" else 1)


def period_range(first: date, last: date, grain: Grain) -> list[date]:
    """All periods from `first` to `last`, both first days of a period and both included; empty if last < first.

    Raises ValueError if `last` is not the first day of a period counted from `first`.
    """
    periods = []
    start = first
    while start <= last:
        periods.append(start)
        start = next_period(start, grain)
    if periods and periods[-1] != last:
        raise ValueError(f"{last} is not the first day of a {grain} counted from {first}")
    return periods
