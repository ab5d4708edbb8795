"""Files in the target folder of dbt, which other processes read and write meanwhile."""

import os
import time
from pathlib import Path

import pytest

from creative_approaches.adapters.dbt.artifacts import own_folder


def test_a_reader_keeps_the_old_file_whole_while_a_new_one_comes(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text("old")
    with (tmp_path / "manifest.json").open() as reader:
        with own_folder(tmp_path) as own:
            (own / "manifest.json").write_text("ne")
            assert (tmp_path / "manifest.json").read_text() == "old"
            (own / "manifest.json").write_text("new")
        assert reader.read() == "old"
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("manifest.json", "new")]


def test_an_own_folder_begins_with_copies_of_what_is_there(tmp_path: Path) -> None:
    target = tmp_path / "target"  # does not exist before the first command
    with own_folder(target, "cache") as own:
        assert list(own.iterdir()) == []
        (own / "cache").write_text("known")
    with own_folder(target, "cache") as own:
        assert (own / "cache").read_text() == "known"


def test_what_a_killed_command_left_is_removed_a_day_later(tmp_path: Path) -> None:
    for name, hours in (("left", 25), ("of another command", 1)):
        folder = tmp_path / f".approaches-{name}"
        folder.mkdir()
        (folder / "cache").write_text("half")
        os.utime(folder, (time.time() - hours * 3600,) * 2)
    with own_folder(tmp_path):
        pass
    assert [path.name for path in tmp_path.iterdir()] == [".approaches-of another command"]


def test_a_command_that_fails_leaves_the_old_files(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("known")

    def fail(own: Path) -> None:
        (own / "cache").write_text("half")
        raise RuntimeError

    with pytest.raises(RuntimeError), own_folder(tmp_path, "cache") as own:
        fail(own)
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("cache", "known")]
