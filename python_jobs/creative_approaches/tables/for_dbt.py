"""What dbt must know of the job tables' history, as a macro, which make generated writes.

dbt migrates the tables, because it also runs where no Python package of this project is installed.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from textwrap import fill
from typing import Any, Final

import pyarrow as pa

from creative_approaches.tables.jobs import JOB_TABLES
from creative_approaches.tables.table import (
    BOOL,
    BYTES,
    DATE,
    FLOAT,
    INT,
    MONEY,
    NUMBERS,
    STRING,
    TIMESTAMP,
    VECTOR,
    Migration,
    Table,
)

MACRO: Final = Path(__file__).parents[3] / "macros/job_tables/job_table_history.sql"
TYPE_WORDS: Final[Mapping[pa.DataType, str]] = {
    STRING: "string",
    INT: "int64",
    FLOAT: "float64",
    BOOL: "bool",
    DATE: "date",
    TIMESTAMP: "timestamp",
    VECTOR: "vector",
    NUMBERS: "numbers",
    BYTES: "bytes",
    MONEY: "money",
}
_HEAD: Final = """\
{# The job tables that ever changed: what each was in each schema version, and how it comes from one to the next.
   Generated from python_jobs/creative_approaches/tables: make generated #}
{% macro job_table_history() %}
    {{ return({
"""
_TAIL: Final = """
    }) }}
{% endmacro %}
"""


def history_macro(tables: Iterable[Table]) -> str:
    """The text of the macro for job tables."""
    margins = (" " * 8, " " * 12)
    changed = (table for table in tables if table.migrations or table.first_rows)
    texts = (f'"{table.name}": {json.dumps(_described(table))},' for table in changed)
    lines = (fill(text, 120, initial_indent=margins[0], subsequent_indent=margins[1]) for text in texts)
    return _HEAD + "\n".join(lines) + _TAIL


def _described(table: Table) -> dict[str, Any]:
    """What the macro says of a table.

    versions : the columns of each.  migrations : between them.  first_rows : see Table, or empty.
    """
    return {
        "versions": [_typed(columns) for columns in table.history],
        "migrations": [_steps(migration) for migration in table.migrations],
        "first_rows": _on_one_line(table.first_rows or ""),
    }


def _steps(migration: Migration) -> dict[str, Any]:
    return {
        "renamed": dict(migration.renamed),
        "added": list(migration.added),
        "values": {column: _on_one_line(value) for column, value in migration.added.items() if value is not None},
        "widened": list(migration.widened),
        "dropped": list(migration.dropped),
    }


def _typed(columns: Mapping[str, pa.DataType]) -> dict[str, str]:
    return {column: TYPE_WORDS[arrow_type] for column, arrow_type in columns.items()}


def _on_one_line(sql: str) -> str:
    return " ".join(sql.split())


if __name__ == "__main__":
    MACRO.write_text(history_macro(JOB_TABLES.values()))
