"""What BigQuery refuses although it is correct GoogleSQL, looked for in a resolved statement."""

import dataclasses
import json
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import zetasql.types as zetasql


class Offence(NamedTuple):
    message: str
    byte: int  # where in the text


def offences(statement: Any, refusal: Callable[[str], str | None]) -> Iterator[Offence]:
    """What BigQuery would refuse of a statement when it plans or runs it.

    refusal : the error that an expression without columns ends with, if any.
    """
    for node in _nodes(statement):
        if isinstance(node, zetasql.ResolvedJoinScan) and node.join_type:
            kind = zetasql.ResolvedJoinScanEnums.JoinType(node.join_type).name
            yield from _join_offences(f"{kind} OUTER JOIN", node.left_scan, node.right_scan, node.join_expr)
        elif isinstance(node, zetasql.ResolvedMergeStmt):
            yield from _join_offences("MERGE", node.table_scan, node.from_scan, node.merge_expr)
        elif isinstance(node, zetasql.ResolvedFunctionCallBase) and node.function.name.startswith("ZetaSQL:regexp_"):
            yield from _pattern_offences(node, refusal)


def _join_offences(kind: str, left: Any, right: Any, condition: Any) -> Iterator[Offence]:
    """The planner finds the partners of an outer join by hashing, or needs none where the condition is constant."""
    if condition is None or isinstance(condition, zetasql.ResolvedLiteral):
        return
    sides = [{column.column_id for column in side.column_list} for side in (left, right)]
    if not _has_equality(condition, *sides):
        message = f"{kind} without a condition that is an equality of fields from both sides"
        yield Offence(message, condition.parse_location_range.start)


def _has_equality(condition: Any, left: set[int], right: set[int]) -> bool:
    if not isinstance(condition, zetasql.ResolvedFunctionCallBase):
        return False
    if condition.function.name == "ZetaSQL:$and":
        return any(_has_equality(part, left, right) for part in condition.argument_list)
    if condition.function.name != "ZetaSQL:$equal":
        return False
    first, second = (_columns_in(argument) for argument in condition.argument_list)
    if not first or not second:
        return False
    return (first <= left and second <= right) or (first <= right and second <= left)


def _pattern_offences(call: Any, refusal: Callable[[str], str | None]) -> Iterator[Offence]:
    """A pattern is read when the query runs; one that is written out can be tried before, on an empty text."""
    pattern = call.argument_list[1:]
    if all(isinstance(part, zetasql.ResolvedLiteral) and part.value.value.string_value is not None for part in pattern):
        name = call.function.name.removeprefix("ZetaSQL:")
        strings = ["", *(part.value.value.string_value for part in pattern)]
        message = refusal(f"{name}({', '.join(json.dumps(string, ensure_ascii=False) for string in strings)})")
        if message:
            yield Offence(message, call.parse_location_range.start)


def _columns_in(expression: Any) -> set[int]:
    return {node.column.column_id for node in _nodes(expression) if isinstance(node, zetasql.ResolvedColumnRef)}


def _nodes(tree: Any) -> Iterator[Any]:
    """A node of the resolved tree and all under it."""
    if isinstance(tree, zetasql.ResolvedNode):
        yield tree
        for field in dataclasses.fields(tree):
            yield from _nodes(getattr(tree, field.name))
    elif isinstance(tree, list):
        for element in tree:
            yield from _nodes(element)
