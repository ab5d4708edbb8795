"""What BigQuery refuses is refused here: each entry of the catalogue is planted, tested elsewhere, or has a reason."""

import re

import pytest
from zetasql.core.exceptions import ServerError

from tests.support.googlesql.checker import Checker, Script
from tests.support.paths import REPOSITORY
from tests.support.refusals.catalogue import CATALOGUE, PAGE, page
from tests.support.refusals.entry import COLUMNS, CREATIVES, STAGED, ByTest, Entry, Planted, Reasoned

DECISIONS = REPOSITORY / "docs" / "decisions.md"
PLANTED = {entry.name: entry.held for entry in CATALOGUE if isinstance(entry.held, Planted)}
TESTED = {entry.name: entry.held for entry in CATALOGUE if isinstance(entry.held, ByTest)}
REASONED = [entry.name for entry in CATALOGUE if isinstance(entry.held, Reasoned)]


def checker() -> Checker:
    known = Checker()
    for table in (CREATIVES, STAGED):
        known.add_table(table, COLUMNS)
    return known


def check(sql: str) -> Script:
    known = checker()
    try:
        return known.script(sql)
    finally:
        known.close()


def analyzer_takes(sql: str) -> bool:
    known = checker()
    try:
        # The tables of a script that creates some are made known while it is checked.
        known.script(sql)
        return len(list(known.trees(sql))) > 0
    except ServerError:
        return False
    finally:
        known.close()


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_statement_is_refused_by_the_name_of_its_fault(name: str) -> None:
    messages = [problem.message for problem in check(PLANTED[name].statement).problems]
    assert [message for message in messages if PLANTED[name].message in message], messages


@pytest.mark.parametrize("name", PLANTED)
def test_its_right_neighbour_is_taken(name: str) -> None:
    assert check(PLANTED[name].right).problems == ()


@pytest.mark.parametrize("name", PLANTED)
def test_the_catalogue_says_what_the_analyzer_alone_would_take(name: str) -> None:
    assert analyzer_takes(PLANTED[name].statement) is PLANTED[name].only_by_rule


@pytest.mark.parametrize("name", TESTED)
def test_an_entry_that_is_tested_elsewhere_names_a_test_that_exists(name: str) -> None:
    file, _, test = TESTED[name].test.partition("::")
    assert re.search(rf"^ *def {test}\(", (REPOSITORY / "tests" / "integration" / file).read_text(), re.MULTILINE)


def test_each_reason_stands_once_in_the_decisions() -> None:
    _, _, section = DECISIONS.read_text().partition("\n## What of BigQuery's refusals cannot touch us?\n")
    found = re.findall(r"^- \*(.+?)\*: ", section.partition("\n## ")[0], re.MULTILINE)
    assert sorted(found) == sorted(REASONED)


def test_the_catalogue_is_as_long_as_it_has_to_be() -> None:
    assert len(CATALOGUE) == len({entry.name for entry in CATALOGUE})
    assert len(CATALOGUE) >= 36
    assert len(PLANTED) >= 24
    assert sum(plant.only_by_rule for plant in PLANTED.values()) >= 20


@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda entry: entry.name)
def test_an_entry_says_where_it_is_from(entry: Entry) -> None:
    assert entry.says
    assert re.fullmatch(r"https://(cloud\.google\.com/bigquery|github\.com)/\S+", entry.source)


def test_the_page_shows_the_catalogue_of_now() -> None:
    assert PAGE.read_text() == page(), "Renew it: python -m tests.support.refusals.catalogue"
