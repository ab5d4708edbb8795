"""Which columns and partitions of which tables a statement reads, from its resolved tree.

BigQuery bills a column that is needed for the result, in the partitions that a filter on the partition column leaves.
So this looks through CTEs to what is needed in the end. Clustering and what a table is joined to never prune here.
"""

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

import zetasql.types as zetasql

Needed = frozenset[int]  # column ids
Bounds = Mapping[int, date]  # by column id, the first day that is asked for

_EPOCH: Final = date(1970, 1, 1)


@dataclass(frozen=True)
class Read:
    """Columns of a table from the first day of its partitions that is asked for; all partitions where there is none.

    rewritten : BigQuery writes what it finds there anew, and bills that beside what it reads to find it.
    """

    table: str
    columns: frozenset[str]
    since: date | None = None
    rewritten: bool = False


def reads(statement: Any, partition_columns: Mapping[str, str]) -> list[Read]:
    """What a query, MERGE, UPDATE or DELETE reads, each table once for its reading and once for its rewriting.

    partition_columns : by table.
    """
    walk = _Walk(partition_columns)
    if isinstance(statement, zetasql.ResolvedQueryStmt):
        walk.scan(statement.query, frozenset(output.column.column_id for output in statement.output_column_list), {})
    elif isinstance(statement, zetasql.ResolvedMergeStmt):
        walk.merge(statement)
    elif isinstance(statement, zetasql.ResolvedUpdateStmt | zetasql.ResolvedDeleteStmt):
        given = [item.set_value for item in getattr(statement, "update_item_list", [])]
        walk.change(statement.table_scan, _references(statement.where_expr).union(*map(_references, given)), {})
    else:
        raise TypeError(f"nobody has said what a {type(statement).__name__} reads")
    return walk.once()


@dataclass
class _Walk:
    partition_columns: Mapping[str, str]
    found: list[Read] = field(default_factory=list)
    named: dict[str, Any] = field(default_factory=dict)  # the queries of CTEs; their names are unique in a statement
    seen: set[tuple[str, Needed, frozenset[tuple[int, date]]]] = field(default_factory=set)

    def once(self) -> list[Read]:
        """A table that is read in several places is billed once, from the first day that any of them asks for."""
        groups: dict[tuple[str, bool], list[Read]] = {}
        for read in self.found:
            groups.setdefault((read.table, read.rewritten), []).append(read)
        merged = []
        for (table, rewritten), group in sorted(groups.items()):
            days = [read.since for read in group if read.since is not None]
            since = min(days) if len(days) == len(group) else None
            merged.append(Read(table, frozenset().union(*(read.columns for read in group)), since, rewritten))
        return merged

    def scan(self, node: Any, needed: Needed, bounds: Bounds) -> None:
        kind: Any = _SCANS.get(type(node))
        if kind is None:
            self._plain(node, needed, bounds)
        else:
            kind(self, node, needed, bounds)

    def merge(self, node: Any) -> None:
        bounds = dict(_lower_bounds(node.merge_expr))
        needed = _references(node.merge_expr)
        for clause in node.when_clause_list:
            given = [clause.match_expr, clause.insert_row, *(item.set_value for item in clause.update_item_list)]
            needed = needed.union(*map(_references, given))
            if clause.match_type == zetasql.ResolvedMergeWhenEnums.MatchType.NOT_MATCHED_BY_SOURCE:
                bounds |= dict(_lower_bounds(clause.match_expr))
        self.scan(node.from_scan, needed, {})
        inserts = zetasql.ResolvedMergeWhenEnums.ActionType.INSERT
        if all((clause.action_type or inserts) == inserts for clause in node.when_clause_list):
            self.scan(node.table_scan, needed, bounds)
        else:
            self.change(node.table_scan, needed, bounds)

    def change(self, target: Any, needed: Needed, bounds: Bounds) -> None:
        """A table whose rows a statement changes."""
        self.scan(target, needed, bounds)
        table = _table_name(target)
        self.found.append(Read(table, frozenset({"*"}), self._since(target, bounds), rewritten=True))

    def _plain(self, node: Any, needed: Needed, bounds: Bounds) -> None:
        """A scan that passes the columns of its inputs on and uses some of them itself."""
        inputs = [child for child in _children(node) if isinstance(child, zetasql.ResolvedScan)]
        below = needed | _references(node, but=inputs)
        self._subqueries(node, inputs)
        for child in inputs:
            self.scan(child, below, bounds)

    def _computed(self, node: Any, lists: Iterable[list[Any]], kept: Needed, needed: Needed, bounds: Bounds) -> None:
        """A scan that computes columns: those that nobody needs are not computed."""
        used = [one for columns in lists for one in columns if one.column.column_id in needed | kept]
        below = (needed - {one.column.column_id for one in used}).union(*(_references(one.expr) for one in used))
        for one in used:
            self._subqueries(one, ())
        passed = {one.column.column_id: one.expr.column.column_id for one in used if _is_reference(one.expr)}
        inner = {passed.get(column, column): day for column, day in bounds.items()}
        self.scan(node.input_scan, below, inner)

    def _project(self, node: Any, needed: Needed, bounds: Bounds) -> None:
        self._computed(node, [node.expr_list], frozenset(), needed, bounds)

    def _aggregate(self, node: Any, needed: Needed, bounds: Bounds) -> None:
        keys = frozenset(one.column.column_id for one in node.group_by_list)
        self._computed(node, [node.group_by_list, node.aggregate_list], keys, needed, bounds)

    def _analytic(self, node: Any, needed: Needed, bounds: Bounds) -> None:
        below = needed
        for group in node.function_group_list:
            used = [one for one in group.analytic_function_list if one.column.column_id in needed]
            below = below.union(*(_references(one.expr) for one in used))
            if used:
                below |= _references(group.partition_by) | _references(group.order_by)
        self.scan(node.input_scan, below, {})  # a filter above a window function may not go below it

    def _filter(self, node: Any, needed: Needed, bounds: Bounds) -> None:
        self._subqueries(node, (node.input_scan,))
        below = {**bounds, **dict(_lower_bounds(node.filter_expr))}
        self.scan(node.input_scan, needed | _references(node.filter_expr), below)

    def _join(self, node: Any, needed: Needed, bounds: Bounds) -> None:
        is_inner = (node.join_type or 0) == zetasql.ResolvedJoinScanEnums.JoinType.INNER
        self._plain(node, needed, {**bounds, **dict(_lower_bounds(node.join_expr))} if is_inner else bounds)

    def _with(self, node: Any, needed: Needed, bounds: Bounds) -> None:
        self.named |= {entry.with_query_name: entry.with_subquery for entry in node.with_entry_list}
        self.scan(node.query, needed, bounds)

    def _with_reference(self, node: Any, needed: Needed, bounds: Bounds) -> None:
        query = self.named[node.with_query_name]
        pairs = {
            outer.column_id: inner.column_id for outer, inner in zip(node.column_list, query.column_list, strict=True)
        }
        below = frozenset(pairs[column] for column in needed if column in pairs)
        days = {pairs[column]: day for column, day in bounds.items() if column in pairs}
        # A CTE may be used by many that are used by many.
        use = (node.with_query_name, below, frozenset(days.items()))
        if use not in self.seen:
            self.seen.add(use)
            self.scan(query, below, days)

    def _set_operation(self, node: Any, needed: Needed, bounds: Bounds) -> None:
        keeps_all_rows = (node.op_type or 0) == zetasql.ResolvedSetOperationScanEnums.SetOperationType.UNION_ALL
        places = [
            place for place, column in enumerate(node.column_list) if column.column_id in needed or not keeps_all_rows
        ]
        for item in node.input_item_list:
            self.scan(item.scan, frozenset(item.output_column_list[place].column_id for place in places), {})

    def _table(self, node: Any, needed: Needed, bounds: Bounds) -> None:
        columns = frozenset(column.name for column in node.column_list if column.column_id in needed)
        self.found.append(Read(_table_name(node), columns, self._since(node, bounds)))

    def _since(self, node: Any, bounds: Bounds) -> date | None:
        partition = self.partition_columns.get(_table_name(node))
        return next(
            (bounds[c.column_id] for c in node.column_list if c.name == partition and c.column_id in bounds), None
        )

    def _subqueries(self, node: Any, but: Iterable[Any]) -> None:
        for expression in _nodes(node, but):
            if isinstance(expression, zetasql.ResolvedSubqueryExpr):
                columns = frozenset(column.column_id for column in expression.subquery.column_list)
                self.scan(expression.subquery, columns, {})


