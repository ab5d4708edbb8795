"""One file of media, loaded as a job loads many."""

from typing import Final

import pytest

from creative_approaches.adapters.media.content import Media, MediaRules
from creative_approaches.adapters.media.loader import MediaLoader
from creative_approaches.core.media.faults import MediaFaultError

LIMIT: Final = 1_000_000
WAIT: Final = 60  # seconds after which a test counts as hung


def load(rules: MediaRules, uri: str, version: str | None = None) -> Media:
    with MediaLoader(rules) as loader:
        return loader.load(uri, version).result(WAIT)


def fault(rules: MediaRules, uri: str) -> MediaFaultError:
    with pytest.raises(MediaFaultError) as caught:
        load(rules, uri)
    return caught.value
