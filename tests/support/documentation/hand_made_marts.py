"""Marts of a few rows, each written down by hand, with every trap that a documented query must not fall into.

The account that the documentation asks for has three weeks that are over, the last of which is not mature, and one that
still runs. It was billed in two currencies. The report of account late ends earlier.
"""

import re
from datetime import date
from decimal import Decimal
from typing import Any, Final

import duckdb

from tests.support.documentation.marts import MARTS_PAGE
from tests.support.workspace import Workspace

Row = dict[str, Any]

FIRST, MATURE, OVER, RUNNING = (date(2026, 6, day) for day in (1, 8, 15, 22))
SHOP: Final = re.findall(r"cohort_id = '(.+)'", MARTS_PAGE.page.read_text())[0]  # whom the documentation asks for
LATE: Final = "late"
_OVER: Final = {SHOP: OVER, LATE: FIRST}  # the last period that is complete
_MATURE: Final = {SHOP: MATURE, LATE: FIRST}


def _period(cohort: str, start: date, name: str | None, currency: str, spend: str, **other: Any) -> Row:
    """A line of an approach, or one outside of all where there is no name."""
    return {
        "cohort_id": cohort,
        "period_start": start,
        "approach_name": name,
        "approach_id": name,
        "assignment_status": "assigned" if name else "outlier",
        "currency_code": currency,
        "spend": Decimal(spend),
        "is_complete": start <= _OVER[cohort],
        "is_mature": start <= _MATURE[cohort],
        **other,
    }


def _of_metric(cohort: str, start: date, name: str, metric: str, **other: Any) -> Row:
    return {
        "cohort_id": cohort,
        "period_start": start,
        "approach_name": name,
        "metric": metric,
        "currency_code": "USD",
        "is_mature": start <= (_MATURE if metric == "cost_per_conversion" else _OVER)[cohort],
        **other,
    }


def _of_format(start: date, leader: str, currency: str, aspect_ratio: str, ctr: float, **other: Any) -> Row:
    return {
        "image_theme_id": leader,
        "leader_uri": leader,
        "period_start": start,
        "currency_code": currency,
        "aspect_ratio": aspect_ratio,
        "platform": "x",
        "placement": "feed",
        "creatives": 3,
        "spend_share": 0.25,
        "ctr": ctr,
        "ctr_low": ctr / 2,
        "ctr_high": ctr * 2,
        "support": "enough",
        "is_mature": True,
        **other,
    }


def _of_trait(cohort: str, start: date, currency: str, attribute: str, label: str, **other: Any) -> Row:
    return {
        "cohort_id": cohort,
        "period_start": start,
        "currency_code": currency,
        "attribute": attribute,
        "trait_label": label,
        "creatives": 4,
        "spend_share": 0.33333,
        "is_mature": start <= _MATURE[cohort],
        "support": "enough",
        **other,
    }


def _of_pair(currency: str, value: str, other_value: str, **other: Any) -> Row:
    return {
        "cohort_id": SHOP,
        "currency_code": currency,
        "attribute": "hook",
        "value": value,
        "trait_label": value.capitalize(),
        "other_attribute": "offer",
        "other_value": other_value,
        "other_trait_label": other_value.capitalize(),
        "support": "enough",
        **other,
    }


