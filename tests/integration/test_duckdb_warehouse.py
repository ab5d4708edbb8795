"""The DuckDB adapter on a real file, in a real project."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from conftest import Workspace, make_workspace

from creative_approaches.adapters.dbt_project import DbtOptions, DbtProject
from creative_approaches.adapters.duckdb_warehouse import Change, DuckDBWarehouse
from creative_approaches.errors import DataError
from creative_approaches.tables import CLUSTER_ASSIGNMENTS, CREATIVE_EMBEDDINGS, JOB_TABLES, TEXTS


@pytest.fixture(scope="module")
def project_workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    workspace = make_workspace(tmp_path_factory.mktemp("warehouse") / "a project")
    finished = workspace.dbt("seed")  # the hooks of any dbt command that writes create the job tables
    assert finished.returncode == 0, finished.stdout
    return workspace


@pytest.fixture(scope="module")
def warehouse(project_workspace: Workspace) -> DuckDBWarehouse:
    return DuckDBWarehouse(DbtProject(DbtOptions(project_workspace.directory)))


@pytest.fixture(autouse=True)
def empty_tables(warehouse: DuckDBWarehouse) -> Iterator[None]:
    yield
    warehouse.write(*(Change.of_all(table, table.rows([])) for table in (CLUSTER_ASSIGNMENTS, CREATIVE_EMBEDDINGS)))


def assignment(cohort: str, week: int, key: str, cluster: int = 0) -> dict[str, Any]:
    return {
        "cohort_id": cohort,
        "period_start": date(2026, 1, week),
        "creative_key": key,
        "cluster": cluster,
        "is_outlier": False,
        "distance_to_centroid": 0.1 + cluster,
    }


def test_job_tables_exist_before_any_job_ran(warehouse: DuckDBWarehouse) -> None:
    for table in JOB_TABLES.values():
        assert warehouse.read(table).schema == table.schema
        assert warehouse.read(table).num_rows == 0


def test_rows_come_back_as_written_in_the_order_of_the_key(warehouse: DuckDBWarehouse) -> None:
    rows = [assignment("b", 5, "x"), assignment("a", 12, "y", 1), assignment("a", 5, "z", 2), assignment("a", 5, "w")]
    assert warehouse.write(Change.of_all(CLUSTER_ASSIGNMENTS, CLUSTER_ASSIGNMENTS.rows(rows))) == 4
    assert warehouse.read(CLUSTER_ASSIGNMENTS).to_pylist() == [rows[3], rows[2], rows[1], rows[0]]


def test_vectors_come_back_exactly(warehouse: DuckDBWarehouse) -> None:
    vector = [1 / 3, -1e-300, 5e-324, 0.1 + 0.2]
    row = {"text_hash": "h", "model": "m", "dimensions": 4, "embedding": vector}
    warehouse.write(Change.of_keys(CREATIVE_EMBEDDINGS, CREATIVE_EMBEDDINGS.rows([row])))
    assert warehouse.read(CREATIVE_EMBEDDINGS)["embedding"].to_pylist() == [vector]


def test_a_key_is_replaced_and_never_doubled(warehouse: DuckDBWarehouse) -> None:
    for cluster in (1, 2):
        rows = CLUSTER_ASSIGNMENTS.rows([assignment("a", 5, "x", cluster)])
        warehouse.write(Change.of_keys(CLUSTER_ASSIGNMENTS, rows))
    assert warehouse.read(CLUSTER_ASSIGNMENTS)["cluster"].to_pylist() == [2]


def test_a_partition_is_replaced_also_by_nothing_and_the_others_stay(warehouse: DuckDBWarehouse) -> None:
    old = [assignment("a", 5, "x"), assignment("a", 5, "y"), assignment("a", 12, "x"), assignment("b", 5, "x")]
    warehouse.write(Change.of_all(CLUSTER_ASSIGNMENTS, CLUSTER_ASSIGNMENTS.rows(old)))
    replaced = CLUSTER_ASSIGNMENTS.rows([old[0], old[3]]).select(["cohort_id", "period_start"])
    new = [assignment("a", 5, "z")]
    warehouse.write(Change(CLUSTER_ASSIGNMENTS, CLUSTER_ASSIGNMENTS.rows(new), replaced))
    assert warehouse.read(CLUSTER_ASSIGNMENTS).to_pylist() == [*new, old[2]]


def test_a_failed_change_takes_the_others_of_its_write_back(
    warehouse: DuckDBWarehouse, project_workspace: Workspace
) -> None:
    old = CLUSTER_ASSIGNMENTS.rows([assignment("a", 5, "x")])
    warehouse.write(Change.of_all(CLUSTER_ASSIGNMENTS, old))
    project_workspace.execute("alter table approaches_jobs.creative_embeddings rename to gone")
    try:
        with pytest.raises(DataError, match=r"creative_embeddings.* does not exist"):
            warehouse.write(
                Change.of_all(CLUSTER_ASSIGNMENTS, CLUSTER_ASSIGNMENTS.rows([])),
                Change.of_all(CREATIVE_EMBEDDINGS, CREATIVE_EMBEDDINGS.rows([])),
            )
    finally:
        project_workspace.execute("alter table approaches_jobs.gone rename to creative_embeddings")
    assert warehouse.read(CLUSTER_ASSIGNMENTS).equals(old)


KILLED_WRITE = """
import os, signal, sys
from pathlib import Path
from creative_approaches.adapters import duckdb_warehouse
from creative_approaches.adapters.dbt_project import DbtOptions, DbtProject
from creative_approaches.tables import CLUSTER_ASSIGNMENTS

