"""What BigQuery refuses and what it limits, as far as the statements that we send can meet it.

As a program it renews the page of the documentation: python -m tests.support.refusals.catalogue
"""

from typing import Final

from tests.support.paths import REPOSITORY
from tests.support.refusals.elsewhere import ELSEWHERE
from tests.support.refusals.entry import ByTest, Entry, Planted
from tests.support.refusals.of_queries import OF_QUERIES
from tests.support.refusals.of_statements import OF_STATEMENTS

PAGE: Final = REPOSITORY / "docs" / "bigquery-refusals.md"
CATALOGUE: Final[tuple[Entry, ...]] = (*OF_QUERIES, *OF_STATEMENTS, *ELSEWHERE)

_HEAD: Final = """\
# What BigQuery refuses

A statement that Google's analyzer takes and that runs on the local server may still be refused by BigQuery. These are
the refusals and limits that our statements can meet. A *planted* one is a statement that the tests find refused, by the
check of the compiled project and by the local server; *by a rule* means that the analyzer alone would take it. Of what
dbt sends, the local server reads the words alone (casts, lengths, transactions), because the check of the compiled
project reads it whole. What no test holds has its reason in
[decisions](decisions.md#what-of-bigquerys-refusals-cannot-touch-us).

Generated from `tests/support/refusals/`: `python -m tests.support.refusals.catalogue`

| refusal | what BigQuery says | held by |
| --- | --- | --- |
"""


def page() -> str:
    """The catalogue for readers."""
    rows = (f"| [{entry.name}]({entry.source}) | {_escaped(entry.says)} | {_held(entry)} |" for entry in CATALOGUE)
    return _HEAD + "\n".join(rows) + "\n"


def _held(entry: Entry) -> str:
    if isinstance(entry.held, Planted):
        by = "planted, by a rule" if entry.held.only_by_rule else "planted"
        return f"{by}; not by the local server: {entry.held.missed_by_server}" if entry.held.missed_by_server else by
    return f"`{entry.held.test}`" if isinstance(entry.held, ByTest) else "a reason"


def _escaped(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*").replace("_", "\\_")


if __name__ == "__main__":
    PAGE.write_text(page())
