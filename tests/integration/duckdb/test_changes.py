"""What may be written to a job table at once."""

from collections.abc import Callable

import pyarrow as pa
import pytest

from creative_approaches.adapters.warehouses.port import Change
from creative_approaches.tables import CLUSTER_ASSIGNMENTS, Table
from tests.support.warehouse_behaviour import assignment, assignments

WAYS = [Change.of_all, Change.of_new, Change.of_keys]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_two_new_rows_of_one_key_are_refused(way: Callable[[Table, pa.Table], Change]) -> None:
    rows = assignments(assignment("a", 5, "x", 1), assignment("a", 5, "y"), assignment("a", 5, "x", 2))
    with pytest.raises(ValueError, match="Two new rows of cluster_assignments have one key"):
        way(CLUSTER_ASSIGNMENTS, rows)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_rows_that_differ_in_one_column_of_the_key_may_be_written(way: Callable[[Table, pa.Table], Change]) -> None:
    rows = assignments(assignment("a", 5, "x"), assignment("a", 12, "x"), assignment("b", 5, "x"))
    assert way(CLUSTER_ASSIGNMENTS, rows).rows.num_rows == 3
