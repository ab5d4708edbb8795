"""What can go wrong for a user. Each message says what is wrong and what to type next.

Exit codes, for schedulers: 1 a bug, 2 wrong usage or settings, 3 data that breaks the contract, 4 a limit that the user
set, 75 try again later, 130 stopped by hand (128 and the number of the signal: 143 where a scheduler ended it).
"""

import re
from typing import Final


class ApproachesError(Exception):
    """Base of every error that the command line prints without a traceback."""

    exit_code = 1


class UsageError(ApproachesError):
    """An option, a setting, the project or the profile is wrong: it fails again until somebody changes it."""

    exit_code = 2


class DataError(ApproachesError):
    """The data or a table breaks the contract, or a dbt model or test failed."""

    exit_code = 3


class LimitError(ApproachesError):
    """A limit that the user set stopped a paid job; what was done is kept, and the next run goes on from there."""

    exit_code = 4


class StoppedError(ApproachesError):
    """Somebody stopped the command (128 + SIGINT, as shells have it)."""

    exit_code = 130

    def __init__(self) -> None:
        """Say what becomes of the work."""
        super().__init__("Stopped. What was finished is kept; the same command goes on from there.")


class TemporaryError(ApproachesError):
    """The warehouse cannot be used now; the same command may work later (sysexits' EX_TEMPFAIL)."""

    exit_code = 75


# What the operating system says, in Python's words, DuckDB's or dbt's, which may pass on the text alone.
_REFUSALS: Final[tuple[tuple[str, type[ApproachesError], str], ...]] = (
    (
        r"No space left on device|Disk quota exceeded|File too large",
        TemporaryError,
        "There is no room left on the disk{file}. Free some and run the same command again.",
    ),
    (
        r"Permission denied|Operation not permitted|Read-only file system",
        UsageError,
        "There is no permission{file}. Change its owner or its mode, or use another place.",
    ),
    (
        r"Is a directory|Not a directory",
        UsageError,
        "A file is in the place of a directory, or a directory in that of a file{file}. Move it, or use another place.",
    ),
    (
        r"^MemoryError|Cannot allocate memory|Unable to allocate",
        TemporaryError,
        "The machine has no memory left. End other programs, or use a larger machine, and run the same command again.",
    ),
)


def fault_of_machine(said: str) -> ApproachesError | None:
    """The error that a full disk, a missing right or used-up memory is; None if it is none of these."""
    for pattern, kind, sentence in _REFUSALS:
        if re.search(pattern, said):
            file = re.search(r"""["'](/[^"']+|[^"' ]+/[^"']+)["']""", said)
            return kind(sentence.format(file=f": {file[1]}" if file else ""))
    return None
