"""The two dbt stages: what belongs to each, and what one leaves behind, also when it is interrupted."""

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from creative_approaches.adapters.dbt.project import PREPARE, PUBLISH, DbtOptions, DbtProject, selection
from creative_approaches.errors import StoppedError
from tests.support.workspace import OUTPUT, Workspace


def test_the_stages_are_everything_and_nothing_twice(demo: Workspace, tmp_path: Path) -> None:
    def listed(*arguments: str) -> list[str]:
        kinds = ("--resource-type", "seed", "model", "source", "test")
        found = demo.dbt("--quiet", "ls", *kinds, "--target-path", str(tmp_path), *arguments)
        assert found.returncode == 0, found.stdout
        return found.stdout.splitlines()

    stages = [listed(*selection(stage)) for stage in (PREPARE, PUBLISH)]
    assert all(stages)
    assert sorted(stages[0] + stages[1]) == sorted(listed())


SEARCH = (["intermediate", "formats"], ["intermediate", "media"])
# What was shown is known by what earlier runs kept of it. No job of the same run decides it.
KEPT = {
    "int_creatives__records": {"creative_records", "image_hashes", "video_hashes"},
    "int_images__distinct": {"image_hashes"},
    "int_videos__distinct": {"video_hashes"},
}


def test_what_the_jobs_read_is_made_of_nothing_that_a_job_writes_but_what_creatives_showed(demo: Workspace) -> None:
    manifest = json.loads((demo.directory / "target" / "manifest.json").read_text())
    nodes = manifest["nodes"] | manifest["sources"]
    parents = manifest["parent_map"]
    read = {parent for job in manifest["exposures"] for parent in parents[job] if parent.startswith("model.")}
    assert [name for name in read if nodes[name]["tags"] != [PREPARE]] == []
    prepared = [name for name, node in nodes.items() if PREPARE in node["tags"]]
    later = {
        nodes[name]["name"]: {nodes[p]["name"] for p in parents[name] if nodes[p]["tags"] != [PREPARE]}
        for name in prepared
    }
    # The search for pairs is views, which are worked out when job group-media reads them.
    models = (node for node in nodes.values() if node["resource_type"] == "model")
    views = {node["name"]: node for node in models if node["fqn"][1:3] in SEARCH}
    assert {node["config"]["materialized"] for node in views.values()} == {"view"}
    assert {name: found for name, found in later.items() if found and name not in views} == KEPT
    assert {tuple(node["tags"]) for node in manifest["sources"].values() if node["source_name"] == "jobs"} == {
        (PUBLISH,)
    }


@pytest.fixture
def workspace(demo: Workspace, copy_of: Callable[[Workspace], Workspace]) -> Workspace:
    return copy_of(demo)


def test_another_process_may_open_the_file_after_a_stage(workspace: Workspace) -> None:
    nodes: list[tuple[int, int]] = []
    project = DbtProject(DbtOptions(workspace.directory))
    finished = project.build(PREPARE, lambda done, total, name: nodes.append((done, total)), print)
    assert finished == len(nodes) > 50
    assert all(1 <= done <= total for done, total in nodes)
    command = [sys.executable, "-c", f"import duckdb; duckdb.connect({str(workspace.database)!r})"]
    opened = subprocess.run(command, capture_output=True, text=True, check=False)
    assert opened.returncode == 0, opened.stderr


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_stage_ends_the_command_and_the_next_run_does_the_rest(
    demo: Workspace, workspace: Workspace, sent: signal.Signals
) -> None:
    workspace.execute("drop table approaches_intermediate.int_cohorts__members")
    with subprocess.Popen([sys.executable, "-c", INTERRUPTIBLE, "run"], cwd=workspace.directory, **OUTPUT) as command:
        assert command.stderr is not None
        said = ""
        while "prepare: started" not in said:
            line = command.stderr.readline()
            assert line, said
            said += line
        command.send_signal(sent)
        said += command.stderr.read()
    assert command.returncode == 128 + sent, said
    assert str(StoppedError()) in said
    noted = workspace.query("select outcome from approaches_jobs.job_runs where job = 'prepare'")
    assert noted in ([], [("stopped",)])  # none if it came before the step began
    assert workspace.dbt("build", *selection(PREPARE)).returncode == 0
    rows = "select * from approaches_intermediate.int_cohorts__members order by all"
    assert workspace.query(rows) == demo.query(rows)


# A shell starts what runs in its background with the signal ignored.
INTERRUPTIBLE = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from creative_approaches.cli import main
main()
"""


def test_a_half_written_cache_of_another_dbt_is_read_as_none_and_mended(workspace: Workspace) -> None:
    cache = workspace.directory / "target" / "partial_parse.msgpack"
    assert workspace.approaches("track").returncode == 0
    whole = cache.read_bytes()
    cache.write_bytes(whole[: len(whole) // 2])
    finished = workspace.approaches("track")
    assert finished.returncode == 0, finished.stderr
    assert len(cache.read_bytes()) > len(whole) * 0.9


def test_a_run_leaves_the_artifacts_that_tools_read(workspace: Workspace) -> None:
    project = DbtProject(DbtOptions(workspace.directory))
    project.migrate(print)
    target = workspace.directory / "target"
    results = json.loads((target / "run_results.json").read_text())["results"]
    assert [result["status"] for result in results] == ["success"]
    assert "model.creative_approaches.dim_approaches" in json.loads((target / "manifest.json").read_text())["nodes"]
    assert not list(target.glob(".approaches-*"))


def test_an_empty_build_runs(workspace: Workspace) -> None:
    """As continuous integration calls it, to see whether the warehouse takes all SQL."""
    without = [f"--exclude-resource-type={kind}" for kind in ("test", "unit_test")]
    finished = workspace.dbt("build", "--empty", "--select", "+int_creatives__records", *without)
    assert finished.returncode == 0, finished.stdout
