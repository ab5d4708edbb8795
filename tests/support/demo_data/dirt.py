"""Make the export look like a real one: duplicates, late versions, copies, gaps, stray case and blanks."""

from datetime import datetime, timedelta

import numpy as np

from tests.support.demo_data.account import WEEKS, Account
from tests.support.demo_data.creatives import Creative, timestamp

Row = dict[str, str]


def copy_contents(creatives: list[Creative], count: int, rng: np.random.Generator) -> list[Creative]:
    """The same content uploaded again under another id, live in the same weeks or the later ones of them."""
    copies = []
    long_lived = [creative for creative in creatives if len(creative.weeks) >= 4]
    for number, place in enumerate(sorted(_some(len(long_lived), count, rng))):
        original = long_lived[place]
        weeks = original.weeks[number % 2 :]
        created = datetime.fromisoformat(original.row["created_at"]) + timedelta(hours=3 + number)
        row = original.row | {
            "creative_id": str(int(original.creative_id) + 5_000_000),
            "creative_name": original.row["creative_name"] + "_copy",
            "created_at": timestamp(created),
            "updated_at": timestamp(created),
        }
        copies.append(Creative(row, original.account, original.variant, weeks))
    return copies


def without_text(account: Account, template: Creative, number: int) -> Creative:
    """A creative that spends money and says nothing, not even in its tags."""
    row = template.row | {
        "creative_id": f"{account.id_prefix}9900{number}",
        "creative_name": f"boosted post {number}",
        "headline": "" if number % 2 else "  ",
        "description": "",
        "tags": "",
        "image_uri": "",
        "video_uri": "",
    }
    return Creative(row, account, None, tuple(range(2 + number, min(WEEKS, 8 + number))))


def orphan(account: Account, template: Creative, number: int) -> Creative:
    """A creative that only the metrics know."""
    row = template.row | {"creative_id": f"{account.id_prefix}9977{number}"}
    return Creative(row, account, None, tuple(range(4 + number, 9 + number)))


def drop_headlines(creatives: list[Creative], count: int, rng: np.random.Generator) -> None:
    """Some placements have no headline: only the description stays."""
    for place in _some(len(creatives), count, rng):
        creatives[place].row["headline"] = ""


def soil_creatives(rows: list[Row], rng: np.random.Generator) -> list[Row]:
    """Export rows with late versions, stray case and blanks, and exact duplicates, by creation time."""
    rows = [dict(row) for row in rows]
    for row in rows:
        chance = rng.random()
        if chance < 0.02:
            row["platform"] = row["platform"].title()
        elif chance < 0.03:
            row["platform"] = f" {row['platform']} "
        elif chance < 0.05:
            row["headline"] = f"{row['headline']}  "
        elif chance < 0.08:
            row["tags"] = row["tags"].replace(",", ", ").upper()
    earlier = []
    candidates = [row for row in rows if len(row["headline"].split()) > 3]
    for number, place in enumerate(sorted(_some(len(candidates), 10, rng))):
        newest = candidates[place]
        earlier.append(dict(newest))
        earlier[-1]["headline"] = _typo(newest["headline"], rng)
        if number % 3 == 0:
            earlier[-1]["description"] = newest["description"].split(".")[0]
        later = datetime.fromisoformat(newest["updated_at"]) + timedelta(days=1 + number, hours=number)
        newest["updated_at"] = timestamp(later)
    duplicates = [dict(rows[place]) for place in _some(len(rows), 15, rng)]
    return sorted(rows + earlier + duplicates, key=lambda row: (row["created_at"], row["creative_id"]))


def soil_metrics(rows: list[Row], billed_elsewhere: list[str], rng: np.random.Generator) -> list[Row]:
    """Daily rows with a second currency, missing cells, stray case and exact duplicates."""
    rows = [dict(row) for row in rows]
    for row in rows:
        if row["creative_id"] in billed_elsewhere and "2026-07-01" <= row["date_day"] <= "2026-07-19":
            row["currency_code"] = "GBP"
    for place in _some(len(rows), 160, rng):
        for column in ("impressions", "clicks", "conversions", "reach"):
            if rng.random() < 0.35:
                rows[place][column] = ""
    for place in _some(len(rows), 60, rng):
        rows[place]["platform"] = rows[place]["platform"].upper()
    for place in _some(len(rows), 20, rng):
        rows[place]["currency_code"] = rows[place]["currency_code"].lower()
    duplicates = [dict(rows[place]) for place in _some(len(rows), 40, rng)]
    return sorted(rows + duplicates, key=lambda row: (row["date_day"], row["creative_id"]))


def _some(size: int, count: int, rng: np.random.Generator) -> list[int]:
    return [int(place) for place in rng.choice(size, size=count, replace=False)]


def _typo(text: str, rng: np.random.Generator) -> str:
    """Two neighbouring letters swapped."""
    places = [i for i in range(len(text) - 1) if text[i : i + 2].isalpha() and text[i] != text[i + 1]]
    place = places[int(rng.integers(len(places)))]
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]
