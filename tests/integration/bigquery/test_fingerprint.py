"""What builds an incremental table anew: all that shapes its rows, and nothing else. No warehouse is asked."""

import json
import re
from typing import Any

import pytest

from tests.support.workspace import Workspace, make_workspace

ACTIVITY, ISSUES, FINDINGS = "int_activity__by_period", "int_metrics__issues_by_account", "int_raw__findings"
MODELS = ("stg_raw__creative_daily_metrics", ACTIVITY, ISSUES, FINDINGS)
OWN_DATA = {"demo_data": False}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return make_workspace(tmp_path_factory.mktemp("fingerprints") / "a project")


def fingerprints(workspace: Workspace, **variables: Any) -> dict[str, str]:
    names = ", ".join(f"'{name}': fingerprint(graph.nodes['model.creative_approaches.{name}'])" for name in MODELS)
    compiled = workspace.dbt(
        *("--quiet", "compile", "--no-populate-cache", "--no-introspect"),
        *("--inline", f"{{% if execute %}}{{{{ tojson({{{names}}}) }}}}{{% endif %}}"),
        **OWN_DATA | variables,
    )
    assert compiled.returncode == 0, compiled.stdout
    return dict(json.loads(compiled.stdout))


@pytest.fixture(scope="module")
def before(workspace: Workspace) -> dict[str, str]:
    return fingerprints(workspace)


@pytest.mark.parametrize(
    ("settings", "rebuilt"),
    [
        ({"cohort_columns": ["format"]}, {ACTIVITY}),
        ({"raw_creatives_columns": {"format": "ad_type"}}, set(MODELS)),  # one macro reads both raw tables
        ({"metrics_lookback_days": 7, "trend_max_q": 0.1}, set()),
    ],
)
def test_a_setting_changes_the_models_whose_rows_it_shapes(
    workspace: Workspace, before: dict[str, str], settings: dict[str, Any], rebuilt: set[str]
) -> None:
    assert _changed(before, fingerprints(workspace, **settings)) == rebuilt


@pytest.mark.parametrize(
    ("files", "rebuilt"),
    [
        (["models/intermediate/creatives/int_creatives__versions.sql"], {ACTIVITY}),
        (["macros/raw/clean_text.sql"], set(MODELS)),  # a macro of a macro of a model
        (["macros/portable/duckdb/dates.sql"], set(MODELS)),  # what a dispatched macro is here
        (["macros/incremental/window_start.sql", "macros/trends/trend_label.sql"], set()),
    ],
)
def test_code_changes_the_models_whose_rows_it_shapes(
    workspace: Workspace, before: dict[str, str], files: list[str], rebuilt: set[str]
) -> None:
    written = {path: path.read_text() for path in (workspace.directory / file for file in files)}
    try:
        for path, code in written.items():
            path.write_text(re.sub(r"(?={%-? endmacro|\Z)", "{# edited #}", code))
        assert _changed(before, fingerprints(workspace)) == rebuilt
    finally:
        for path, code in written.items():
            path.write_text(code)


def _changed(before: dict[str, str], now: dict[str, str]) -> set[str]:
    return {name for name in MODELS if now[name] != before[name]}
