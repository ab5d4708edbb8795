"""What BigQuery refuses of a table: the names of its columns, partitions, clusters, labels and descriptions."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

import zetasql.types as zetasql

from tests.support.googlesql.tree import Offence, place

# https://cloud.google.com/bigquery/docs/schemas and /quotas
PREFIXES: Final = ("_TABLE_", "_FILE_", "_PARTITION", "_ROW_TIMESTAMP", "__ROOT__", "_COLIDENTIFIER")
MAX_NAME: Final = 300
MAX_CLUSTER_COLUMNS: Final = 4
MAX_COLUMN_DESCRIPTION: Final = 1024  # characters
MAX_TABLE_DESCRIPTION: Final = 16_384
MAX_LABELS: Final = 64
LABEL_KEY: Final = re.compile(r"[^\W\dA-Z_](?:[^\WA-Z]|-){0,62}")
LABEL_VALUE: Final = re.compile(r"(?:[^\WA-Z]|-){0,63}")

_PARTITIONS: Final = (
    "PARTITION BY expression must be DATE(<timestamp_column>), DATE(<datetime_column>), DATETIME_TRUNC, a DATE column, "
    "TIMESTAMP_TRUNC, DATE_TRUNC or RANGE_BUCKET"
)
_PARTITION_FUNCTIONS: Final = {"date", "date_trunc", "datetime_trunc", "timestamp_trunc", "range_bucket"}


def table_offences(statement: Any) -> Iterator[Offence]:
    """Of a statement that creates a table or a view, or returns rows: they go to a table of their own."""
    if isinstance(statement, zetasql.ResolvedCreateTableStmtBase):
        for column in statement.column_definition_list:
            yield from map(Offence, name_problems(column.name))
            options = column.annotations.option_list if column.annotations else []
            yield from _description_offences(f"field {column.name}", options, MAX_COLUMN_DESCRIPTION)
        yield from _partition_offences(statement.partition_by_list)
        yield from _cluster_offences(statement.cluster_by_list)
    elif isinstance(statement, zetasql.ResolvedQueryStmt):
        names = [column.name for column in statement.output_column_list if not column.name.startswith("$")]
        for name in names:
            yield from map(Offence, name_problems(name))
        yield from _duplicate_offences(names)
    if isinstance(statement, zetasql.ResolvedCreateStatement):
        yield from _description_offences("the table", statement.option_list, MAX_TABLE_DESCRIPTION)
        for option in statement.option_list:
            if option.name.lower() == "labels":
                yield from map(Offence, label_problems(_pairs(option.value)))


def name_problems(name: str) -> Iterator[str]:
    """What is wrong with the name of a column."""
    if name.upper().startswith(PREFIXES):
        yield (
            f'Invalid field name "{name}". Field names are not allowed to start with the (case-insensitive) prefixes '
            "_PARTITION, _TABLE_, _FILE_, _ROW_TIMESTAMP, __ROOT__ and _COLIDENTIFIER"
        )
    if not re.fullmatch(r"[A-Za-z_]\w*", name, re.ASCII) or len(name) > MAX_NAME:
        yield (
            f'Invalid field name "{name[:20]}". Fields must contain only letters, numbers, and underscores, start with '
            f"a letter or underscore, and be at most {MAX_NAME} characters long"
        )


def label_problems(labels: Sequence[tuple[str, str]]) -> Iterator[str]:
    """What is wrong with the labels of a table or a job."""
    if len(labels) > MAX_LABELS:
        yield f"{len(labels)} labels, BigQuery takes {MAX_LABELS}"
    for key, value in labels:
        if not LABEL_KEY.fullmatch(key):
            yield f'Label key "{key}" has invalid characters.'
        if not LABEL_VALUE.fullmatch(value):
            yield f'Label value "{value}" has invalid characters.'


def description_problem(what: str, description: str, maximum: int) -> str | None:
    if len(description) <= maximum:
        return None
    return f"The description for {what} is too long. The maximum length is {maximum} characters."


def _duplicate_offences(names: Sequence[str]) -> Iterator[Offence]:
    small = [name.lower() for name in names]
    twice = sorted({name for name in small if small.count(name) > 1}) if len(set(small)) < len(small) else []
    if twice:
        yield Offence(f"Duplicate column names in the result are not supported. Found duplicate(s): {', '.join(twice)}")


def _partition_offences(expressions: Sequence[Any]) -> Iterator[Offence]:
    if len(expressions) > 1:
        yield Offence("Only a single PARTITION BY expression is supported", place(expressions[1]))
    for expression in expressions:
        if isinstance(expression, zetasql.ResolvedColumnRef):
            is_taken = expression.type.type_kind == zetasql.TypeKind.TYPE_DATE
        else:
            name = expression.function.name if isinstance(expression, zetasql.ResolvedFunctionCallBase) else ""
            is_taken = name.removeprefix("ZetaSQL:") in _PARTITION_FUNCTIONS
        if not is_taken:
            yield Offence(_PARTITIONS, place(expression))


def _cluster_offences(expressions: Sequence[Any]) -> Iterator[Offence]:
    if len(expressions) > MAX_CLUSTER_COLUMNS:
        yield Offence(f"Clustering takes {MAX_CLUSTER_COLUMNS} columns, not {len(expressions)}", place(expressions[-1]))
    for expression in expressions:
        if not isinstance(expression, zetasql.ResolvedColumnRef):
            yield Offence("CLUSTER BY takes columns, no expressions", place(expression))
        elif expression.type.type_kind in (zetasql.TypeKind.TYPE_ARRAY, zetasql.TypeKind.TYPE_STRUCT):
            yield Offence("CLUSTER BY takes no arrays and no structs", place(expression))


def _description_offences(what: str, options: Sequence[Any], maximum: int) -> Iterator[Offence]:
    for option in options:
        if option.name.lower() == "description" and isinstance(option.value, zetasql.ResolvedLiteral):
            problem = description_problem(what, option.value.value.value.string_value or "", maximum)
            if problem:
                yield Offence(problem, place(option.value))


def _pairs(value: Any) -> list[tuple[str, str]]:
    """The labels of an option, which are an array of pairs."""
    if not isinstance(value, zetasql.ResolvedLiteral) or not value.value.value.array_value:
        return []
    pairs = [element.struct_value.field for element in value.value.value.array_value.element]
    return [(key.string_value, text.string_value) for key, text in pairs]
