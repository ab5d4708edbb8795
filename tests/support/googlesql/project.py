"""What BigQuery would say to a compiled dbt project: each seed, model and data test, parents first, then the scripts.

The types of sources and seeds are declared; those of models are inferred, held against what the yml says, and passed
on to the models below. A line in a finding is one of the compiled SQL.
"""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from tests.support.googlesql.checker import Checker, Column, Problem, Query, type_name
from tests.support.googlesql.size import Size
from tests.support.googlesql.table_rules import (
    MAX_CLUSTER_COLUMNS,
    MAX_COLUMN_DESCRIPTION,
    MAX_TABLE_DESCRIPTION,
    description_problem,
    label_problems,
)

Node = Mapping[str, Any]
Columns = Mapping[str, tuple[Column, ...]]
SourceTypes = Mapping[str, Mapping[str, str | None]]

INCREMENTAL: Final = "incremental_by_period"  # the project's own materialization

# What a load job's schema may say (TableFieldSchema.type): precision and scale are fields of their own, which dbt does
# not fill when it loads a seed.
SEED_TYPES: Final = {
    *("STRING", "BYTES", "INTEGER", "INT64", "FLOAT", "FLOAT64", "NUMERIC", "BIGNUMERIC", "BOOLEAN", "BOOL"),
    *("DATE", "TIME", "DATETIME", "TIMESTAMP", "GEOGRAPHY", "JSON"),
}
PARTITION_TYPES: Final = {"DATE", "DATETIME", "TIMESTAMP", "INT64"}
CLUSTER_TYPES: Final = {
    *("BIGNUMERIC", "BOOL", "DATE", "DATETIME", "GEOGRAPHY", "INT64", "NUMERIC", "STRING", "TIMESTAMP"),
    *("RANGE<DATE>", "RANGE<DATETIME>", "RANGE<TIMESTAMP>"),
}


@dataclass(frozen=True)
class Finding:
    node: str
    file: str
    line: int | None
    message: str

    def __str__(self) -> str:
        return f"{self.file}{f':{self.line}' if self.line else ''}: {self.node}: {self.message}"


@dataclass(frozen=True)
class CheckedProject:
    """checker : knows every table of the project.  columns, sizes : of each model that could be analyzed."""

    checker: Checker
    columns: Columns
    findings: Sequence[Finding]
    sizes: Mapping[str, Size] = field(default_factory=dict)


def read_manifest(target: Path) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads((target / "manifest.json").read_text())
    if manifest["metadata"]["adapter_type"] != "bigquery":
        raise ValueError(f"{target} was not compiled for BigQuery. Compile it with --target bigquery.")
    return manifest


def check_project(
    manifest: Node, first_build: Columns | None = None, source_types: SourceTypes | None = None
) -> CheckedProject:
    """Check what `dbt compile` left in a manifest.

    first_build : columns of the models as their first build makes them; what incremental models find as `this`.
    source_types : by name of a source table, the types of columns where they differ from the yml; None for a column
    that the table lacks.
    """
    walk = _Walk(manifest, first_build or {}, source_types or {})
    walk.run()
    sizes = {key: query.size for key, query in walk.queries.items()}
    return CheckedProject(walk.checker, walk.columns, walk.findings, sizes)


