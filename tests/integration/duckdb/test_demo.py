"""The demo, run whole: what it recovers of the hidden truth, and what a second run changes."""

import csv
import json
import os
import pty
import random
import shutil
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from creative_approaches.jobs.registry import JOBS
from tests.support.compiled_models import rebuild
from tests.support.paths import MARTS, REPOSITORY, SEEDS, TRUTH
from tests.support.recovered import Recovered, read
from tests.support.workspace import FIRST_BUILD, SECOND_READINGS, Workspace, make_workspace

FATES = read(TRUTH / "fates.csv")
READ_BY_SUMMARY = (
    *("dim_approaches", "dim_creatives", "fct_approach_periods", "fct_approach_tags"),
    "fct_approach_trends",
)
READ_BY_JOBS = ("int_images__distinct", "int_texts__distinct", "int_creatives__tags", "int_cohorts__members")


@pytest.fixture(scope="module")
def recovered(demo: Workspace) -> Recovered:
    return Recovered(demo)


def test_approaches_agree_with_the_truth_over_all_periods(recovered: Recovered) -> None:
    assert recovered.complete
    assert recovered.adjusted_rand_index() >= 0.9


def test_steady_approaches_are_called_steady(recovered: Recovered) -> None:
    counts: Counter[str] = Counter()
    for fate in FATES:
        if fate["fate"] == "steady":
            counts.update(recovered.labels(recovered.approach(fate["approach"], recovered.periods[-1])).values())
    del counts["too_little_data"]
    # Counting noise, and a creative on the border of ten, move a week by more than the threshold now and then.
    assert counts["steady"] >= 0.8 * counts.total()


@pytest.mark.parametrize(
    "fate", [row for row in FATES if row["fate"] != "steady"], ids=lambda row: f"{row['approach']}-{row['fate']}"
)
def test_each_fate_shows_as_status_event_or_trend(recovered: Recovered, fate: dict[str, str]) -> None:
    name, period = fate["approach"], fate["period_start"]
    last = recovered.periods[-1]
    match fate["fate"]:
        case "improving":
            assert recovered.labels(recovered.approach(name, last))[last] == "improving"
        case "peaked":
            labels = recovered.labels(recovered.approach(name, last))
            assert "peaked" in {label for when, label in labels.items() if when >= period}
            assert labels[last] in ("peaked", "declining")
        case "splitting":
            source, heir = recovered.before(name, period), recovered.approach(fate["other_approach"], period)
            assert (source, heir) in recovered.event("split", period)
            assert recovered.approach(name, period) == source
        case "merging":
            source, target = recovered.before(name, period), recovered.approach(fate["other_approach"], period)
            assert (source, target) in recovered.event("merged", period)
            assert recovered.statuses(source)[period] == "INACTIVE"
        case "ending":
            ended = recovered.before(name, period)
            assert (ended, None) in recovered.event("inactive", period)
            assert recovered.statuses(ended)[period] == "INACTIVE"
        case "pausing":
            assert recovered.statuses(recovered.before(name, period))[period] == "INACTIVE"
        case "coming_back":
            assert recovered.approach(name, period) == recovered.before(name, period)
            assert recovered.statuses(recovered.approach(name, period))[period] == "REACTIVATED"
        case "starting_late":
            assert recovered.statuses(recovered.approach(name, period))[period] == "NEW"
        case unknown:
            pytest.fail(f"no test for fate {unknown}")


def test_spend_in_the_marts_is_the_spend_in_the_source_to_the_cent(demo: Workspace) -> None:
    # Rows that are equal in everything, up to case and blanks, are one row that was exported twice.
    rows = {
        tuple(value.strip().upper() for value in row.values()) for row in read(SEEDS / "creative_daily_metrics.csv")
    }
    columns = list(read(SEEDS / "creative_daily_metrics.csv")[0])
    currency, spend = columns.index("currency_code"), columns.index("spend")
    source: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows:
        source[row[currency] or "XXX"] += Decimal(row[spend] or 0)
    for mart in ("fct_approach_periods", "fct_approach_members"):
        found = dict(demo.query(f"select currency_code, sum(spend) from approaches_marts.{mart} group by 1"))
        assert found == source


