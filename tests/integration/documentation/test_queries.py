"""What the queries of the documentation answer, on marts that were made by hand, and on the demo's raw rows."""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

import duckdb
import pytest

from creative_approaches.settings import SETTINGS
from tests.support.documentation.hand_made_marts import FIRST, LATE, MATURE, OVER, SHOP, fill
from tests.support.documentation.pages import Block, blocks
from tests.support.paths import SEEDS
from tests.support.workspace import Workspace

CONVERSION_LAG_DAYS: Final = SETTINGS["conversion_lag_days"].default
QUERIES: Final = [block for block in blocks("sql") if block.is_run and "approaches_marts." in block.text]

# What each query finds, by the heading above it. Worked out by hand from the rows of hand_made_marts.
ANSWERS: Final[dict[str, list[tuple[Any, ...]]]] = {
    "Which approach should get the next budget?": [
        ("Offers", MATURE, 3, Decimal(90), 2.25, 4.5),
        ("Stories", MATURE, 4, Decimal(100), 5.0, 3.5),
        ("Plain", MATURE, 1, Decimal("10.5"), None, 0.0),
    ],
    "How far can the traits be trusted?": [
        ("proof", 0.0, 2, 0.5, 0.09, 0.91, None),
        ("hook", 0.12, 20, 0.85, 0.64, 0.95, "offer"),
        ("voice", 0.5, 0, None, None, None, None),
    ],
    "What gets worse, and from where?": [
        (SHOP, "Plain", "ctr", "EUR", "It fell too"),
        (SHOP, "Plain", "ctr", "USD", "It fell"),
        (SHOP, "Stories", "cost_per_conversion", "USD", "It rose"),
        (LATE, "Quotes", "ctr", "USD", "It rose, then fell"),
    ],
    "What changed more than chance explains, and why?": [
        (SHOP, "Stories", "ctr", "USD", "better", 0.333, "CTR rose"),
        (SHOP, "Plain", "ctr", "USD", "worse", -0.25, "CTR fell"),
        (SHOP, "Offers", "cost_per_conversion", "USD", "worse", 0.5, "Cost per conversion rose"),
        (LATE, "Quotes", "ctr", "EUR", "better", 0.1, "CTR rose"),
    ],
    "Which approaches wear out?": [
        (SHOP, "Stories", "USD", "It falls"),
        (LATE, "Quotes", "EUR", "It falls late"),
    ],
    "What sets an approach apart?": [
        (SHOP, "Stories", "face", 7, "12", True),
        (SHOP, "Stories", "quote", 9, "over 100", True),
        (LATE, "Quotes", "quote", 5, "8.1", False),
    ],
    # "Man" and "Ma" in base 64 are the examples of https://en.wikipedia.org/wiki/Base64.
    "Thumbnails": [
        ("gone", 5, None),
        ("beach", 3, "data:image/webp;base64,TWFu"),
        ("box", 3, "data:image/webp;base64,TWE="),
    ],
    "What do creatives do, and what does it bring?": [
        (SHOP, "EUR", "hook", "Question", 4, 0.333, 9.0, None, None),
        (SHOP, "USD", "hook", "Direct command", 4, 0.333, 3.5, None, None),
        (SHOP, "USD", "hook", "Question", 4, 0.333, 2.0, None, None),
        (LATE, "USD", "hook", "Unclear", 4, 0.333, 1.0, None, None),
    ],
    "Which offers go with which openings, and what was never tried?": [
        (SHOP, "EUR", "Command", "Bundle", "enough", 2, 1.0, 0.01, None, None),
        (SHOP, "USD", "Command", "Free_gift", "enough_for_ctr", 2, 0.1, 0.03, None, None),
        (SHOP, "USD", "Question", "Free_gift", "enough", 3, 0.667, 0.02, 0.0, 0.04),
        (SHOP, "USD", "Question", "Bundle", "never_tried", 0, 0.0, None, None, None),
    ],
    "What should the next brief say?": [
        (SHOP, "Stories", "worse", 5.0, "USD", "steady", "face, quote", "One / Two"),
        (LATE, "Quotes", None, None, None, None, None, None),
    ],
    "What happened to an approach, and where did its creatives go?": [
        (SHOP, FIRST, "inactive", "Gone", None, 0),
        (SHOP, MATURE, "split", "Stories", "Offers", 2),
        (SHOP, OVER, "merged", "Gone", "Stories", 3),
        (LATE, FIRST, "reactivated", "Quotes", None, None),
    ],
    "Which picture carries an approach, and how does each do?": [
        (SHOP, "Stories", "EUR", "b.jpg", 1, 1.0, 0.5),
        (SHOP, "Stories", "USD", "b.jpg", 1, 0.667, 0.02),
        (SHOP, "Stories", "USD", "a.jpg", 2, 0.25, 0.01),
        (LATE, "Quotes", "EUR", "c.jpg", 1, 0.1, 0.03),
    ],
    "Does 9:16 of this picture do better?": [
        ("a.jpg", "EUR", "x", None, "1:1", 3, 0.25, 0.04, 0.02, 0.08),
        ("a.jpg", "USD", "x", "feed", "9:16", 3, 0.25, 0.02, 0.01, 0.04),
        ("a.jpg", "USD", "x", "feed", "1:1", 3, 0.25, 0.01, 0.005, 0.02),
        ("a.jpg", "USD", "y", "feed", "1:1", 3, 0.25, 0.03, 0.015, 0.06),
        ("b.jpg", "USD", "x", "feed", "1:1", 3, 0.25, 0.05, 0.025, 0.1),
    ],
    "How much of the spend is in approaches?": [
        (SHOP, "EUR", "assigned", Decimal(50)),
        (SHOP, "USD", "assigned", Decimal("380.5")),
        (SHOP, "USD", "outlier", Decimal("7.25")),
        (LATE, "EUR", "assigned", Decimal(30)),
        (LATE, "USD", "assigned", Decimal(5)),
    ],
    "What is odd in your data": [
        ("no_reach", "note", LATE, OVER, 100, 1.0),
        ("contradicting_rows", "stop", SHOP, OVER, 30, 0.3),
        ("contradicting_rows", "warn", SHOP, FIRST, 3, 0.015),
    ],
    "What the ads say": [
        ("EUR", "assigned", Decimal(80)),
        ("USD", "assigned", Decimal("385.5")),
        ("USD", "outlier", Decimal("7.25")),
    ],
}


