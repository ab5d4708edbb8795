"""Jobs that ask a model, in processes that a test kills."""

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final, TypeVar

from creative_approaches.adapters.duckdb_warehouse import DuckDBWarehouse
from creative_approaches.jobs import embed
from creative_approaches.settings import Settings
from creative_approaches.tables import Table

T = TypeVar("T")
CHUNK: Final = 40  # texts that are committed together


class Quiet:
    """Progress that nobody sees."""

    def __call__(self, items: Sequence[T], label: str, /) -> Iterable[T]:
        return items

    def say(self, text: str) -> None:
        pass


class DirectProject:
    """What the adapter asks of a dbt project, without dbt."""

    def __init__(self, directory: Path) -> None:
        self.credentials = SimpleNamespace(path="warehouse.duckdb", settings={})
        self.options = SimpleNamespace(project_dir=directory)

    def relation(self, table: Table) -> str:
        return f'"{table.name}"'


def open_directly(directory: Path) -> DuckDBWarehouse:
    """The DuckDB file of a directory, its tables under their own names."""
    project: Any = DirectProject(directory)
    return DuckDBWarehouse(project)


def embed_in_child(directory: Path, settings: Settings, environment: Mapping[str, str]) -> None:
    """Run the job embed in small chunks."""
    os.environ.update(environment)
    embed.PAID_CHUNK = CHUNK
    embed.embed(open_directly(directory), settings, Quiet())
