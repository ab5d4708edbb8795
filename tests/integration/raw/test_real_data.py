"""The worked example of docs/bring-your-own-data.md, run as written there on real headlines."""

import os
import re
from pathlib import Path

import duckdb
import pytest

from tests.support.paths import REPOSITORY
from tests.support.workspace import Workspace, make_workspace

DATA = Path(os.environ.get("APPROACHES_REAL_DATA", REPOSITORY.parent / "shared" / "data"))
PARQUET = DATA / "upworthy" / "upworthy_clean.parquet"
SETTINGS = {
    **{"demo_data": False, "raw_schema": "upworthy", "platforms": ["upworthy"], "period_grain": "month"},
    **{"embed_source": "text", "annotator": "text"},
}

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not PARQUET.is_file(), reason=f"the Upworthy data is not at {PARQUET}"),
]


def documented_sql() -> str:
    page = (REPOSITORY / "docs" / "bring-your-own-data.md").read_text()
    blocks: list[str] = re.findall(r"```sql\n(.*?)```", page, flags=re.DOTALL)
    return next(block for block in blocks if "create or replace table upworthy.creatives" in block)


@pytest.fixture(scope="module")
def upworthy(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    workspace = make_workspace(tmp_path_factory.mktemp("upworthy") / "a project")
    with duckdb.connect(str(workspace.database)) as connection:
        connection.execute("set variable upworthy = ?", [str(PARQUET)])
        connection.execute(documented_sql())
    finished = workspace.approaches("run", **SETTINGS)
    assert finished.returncode == 0, finished.stderr
    return workspace


def test_no_impression_and_no_click_is_lost(upworthy: Workspace) -> None:
    (source,) = upworthy.query(f"select sum(impressions), sum(clicks) from read_parquet('{PARQUET}')")
    (mart,) = upworthy.query("select sum(impressions), sum(clicks) from approaches_marts.fct_approach_periods")
    assert mart == source


def test_every_package_is_in_one_month_and_placed_or_counted_as_an_outlier(upworthy: Workspace) -> None:
    found = upworthy.query(
        "select count(*), count(distinct creative_key), count(*) filter (assignment_status in ('assigned', 'outlier')) "
        "from approaches_marts.fct_approach_members"
    )
    assert found == [(22_666, 22_666, 22_666)]


def test_every_approach_has_a_name_that_no_other_of_its_account_has(upworthy: Workspace) -> None:
    (found,) = upworthy.query(
        "select count(*), count(distinct approach_name), count(*) filter (approach_name is null) "
        "from approaches_marts.dim_approaches"
    )
    approaches, names, unnamed = found
    assert approaches >= 28
    assert (names, unnamed) == (approaches, 0)


def test_the_page_s_query_runs_as_written(upworthy: Workspace) -> None:
    page = (REPOSITORY / "docs" / "bring-your-own-data.md").read_text()
    queries = [q for q in re.findall(r"```sql\n(.*?)```", page, flags=re.DOTALL) if q.startswith("select")]
    assert queries
    for query in queries:
        assert upworthy.query(query)
