"""An export of ads and their daily metrics, and what really happened, which no dirt changes.

Values are kept as text, and cast to the column's type when the table is made: so a column may have any type at all.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import duckdb
import pyarrow as pa

Row = dict[str, str | None]
NUMBERS = ("impressions", "clicks", "spend", "conversions", "conversions_value")
MADE_AT = "2026-03-01 00:00:00"
FIRST_DAY = date(2026, 3, 9)
CREATIVES_TYPES = {
    "creative_id": "varchar",
    "platform": "varchar",
    "account_id": "varchar",
    "campaign_id": "varchar",
    "creative_name": "varchar",
    "headline": "varchar",
    "description": "varchar",
    "tags": "varchar",
    "format": "varchar",
    "placement": "varchar",
    "image_uri": "varchar",
    "video_uri": "varchar",
    "created_at": "timestamp",
    "updated_at": "timestamp",
}
METRICS_TYPES = {
    "date_day": "date",
    "platform": "varchar",
    "account_id": "varchar",
    "campaign_id": "varchar",
    "creative_id": "varchar",
    "currency_code": "varchar",
    "impressions": "bigint",
    "clicks": "bigint",
    "spend": "decimal(18, 2)",
    "conversions": "decimal(18, 2)",
    "conversions_value": "decimal(18, 2)",
    "reach": "bigint",
}


@dataclass
class Table:
    types: dict[str, str]
    rows: list[Row]

    def rename(self, old: str, new: str) -> None:
        self.types = {new if name == old else name: type_ for name, type_ in self.types.items()}
        self.rows = [{new if name == old else name: value for name, value in row.items()} for row in self.rows]

    def load(self, connection: duckdb.DuckDBPyConnection, name: str) -> None:
        columns = {column: pa.array([row.get(column) for row in self.rows], pa.string()) for column in self.types}
        connection.register("_rows", pa.table(columns))
        casts = ", ".join(f'cast("{column}" as {type_}) as "{column}"' for column, type_ in self.types.items())
        connection.execute(f"create or replace table {name} as select {casts} from _rows")
        connection.unregister("_rows")


@dataclass
class Fact:
    """What one ad did on one day. headline : what it says; None where the creatives table does not hold it."""

    headline: str | None
    day: date
    currency: str
    numbers: dict[str, Decimal]
    counts: bool = True  # not where the row cannot be believed: then it counts nowhere, and people hear of it


@dataclass
class Export:
    """facts[i] is what metrics.rows[i] came from, until a dirt adds or removes rows at the end.

    vars : what its owner has set.  settles : what settles a stop, after which every number is right; None if nothing
    can.  kinds : the findings that would be true of it.  words : one of them is in what stops it.  heard : whether
    people have to hear of it even if the numbers are right, because rows were left out.
    """

    creatives: Table
    metrics: Table
    facts: list[Fact]
    vars: dict[str, Any] = field(default_factory=dict)
    settles: dict[str, Any] | None = field(default_factory=dict)
    kinds: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    heard: bool = False

    def expect(self, kinds: set[str], *words: str, settles: dict[str, Any] | None = None, heard: bool = False) -> None:
        """Two dirts expect what either does."""
        self.kinds |= kinds
        self.words |= set(words)
        self.settles = None if settles is None or self.settles is None else together(self.settles, settles)
        self.heard = self.heard or heard

    def some(self, rng: Random) -> list[int]:
        """Indices of the rows that are dirty: all, those of one account, or every seventh."""
        numbers = list(range(len(self.metrics.rows)))
        spread = rng.choice(["all", "account", "few"])
        if spread == "account":
            account = self.metrics.rows[0]["account_id"]
            return [number for number in numbers if self.metrics.rows[number]["account_id"] == account]
        return numbers if spread == "all" else numbers[rng.randrange(7) :: 7]

    def move(self, days: timedelta) -> None:
        """All of it happens so much later, edits of ads as well."""
        for row, fact in zip(self.metrics.rows, self.facts, strict=True):
            fact.day += days
            row["date_day"] = fact.day.isoformat()
        for row in self.creatives.rows:
            for name in ("created_at", "updated_at"):
                row[name] = str(datetime.fromisoformat(row[name] or MADE_AT) + days)

    def ids(self, column: str, change: Callable[[str], str | None], *tables: Table) -> None:
        """Change a column of ids wherever it has one."""
        for table in tables or (self.creatives, self.metrics):
            for row in table.rows:
                value = row[column]
                if value is not None:
                    row[column] = change(value)

    def load(self, connection: duckdb.DuckDBPyConnection, schema: str) -> None:
        self.creatives.load(connection, f"{schema}.creatives")
        self.metrics.load(connection, f"{schema}.creative_daily_metrics")


def together(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    """Vars, of which the second go before the first, also inside of a mapping."""
    both = {**first, **second}
    for name in first.keys() & second.keys():
        if isinstance(first[name], Mapping):
            both[name] = {**first[name], **second[name]}
    return both


Apply = Callable[[Export, Random], None]


def only_writing(dirt: Apply) -> Apply:
    """Mark a dirt that changes only how values are written: rows may have been made before it."""
    vars(dirt)["is_only_writing"] = True
    return dirt


def clean_export(
    rng: Random,
    *,
    platform: str = "facebook_ads",
    digits: int = 12,
    letters: bool = False,
    spend_from: int = 3,
    spend_to: int = 60,
) -> Export:
    """Two accounts with some ads each over some weeks.

    platform : of all ads.  digits : of the ids of ads.  letters : these have both cases of them.
    spend_from, spend_to : of an ad in a day.
    """
    creatives, rows, facts = [], [], []
    days = [FIRST_DAY + timedelta(days=number) for number in range(rng.randrange(9, 16))]
    for number in range(2):
        account = str(rng.randrange(10**9, 10**10))
        currency = rng.choice(["EUR", "USD", "GBP"])
        campaigns = [str(rng.randrange(10**8, 10**9)) for _ in range(2)]
        for ad_number in range(rng.randrange(4, 8)):
            headline = f"Ad {number} {ad_number}"
            keys = {
                "creative_id": _id(rng, digits, letters),
                "platform": platform,
                "account_id": account,
                "campaign_id": campaigns[ad_number % 2],
            }
            made = {"headline": headline, "format": "image", "created_at": MADE_AT, "updated_at": MADE_AT}
            creatives.append(dict.fromkeys(CREATIVES_TYPES) | keys | made)
            for day in days:
                numbers = _numbers(rng, spend_from, spend_to)
                facts.append(Fact(headline, day, currency, numbers))
                values = {"date_day": day.isoformat(), "currency_code": currency, "reach": None}
                rows.append(keys | values | {name: str(value) for name, value in numbers.items()})
    return Export(Table(dict(CREATIVES_TYPES), creatives), Table(dict(METRICS_TYPES), rows), facts)


def _id(rng: Random, digits: int, letters: bool) -> str:
    if letters:
        return "".join(rng.choice("abcdefABCDEF0123456789") for _ in range(digits - 2)) + "xY"
    return str(rng.randrange(10 ** (digits - 1), 10**digits))


def _numbers(rng: Random, spend_from: int, spend_to: int) -> dict[str, Decimal]:
    """Costs that a market pays: some 8 for a thousand impressions, half a unit for a click."""
    spend = Decimal(rng.randrange(spend_from * 100, spend_to * 100)) / 100
    conversions = rng.randrange(1, 4)
    return {
        "impressions": Decimal(int(spend * 1000 / rng.randrange(5, 12))),
        "clicks": Decimal(int(spend * 2)),
        "spend": spend,
        "conversions": Decimal(conversions),
        "conversions_value": Decimal(conversions * rng.randrange(1000, 3000)) / 100,
    }
