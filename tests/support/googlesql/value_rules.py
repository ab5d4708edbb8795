"""What ends a query when BigQuery computes it, and can be seen before: constants that fail, and null in an array."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import zetasql.types as zetasql

from tests.support.googlesql.tree import Offence, nodes, place

# The error that an expression without columns ends with, if any.
Refusal = Callable[[str], str | None]

_PATTERNS = ("ZetaSQL:regexp_", "ZetaSQL:$like")


def pattern_offences(node: Any, refusal: Refusal) -> Iterator[Offence]:
    """A pattern is read when the query runs; one that is written out can be tried before, on an empty text."""
    if not isinstance(node, zetasql.ResolvedFunctionCallBase) or not node.function.name.startswith(_PATTERNS):
        return
    pattern = node.argument_list[1:]
    if all(isinstance(part, zetasql.ResolvedLiteral) and part.value.value.string_value is not None for part in pattern):
        name = node.function.name.removeprefix("ZetaSQL:")
        written = ", ".join(json.dumps(part.value.value.string_value, ensure_ascii=False) for part in pattern)
        call = f"'' like {written}" if name == "$like" else f"{name}('', {written})"
        message = refusal(call)
        if message:
            yield Offence(message, place(node))


def constant_offences(tree: Any, text: bytes, refusal: Refusal) -> Iterator[Offence]:
    """The largest parts of a statement that name no column are computed."""
    if _is_constant(tree):
        where = tree.parse_location_range
        message = refusal(text[where.start : where.end].decode())
        if message:
            yield Offence(message, where.start)
    elif isinstance(tree, zetasql.ResolvedNode):
        for value in vars(tree).values():
            if value.__class__ is list or isinstance(value, zetasql.ResolvedNode):
                yield from constant_offences(value, text, refusal)
    elif isinstance(tree, list):
        for element in tree:
            yield from constant_offences(element, text, refusal)


def null_element_offences(statement: Any) -> Iterator[Offence]:
    """An array may hold null inside of a query, and not in what the query returns or writes."""
    columns = getattr(statement, "output_column_list", [])
    if not any(column.column.type.type_kind == zetasql.TypeKind.TYPE_ARRAY for column in columns):
        return
    ignores = zetasql.ResolvedNonScalarFunctionCallBaseEnums.NullHandlingModifier.IGNORE_NULLS
    for node in nodes(statement):
        if (
            isinstance(node, zetasql.ResolvedNonScalarFunctionCallBase)
            and node.function.name == "ZetaSQL:array_agg"
            and node.null_handling_modifier != ignores
            and not isinstance(node.argument_list[0], zetasql.ResolvedMakeStruct)
        ):
            yield Offence("Array cannot have a null element; error in writing field: array_agg", place(node))


def _is_constant(tree: Any) -> bool:
    """A call of functions on nothing but literals; a literal alone was read by the analyzer."""
    if not isinstance(tree, zetasql.ResolvedFunctionCall | zetasql.ResolvedCast) or not tree.parse_location_range:
        return False
    if isinstance(tree, zetasql.ResolvedFunctionCall) and tree.function.name.startswith("ZetaSQL:generate_"):
        return False  # an array may be longer in BigQuery than here
    arguments = tree.argument_list if isinstance(tree, zetasql.ResolvedFunctionCall) else [tree.expr]
    generic = getattr(tree, "generic_argument_list", [])
    return not generic and all(isinstance(part, zetasql.ResolvedLiteral) or _is_constant(part) for part in arguments)
