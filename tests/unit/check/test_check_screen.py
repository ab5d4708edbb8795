"""The screen of `approaches check`, from what dbt's operation says."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console

from creative_approaches.check import show, warnings
from creative_approaches.core.raw_check import RawCheck

SCOPE = {
    "metrics": '"warehouse"."creative_daily_metrics"',
    "creatives": '"warehouse"."creatives"',
    "since": None,
    "grain": "creative_day",
    "day_time_zone": None,
}
ACCOUNT: dict[str, Any] = {
    "platform": "facebook_ads",
    "account_id": "10482277",
    "currency_code": "EUR",
    "rows": 1200000,
    "days": 30,
    "first_day": "2026-06-01",
    "last_day": "2026-06-30",
    "spend": "12345678.90",
    "spend_found": "11111111.01",
    "creatives": 2400,
    "with_text": 2399,
    "with_media": 1800,
}
FINDING: dict[str, Any] = {
    "kind": "contradicting_rows",
    "level": "stop",
    "platform": "facebook_ads",
    "account_id": "10482277",
    "currency_code": "EUR",
    "period_start": "2026-06-01",
    "column_name": "gender",
    "affected": 48,
    "total": 96,
    "affected_spend": "240.00",
    "total_spend": "480.00",
    "examples": "2026-06-01 ad_1",
    "setting": "raw_metrics_grain",
}


def said(
    findings: Sequence[Mapping[str, Any]], accounts: Sequence[Mapping[str, Any]] | None = None, **scope: Any
) -> RawCheck:
    stops = [finding for finding in findings if finding["level"] == "stop"]
    return RawCheck.of(
        {
            "findings": findings,
            "accounts": [ACCOUNT] if accounts is None else accounts,
            "stop": "Contradicting rows.\nSettle them." if stops else None,
            "scope": SCOPE | scope,
        }
    )


def screen(check: RawCheck, width: int = 80) -> str:
    output = io.StringIO()
    Console(file=output, width=width).print(show(check))
    return "\n".join(line.rstrip() for line in output.getvalue().splitlines())


def test_an_account_says_what_was_read_of_it() -> None:
    text = screen(said([]))
    words = ("1,200,000", "30", "2026-06-01", "2026-06-30", "12,345,678.90 EUR", "90.0%", "2,400", "2,399", "1,800")
    assert [word for word in words if word not in text] == []
    assert text.splitlines()[-1] == "0 stop, 0 warn, 0 note. Nothing stops a run."


def test_a_finding_says_account_column_rows_spend_examples_and_the_var_that_settles_it() -> None:
    assert """
STOP  contradicting rows (gender)
      facebook_ads 10482277: 48 of 96 rows, 240.00 of 480.00 EUR
      Such as: 2026-06-01 ad_1
      Settle it by: raw_metrics_grain
""" in screen(said([FINDING]))


def test_what_is_not_known_of_a_finding_is_left_out() -> None:
    unknown = dict.fromkeys(("platform", "account_id", "currency_code", "column_name", "affected_spend"))
    text = screen(said([FINDING | unknown | {"total_spend": None, "examples": None, "setting": None}]))
    assert "\nSTOP  contradicting rows\n      all accounts: 48 of 96 rows\n\n" in text


def test_spend_that_cannot_be_read_is_unknown_and_comes_first() -> None:
    known = FINDING | {"kind": "not_a_number", "level": "warn"}
    unknown = known | {"account_id": "9", "affected_spend": None}
    check = said([known, unknown])
    assert "facebook_ads 9: 48 of 96 rows, unknown spend\n      facebook_ads 10482277: 48 of 96" in screen(check)
    assert "not a number: 96 rows, 240.00 EUR, unknown spend in 2 accounts" in warnings(check, "marts.issues")[0]


def test_the_worst_level_comes_first_then_the_kind_with_the_most_rows() -> None:
    found = [
        FINDING | {"kind": kind, "level": level, "affected": rows}
        for kind, level, rows in (
            ("no_reach", "note", 9),
            ("repeated_rows", "warn", 1),
            ("days_in_the_future", "warn", 2),
            ("not_a_day", "stop", 1),
        )
    ]
    text = screen(said(found))
    kinds = ["not a day", "days in the future", "repeated rows", "no reach"]
    assert sorted(kinds, key=text.index) == kinds
    assert "1 stop, 2 warn, 1 note. A run ends here, before it writes anything" in text


def test_of_a_thousand_accounts_the_worst_are_shown_and_the_rest_is_counted() -> None:
    accounts = [ACCOUNT | {"account_id": f"a{number}", "spend": f"{number}.00"} for number in range(1000)]
    found = [FINDING | {"account_id": f"a{number}", "affected_spend": "2.50"} for number in range(500)]
    text = screen(said(found, accounts))
    assert len(text.splitlines()) < 40
    # The half with findings is worse than the other, which has more spend.
    assert "a499 " in text
    assert "a999 " not in text
    assert "and 992 more. All of them: approaches check --json" in text
    assert "and 497 more accounts: 23,856 rows, 1,242.50 EUR" in text


def test_currencies_are_never_added_up() -> None:
    found = [FINDING | {"level": "warn", "currency_code": code} for code in ("USD", "EUR", "EUR")]
    assert warnings(said(found), "marts.issues") == [
        "contradicting rows: 144 rows, 480.00 EUR, 240.00 USD in 1 account. See them: "
        "select * from marts.issues where kind = 'contradicting_rows' and level = 'warn'"
    ]


def test_the_days_that_were_scanned_are_named_where_not_all_were() -> None:
    assert "from 2026-05-27 on, as a run" in screen(said([], since="2026-05-27"))


def test_no_line_is_longer_than_a_terminal() -> None:
    long = {"account_id": "a" * 60, "examples": "x" * 500, "spend": "123456789012345.67"}
    text = screen(said([FINDING | long], [ACCOUNT | long]))
    assert max(map(len, text.splitlines())) <= 80
    assert "123,456,789,012,345.67" in text


def test_what_nobody_sees_is_written_out_and_nothing_is_markup() -> None:
    odd = {"account_id": "[red]1\u200e\x1b[2J", "examples": "12\xa03"}
    text = screen(said([FINDING | odd], [ACCOUNT | odd]), width=200)
    assert text.count("[red]1\\u200e\\x1b[2J") == 2
    assert "12\\xa03" in text
