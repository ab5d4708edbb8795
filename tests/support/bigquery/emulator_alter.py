"""ALTER TABLE as BigQuery does it: several changes in a statement, `if exists` also for a rename, and known at once.

The server's own engine, a DuckDB, takes one change in a statement and renames nothing "if exists", and the server would
answer with the columns of before.
"""

import re
from typing import Any, Final

from bqemulator.api.dependencies import AppContext
from bqemulator.catalog.ddl_sync import _introspect_schema

_ALTER_TABLE: Final = re.compile(
    r"(?P<head>.*?\balter table (?:`(?P<project>[^`]+)`\.)?`(?P<dataset>[^`]+)`\.`(?P<table>[^`]+)` )(?P<changes>.+)",
    re.IGNORECASE | re.DOTALL,
)
_NEXT: Final = re.compile(r",\s*(?=(?:add|drop|rename|alter) column )", re.IGNORECASE)
_RENAME: Final = re.compile(r"rename column if exists (?P<old>\w+) (?P<to>to \w+)", re.IGNORECASE)
_NOTHING: Final = "select 1 as nothing"


def single_changes(catalog: Any, project: str, sql: str) -> list[str]:
    """The statements that the server's engine can do instead of one."""
    statement = _ALTER_TABLE.fullmatch(sql.strip())
    if not statement:
        return [sql]
    table = catalog.get_table(statement["project"] or project, statement["dataset"], statement["table"])
    columns = {field.name for field in table.schema_.fields} if table else set()
    return [_single_change(statement["head"], change, columns) for change in _NEXT.split(statement["changes"])]


def _single_change(head: str, change: str, columns: set[str]) -> str:
    rename = _RENAME.fullmatch(change.strip())
    if not rename:
        return head + change
    return f"{head}rename column {rename['old']} {rename['to']}" if rename["old"] in columns else _NOTHING


def learn_columns(context: AppContext, project: str, sql: str) -> None:
    """Make the columns known that a table has after ALTER TABLE."""
    statement = _ALTER_TABLE.fullmatch(sql.strip())
    if statement:
        place = statement["project"] or project, statement["dataset"], statement["table"]
        schema = _introspect_schema(*place, context)
        context.catalog.update_table(context.catalog.get_table(*place).model_copy(update={"schema_": schema}))
