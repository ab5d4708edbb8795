"""One run on the job tables of an earlier state of this repository: nothing is lost, and nothing is paid for again.

Earlier states grouped texts, and knew the last one of an ad only. The demo has ads that were edited: what they showed
before is new, and so are the ads that were rewritten since. Their vectors count as those of today's model here: of
another model they would be made anew.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

import duckdb
import pyarrow as pa
import pytest

from creative_approaches.core.embedding.offline import MODEL
from tests.support.earlier_tables import STATES, EarlierTable, read_state, write_to_duckdb
from tests.support.workspace import Workspace

BROKEN_DATA: Final = 3  # exit code
JOBS: Final = "approaches_jobs"
CLOSED_AFTER: Final = timedelta(weeks=8)  # var closed_after_periods
OF_PERIODS: Final = (
    *("cluster_runs", "clusters", "cluster_assignments"),
    *("approach_snapshots", "approach_members", "approach_events"),
)
# Made from the rows of other tables in each run, by a namer of another version, or from files that cost nothing to read
# again.
MADE_ANEW: Final = ("approach_tag_tests", "approach_names", "approach_name_members", "image_hashes", "video_hashes")


def lost(workspace: Workspace, table: EarlierTable, only: str = "true") -> list[tuple[Any, ...]]:
    """Rows of before that are not there now, by the columns that there still are."""
    with duckdb.connect(str(workspace.database)) as connection:
        now = {name for name, *_ in connection.execute(f"describe {JOBS}.{table.name}").fetchall()}
        kept = ", ".join(column for column in table.columns if column in now)
        connection.register("before", table.rows)
        return connection.execute(
            f"select {kept} from before where {only} except all select {kept} from {JOBS}.{table.name}"
        ).fetchall()


def texts(workspace: Workspace) -> set[str]:
    """The texts of contents, by their hashes."""
    rows = workspace.query("select text_hash from approaches_intermediate.int_texts__distinct")
    return {text_hash for (text_hash,) in rows}


def last_run(workspace: Workspace, job: str) -> tuple[Any, ...]:
    """What the newest run of a job wrote and asked for."""
    (row,) = workspace.query(
        f"select rows_written, requests from {JOBS}.job_runs where job = '{job}' order by started_at desc limit 1"
    )
    return row


def vectors_of_today(table: EarlierTable) -> EarlierTable:
    """A table with the model of today's embedder in its rows of vectors."""
    if table.name != "creative_embeddings":
        return table
    place = table.rows.column_names.index("model")
    return replace(table, rows=table.rows.set_column(place, "model", pa.repeat(MODEL, table.rows.num_rows)))


@pytest.fixture
def text_demo(demo: Workspace, copy_of: Callable[[Workspace], Workspace]) -> Workspace:
    """The demo for somebody who keeps grouping texts."""
    workspace = copy_of(demo)
    workspace.set_vars(embed_source="text", annotator="text")
    return workspace


@pytest.mark.parametrize("commit", STATES)
def test_one_run_loses_nothing_and_pays_for_nothing_again(text_demo: Workspace, commit: str) -> None:
    workspace = text_demo
    earlier = {table.name: vectors_of_today(table) for table in read_state(commit)}
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
    there = texts(workspace)
    new_texts = there.difference(earlier["creative_embeddings"].rows["text_hash"].to_pylist())
    assert last_run(workspace, "embed") == (len(new_texts), 0)
    assert len(new_texts) < len(there) / 4  # the demo's ads of today: three approaches were written anew
    assert last_run(workspace, "name")[1] == 0
    ids = f"select distinct approach_id from {JOBS}.approach_snapshots order by 1"
    known = sorted(set(earlier["approach_snapshots"].rows["approach_id"].to_pylist()))
    now = [approach_id for (approach_id,) in workspace.query(ids)]
    assert set(known) <= set(now)
    named = f"select distinct approach_id from {JOBS}.approach_names order by 1"
    assert [approach_id for (approach_id,) in workspace.query(named)] == now


def test_a_job_alone_migrates_before_it_reads(text_demo: Workspace) -> None:
    workspace = text_demo
    assert workspace.dbt("run", "--select", "int_creatives__embedding_text", "int_texts__distinct").returncode == 0
    earlier = {table.name: vectors_of_today(table) for table in read_state("2ee7f9c")}
    write_to_duckdb(workspace.database, JOBS, earlier.values())
    there = texts(workspace)
    new_texts = there.difference(earlier["creative_embeddings"].rows["text_hash"].to_pylist())
    only_asked = workspace.approaches("embed", "--dry-run")
    assert only_asked.returncode == BROKEN_DATA
    assert "does not fit this version" in only_asked.stderr
    assert "dbt run-operation migrate_job_tables" in only_asked.stderr
    finished = workspace.approaches("embed")
    assert finished.returncode == 0, finished.stderr
    assert "Job tables were brought up to date, with all their rows: " in finished.stderr
    assert f"{len(new_texts)} of {len(there)} texts were new" in finished.stderr
    again = workspace.approaches("embed")
    assert "Job tables" not in again.stderr
