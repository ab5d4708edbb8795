"""Work that a model does and that is committed piece by piece: a killed or stopped run keeps its finished pieces."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TypeVar

import pyarrow as pa

from creative_approaches.adapters.warehouses.port import Change, Warehouse
from creative_approaches.core.spending import Spending
from creative_approaches.errors import ApproachesError, StoppedError
from creative_approaches.jobs.job import Progress

M = TypeVar("M")

# Rows that are made and committed together: a commit costs a scan of the keys, a killed run its open chunk. A model
# that takes minutes or money gets smaller ones, about twenty a run.
INSTANT_CHUNK = 20_000
MODEL_CHUNK = 4_000
SEEING_CHUNK = 400  # the pictures of a chunk are in memory, up to half a MB of each row
SMALLEST_CHUNK = 200


def chunk_size(rows: int, is_instant: bool, sees: bool = False) -> int:
    """How many of so many rows are made and committed together."""
    if is_instant:
        return INSTANT_CHUNK
    return max(SMALLEST_CHUNK, min(SEEING_CHUNK if sees else MODEL_CHUNK, rows // 20))


@dataclass(frozen=True)
class Made:
    """What became of a chunk.

    failed : how many rows are tried again next time.  stopped : why others were not tried.
    """

    changes: Sequence[Change]
    failed: int = 0
    stopped: ApproachesError | None = None


@dataclass
class Done:
    """What became of all chunks."""

    written: int = 0
    failed: int = 0
    stopped: ApproachesError | None = None

    def __add__(self, other: "Done") -> "Done":
        """What became of the chunks of both, one after the other."""
        return Done(self.written + other.written, self.failed + other.failed, other.stopped)


def make_in_chunks(
    warehouse: Warehouse,
    due: pa.Table,
    open_model: Callable[[], AbstractContextManager[M]],
    make: Callable[[M, pa.Table], Made],
    size: int,
    spending: Spending,
    progress: Progress,
    label: str,
) -> Done:
    """Let a model make something of each row that is due, and write it chunk by chunk. size : rows of a chunk.

    Raises what stops the work before anything was paid for; later it is what the work is stopped by.
    """
    done = Done()
    try:
        with open_model() as model:
            for start in progress(range(0, due.num_rows, size), label):
                made = make(model, due.slice(start, size))
                if made.changes:
                    done.written += warehouse.write(*made.changes)
                done.failed += made.failed
                done.stopped = made.stopped
                if done.stopped:
                    break
    except (ApproachesError, KeyboardInterrupt) as error:
        if not spending.usage.requests:
            raise
        done.stopped = error if isinstance(error, ApproachesError) else StoppedError()
    return done
