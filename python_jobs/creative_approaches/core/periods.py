"""Calendar periods, each known by its first day."""

from datetime import date, timedelta

from creative_approaches.settings import Grain


def next_period(start: date, grain: Grain) -> date:
    """The first day of the period after the one that starts at `start`."""
    if grain == "month":
        return date(start.year + start.month // 12, start.month % 12 + 1, 1)
    return start + timedelta(days=7 if grain == "week" else 1)


def last_period(own: date, newest: date, grain: Grain) -> date:
    """The period that counts as the last one of a cohort, whose own newest is `own`, where that of all is `newest`.

    The newest of all counts once the cohort has anything in it. Until then its report may just be late, so that the one
    before counts. It never moves back as data arrives: what was closed by it stays closed.
    """
    return max(own, _earlier(newest, 1, grain))


def first_open_period(last: date, closed_after: int | None, grain: Grain) -> date:
    """The first period that may still change: one is closed once there are `closed_after` newer ones up to `last`.

    closed_after : 1 or more; None: no period is ever closed.  Returns the first day of that period.
    """
    return date.min if closed_after is None else _earlier(last, closed_after - 1, grain)


def _earlier(start: date, periods: int, grain: Grain) -> date:
    """The first day of the period so many before the one that starts at `start`; the first day of all if none is."""
    if grain == "month":
        months = start.year * 12 + start.month - 1 - periods
        return date(months // 12, months % 12 + 1, 1) if months >= 12 else date.min
    try:
        return start - timedelta(days=periods * (7 if grain == "week" else 1))
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