_SCANS: Final[Mapping[type, Callable[[_Walk, Any, Needed, Bounds], None]]] = {
    zetasql.ResolvedTableScan: _Walk._table,
    zetasql.ResolvedProjectScan: _Walk._project,
    zetasql.ResolvedFilterScan: _Walk._filter,
    zetasql.ResolvedJoinScan: _Walk._join,
    zetasql.ResolvedAggregateScan: _Walk._aggregate,
    zetasql.ResolvedAnalyticScan: _Walk._analytic,
    zetasql.ResolvedWithScan: _Walk._with,
    zetasql.ResolvedWithRefScan: _Walk._with_reference,
    zetasql.ResolvedSetOperationScan: _Walk._set_operation,
}


def _lower_bounds(condition: Any) -> Iterator[tuple[int, date]]:
    """Columns that a condition holds from a written day on."""
    if not isinstance(condition, zetasql.ResolvedFunctionCallBase):
        return
    name, arguments = condition.function.name, condition.argument_list
    if name == "ZetaSQL:$and":
        for argument in arguments:
            yield from _lower_bounds(argument)
    elif name in ("ZetaSQL:$greater_or_equal", "ZetaSQL:$between"):
        column, day = arguments[0], arguments[1]
        # dbt writes date(day) of what is a date already.
        if isinstance(column, zetasql.ResolvedFunctionCallBase) and column.function.name == "ZetaSQL:date":
            (column,) = column.argument_list
        if _is_reference(column) and isinstance(day, zetasql.ResolvedLiteral):
            days = day.value.value.date_value
            if days is not None:
                yield column.column.column_id, _EPOCH + timedelta(days=days)


def _is_reference(expression: Any) -> bool:
    return isinstance(expression, zetasql.ResolvedColumnRef)


def _references(node: Any, but: Iterable[Any] = ()) -> Needed:
    """Every column that an expression names."""
    return frozenset(one.column.column_id for one in _nodes(node, but) if _is_reference(one))


def _nodes(tree: Any, but: Iterable[Any] = ()) -> Iterator[Any]:
    """A node and all under it that is not in another scan."""
    for child in [tree, *_children(tree)] if isinstance(tree, zetasql.ResolvedNode) else []:
        if child is tree:
            yield child
        elif not any(child is skipped for skipped in but) and not isinstance(child, zetasql.ResolvedScan):
            yield from _nodes(child, but)


def _children(node: Any) -> Iterator[Any]:
    for attribute in dataclasses.fields(node):
        value = getattr(node, attribute.name)
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, zetasql.ResolvedNode):
                yield child


def _table_name(scan: Any) -> str:
    return str(scan.table.name.rpartition(".")[2])
