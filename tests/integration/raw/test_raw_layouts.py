"""Ad reports and tables of other shapes, read by vars alone."""

import ast
import json
import re
from collections.abc import Callable
from decimal import Decimal
from itertools import combinations
from pathlib import Path
from typing import Any

import duckdb
import pytest

from creative_approaches.settings import SETTINGS
from tests.support.ad_report_tables import (
    AD_REPORTING,
    AD_REPORTS,
    CONNECTOR_TABLES,
    FACEBOOK_ADS,
    MICROSOFT_ADS,
    AdReport,
)
from tests.support.googlesql.checker import Checker, Column, type_name
from tests.support.paths import REPOSITORY
from tests.support.raw_tables import load_raw
from tests.support.workspace import Workspace, make_workspace

OPTIONAL = {"product"}
STAGED = "approaches_staging.stg_raw__creative_daily_metrics"
TEXT_COLUMNS = {
    "creative_id": "ad_id",
    "campaign_id": None,
    "creative_name": None,
    "description": "Ad Text",
    "tags": None,
    "format": {"value": "video"},
    "placement": None,
    "image_uri": None,
    "video_uri": None,
    "created_at": None,
    "updated_at": None,
}


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A project that reads schema `warehouse`, with a creatives table without rows."""
    workspace = make_workspace(tmp_path_factory.mktemp("layouts") / "a project")
    load_raw(workspace, [], [])
    workspace.set_vars(min_attributed_spend_share=0)
    return workspace


def write_report(workspace: Workspace, report: AdReport) -> str:
    """The report as a table of schema `warehouse`; the value that finds it."""
    with duckdb.connect(str(workspace.database)) as connection:
        report.create(connection, f"warehouse.{report.table}")
    return report.table


@pytest.mark.parametrize("report", AD_REPORTS, ids=lambda report: report.layout)
def test_an_ad_report_is_staged_once_per_ad_and_day_and_reconciles_exactly(empty: Workspace, report: AdReport) -> None:
    table = write_report(empty, report)
    finished = empty.dbt(
        *("build", "--select", "+int_activity__by_period", "int_raw__findings", "--indirect-selection", "cautious"),
        raw_metrics_table=table,
        raw_metrics_layout=report.layout,
    )
    assert finished.returncode == 0, finished.stdout
    assert "PASS assert_spend_is_the_same_in_source_staging_and_activity" in finished.stdout
    metrics = ("spend", "clicks", "impressions", "conversions", "conversions_value")
    (staged,) = empty.query(
        f"select count(*), count(reach), {', '.join(f'sum({name})' for name in metrics)} from {STAGED}"
    )
    own_names = {"conversions": "conversion", "conversions_value": "total_conversion_value"}
    columns = [name if name in report.columns else own_names[name] for name in metrics]
    sums = [f"sum(cast({column} as decimal(38, 9)))" for column in columns]
    (reported,) = empty.query(
        f"select count(distinct ({', '.join(report.grain)})), 0, {', '.join(sums)} from warehouse.{table}"
    )
    assert staged == reported
    assert staged[0] < len(report.rows), "no row of the report is split"
    (activity,) = empty.query("select sum(spend) from approaches_intermediate.int_activity__by_period")
    assert activity == (staged[2],)


BIGQUERY_TYPES = {
    "dbt.type_string()": "string",
    "dbt.type_bigint()": "int64",
    "dbt.type_timestamp()": "timestamp",
    "type_money()": "numeric",
}


def macro_value(name: str, end: str) -> Any:
    """The mapping that a macro returns on BigQuery."""
    returned = re.search(rf"return\((\{{.+\}}){end}\)", (REPOSITORY / f"macros/raw/{name}.sql").read_text(), re.DOTALL)
    assert returned
    typed = re.sub(r"(?:\w+\.)?type_\w+\(\)", lambda call: repr(BIGQUERY_TYPES[call[0]]), returned[1])
    return ast.literal_eval(re.sub(r"\bnone\b", "None", typed))


def test_every_layout_is_one_of_these_tables_and_in_the_guide() -> None:
    layouts = macro_value("raw_layouts", "")
    assert tuple(layouts) == SETTINGS["raw_metrics_layout"].rule.options
    assert list(layouts.pop("contract")) == []
    assert list(layouts) == [report.layout for report in AD_REPORTS]
    guide = (REPOSITORY / "docs/bring-your-own-data.md").read_text()
    assert [(r.layout, r.table) for r in AD_REPORTS] == re.findall(
        r"^\| `(\w+)` \| `(\w+__\w+)` \|", guide, re.MULTILINE
    )


@pytest.mark.parametrize("report", AD_REPORTS, ids=lambda report: report.layout)
def test_a_layout_and_the_contract_name_columns_that_the_report_has(report: AdReport) -> None:
    contract = macro_value("raw_contract", r"\[name\]")["creative_daily_metrics"]
    layout = macro_value("raw_layouts", "")[report.layout]
    assert set(layout) <= set(contract)
    named = {column: layout.get(column, column) for column in contract}
    assert {name for name in named.values() if isinstance(name, str)} <= set(report.columns)


def test_the_views_of_the_guide_give_bigquery_the_columns_of_the_contract() -> None:
    checker = Checker()
    for relation, columns in CONNECTOR_TABLES.items():
        checker.add_table(relation, [Column(*column) for column in columns.items()])
    guide = (REPOSITORY / "docs/bring-your-own-data.md").read_text()
    views = re.findall(r"^create or replace view \S+ as\n(.+?);$", guide, re.MULTILINE | re.DOTALL)
    assert len(views) == 3
    contract = macro_value("raw_contract", r"\[name\]")["creatives"]
    for view in views:
        found = checker.query(view)
        assert found.problems == ()
        assert [(c.name, c.type) for c in found.columns] == [
            (name, type_name(type_)) for name, type_ in contract.items() if name not in OPTIONAL
        ]


def test_the_product_is_read_where_a_table_has_it_and_missed_by_nobody(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path / "a project")
    load_raw(workspace, [{"creative_id": "1", "headline": "Boots for rain"}], [])
    staged = "select product from approaches_staging.stg_raw__creatives"
    build = ("run", "--select", "stg_raw__creatives")
    assert workspace.dbt(*build).returncode == 0
    assert workspace.query(staged) == [(None,)]
    workspace.execute(
        "alter table warehouse.creatives add column Product varchar; update warehouse.creatives set product = ' boots '"
    )
    assert workspace.dbt(*build).returncode == 0
    assert workspace.query(staged) == [("boots",)]
    workspace.set_vars(raw_creatives_columns={"product": "headline"})
    assert workspace.dbt(*build).returncode == 0
    assert workspace.query(staged) == [("Boots for rain",)]


@pytest.mark.parametrize("report", AD_REPORTS, ids=lambda report: report.layout)
def test_the_rows_above_hold_two_facts_that_look_equal(report: AdReport) -> None:
    read = [{column: value for column, value in row.items() if column != report.unread} for row in report.rows]
    pairs = [(a, b) for a, b in combinations(range(len(read)), 2) if read[a] == read[b]]
    assert pairs
    assert all(report.rows[a] != report.rows[b] for a, b in pairs)


def test_the_same_rows_under_the_contract_contradict_each_other(empty: Workspace, refused: Callable[..., str]) -> None:
    table = write_report(empty, MICROSOFT_ADS)
    own: dict[str, Any] = {
        "raw_metrics_table": table,
        "raw_metrics_columns": {"platform": {"value": "microsoft_ads"}, "creative_id": "ad_id", "reach": None},
    }
    message = refused(**own)
    assert "contradicting_rows" in message
    assert "raw_metrics_grain: finer" in message
    accepted = {**own, "accepted_findings": {"contradicting_rows": "all"}}
    finished = empty.dbt("run", "--select", "stg_raw__creative_daily_metrics", **accepted)
    assert finished.returncode == 0, finished.stdout
    staged = empty.query(f"select creative_id, spend from {STAGED} order by 1")
    assert staged == [("3", Decimal("10.1")), ("4", Decimal("0.2"))]


def test_what_a_report_does_not_say_can_be_said_by_vars(empty: Workspace) -> None:
    table = write_report(empty, FACEBOOK_ADS)
    empty.execute(f"alter table warehouse.{table} add column people bigint default 7")
    finished = empty.dbt(
        *("run", "--select", "stg_raw__creative_daily_metrics"),
        raw_metrics_table=table,
        raw_metrics_layout="facebook_ads",
        raw_metrics_columns={"conversions": None, "reach": "people", "platform": {"value": "Meta"}},
        raw_currency="eur",
        platforms=["meta"],
    )
    assert finished.returncode == 0, finished.stdout
    # Two rows for each of the three ads, so that the reach of a day is twice that of a row.
    staged = empty.query(f"select distinct platform, currency_code, conversions, reach from {STAGED}")
    assert staged == [("meta", "EUR", 0, 14)]


def test_days_before_a_date_are_not_read(empty: Workspace) -> None:
    table = write_report(empty, AD_REPORTING)
    empty.execute(
        f"create or replace view warehouse.by_moment as "
        f"select * replace (cast(date_day as timestamp) + interval 5 hour as date_day) from warehouse.{table}"
    )
    for relation in (table, "by_moment"):
        finished = empty.dbt(
            *("show", "--quiet", "--output", "json", "--inline"),
            "select date_day, spend "
            "from ({{ raw_metrics(raw_types('creative_daily_metrics'), \"date '2026-01-06'\") }}) as kept "
            "where spend > 0",
            raw_metrics_table=relation,
            raw_metrics_layout="ad_reporting",
        )
        assert finished.returncode == 0, finished.stdout
        (row,) = json.loads(finished.stdout)["show"]
        assert (row["date_day"][:10], row["spend"]) == ("2026-01-12", 0.2)


def test_a_whole_run_on_an_ad_report_and_ad_texts_in_another_database(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path / "a project")
    lake = tmp_path / "lake.duckdb"
    profile = workspace.directory / "profiles.yml"
    profile.write_text(profile.read_text().replace("threads: 4", f"threads: 4\n      attach: [{{path: {lake}}}]"))
    texts = ["Save 20% this weekend", "Why is your skin so dry?", "We started in a garage"]
    with duckdb.connect(str(lake)) as connection:
        connection.execute("create schema ads")
        AD_REPORTING.create(connection, "ads.ad_reporting__ad_report")
        connection.execute(
            "create table ads.ad_texts as select t.ad_id, 'google_ads' as platform, 'a' as account_id, "
            "t.headline, 'Buy now.' as \"Ad Text\" from (values ('1', ?), ('2', ?), ('9', ?)) as t(ad_id, headline)",
            texts,
        )
        (reported,) = connection.execute(
            "select sum(cast(spend as decimal(38, 9))) from ads.ad_reporting__ad_report"
        ).fetchall()
    finished = workspace.approaches(
        "run",
        demo_data=False,
        raw_database="lake",
        raw_schema="ads",
        raw_metrics_table="ad_reporting__ad_report",
        raw_creatives_table="ad_texts",
        raw_metrics_layout="ad_reporting",
        raw_creatives_columns=TEXT_COLUMNS,
        raw_currency="USD",
        tags_format="array",
        accepted_findings={"unattributed_spend": "all"},  # the report has ads of platforms that are not in ad_texts
    )
    assert finished.returncode == 0, finished.stderr
    for mart in ("fct_approach_members", "fct_approach_periods"):
        assert workspace.query(f"select currency_code, sum(spend) from approaches_marts.{mart} group by 1") == [
            ("USD", *reported)
        ]
    creatives = workspace.query(
        "select creative_id, headline, description, format from approaches_marts.dim_creatives "
        "where headline is not null order by 1"
    )
    assert creatives == [(ad, text, "Buy now.", "video") for ad, text in zip("129", texts, strict=True)]


@pytest.fixture
def refused(empty: Workspace) -> Callable[..., str]:
    def message(**variables: Any) -> str:
        finished = empty.dbt("run", "--select", "stg_raw__creative_daily_metrics", **variables)
        assert finished.returncode != 0, finished.stdout
        return finished.stdout

    return message


def test_a_column_that_a_layout_expects_is_missed_by_name(empty: Workspace, refused: Callable[..., str]) -> None:
    table = write_report(empty, FACEBOOK_ADS)
    message = refused(raw_metrics_table=table, raw_metrics_layout="tiktok_ads")
    assert "has no column 'advertiser_id' for account_id, as layout tiktok_ads expects" in message
    assert "Say in var raw_metrics_columns which of its columns is account_id, or null if none is" in message


def test_a_column_that_a_var_names_is_missed_by_name(empty: Workspace, refused: Callable[..., str]) -> None:
    table = write_report(empty, FACEBOOK_ADS)
    message = refused(
        raw_metrics_table=table, raw_metrics_layout="facebook_ads", raw_metrics_columns={"creative_id": "adid"}
    )
    assert "has no column 'adid' (did you mean 'ad_id'?) for creative_id. Say in var raw_metrics_columns" in message


def test_an_ad_report_without_its_layout_is_recognised(empty: Workspace, refused: Callable[..., str]) -> None:
    message = refused(raw_metrics_table=write_report(empty, AD_REPORTING))
    assert "If it is an ad report, choose it with var raw_metrics_layout" in message


def test_ids_that_lost_digits_are_refused_under_their_own_name(empty: Workspace, refused: Callable[..., str]) -> None:
    table = write_report(empty, FACEBOOK_ADS)
    empty.execute(f"alter table warehouse.{table} alter column ad_id type double")
    message = refused(raw_metrics_table=table, raw_metrics_layout="facebook_ads")
    assert "ids_that_lost_digits in ad_id of account 120330000000000001 (facebook_ads)" in message
    assert "Examples: 1.2033e+17" in message


def test_the_platform_of_a_layout_must_be_listed(empty: Workspace, refused: Callable[..., str]) -> None:
    table = write_report(empty, FACEBOOK_ADS)
    message = refused(raw_metrics_table=table, raw_metrics_layout="facebook_ads", platforms=["meta"])
    assert "unknown_platforms in platform of account" in message
    assert f"{len(FACEBOOK_ADS.rows)} rows" in message
    assert "settle it by var platforms" in message


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        (
            {"raw_metrics_columns": {"currency": "c"}},
            ["'currency'", "Did you mean 'currency_code'?", "date_day, platform"],
        ),
        ({"raw_creatives_columns": {"creative_id": None}}, ["raw_creatives_columns has null for creative_id"]),
        ({"raw_metrics_columns": {"platform": {"value": "it's"}}}, ["for platform", "{value: text}", "without quotes"]),
    ],
    ids=["unknown column", "no id", "quote"],
)
def test_a_wrong_mapping_is_named(refused: Callable[..., str], variables: dict[str, Any], words: list[str]) -> None:
    message = refused(**variables)
    assert [word for word in words if word not in message] == [], message
