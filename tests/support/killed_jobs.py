"""Jobs that ask Gemini, in processes that a test kills."""

import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from creative_approaches.jobs import chunks, embed
from creative_approaches.jobs.annotate import job as annotate
from creative_approaches.jobs.name import job as name
from tests.support.commands.warm import forks
from tests.support.direct_jobs import Narrator, open_directly, settings
from tests.support.gemini.server import GeminiServer

CHUNKS: Final = {"annotate": 40, "embed": 40, "name": 8}  # contents, texts and names that are committed together
TIMEOUT: Final = 120  # seconds after which a child counts as hung


@dataclass(frozen=True)
class KillableJob:
    """A job on the DuckDB file of a directory. job : `annotate`, `embed` or `name`.  settings : vars that differ."""

    job: str
    directory: Path
    environment: Mapping[str, str]
    settings: Mapping[str, Any]

    def finish(self) -> None:
        """Run it to its end."""
        child = self._start()
        child.join(TIMEOUT)
        assert child.exitcode == 0

    def run_until_killed(self, server: GeminiServer, last: int, delay: float) -> bool:
        """Kill it `delay` seconds after the server's request of this number. Returns whether it was still running."""
        child = self._start()
        kill = threading.Timer(delay, child.kill)
        server.on_request = lambda: kill.start() if len(server.asked) == last else None
        child.join(TIMEOUT)
        kill.cancel()
        server.on_request = lambda: None
        assert child.exitcode is not None
        return bool(child.exitcode < 0)

    def _start(self) -> Any:
        child = forks().Process(target=_run, args=(self,))
        child.start()
        return child


def _run(killable: KillableJob) -> None:
    os.environ.update(killable.environment)
    chunks.SMALLEST_CHUNK, name.MODEL_CHUNK = CHUNKS["embed"], CHUNKS["name"]
    job = {"annotate": annotate.annotate, "embed": embed.embed, "name": name.name}[killable.job]
    job(open_directly(killable.directory), settings(**killable.settings), Narrator())
