"""Jobs without dbt: on a real DuckDB file whose tables have their own names, with the project's own settings."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeVar

import duckdb

from creative_approaches.adapters.warehouses.duckdb.warehouse import DuckDBWarehouse
from creative_approaches.settings import Settings
from creative_approaches.tables import JOB_TABLES, Table

T = TypeVar("T")


class Narrator:
    """Progress that remembers what was said."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def __call__(self, items: Sequence[T], label: str, /) -> Iterable[T]:
        return items

    def say(self, text: str) -> None:
        self.said.append(text)


class _Project:
    """What the adapter asks of a dbt project."""

    def __init__(self, directory: Path) -> None:
        self.credentials = SimpleNamespace(path="warehouse.duckdb", settings={})
        self.options = SimpleNamespace(project_dir=directory)

    def relation(self, table: Table) -> str:
        return f'"{table.name}"'


def open_directly(directory: Path) -> DuckDBWarehouse:
    """The DuckDB file of a directory."""
    project: Any = _Project(directory)
    return DuckDBWarehouse(project)


def make_directly(directory: Path, *models: Table) -> DuckDBWarehouse:
    """A new DuckDB file with all job tables and these models, empty."""
    with duckdb.connect(str(directory / "warehouse.duckdb")) as connection:
        for table in (*JOB_TABLES.values(), *models):
            empty = table.rows([])
            connection.register("empty_rows", empty)
            connection.execute(f'create table "{table.name}" as select * from empty_rows')
    return open_directly(directory)


def settings(**changes: Any) -> Settings:
    """The project's own settings but for some vars."""
    return Settings.of(changes)
