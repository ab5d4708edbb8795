"""Values that a query gives on BigQuery, by Google's reference executor of GoogleSQL, without a server."""

from typing import Any

import zetasql.types as zetasql

from tests.support.googlesql.checker import language_options
from tests.support.googlesql.engine import local_service


def numbers_of(sql: str) -> list[list[int]]:
    """The columns of a query of one row, each an array of INT64 that is not null. It may name no table."""
    service: Any = local_service()
    options = zetasql.AnalyzerOptions(language_options=language_options())
    prepared = service.prepare_query(sql=sql, options=options, simple_catalog=_catalog()).prepared.prepared_query_id
    try:
        answer = service.evaluate_query(prepared_query_id=prepared)
    finally:
        service.unprepare_query(prepared_query_id=prepared)
    (row,) = answer.content.table_data.row
    return [[value.int64_value for value in cell.array_value.element] for cell in row.cell]


def _catalog() -> zetasql.SimpleCatalog:
    functions = zetasql.ZetaSQLBuiltinFunctionOptions(language_options=language_options())
    return zetasql.SimpleCatalog(name="root", builtin_function_options=functions)
