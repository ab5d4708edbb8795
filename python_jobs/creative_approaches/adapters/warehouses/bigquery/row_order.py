"""Rows of a table in the order of its key, however many numbers or characters they hold."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

# Arrow sorts rows in one array per column, which counts text and numbers of lists in 32 bits: 2,100 MB of text.
BYTES_AT_ONCE: Final = 500_000_000


def in_order_of(rows: pa.Table, key: Sequence[str], bytes_at_once: int = BYTES_AT_ONCE) -> pa.Table:
    """Sort rows by some of their columns, upwards.

    bytes_at_once : what one piece of the result may hold on average; a table of more comes in several pieces.
    """
    keys = [(column, "ascending") for column in key]
    if rows.nbytes <= bytes_at_once:
        return rows.sort_by(keys)
    order = pc.sort_indices(rows.select(key), sort_keys=keys).to_numpy().astype(np.int64)
    batches = rows.to_batches()
    ends = np.cumsum([batch.num_rows for batch in batches])
    pieces = [_taken(batches, ends, wanted) for wanted in np.array_split(order, -(-rows.nbytes // bytes_at_once))]
    return pa.concat_tables(pieces)


def _taken(batches: list[pa.RecordBatch], ends: np.ndarray, wanted: np.ndarray) -> pa.Table:
    """Rows by their numbers, in that order."""
    upwards = np.argsort(wanted)
    by_batch = np.split(wanted[upwards], np.searchsorted(wanted[upwards], ends))
    found = [
        batch.take(pa.array(numbers - (end - batch.num_rows)))
        for batch, end, numbers in zip(batches, ends, by_batch, strict=False)  # nothing is left after the last batch
        if len(numbers)
    ]
    return pa.Table.from_batches(found).take(pa.array(np.argsort(upwards)))
