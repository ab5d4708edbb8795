"""Exports whose days are points of time, text of all kinds, or impossible."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from tests.support.dirty_exports.export import FIRST_DAY, Export, Row, only_writing

ZONE = {"days_with_a_zone"}
NO_DAY = {"not_a_day"}
OFF = {"days_not_at_midnight"}
FORMATS: dict[str, Callable[[date], str]] = {
    "09/03/2026": lambda day: day.strftime("%d/%m/%Y"),
    "03/09/2026": lambda day: day.strftime("%m/%d/%Y"),
    "09.03.2026": lambda day: day.strftime("%d.%m.%Y"),
    "9.3.26": lambda day: f"{day.day}.{day.month}.{day:%y}",
    "20260309": lambda day: day.strftime("%Y%m%d"),
    "2026/03/09": lambda day: day.strftime("%Y/%m/%d"),
    "2026-3-9": lambda day: f"{day.year}-{day.month}-{day.day}",
    "9 Mar 2026": lambda day: day.strftime("%d %b %Y"),
    "Mon, 09 Mar 2026": lambda day: day.strftime("%a, %d %b %Y"),
    "46090": lambda day: str((day - date(1899, 12, 30)).days),
    "1773014400": lambda day: str(int(datetime.combine(day, time(), UTC).timestamp())),
    "2026-W11": lambda day: day.strftime("%G-W%V"),
    "2026-03-09 - 2026-03-09": lambda day: f"{day} - {day}",
}
# Days that cannot be: what counts nowhere.
IMPOSSIBLE = {
    "2099-01-01": "days_in_the_future",
    "2262-04-11": "days_in_the_future",
    "9999-12-31": "days_in_the_future",
    "infinity": "days_in_the_future",
    "1999-12-31": "days_before_2000",
    "1970-01-01": "days_before_2000",
    "0026-03-09": "days_before_2000",
    "1900-01-01": "days_before_2000",
    "0001-01-01": "days_before_2000",
    "-infinity": "days_before_2000",
}


def written(form: str) -> Callable[[Export, Random], None]:
    @only_writing
    def dirt(export: Export, rng: Random) -> None:
        export.metrics.types["date_day"] = "varchar"
        for row, day in _days(export):
            row["date_day"] = FORMATS[form](day)
        export.expect(NO_DAY, "date_day", settles=None)

    return dirt


def of_type(type_: str, form: str) -> Callable[[Export, Random], None]:
    """Days in columns of numbers."""

    @only_writing
    def dirt(export: Export, rng: Random) -> None:
        export.metrics.types["date_day"] = type_
        for row, day in _days(export):
            row["date_day"] = FORMATS[form](day)
        export.expect(NO_DAY, "date_day", settles=None)

    return dirt


def plain(type_: str, form: str) -> Callable[[Export, Random], None]:
    """Days that are plain enough: nobody has to do anything."""

    @only_writing
    def dirt(export: Export, rng: Random) -> None:
        export.metrics.types["date_day"] = type_
        for row, day in _days(export):
            row["date_day"] = form.format(day=day)

    return dirt


def midnight(zone: str, type_: str) -> Callable[[Export, Random], None]:
    """A day as the moment of its midnight in a zone."""

    @only_writing
    def dirt(export: Export, rng: Random) -> None:
        export.metrics.types["date_day"] = type_
        for row, day in _days(export):
            moment = datetime.combine(day, time(), ZoneInfo(zone))
            row["date_day"] = (moment.astimezone(UTC) if day.day % 2 else moment).isoformat(sep=" ")
        export.expect(ZONE, "date_day", settles={"day_time_zone": zone})

    return dirt


def midnight_in_text(form: str) -> Callable[[Export, Random], None]:
    @only_writing
    def dirt(export: Export, rng: Random) -> None:
        export.metrics.types["date_day"] = "varchar"
        for row, day in _days(export):
            moment = datetime.combine(day, time(), ZoneInfo("Europe/Berlin")).astimezone(UTC)
            row["date_day"] = moment.strftime(form)
        export.expect(ZONE | NO_DAY, "date_day", settles={"day_time_zone": "Europe/Berlin"})

    return dirt


def midnight_of_another_zone(said: str, *zones: str) -> Callable[[Export, Random], None]:
    """A day as the moment of midnight in the zone of its account; the owner says another zone, or that of one."""

    def dirt(export: Export, rng: Random) -> None:
        export.metrics.types["date_day"] = "timestamptz"
        accounts = sorted({row["account_id"] or "" for row in export.metrics.rows})
        for row, fact in zip(export.metrics.rows, export.facts, strict=True):
            zone = ZoneInfo(zones[accounts.index(row["account_id"] or "") % len(zones)])
            row["date_day"] = datetime.combine(fact.day, time(), zone).isoformat(sep=" ")
        export.vars["day_time_zone"] = said
        export.expect(OFF, "date_day", settles=None)

    return dirt


def midnight_without_its_zone(
    type_: str, zone: str = "Europe/Berlin", first_day: date = FIRST_DAY, every: int = 1
) -> Callable[[Export, Random], None]:
    """The loader wrote the moments of midnight as UTC and left the zone out: they are the evening before.

    first_day : of the export.  every : that of how many ads does so; the others have dates.
    """

    def dirt(export: Export, rng: Random) -> None:
        export.metrics.types["date_day"] = type_
        export.move(first_day - FIRST_DAY)
        ads = sorted({row["creative_id"] or "" for row in export.metrics.rows})
        for row, fact in zip(export.metrics.rows, export.facts, strict=True):
            is_late = ads.index(row["creative_id"] or "") % every == 0
            moment = datetime.combine(fact.day, time(), ZoneInfo(zone) if is_late else UTC).astimezone(UTC)
            row["date_day"] = moment.strftime("%Y-%m-%d %H:%M:%S")
        # Where the clocks change in spring, two midnights are on one date.
        export.expect(ZONE | OFF | {"contradicting_rows"}, "date_day", settles=None)

    return dirt


def impossible(day: str) -> Callable[[Export, Random], None]:
    """Rows on a day that cannot be: they count nowhere."""

    def dirt(export: Export, rng: Random) -> None:
        for number in export.some(rng)[:3]:
            export.metrics.rows[number]["date_day"] = day
            export.facts[number].counts = False
        settles = {"accepted_findings": {"not_a_day": "all"}}
        export.expect({IMPOSSIBLE[day], "not_a_day"}, "date_day", settles=settles, heard=True)

    return dirt


def impossible_text(day: str) -> Callable[[Export, Random], None]:
    """The same in text, or no day at all."""

    def dirt(export: Export, rng: Random) -> None:
        export.metrics.types["date_day"] = "varchar"
        for number in export.some(rng)[:3]:
            export.metrics.rows[number]["date_day"] = day
            export.facts[number].counts = False
        kinds = {IMPOSSIBLE.get(day, "not_a_day"), "not_a_day"}
        export.expect(kinds, "date_day", settles={"accepted_findings": {"not_a_day": "all"}}, heard=True)

    return dirt


def without_a_day(export: Export, rng: Random) -> None:
    for number in export.some(rng)[:5]:
        export.metrics.rows[number]["date_day"] = None
        export.facts[number].counts = False
    export.expect(NO_DAY, "date_day", settles={"accepted_findings": {"not_a_day": "all"}}, heard=True)


def hours(type_: str) -> Callable[[Export, Random], None]:
    """An hour of a day in each row, in the column of the day."""

    def dirt(export: Export, rng: Random) -> None:
        export.metrics.types["date_day"] = type_
        rows = []
        for row, fact in zip(export.metrics.rows, export.facts, strict=True):
            for hour in (0, 9, 22):
                moment = datetime.combine(fact.day, time(hour))
                rows.append(row | {"date_day": moment.isoformat(sep=" ")})
            for name in fact.numbers:
                fact.numbers[name] *= 3
        export.metrics.rows = rows
        export.expect({"contradicting_rows", "repeated_rows"}, "date_day", settles={"raw_metrics_grain": "finer"})

    return dirt


def yesterday_and_today(export: Export, rng: Random) -> None:
    """The newest days are the present ones."""
    export.move(datetime.now(UTC).date() - max(fact.day for fact in export.facts))


def a_week_ahead(export: Export, rng: Random) -> None:
    """Planned spend beside the real one."""
    ahead = datetime.now(UTC).date() + timedelta(days=7)
    export.metrics.rows += [row | {"date_day": ahead.isoformat()} for row in export.metrics.rows[:5]]
    export.expect({"days_in_the_future"}, "date_day", heard=True)


def _days(export: Export) -> Iterator[tuple[Row, date]]:
    """The rows that have a day, as it is before anybody writes it in another way."""
    for row in export.metrics.rows:
        if row["date_day"] is not None:
            yield row, date.fromisoformat(row["date_day"])