def test_a_run_after_dbt_and_each_job_alone_changes_no_row_and_says_so(
    demo: Workspace, copy_of: Callable[[Workspace], Workspace]
) -> None:
    """So steps and runs give the same, and what is done is not done again."""
    again = copy_of(demo)
    finished = again.approaches("run")
    assert finished.returncode == 0, finished.stderr
    assert f"no row of any of the {len(MARTS)} changed" in finished.stdout
    assert again.rows() == demo.rows()
    outcomes = again.query("select job, list(outcome order by started_at) from approaches_jobs.job_runs group by 1")
    # The demo's videos are invented: a host for examples is not asked again. Its texts are not embedded, and its dbt
    # was started by hand.
    others = {job: ["partial", "unchanged"] for job in ("hash-images", "hash-videos")} | {
        "embed": ["unchanged", "unchanged"]
    }
    stages = {"prepare": ["done"], "publish": ["done"]}
    assert dict(outcomes) == {job: ["done", "unchanged"] for job in JOBS} | others | stages
    runs = again.query("select count(*) from approaches_jobs.job_runs group by run_id order by 1")
    assert runs == [(1,)] * len(JOBS) + [(len(JOBS) + 2,)]


def test_progress_bars_show_on_a_terminal(demo: Workspace, copy_of: Callable[[Workspace], Workspace]) -> None:
    leader, follower = pty.openpty()
    with os.fdopen(leader, "rb", buffering=0) as terminal:
        child = subprocess.Popen(
            [sys.executable, "-m", "creative_approaches.cli", "track"],
            cwd=copy_of(demo).directory,
            env=os.environ | {"TERM": "xterm", "COLUMNS": "100"},
            stdout=follower,
            stderr=follower,
            stdin=subprocess.DEVNULL,
        )
        os.close(follower)
        shown = b""
        while True:
            try:
                chunk = terminal.read(4096)
            except OSError:  # Linux ends a terminal without a follower so
                break
            if not chunk:
                break
            shown += chunk
        assert child.wait(60) == 0
    assert b"\x1b[" in shown
    assert "━" in shown.decode()
    assert "approaches in 3 cohorts" in shown.decode()


KILLED_AFTER_ONE_COHORT = """
import os, signal, sys
from pathlib import Path
from creative_approaches.adapters.dbt.project import DbtOptions, DbtProject
from creative_approaches.adapters.warehouses.duckdb.warehouse import DuckDBWarehouse
from creative_approaches.jobs.cluster import job as cluster

cluster.CHUNK = 1  # commit each cohort by itself

class Killed(DuckDBWarehouse):
    def write(self, *changes):
        super().write(*changes)
        os.kill(os.getpid(), signal.SIGKILL)

project = DbtProject(DbtOptions(Path(sys.argv[1])))
cluster.cluster(Killed(project), project.settings, lambda items, label: items)
"""


def test_a_killed_job_keeps_what_it_finished_and_does_the_rest_when_run_again(
    demo: Workspace, copy_of: Callable[[Workspace], Workspace]
) -> None:
    again = copy_of(demo)
    again.execute("delete from approaches_jobs.cluster_assignments", "delete from approaches_jobs.cluster_runs")
    command = [sys.executable, "-c", KILLED_AFTER_ONE_COHORT, str(again.directory)]
    killed = subprocess.run(command, capture_output=True, check=False)
    assert killed.returncode == -9, killed.stderr
    for table in ("cluster_assignments", "cluster_runs"):
        assert again.query(f"select count(distinct cohort_id) from approaches_jobs.{table}") == [(1,)]
    finished = again.approaches("cluster")
    assert "28 of 42 cohorts and periods had changed" in finished.stderr
    assert again.rows() == demo.rows()


def test_the_order_of_the_input_rows_changes_nothing(demo: Workspace, tmp_path: Path) -> None:
    shuffled = make_workspace(tmp_path / "shuffled")
    for name in ("creatives.csv", "creative_daily_metrics.csv"):
        path = shuffled.directory / "seeds" / name
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = list(csv.reader(file))
        random.Random(7).shuffle(rows)
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([header, *rows])
    finished = shuffled.approaches("run", **SECOND_READINGS)
    assert finished.returncode == 0, finished.stderr
    expected, found = demo.rows(), shuffled.rows()
    assert [name for name in expected if found[name] != expected[name]] == []


