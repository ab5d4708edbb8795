"""The DuckDB adapter on a real file, in a real project."""

import subprocess
import sys

import pyarrow as pa
import pytest

from creative_approaches.adapters.dbt.project import DbtOptions, DbtProject
from creative_approaches.adapters.warehouses.duckdb.warehouse import ROWS_AT_ONCE, DuckDBWarehouse
from creative_approaches.adapters.warehouses.open import open_warehouse
from creative_approaches.adapters.warehouses.port import Change, Warehouse
from creative_approaches.errors import DataError
from creative_approaches.tables import CLUSTER_ASSIGNMENTS, CREATIVE_EMBEDDINGS
from tests.support.warehouse_behaviour import WarehouseBehaviour, assignment, assignments
from tests.support.workspace import Workspace, make_workspace

KILLED_WRITE = """
import os, signal, sys
from pathlib import Path
from creative_approaches.adapters.dbt.project import DbtOptions, DbtProject
from creative_approaches.adapters.warehouses.duckdb.warehouse import DuckDBWarehouse
from creative_approaches.adapters.warehouses.port import Change
from creative_approaches.tables import CLUSTER_ASSIGNMENTS

class Killed(DuckDBWarehouse):
    def _apply(self, connection, relation, change):
        super()._apply(connection, relation, change)
        os.kill(os.getpid(), signal.SIGKILL)

warehouse = Killed(DbtProject(DbtOptions(Path(sys.argv[1]))))
warehouse.write(Change.of_all(CLUSTER_ASSIGNMENTS, CLUSTER_ASSIGNMENTS.rows([])))
"""


@pytest.fixture(scope="module")
def project_workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    workspace = make_workspace(tmp_path_factory.mktemp("warehouse") / "a project")
    finished = workspace.dbt(  # the hooks of any dbt command that writes create the job tables
        "build", "--select", "+stg_seeds__creative_traits"
    )
    assert finished.returncode == 0, finished.stdout
    return workspace


@pytest.fixture(scope="module")
def warehouse(project_workspace: Workspace) -> Warehouse:
    warehouse = open_warehouse(DbtProject(DbtOptions(project_workspace.directory)))
    assert isinstance(warehouse, DuckDBWarehouse)
    return warehouse


class TestDuckDBWarehouse(WarehouseBehaviour):
    def test_a_failed_change_takes_the_others_of_its_write_back(
        self, warehouse: Warehouse, project_workspace: Workspace
    ) -> None:
        old = assignments(assignment("a", 5, "x"))
        warehouse.write(Change.of_all(CLUSTER_ASSIGNMENTS, old))
        project_workspace.execute("alter table approaches_jobs.creative_embeddings rename to gone")
        try:
            with pytest.raises(DataError, match=r"creative_embeddings.* does not exist"):
                warehouse.write(
                    Change.of_all(CLUSTER_ASSIGNMENTS, assignments()),
                    Change.of_all(CREATIVE_EMBEDDINGS, CREATIVE_EMBEDDINGS.rows([])),
                )
        finally:
            project_workspace.execute("alter table approaches_jobs.gone rename to creative_embeddings")
        assert warehouse.read(CLUSTER_ASSIGNMENTS).equals(old)

    def test_a_killed_write_leaves_the_old_rows(self, warehouse: Warehouse, project_workspace: Workspace) -> None:
        old = assignments(assignment("a", 5, "x"), assignment("b", 5, "y"))
        warehouse.write(Change.of_all(CLUSTER_ASSIGNMENTS, old))
        killed = subprocess.run(
            [sys.executable, "-c", KILLED_WRITE, str(project_workspace.directory)], capture_output=True, check=False
        )
        assert killed.returncode == -9, killed.stderr
        assert warehouse.read(CLUSTER_ASSIGNMENTS).equals(old)

    def test_many_rows_come_in_batches_that_arrow_can_count(self, warehouse: Warehouse) -> None:
        """It counts the numbers of all vectors of a batch in 32 bits."""
        keys = [f"{number:06}" for number in range(2 * ROWS_AT_ONCE + 1)]
        vectors = pa.array([[float(number)] for number in reversed(range(len(keys)))])
        constant = {"model": "m", "backend": "b", "dimensions": 1}
        columns = {name: pa.repeat(value, len(keys)) for name, value in constant.items()}
        rows = pa.table({"text_hash": keys[::-1], **columns, "embedding": vectors})
        warehouse.write(Change.of_all(CREATIVE_EMBEDDINGS, rows))
        found = warehouse.read(CREATIVE_EMBEDDINGS)
        assert found["text_hash"].to_pylist() == keys
        assert found["embedding"].to_pylist() == vectors.to_pylist()[::-1]
        assert [batch.num_rows for batch in found.to_batches()] == [ROWS_AT_ONCE, ROWS_AT_ONCE, 1]

    def test_a_fingerprint_changes_with_a_row_and_not_with_the_order(self, warehouse: Warehouse) -> None:
        relation = "approaches_jobs.cluster_assignments"
        rows = [assignment("a", 5, "x"), assignment("b", 5, "y"), assignment("b", 5, "z", 3)]
        seen = []
        for content in (rows, rows[::-1], rows[:2], [*rows[:2], assignment("b", 5, "z", 4)]):
            warehouse.write(Change.of_all(CLUSTER_ASSIGNMENTS, assignments(*content)))
            seen += warehouse.fingerprints([relation]) or []
        assert seen[0] == seen[1]
        assert len(set(seen)) == 3
        assert warehouse.fingerprints(["approaches_marts.nothing"]) == [None]
