"""What the benchmark of approaches clusters: ads and other texts, each with the approach that a person gave it."""

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import Final

import numpy as np

from annotator_training.corpus import HELD_OUT, Ad, read_corpus
from tests.integration.raw.test_real_data import DATA

OTHERS: Final = DATA / "ads_by_other_hands"
PATTERNS: Final = DATA / "ecommerce_patterns" / "persuasion.tsv"
PRODUCTS: Final = ("Wireless Headphones", "Running Shoes", "Coffee Machine", "Yoga Mat", "Face Serum", "Garden Chair")
_THIS_ITEM: Final = re.compile(r"\b(?:this|these|the) (?:item|product|style)s?\b", re.IGNORECASE)
_COLUMNS: Final = {
    "writers": attrgetter("writer"),
    "industries": attrgetter("industry"),
    "languages": attrgetter("language"),
}
_LEAST_ADS: Final = 40  # of a language that is clustered by itself


@dataclass(frozen=True)
class Text:
    """A text, the approach that a person gave it, and what it is about: a product, or an industry."""

    headline: str
    description: str
    approach: str
    product: str


@dataclass(frozen=True)
class Cohort:
    """Texts that are clustered together.

    kind : the name that means are taken by.  with_products : whether the product is known to the clustering.
    """

    kind: str
    name: str
    texts: tuple[Text, ...]
    with_products: bool = False


def held_out() -> Iterator[Cohort]:
    """The sets of the annotator's own judges, each whole."""
    for path in sorted(HELD_OUT.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        texts = [Text(row["headline"], row["description"], row["approach"], row["industry"]) for row in rows]
        yield Cohort("held out", path.stem, tuple(texts))


def by_other_hands() -> Iterator[Cohort]:
    """560 ads of two writers: all, by writer, by language. Nothing where they are missing."""
    rows = []
    for path in sorted(OTHERS.glob("writer_*.jsonl")):
        with path.open(encoding="utf-8") as file:
            rows += [{"writer": path.stem, **json.loads(line)} for line in file]
    parts = [("all", rows)]
    for column in ("writer", "language"):
        for value in sorted({row[column] for row in rows}):
            part = [row for row in rows if row[column] == value]
            if len(part) >= _LEAST_ADS:
                parts.append((value, part))
    for name, part in parts if rows else []:
        texts = (Text(row["headline"], row["description"], row["persuasion"], row["industry"]) for row in part)
        yield Cohort("by other hands", name, tuple(texts))


def patterns_by_products() -> Iterator[Cohort]:
    """Texts by which shops press visitors, each of one of six products at random. Nothing where they are missing."""
    if not PATTERNS.exists():
        return
    with PATTERNS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    drawn = np.random.default_rng(0).integers(len(PRODUCTS), size=len(rows))
    texts = [
        _of_product(row["text"], row["category"], PRODUCTS[number]) for row, number in zip(rows, drawn, strict=True)
    ]
    for name, part in (
        ("four kinds", texts),
        ("without misdirection", [text for text in texts if text.approach != "Misdirection"]),
    ):
        for with_products in (False, True):
            kind = "patterns, products given" if with_products else "patterns"
            yield Cohort(kind, name, tuple(part), with_products)


def corpus_cohorts(ads: list[Ad], name: str) -> Iterator[Cohort]:
    """Cohorts of eight persuasion values, fifteen ads each, by many writers for many brands."""
    rng = np.random.default_rng(0)
    values = sorted({ad.traits["persuasion"] for ad in ads})
    for number in range(3):
        chosen = []
        for value in rng.choice(values, 8, replace=False):
            have = [ad for ad in ads if ad.traits["persuasion"] == value]
            chosen += [have[row] for row in sorted(rng.choice(len(have), min(15, len(have)), replace=False))]
        texts = (Text(ad.headline, ad.description, ad.traits["persuasion"], ad.industry) for ad in chosen)
        yield Cohort(f"corpus, other {name}", str(number), tuple(texts))


def folds() -> Iterator[tuple[str, list[Ad], list[Ad]]]:
    """The corpus without a third of its writers, industries and languages, and these."""
    ads = read_corpus()
    for name, column in _COLUMNS.items():
        values = [column(ad) for ad in ads]
        left_out = set(sorted(set(values))[::3])
        learned, judged = ([ad for ad in ads if (column(ad) in left_out) is judges] for judges in (False, True))
        yield name, learned, judged


def _of_product(text: str, approach: str, product: str) -> Text:
    return Text(product, _THIS_ITEM.sub(f"the {product.lower()}", text), approach, product)
