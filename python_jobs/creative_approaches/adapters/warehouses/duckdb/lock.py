"""A lock file beside a DuckDB file. DuckDB's own lock is not enough: between two steps of a run nobody has it open."""

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from creative_approaches.adapters.warehouses.holder import Holder, in_use


@contextmanager
def lock(database: Path, command: str) -> Iterator[None]:
    """Keep other commands from writing. The kernel lets go when this process ends, however it ends.

    The file stays: to take it away would take it from under a command that has just opened it.
    Raises TemporaryError that names the command which has it.
    """
    real = database.resolve()  # two names of one database have one lock
    with real.with_name(f"{real.name}.lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise in_use(str(database), _holder(file)) from None
        file.truncate(0)
        file.write(json.dumps(Holder.this(command).written()))
        file.flush()
        yield


def _holder(file: IO[str]) -> Holder | None:
    """Who wrote into the file; None while it is being written."""
    file.seek(0)
    try:
        return Holder.of(json.load(file))
    except (ValueError, KeyError):
        return None
