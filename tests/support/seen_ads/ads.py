"""The ads: each of six approaches for each of ten products, so that one says nothing about the other.

They were written and drawn for tests; no annotator learned from them. The texts of twelve only name what is sold: how
those persuade is on their pictures alone.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from tests.support.seen_ads.pictures.draw import draw_ad

_ADS: Final = Path(__file__).with_name("ads.csv")


@dataclass(frozen=True)
class SeenAd:
    """An ad. key : approach and product; picture : a PNG file; language : en, de or es."""

    key: str
    headline: str
    description: str
    picture: bytes
    approach: str
    product: str
    language: str


@cache
def ads() -> tuple[SeenAd, ...]:
    """All sixty, by approach and then by product."""
    with _ADS.open(encoding="utf-8", newline="") as rows:
        return tuple(_ad(row) for row in csv.DictReader(rows))


def _ad(row: dict[str, str]) -> SeenAd:
    picture = draw_ad(row["product"], row["layout"], row["painted"].split("|"))
    return SeenAd(
        key=f"{row['approach']}-{row['product']}",
        headline=row["headline"],
        description=row["description"],
        picture=picture,
        approach=row["approach"],
        product=row["product"],
        language=row["language"],
    )
