"""Exports whose ads were edited: what a day brought belongs to the text that was shown on it."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from tests.support.dirty_exports.export import FIRST_DAY, Export


def none_in_an_account(export: Export, rng: Random) -> None:
    """Ads that are pictures alone."""
    account = export.creatives.rows[0]["account_id"]
    wordless = {row["headline"] for row in export.creatives.rows if row["account_id"] == account}
    for row in export.creatives.rows:
        row["headline"] = None if row["headline"] in wordless else row["headline"]
    for fact in export.facts:
        fact.headline = None if fact.headline in wordless else fact.headline
    export.expect({"accounts_without_text"}, "headline", heard=True)


def edited_after_midnight(zone: str) -> Callable[[Export, Random], None]:
    """Every ad gets a new text half an hour after midnight in its zone, which is another day in UTC."""

    def dirt(export: Export, rng: Random) -> None:
        edited(1)(export, rng)
        for row in export.creatives.rows[len(export.creatives.rows) // 2 :]:
            day = datetime.fromisoformat(row["updated_at"] or "").date()
            row["updated_at"] = datetime.combine(day, time(0, 30), ZoneInfo(zone)).astimezone(UTC).isoformat(sep=" ")
        export.creatives.types["updated_at"] = "timestamptz"
        export.vars["day_time_zone"] = zone

    return dirt


def updated_on_no_day(value: str) -> Callable[[Export, Random], None]:
    """Beside what is shown, a text that cannot have been written on its day."""

    def dirt(export: Export, rng: Random) -> None:
        export.creatives.rows += [
            row | {"headline": "Nobody saw this", "updated_at": value} for row in export.creatives.rows
        ]

    return dirt


def edited(times: int) -> Callable[[Export, Random], None]:
    """Every ad gets a new text some times, and the table of creatives keeps the older ones."""

    def dirt(export: Export, rng: Random) -> None:
        newest = list(export.creatives.rows)
        for edit in range(1, times + 1):
            day = FIRST_DAY + timedelta(days=3 * edit)
            new = {
                row["headline"]: row
                | {"headline": f"{row['headline']}, {edit}", "updated_at": f"{day} {rng.randrange(10, 23)}:00:00"}
                for row in newest
            }
            for fact in export.facts:
                if fact.headline in new and fact.day >= day:
                    fact.headline = new[fact.headline]["headline"]
            newest = list(new.values())
            export.creatives.rows += newest

    return dirt


def several_at_once(export: Export, rng: Random) -> None:
    """A table of assets: every ad has rows with several texts of one moment."""
    export.creatives.rows += [row | {"headline": f"{row['headline']}, or else"} for row in export.creatives.rows]
    export.expect({"contradicting_creatives"}, "headline", heard=True)


def edited_in_another_zone(export: Export, rng: Random) -> None:
    """Every ad is edited late in the evening of a day that has ended in Tokyo, whose time is written."""
    edited(1)(export, rng)
    export.creatives.types["updated_at"] = "varchar"
    for row in export.creatives.rows:
        moment = datetime.fromisoformat(f"{row['updated_at']}+00:00")
        row["updated_at"] = moment.astimezone(ZoneInfo("Asia/Tokyo")).isoformat()


def edited_on_no_plain_day(form: str) -> Callable[[Export, Random], None]:
    def dirt(export: Export, rng: Random) -> None:
        export.creatives.types["updated_at"] = "varchar"
        for row in export.creatives.rows:
            row["updated_at"] = form
        export.expect({"not_a_day"}, "updated_at", heard=True)

    return dirt
