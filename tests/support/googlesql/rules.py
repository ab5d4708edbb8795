"""What BigQuery refuses although it is correct GoogleSQL, looked for in a resolved statement."""

from collections.abc import Iterator
from typing import Any

from tests.support.googlesql.join_rules import correlation_offences, join_offences
from tests.support.googlesql.table_rules import table_offences
from tests.support.googlesql.tree import Offence, nodes
from tests.support.googlesql.value_rules import Refusal, constant_offences, null_element_offences, pattern_offences


def offences(statement: Any, text: bytes, refusal: Refusal) -> Iterator[Offence]:
    """What BigQuery would refuse of a statement when it plans or runs it.

    text : what the statement was read from, in UTF-8.
    refusal : the error that an expression without columns ends with, if any.
    """
    yield from table_offences(statement)
    yield from null_element_offences(statement)
    yield from constant_offences(statement, text, refusal)
    for node in nodes(statement):
        yield from join_offences(node)
        yield from correlation_offences(node)
        yield from pattern_offences(node, refusal)
