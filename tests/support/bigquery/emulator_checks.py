"""The check that the local BigQuery server makes before its own SQL engine sees a statement.

The rules on words read each statement. Google's analyzer, with the columns that the server has, and the rules on its
tree read those that dbt did not write.
"""

import re
import threading
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from bqemulator.domain.errors import InvalidQueryError, ValidationError
from google.protobuf.message import DecodeError

from tests.support.googlesql.checker import Checker, Column
from tests.support.googlesql.engine import local_service
from tests.support.googlesql.table_rules import label_problems
from tests.support.googlesql.text_rules import text_offences

JOB_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,1024}")

# What the analyzer cannot know, or does not speak though BigQuery does: the server answers these as it does.
_LEFT_TO_THE_SERVER: Final = re.compile(
    r"Table not found|Query parameter|Function not found"
    r"|Unexpected (keyword )?(DECLARE|SET|IF|CASE|LOOP|WHILE|FOR|REPEAT|CALL|EXECUTE|RAISE|RETURN|BEGIN|END)\b"
)
# What dbt compiles, the check of the compiled project reads whole, with the same analyzer and rules. Here that would
# take a quarter of the time of a run, so that only its words are looked at.
SENT_BY_DBT: Final = '/* {"app": "dbt"'
MOST_CHECKERS: Final = 20
_NAMES: Final = {"INTEGER": "INT64", "FLOAT": "FLOAT64", "BOOLEAN": "BOOL"}
_Tables = tuple[tuple[str, tuple[Column, ...]], ...]
_checkers: dict[_Tables, Checker] = {}  # the one that was used last comes last
_lock = threading.Lock()  # there is one analyzer in a process


def start_analyzer() -> None:
    with _lock:
        local_service()


def check_statement(catalog: Any, project: str, sql: str) -> None:
    """Raise what BigQuery would answer to a statement or script that it refuses."""
    refusal = _refusal(catalog, project, sql)
    if refusal:
        raise InvalidQueryError(refusal)


def check_job(job_id: str, labels: Mapping[str, str]) -> None:
    """Raise what BigQuery would answer to the identifier and labels of a job that it refuses."""
    if not JOB_ID.fullmatch(job_id):
        raise ValidationError(f'Invalid job ID "{job_id}".')
    for problem in label_problems(list(labels.items())):
        raise ValidationError(problem)


def _refusal(catalog: Any, project: str, sql: str) -> str | None:
    if sql.lstrip().startswith(SENT_BY_DBT):
        return next((offence.message for offence in text_offences(sql)), None)
    try:
        with _lock:
            checker = _checker(tuple(_tables(catalog, project, sql.replace("`", ""))))
            problems = checker.script(sql).problems
    except DecodeError:  # taken by the analyzer, and too deep a tree for its Python package to read
        return None
    messages = (problem.message.partition(", in: ")[0] for problem in problems)
    return next((message for message in messages if not _LEFT_TO_THE_SERVER.search(message)), None)


def _checker(tables: _Tables) -> Checker:
    """One that knows these tables, kept for the next statements that name the same ones."""
    checker = _checkers.pop(tables, None) or Checker()
    for relation, columns in tables:  # also to one that knows them: a statement may have changed what it knows
        checker.add_table(relation, columns)
    _checkers[tables] = checker
    if len(_checkers) > MOST_CHECKERS:
        _checkers.pop(next(iter(_checkers))).close()
    return checker


def _tables(catalog: Any, project: str, text: str) -> Iterator[tuple[str, tuple[Column, ...]]]:
    """The tables that a text without backticks may name, as it names them."""
    for dataset in catalog.list_all_datasets():
        if dataset.dataset_id in text:
            for table in catalog.list_tables(dataset.project_id, dataset.dataset_id):
                short = f"{table.dataset_id}.{table.table_id}"
                full = f"{dataset.project_id}.{short}"
                if full in text:
                    yield full, tuple(_columns(table.schema_.fields))
                elif short in text and dataset.project_id == project:
                    yield short, tuple(_columns(table.schema_.fields))


def _columns(fields: Iterable[Any]) -> Iterator[Column]:
    for field in fields:
        yield Column(field.name, _type(field))


def _type(field: Any) -> str:
    name = field.type.upper().partition("(")[0]
    if name in ("STRUCT", "RECORD") and field.fields:
        name = f"STRUCT<{', '.join(f'`{column.name}` {column.type}' for column in _columns(field.fields))}>"
    name = _NAMES.get(name, name)
    return f"ARRAY<{name}>" if field.mode == "REPEATED" else name
