"""Another dbt project that has this one as a package."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from creative_approaches.adapters.dbt.project import PACKAGE, PREPARE, PUBLISH, DbtOptions, DbtProject, selection
from creative_approaches.errors import UsageError
from tests.support.workspace import Workspace, make_workspace

THEIRS = "select approach_id, approach_name from {{ ref('dim_approaches') }}"


def test_both_stages_build_and_the_marts_are_there_for_its_own_models(tmp_path: Path) -> None:
    root = make_root_project(tmp_path)
    later = ["run", *selection(PUBLISH)]
    for arguments in (["deps"], ["build", *selection(PREPARE)], later, ["run", "--select", "theirs"]):
        built = root.dbt("--warn-error", *arguments, a_var_of_theirs=1)
        assert built.returncode == 0, built.stdout
    (shown,) = root.query("select count(*) from approaches_marts.fct_approach_members")[0]
    assert shown > 1000
    assert root.query("select count(*) from approaches.theirs") == [(0,)]  # no job has run


def test_its_vars_reach_the_jobs_and_vars_of_its_own_are_its_own(tmp_path: Path) -> None:
    root = make_root_project(tmp_path, vars={PACKAGE: {"period_grain": "month"}, "their_own": 1})
    assert root.dbt("deps").returncode == 0
    options = DbtOptions(root.directory, profiles_dir=root.directory, vars={"another": 1})
    assert DbtProject(options).settings.track.period_grain == "month"
    misspelt = {PACKAGE: {"period_grian": "day"}}
    with pytest.raises(UsageError, match=r"Unknown var period_grian\. Did you mean period_grain\?"):
        DbtProject(replace(options, vars=misspelt))


def make_root_project(directory: Path, **more: Any) -> Workspace:
    package = make_workspace(directory / PACKAGE)
    root = directory / "an agency"
    (root / "models").mkdir(parents=True)
    (root / "models" / "theirs.sql").write_text(THEIRS)
    files = {
        "dbt_project.yml": {
            "name": "agency",
            "profile": PACKAGE,
            "flags": {"send_anonymous_usage_stats": False},
            **more,
        },
        "packages.yml": {"packages": [{"local": f"../{PACKAGE}"}]},
        "profiles.yml": yaml.safe_load((package.directory / "profiles.yml").read_text()),
    }
    for name, content in files.items():
        (root / name).write_text(yaml.safe_dump(content))
    return Workspace(root)
