"""What tests of job cluster share."""

from pathlib import Path

import pytest

from tests.support.worlds.cluster_world import World, make_world


@pytest.fixture
def world(tmp_path: Path) -> World:
    return make_world(tmp_path)
