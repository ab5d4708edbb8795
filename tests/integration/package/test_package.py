"""Another dbt project that has this one as a package."""

from pathlib import Path

import yaml

from creative_approaches.adapters.dbt.project import PACKAGE, PREPARE, PUBLISH, selection
from tests.support.workspace import Workspace, make_workspace

THEIRS = "select approach_id, approach_name from {{ ref('dim_approaches') }}"


def test_both_stages_build_and_the_marts_are_there_for_its_own_models(tmp_path: Path) -> None:
    root = make_root_project(tmp_path)
    later = ["run", *selection(PUBLISH)]
    for arguments in (["deps"], ["build", *selection(PREPARE)], later, ["run", "--select", "theirs"]):
        built = root.dbt("--warn-error", *arguments)
        assert built.returncode == 0, built.stdout
    (shown,) = root.query("select count(*) from approaches_marts.fct_approach_members")[0]
    assert shown > 1000
    assert root.query("select count(*) from approaches.theirs") == [(0,)]  # no job has run


def make_root_project(directory: Path) -> Workspace:
    package = make_workspace(directory / PACKAGE)
    root = directory / "an agency"
    (root / "models").mkdir(parents=True)
    (root / "models" / "theirs.sql").write_text(THEIRS)
    files = {
        "dbt_project.yml": {"name": "agency", "profile": PACKAGE, "flags": {"send_anonymous_usage_stats": False}},
        "packages.yml": {"packages": [{"local": f"../{PACKAGE}"}]},
        "profiles.yml": yaml.safe_load((package.directory / "profiles.yml").read_text()),
    }
    for name, content in files.items():
        (root / name).write_text(yaml.safe_dump(content))
    return Workspace(root)