@dataclass
class _Walk:
    manifest: Node
    first_build: Columns
    source_types: SourceTypes
    checker: Checker = field(default_factory=Checker)
    columns: dict[str, tuple[Column, ...]] = field(default_factory=dict)
    queries: dict[str, Query] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    unknown: set[str] = field(default_factory=set)  # whose columns nobody knows: what reads them is not checked

    def run(self) -> None:
        for source in self.manifest["sources"].values():
            self._learn(source, self._check_source(source))
        nodes = self.manifest["nodes"]
        scripts = {key for key, node in nodes.items() if node["resource_type"] in ("analysis", "operation")}
        for level in _levels({key: node for key, node in nodes.items() if key not in scripts}):
            # Tables become known after the whole level, because each new one has the catalog sent again.
            found = [(node, self._check(node)) for node in level]
            for node, columns in found:
                self._learn(node, columns)
        for node in (nodes[key] for key in sorted(scripts)):
            for problem in self.checker.script(node["compiled_code"]).problems:
                self._report(node, problem)

    def _learn(self, node: Node, columns: Sequence[Column] | None) -> None:
        if columns is None:
            self.unknown.add(node["unique_id"])
        elif node.get("relation_name") and node["config"].get("materialized") == "view":
            query = replace(self.queries[node["unique_id"]], columns=tuple(columns))
            self.checker.add_view(node["relation_name"], query)
        elif node.get("relation_name"):
            self.checker.add_table(node["relation_name"], columns)
            if node["config"].get("materialized") == INCREMENTAL:
                # The query of a later run, in the statement that replaces rows (see shapes).
                self.checker.add_table(node["relation_name"].rstrip("`") + "__new`", columns)

    def _check(self, node: Node) -> Sequence[Column] | None:
        """The columns of the node's table or query, if they are known."""
        kind = node["resource_type"]
        if kind == "seed":
            return self._check_seed(node)
        if any(upstream in self.unknown for upstream in node["depends_on"]["nodes"]):
            return None
        return self._check_model(node) if kind == "model" else self._query(node)

    def _check_source(self, source: Node) -> Sequence[Column] | None:
        for name in (name for name, column in source["columns"].items() if not column.get("data_type")):
            self._report(source, f"column {name!r} has no data_type")
        types = {name: column.get("data_type") for name, column in source["columns"].items()}
        types |= self.source_types.get(source["name"], {})
        return self._typed(source, types)

    def _check_seed(self, seed: Node) -> Sequence[Column] | None:
        path = Path(seed["root_path"], seed["original_file_path"])
        with path.open(encoding="utf-8-sig", newline="") as file:
            names = next(csv.reader(file, delimiter=seed["config"]["delimiter"]))
        types: dict[str, str] = seed["config"]["column_types"]
        for name in sorted(set(names) ^ set(types)):
            missing = "a type in column_types" if name in names else "a column in the file"
            self._report(seed, f"column {name!r} has not got {missing}")
        columns = self._typed(seed, {name: types[name] for name in names if name in types})
        if not set(names) <= set(types):
            return None
        for column in columns or ():
            if types[column.name].upper() not in SEED_TYPES:
                message = f"column {column.name!r}: a load job takes no type {types[column.name]!r}, only plain names"
                self._report(seed, message)
        return columns

    def _check_model(self, model: Node) -> Sequence[Column] | None:
        key = model["unique_id"]
        declared = self._typed(model, {name: column["data_type"] for name, column in model["columns"].items()})
        is_incremental = model["config"]["materialized"] == INCREMENTAL
        if is_incremental and key in self.first_build:
            self.checker.add_table(model["relation_name"], self.first_build[key])
        columns = self._query(model)
        if columns is None:
            # A contract says what a model below may rely on.
            return declared if model["contract"]["enforced"] else None
        self.columns[key] = columns
        for message in _misfits(model, columns, declared or ()):
            self._report(model, message)
        if is_incremental and key in self.first_build and set(columns) != set(self.first_build[key]):
            change = set(columns) ^ set(self.first_build[key])
            self._report(model, f"a later run returns other columns than the first build: {_listed(change)}")
        return columns

    def _query(self, node: Node) -> tuple[Column, ...] | None:
        sql = node.get("compiled_code")
        if not sql:
            self._report(node, "was not compiled")
            return None
        query = self.checker.query(sql)
        self.queries[node["unique_id"]] = query
        for problem in query.problems:
            self._report(node, problem)
        return query.columns or None

    def _typed(self, node: Node, types: Mapping[str, str | None]) -> tuple[Column, ...] | None:
        """The columns that have a type; None if BigQuery does not know one of the types."""
        columns = []
        is_known = True
        for name, type_ in types.items():
            if type_:
                try:
                    columns.append(Column(name, type_name(type_)))
                except ValueError as error:
                    self._report(node, f"column {name!r}: {error}")
                    is_known = False
        return tuple(columns) if is_known else None

    def _report(self, node: Node, problem: Problem | str) -> None:
        if isinstance(problem, str):
            problem = Problem(problem)
        self.findings.append(Finding(node["unique_id"], node["original_file_path"], problem.line, problem.message))


