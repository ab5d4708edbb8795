"""The analyzer's tree of a statement: how to walk it, and what is said about a place in it."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import zetasql.types as zetasql


class Offence(NamedTuple):
    message: str
    byte: int = 0  # where in the text


def nodes(tree: Any) -> Iterator[Any]:
    """A node of the resolved tree and all under it."""
    if isinstance(tree, zetasql.ResolvedNode):
        yield tree
        for value in vars(tree).values():
            if value.__class__ is list or isinstance(value, zetasql.ResolvedNode):
                yield from nodes(value)
    elif isinstance(tree, list):
        for element in tree:
            yield from nodes(element)


def place(node: Any) -> int:
    """The byte that a node starts at; the start of the text where the analyzer does not say."""
    return node.parse_location_range.start if node.parse_location_range else 0


def columns_in(expression: Any) -> set[int]:
    return {node.column.column_id for node in nodes(expression) if isinstance(node, zetasql.ResolvedColumnRef)}


def reads_a_table(tree: Any) -> bool:
    """Whether rows come from a table or a CTE, and not from an array."""
    return any(isinstance(node, zetasql.ResolvedTableScan | zetasql.ResolvedWithRefScan) for node in nodes(tree))
