"""What loading media takes and gives: bounds, bytes, and the faults that are recorded beside a uri."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

GONE, REFUSED, TOO_LARGE = "gone", "refused", "too_large"
TIMEOUT, UNREACHABLE, UNREADABLE = "timeout", "unreachable", "unreadable"

FILES_REFUSED: Final = "Files of this machine are read only if var allow_local_media allows it."
ADDRESS_REFUSED: Final = "Its host's address is not public. Var allowed_private_hosts can allow it."


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

    version : what the store calls these bytes (ETag, generation, time and size of a file); None if it has no name.
    """

    content: bytes | None
    version: str | None


class MediaFaultError(Exception):
    """The bytes cannot be had: the reason as a code, and a sentence for people.

    size : bytes of a file that is too large, or as many as were counted.
    """

    def __init__(self, reason: str, detail: str, size: int | None = None) -> None:
        """Take both as they are recorded."""
        super().__init__(detail)
        self.reason, self.size = reason, size
        self.detail = detail.encode(errors="replace").decode()  # it may quote what a host says, in any bytes


class PassingFaultError(MediaFaultError):
    """A fault that may be over in a moment.

    delay : seconds that the server asks to wait; None if it does not say.
    """

    def __init__(self, reason: str, detail: str, delay: float | None = None) -> None:
        """Take both as they are recorded if it does not pass."""
        super().__init__(reason, detail)
        self.delay = delay


def too_large(size: int, max_bytes: int) -> MediaFaultError:
    """The fault of a file of so many bytes or more."""
    return MediaFaultError(TOO_LARGE, f"It has more than {max_bytes:,} bytes.", size)
