"""What bad input gets: a correct small result, or two lines that name the thing and the next step."""

import json
import os
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import duckdb
import pytest

from tests.support.compiled_models import rebuild
from tests.support.paths import MARTS
from tests.support.raw_tables import METRICS, load_raw
from tests.support.workspace import Workspace, make_workspace

WRONG_USAGE, BROKEN_DATA, TRY_LATER = 2, 3, 75
COPY = (
    "Save 20% this weekend with code SUN20",
    "Last chance: the sale ends tonight",
    "Why is your skin so dry?",
    "How to pack a rucksack in five steps",
    "Rated 4.8 by 12,000 customers",
    "We started in a garage in 2009",
    "Try it free for 14 days",
    "Recycled wool, honest numbers",
)


def creative(account: str, number: int, headline: str, **other: Any) -> dict[str, Any]:
    return {"creative_id": f"{account}{number}", "account_id": account, "headline": headline, **other}


def metrics(account: str, number: int, date_day: str, **other: Any) -> dict[str, Any]:
    return {"creative_id": f"{account}{number}", "account_id": account, "date_day": date_day, **other}


# One creative; texts that are all equal; an account that is silent in the week of 12 January.
CREATIVES = [
    creative("single", 0, "Save 20% this weekend"),
    *(creative("equal", number, "Same words every time") for number in range(12)),
    *(creative("gap", number, headline) for number, headline in enumerate(COPY)),
]
DAYS = [
    metrics("single", 0, "2026-01-05"),
    *(metrics("equal", number, "2026-01-05") for number in range(12)),
    *(metrics("gap", number, day) for day in ("2026-01-05", "2026-01-19") for number in range(len(COPY))),
]


