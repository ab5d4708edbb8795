from itertools import pairwise

import numpy as np
import pyarrow as pa
import pytest

from creative_approaches.adapters.warehouses.bigquery.row_order import in_order_of

ROWS = 1_000


@pytest.fixture
def rows() -> pa.Table:
    """Text, vectors and nulls, in batches of uneven size; one of them is empty."""
    random = np.random.default_rng(5)
    numbers = random.permutation(ROWS)
    table = pa.table(
        {
            "group": [f"{number % 7}" for number in numbers],
            "number": numbers,
            "vector": [[float(number)] * int(number % 5) if number % 11 else None for number in numbers],
        }
    )
    cuts = [0, 0, *sorted(random.integers(ROWS, size=12)), ROWS]
    return pa.concat_tables([table.slice(start, end - start) for start, end in pairwise(cuts)])


@pytest.mark.parametrize("pieces", [1, 2, 9, ROWS])
def test_rows_are_in_the_order_of_their_key_in_however_many_pieces(rows: pa.Table, pieces: int) -> None:
    found = in_order_of(rows, ["group", "number"], bytes_at_once=-(-rows.nbytes // pieces))
    assert found.to_pylist() == sorted(rows.to_pylist(), key=lambda row: (row["group"], row["number"]))


def test_no_array_of_a_large_table_holds_more_than_a_piece(rows: pa.Table) -> None:
    found = in_order_of(rows, ["number"], bytes_at_once=rows.nbytes // 10)
    assert max(len(chunk) for chunk in found["vector"].chunks) <= ROWS / 10


def test_a_table_without_rows_stays_as_it_is(rows: pa.Table) -> None:
    empty = rows.slice(0, 0)
    assert in_order_of(empty, ["number"]).equals(empty)
