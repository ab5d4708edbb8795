"""Write the demo account: raw tables and images for the seeds, and the truth that the tests compare with.

    python -m tests.support.demo_data.generate              into this repository
    python -m tests.support.demo_data.generate --out DIR    into DIR/seeds and DIR/truth

The same files come out every time.
"""

import argparse
import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np

from tests.support.demo_data.account import Account, monday
from tests.support.demo_data.creatives import COLUMNS as CREATIVE_COLUMNS
from tests.support.demo_data.creatives import Creative, write_creatives
from tests.support.demo_data.dirt import (
    copy_contents,
    drop_headlines,
    orphan,
    soil_creatives,
    soil_metrics,
    without_text,
)
from tests.support.demo_data.metrics import COLUMNS as METRIC_COLUMNS
from tests.support.demo_data.metrics import simulate
from tests.support.demo_data.pictures import draw_pictures
from tests.support.demo_data.plan import ACCOUNTS, FATES, SKINCARE
from tests.support.paths import SEEDS, TRUTH

SEED = 5
TRUTH_COLUMNS = ("creative_id", "account_id", "period_start", "approach")
FATE_COLUMNS = ("approach", "account_id", "fate", "period_start", "other_approach")
ACTIVITY = ("impressions", "clicks", "spend", "conversions", "conversions_value")
COPIES = {"facebook_ads": 6, "tiktok_ads": 5, "google_ads": 0}
TEXTLESS = {"facebook_ads": 2, "tiktok_ads": 1, "google_ads": 0}
ORPHANS = {"facebook_ads": 1, "tiktok_ads": 1, "google_ads": 0}
WITHOUT_HEADLINE = {"facebook_ads": 6, "tiktok_ads": 6, "google_ads": 0}

Row = dict[str, str]


def generate(seeds: Path, truth: Path) -> None:
    """Write creatives.csv, creative_daily_metrics.csv and images into `seeds`, the truth into `truth`."""
    rng = np.random.default_rng(SEED)
    known: list[Creative] = []
    orphans: list[Creative] = []
    metrics: list[Row] = []
    for account in ACCOUNTS:
        creatives, unknown = _account(account, rng)
        known += creatives
        orphans += unknown
        metrics += simulate(account, creatives + unknown, rng)
    billed_elsewhere = [creative.creative_id for creative in known if creative.account is SKINCARE][20:60:7]
    creative_rows = soil_creatives([creative.row for creative in known], rng)
    metrics = soil_metrics(metrics, billed_elsewhere, rng)

    _write(seeds / "creatives.csv", CREATIVE_COLUMNS, creative_rows)
    _write(seeds / "creative_daily_metrics.csv", METRIC_COLUMNS, metrics)
    _write(truth / "truth.csv", TRUTH_COLUMNS, _truth(known, metrics))
    _write(truth / "fates.csv", FATE_COLUMNS, _fates())
    draw_pictures(seeds / "images")


def _account(account: Account, rng: np.random.Generator) -> tuple[list[Creative], list[Creative]]:
    """Creatives of an account, and the creatives that only its metrics know."""
    creatives = write_creatives(account, rng)
    drop_headlines(creatives, WITHOUT_HEADLINE[account.platform], rng)
    copies = copy_contents(creatives, COPIES[account.platform], rng)
    textless = [without_text(account, creatives[i], i) for i in range(TEXTLESS[account.platform])]
    orphans = [orphan(account, creatives[i], i) for i in range(ORPHANS[account.platform])]
    return creatives + copies + textless, orphans


def _truth(creatives: list[Creative], metrics: list[Row]) -> Iterable[Row]:
    """The approach of every creative with text in each week in which it did anything."""
    active = {
        (row["creative_id"], row["date_day"])
        for row in metrics
        if any(float(row[column] or 0) != 0 for column in ACTIVITY)
    }
    days = sorted({day for _, day in active})
    for creative in sorted(creatives, key=lambda one: one.creative_id):
        if creative.variant is None:
            continue
        for week in creative.weeks:
            first, last = monday(week).isoformat(), monday(week + 1).isoformat()
            if any((creative.creative_id, day) in active for day in days if first <= day < last):
                yield {
                    "creative_id": creative.creative_id,
                    "account_id": creative.account.account_id,
                    "period_start": first,
                    "approach": creative.variant.label(week),
                }


def _fates() -> Iterable[Row]:
    for fate in FATES:
        yield {
            "approach": fate.approach,
            "account_id": fate.account_id,
            "fate": fate.fate,
            "period_start": "" if fate.week is None else monday(fate.week).isoformat(),
            "other_approach": fate.other,
        }


def _write(path: Path, columns: tuple[str, ...], rows: Iterable[Mapping[str, str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description="Write the demo data and its truth.")
    parser.add_argument("--out", type=Path, help="folder to write into, instead of this repository")
    out: Path | None = parser.parse_args().out
    if out is None:
        generate(SEEDS, TRUTH)
    else:
        generate(out / "seeds", out / "truth")


if __name__ == "__main__":
    main()
