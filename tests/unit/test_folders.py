"""A folder is a subject: who opens it sees at one glance what is in it."""

from collections import Counter

import pytest

from tests.support.paths import REPOSITORY

MOST = 16  # files of one kind; a folder that wants more holds a second subject


@pytest.mark.parametrize(
    ("root", "kind"), [("models", "sql"), ("macros", "sql"), ("python_jobs", "py"), ("tests", "py"), ("tests", "sql")]
)
def test_a_folder_holds_about_a_dozen_files(root: str, kind: str) -> None:
    files = [path for path in (REPOSITORY / root).rglob(f"*.{kind}") if path.name != "__init__.py"]
    assert files
    counted = Counter(path.parent.relative_to(REPOSITORY).as_posix() for path in files)
    assert {folder: number for folder, number in counted.items() if number > MOST} == {}
