"""What is generated from the declared settings is what they say today, and each setting is read."""

import re
from pathlib import Path

import pytest
import yaml

from creative_approaches.settings import SETTINGS
from creative_approaches.settings.generate import COMMAND, generated_files
from creative_approaches.settings.names import REMOVED
from creative_approaches.settings.readers import readers_of
from tests.support.paths import REPOSITORY

FILES = generated_files(REPOSITORY)


@pytest.mark.parametrize("path", FILES, ids=str)
def test_generated_files_are_up_to_date(path: Path) -> None:
    assert (REPOSITORY / path).read_text() == FILES[path], f"{path} is stale. Run: {COMMAND}"


def test_the_vars_are_the_settings_with_their_defaults() -> None:
    values = yaml.safe_load((REPOSITORY / "dbt_project.yml").read_text())["vars"]["creative_approaches"]
    del values["type_names"]
    assert values == {
        name: list(known.default) if isinstance(known.default, tuple) else known.default
        for name, known in SETTINGS.items()
    }


def test_dbt_reads_the_settings_that_are_declared_for_it_and_no_others() -> None:
    folders = ("models", "macros", "seeds", "tests/dbt")
    paths = [path for folder in folders for path in (REPOSITORY / folder).rglob("*.[sy][qm]l")]
    paths.remove(REPOSITORY / "models/settings.yml")
    read = {name for path in paths for name in re.findall(r"\bvar\('(\w+)'", path.read_text())}
    # Some names are put together, in macros/raw.
    read |= {name for name in SETTINGS if re.fullmatch("raw_(creatives|metrics)_(table|columns)", name)}
    assert read - {"type_names"} == {name for name in SETTINGS if "dbt" in readers_of(name)}


def test_jobs_read_the_settings_that_are_declared_for_them() -> None:
    paths = (REPOSITORY / "python_jobs").rglob("*.py")
    text = "\n".join(path.read_text() for path in paths if path.parent.name != "settings")
    of_jobs = {name for name in SETTINGS if readers_of(name) != ["dbt"]}
    assert [name for name in sorted(of_jobs) if not re.search(rf"\.{name}\b", text)] == []


def test_every_value_that_is_no_setting_any_more_has_a_reason() -> None:
    reasons = (REPOSITORY / "docs/decisions.md").read_text()
    assert [name for name in sorted(REMOVED) if f"`{name}`" not in reasons] == []
