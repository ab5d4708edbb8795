"""A raw value is a number, an id or a day, of whatever type the column is; or it is a finding with its column."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from creative_approaches.adapters.dbt.project import CHECKED
from tests.support.workspace import Workspace, make_workspace
from tests.support.worlds.dirty_exports import check, creatives_row, metrics_row, write_tables

STAGED = "approaches_staging.stg_raw__creative_daily_metrics"

# By account: the column, the texts in it, and the numbers that they are, if they are.
NUMBERS: dict[str, tuple[str, list[str | None], list[str] | None]] = {
    "plain": ("spend", ["1234.5", " 7 ", "-0.25", "", None, "1.005"], ["1234.5", "7", "-0.25", "0", "0", "1.005"]),
    "whole": ("impressions", ["1234", "1200.0", "0"], ["1234", "1200", "0"]),
    "english": ("spend", ["1,234.50"], None),
    "german": ("spend", ["1.234,56"], None),
    "thousands": ("spend", ["1.234", "17.250.000", "950"], None),
    "thousands of counts": ("impressions", ["1.234"], None),
    "round thousands": ("impressions", ["1.000", "12.000", "950"], None),
    "thousands of clicks": ("clicks", ["1.000", "12.000"], None),
    "thousands of people": ("reach", ["1.000", "12.000"], None),
    "decimals of counts": ("impressions", ["12.000", "1200.000", "0.000"], ["12", "1200", "0"]),
    "ambiguous": ("spend", ["1.234", "2.500", "950"], None),
    "decimals": ("spend", ["1.234", "2.5"], ["1.234", "2.5"]),
    "apostrophe": ("spend", ["1'234.50"], None),
    "currency": ("spend", ["5 EUR", "€ 1250.5"], None),
    "another currency": ("spend", ["5 USD"], None),
    "one comma": ("spend", ["1,234"], None),
    "one comma, proven": ("spend", ["1,234", "2,500.75"], None),
    "one comma of a count": ("impressions", ["1,234"], None),
    "one point and its currency": ("spend", ["1.234 €"], None),
    "thousands and millions": ("spend", ["1.5K", "2.5M", "3 B"], None),
    "two ways": ("spend", ["1,234.50", "1.234,50"], None),
    "percent": ("clicks", ["12%"], None),
    "exponent": ("spend", ["1e3"], None),
    "underscore": ("spend", ["1_000"], None),
    "words": ("conversions", ["n/a"], None),
    "not a number": ("spend", ["NaN"], None),
    "infinite": ("spend", ["inf"], None),
    "large": ("spend", ["1" + "0" * 29], None),
    "fraction": ("clicks", ["1.5"], None),
}
DAYS: dict[str, tuple[str | None, str | None, str | None]] = {
    "day": ("2026-01-05", "2026-01-05", None),
    "moment without a zone": ("2026-01-05T23:30:00", "2026-01-05", None),
    "moment with a zone": ("2026-01-05T23:30:00Z", "2026-01-05", "days_with_a_zone"),
    "moment of the day before in UTC": ("2026-01-05T00:30:00+02:00", "2026-01-04", "days_with_a_zone"),
    "american": ("01/05/2026", None, "not_a_day"),
    "impossible": ("2026-02-30", None, "not_a_day"),
    "number": ("20260105", None, "not_a_day"),
    "empty": ("", None, "not_a_day"),
}
# By creative: its updated_at, the point of time in UTC that it is, and whether it is found that it is none.
UPDATES: dict[str, tuple[str | None, str | None, bool]] = {
    "day": ("2026-06-22", "2026-06-22 00:00:00", False),
    "without a zone": (" 2026-06-22T00:30:00 ", "2026-06-22 00:30:00", False),
    "east": ("2026-06-22T00:30:00+02:00", "2026-06-21 22:30:00", False),
    "west": ("2026-06-21 22:30:00.5-0700", "2026-06-22 05:30:00.5", False),
    "UTC": ("2026-06-22T00:30:00Z", "2026-06-22 00:30:00", False),
    "empty": ("", None, False),
    "missing": (None, None, False),
    "german": ("22.06.2026", None, True),
    "word": ("yesterday", None, True),
    "impossible": ("2026-02-30", None, True),
}


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Every column is text, as in a table that was loaded from csv."""
    workspace = make_workspace(tmp_path_factory.mktemp("texts") / "a project")
    workspace.set_vars(demo_data=False, raw_schema="warehouse")
    metrics = [
        # Each in a period of its own, as the one way to write numbers has to be that of them all.
        metrics_row(account, str(number), **{"date_day": f"2026-0{number + 1}-05", column: value})
        for account, (column, values, _) in NUMBERS.items()
        for number, value in enumerate(values)
    ]
    metrics += [metrics_row(account, date_day=day) for account, (day, _, _) in DAYS.items()]
    creatives = [creatives_row(account, str(number)) for account in (*NUMBERS, *DAYS) for number in range(7)]
    creatives += [creatives_row("updates", name, updated_at=update) for name, (update, _, _) in UPDATES.items()]
    write_tables(workspace, metrics, creatives, {})
    return workspace