class Killed(duckdb_warehouse.DuckDBWarehouse):
    def _apply(self, connection, relation, change):
        super()._apply(connection, relation, change)
        os.kill(os.getpid(), signal.SIGKILL)

warehouse = Killed(DbtProject(DbtOptions(Path(sys.argv[1]))))
warehouse.write(duckdb_warehouse.Change.of_all(CLUSTER_ASSIGNMENTS, CLUSTER_ASSIGNMENTS.rows([])))
"""


def test_a_killed_write_leaves_the_old_rows(warehouse: DuckDBWarehouse, project_workspace: Workspace) -> None:
    old = CLUSTER_ASSIGNMENTS.rows([assignment("a", 5, "x"), assignment("b", 5, "y")])
    warehouse.write(Change.of_all(CLUSTER_ASSIGNMENTS, old))
    killed = subprocess.run(
        [sys.executable, "-c", KILLED_WRITE, str(project_workspace.directory)], capture_output=True, check=False
    )
    assert killed.returncode == -9, killed.stderr
    assert warehouse.read(CLUSTER_ASSIGNMENTS).equals(old)


def test_a_fingerprint_changes_with_a_row_and_not_with_the_order(
    warehouse: DuckDBWarehouse, project_workspace: Workspace
) -> None:
    relation = "approaches_jobs.cluster_assignments"
    rows = [assignment("a", 5, "x"), assignment("b", 5, "y"), assignment("b", 5, "z", 3)]
    seen = []
    for content in (rows, rows[::-1], rows[:2], [*rows[:2], assignment("b", 5, "z", 4)]):
        warehouse.write(Change.of_all(CLUSTER_ASSIGNMENTS, CLUSTER_ASSIGNMENTS.rows(content)))
        seen += warehouse.fingerprints([relation])
    assert seen[0] == seen[1]
    assert len(set(seen)) == 3
    assert warehouse.fingerprints(["approaches_marts.nothing"]) == [None]


def test_a_missing_table_is_named_with_the_next_command(warehouse: DuckDBWarehouse) -> None:
    with pytest.raises(DataError, match=r"int_texts__distinct.* does not exist\. Build it: dbt build"):
        warehouse.read(TEXTS)
