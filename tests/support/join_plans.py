"""How DuckDB would run the joins of a statement: which of them compare rows without an equality."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import duckdb

# A plan of DuckDB: a dict of name, extra_info and children, which are plans.
Plan = Mapping[str, Any]

HASH_JOIN: Final = "HASH_JOIN"
# A correlated subquery. What it joins is a join of its own among the children.
DELIM_JOINS: Final = frozenset({"LEFT_DELIM_JOIN", "RIGHT_DELIM_JOIN"})
ONE_ROW: Final = frozenset({"UNGROUPED_AGGREGATE", "SIMPLE_AGGREGATE"})
# These give no more rows than their children together. Not UNNEST: one row may hold a list of everything.
NO_MORE_ROWS: Final = frozenset(
    {"PROJECTION", "FILTER", "UNION", "ORDER_BY", "WINDOW", "STREAMING_WINDOW", "HASH_GROUP_BY"}
)

# Small tables are joined by loops and sorting even where there is an equality, and what statistics prove to be empty
# is left out, with its joins. Without these a plan is the one of large tables.
_PLAN_AS_IF_LARGE: Final = (
    "set nested_loop_join_threshold = 0",
    "set merge_join_threshold = 0",
    "set disabled_optimizers = 'statistics_propagation, empty_result_pullup'",
)


@dataclass(frozen=True)
class Join:
    """A join of a plan. It has an equality, or one side with a fixed number of rows, or neither."""

    kind: str
    condition: str
    is_by_equality: bool
    has_a_fixed_side: bool

    @property
    def is_quadratic(self) -> bool:
        """Whether it compares every row of one side with every row of the other, and both grow."""
        return not (self.is_by_equality or self.has_a_fixed_side)

    def __str__(self) -> str:
        return f"{self.kind} on {self.condition or 'nothing'}"


def plan_of(connection: duckdb.DuckDBPyConnection, query: str) -> Plan:
    """The plan of a query on large tables, whatever the tables hold now."""
    for setting in _PLAN_AS_IF_LARGE:
        connection.execute(setting)
    ((_, plan),) = connection.execute(f"explain (format json) {query}").fetchall()
    root: Plan = json.loads(plan)[0]
    if any(name == "EMPTY_RESULT" for name in map(_name, _nodes(root))):
        raise ValueError("DuckDB left a part of the query out, because it knows that it has no rows.")
    return root


def joins_of(plan: Plan) -> list[Join]:
    """Every join of a plan, from the top down."""
    fixed_ctes = frozenset[str]()
    ctes = [node for node in _nodes(plan) if _name(node) == "CTE"]
    while (
        found := {_info(cte, "Table Index") for cte in ctes if _is_fixed(cte["children"][0], fixed_ctes)} - fixed_ctes
    ):
        fixed_ctes |= found
    return list(_joins(plan, fixed_ctes, is_correlated=False))


def _joins(node: Plan, fixed_ctes: frozenset[str], is_correlated: bool) -> Iterator[Join]:
    name = _name(node)
    if ("JOIN" in name or name == "CROSS_PRODUCT") and name not in DELIM_JOINS:
        conditions = _info(node, "Conditions") or _info(node, "Condition")
        # In a correlated subquery, a scan of constants stands for the rows of the query around it.
        is_fixed = not is_correlated and any(_is_fixed(side, fixed_ctes) for side in node["children"])
        yield Join(name, conditions, name == HASH_JOIN, is_fixed)
    for child in node["children"]:
        yield from _joins(child, fixed_ctes, is_correlated or name in DELIM_JOINS)


def _is_fixed(node: Plan, fixed_ctes: frozenset[str]) -> bool:
    """Whether the number of rows is known from the query alone: of constants, or of an aggregate without groups."""
    name = _name(node)
    if name == "DUMMY_SCAN" or name in ONE_ROW:
        return True
    if name == "CTE_SCAN":
        return _info(node, "CTE Index") in fixed_ctes
    if name == "CTE":
        return _is_fixed(node["children"][1], fixed_ctes)
    if name in NO_MORE_ROWS or "JOIN" in name or name == "CROSS_PRODUCT":
        return bool(node["children"]) and all(_is_fixed(child, fixed_ctes) for child in node["children"])
    return False


def _nodes(plan: Plan) -> Iterator[Plan]:
    yield plan
    for child in plan["children"]:
        yield from _nodes(child)


def _name(node: Plan) -> str:
    return str(node["name"]).strip()


def _info(node: Plan, key: str) -> str:
    value = node["extra_info"].get(key, "")
    return " and ".join(value) if isinstance(value, list) else str(value)