@pytest.fixture(scope="module")
def checked(texts: Workspace) -> dict[str, Any]:
    return check(texts)


@pytest.fixture(scope="module")
def found(checked: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {finding["account_id"]: finding for finding in checked["findings"] if finding["level"] == "stop"}


@pytest.mark.parametrize("account", NUMBERS)
def test_text_is_a_number_by_one_grammar_or_a_finding_that_names_its_column(
    found: dict[str, dict[str, Any]], account: str
) -> None:
    column, values, numbers = NUMBERS[account]
    if numbers is not None:
        assert account not in found
    else:
        assert (found[account]["kind"], found[account]["column_name"]) == ("not_a_number", column)
        assert values[0] in found[account]["examples"]
        assert found[account]["setting"].startswith("raw_metrics_table: a view with ")


@pytest.mark.parametrize(
    ("account", "number"),
    [
        ("english", "1234.5"),
        ("german", "1234.56"),
        ("thousands", "1234"),
        ("round thousands", "1000"),
        ("apostrophe", "1234.5"),
        ("currency", "5"),
        ("another currency", None),
        ("one comma", None),
        ("one comma, proven", "1234"),
        ("one comma of a count", "1234"),
        ("thousands of counts", "1234"),
        ("ambiguous", None),
        ("one point and its currency", None),
        ("thousands and millions", None),
        ("two ways", None),
        ("percent", None),
        ("exponent", None),
        ("words", None),
        ("large", None),
        ("fraction", None),
    ],
)
def test_the_cast_that_a_number_needs_is_written_out_where_one_is_sure_to_work(
    texts: Workspace, found: dict[str, dict[str, Any]], account: str, number: str | None
) -> None:
    column, values, _ = NUMBERS[account]
    cast = found[account]["setting"].removeprefix("raw_metrics_table: a view with ")
    if number is None:
        assert cast == f"plain numbers in {column}"
    else:
        of_another_account = "-2500.75"
        written = {str(values[0]): number, of_another_account: of_another_account}
        for text, is_number in written.items():
            assert texts.query(f"select {cast} from (select '{text.replace(chr(39), 2 * chr(39))}' as {column})") == [
                (Decimal(is_number),)
            ]


def test_spend_that_cannot_be_read_is_unknown_and_named_first(
    checked: dict[str, Any], found: dict[str, dict[str, Any]]
) -> None:
    unreadable = {account for account, (column, _, numbers) in NUMBERS.items() if column == "spend" and not numbers}
    assert {account for account, finding in found.items() if finding["affected_spend"] is None} == unreadable
    assert Decimal(found["fraction"]["affected_spend"]) == 10
    assert checked["findings"][0]["account_id"] in unreadable
    assert "rows of unknown spend. Examples: " in checked["stop"]


@pytest.mark.parametrize("account", DAYS)
def test_text_is_a_day_or_a_finding(found: dict[str, dict[str, Any]], account: str) -> None:
    value, _, kind = DAYS[account]
    assert (found[account]["kind"] if account in found else None) == kind
    if kind:
        assert found[account]["examples"] == value


@pytest.fixture(scope="module")
def staged(texts: Workspace) -> Workspace:
    accepted = {"not_a_number": "all", "not_a_day": "all"}
    finished = texts.dbt(
        *("run", "--select", "stg_raw__creative_daily_metrics", "stg_raw__creatives"),
        accepted_findings=accepted,
        day_time_zone="Asia/Tokyo",
    )
    assert finished.returncode == 0, finished.stdout
    return texts


def test_what_is_a_number_and_a_day_is_staged_as_it_is(staged: Workspace) -> None:
    for account, (column, _, numbers) in NUMBERS.items():
        if numbers:
            rows = staged.query(f"select {column} from {STAGED} where account_id = '{account}' order by creative_id")
            assert [value for (value,) in rows] == [Decimal(number) for number in numbers]
    days = dict(staged.query(f"select account_id, date_day::varchar from {STAGED} where creative_id = '1'"))
    assert days["day"] == days["moment without a zone"] == "2026-01-05"
    assert days["moment with a zone"] == "2026-01-06", "half past eleven in London is the next morning in Tokyo"


def test_an_update_is_the_point_of_time_that_its_text_says(staged: Workspace) -> None:
    rows = staged.query(
        "select creative_id, updated_at::varchar from approaches_staging.stg_raw__creatives "
        "where account_id = 'updates'"
    )
    assert dict(rows) == {name: moment for name, (_, moment, _) in UPDATES.items()}


def test_updates_of_no_day_are_found(checked: dict[str, Any]) -> None:
    found = [finding for finding in checked["findings"] if finding["account_id"] == "updates"]
    assert [(f["kind"], f["level"], f["column_name"], f["affected"]) for f in found] == [
        ("not_a_day", "warn", "creatives.updated_at", sum(is_found for _, _, is_found in UPDATES.values()))
    ]


def test_what_is_accepted_is_staged_as_its_documentation_says(texts: Workspace) -> None:
    texts.execute("""
        create or replace table warehouse.micros as
        select * exclude (spend)
            replace (case account_id when 'day' then 'meta' when 'whole' then null else platform end as platform),
            spend as cost_micros
        from warehouse.creative_daily_metrics
    """)
    kinds = (
        *("not_a_number", "not_a_day", "days_with_a_zone", "unknown_platforms", "spend_in_micros"),
        "unattributed_spend",  # of the other platforms
    )
    finished = texts.dbt(
        *("run", "--select", "stg_raw__creative_daily_metrics"),
        raw_metrics_table="micros",
        raw_metrics_columns={"spend": "cost_micros"},
        accepted_findings=dict.fromkeys(kinds, "all"),
    )
    assert finished.returncode == 0, finished.stdout

    def staged(column: str, account: str) -> list[Any]:
        found = texts.query(f"select {column} from {STAGED} where account_id = '{account}' order by creative_id")
        return [value for (value,) in found]

    assert staged("spend", "plain") == [Decimal(number) for number in NUMBERS["plain"][2] or []], "micros as they are"
    assert staged("spend", "thousands") == [Decimal("1.234"), 0, 950], "a decimal, and none"
    assert staged("spend", "english") == staged("spend", "infinite") == [0]
    assert staged("impressions", "round thousands") == [1, 12, 950]
    assert staged("impressions", "thousands of counts") == [0], "a fraction of a count is none"
    for account in ("moment with a zone", "moment of the day before in UTC"):
        assert staged("date_day::varchar", account) == [DAYS[account][1]], "without a zone, the day is that of UTC"
    assert staged("platform", "day") == ["meta"]
    assert set(staged("platform", "whole")) == {"unknown"}


NATIVE = {
    "creative_id": "decimal(38, 9)",
    "account_id": "double",
    "impressions": "uhugeint",
    "clicks": "double",
    "spend": "double",
    "reach": "hugeint",
    "date_day": "timestamp with time zone",
    "conversions": "decimal(38, 0)",
    "updated_at": "timestamp with time zone",
}


EDITS = {"1": "2026-01-05 23:30:00+00", "2": "2026-01-06 00:30:00+00", "3": "infinity", "4": "-infinity"}


@pytest.fixture(scope="module")
def native(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Columns of types that a warehouse has by accident. Midnight in Berlin is a day earlier in UTC."""
    workspace = make_workspace(tmp_path_factory.mktemp("native") / "a project")
    workspace.set_vars(demo_data=False, raw_schema="warehouse")
    midnight = {"date_day": "2026-01-05 00:00:00+01:00"}
    metrics = [
        metrics_row("1", "98", **midnight, spend=0.1),
        metrics_row("2", "98", **midnight, impressions=2**63),
        metrics_row("3", "98", **midnight, impressions=2**63 - 1),
        metrics_row("4", "98", **midnight, spend=1e29),
        metrics_row("5", "98", **midnight, spend="nan"),
        metrics_row("6", "98", **midnight, spend="infinity"),
        metrics_row("7", "98", **midnight, clicks=1.5),
        metrics_row("8", "98", **midnight, conversions=10**30),
        metrics_row("9", "98", **midnight, reach=-(2**70)),
        metrics_row(str(2**53), "98", **midnight),
        metrics_row("nan", "98", **midnight),
    ]
    creatives = [creatives_row(str(account), "98") for account in range(1, 10)]
    creatives += [creatives_row("1", name, updated_at=moment) for name, moment in EDITS.items()]
    write_tables(
        workspace, metrics, creatives, {name: type_ for name, type_ in NATIVE.items() if name != "creative_id"}
    )
    workspace.execute("alter table warehouse.creative_daily_metrics alter creative_id type decimal(38, 9)")
    return workspace


def test_numbers_that_no_column_can_hold_are_found_by_column_and_value(native: Workspace) -> None:
    findings = check(native, day_time_zone="Europe/Berlin")["findings"]
    stops = {(f["account_id"], f["kind"], f["column_name"]): f["affected"] for f in findings if f["level"] == "stop"}
    assert stops == {
        ("2", "not_a_number", "impressions"): 1,
        ("3", "not_a_number", "impressions"): 1,
        ("4", "not_a_number", "spend"): 1,
        ("5", "not_a_number", "spend"): 1,
        ("6", "not_a_number", "spend"): 1,
        ("7", "not_a_number", "clicks"): 1,
        ("8", "not_a_number", "conversions"): 1,
        ("9", "not_a_number", "reach"): 1,
        (None, "ids_that_lost_digits", "account_id"): 1,  # nan is null
        (None, "unattributed_spend", "creative_id"): 2,
    }


def test_ids_of_different_types_meet(native: Workspace) -> None:
    accounts = {row["account_id"]: row for row in check(native, day_time_zone="Europe/Berlin")["accounts"]}
    assert accounts["1"]["spend_found"] == accounts["1"]["spend"] == "0.100000000"


def test_what_32_bits_hold_is_read_as_it_was_written_and_the_rest_is_told(native: Workspace) -> None:
    """Seven digits, and whole numbers below 2^24."""
    native.execute("""
        create or replace table warehouse.in_32_bits as
        select date '2026-01-05' as date_day, 'facebook_ads' as platform, 1::bigint as account_id,
            campaign_id::float as campaign_id, 98 as creative_id, currency_code, impressions::float as impressions,
            1 as clicks, spend::float as spend, 0 as conversions, 0 as conversions_value, null::bigint as reach
        from (values
            ('AAA', 1, 1000, 0.1), ('BBB', 1, 1000, 12.34), ('CCC', 1, 1000, 131071.99), ('DDD', 1, 1000, 131072.01),
            ('EEE', 1, 16777215, 1), ('FFF', 1, 16777217, 1), ('GGG', 16777215, 1000, 1), ('HHH', 16777217, 1000, 1)
        ) as t (currency_code, campaign_id, impressions, spend)
    """)
    said = check(native, raw_metrics_table="in_32_bits")
    exact = {row["currency_code"]: row["spend"] for row in said["accounts"] if row["currency_code"] < "D"}
    assert exact == {"AAA": "0.100000000", "BBB": "12.340000000", "CCC": "131071.990000000"}
    lost = {
        (f["currency_code"], f["kind"], f["level"], f["column_name"]) for f in said["findings"] if "lost" in f["kind"]
    }
    assert lost == {
        ("DDD", "numbers_that_lost_digits", "warn", "spend"),
        ("FFF", "numbers_that_lost_digits", "warn", "impressions"),
        ("HHH", "ids_that_lost_digits", "stop", "campaign_id"),
    }


def test_a_day_with_a_zone_needs_a_var_that_says_whose_day_it_is(native: Workspace) -> None:
    without = check(native)
    assert {f["kind"] for f in without["findings"] if f["account_id"] == "1"} == {"days_with_a_zone"}
    berlin = {row["account_id"]: row for row in check(native, day_time_zone="Europe/Berlin")["accounts"]}
    assert berlin["1"]["first_day"] == berlin["1"]["last_day"] == "2026-01-05"


@pytest.mark.parametrize(
    ("zone", "days"),
    [
        (None, ["2026-01-05", "2026-01-06", None, None]),
        ("Europe/Berlin", ["2026-01-06", "2026-01-06", None, None]),
    ],
)
def test_an_edit_is_of_the_day_that_it_was_in_the_zone_whose_days_count(
    native: Workspace, zone: str | None, days: list[str | None]
) -> None:
    checked = replace(native, environment={CHECKED: "true"})
    finished = checked.dbt("run", "--select", "stg_raw__creatives", day_time_zone=zone)
    assert finished.returncode == 0, finished.stdout
    assert native.query(
        "select updated_on::varchar from approaches_staging.stg_raw__creatives "
        "where creative_id != '98' order by creative_id"
    ) == [(day,) for day in days]


def test_a_zone_that_is_none_is_refused_by_name(native: Workspace) -> None:
    finished = native.dbt("run", "--select", "stg_raw__creatives", day_time_zone="Europe/Belin")
    assert finished.returncode != 0
    assert "day_time_zone is 'Europe/Belin', which is no time zone. Did you mean 'Europe/Berlin'?" in finished.stdout


@pytest.mark.parametrize(
    ("accepted", "words"),
    [
        ({"not_a_numbr": "all"}, ["not_a_numbr", "Did you mean 'not_a_number'?"]),
        ({"repeated_rows": "all"}, ["repeated_rows", "no finding that stops a run"]),
        ({"not_a_day": "some"}, ["'some' for not_a_day", "all, or a list of account ids"]),
    ],
)
def test_what_cannot_be_accepted_is_refused(native: Workspace, accepted: dict[str, Any], words: list[str]) -> None:
    finished = native.dbt("run", "--select", "stg_raw__creatives", accepted_findings=accepted)
    assert finished.returncode != 0
    assert [word for word in words if word not in finished.stdout] == []


def test_money_in_millionths_is_divided_exactly_and_is_told_where_it_is_not(native: Workspace) -> None:
    native.execute(
        "create or replace table warehouse.in_micros as select * replace (1 as account_id) , "
        "1234567::bigint as cost_micros from warehouse.creative_daily_metrics where account_id = 1"
    )
    own = {"raw_metrics_table": "in_micros", "day_time_zone": "Europe/Berlin"}
    plain = check(native, **own, raw_metrics_columns={"spend": "cost_micros"})
    assert {f["kind"] for f in plain["findings"]} == {"spend_in_micros", "implausible_costs"}
    divided = check(native, **own, raw_metrics_columns={"spend": {"micros": "cost_micros"}})
    assert divided["findings"] == []
    assert divided["accounts"][0]["spend"] == "1.234567000"
    twice = check(native, **own, raw_metrics_columns={"spend": {"micros": "spend"}})
    assert {(f["kind"], f["column_name"]) for f in twice["findings"]} == {("implausible_costs", "spend")}
