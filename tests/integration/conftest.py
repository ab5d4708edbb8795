"""What is prepared once for all of these tests."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from dbt.adapters.bigquery.credentials import _create_bigquery_defaults

from tests.support.bigquery.server import BigQueryServer, running_server
from tests.support.workspace import Workspace, built_once, make_workspace, run_step_by_step


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return make_workspace(tmp_path / "a project")


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The demo after every step. Tests only read it; one that changes it takes `copy_of`."""
    return built_once(tmp_path_factory, "demo", run_step_by_step)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BigQueryServer]:
    """A local BigQuery."""
    with running_server(tmp_path_factory.mktemp("server") / "log") as server:
        yield server


@pytest.fixture(autouse=True, scope="module")
def _forget_who_is_logged_in() -> None:
    """dbt-bigquery asks for the machine's login once in a process; a file of tests may have made one up."""
    _create_bigquery_defaults.cache_clear()


@pytest.fixture
def copy_of(tmp_path: Path) -> Callable[[Workspace], Workspace]:
    def copy(workspace: Workspace) -> Workspace:
        # Without dbt's parse cache, which remembers where large seeds were.
        shutil.copytree(workspace.directory, tmp_path / "a copy", ignore=shutil.ignore_patterns("target", "logs"))
        return Workspace(tmp_path / "a copy")

    return copy
