"""What dbt warns of, as people should hear it.

dbt says each warning of a test twice: when the test ends, and again at the end of the command. The first is counted.
https://docs.getdbt.com/reference/events-logging
"""

from dataclasses import dataclass
from typing import Any, Final

_TEST: Final = "LogTestResult"
_REPEATED: Final = {"RunResultWarning", "RunResultWarningMessage"}
_DEPRECATION: Final = "D"  # codes of the warnings that a later dbt will read the project's files in another way


@dataclass(frozen=True)
class DbtWarning:
    """A warning of dbt, in words.

    test : the dbt test that warns; None where it is something else.  says_findings : of what `approaches check` says.
    """

    what: str
    test: str | None = None
    says_findings: bool = False


def warning_of(event: Any) -> DbtWarning | None:
    """What an event of dbt warns of; None if of nothing, of what was said before, or of how files are written."""
    info = event.info
    if info.level != "warn" or info.name in _REPEATED or info.code.startswith(_DEPRECATION):
        return None
    if info.name == _TEST:
        node, rows = event.data.node_info, event.data.num_failures
        what = f"dbt test {node.node_name} found {rows:,} row{'' if rows == 1 else 's'}"
        return DbtWarning(what, node.node_name, "says_findings" in node.meta)
    return DbtWarning(f"dbt: {' '.join(info.msg.split())}")
