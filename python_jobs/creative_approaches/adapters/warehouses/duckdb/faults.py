"""What DuckDB says when its file cannot be used, as an error with a next step.

Only the text tells one fault from another: DuckDB has one class for most of them, and dbt passes on the text alone.
"""

import re
from pathlib import Path
from typing import Final

from creative_approaches.errors import ApproachesError, DataError, TemporaryError, UsageError, fault_of_machine

# The first that fits counts. {file} and {holder} are filled in.
_FAULTS: Final[tuple[tuple[str, type[ApproachesError], str], ...]] = (
    (
        r"Could not set lock on file|Conflicting lock is held",
        TemporaryError,
        "{file} is open in another process{holder}. Close it there and run the same command again.",
    ),
    (
        r"read a database file with version number|was created with a newer version|newer DuckDB",
        DataError,
        "{file} was written by a newer DuckDB than the one that is installed here. "
        "Install the newer one: pip install --upgrade duckdb",
    ),
    (
        r"not a valid DuckDB database|Corrupt database file|Could not read enough bytes|Serialization Error"
        r"|Cannot open encrypted database|replaying WAL|Corrupt WAL",
        DataError,
        "{file} is damaged, or is no DuckDB database. Bring back a copy of it, or name another file in profiles.yml.",
    ),
    (
        r"Out of Memory Error|could not allocate block",
        UsageError,
        "DuckDB used up the memory that it may have. Raise memory_limit under settings of the target in profiles.yml, "
        "or lower threads there, and run the same command again.",
    ),
)


def explain(said: str, file: Path) -> ApproachesError | None:
    """The error that a message of DuckDB, or of dbt about DuckDB, means; None if the file is not at fault."""
    for pattern, kind, sentence in _FAULTS:
        if re.search(pattern, said):
            holder = re.search(r" \(PID \d+\)", said)
            return kind(sentence.format(file=file, holder=holder[0] if holder else ""))
    return fault_of_machine(said)