def _levels(nodes: Mapping[str, Node]) -> Iterator[list[Node]]:
    """Nodes after everything that they depend on."""
    waiting = dict(nodes)
    while waiting:
        level = [
            node
            for node in waiting.values()
            if not any(upstream in waiting for upstream in node["depends_on"].get("nodes", []))
        ]
        yield level
        for node in level:
            del waiting[node["unique_id"]]


def _misfits(model: Node, columns: Sequence[Column], declared: Sequence[Column]) -> Iterator[str]:
    """Where the columns of a query and what the yml and the configuration say of them do not fit."""
    names = [column.name.lower() for column in columns]
    types = dict(zip(names, (column.type for column in columns), strict=True))
    if any(name.startswith("$") for name in names):
        yield "the query returns a column without a name"
    for name in model["columns"]:
        if name.lower() not in types:
            yield f"the yml names a column {name!r} that the query does not return"
    for column in declared:
        inferred = types.get(column.name.lower(), column.type)
        if inferred != column.type:
            yield f"column {column.name!r}: the yml says {column.type}, the query returns {inferred}"
    if model["contract"]["enforced"]:
        typed = {name.lower() for name, column in model["columns"].items() if column["data_type"]}
        for name in sorted({name for name in names if not name.startswith("$")} - typed):
            yield f"the contract does not name column {name!r} with a type"
    yield from _description_misfits(model)
    if model["config"]["materialized"] in ("table", INCREMENTAL):
        yield from _partition_misfits(model["config"].get("partition_by"), types)
        yield from _cluster_misfits(_as_list(model["config"].get("cluster_by")), types)
        yield from label_problems(list((model["config"].get("labels") or {}).items()))
        for name in _as_list(model["config"].get("unique_key")):
            if name.lower() not in types:
                yield f"unique_key {name!r} is no column of the query"


def _description_misfits(model: Node) -> Iterator[str]:
    """Dbt writes descriptions to the table where a project that takes this one as a package sets persist_docs."""
    described = [(f"field {name}", column, MAX_COLUMN_DESCRIPTION) for name, column in model["columns"].items()]
    for what, node, maximum in (("the table", model, MAX_TABLE_DESCRIPTION), *described):
        problem = description_problem(what, node.get("description") or "", maximum)
        if problem:
            yield problem


def _partition_misfits(partition: Mapping[str, Any] | None, types: Mapping[str, str]) -> Iterator[str]:
    if not partition:
        return
    name, declared = partition["field"], partition.get("data_type", "date").upper()
    inferred = types.get(name.lower())
    if inferred is None:
        yield f"partition_by {name!r} is no column of the query"
    elif inferred not in PARTITION_TYPES:
        yield f"partition_by {name!r}: BigQuery does not partition by {inferred}"
    elif inferred != declared:
        yield f"partition_by {name!r} says {declared}, the query returns {inferred}"
    elif inferred == "INT64" and not partition.get("range"):
        yield f"partition_by {name!r}: an INT64 needs a range"


def _cluster_misfits(cluster: Sequence[str], types: Mapping[str, str]) -> Iterator[str]:
    if len(cluster) > MAX_CLUSTER_COLUMNS:
        yield f"cluster_by names {len(cluster)} columns, BigQuery takes {MAX_CLUSTER_COLUMNS}"
    for name in cluster:
        inferred = types.get(name.lower())
        if inferred is None:
            yield f"cluster_by {name!r} is no column of the query"
        elif inferred not in CLUSTER_TYPES:
            yield f"cluster_by {name!r}: BigQuery does not cluster by {inferred}"


def _as_list(value: str | Sequence[str] | None) -> Sequence[str]:
    return [value] if isinstance(value, str) else value or []


def _listed(columns: set[Column]) -> str:
    return ", ".join(sorted(f"{column.name} {column.type}" for column in columns))
