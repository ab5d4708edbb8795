"""Job tables as earlier states of this repository left them in a warehouse: `states.json` and the files beside it.

Each state is named by its commit. `states.json` holds what its dbt project declared of each table: columns, types and
layout, and which file holds its rows; a state whose rows equal those of another one shares its file. The rows are what
one `approaches run` of that state wrote for the demo, but for two things. Of approach_tag_tests there are the first 200
rows, because each run writes them all anew. And at f505b22 the jobs already wrote columns that its dbt project did not
declare yet, so that its run stopped after hash-images: its other tables hold the rows of 57104df, whose columns they
have.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from creative_approaches.tables.for_dbt import TYPE_WORDS

TYPES_OF_WORDS: Final = {word: arrow_type for arrow_type, word in TYPE_WORDS.items()}
_HERE: Final = Path(__file__).parent
_DUCKDB: Final = {"float64": "double", "vector": "double[]"}
STATES: Final = ("2ee7f9c", "57104df", "f505b22", "aefa3b9")


@dataclass(frozen=True)
class EarlierTable:
    """columns : with their types, in the words of the tables' history.  layout : as its dbt source says it."""

    name: str
    columns: dict[str, str]
    layout: dict[str, str | list[str]]
    rows: pa.Table


def read_state(commit: str) -> list[EarlierTable]:
    """The job tables of a state."""
    states = json.loads((_HERE / "states.json").read_text())
    return [
        EarlierTable(name, declared["columns"], declared["layout"], _rows(declared))
        for name, declared in states[commit].items()
    ]


def _rows(declared: dict[str, Any]) -> pa.Table:
    if "rows" in declared:
        return pq.read_table(_HERE / declared["rows"])
    return pa.table({column: pa.array([], TYPES_OF_WORDS[word]) for column, word in declared["columns"].items()})


def write_to_duckdb(database: Path, schema: str, tables: Iterable[EarlierTable]) -> None:
    """Leave a new schema of job tables as they were then, in place of any of that name."""
    with duckdb.connect(str(database)) as connection:
        connection.execute(f"drop schema if exists {schema} cascade")
        connection.execute(f"create schema {schema}")
        for table in tables:
            columns = ", ".join(f"{column} {_DUCKDB.get(word, word)}" for column, word in table.columns.items())
            connection.execute(f"create table {schema}.{table.name} ({columns})")
            connection.register("earlier_rows", table.rows)
            connection.execute(f"insert into {schema}.{table.name} by name select * from earlier_rows")
