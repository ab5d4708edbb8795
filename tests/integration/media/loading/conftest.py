"""The rules of loading, and a site on the loopback."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from creative_approaches.adapters.media import hosts as media_hosts
from creative_approaches.adapters.media.content import MediaRules
from tests.support.media.loading import LIMIT
from tests.support.media.server import Site, running_site


@pytest.fixture
def rules(tmp_path: Path) -> MediaRules:
    return MediaRules(
        base_dir=tmp_path,
        max_bytes=LIMIT,
        timeout_seconds=20,
        connections=8,
        allow_local=True,
        allowed_private_hosts=frozenset({"localhost"}),
    )


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setattr(media_hosts, "_backoff", lambda _: 0)
    with running_site() as site:
        yield site
