"""What BigQuery refuses of ALTER TABLE, and what columns a table has after it."""

from collections.abc import Callable, Iterator, Mapping, Set
from typing import Any

import zetasql.types as zetasql

from tests.support.googlesql.tree import Offence, nodes, place


def alter_offences(statement: Any, laid_out_by: Set[str]) -> Iterator[Offence]:
    """Of a statement that changes a table. laid_out_by : the columns of its partitions and clusters."""
    for action in statement.alter_action_list:
        if isinstance(action, zetasql.ResolvedAddColumnAction):
            column = action.column_definition
            if column.annotations and column.annotations.not_null:
                yield Offence(f"Adding a REQUIRED column to a table that exists is refused: {column.name}")
            if column.default_value:
                yield Offence(f"A column is added without a default value, which is set after it: {column.name}")
        name = getattr(action, "name", None)
        if name in laid_out_by:
            yield Offence(f"Columns of partitions and clusters cannot be renamed or dropped: {name}", place(action))


def new_columns(statement: Any, columns: Mapping[str, str], name_of: Callable[[Any], str]) -> dict[str, str]:
    """The types of the columns of a table after a statement that changes it. name_of : names a type."""
    new = dict(columns)
    for action in statement.alter_action_list:
        if isinstance(action, zetasql.ResolvedAddColumnAction):
            new.setdefault(action.column_definition.name, name_of(action.column_definition.type))
        elif isinstance(action, zetasql.ResolvedAlterColumnSetDataTypeAction):
            new[action.column] = name_of(action.updated_type)
        elif isinstance(action, zetasql.ResolvedDropColumnAction):
            new.pop(action.name, None)
        elif isinstance(action, zetasql.ResolvedRenameColumnAction):
            new = {action.new_name if name == action.name else name: new[name] for name in new}
    return new


def columns_of_layout(statement: Any) -> set[str]:
    """The columns that a statement partitions or clusters a new table by."""
    expressions = [*statement.partition_by_list, *statement.cluster_by_list]
    return {node.column.name for node in nodes(expressions) if isinstance(node, zetasql.ResolvedColumnRef)}
