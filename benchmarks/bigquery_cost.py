"""What BigQuery bills for a run, computed from the compiled project.

For each statement, the columns and partitions that it reads, times the rows and widths of bigquery_volumes.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from benchmarks.bigquery_jobs import (
    DAILY,
    EARLIEST,
    EDITED,
    FIRST,
    NEWEST,
    UNCLOSED,
    Download,
    Write,
    downloads,
    job_writes,
)
from benchmarks.bigquery_reads import Read, reads
from benchmarks.bigquery_volumes import Count, Volume, constant, value_bytes
from creative_approaches.adapters.warehouses.bigquery.sql import IS_GONE
from creative_approaches.adapters.warehouses.bigquery.staging import statement as merge_statement
from tests.support.googlesql.checker import Checker, Column
from tests.support.googlesql.project import CheckedProject

# Dollars per TiB, US multi-region, as known in 2025.
QUERY_PRICE: Final = 6.25
STORAGE_READ_PRICE: Final = 1.10
MINIMUM: Final = 10 * 2**20  # bytes that each table of a query is billed at least
TIB: Final = 2**40

REFRESH: Final = "a full refresh"
STAGING: Final = "__staging_"
ONCE, NONE = constant(1), constant(0)
# Scripts with what dbt sends beside models and tests: what it is called, and how often a run sends it. The raw tables
# and the versions of the job tables are checked at the start of both dbt stages.
CHECKS: Final = {
    "raw_findings": ("check of the raw tables", 1),
    "table_versions": ("check of the job tables' versions", 2),
    "incremental_builds": ("record of incremental builds", 1),
    "begin_build": ("record of incremental builds", 1),
}


@dataclass(frozen=True)
class Statement:
    """What a run sends.

    times : how often.  staged : rows of its staging tables together.  filled : share of its tables' rows that is there.
    """

    owner: str
    kind: str  # build, check, test, merge, or query: of a view, by the job that reads it
    reads: tuple[Read, ...]
    times: Count = ONCE
    staged: Count = NONE
    filled: float = 1


@dataclass(frozen=True)
class Run:
    statements: tuple[Statement, ...]
    downloads: tuple[Download, ...]


class Project:
    """The compiled project, as far as bytes depend on it."""

    def __init__(self, manifests: Mapping[str, Any], first: CheckedProject, later: CheckedProject) -> None:
        """Take the shapes `first build` and `later run` of the compiled project, and what the checker found in them."""
        nodes = manifests["later run"]["nodes"].values()
        sources = manifests["later run"]["sources"].values()
        tables = [node for node in [*nodes, *sources] if node["resource_type"] in ("seed", "model", "source")]
        self._types = {
            table["name"]: {column.name: column.type for column in later.checker.columns(table["relation_name"])}
            for table in tables
        }
        self._relations = {table["name"]: table["relation_name"] for table in sources}
        self._partitions = {"creative_daily_metrics": "date_day"}
        for table in tables:
            partition = table["config"].get("partition_by") or table["config"].get("meta", {}).get("partition_by")
            if partition:
                self._partitions[table["name"]] = partition if isinstance(partition, str) else partition["field"]
        daily = tuple(self._dbt(manifests["later run"], later.checker, is_daily=True))
        refresh = tuple(self._dbt(manifests["first build"], first.checker, is_daily=False))
        merges = {run: tuple(self._merges(writes, later.checker)) for run, writes in job_writes().items()}
        read = tuple(downloads(manifests["later run"]))
        self.runs = {
            DAILY: Run(daily + merges[DAILY], read),
            EDITED: Run(daily + merges[EDITED], read),
            REFRESH: Run(refresh + merges[DAILY], read),
            FIRST: Run(refresh + merges[FIRST], read),
        }

    def billed(self, statements: Iterable[Statement], volume: Volume) -> float:
        """Bytes that a run is billed for statements, each as often as it is sent."""
        return sum(statement.times(volume) * self.billed_once(statement, volume) for statement in statements)

    def billed_once(self, statement: Statement, volume: Volume) -> float:
        """Bytes that BigQuery bills for a statement each time. None for one that is not sent."""
        if not statement.times(volume):
            return 0
        sizes: dict[str, float] = {}
        for read in statement.reads:
            sizes[read.table] = sizes.get(read.table, 0) + self._size(read, statement, volume)
        return sum(max(size, MINIMUM) for size in sizes.values())

    def downloaded(self, found: Iterable[Download], volume: Volume) -> float:
        """Bytes of Storage Reads."""
        return sum(volume.rows(one.table) * self._width(one.table, one.columns, volume) for one in found)

    def dollars(self, run: str, volume: Volume, without: str | None = None) -> float:
        """What a run costs, or would cost without one kind of statements."""
        sent = [one for one in self.runs[run].statements if one.kind != without]
        storage = self.downloaded(self.runs[run].downloads, volume)
        return self.billed(sent, volume) / TIB * QUERY_PRICE + storage / TIB * STORAGE_READ_PRICE

    def _size(self, read: Read, statement: Statement, volume: Volume) -> float:
        table, _, staged = read.table.partition(STAGING)
        columns = self._types[table] if "*" in read.columns else read.columns & self._types[table].keys()
        width = self._width(table, columns, volume)
        if staged:
            return statement.staged(volume) / statement.times(volume) * width
        return volume.rows(table) * statement.filled * self._share(read, volume) * width

    def _share(self, read: Read, volume: Volume) -> float:
        """Of the rows of a table, those in the partitions that are read.

        Any day but those of the jobs' samples stands for the first that dbt replaces in a daily run.
        """
        is_raw = read.table == "creative_daily_metrics"
        if read.since in (None, EARLIEST) or (is_raw and not volume.raw_is_partitioned):
            return 1
        if read.since == NEWEST:
            return 1 / volume.periods
        if read.since == UNCLOSED:
            return volume.unclosed_periods / volume.periods
        if self._partitions[read.table] == "date_day":
            return min(1, volume.open_days / volume.history_days)
        return min(1, volume.open_periods / volume.periods)

    def _width(self, table: str, columns: Iterable[str], volume: Volume) -> float:
        return sum(value_bytes(column, self._types[table][column], volume, table) for column in columns)

    def _dbt(self, manifest: Mapping[str, Any], checker: Checker, is_daily: bool) -> Iterator[Statement]:
        nodes = manifest["nodes"].values()
        scripts = {node["name"]: node["compiled_code"] for node in nodes if node["resource_type"] == "analysis"}
        models = [node for node in nodes if node["resource_type"] == "model"]
        views = {
            node["relation_name"]: node["compiled_code"] for node in models if node["config"]["materialized"] == "view"
        }

        def with_views(sql: str) -> str:
            """The statement with the queries of views, and of those that they name, in their places."""
            while named := [relation for relation in views if relation in sql]:
                for relation in named:
                    sql = sql.replace(relation, f"({views[relation]}\n)")
            return sql

        def read_by(trees: Iterable[Any]) -> list[tuple[Read, ...]]:
            return [tuple(reads(tree, self._partitions)) for tree in trees]

        def found_in(sql: str) -> tuple[Read, ...]:
            (found,) = read_by([checker.tree(with_views(sql))])
            return found

        def found_in_script(sql: str) -> list[tuple[Read, ...]]:
            return read_by(checker.trees(with_views(sql)))

        # dbt puts a model's query in the place of the temporary table, so that both are one statement.
        replaced = {
            found[0].table: tuple(read for read in found if not read.table.endswith("__new"))
            for found in found_in_script(scripts["replace_since"])
        }
        for node in models:
            if node["config"]["materialized"] != "view":
                found = found_in(node["compiled_code"])
                yield Statement(node["name"], "build", found + replaced.get(node["name"], ()))
        for script, (label, times) in CHECKS.items():
            # They hold the statements of both kinds of run.
            for found in found_in_script(scripts[script]):
                is_open = [read.since is not None for read in found if read.table in self._partitions]
                if all(one == is_daily for one in is_open):
                    yield Statement(label, "check", found, constant(times))
        for node in nodes:
            if node["resource_type"] == "test":
                found = found_in(f"select count(*) as failures from ({node['compiled_code']}\n) as failing")
                yield Statement(_tested(node), "test", found)
        relations = {node["name"]: node["relation_name"] for node in models if node["relation_name"] in views}
        for one in downloads(manifest):
            if one.table in relations:
                found = found_in(f"select {', '.join(one.columns)} from {relations[one.table]}")
                yield Statement(one.job, "query", found)

    def _merges(self, writes: Iterable[Write], checker: Checker) -> Iterator[Statement]:
        for write in writes:
            table = write.sample.table
            relation, staging = self._relations[table.name], f"`staging`.`{table.name}{STAGING}new`"
            checker.add_table(staging, [*checker.columns(relation), Column(IS_GONE, "BOOL")])
            (tree,) = checker.trees(merge_statement(write.sample, relation, staging))
            found = tuple(reads(tree, self._partitions))
            yield Statement(write.job, "merge", found, write.times, write.rows, write.filled)


def _tested(test: Mapping[str, Any]) -> str:
    """What a test is of: a model, a source, or the test itself where it looks at several."""
    attached = test.get("attached_node")
    upstream = test["depends_on"]["nodes"]
    of_one = attached or (upstream[0] if len(upstream) == 1 else None)
    return str(of_one.rpartition(".")[2] if of_one else test["name"])