# One row of each issue in account `odd`, on the second day of a week that lacks its fourth, before a silent week.
ODD_ROWS: list[dict[str, Any]] = [
    {"impressions": 0, "clicks": 3, "spend": 1},
    {"impressions": 5, "clicks": 9, "spend": 2},
    {"impressions": -5, "spend": 4},
    {"spend": -8},
    {"conversions": -2, "spend": 16},
    {"clicks": 0, "spend": 32},
    {"impressions": 2000, "spend": 64},
    {},
]
ODD_DAYS = [
    *(metrics("odd", number, "2026-01-06", **row) for number, row in enumerate(ODD_ROWS)),
    metrics("odd", 6, "2026-01-06", impressions=1000, spend=60),
    *(metrics("odd", number, f"2026-01-{day:02}") for day in (5, 7, 9, 10, 11, 19) for number in range(len(COPY))),
    metrics("odd", 99, "2026-01-05", spend=128),
    *(metrics(account, 0, "2026-01-05", spend=256) | {"creative_id": "moved"} for account in ("odd", "other")),
    metrics(
        "unknown", 0, "2026-01-05", impressions=None, spend=None, conversions=None, conversions_value=None, reach=None
    ),
    metrics("worthless", 0, "2026-01-05", conversions_value=0),
]
ODD_CREATIVES = [
    *(creative("odd", number, headline) for number, headline in enumerate(COPY)),
    *(creative(account, 0, "Free shipping") | {"creative_id": "moved"} for account in ("odd", "other")),
    creative("unknown", 0, "Save 20%"),
    creative("worthless", 0, "Save 30%"),
]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A run on accounts that have too little, and on some that have what cannot be."""
    workspace = make_workspace(tmp_path_factory.mktemp("small") / "a project")
    load_raw(workspace, CREATIVES + ODD_CREATIVES, DAYS + ODD_DAYS)
    workspace.set_vars(accepted_findings={"contradicting_rows": ["odd"]})
    finished = workspace.approaches("run")
    assert finished.returncode == 0, finished.stderr
    return workspace


def assert_refused(workspace: Workspace, arguments: Sequence[str], code: int, *words: str, **variables: Any) -> None:
    """The command ends with this code and a message of these words in at most three lines; no row changed."""
    before = workspace.fingerprints()
    finished = workspace.approaches(*arguments, **variables)
    assert finished.returncode == code, finished.stderr
    message = finished.stderr[finished.stderr.index("Error: ") :].strip()
    assert "Traceback" not in finished.stderr
    assert len(message.splitlines()) <= 3, message
    missing = [word for word in words if word not in message]
    assert missing == [], message
    assert workspace.fingerprints() == before


def test_one_single_creative_is_an_approach_of_its_own(small: Workspace) -> None:
    found = small.query(
        "select creatives, status, spend, ctr from approaches_marts.fct_approach_periods "
        "where cohort_id = 'single' and assignment_status = 'assigned'"
    )
    assert found == [(1, "NEW", METRICS["spend"], 0.02)]


def test_equal_texts_are_one_approach(small: Workspace) -> None:
    found = small.query("select creatives, spend from approaches_marts.fct_approach_periods where cohort_id = 'equal'")
    assert found == [(12, 12 * METRICS["spend"])]


def test_copies_of_one_ad_are_one_observation_of_a_tag(small: Workspace) -> None:
    found = small.query(
        "select distinct cohort_id from approaches_marts.fct_approach_tags where cohort_id in ('equal', 'gap')"
    )
    assert found == [("gap",)]


def test_a_period_without_activity_is_a_pause_that_nothing_is_compared_with(small: Workspace) -> None:
    statuses = small.query(
        "select period_start::varchar, list(distinct status) from approaches_jobs.approach_snapshots "
        "where cohort_id = 'gap' group by 1 order by 1"
    )
    assert statuses == [
        ("2026-01-05", ["NEW"]),
        ("2026-01-12", ["INACTIVE"]),
        ("2026-01-19", ["REACTIVATED"]),
    ]
    deltas = small.query(
        "select count(value_1_back), count(value_2_back) > 0 from approaches_marts.fct_approach_trends "
        "where cohort_id = 'gap' and metric = 'ctr'"
    )
    assert deltas == [(0, True)]


def test_each_issue_of_the_metrics_is_counted(small: Workspace) -> None:
    found = small.query(
        "select kind, account_id, period_start::varchar, affected, total, affected_spend "
        "from approaches_marts.fct_data_quality_issues "
        "where account_id in ('odd', 'other', 'unknown', 'worthless') order by all"
    )
    week, silent = "2026-01-05", "2026-01-12"
    assert found == [
        ("clicks_above_impressions", "odd", week, 1, 51, 2),
        ("clicks_without_impressions", "odd", week, 1, 51, 1),
        ("clicks_without_impressions", "unknown", week, 1, 1, 0),
        ("contradicting_rows", "odd", week, 1, 51, 60),
        ("conversions_without_clicks", "odd", week, 1, 50, 32),
        ("creatives_of_several_accounts", "odd", week, 1, 10, 256),
        ("creatives_of_several_accounts", "other", week, 1, 1, 256),
        ("missing_days", "odd", week, 1, 7, None),
        ("missing_periods", "odd", silent, 7, 7, None),
        ("missing_spend", "unknown", week, 1, 1, None),
        ("negative_conversions", "odd", week, 1, 50, 16),
        ("negative_counts", "odd", week, 1, 51, 4),
        ("negative_spend", "odd", week, 1, 50, -8),
        ("no_conversions", "unknown", week, 1, 1, 0),
        ("no_conversions_value", "worthless", week, 1, 1, METRICS["spend"]),
        ("no_reach", "unknown", week, 1, 1, 0),
        ("unattributed_spend", "odd", week, 1, 51, 128),
    ]


def test_what_a_check_finds_is_what_the_mart_holds(small: Workspace) -> None:
    findings = json.loads(small.approaches("check", "--json").stdout)["findings"]
    said = {
        (row["kind"], row["level"], row["account_id"], row["affected"], spend and Decimal(spend))
        for row in findings
        for spend in [row["affected_spend"]]
    }
    held = small.query(
        "select kind, level, account_id, sum(affected), sum(affected_spend) "
        "from approaches_marts.fct_data_quality_issues group by all"
    )
    kinds = {row["kind"] for row in findings}
    assert len(kinds) > 4
    assert {row for row in held if row[0] in kinds} == said


def test_no_ratio_of_odd_metrics_is_infinite(small: Workspace) -> None:
    floats = small.query(
        "select table_name, column_name from information_schema.columns "
        "where table_schema = 'approaches_marts' and data_type = 'DOUBLE'"
    )
    assert {"ctr", "cost_per_conversion", "delta", "affected_share"} <= {column for _, column in floats}
    wrong = [
        (table, column)
        for table, column in floats
        if small.query(f"select 1 from approaches_marts.{table} where isinf({column}) or isnan({column})")
    ]
    assert wrong == []
    ratios = "select ctr, cost_per_click, cost_per_conversion, frequency from approaches_marts.fct_approach_periods"
    assert small.query(f"{ratios} where cohort_id = 'unknown'") == [(None, 0.0, None, None)]


def test_odd_metrics_stay_in_the_sums(small: Workspace) -> None:
    (spend,) = small.query("select sum(spend) from approaches_marts.fct_approach_periods where cohort_id = 'odd'")
    usual = 1 + 6 * len(COPY)
    assert spend == (1 + 2 + 4 - 8 + 16 + 32 + 64 + 128 + 256 + usual * METRICS["spend"],)


def test_days_and_edits_that_cannot_be_decide_nothing(
    small: Workspace, copy_of: Callable[[Workspace], Workspace]
) -> None:
    """No status, no closed period, no text, no number: all that is new is that people hear of it."""
    with_them = copy_of(small)
    days = ("2099-01-01", "9999-12-31", "infinity", "-infinity", "1970-01-01")
    values = ", ".join(f"(date '{day}')" for day in days)
    with_them.execute(
        "insert into warehouse.creative_daily_metrics select metrics.* replace (days.day as date_day) "
        f"from warehouse.creative_daily_metrics as metrics cross join (values {values}) as days(day) "
        "where metrics.account_id = 'gap' and metrics.date_day = '2026-01-05'",
        "insert into warehouse.creatives select creatives.* replace ('Unseen' as headline, moment as updated_at) "
        "from warehouse.creatives cross join (values ('infinity'::timestamp), ('9999-12-31')) as edits(moment) "
        "where creatives.account_id = 'gap'",
        # So that every job meets them.
        "drop schema approaches_jobs cascade",
    )
    finished = with_them.approaches("run", accepted_findings={"contradicting_rows": ["odd"], "not_a_day": ["gap"]})
    assert finished.returncode == 0, finished.stderr
    before, after = small.rows(), with_them.rows()
    issues = "approaches_marts.fct_data_quality_issues"
    assert set(before.pop(issues)) <= set(after.pop(issues))
    assert after == before
    assert with_them.query(
        "select kind, sum(affected) from approaches_marts.fct_data_quality_issues "
        "where account_id = 'gap' and level = 'warn' group by 1 order by 1"
    ) == [
        ("days_before_2000", len(COPY)),
        ("days_in_the_future", 2 * len(COPY)),
        ("not_a_day", 2 * len(COPY)),
    ]


@pytest.mark.parametrize(("share", "warned"), [(0.05, {"unknown"}), (0.01, {"unknown", "odd"})])
def test_faults_in_more_rows_than_are_allowed_are_a_warning(small: Workspace, share: float, warned: set[str]) -> None:
    finished = small.approaches("check", "--json", warn_of_faulty_rows_from=share)
    assert finished.returncode == 0, finished.stderr
    faults = ("clicks_without_impressions", "clicks_above_impressions", "negative_counts")
    found = [finding for finding in json.loads(finished.stdout)["findings"] if finding["kind"] in faults]
    assert len(found) == 4
    assert {finding["account_id"] for finding in found if finding["level"] == "warn"} == warned


def test_an_empty_source_gives_empty_marts_and_a_summary_that_says_so(workspace: Workspace) -> None:
    load_raw(workspace, [], [])
    finished = workspace.approaches("run")
    assert finished.returncode == 0, finished.stderr
    marts = {name: rows for name, rows in workspace.rows().items() if name.startswith("approaches_marts")}
    assert len(marts) == len(MARTS)
    assert not any(marts.values())
    assert "The marts are empty" in workspace.approaches("summary").stdout


def test_a_misspelt_column_is_named(small: Workspace, copy_of: Callable[[Workspace], Workspace]) -> None:
    broken = copy_of(small)
    broken.execute("alter table warehouse.creatives rename column headline to headlines")
    assert_refused(
        broken, ["run"], BROKEN_DATA, '"warehouse"."creatives"', "'headline'", "'headlines'", "raw_creatives_table"
    )


def test_a_missing_column_of_the_metrics_is_named(small: Workspace, copy_of: Callable[[Workspace], Workspace]) -> None:
    broken = copy_of(small)
    broken.execute("alter table warehouse.creative_daily_metrics drop column currency_code")
    assert_refused(broken, ["run"], BROKEN_DATA, "creative_daily_metrics", "'currency_code'", "raw_metrics_table")


def test_a_missing_table_is_named_with_the_vars_that_point_to_it(
    small: Workspace, copy_of: Callable[[Workspace], Workspace]
) -> None:
    broken = copy_of(small)
    broken.execute("alter table warehouse.creatives rename to adverts")
    assert_refused(broken, ["run"], BROKEN_DATA, "creatives", "raw_schema", "raw_creatives_table")


def test_an_unknown_platform_is_named(small: Workspace, copy_of: Callable[[Workspace], Workspace]) -> None:
    broken = copy_of(small)
    broken.execute("update warehouse.creatives set platform = 'faceboook' where creative_id = 'gap3'")
    assert_refused(broken, ["run"], BROKEN_DATA, "faceboook", "platforms")


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"period_grian": "month"}, ["Unknown var period_grian", "period_grain"]),
        ({"period_grain": "year"}, ["period_grain is 'year'", "one of day, week, month"]),
        ({"resamples": 3}, ["resamples is no setting any more"]),
        ({"continue_overlap": 4}, ["continue_overlap is 4", "above 0, at most 1"]),
        ({"cohort_columns": ["advertiser"]}, ["cohort_columns", "advertiser", "account_id"]),
    ],
    ids=["unknown", "wrong option", "removed", "out of range", "unknown column"],
)
def test_a_wrong_var_is_named(small: Workspace, variables: dict[str, Any], words: list[str]) -> None:
    assert_refused(small, ["run"], WRONG_USAGE, *words, **variables)


def test_vars_that_are_no_mapping_are_refused(small: Workspace) -> None:
    assert_refused(small, ["run", "--vars", "period_grain"], WRONG_USAGE, "--vars takes a YAML mapping")


@pytest.mark.parametrize(
    "text",
    [
        "creative_approaches: [unclosed",
        "another_project:\n  outputs: {}\n",
        "creative_approaches:\n  target: nowhere\n",
    ],
    ids=["no yaml", "no such profile", "no outputs"],
)
def test_an_unreadable_profile_is_refused_with_an_example(
    small: Workspace, copy_of: Callable[[Workspace], Workspace], text: str
) -> None:
    broken = copy_of(small)
    (broken.directory / "profiles.yml").write_text(text)
    assert_refused(broken, ["run"], WRONG_USAGE, "profile", "cp profiles.yml.example profiles.yml")


def test_an_unknown_target_is_named(small: Workspace) -> None:
    assert_refused(small, ["run", "--target", "moon"], WRONG_USAGE, "moon")


def test_a_directory_without_a_project_is_named(small: Workspace) -> None:
    assert_refused(small, ["embed", "--project-dir", "models"], WRONG_USAGE, "no dbt_project.yml", "--project-dir")


def test_a_database_in_memory_is_refused(small: Workspace, copy_of: Callable[[Workspace], Workspace]) -> None:
    broken = copy_of(small)
    profile = broken.directory / "profiles.yml"
    profile.write_text(profile.read_text().replace("creative_approaches.duckdb", ":memory:"))
    assert_refused(broken, ["run"], WRONG_USAGE, "in memory", "path: creative_approaches.duckdb")


def test_a_locked_file_can_be_tried_again_later(small: Workspace, copy_of: Callable[[Workspace], Workspace]) -> None:
    locked = copy_of(small)
    before = locked.rows()
    with duckdb.connect(str(locked.database)):
        finished = locked.approaches("run")
    assert finished.returncode == TRY_LATER
    assert f"{locked.database} is open in another process (PID {os.getpid()})" in finished.stderr
    assert "run the same command again" in finished.stderr
    assert locked.rows() == before


def test_a_job_before_dbt_ran_says_what_to_run(workspace: Workspace) -> None:
    finished = workspace.approaches("embed")
    assert finished.returncode == BROKEN_DATA
    assert f"{workspace.database} does not exist. Build it: approaches run" in finished.stderr
    assert not workspace.database.exists()


def test_a_job_before_the_one_that_feeds_it_says_which(
    small: Workspace, copy_of: Callable[[Workspace], Workspace]
) -> None:
    broken = copy_of(small)
    broken.execute("delete from approaches_jobs.creative_annotations", "delete from approaches_jobs.approach_snapshots")
    assert_refused(broken, ["cluster"], BROKEN_DATA, "no vector", "approaches annotate")
    assert_refused(broken, ["name"], BROKEN_DATA, "has no approach yet", "approaches track")


def test_a_failing_dbt_test_is_named_with_what_it_found(
    small: Workspace, copy_of: Callable[[Workspace], Workspace]
) -> None:
    broken = copy_of(small)
    broken.execute("insert into approaches_jobs.image_hashes (image_uri, status) values ('a.jpg', 'x'), ('a.jpg', 'x')")
    finished = broken.approaches("run")
    assert finished.returncode == BROKEN_DATA
    assert "Failure in test" in finished.stderr
    assert "image_hashes" in finished.stderr
    assert "configured to fail" in finished.stderr


def test_a_job_table_that_no_version_wrote_is_named_with_its_column(
    small: Workspace, copy_of: Callable[[Workspace], Workspace]
) -> None:
    broken = copy_of(small)
    broken.execute(
        "alter table approaches_jobs.cluster_assignments drop column is_outlier",
        "drop table approaches_jobs.table_versions",
    )
    said = ("approaches_jobs.cluster_assignments", "column 'is_outlier' is missing", "Nothing was changed")
    assert_refused(broken, ["run"], BROKEN_DATA, *said)
    assert_refused(broken, ["cluster"], BROKEN_DATA, *said)


def test_an_annotation_that_says_nothing_is_recorded_and_the_rest_is_clustered(
    small: Workspace, copy_of: Callable[[Workspace], Workspace]
) -> None:
    broken = copy_of(small)
    broken.execute(
        "update approaches_jobs.creative_annotations "
        "set probabilities = list_transform(probabilities, lambda x: 0.0) where content_hash in ("
        "select content_hash from approaches_intermediate.int_creatives__content_hashes "
        "inner join approaches_intermediate.int_creatives__contents using (version_key) "
        "where starts_with(headline, 'How to pack') or headline = 'Save 20% this weekend')"
    )
    finished = broken.approaches("cluster")
    assert finished.returncode == 0, finished.stderr
    assert "2 contents have no vector that can be used" in finished.stderr
    assert broken.approaches("track").returncode == 0
    rebuild(broken, small, "fct_approach_periods")
    reasons = broken.query(
        "select cohort_id, period_start::varchar, reason from approaches_jobs.cluster_assignments "
        "where cluster is null and cohort_id in ('gap', 'single') order by all"
    )
    assert reasons == [
        ("gap", "2026-01-05", "The vector is zero."),
        ("gap", "2026-01-19", "The vector is zero."),
        ("single", "2026-01-05", "The vector is zero."),
    ]
    spend = broken.query(
        "select assignment_status, sum(spend) from approaches_marts.fct_approach_periods "
        "where cohort_id in ('gap', 'single') group by 1 order by 1"
    )
    each = METRICS["spend"]
    assert spend == [("assigned", 2 * (len(COPY) - 1) * each), ("unclusterable", 3 * each)]


def test_an_image_that_cannot_be_read_is_recorded_and_the_rest_is_done(
    small: Workspace, copy_of: Callable[[Workspace], Workspace]
) -> None:
    with_images = copy_of(small)
    (with_images.directory / "broken.jpg").write_bytes(b"not an image")
    uris = {
        "gap0": "seeds/images/gone.jpg",
        "gap1": "broken.jpg",
        "gap2": "https://127.0.0.1/a.jpg",
        "gap3": "seeds/images/lu_shelf.jpg",
    }
    for creative_id, uri in uris.items():
        with_images.execute(f"update warehouse.creatives set image_uri = '{uri}' where creative_id = '{creative_id}'")
    rebuild(with_images, small, "int_images__distinct")
    finished = with_images.approaches("hash-images")
    assert finished.returncode == 0, finished.stderr
    assert "3 failed" in finished.stderr
    found = dict(with_images.query("select image_uri, coalesce(reason, status) from approaches_jobs.image_hashes"))
    assert found == {
        uris["gap0"]: "gone",
        uris["gap1"]: "not_an_image",
        uris["gap2"]: "private_address",
        uris["gap3"]: "hashed",
    }
