"""A write to a warehouse, in a process that a test kills."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from creative_approaches.adapters.dbt.project import DbtOptions, DbtProject
from creative_approaches.adapters.warehouses.open import open_warehouse
from creative_approaches.adapters.warehouses.port import Change
from tests.support.commands.warm import forks


def start_write(directory: Path, environment: Mapping[str, str], *changes: Change) -> Any:
    """Start to write the changes to the target of a project's directory. Returns the process."""
    child = forks().Process(target=_write, args=(directory, dict(environment), changes))
    child.start()
    return child


def _write(directory: Path, environment: Mapping[str, str], changes: tuple[Change, ...]) -> None:
    os.environ.update(environment)
    open_warehouse(DbtProject(DbtOptions(directory))).write(*changes)
