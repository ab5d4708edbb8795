"""What pip installs where this folder is not at hand."""

import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

from tests.support.paths import REPOSITORY


def test_a_wheel_has_every_file_of_the_package(tmp_path: Path) -> None:
    """The weights of models among them, without which nothing is read and nothing is compared."""
    source = tmp_path / "source"
    shutil.copytree(REPOSITORY / "python_jobs", source / "python_jobs", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(REPOSITORY / name, source)
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir"]
    subprocess.run([*command, tmp_path, source], check=True, capture_output=True, text=True)
    (wheel,) = tmp_path.glob("*.whl")
    package = source / "python_jobs" / "creative_approaches"
    files = {path.relative_to(package.parent).as_posix() for path in package.rglob("*") if path.is_file()}
    assert any(name.endswith(".npz") for name in files)
    assert files <= set(ZipFile(wheel).namelist())
