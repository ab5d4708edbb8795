"""Calendar periods, each known by its first day."""

from datetime import date, timedelta

from creative_approaches.settings import Grain


def next_period(start: date, grain: Grain) -> date:
    """The first day of the period after the one that starts at `start`."""
    if grain == "month":
        return date(start.year + start.month // 12, start.month % 12 + 1, 1)
    return start + timedelta(days=7 if grain == "week" else 1)


def first_open_period(last: date, closed_after: int | None, grain: Grain) -> date:
    """The first period that may still change: one is closed once there are `closed_after` newer ones up to `last`.

    closed_after : 1 or more; None: no period is ever closed.  Returns the first day of that period.
    """
    if closed_after is None:
        return date.min
    if grain == "month":
        months = last.year * 12 + last.month - 1 - (closed_after - 1)
        return date(months // 12, months % 12 + 1, 1) if months >= 12 else date.min
    try:
        return last - timedelta(days=(closed_after - 1) * (7 if grain == "week" else 1))
    except OverflowError:
        return date.min


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
