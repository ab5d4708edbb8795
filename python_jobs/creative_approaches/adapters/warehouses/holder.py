"""Who holds a warehouse: one command that writes at a time."""

import os
import socket
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from creative_approaches.errors import TemporaryError


@dataclass(frozen=True)
class Holder:
    """A command at work.

    place : what tells processes of one number apart: the boot of the machine and its space of process ids; empty where
    nothing says so.  since : UTC.
    """

    command: str
    host: str
    place: str
    pid: int
    since: str

    @classmethod
    def this(cls, command: str) -> "Holder":
        """This process, from now on."""
        since = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S")
        return cls(command, socket.gethostname(), _place(), os.getpid(), since)

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> "Holder":
        """One that was written down."""
        return cls(**{name: values[name] for name in cls.__dataclass_fields__})

    def written(self) -> dict[str, Any]:
        """What `of` reads."""
        return asdict(self)

    @property
    def is_gone(self) -> bool:
        """Whether it ran here and does not any more. False where nobody can know."""
        if not self.place or self.place != _place():
            return False
        with suppress(ProcessLookupError, PermissionError):
            os.kill(self.pid, 0)  # asks, and sends nothing
            return False
        return not Path(f"/proc/{self.pid}").exists()


def in_use(location: str, holder: Holder | None) -> TemporaryError:
    """What to say to a second command."""
    by = f" ({holder.command}, PID {holder.pid} on {holder.host}, since {holder.since} UTC)" if holder else ""
    return TemporaryError(
        f"Another command is writing to {location}{by}. Run the same command again when it has ended."
    )


def _place() -> str:
    with suppress(OSError):
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        return f"{boot} {os.readlink('/proc/self/ns/pid')}"
    return ""