def test_clusters_that_were_not_tracked_yet_are_pending_and_no_approach_gets_them(
    demo: Workspace, copy_of: Callable[[Workspace], Workspace]
) -> None:
    again = copy_of(demo)
    assert (
        again.approaches(
            "cluster", selection="silhouette_margin", max_clusters=5, min_cluster_size=40, closed_after_periods=None
        ).returncode
        == 0
    )
    finished = again.approaches("name")
    assert finished.returncode == 3
    assert "has no approach yet. Run first: approaches track" in finished.stderr
    rebuild(again, demo, "fct_approach_members", "fct_approach_periods")
    found = again.query("select distinct assignment_status from approaches_marts.fct_approach_members order by 1")
    assert found == [("pending",), ("unattributed",), ("unclusterable",)]
    (spend,) = again.query("select sum(spend) from approaches_marts.fct_approach_periods")
    assert [spend] == demo.query("select sum(spend) from approaches_marts.fct_approach_periods")


def test_a_tag_test_is_descriptive_by_what_was_embedded_not_by_the_vars_of_today(
    demo: Workspace, copy_of: Callable[[Workspace], Workspace]
) -> None:
    again = copy_of(demo)
    assert again.approaches("test-tags", embed_source="text", embed_tags=True).returncode == 0
    tests = "select * from approaches_jobs.approach_tag_tests order by all"
    assert again.query(tests) == demo.query(tests)
    given = "approach_tag_tests where not starts_with(tag, 'auto:')"
    assert again.query(f"select distinct is_descriptive from approaches_jobs.{given}") == [(False,)]
    assert again.query("select distinct is_descriptive from approaches_jobs.approach_trait_tests") == [(True,)]


def test_another_period_grain_for_one_job_is_refused(
    demo: Workspace, copy_of: Callable[[Workspace], Workspace]
) -> None:
    again = copy_of(demo)
    finished = again.approaches("track", period_grain="month")
    assert finished.returncode == 3
    assert "another period_grain than month" in finished.stderr
    assert again.rows() == demo.rows()


def test_late_creatives_come_into_open_periods_and_rename_no_approach_that_they_are_not_in(
    demo: Workspace, copy_of: Callable[[Workspace], Workspace]
) -> None:
    late = copy_of(demo)
    with (late.directory / "seeds" / "creatives.csv").open("a", encoding="utf-8") as file:
        file.write(
            "990001,facebook_ads,act_10482277,cmp_fh_core,late,Save 25% with code LATE25,Enter the code at checkout.,"
            '"promo,price-card",image,feed,,,2026-08-10 08:00:00,2026-08-10 08:00:00\n'
            "990002,facebook_ads,act_10482277,cmp_fh_core,too late,Save 20% with code LATE20,At checkout.,"
            '"promo,price-card",image,feed,,,2026-06-01 08:00:00,2026-06-01 08:00:00\n'
        )
    with (late.directory / "seeds" / "creative_daily_metrics.csv").open("a", encoding="utf-8") as file:
        file.write("2026-08-12,facebook_ads,act_10482277,cmp_fh_core,990001,USD,5000,80,41.50,3,200.00,4000\n")
        file.write("2026-06-03,facebook_ads,act_10482277,cmp_fh_core,990002,USD,5000,80,17.25,3,200.00,4000\n")
    assert late.dbt("seed", "--select", "creatives", "creative_daily_metrics").returncode == 0
    rebuild(late, demo, *READ_BY_JOBS)
    said = [late.approaches(job).stderr for job in ("annotate", "cluster", "track", "name", "test-tags")]
    assert "1 of 42 cohorts and periods had changed" in said[1]
    rebuild(late, demo, "fct_approach_members", *READ_BY_SUMMARY)
    (approach, status), too_late = late.query(
        "select approach_id, assignment_status from approaches_marts.fct_approach_members "
        "inner join approaches_marts.dim_creatives using (creative_key) "
        "where creative_id in ('990001', '990002') order by creative_id"
    )
    assert status == "assigned"
    # The week of June is closed: what comes in for it has a line of its own.
    assert too_late == (None, "late")
    assert late.query("select spend from approaches_marts.fct_approach_periods where assignment_status = 'late'") == [
        (Decimal("17.25"),)
    ]
    assert "17.25 USD too late for their period" in " ".join(late.approaches("summary").stdout.split())
    names = "select approach_id, approach_name from approaches_marts.dim_approaches"
    before, after = dict(demo.query(names)), dict(late.query(names))
    assert approach in before
    assert {key: name for key, name in after.items() if key != approach} == {
        key: name for key, name in before.items() if key != approach
    }


