"""The ads that the offline annotator learns from, and sets that other writers made, which it never sees."""

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from creative_approaches.core.annotating.taxonomy import Taxonomy

FOLDER: Final = Path(__file__).parent
CORPUS: Final = FOLDER / "corpus"
HELD_OUT: Final = FOLDER / "held_out"
TAXONOMY: Final = FOLDER.parents[1] / "seeds" / "creative_traits.csv"
_ABOUT: Final = ("brand", "industry", "product", "language", "headline", "description")


@dataclass(frozen=True)
class Ad:
    """An ad with what its writer says that it does.

    writer : the file that it stands in.  traits : a value by attribute.
    """

    writer: str
    brand: str
    industry: str
    product: str
    language: str
    headline: str
    description: str
    traits: dict[str, str]


def read_corpus(folder: Path = CORPUS) -> list[Ad]:
    """All ads, in the order of their files and lines."""
    return [ad for path in sorted(folder.glob("*.csv")) for ad in _read(path)]


def read_taxonomy() -> Taxonomy:
    """The taxonomy that the ads are labelled by."""
    with TAXONOMY.open(encoding="utf-8", newline="") as file:
        return Taxonomy.of(csv.DictReader(file))


def fingerprint(folder: Path = CORPUS) -> str:
    """Changes with any ad and any label."""
    files = sorted(folder.glob("*.csv"))
    return hashlib.sha256(b"".join(path.name.encode() + path.read_bytes() for path in files)).hexdigest()


def _read(path: Path) -> Iterator[Ad]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            about = {name: row.pop(name) for name in _ABOUT}
            yield Ad(writer=path.stem, **about, traits=row)
