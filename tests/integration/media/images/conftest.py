"""A warehouse with a host of images."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from creative_approaches.adapters.media import hosts as media_hosts
from tests.support.worlds.image_world import World, image_world


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.setattr(media_hosts, "_backoff", lambda _: 0)
    with image_world(tmp_path) as world:
        yield world
