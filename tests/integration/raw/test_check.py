"""`approaches check`, and the check that a run begins with."""

import hashlib
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from creative_approaches.jobs.registry import JOBS
from creative_approaches.summary import WARNED
from tests.support.raw_tables import METRICS, load_raw
from tests.support.workspace import Workspace, make_workspace

WRONG_USAGE, BROKEN_DATA, TRY_LATER = 2, 3, 75
ADS = [{"creative_id": str(number), "headline": f"Headline {number}"} for number in range(3)]
DAYS = [{"creative_id": ad["creative_id"], "date_day": f"2026-01-{day:02}"} for ad in ADS for day in (5, 6, 7)]
LATE = {"creative_id": "0", "date_day": "2099-01-01", "spend": 99}


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Raw tables that can be believed, and nothing else."""
    workspace = make_workspace(tmp_path_factory.mktemp("clean") / "a project")
    load_raw(workspace, ADS, DAYS)
    return workspace


@pytest.fixture
def by_gender(clean: Workspace, copy_of: Callable[[Workspace], Workspace]) -> Workspace:
    """The same spend in two rows a day, which differ in a column that nobody reads."""
    workspace = copy_of(clean)
    workspace.execute(
        "create or replace table warehouse.creative_daily_metrics as select days.*, genders.gender "
        "from warehouse.creative_daily_metrics as days, (values ('female'), ('male')) as genders(gender)"
    )
    return workspace


# What dbt writes whenever it reads the project, and the lock of a run.
READING = {
    "dbt.log",
    "graph_summary.json",
    "partial_parse.msgpack",
    "perf_info.json",
    "creative_approaches.duckdb.lock",
}


def files(directory: Path) -> dict[str, str]:
    return {
        str(path.relative_to(directory)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(directory.rglob("*"))
        if path.is_file() and path.name not in READING
    }


def test_a_check_says_what_was_read_and_writes_nothing(clean: Workspace) -> None:
    assert clean.approaches("check").returncode == 0
    before = files(clean.directory)
    finished = clean.approaches("check")
    assert finished.returncode == 0, finished.stderr
    assert finished.stderr == ""
    for word in ("facebook_ads", "2026-01-05", "2026-01-07", "94.50 USD", "100.0%", "Nothing stops a run."):
        assert word in finished.stdout
    assert files(clean.directory) == before


def test_what_stops_a_run_is_named_with_the_var_that_settles_it(by_gender: Workspace) -> None:
    finished = by_gender.approaches("check")
    assert finished.returncode == BROKEN_DATA, finished.stderr
    assert "STOP  contradicting rows (gender)" in finished.stdout
    assert "9 of 18 rows, 94.50 of 189.00 USD" in finished.stdout
    assert "raw_metrics_grain: finer" in finished.stdout
    assert by_gender.approaches("check", raw_metrics_grain="finer").returncode == 0


def test_a_run_that_stops_says_it_in_two_lines_and_writes_nothing(by_gender: Workspace) -> None:
    by_gender.approaches("check")
    before = files(by_gender.directory)
    finished = by_gender.approaches("run")
    assert finished.returncode == BROKEN_DATA
    message = finished.stderr[finished.stderr.index("Error: ") :].splitlines()
    assert len(message) == 2
    assert "gender" in message[0]
    assert "94.50" in message[0]
    assert "raw_metrics_grain: finer" in message[1]
    assert message[1].endswith("See all: approaches check")
    assert files(by_gender.directory) == before


def test_json_is_one_document_with_every_finding(by_gender: Workspace) -> None:
    finished = by_gender.approaches("check", "--json")
    assert finished.returncode == BROKEN_DATA
    said = json.loads(finished.stdout)
    (account,) = said["accounts"]
    assert (account["account_id"], account["rows"], account["days"]) == ("a", 18, 3)
    assert Decimal(account["spend"]) == 189
    assert [finding["kind"] for finding in said["findings"] if finding["level"] == "stop"] == ["contradicting_rows"]


def test_a_run_says_each_warning_at_its_end_and_so_does_the_summary(
    clean: Workspace, copy_of: Callable[[Workspace], Workspace]
) -> None:
    workspace = copy_of(clean)
    clicks = {"creative_id": "0", "campaign_id": "other", "impressions": 10, "clicks": 11, "spend": 7}
    load_raw(workspace, ADS, [*DAYS, clicks, LATE])
    stopped = workspace.approaches("run", "--warn-error")
    assert stopped.returncode == BROKEN_DATA
    assert "--warn-error: clicks above impressions: 1 row, 7.00 USD in 1 account" in stopped.stderr
    finished = workspace.approaches("run")
    assert finished.returncode == 0, finished.stderr
    lines = [line.removeprefix("Warning: ") for line in finished.stderr.splitlines() if line.startswith("Warning: ")]
    said = dict(line.split(". See them: ") for line in lines)
    assert list(said) == [
        "clicks above impressions: 1 row, 7.00 USD in 1 account",
        "days in the future: 1 row, 99.00 USD in 1 account",
    ]
    assert [len(workspace.query(query)) for query in said.values()] == [1, 1]
    (spend,) = workspace.query("select sum(spend) from approaches_marts.fct_approach_periods")
    assert spend == (len(DAYS) * METRICS["spend"] + 7,)
    assert workspace.approaches("run").returncode == 0
    noted = workspace.query(
        "select count(*), list((job, warnings)) filter (where warnings > 0) "
        "from approaches_jobs.job_runs group by run_id"
    )
    assert noted == [(len(JOBS) + 3, [("check", 2)])] * 2
    kinds = "clicks above impressions (1 row), days in the future (1 row)"
    assert f"{WARNED}{kinds}. See: approaches check" in workspace.approaches("summary").stdout
    # Nor are they lost where a later step ends the run.
    workspace.execute("alter table approaches_jobs.approach_names drop column name")
    failed = workspace.approaches("run")
    assert failed.returncode == BROKEN_DATA
    assert [line for line in lines if f"Warning: {line}" not in failed.stderr] == []


def test_the_zone_of_days_is_on_the_screen_where_a_var_names_it(clean: Workspace) -> None:
    finished = clean.approaches("check", day_time_zone="Europe/Berlin")
    assert ", all days, in the time of Europe/Berlin\n" in finished.stdout


def test_text_that_is_no_number_stops_a_run_with_examples_and_the_cast_to_write(
    clean: Workspace, copy_of: Callable[[Workspace], Workspace]
) -> None:
    workspace = copy_of(clean)
    workspace.execute(
        "alter table warehouse.creative_daily_metrics alter spend type varchar",
        "update warehouse.creative_daily_metrics set spend = day(date_day) || '.50 USD'",
    )
    finished = workspace.approaches("run")
    assert finished.returncode == BROKEN_DATA
    said = finished.stderr[finished.stderr.index("Error: ") :]
    assert "not_a_number in spend of account a (facebook_ads): 9 rows" in said
    assert "Examples: 5.50 USD, 6.50 USD, 7.50 USD." in said
    assert "a view with cast(regexp_replace(spend, '[^0-9.-]', '', 'g') as decimal(38, 9)) as spend" in said
    assert "test" not in said


def test_what_is_odd_in_the_creatives_is_on_the_screen(
    clean: Workspace, copy_of: Callable[[Workspace], Workspace]
) -> None:
    workspace = copy_of(clean)
    workspace.execute(
        "insert into warehouse.creatives select * replace ('meta' as platform) from warehouse.creatives limit 1",
        "insert into warehouse.creatives select * replace (null as creative_id) from warehouse.creatives limit 1",
    )
    finished = workspace.approaches("check")
    assert finished.returncode == BROKEN_DATA, finished.stderr
    assert "STOP  unknown platforms (creatives.platform)" in finished.stdout
    assert "      meta a: 1 row " in finished.stdout
    assert "NOTE  creatives without id: 1 row in 1 account" in finished.stdout


def test_a_file_that_is_not_there_is_named_and_not_made(
    clean: Workspace, copy_of: Callable[[Workspace], Workspace]
) -> None:
    workspace = copy_of(clean)
    workspace.database.unlink()
    finished = workspace.approaches("check")
    assert finished.returncode == WRONG_USAGE
    assert f"There is no {workspace.database} to check." in finished.stderr
    assert not workspace.database.exists()


def test_a_demo_that_was_never_run_has_nothing_to_check(workspace: Workspace) -> None:
    finished = workspace.approaches("check")
    assert finished.returncode == 0, finished.stderr
    assert "The first run makes the demo's tables: approaches run" in finished.stderr
    assert not workspace.database.exists()


def test_the_demo_can_be_believed(demo: Workspace) -> None:
    finished = demo.approaches("check")
    assert finished.returncode == 0, finished.stderr
    assert finished.stdout.splitlines()[-1].startswith("0 stop, ")


def test_wrong_vars_a_missing_table_and_a_locked_file_have_their_exit_codes(
    clean: Workspace, copy_of: Callable[[Workspace], Workspace]
) -> None:
    workspace = copy_of(clean)
    assert workspace.approaches("check", raw_metrics_grain="weekly").returncode == WRONG_USAGE
    missing = workspace.approaches("check", raw_metrics_table="nowhere")
    assert missing.returncode == BROKEN_DATA
    assert "nowhere" in missing.stderr
    with duckdb.connect(str(workspace.database)):
        locked = workspace.approaches("check")
    assert locked.returncode == TRY_LATER
    assert "is open in another process" in locked.stderr
