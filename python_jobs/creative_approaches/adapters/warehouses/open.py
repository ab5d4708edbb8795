"""Which warehouse a dbt target means."""

from typing import Final

from creative_approaches.adapters.dbt.project import DbtProject
from creative_approaches.adapters.plugins import load_plugin
from creative_approaches.adapters.warehouses.port import Warehouse

GROUP: Final = "creative_approaches.warehouses"


def open_warehouse(project: DbtProject) -> Warehouse:
    """The warehouse of the project's target, whose type is its entry point's name.

    Raises UsageError for one that the jobs do not know.
    """
    warehouse: Warehouse = load_plugin(GROUP, project.credentials.type, "warehouse")(project)
    project.explain = warehouse.explain
    return warehouse
