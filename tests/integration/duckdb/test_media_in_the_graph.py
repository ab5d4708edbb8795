"""What waits for what between pictures and money, as dbt parses it."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.support.commands.warm import run_warm
from tests.support.paths import REPOSITORY
from tests.support.workspace import TIMEOUT

SEARCH = ("int_images__hash_pairs", "int_videos__candidates")


@pytest.fixture(scope="module")
def nodes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The models of the manifest by their unique ids."""
    folder = tmp_path_factory.mktemp("parsed")
    (folder / "profiles.yml").write_text((REPOSITORY / "profiles.yml.example").read_text())
    places = [f"--{place}={folder}" for place in ("profiles-dir", "target-path", "log-path")]
    finished = run_warm("dbt.cli.main", ["parse", *places], REPOSITORY, os.environ, TIMEOUT)
    assert finished.returncode == 0, finished.stdout
    manifest = json.loads(Path(folder, "manifest.json").read_text())
    return {key: node for key, node in manifest["nodes"].items() if node["resource_type"] == "model"}


def ancestors(nodes: dict[str, Any], key: str) -> set[str]:
    """The names of all models that one is made of."""
    found: set[str] = set()
    waiting = [key]
    while waiting:
        for parent in nodes[waiting.pop()]["depends_on"]["nodes"]:
            if parent in nodes and nodes[parent]["name"] not in found:
                found.add(nodes[parent]["name"])
                waiting.append(parent)
    return found


def test_no_mart_waits_for_the_search_of_pairs(nodes: dict[str, Any]) -> None:
    """Spend is there while somebody still decodes films: marts read what job group-media made of the pairs."""
    marts = {key: node["name"] for key, node in nodes.items() if node["path"].startswith("marts/")}
    assert len(marts) > 20
    waiting = {name: ancestors(nodes, key) & set(SEARCH) for key, name in marts.items()}
    assert {name: found for name, found in waiting.items() if found} == {}
    (themes,) = (key for key, name in marts.items() if name == "dim_image_themes")
    assert "int_media__themes" in ancestors(nodes, themes)


def test_the_search_is_worked_out_when_the_job_reads_it(nodes: dict[str, Any]) -> None:
    """Hashes are written after the stage that makes its models: a table would hold the pairs of the run before."""
    (pairs,) = (key for key, node in nodes.items() if node["name"] == "int_media__near_pairs")
    search = {"int_media__near_pairs", *ancestors(nodes, pairs)}
    of_media = {node["name"]: node for node in nodes.values() if "/media/int_" in node["original_file_path"]}
    assert of_media.keys() & search >= {*SEARCH, "int_media__near_pairs", "int_images__pictures"}
    assert {node["config"]["materialized"] for node in of_media.values()} == {"view"}
