"""One run on the job tables of an earlier state of this repository: nothing is lost, and nothing is paid for again.

Earlier states knew the last text of an ad only. The demo has ads that were edited: what they showed before is new.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

import duckdb
import pytest

from tests.support.earlier_tables import STATES, EarlierTable, read_state, write_to_duckdb
from tests.support.workspace import Workspace

BROKEN_DATA: Final = 3  # exit code
JOBS: Final = "approaches_jobs"
CLOSED_AFTER: Final = timedelta(weeks=8)  # var closed_after_periods
OF_PERIODS: Final = ("cluster_runs", "clusters", "cluster_assignments", "approach_snapshots", "approach_events")
# Made from the rows of other tables in each run, or from files that cost nothing to read again.
MADE_ANEW: Final = ("approach_tag_tests", "image_hashes", "video_hashes")


def lost(workspace: Workspace, table: EarlierTable, only: str = "true") -> list[tuple[Any, ...]]:
    """Rows of before that are not there now, by the columns that there still are."""
    with duckdb.connect(str(workspace.database)) as connection:
        now = {name for name, *_ in connection.execute(f"describe {JOBS}.{table.name}").fetchall()}
        kept = ", ".join(column for column in table.columns if column in now)
        connection.register("before", table.rows)
        return connection.execute(
            f"select {kept} from before where {only} except all select {kept} from {JOBS}.{table.name}"
        ).fetchall()


def texts(workspace: Workspace, only: str = "true") -> set[str]:
    """The texts of contents, by their hashes."""
    rows = workspace.query(
        "select distinct text_hash from approaches_intermediate.int_creatives__embedding_text "
        f"inner join approaches_intermediate.int_creatives__contents using (version_key) where {only}"
    )
    return {text_hash for (text_hash,) in rows if text_hash}


def last_run(workspace: Workspace, job: str) -> tuple[Any, ...]:
    """What the newest run of a job wrote and asked for."""
    (row,) = workspace.query(
        f"select rows_written, requests from {JOBS}.job_runs where job = '{job}' order by started_at desc limit 1"
    )
    return row


@pytest.mark.parametrize("commit", STATES)
def test_one_run_loses_nothing_and_pays_for_nothing_again(
    demo: Workspace, copy_of: Callable[[Workspace], Workspace], commit: str
) -> None:
    workspace = copy_of(demo)
    earlier = {table.name: table for table in read_state(commit)}
    write_to_duckdb(workspace.database, JOBS, earlier.values())
    finished = workspace.approaches("run")
    assert finished.returncode == 0, finished.stderr
    assert "Job tables were brought up to date" in finished.stderr
    ((last,),) = workspace.query(f"select max(period_start) from {JOBS}.cluster_runs")
    is_closed = f"period_start <= date '{last - CLOSED_AFTER}'"
    for name, table in earlier.items():
        if name in OF_PERIODS:
            assert table.rows.num_rows > 0
            assert lost(workspace, table, is_closed) == [], name
        elif name not in MADE_ANEW:
            assert lost(workspace, table) == [], name
    known_texts = set(earlier["creative_embeddings"].rows["text_hash"].to_pylist())
    new_texts = {key for key in texts(workspace) if key not in known_texts}
    assert last_run(workspace, "embed") == (len(new_texts), 0)
    assert new_texts.isdisjoint(texts(workspace, "is_latest"))
    assert last_run(workspace, "name") == (0, 0)
    ids = f"select distinct approach_id from {JOBS}.approach_snapshots order by 1"
    known = sorted(set(earlier["approach_snapshots"].rows["approach_id"].to_pylist()))
    assert [approach_id for (approach_id,) in workspace.query(ids)] == known


def test_a_job_alone_migrates_before_it_reads(demo: Workspace, copy_of: Callable[[Workspace], Workspace]) -> None:
    workspace = copy_of(demo)
    write_to_duckdb(workspace.database, JOBS, read_state("2ee7f9c"))
    only_asked = workspace.approaches("embed", "--dry-run")
    assert only_asked.returncode == BROKEN_DATA
    assert "does not fit this version" in only_asked.stderr
    assert "dbt run-operation migrate_job_tables" in only_asked.stderr
    finished = workspace.approaches("embed")
    assert finished.returncode == 0, finished.stderr
    assert "Job tables were brought up to date, with all their rows: " in finished.stderr
    assert "7 of 586 texts were new" in finished.stderr
    again = workspace.approaches("embed")
    assert "Job tables" not in again.stderr
