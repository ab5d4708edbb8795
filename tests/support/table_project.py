"""A dbt project that has job tables and nothing else: quick to parse, with histories of a test's own if need be."""

import contextlib
import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import yaml
from dbt.adapters.factory import FACTORY
from dbt.cli.main import dbtRunner

from creative_approaches.tables import DATE, FLOAT, INT, STRING, TABLE_VERSIONS, Migration, Table
from creative_approaches.tables.for_dbt import TYPE_WORDS, history_macro
from tests.support.paths import REPOSITORY

SOURCES: Final = "models/staging/jobs/_jobs__sources.yml"
HISTORY: Final = "macros/job_tables/job_table_history.sql"
PLAN: Final = """
{% macro print_plan() %}
    {% do log(tojson(job_tables_plan().statements), info=true) %}
{% endmacro %}
"""


# Every kind of change.
NOTES: Final = Table(
    "notes",
    pa.schema({"id": STRING, "note": STRING, "points": FLOAT, "day": DATE, "length": INT}.items()),
    ("id",),
    migrations=(
        Migration(renamed={"text": "note"}, widened={"points": INT}),
        Migration(added={"day": "cast(old.day_text as date)"}, dropped={"day_text": STRING}),
        Migration(added={"length": "(select max(others.length) from {others} as others where others.id = old.id)"}),
    ),
)
OTHERS: Final = Table("others", pa.schema({"id": STRING, "length": INT}.items()), ("id",))


class MigrationError(Exception):
    """What dbt said when it did not migrate."""


class TableProject:
    """Migrates as every dbt command does before it begins, in this process."""

    def __init__(self, directory: Path, output: dict[str, Any], tables: Sequence[Table] | None = None) -> None:
        """Take a target of a profile. tables : other job tables than those of the repository."""
        shutil.copytree(REPOSITORY / "macros", directory / "macros")
        (directory / "macros" / "plan.sql").write_text(PLAN)
        project = yaml.safe_load((REPOSITORY / "dbt_project.yml").read_text())
        kept = {name: project[name] for name in ("name", "version", "config-version", "profile", "flags", "vars")}
        (directory / "dbt_project.yml").write_text(yaml.safe_dump(kept))
        profile = {project["profile"]: {"target": "it", "outputs": {"it": output}}}
        (directory / "profiles.yml").write_text(yaml.safe_dump(profile))
        sources = directory / SOURCES
        sources.parent.mkdir(parents=True)
        if tables is None:
            shutil.copy(REPOSITORY / SOURCES, sources)
        else:
            sources.write_text(yaml.safe_dump(_declared([*tables, TABLE_VERSIONS])))
            (directory / HISTORY).write_text(history_macro(tables))
        self._arguments = [
            f"--{name}={directory}" for name in ("project-dir", "profiles-dir", "target-path", "log-path")
        ]
        self._manifest = None
        self._manifest = self._invoke("parse", "--no-partial-parse")

    def migrate(self) -> list[str]:
        """What it said. Raises MigrationError."""
        said: list[str] = []
        self._invoke("run-operation", "migrate_job_tables", said=said)
        return said

    def statements(self) -> list[str]:
        """What `migrate` would send now. Raises MigrationError."""
        said: list[str] = []
        self._invoke("run-operation", "print_plan", said=said)
        return list(json.loads(said[0]))

    def _invoke(self, *command: str, said: list[str] | None = None) -> Any:
        errors: list[str] = []

        def listen(event: Any) -> None:
            if event.info.name == "JinjaLogInfo" and said is not None:
                said.append(event.info.msg)
            if event.info.level == "error":
                errors.append(event.info.msg)

        try:
            runner = dbtRunner(manifest=self._manifest, callbacks=[listen])
            result = runner.invoke(["--log-level", "none", *command, *self._arguments])
        finally:
            for adapter in FACTORY.adapters.values():
                adapter.cleanup_connections()
                with contextlib.suppress(AttributeError):  # DuckDB's alone, which would hold the file
                    adapter.ConnectionManager.close_all_connections()
        if not result.success:
            raise MigrationError(" ".join("\n".join([*errors, str(result.exception)]).split()))
        return result.result


def _declared(tables: Sequence[Table]) -> dict[str, Any]:
    """The source of job tables, as a project declares it."""
    nodes = [{"name": table.name, "columns": _columns(table)} for table in tables]
    return {"sources": [{"name": "jobs", "schema": "{{ target.schema }}_jobs", "tables": nodes}]}


def _columns(table: Table) -> list[dict[str, str]]:
    return [{"name": field.name, "data_type": _data_type(TYPE_WORDS[field.type])} for field in table.schema]


def _data_type(word: str) -> str:
    has_own_names = word in ("float64", "vector", "money")
    return f"{{{{ var('type_names')[target.type].{word} }}}}" if has_own_names else word
