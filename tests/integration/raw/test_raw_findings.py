"""What is odd in the raw tables is found, told with its cause, and never silently wrong in staging."""

from decimal import Decimal
from typing import Any

import pytest

from tests.support.workspace import Workspace, make_workspace
from tests.support.worlds.dirty_exports import check, creatives_row, metrics_row, write_tables

STAGED = "approaches_staging.stg_raw__creative_daily_metrics"
TYPES = {
    "date_day": "date",
    "impressions": "bigint",
    "clicks": "bigint",
    "spend": "decimal(18, 2)",
    "conversions": "decimal(18, 2)",
    "conversions_value": "decimal(18, 2)",
    "reach": "bigint",
    "hour": "integer",
    "created_at": "timestamp",
    "updated_at": "timestamp",
    "_loaded": "varchar",
}
NEITHER: dict[str, Any] = {"age": None, "gender": None, "hour": None, "ad_group_id": None, "attribution_window": None}

NULL_WORDS = (
    "nan",
    "NaN",
    "None",
    " none\u00a0",
    "NULL",
    "null",
    "<NA>",
    "(null)",
    "(not set)",
    "\\N",
    "#N/A",
    "n/a",
    "--",
)

# By account: its rows, and what they add up to.
FINER = {
    "age": [metrics_row("age", age=age, spend=spend) for age, spend in (("18-24", 5), ("25-34", 7), ("35-44", 8))],
    "gender": [metrics_row("gender", gender=gender, spend=5) for gender in ("female", "male")],
    "hour": [metrics_row("hour", hour=hour, spend=1 + hour) for hour in range(24)],
    "ad_group_id": [metrics_row("ad_group_id", ad_group_id=group) for group in ("a", "b")],
    "placement": [metrics_row("placement", placement=placement) for placement in ("feed", "stories")],
    "attribution_window": [
        metrics_row("attribution_window", attribution_window=window, spend=0, impressions=0, clicks=0, reach=0)
        for window in ("1d_view", "7d_click")
    ],
}
LARGE = {"impressions": 1_000_000, "clicks": 20_000}  # a day of an account that one wrong row does not make implausible
OTHER = [
    *(metrics_row("repeated", spend=5, _loaded=loaded) for loaded in ("1", "2", "3")),
    metrics_row("restated", spend=Decimal("0.01"), impressions=1, clicks=0, conversions=0, conversions_value=0),
    *(metrics_row("restated", spend=100, clicks=100, impressions=impressions) for impressions in (100_000,)),
    *(metrics_row("numbers only", spend=spend) for spend in (5, 7)),
    *(metrics_row("no id", None, spend=spend) for spend in (17, 17)),
    metrics_row("no id", "1", spend=7),
    *(metrics_row("null words", word, spend=number) for number, word in enumerate(NULL_WORDS, 1)),
    *(metrics_row("future", date_day=day, spend=spend) for day, spend in (("2026-01-05", 1), ("2099-01-01", 2))),
    *(
        metrics_row("future", date_day=day, spend=spend)
        for day, spend in (("9999-12-31", 4), ("infinity", 8), ("-infinity", 16), (None, 32), ("1970-01-01", 64))
    ),
    metrics_row("123", "777", spend=3),
    metrics_row("invisible", "\u200e98\u00ad", spend=3),
    metrics_row("invisible", " 99\u00a0", spend=3),
    metrics_row("invisible", "97.000000000", spend=3),
    metrics_row("invisible", "\u200e \u200f96 \u00ad ", spend=3, currency_code="\u200eeur\u00ad"),
    metrics_row("case", "AbC", spend=3),
    metrics_row("zeros", "0042", spend=3),
    metrics_row("prefix", "ad:42", spend=3),
    metrics_row("elsewhere", "only there", spend=3),
    metrics_row("unknown", "9", spend=3),
    metrics_row("little unknown", "9", spend=1),
    metrics_row("little unknown", "1", spend=9),
    metrics_row("digits", "1.2021E+17", spend=3),
    metrics_row("digits", "1", spend=30),
    metrics_row("two ways", "1.2021E+17", spend=3),
    *(metrics_row("two ways", f"12021{number}000000000000", spend=3) for number in (1, 2, 3, 4)),
    metrics_row("spend of a day", spend=None),
    metrics_row("spend of a day", date_day="2026-01-06", spend=None, clicks=0),
    metrics_row("spend of a day", date_day="2026-01-07", spend=None, impressions=0, clicks=0),
    *(metrics_row("spend of a day", date_day=f"2026-01-{day}", spend=spend) for day, spend in ((10, 0), (11, 10))),
    *(metrics_row("spend of all days", date_day=f"2026-01-{day}", spend=None) for day in (10, 11)),
    *(metrics_row("several texts", date_day=f"2026-01-{day}") for day in (10, 20)),
    metrics_row("one text"),
    metrics_row("micros", spend=10_000_000),
    *(metrics_row("many rows", "1", campaign_id=f"c{n}", **LARGE, spend=8000 + n) for n in range(40)),
    metrics_row("many rows", "1", impressions=10_000, spend=80_000_000),
    *(metrics_row("dear click", "1", campaign_id=f"c{n}", **LARGE, spend=8000 + n) for n in range(40)),
    metrics_row("dear click", impressions=1, clicks=1, spend=12),
    metrics_row("dong", spend=2_000_000, currency_code="VND"),
    *(metrics_row("currency", currency_code=code) for code in (None, "nan", "\u200e")),
    *(metrics_row("several", str(id_), spend=id_) for id_ in (11, 12, 13, 14)),
    metrics_row("no text", spend=3),
    metrics_row("no text", "unknown", spend="0.1"),
    *(metrics_row(account) for account in ("described", "tagged")),
    metrics_row("clicks alone", campaign_id="1", impressions=0, clicks=1, spend=3),
    metrics_row("clicks alone", campaign_id="2", impressions=None, clicks=2, spend=4),
    *(metrics_row("clicks above", campaign_id=str(n), impressions=19 + n, spend=2**n) for n in range(3)),
    *(metrics_row("one of 21", campaign_id=str(n), impressions=19 + n, spend=2) for n in range(21)),
    *(
        metrics_row("below zero", "1", campaign_id=column, **{column: -1})
        for column in ("impressions", "clicks", "reach")
    ),
    *(
        metrics_row("a part in euros", str(number), currency_code=code)
        for number, code in enumerate(("EUR", None, "€"))
    ),
    metrics_row("no spend in euros", currency_code="EUR"),
    metrics_row("no spend in euros", currency_code=None, spend=0),
]
# By account, of which some is in the table twice, and what it is told apart by. Where rows add up, it counts twice.
SMALL: dict[str, Any] = {"impressions": 90, "clicks": 2, "conversions": 0, "conversions_value": 0}
NOTHING: dict[str, Any] = dict.fromkeys(("impressions", "clicks", "spend"), 0)
TWICE = {
    "two connections": [
        metrics_row("two connections", ad_group_id=group, spend=spend, source_relation=connection)
        for group, spend in (("g", 5), ("h", 7))
        for connection in ("one", "two")
    ],
    "one day of two connections": [
        metrics_row(
            "one day of two connections", date_day=day, ad_group_id=group, spend=spend, source_relation=connection
        )
        for day, group, spend in (("2026-01-05", "g", 5), ("2026-01-06", "g", 50), ("2026-01-06", "h", 60))
        for connection in ("one", "two")
        if day == "2026-01-05" or connection == "one"
    ],
    "two files": [
        metrics_row("two files", creative_id, spend=spend, source_file=f"{load}.csv", batch=load)
        for creative_id, spend in (("1", 5), (None, 7))
        for load in ("1", "2")
    ],
    "no impressions": [
        metrics_row("no impressions", impressions=None, clicks=None, source_relation=connection)
        for connection in ("one", "two")
    ],
    "little of two files": [
        *(metrics_row("little of two files", date_day="2026-01-06", spend=100, impressions=9000) for _ in range(1)),
        *(metrics_row("little of two files", source_file=file, spend=1, **SMALL) for file in ("1.csv", "2.csv")),
    ],
    "parts equal by chance": [
        *(metrics_row("parts equal by chance", "2", gender=gender, spend=1, **SMALL) for gender in ("f", "m")),
        *(metrics_row("parts equal by chance", gender=gender, spend=spend) for gender, spend in (("f", 5), ("m", 7))),
    ],
    "hours equal by chance": [
        metrics_row("hours equal by chance", hour=hour, spend=spend, **SMALL)
        for hour, spend in enumerate((1, 1, 2, 2, 2, 3, 3))
    ],
    "nothing twice": [metrics_row("nothing twice", source_relation=name, **NOTHING) for name in ("one", "two")],
    "little in two campaigns": [
        metrics_row("little in two campaigns", spend=100, impressions=9000),
        *(metrics_row("little in two campaigns", "2", campaign_id=id_, spend=1, **SMALL) for id_ in ("c", "d")),
    ],
    "spend in two campaigns": [
        metrics_row("spend in two campaigns", campaign_id=id_, impressions=None, clicks=None) for id_ in ("c", "d")
    ],
}
# By account, for versions by a column that is a text.
VERSIONS = {
    "numbers": [metrics_row("numbers", spend=spend, version=version) for spend, version in ((5, "9"), (4, "10"))],
    "moments": [
        metrics_row("moments", spend=spend, version=version)
        for spend, version in ((5, "2026-04-01 23:59:59"), (4, "2026-04-02T06:00:00"))
    ],
    "one load": [
        metrics_row("one load", spend=spend, gender=gender, version="1") for spend, gender in ((5, "f"), (6, "m"))
    ],
    "one load twice": [metrics_row("one load twice", spend=5, version="1") for _ in range(2)],
    "two loads": [
        metrics_row("two loads", spend=spend, gender=gender, version=version)
        for spend, gender, version in ((5, "f", "1"), (6, "m", "1"), (5, "f", "2"), (7, "m", "2"))
    ],
    "numbers only": [metrics_row("numbers only", spend=spend, version="1") for spend in (8, 9)],
    "days": [
        metrics_row("days", spend=spend, version=version) for spend, version in ((5, "31.12.2025"), (4, "01.01.2026"))
    ],
    "no version": [metrics_row("no version", spend=spend, version=version) for spend, version in ((5, None), (4, "1"))],
    "no versions": [metrics_row("no versions", spend=spend) for spend in (5, 4)],
    "no id": [metrics_row("no id", None, spend=spend, version=version) for spend, version in ((17, "1"), (20, "2"))],
}
OF_OTHER_CREATIVES = {"123", "several", "no text", "described", "tagged"}
CREATIVES = [
    *(creatives_row(account) for account in (*FINER, *TWICE)),
    *(creatives_row(account, "2") for account in ("parts equal by chance", "little in two campaigns")),
    *(creatives_row(account) for account in {str(row["account_id"]) for row in OTHER} - OF_OTHER_CREATIVES),
    *(creatives_row("several", str(id_)) for id_ in (24, 23, 22, 21)),
    creatives_row("no text", headline=" "),
    creatives_row("described", headline=None, description="All about us"),
    creatives_row("tagged", headline=None, tags="video, sale"),
    creatives_row("act_123", "777"),
    *(creatives_row("invisible", id_) for id_ in ("98", "99", "97", "96")),
    *(creatives_row("a part in euros", str(number)) for number in range(3)),
    *(creatives_row("two ways", f"12021{number}000000000000") for number in (1, 2, 3, 4)),
    creatives_row("case", "abc"),
    creatives_row("zeros", "42"),
    creatives_row("prefix", "42"),
    creatives_row("elsewhere by name", "only there"),
    *(creatives_row("several texts", headline=f"Reason {number} to stay") for number in range(5)),
    creatives_row("several texts", description="And more"),
    *(creatives_row("one text", image_uri=f"https://cdn.test/1.png?signature={number}") for number in range(2)),
    creatives_row("one text", headline="Reason 1\u00a0 to choose us "),
    creatives_row("one text", headline="Reason 2", updated_at="2026-01-02 00:00:00"),
    creatives_row("no creative", None),
    *(creatives_row("null words", word) for word in NULL_WORDS),
]


