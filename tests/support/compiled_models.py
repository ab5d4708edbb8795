"""Models built again by the SQL that a run compiled, without starting dbt."""

import json
from graphlib import TopologicalSorter

from tests.support.workspace import Workspace


def rebuild(workspace: Workspace, compiled: Workspace, *models: str) -> None:
    """Build these models and every model that they are made of, parents first, in the warehouse of a workspace.

    compiled : a workspace whose dbt compiled the whole project, with the same settings.
    """
    target = compiled.directory / "target"
    nodes = json.loads((target / "manifest.json").read_text())["nodes"]
    parents: dict[str, list[str]] = {}
    wanted = [f"model.creative_approaches.{name}" for name in models]
    while wanted:
        key = wanted.pop()
        parents[key] = [parent for parent in nodes[key]["depends_on"]["nodes"] if parent.startswith("model.")]
        wanted += [parent for parent in parents[key] if parent not in parents]
    statements = []
    for key in TopologicalSorter(parents).static_order():
        node = nodes[key]
        if node["config"]["materialized"] != "view":
            sql = (target / "compiled" / node["package_name"] / node["original_file_path"]).read_text()
            statements += [f"delete from {node['relation_name']}", f"insert into {node['relation_name']} by name {sql}"]
    workspace.execute(*statements)
