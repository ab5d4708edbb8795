"""What dbt warns of is heard at the end of a run."""

import shlex
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from creative_approaches.adapters.dbt.warnings import DbtWarning, warning_of
from tests.support.workspace import Workspace


def event(name: str, code: str, msg: str = "", level: str = "warn", **data: Any) -> Any:
    """An event as dbt sends it (dbt-core 1.11, events/types.py)."""
    info = SimpleNamespace(name=name, code=code, msg=msg, level=level)
    return SimpleNamespace(info=info, data=SimpleNamespace(**data))


NODE = SimpleNamespace(node_name="rows_are_there", meta={})


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        (
            event("LogTestResult", "Q007", num_failures=1200, node_info=NODE),
            DbtWarning("dbt test rows_are_there found 1,200 rows", "rows_are_there"),
        ),
        (event("JinjaLogWarning", "I061", "two\n  lines"), DbtWarning("dbt: two lines")),
        (event("LogTestResult", "Q007", level="info", num_failures=0, node_info=NODE), None),
        (event("RunResultWarning", "Z021", "Warning in test rows_are_there"), None),
        (event("RunResultWarningMessage", "Z046", "Got 1200 results"), None),
        (event("PropertyMovedToConfigDeprecation", "D034", "freshness is a config now"), None),
    ],
    ids=["test", "macro", "test that passed", "said before", "said before in numbers", "deprecation"],
)
def test_each_warning_is_heard_once(said: Any, heard: DbtWarning | None) -> None:
    assert warning_of(said) == heard


def test_a_warning_of_a_test_names_the_command_that_shows_its_rows(
    demo: Workspace, copy_of: Callable[[Workspace], Workspace]
) -> None:
    workspace = copy_of(demo)
    finished = workspace.approaches("run", warn_of_faulty_rows_from=0)
    assert finished.returncode == 0, finished.stderr
    (line,) = [line for line in finished.stderr.splitlines() if line.startswith("Warning: ")]
    said, command = line.split(". See them: ")
    kinds = dict(
        workspace.query(
            "select kind, count(*) from approaches_marts.fct_data_quality_issues where level <> 'note' group by 1"
        )
    )
    assert said == f"Warning: dbt test warn_of_faulty_metrics found {sum(kinds.values())} rows"
    shown = workspace.dbt(*shlex.split(command)[1:])
    assert shown.returncode == 0, shown.stdout
    # dbt shows the first letters.
    assert {kind: shown.stdout.count(kind[:13]) for kind in kinds} == kinds
    assert "clicks_without_impressions" in kinds
