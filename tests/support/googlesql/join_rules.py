"""What BigQuery's planner refuses of joins and subqueries although it is correct GoogleSQL."""

from collections.abc import Iterator
from typing import Any

import zetasql.types as zetasql

from tests.support.googlesql.tree import Offence, columns_in, nodes, place, reads_a_table


def join_offences(node: Any) -> Iterator[Offence]:
    """Of a join or a MERGE: its partners are found by hashing, and its condition reads no table."""
    if isinstance(node, zetasql.ResolvedJoinScan):
        if node.join_type:
            kind = zetasql.ResolvedJoinScanEnums.JoinType(node.join_type).name
            yield from _equality_offences(f"{kind} OUTER JOIN", node.left_scan, node.right_scan, node.join_expr)
        yield from _condition_offences(node.join_expr)
    elif isinstance(node, zetasql.ResolvedMergeStmt):
        yield from _equality_offences("MERGE", node.table_scan, node.from_scan, node.merge_expr)
        yield from _condition_offences(node.merge_expr)


def correlation_offences(node: Any) -> Iterator[Offence]:
    """Of a subquery that names columns of the query around it: it has to become a join by equality."""
    if (
        not isinstance(node, zetasql.ResolvedSubqueryExpr)
        or not node.parameter_list
        or not reads_a_table(node.subquery)
    ):
        return
    outer = {parameter.column.column_id for parameter in node.parameter_list}
    inside = list(nodes(node.subquery))
    conditions = [part for scan in inside if isinstance(scan, zetasql.ResolvedFilterScan) for part in _parts(scan)]
    by_equality = sum(len(_references(part, outer)) for part in conditions if _joins(part, outer))
    is_cut = any(isinstance(scan, zetasql.ResolvedLimitOffsetScan | zetasql.ResolvedAnalyticScan) for scan in inside)
    if is_cut or by_equality < len(_references(node.subquery, outer)):
        message = (
            "Correlated subqueries that reference other tables are not supported unless they can be de-correlated, "
            "such as by transforming them into an efficient JOIN"
        )
        yield Offence(message, place(node))


def _equality_offences(kind: str, left: Any, right: Any, condition: Any) -> Iterator[Offence]:
    """No equality is needed where the condition is constant."""
    if condition is None or isinstance(condition, zetasql.ResolvedLiteral):
        return
    sides = [{column.column_id for column in side.column_list} for side in (left, right)]
    if not _has_equality(condition, *sides):
        message = f"{kind} cannot be used without a condition that is an equality of fields from both sides of the join"
        yield Offence(message, place(condition))


def _condition_offences(condition: Any) -> Iterator[Offence]:
    for node in nodes(condition):
        if isinstance(node, zetasql.ResolvedSubqueryExpr) and reads_a_table(node.subquery):
            yield Offence("Unsupported subquery with table in join predicate", place(node))


def _has_equality(condition: Any, left: set[int], right: set[int]) -> bool:
    if not isinstance(condition, zetasql.ResolvedFunctionCallBase):
        return False
    if condition.function.name == "ZetaSQL:$and":
        return any(_has_equality(part, left, right) for part in condition.argument_list)
    if condition.function.name != "ZetaSQL:$equal":
        return False
    first, second = (columns_in(argument) for argument in condition.argument_list)
    if not first or not second:
        return False
    return (first <= left and second <= right) or (first <= right and second <= left)


def _parts(scan: Any) -> list[Any]:
    """The conditions of a filter that all have to hold."""
    condition = scan.filter_expr
    if isinstance(condition, zetasql.ResolvedFunctionCallBase) and condition.function.name == "ZetaSQL:$and":
        return list(condition.argument_list)
    return [condition]


def _joins(condition: Any, outer: set[int]) -> bool:
    """Whether a condition is an equality of something inside and something outside of a subquery."""
    if not isinstance(condition, zetasql.ResolvedFunctionCallBase) or condition.function.name != "ZetaSQL:$equal":
        return False
    first, second = (columns_in(argument) for argument in condition.argument_list)
    if not first or not second:
        return False
    return (first <= outer and not second & outer) or (second <= outer and not first & outer)


def _references(tree: Any, columns: set[int]) -> list[Any]:
    found = (node for node in nodes(tree) if isinstance(node, zetasql.ResolvedColumnRef))
    return [node for node in found if node.column.column_id in columns]