MARTS: Final[dict[str, list[Row]]] = {
    "fct_approach_periods": [
        _period(SHOP, FIRST, "Stories", "USD", "100", creatives=4, cost_per_conversion=10.0, return_on_spend=5.0),
        # 20 conversions worth 350, and 40 worth 405; the third approach converted nobody.
        _period(SHOP, MATURE, "Stories", "USD", "100", creatives=4, cost_per_conversion=5.0, return_on_spend=3.5),
        _period(SHOP, MATURE, "Offers", "USD", "90", creatives=3, cost_per_conversion=2.25, return_on_spend=4.5),
        _period(SHOP, MATURE, "Plain", "USD", "10.5", creatives=1, cost_per_conversion=None, return_on_spend=0.0),
        _period(SHOP, MATURE, "Stories", "EUR", "50", creatives=1, cost_per_conversion=1.0, return_on_spend=10.0),
        _period(SHOP, MATURE, None, "USD", "7.25", creatives=2, cost_per_conversion=0.1, return_on_spend=99.0),
        _period(SHOP, OVER, "Stories", "USD", "80", creatives=4, cost_per_conversion=40.0, return_on_spend=0.5),
        _period(SHOP, RUNNING, "Offers", "USD", "1000", creatives=3, cost_per_conversion=50.0, return_on_spend=0.1),
        _period(LATE, FIRST, "Quotes", "EUR", "30", creatives=2, cost_per_conversion=3.0, return_on_spend=8.0),
        _period(LATE, FIRST, "Quotes", "USD", "5", creatives=2, cost_per_conversion=3.0, return_on_spend=8.0),
        _period(LATE, MATURE, "Quotes", "EUR", "31", creatives=2, cost_per_conversion=3.0, return_on_spend=8.0),
    ],
    "fct_approach_trends": [
        _of_metric(SHOP, MATURE, "Stories", "cost_per_conversion", direction="worse", trend_reason="It rose"),
        _of_metric(SHOP, MATURE, "Offers", "cost_per_conversion", direction="better", trend_reason="It fell"),
        _of_metric(SHOP, MATURE, "Plain", "cost_per_conversion", direction=None, trend_reason="Who knows"),
        _of_metric(SHOP, FIRST, "Offers", "cost_per_conversion", direction="worse", trend_reason="It rose then"),
        _of_metric(SHOP, OVER, "Offers", "cost_per_conversion", direction="worse", trend_reason="Not final"),
        _of_metric(SHOP, MATURE, "Offers", "ctr", direction="worse", trend_reason="It was worse then"),
        _of_metric(SHOP, OVER, "Stories", "ctr", direction="steady", trend_reason="Nothing happened"),
        _of_metric(SHOP, OVER, "Plain", "ctr", direction="worse", trend_reason="It fell"),
        _of_metric(SHOP, OVER, "Plain", "ctr", direction="worse", trend_reason="It fell too", currency_code="EUR"),
        _of_metric(SHOP, RUNNING, "Stories", "ctr", direction="worse", trend_reason="No weekend yet"),
        _of_metric(SHOP, RUNNING, "Offers", "ctr", direction="better", trend_reason="No weekend yet"),
        _of_metric(SHOP, OVER, "Offers", "ctr", direction="better", trend_reason="It rose", currency_code="USD"),
        _of_metric(SHOP, OVER, "Offers", "ctr", direction="better", trend_reason="It rose too", currency_code="EUR"),
        _of_metric(LATE, FIRST, "Quotes", "ctr", direction="worse", trend_reason="It rose, then fell"),
        _of_metric(LATE, MATURE, "Quotes", "ctr", direction="worse", trend_reason="No weekend yet"),
    ],
    "fct_approach_changes": [
        _of_metric(SHOP, OVER, "Plain", "ctr", periods_back=1, is_significant=True, q_value=0.01)
        | {"direction": "worse", "relative_delta": -0.25, "change_reason": "CTR fell"},
        _of_metric(SHOP, OVER, "Stories", "ctr", periods_back=1, is_significant=True, q_value=0.001)
        | {"direction": "better", "relative_delta": 0.33333, "change_reason": "CTR rose"},
        _of_metric(SHOP, OVER, "Plain", "ctr", periods_back=2, is_significant=True, q_value=0.01),
        _of_metric(SHOP, OVER, "Offers", "ctr", periods_back=1, is_significant=False, q_value=0.6),
        _of_metric(SHOP, MATURE, "Offers", "ctr", periods_back=1, is_significant=True, q_value=0.01),
        _of_metric(SHOP, RUNNING, "Offers", "ctr", periods_back=1, is_significant=None, q_value=None),
        _of_metric(SHOP, MATURE, "Offers", "cost_per_conversion", periods_back=1, is_significant=True, q_value=0.02)
        | {"direction": "worse", "relative_delta": 0.5, "change_reason": "Cost per conversion rose"},
        _of_metric(SHOP, OVER, "Offers", "cost_per_conversion", periods_back=1, is_significant=None, q_value=None),
        _of_metric(LATE, FIRST, "Quotes", "ctr", periods_back=1, is_significant=True, q_value=0.04)
        | {"direction": "better", "relative_delta": 0.1, "change_reason": "CTR rose", "currency_code": "EUR"},
    ],
    "fct_approach_fatigue": [
        _period(SHOP, OVER, "Stories", "USD", "0", is_fatigued=True, fatigue_reason="It falls"),
        _period(SHOP, OVER, "Offers", "USD", "0", is_fatigued=False, fatigue_reason="It rises"),
        _period(SHOP, MATURE, "Offers", "USD", "0", is_fatigued=True, fatigue_reason="It fell then"),
        _period(SHOP, RUNNING, "Plain", "USD", "0", is_fatigued=True, fatigue_reason="No weekend yet"),
        _period(LATE, FIRST, "Quotes", "EUR", "0", is_fatigued=True, fatigue_reason="It falls late"),
    ],
    "fct_approach_tags": [
        {"cohort_id": SHOP, "period_start": start, "approach_name": name, "tag": tag, "with_tag_inside": inside}
        | {"odds_ratio_label": label, "q_value": q, "is_discriminating": q < 0.05, "is_descriptive": True}
        for start, name, tag, inside, label, q in (
            (RUNNING, "Stories", "quote", 9, "over 100", 0.001),
            (RUNNING, "Stories", "face", 7, "12", 0.0001),
            (RUNNING, "Offers", "price", 3, "1.2", 0.8),
            (OVER, "Offers", "price", 9, "24", 0.001),
        )
    ]
    + [
        {"cohort_id": LATE, "period_start": MATURE, "approach_name": "Quotes", "tag": "quote", "with_tag_inside": 5}
        | {"odds_ratio_label": "8.1", "q_value": 0.01, "is_discriminating": True, "is_descriptive": False}
    ],
    "fct_trait_periods": [
        _of_trait(SHOP, MATURE, "USD", "hook", "Question", return_on_spend=2.004),
        _of_trait(SHOP, MATURE, "USD", "hook", "Direct command", return_on_spend=3.5),
        _of_trait(SHOP, MATURE, "EUR", "hook", "Question", return_on_spend=9.0),
        _of_trait(SHOP, MATURE, "USD", "offer", "Gift", return_on_spend=99.0, support="enough_for_ctr"),
        _of_trait(SHOP, FIRST, "USD", "offer", "Gift", return_on_spend=98.0),
        _of_trait(SHOP, OVER, "USD", "hook", "Question", return_on_spend=0.1),
        _of_trait(LATE, FIRST, "USD", "hook", "Unclear", return_on_spend=1.0),
    ],
    "fct_trait_pairs": [
        _of_pair(
            "USD", "question", "free_gift", creatives=3, spend_share=0.66666, ctr=0.02, ctr_low=0.0, ctr_high=0.04001
        ),
        _of_pair("USD", "command", "free_gift", creatives=2, spend_share=0.1, ctr=0.03, support="enough_for_ctr"),
        _of_pair("EUR", "command", "bundle", creatives=2, spend_share=1.0, ctr=0.01),
        _of_pair("USD", "question", "bundle", creatives=0, spend_share=0.0, support="never_tried"),
        _of_pair("USD", "command", "bundle", creatives=1, spend_share=0.1, ctr=0.9, support="too_little_data"),
        _of_pair("USD", "unclear", "bundle", creatives=9, spend_share=0.5, ctr=0.9),
        _of_pair("USD", "question", "unread", creatives=9, spend_share=0.5, ctr=0.9),
        _of_pair("USD", "question", "crowd", creatives=9, spend_share=0.5, ctr=0.9, other_attribute="proof"),
    ],
    "fct_attribute_quality": [
        {"attribute": "hook", "is_used": True, "unclear_share": 0.123, "people_contents": 20, "people_agreement": 0.85}
        | {"people_agreement_low": 0.6396, "people_agreement_high": 0.9476, "always_agrees_with": "offer"},
        {"attribute": "voice", "is_used": True, "unclear_share": 0.5, "people_contents": 0},
        {"attribute": "proof", "is_used": True, "unclear_share": 0.0, "people_contents": 2, "people_agreement": 0.5}
        | {"people_agreement_low": 0.0945, "people_agreement_high": 0.9055},
        {"attribute": "hook", "is_used": False, "unclear_share": 0.9, "people_contents": 20, "people_agreement": 0.1},
    ],
    "fct_approach_briefs": [
        {"cohort_id": SHOP, "approach_name": "Stories", "status": "ACTIVE", "ctr_direction": "worse"}
        | {"cost_per_conversion": 5.004, "currency_code": "USD", "cost_per_conversion_direction": "steady"}
        | {"discriminating_tags": "face, quote", "exemplars": "One / Two"},
        {"cohort_id": SHOP, "approach_name": "Gone", "status": "INACTIVE"},
        {"cohort_id": LATE, "approach_name": "Quotes", "status": "NEW"},
    ],
    "fct_approach_events": [
        {"cohort_id": SHOP, "period_start": start, "kind": kind, "from_approach_name": old, "to_approach_name": new}
        | {"shared_creatives": shared}
        for start, kind, old, new, shared in (
            (MATURE, "split", "Stories", "Offers", 2),
            (FIRST, "new", None, "Stories", 0),
            (MATURE, "continued", "Stories", "Stories", 4),
            (FIRST, "inactive", "Gone", None, 0),
            (OVER, "merged", "Gone", "Stories", 3),
        )
    ]
    + [{"cohort_id": LATE, "period_start": FIRST, "kind": "reactivated", "from_approach_name": "Quotes"}],
    "fct_data_quality_issues": [
        {"kind": kind, "level": level, "period_start": start, "account_id": account, "affected": affected, "total": 100}
        for kind, level, start, account, affected in (
            ("contradicting_rows", "warn", MATURE, SHOP, 1),
            ("contradicting_rows", "warn", FIRST, SHOP, 2),
            ("contradicting_rows", "stop", OVER, SHOP, 30),
            ("no_reach", "note", OVER, LATE, 100),
        )
    ],
    "dim_image_themes": [
        {"image_theme_id": "beach", "creatives": 3},
        {"image_theme_id": "gone", "creatives": 5},
        {"image_theme_id": "box", "creatives": 3},
    ],
    "dim_media_thumbnails": [
        {"image_theme_id": "beach", "stands_for_theme": True, "webp": b"Man"},
        {"image_theme_id": "box", "stands_for_theme": False, "webp": b"no"},
        {"image_theme_id": "box", "stands_for_theme": True, "webp": b"Ma"},
        {"image_theme_id": None, "stands_for_theme": False, "webp": b"M"},
    ],
    "fct_approach_image_themes": [
        _period(SHOP, OVER, "Stories", "USD", "0", leader_uri="a.jpg", creatives=2, spend_share=0.25, ctr=0.01),
        _period(SHOP, OVER, "Stories", "USD", "0", leader_uri="b.jpg", creatives=1, spend_share=0.66666, ctr=0.02),
        _period(SHOP, OVER, "Stories", "EUR", "0", leader_uri="b.jpg", creatives=1, spend_share=1.0, ctr=0.5),
        _period(SHOP, MATURE, "Stories", "USD", "0", leader_uri="a.jpg", creatives=9, spend_share=0.9, ctr=0.9),
        _period(SHOP, RUNNING, "Stories", "USD", "0", leader_uri="a.jpg", creatives=1, spend_share=1.0, ctr=0.9),
        _period(LATE, FIRST, "Quotes", "EUR", "0", leader_uri="c.jpg", creatives=1, spend_share=0.1, ctr=0.03),
    ],
    "fct_image_theme_formats": [
        _of_format(MATURE, "a.jpg", "USD", "1:1", 0.01),
        _of_format(MATURE, "a.jpg", "USD", "9:16", 0.02),
        _of_format(MATURE, "a.jpg", "USD", "4:5", 0.5, support="too_little_data"),
        _of_format(MATURE, "a.jpg", "USD", "1:1", 0.03, platform="y"),
        _of_format(MATURE, "a.jpg", "EUR", "1:1", 0.04, placement=None),
        _of_format(FIRST, "a.jpg", "USD", "1:1", 0.9),
        _of_format(OVER, "a.jpg", "USD", "1:1", 0.9, is_mature=False),
        _of_format(FIRST, "b.jpg", "USD", "1:1", 0.05),
    ],
}


def fill(connection: duckdb.DuckDBPyConnection, built: Workspace) -> None:
    """Make the marts in an empty database, with the columns that they have in a warehouse that dbt has built."""
    connection.execute(f"attach '{built.database}' as built (read_only)")
    connection.execute("create schema approaches_marts")
    for mart, rows in MARTS.items():
        name = f"approaches_marts.{mart}"
        connection.execute(f"create table {name} as from built.{name} limit 0")
        for row in _with_known_columns(connection, name, rows):
            columns, marks = ", ".join(row), ", ".join("?" * len(row))
            connection.execute(f"insert into {name} ({columns}) values ({marks})", list(row.values()))
    connection.execute("detach built")


def _with_known_columns(connection: duckdb.DuckDBPyConnection, name: str, rows: list[Row]) -> list[Row]:
    known = {column for (column, *_) in connection.execute(f"describe {name}").fetchall()}
    return [{column: value for column, value in row.items() if column in known} for row in rows]