def test_the_summary_shows_every_living_approach_and_a_query_that_runs(demo: Workspace) -> None:
    finished = demo.approaches("summary")
    assert finished.returncode == 0, finished.stderr
    living = demo.query("select approach_name from approaches_marts.dim_approaches where status <> 'INACTIVE'")
    assert [name for (name,) in living if name not in _first_columns(finished.stdout)] == []
    query = finished.stdout[finished.stdout.index("  select approach_name") :].rstrip().rstrip(";")
    assert demo.query(query)


def _first_columns(screen: str) -> str:
    """The words of the first column of each table, which wraps long ones."""
    width, words = 0, []
    for line in screen.splitlines():
        width = line.index(" status ") if line.startswith(" approach ") else width
        words += line[:width].split()
    return " ".join(words)


def test_the_project_the_profile_and_the_file_may_be_anywhere(
    demo: Workspace, copy_of: Callable[[Workspace], Workspace], tmp_path: Path
) -> None:
    """As a scheduler calls it, from a directory of its own."""
    moved = copy_of(demo)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.move(moved.directory / "profiles.yml", elsewhere)
    environment = {"APPROACHES_DUCKDB_PATH": str(demo.database)}
    finished = Workspace(elsewhere, environment).approaches(
        "summary", "--project-dir", str(moved.directory), "--profiles-dir", str(elsewhere)
    )
    assert finished.returncode == 0, finished.stderr
    assert f"Data: {demo.database}" in finished.stdout


def test_every_column_in_the_warehouse_is_described(demo: Workspace) -> None:
    columns = demo.query(
        "select table_name, column_name from information_schema.columns where table_schema in "
        "('approaches_staging', 'approaches_intermediate', 'approaches_jobs', 'approaches_marts', 'approaches_raw')"
    )
    described = set()
    for path in [*(REPOSITORY / "models").rglob("*.yml"), *SEEDS.glob("*.yml")]:
        declared = yaml.safe_load(path.read_text())
        tables = [table for source in declared.get("sources", []) for table in source["tables"]]
        for node in [*declared.get("models", []), *declared.get("seeds", []), *tables]:
            described |= {(node["name"], column["name"]) for column in node["columns"] if column["description"]}
    assert len(columns) > 300
    assert sorted(set(columns) - described) == []


def test_marts_answer_which_copies_of_one_picture_run(demo: Workspace) -> None:
    """The drawn variants of a picture have names that start alike: base, base_small, base_recolored ..."""
    themes: dict[str, set[str]] = defaultdict(set)
    for theme, uri in demo.query(
        "select distinct image_theme_id, image_uri from approaches_marts.dim_creatives where image_theme_id is not null"
    ):
        themes[theme].add(Path(uri).stem)
    suffixes = ("_small", "_recolored", "_translated")
    bases = {theme: {_without(name, suffixes) for name in names} for theme, names in themes.items()}
    assert {theme: found for theme, found in bases.items() if len(found) > 1} == {}
    assert len(bases) == len({base for found in bases.values() for base in found})


def _without(name: str, suffixes: tuple[str, ...]) -> str:
    for suffix in suffixes:
        name = name.removesuffix(suffix)
    return name


def test_on_a_new_warehouse_dbt_builds_alone_and_nothing_is_in_an_approach_yet(demo: Workspace) -> None:
    assert json.loads((demo.directory / FIRST_BUILD).read_text()) == ["pending", "unattributed", "unclusterable"]


def test_the_documentation_is_made_without_a_warning(
    demo: Workspace, copy_of: Callable[[Workspace], Workspace]
) -> None:
    finished = copy_of(demo).dbt("--warn-error", "docs", "generate")
    assert finished.returncode == 0, finished.stdout
