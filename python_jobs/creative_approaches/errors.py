"""What can go wrong for a user. Each message says what is wrong and what to type next.

Exit codes, for schedulers: 1 a bug, 2 wrong usage or settings, 3 data that breaks the contract, 4 a limit that the user
set, 75 try again later, 130 stopped by hand.
"""


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