@pytest.fixture(scope="module")
def marts(demo: Workspace) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        fill(connection, demo)
        yield connection


def test_every_query_of_a_mart_has_an_answer_that_was_worked_out() -> None:
    assert {block.heading for block in QUERIES} == set(ANSWERS)


@pytest.mark.parametrize("block", QUERIES, ids=str)
def test_a_query_of_the_documentation_answers_what_its_heading_asks(
    marts: duckdb.DuckDBPyConnection, block: Block
) -> None:
    assert marts.execute(block.text).fetchall() == ANSWERS[block.heading]


def test_the_query_that_the_summary_prints_answers_what_it_asks(
    demo: Workspace, marts: duckdb.DuckDBPyConnection
) -> None:
    """Which approaches are getting better, and since when? Each cohort and currency has rows of its own."""
    _, _, printed = demo.approaches("summary").stdout.partition("since when?\n")
    query = printed.replace(f"{demo.database.stem}.", "")
    assert marts.execute(query).fetchall() == [
        ("Offers", SHOP, "ctr", "EUR", OVER, "It rose too"),
        ("Offers", SHOP, "ctr", "USD", OVER, "It rose"),
        ("Offers", SHOP, "cost_per_conversion", "USD", MATURE, "It fell"),
    ]


def test_the_budget_is_that_of_the_raw_rows_of_the_last_mature_week(demo: Workspace) -> None:
    """The marts say which approach a creative is in. Its money and the week are worked out from the raw rows."""
    rows = [row for row in _raw_rows() if row["account_id"].lower().removeprefix("act_") == SHOP.removeprefix("act_")]
    mature = max(date.fromisoformat(row["date_day"]) for row in rows) - timedelta(days=6 + CONVERSION_LAG_DAYS)
    monday = mature - timedelta(days=mature.weekday())
    approach_of = dict(
        demo.query(f"""
            select creative_id, approach_name
            from approaches_marts.fct_approach_members
            join approaches_marts.dim_creatives using (creative_key)
            join approaches_marts.dim_approaches using (approach_id)
            where fct_approach_members.cohort_id = '{SHOP}' and period_start = '{monday}'
        """)
    )
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        is_of_week = monday <= date.fromisoformat(row["date_day"]) < monday + timedelta(days=7)
        if is_of_week and row["currency_code"] == "USD" and row["creative_id"] in approach_of:
            amounts = {name: Decimal(row[name] or 0) for name in ("spend", "conversions", "conversions_value")}
            sums[approach_of[row["creative_id"]]].update(amounts)
    (budget,) = (block for block in QUERIES if "next budget" in block.heading)
    found = demo.query(budget.text)
    assert len(found) > 5
    assert {name: (start, spend) for name, start, _, spend, *_ in found} == {
        name: (monday, of["spend"]) for name, of in sums.items()
    }
    for name, *_, cost, value in found:
        assert cost == pytest.approx(float(sums[name]["spend"] / sums[name]["conversions"]), abs=0.005)
        assert value == pytest.approx(float(sums[name]["conversions_value"] / sums[name]["spend"]), abs=0.005)


def _raw_rows() -> list[dict[str, str]]:
    """The demo's daily metrics. Rows that are equal up to case and blanks were exported twice."""
    with (SEEDS / "creative_daily_metrics.csv").open(newline="") as file:
        header, *lines = csv.reader(file)
    distinct = {tuple(value.strip().upper() for value in line) for line in lines}
    return [dict(zip(header, line, strict=True)) for line in distinct]
