"""How large a statement is once BigQuery has put in what it names: CTEs at each reference, and views."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import zetasql.types as zetasql

# https://cloud.google.com/bigquery/quotas#query_jobs
MAX_VIEW_LEVELS: Final = 16
MAX_CHARACTERS: Final = 12 * 1024 * 1024

# BigQuery gives no number for "too many subqueries or query is too complex". The one public report with
# numbers says that 1,275 unions were refused and about 1,000 taken; where each reading has joins and window functions
# around it, as ours do, less is too much. So a statement of ours stays far below.
MAX_READS: Final = 150


@dataclass(frozen=True)
class Size:
    """reads : of tables, each as often as it happens.  views : levels of them.  characters : with those of views."""

    reads: int = 1
    views: int = 0
    characters: int = 0


TABLE: Final = Size()


def size_of(statement: Any, sql: str, known: Callable[[str], Size]) -> Size:
    """Known : the size of a table, which is that of its query where it is a view."""
    read = list(_reads(statement, {}, known))
    return Size(
        sum(size.reads for size in read),
        max((size.views for size in read), default=0),
        len(sql) + sum(size.characters for size in read),
    )


def as_view(query: Size) -> Size:
    """What it is to read a view of this query."""
    return Size(query.reads, query.views + 1, query.characters)


def size_problems(size: Size) -> Iterator[str]:
    if size.reads > MAX_READS:
        yield (
            "Resources exceeded during query execution: Not enough resources for query planning - too many subqueries "
            f"or query is too complex. It reads {size.reads} tables where {MAX_READS} are allowed"
        )
    if size.views > MAX_VIEW_LEVELS:
        yield f"Too many nested views. Only {MAX_VIEW_LEVELS} levels of nested views are allowed"
    if size.characters > MAX_CHARACTERS:
        yield f"The resolved query has {size.characters} characters, BigQuery takes {MAX_CHARACTERS}"


def _reads(tree: Any, ctes: dict[str, list[Size]], known: Callable[[str], Size]) -> Iterator[Size]:
    if isinstance(tree, zetasql.ResolvedTableScan):
        yield known(tree.table.full_name or tree.table.name)
    elif isinstance(tree, zetasql.ResolvedWithRefScan):
        yield from ctes.get(tree.with_query_name, ())  # a recursive one is not there yet
    elif isinstance(tree, zetasql.ResolvedWithScan):
        inner = dict(ctes)
        for entry in tree.with_entry_list:
            inner[entry.with_query_name] = [_sum(list(_reads(entry.with_subquery, inner, known)))]
        yield from _reads(tree.query, inner, known)
    elif isinstance(tree, zetasql.ResolvedNode):
        for value in vars(tree).values():
            if value.__class__ is list or isinstance(value, zetasql.ResolvedNode):
                yield from _reads(value, ctes, known)
    elif isinstance(tree, list):
        for element in tree:
            yield from _reads(element, ctes, known)


def _sum(sizes: list[Size]) -> Size:
    return Size(
        sum(size.reads for size in sizes),
        max((size.views for size in sizes), default=0),
        sum(size.characters for size in sizes),
    )
