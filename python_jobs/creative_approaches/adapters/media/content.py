"""What loading media takes and gives: bounds, bytes, and faults that may pass."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from creative_approaches.core.media.faults import MediaFaultError, Reason


@dataclass(frozen=True)
class MediaRules:
    """How far loading may go.

    base_dir : where relative paths start.
    max_bytes : of one file.
    timeout_seconds : for one file, over all attempts, from when its host is free for it.
    connections : files that are loaded at once; a quarter of them from one host.
    allow_local : whether files of this machine are read.
    allowed_private_hosts : names of hosts that may be at addresses that are not public.
    google_credentials : for gs://; None for those of the machine, or else none.
    """

    base_dir: Path
    max_bytes: int
    timeout_seconds: float
    connections: int
    allow_local: bool
    allowed_private_hosts: frozenset[str] = frozenset()
    google_credentials: Any = None


@dataclass(frozen=True)
class Media:
    """The bytes of a uri. `content` is None where they are still those of the version that was known before.

    version : what the store calls these bytes: ETag or date, generation, time and size of a file; None if nothing.
    """

    content: bytes | None
    version: str | None


class PassingFaultError(MediaFaultError):
    """A fault that may be over in a moment.

    delay : seconds that the server asks to wait; None if it does not say.
    """

    def __init__(self, reason: Reason, detail: str, delay: float | None = None) -> None:
        """Take both as they are recorded if it does not pass."""
        super().__init__(reason, detail)
        self.delay = delay


def too_many_bytes(size: int, max_bytes: int) -> MediaFaultError:
    """The fault of a file of so many bytes or more."""
    return MediaFaultError(Reason.TOO_MANY_BYTES, f"It has more than {max_bytes:,} bytes.", {"content_bytes": size})