UNREAD = (*NEITHER, "placement", "source_relation", "source_file", "batch", "_loaded")


@pytest.fixture(scope="module")
def dirty(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    workspace = make_workspace(tmp_path_factory.mktemp("dirty") / "a project")
    workspace.set_vars(demo_data=False, raw_schema="warehouse")
    rows = [*OTHER, *(row for accounts in (FINER, TWICE) for of_account in accounts.values() for row in of_account)]
    metrics = [{**row, **{column: row.get(column) for column in UNREAD}} for row in rows]
    write_tables(workspace, metrics, CREATIVES, TYPES)
    return workspace


@pytest.fixture(scope="module")
def checked(dirty: Workspace) -> dict[str, Any]:
    return check(dirty)


def findings_of(checked: dict[str, Any], account: str) -> dict[str, dict[str, Any]]:
    """By kind, for an account; notes that any account may have are left out."""
    return {finding["kind"]: finding for finding in checked["findings"] if finding["account_id"] == account}


@pytest.mark.parametrize("column", FINER)
def test_rows_finer_than_a_creative_and_its_day_stop_the_run_by_the_column_that_tells_them_apart(
    checked: dict[str, Any], column: str
) -> None:
    rows = FINER[column]
    found = findings_of(checked, column)
    assert list(found) == ["contradicting_rows"]
    finding = found["contradicting_rows"]
    assert (finding["level"], finding["column_name"], finding["setting"]) == (
        "stop",
        column,
        "raw_metrics_grain: finer",
    )
    assert (finding["affected"], finding["total"]) == (len(rows) - 1, len(rows))
    left_out = sum(row["spend"] for row in rows) - max(row["spend"] for row in rows)
    assert Decimal(finding["affected_spend"]) == left_out


@pytest.mark.parametrize(
    ("account", "found"),
    [
        ("repeated", {("repeated_rows", "warn", 2, 10)}),
        ("restated", {("contradicting_rows", "warn", 1, Decimal("0.01"))}),
        ("numbers only", {("contradicting_rows", "stop", 1, 5)}),
        (
            "no id",
            {
                ("unattributed_spend", "stop", 2, 34),
                ("metrics_without_id", "note", 2, 34),
                ("equal_rows_added", "warn", 1, 17),
            },
        ),
        (
            "null words",
            {
                ("unattributed_spend", "stop", 13, 91),
                ("metrics_without_id", "note", 13, 91),
                ("creatives_without_id", "note", 13, None),
            },
        ),
        (
            "future",
            {
                ("days_in_the_future", "warn", 2, 6),
                ("not_a_day", "stop", 3, 56),
                ("days_before_2000", "warn", 1, 64),
            },
        ),
        ("123", {("unattributed_spend", "stop", 1, 3)}),
        ("invisible", set()),
        ("little unknown", {("unattributed_spend", "warn", 1, 1)}),
        (
            "digits",
            {
                ("ids_that_lost_digits", "stop", 1, 3),
                ("unattributed_spend", "warn", 1, 3),
                ("metrics_without_id", "note", 1, 3),
            },
        ),
        (
            "two ways",
            {
                ("ids_that_lost_digits", "stop", 5, 15),
                ("unattributed_spend", "warn", 1, 3),
                ("metrics_without_id", "note", 1, 3),
            },
        ),
        ("spend of a day", {("missing_spend", "warn", 2, None)}),
        ("spend of all days", {("missing_spend", "warn", 2, None)}),
        ("several texts", {("contradicting_creatives", "warn", 2, 20)}),
        ("one text", set()),
        ("micros", {("implausible_costs", "warn", 1, 10_000_000)}),
        ("many rows", {("implausible_costs", "warn", 1, 80_000_000)}),
        ("dear click", set()),
        ("dong", set()),
        ("currency", {("unknown_currency", "note", 3, 30), ("repeated_rows", "warn", 2, 20)}),
        ("no text", {("accounts_without_text", "warn", 1, 3), ("unattributed_spend", "note", 1, Decimal("0.10"))}),
        ("described", set()),
        ("tagged", {("accounts_without_text", "warn", 1, 10)}),
        ("clicks alone", {("clicks_without_impressions", "warn", 2, 7)}),
        ("clicks above", {("clicks_above_impressions", "warn", 1, 1)}),
        ("one of 21", {("clicks_above_impressions", "note", 1, 2)}),
        ("below zero", {("negative_counts", "warn", 3, 30)}),
        ("a part in euros", {("unknown_currency", "warn", 1, 10)}),
        ("no spend in euros", {("unknown_currency", "note", 1, 0)}),
    ],
)
def test_each_fault_is_found_with_its_rows_and_spend(
    checked: dict[str, Any], account: str, found: set[tuple[str, str, int, Decimal | None]]
) -> None:
    findings = findings_of(checked, account).values()
    assert {
        (f["kind"], f["level"], f["affected"], f["affected_spend"] and Decimal(f["affected_spend"])) for f in findings
    } == found


def test_tags_are_a_text_where_they_are_embedded(dirty: Workspace) -> None:
    for changes, found in (({}, []), ({"embed_tags": False}, ["accounts_without_text"])):
        assert list(findings_of(check(dirty, embed_source="text", **changes), "tagged")) == found


@pytest.mark.parametrize(
    ("account", "ids", "reason"),
    [
        ("case", "AbC", "the case of letters"),
        ("zeros", "0042", "leading zeros"),
        ("prefix", "ad:42", "letters or signs around the number"),
        ("elsewhere", "only there", "the account is elsewhere by name there"),
        ("unknown", "9", "they are not there"),
        ("no id", "(null)", "there is no id"),
    ],
)
def test_where_spend_finds_no_creatives_ids_of_both_sides_and_a_reason_are_told(
    checked: dict[str, Any], account: str, ids: str, reason: str
) -> None:
    finding = findings_of(checked, account)["unattributed_spend"]
    assert finding["level"] == "stop"
    assert finding["examples"].startswith(f"in the metrics: {ids}; in the creatives: 1")
    assert finding["examples"].endswith(f"likely reason: {reason}")


def test_three_ids_of_each_side_are_told_those_with_the_most_spend_first(checked: dict[str, Any]) -> None:
    assert findings_of(checked, "several")["unattributed_spend"]["examples"] == (
        "in the metrics: 14, 13, 12; in the creatives: 21, 22, 23; likely reason: they are not there"
    )


@pytest.mark.parametrize(
    ("account", "setting"), [("case", "ids_ignore_case: true"), ("123", "account_id_prefixes: [act_]"), ("zeros", None)]
)
def test_the_setting_that_would_make_ids_meet_is_told(
    checked: dict[str, Any], account: str, setting: str | None
) -> None:
    found = findings_of(checked, account)["unattributed_spend"]["setting"] or ""
    assert found.startswith(setting or "")
    assert ("account_id_prefixes" in found, "ids_ignore_case" in found) == (account == "123", account == "case")


def test_an_account_is_described_by_what_was_read_of_it(checked: dict[str, Any]) -> None:
    described = {account["account_id"]: account for account in checked["accounts"]}
    assert described["future"] == {
        "platform": "facebook_ads",
        "account_id": "future",
        "currency_code": "EUR",
        "rows": 1,
        "days": 1,
        "first_day": "2026-01-05",
        "last_day": "2026-01-05",
        "spend": "1.000000000",
        "spend_found": "1.000000000",
        "creatives": 1,
        "with_text": 1,
        "with_media": 0,
    }
    assert described["little unknown"]["spend_found"] == "9.000000000"
    assert checked["scope"]["grain"] == "creative_day"


def test_nothing_is_written_by_a_check(dirty: Workspace, checked: dict[str, Any]) -> None:
    schemas = dirty.query("select distinct table_schema from information_schema.tables")
    assert checked["findings"]
    assert schemas == [("warehouse",)]


@pytest.mark.parametrize("selection", [(), ("--select", "int_activity__by_period")], ids=["all", "part"])
def test_the_gate_stops_a_build_before_anything_is_written(dirty: Workspace, selection: tuple[str, ...]) -> None:
    """Also of a part that reads the raw tables through the views of staging."""
    finished = dirty.dbt("run", *selection)
    assert finished.returncode == 2, finished.stdout
    assert "contradicting_rows in hour of account hour (facebook_ads): 23 rows with 276" in finished.stdout
    assert "raw_metrics_grain: finer" in finished.stdout
    assert dirty.query("select distinct table_schema from information_schema.tables") == [("warehouse",)]


ACCEPTED = {
    "contradicting_rows": "all",
    "unattributed_spend": "all",
    "ids_that_lost_digits": ["digits", "two ways"],
    "not_a_day": ["future"],
}
STAGING = ("+int_activity__by_period", "int_raw__findings", "--exclude-resource-type", "unit_test")


def spend_by_account(workspace: Workspace) -> dict[str, Decimal]:
    rows = workspace.query(f"select account_id, sum(spend) from {STAGED} group by 1")
    return dict(rows)


def build(workspace: Workspace, **variables: Any) -> dict[str, Decimal]:
    finished = workspace.dbt("build", "--select", *STAGING, "--indirect-selection", "cautious", **variables)
    assert finished.returncode == 0, finished.stdout
    assert "PASS assert_spend_is_the_same_in_source_staging_and_activity" in finished.stdout
    return spend_by_account(workspace)


@pytest.fixture(scope="module")
def accepted(dirty: Workspace, checked: dict[str, Any]) -> dict[str, Decimal]:
    """Spend of staging by account, after a build of what is accepted."""
    return build(dirty, accepted_findings=ACCEPTED)


@pytest.mark.parametrize(
    ("account", "spend"),
    [
        ("age", 8),
        ("gender", 5),
        ("repeated", 5),
        ("restated", 100),
        ("no id", 41),
        ("null words", 91),
        ("future", 1),
        ("digits", 33),
        ("invisible", 12),
        ("unknown", 3),
    ],
)
def test_of_what_is_accepted_the_fullest_row_counts_and_nothing_else_is_lost(
    accepted: dict[str, Decimal], account: str, spend: int
) -> None:
    assert accepted[account] == spend


@pytest.fixture(scope="module")
def added(dirty: Workspace, accepted: dict[str, Decimal]) -> tuple[dict[str, Decimal], dict[str, Any]]:
    """Spend of staging by account, after a build that adds rows up, and what it found repeated under other keys."""
    spend = build(dirty, accepted_findings=ACCEPTED, raw_metrics_grain="finer")
    findings = dirty.query(
        "select account_id, level, column_name, affected, affected_spend "
        "from approaches_intermediate.int_raw__findings where kind = 'rows_repeated_under_other_keys'"
    )
    return spend, {account: finding for account, *finding in findings}


OTHER_KEYS = {
    "two connections": ["warn", "source_relation", 2, 12],
    "one day of two connections": ["warn", "source_relation", 1, 5],
    "two files": ["warn", "source_file, batch", 2, 12],
    "no impressions": ["warn", "source_relation", 1, 10],
    "little of two files": ["note", "source_file", 1, 1],
    "parts equal by chance": None,
    "hours equal by chance": None,
    "nothing twice": None,
    "little in two campaigns": ["note", "campaign_id", 1, 1],
    "spend in two campaigns": ["warn", "campaign_id", 1, 10],
}


@pytest.mark.parametrize("account", OTHER_KEYS)
def test_what_was_loaded_twice_under_other_keys_is_found_by_the_column_that_tells_it_apart(
    added: tuple[dict[str, Decimal], dict[str, Any]], account: str
) -> None:
    assert OTHER_KEYS.keys() == TWICE.keys()
    assert added[1].get(account) == OTHER_KEYS[account]


def test_rows_that_are_finer_add_up_to_the_cent(
    added: tuple[dict[str, Decimal], dict[str, Any]], accepted: dict[str, Decimal]
) -> None:
    finer, _ = added
    assert {account: finer[account] for account in FINER} == {
        account: sum(row["spend"] for row in rows) for account, rows in FINER.items()
    }
    assert finer["repeated"] == 15
    assert finer["future"] == accepted["future"]


def test_the_newest_version_wins(dirty: Workspace, accepted: dict[str, Decimal]) -> None:
    newest = build(dirty, accepted_findings=ACCEPTED, raw_metrics_grain="versions", raw_metrics_version="hour")
    assert newest["hour"] == 24
    assert newest["no id"] == accepted["no id"]


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    workspace = make_workspace(tmp_path_factory.mktemp("versions") / "a project")
    workspace.set_vars(
        demo_data=False, raw_schema="warehouse", raw_metrics_grain="versions", raw_metrics_version="Version"
    )
    columns = {"gender": None, "version": None}
    metrics = [{**columns, **row} for rows in VERSIONS.values() for row in rows]
    write_tables(workspace, metrics, [creatives_row(account) for account in VERSIONS], TYPES)
    return workspace


@pytest.fixture(scope="module")
def checked_versions(versions: Workspace) -> dict[str, Any]:
    return check(versions)


NEWEST, ADD_UP = "raw_metrics_version", "raw_metrics_table: a view that adds up the rows of each version"


@pytest.mark.parametrize(
    ("account", "found"),
    [
        ("numbers", {("older_versions", "note", 1, 5, None, NEWEST)}),
        ("moments", {("older_versions", "note", 1, 5, None, NEWEST)}),
        ("one load", {("contradicting_rows", "stop", 1, 5, "gender", "raw_metrics_grain: finer")}),
        ("one load twice", {("repeated_rows", "warn", 1, 5, None, "raw_metrics_grain")}),
        (
            "two loads",
            {
                ("older_versions", "note", 2, 11, None, NEWEST),
                ("contradicting_rows", "stop", 1, 5, "gender", ADD_UP),
            },
        ),
        ("numbers only", {("contradicting_rows", "stop", 1, 8, "spend", NEWEST)}),
        ("days", {("contradicting_rows", "stop", 1, 4, "version", NEWEST)}),
        ("no version", {("older_versions", "note", 1, 5, None, NEWEST)}),
        ("no versions", {("contradicting_rows", "stop", 1, 4, "spend", NEWEST)}),
        (
            "no id",
            {
                ("versions_added", "warn", 1, 17, None, None),
                ("metrics_without_id", "note", 2, 37, "creative_id", None),
                ("unattributed_spend", "stop", 2, 37, "creative_id", "min_attributed_spend_share"),
            },
        ),
    ],
)
def test_rows_that_no_version_tells_to_be_older_are_judged_as_if_there_were_none(
    checked_versions: dict[str, Any], account: str, found: set[tuple[Any, ...]]
) -> None:
    findings = findings_of(checked_versions, account).values()
    assert {
        (f["kind"], f["level"], f["affected"], Decimal(f["affected_spend"]), f["column_name"], f["setting"])
        for f in findings
    } == found


def test_of_versions_in_text_numbers_and_moments_are_in_their_order(versions: Workspace) -> None:
    known = {"contradicting_rows": "all", "unattributed_spend": "all"}
    spend = build(versions, accepted_findings=known)
    assert spend == {
        "numbers": 4,
        "moments": 4,
        "one load": 6,
        "one load twice": 5,
        "two loads": 7,
        "numbers only": 9,
        "days": 5,
        "no version": 4,
        "no versions": 5,
        "no id": 37,
    }


@pytest.mark.parametrize("version", [None, "loaded"])
def test_versions_need_a_column_that_tells_the_newest(dirty: Workspace, version: str | None) -> None:
    finished = dirty.dbt(
        "run", "--select", "stg_raw__creative_daily_metrics", raw_metrics_grain="versions", raw_metrics_version=version
    )
    assert finished.returncode != 0
    assert "raw_metrics_version" in finished.stdout
    assert "It must name the column that says which version is the newest" in finished.stdout
