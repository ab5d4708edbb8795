"""Jobs without dbt: on a real DuckDB file whose tables have their own names, with the project's own settings."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeVar

import duckdb

from creative_approaches.adapters.warehouses.duckdb.warehouse import DuckDBWarehouse
from creative_approaches.settings import Settings
from creative_approaches.tables import JOB_TABLES, TRAIT_OVERRIDES, Table

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


class _BuiltProject(_Project):
    """The same of a file that dbt built, whose tables are where they are."""

    def __init__(self, database: Path) -> None:
        super().__init__(database.parent)
        self.credentials.path = database.name
        with duckdb.connect(str(database), read_only=True) as connection:
            found = connection.execute("select table_name, table_schema from information_schema.tables").fetchall()
        self._schemas = dict(found)

    def relation(self, table: Table) -> str:
        return f'"{self._schemas[table.name]}"."{table.name}"'


def open_built(database: Path) -> DuckDBWarehouse:
    """A DuckDB file that dbt built."""
    project: Any = _BuiltProject(database)
    return DuckDBWarehouse(project)


def open_directly(directory: Path) -> DuckDBWarehouse:
    """The DuckDB file of a directory."""
    project: Any = _Project(directory)
    return DuckDBWarehouse(project)


def make_directly(directory: Path, *models: Table) -> DuckDBWarehouse:
    """A new DuckDB file with all job tables, these models, and what people say of traits, empty."""
    with duckdb.connect(str(directory / "warehouse.duckdb")) as connection:
        for table in dict.fromkeys((*JOB_TABLES.values(), TRAIT_OVERRIDES, *models)):
            empty = table.rows([])
            connection.register("empty_rows", empty)
            connection.execute(f'create table "{table.name}" as select * from empty_rows')
    return open_directly(directory)


def settings(**changes: Any) -> Settings:
    """The project's own settings but for some vars."""
    return Settings.of(changes)
