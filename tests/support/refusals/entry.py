"""What an entry of the catalogue of BigQuery's refusals says, and the tables that its statements name."""

from dataclasses import dataclass
from typing import Final

from tests.support.googlesql.checker import Column


@dataclass(frozen=True)
class Planted:
    """A statement that the suite refuses, by the analyzer or by a rule of our own that comes on top of it.

    message : part of what is said of it.  right : a neighbour that is taken.  only_by_rule : the analyzer takes it.
    missed_by_server : why the local server cannot refuse it; empty where it does.
    """

    statement: str
    message: str
    right: str
    only_by_rule: bool = False
    missed_by_server: str = ""


@dataclass(frozen=True)
class ByTest:
    """A test of the repository, as file::name in tests/integration/."""

    test: str


@dataclass(frozen=True)
class Reasoned:
    """It cannot touch us; docs/decisions.md says why, in a line that begins with the name of the entry."""


@dataclass(frozen=True)
class Entry:
    """says : BigQuery's own words, or its limit.  source : where they can be read."""

    name: str
    says: str
    source: str
    held: Planted | ByTest | Reasoned


CREATIVES: Final = "`test`.`ads`.`creatives`"
STAGED: Final = "`test`.`ads`.`staged`"
COLUMNS: Final = (
    Column("id", "STRING"),
    Column("day", "DATE"),
    Column("seen", "TIMESTAMP"),
    Column("clicks", "INT64"),
    Column("spend", "NUMERIC"),
    Column("ctr", "FLOAT64"),
    Column("tags", "ARRAY<STRING>"),
    Column("raw", "JSON"),
    Column("place", "GEOGRAPHY"),
)

DOCS: Final = "https://cloud.google.com/bigquery/docs"
QUOTAS: Final = "https://cloud.google.com/bigquery/quotas"
GITHUB: Final = "https://github.com"
