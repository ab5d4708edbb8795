"""Jobs that ask a model, in processes that a test kills."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from direct_jobs import Narrator, open_directly

from creative_approaches.jobs import embed
from creative_approaches.settings import Settings

CHUNK: Final = 40  # texts that are committed together


def embed_in_child(directory: Path, settings: Settings, environment: Mapping[str, str]) -> None:
    """Run the job embed in small chunks."""
    os.environ.update(environment)
    embed.PAID_CHUNK = CHUNK
    embed.embed(open_directly(directory), settings, Narrator())
