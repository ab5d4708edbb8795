"""What every warehouse does, tested on each of them. A test class per warehouse inherits it, with its own fixture."""

import os
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pytest

from creative_approaches.adapters.warehouses.port import Change, Warehouse
from creative_approaches.errors import DataError, TemporaryError
from creative_approaches.tables import (
    CLUSTER_ASSIGNMENTS,
    CLUSTER_RUNS,
    CREATIVE_EMBEDDINGS,
    CREATIVE_TRAITS,
    IMAGE_FEATURES,
    JOB_RUNS,
    JOB_TABLES,
    TEXTS,
    Table,
)


def assignment(cohort: str, day: int, key: str, cluster: int = 0) -> dict[str, Any]:
    return {
        "cohort_id": cohort,
        "period_start": date(2026, 1, day),
        "version_key": key,
        "creative_key": key,
        "cluster": cluster,
        "is_outlier": False,
        "is_attached": False,
        "distance_to_centroid": 0.1 + cluster,
        "reason": None,
    }


def assignments(*rows: dict[str, Any]) -> pa.Table:
    return CLUSTER_ASSIGNMENTS.rows(rows)


def outlier(cohort: str, day: int, key: str) -> dict[str, Any]:
    return assignment(cohort, day, key) | {"cluster": None, "is_outlier": True, "distance_to_centroid": None}


class WarehouseBehaviour:
    """The job tables exist and are empty when a test begins."""

    @pytest.fixture(autouse=True)
    def _empty_tables(self, warehouse: Warehouse) -> Iterator[None]:
        yield
        tables = (CLUSTER_ASSIGNMENTS, CLUSTER_RUNS, CREATIVE_EMBEDDINGS, JOB_RUNS)
        filled = [table for table in tables if warehouse.read(table).num_rows]
        if filled:
            warehouse.write(*(Change.of_all(table, table.rows([])) for table in filled))

    @pytest.mark.parametrize("table", JOB_TABLES.values(), ids=lambda table: table.name)
    def test_a_job_table_exists_before_any_job_ran(self, warehouse: Warehouse, table: Table) -> None:
        assert warehouse.read(table).equals(table.rows([]))

    def test_rows_come_back_as_written_in_the_order_of_the_key(self, warehouse: Warehouse) -> None:
        rows = [assignment("b", 5, "x"), assignment("a", 12, "y", 1), outlier("a", 5, "z"), assignment("a", 5, "w")]
        assert warehouse.write(Change.of_all(CLUSTER_ASSIGNMENTS, assignments(*rows))) == 4
        assert warehouse.read(CLUSTER_ASSIGNMENTS).to_pylist() == [rows[3], rows[2], rows[1], rows[0]]

    def test_vectors_come_back_exactly(self, warehouse: Warehouse) -> None:
        vector = [1 / 3, -1e-300, 5e-324, 0.1 + 0.2]
        row = {"text_hash": "h", "model": "m", "backend": "b", "dimensions": 4, "embedding": vector}
        warehouse.write(Change.of_keys(CREATIVE_EMBEDDINGS, CREATIVE_EMBEDDINGS.rows([row])))
        assert warehouse.read(CREATIVE_EMBEDDINGS)["embedding"].to_pylist() == [vector]

    def test_bytes_and_whole_numbers_come_back_exactly(self, warehouse: Warehouse) -> None:
        rows = [
            {
                "content_sha256": "a",
                "features_version": 1,
                "words": [2**63 - 1, -(2**63), 0],
                "features": bytes(range(256)),
            },
            {"content_sha256": "b", "features_version": 1, "words": [], "features": b""},
            {"content_sha256": "c", "features_version": 1, "words": [5], "features": None},
        ]
        warehouse.write(Change.of_keys(IMAGE_FEATURES, IMAGE_FEATURES.rows(rows)))
        warehouse.write(Change.of_keys(IMAGE_FEATURES, IMAGE_FEATURES.rows(rows[:1])))
        assert warehouse.read(IMAGE_FEATURES).to_pylist() == rows

    def test_a_view_is_read_like_a_table(self, warehouse: Warehouse) -> None:
        """Settings that people edit are seeds, which the jobs read through views."""
        found = warehouse.read(CREATIVE_TRAITS)
        assert found.num_rows > 50
        assert found["attribute"].to_pylist() == sorted(found["attribute"].to_pylist())

    @pytest.mark.parametrize("table", [CREATIVE_TRAITS, CREATIVE_EMBEDDINGS], ids=["a view", "a table"])
    def test_batches_hold_every_row_once(self, warehouse: Warehouse, table: Table) -> None:
        vectors = {"model": "m", "backend": "b", "dimensions": 1, "embedding": [0.5]}
        rows = [{"text_hash": f"{number:05}", **vectors} for number in range(5_000)]
        warehouse.write(Change.of_keys(CREATIVE_EMBEDDINGS, CREATIVE_EMBEDDINGS.rows(rows)))
        with warehouse.batches(table) as batches:
            parts = list(batches)
        assert all(part.schema == table.schema for part in parts)
        found = pa.concat_tables(parts).sort_by([(name, "ascending") for name in table.key])
        assert found.equals(warehouse.read(table))

    def test_text_and_times_come_back_exactly(self, warehouse: Warehouse) -> None:
        row = dict.fromkeys(JOB_RUNS.columns) | {
            "step_id": 'it\'s \\ "quoted"',
            "job": "`é` 😀\n",
            "started_at": datetime(2026, 1, 5, 23, 59, 59, 999_999),
        }
        warehouse.write(Change.of_keys(JOB_RUNS, JOB_RUNS.rows([row])))
        assert warehouse.read(JOB_RUNS).to_pylist() == [row]

    def test_noted_rows_replace_those_of_their_keys_and_come_back_exactly(self, warehouse: Warehouse) -> None:
        empty = dict.fromkeys(JOB_RUNS.columns)
        begun = empty | {
            "step_id": "a",
            "job": "`é` 😀 \\ 'quoted'\n",
            "started_at": datetime(2026, 1, 5, 23, 59, 59, 7),
        }
        ended = begun | {"tokens": 2**62, "tokens_are_estimated": True, "estimated_cost_usd": 2.0, "warnings": 0}
        warehouse.note(JOB_RUNS, [begun, empty | {"step_id": "b"}])
        warehouse.note(JOB_RUNS, [ended])
        assert warehouse.read(JOB_RUNS).to_pylist() == [ended, empty | {"step_id": "b"}]

    def test_a_key_is_replaced_and_never_doubled(self, warehouse: Warehouse) -> None:
        for cluster in (1, 2):
            rows = assignments(assignment("a", 5, "x", cluster), assignment("a", 5, f"only in {cluster}"))
            warehouse.write(Change.of_keys(CLUSTER_ASSIGNMENTS, rows))
        found = warehouse.read(CLUSTER_ASSIGNMENTS)
        assert found["creative_key"].to_pylist() == ["only in 1", "only in 2", "x"]
        assert found["cluster"].to_pylist() == [0, 0, 2]

    def test_a_new_key_is_added_and_a_present_one_stays(self, warehouse: Warehouse) -> None:
        old, new = assignments(assignment("a", 5, "x", 1)), assignments(assignment("a", 5, "y", 2))
        warehouse.write(Change.of_new(CLUSTER_ASSIGNMENTS, old))
        warehouse.write(Change.of_new(CLUSTER_ASSIGNMENTS, assignments(assignment("a", 5, "x", 9), *new.to_pylist())))
        assert warehouse.read(CLUSTER_ASSIGNMENTS).equals(pa.concat_tables([old, new]))

    def test_a_key_orders_rows_also_where_it_is_not_read(self, warehouse: Warehouse) -> None:
        rows = assignments(assignment("b", 5, "x", 1), assignment("a", 12, "y", 2), assignment("a", 5, "z", 3))
        warehouse.write(Change.of_all(CLUSTER_ASSIGNMENTS, rows))
        assert warehouse.read(CLUSTER_ASSIGNMENTS.only("cluster")).to_pydict() == {"cluster": [3, 2, 1]}

    @pytest.mark.parametrize(
        ("between", "found"),
        [
            (("b", "d"), ["b", "b", "c", "d"]),
            (("b'", "c"), ["c"]),
            (("B", "a"), ["a"]),
            (("e", "z"), []),
        ],
        ids=["both ends included", "a quote", "in the order of bytes", "nothing there"],
    )
    def test_rows_between_two_values_are_read_alone(
        self, warehouse: Warehouse, between: tuple[str, str], found: list[str]
    ) -> None:
        rows = [assignment(cohort, day, "x") for cohort, day in [("d", 5), ("b", 12), ("c", 5), ("b", 5), ("a", 5)]]
        warehouse.write(Change.of_all(CLUSTER_ASSIGNMENTS, assignments(*rows)))
        everything = warehouse.read(CLUSTER_ASSIGNMENTS).to_pylist()
        some = warehouse.read(CLUSTER_ASSIGNMENTS, between=between)
        assert some["cohort_id"].to_pylist() == found
        assert some.to_pylist() == [row for row in everything if row["cohort_id"] in found]
        assert some.schema == CLUSTER_ASSIGNMENTS.schema

    def test_a_view_is_read_between_two_values(self, warehouse: Warehouse) -> None:
        every = warehouse.read(CREATIVE_TRAITS)
        attribute = every["attribute"][0].as_py()
        some = warehouse.read(CREATIVE_TRAITS, between=(attribute, attribute))
        assert some.to_pylist() == [row for row in every.to_pylist() if row["attribute"] == attribute]

    def test_a_key_that_is_replaced_by_nothing_is_gone(self, warehouse: Warehouse) -> None:
        old = assignments(assignment("a", 5, "x"), assignment("a", 5, "y"), assignment("b", 5, "x"))
        warehouse.write(Change.of_all(CLUSTER_ASSIGNMENTS, old))
        keys = old.slice(0, 2).select(list(CLUSTER_ASSIGNMENTS.key))
        new = assignments(assignment("a", 5, "y", 7))
        warehouse.write(Change(CLUSTER_ASSIGNMENTS, new, keys))
        assert warehouse.read(CLUSTER_ASSIGNMENTS).equals(pa.concat_tables([new, old.slice(2)]))

    def test_a_partition_is_replaced_also_by_nothing_and_the_others_stay(self, warehouse: Warehouse) -> None:
        old = [assignment("a", 5, "x"), assignment("a", 5, "y"), assignment("a", 12, "x"), assignment("b", 5, "x")]
        warehouse.write(Change.of_all(CLUSTER_ASSIGNMENTS, assignments(*old)))
        replaced = assignments(old[0], old[3]).select(["cohort_id", "period_start"])
        new = [assignment("a", 5, "y", 3), assignment("a", 5, "z")]
        warehouse.write(Change(CLUSTER_ASSIGNMENTS, assignments(*new), replaced))
        assert warehouse.read(CLUSTER_ASSIGNMENTS).to_pylist() == [*new, old[2]]

    def test_several_tables_change_together(self, warehouse: Warehouse) -> None:
        run = dict.fromkeys(CLUSTER_RUNS.columns) | {"cohort_id": "a", "period_start": date(2026, 1, 5)}
        replaced = assignments(assignment("a", 5, "x")).select(["cohort_id", "period_start"])
        for cluster in (1, 2):
            row = assignment("a", 5, "x", cluster)
            written = warehouse.write(
                Change(CLUSTER_ASSIGNMENTS, assignments(row), replaced),
                Change(CLUSTER_RUNS, CLUSTER_RUNS.rows([run | {"clusters": cluster}]), replaced),
            )
            assert written == 2
            assert warehouse.read(CLUSTER_ASSIGNMENTS).to_pylist() == [row]
            assert warehouse.read(CLUSTER_RUNS)["clusters"].to_pylist() == [cluster]

    def test_one_command_writes_at_a_time_and_a_second_is_told_who_does(self, warehouse: Warehouse) -> None:
        with warehouse.hold("approaches run"):
            warehouse.check_available()
            warehouse.note(JOB_RUNS, [dict.fromkeys(JOB_RUNS.columns) | {"step_id": "a"}])
            told = pytest.raises(TemporaryError, match=rf"approaches run, PID {os.getpid()} on .*, since 20")
            with told, warehouse.hold("approaches embed"):
                pytest.fail("two commands at once")
            warehouse.write(Change.of_all(JOB_RUNS, JOB_RUNS.rows([])))

    def test_a_command_that_failed_lets_go(self, warehouse: Warehouse) -> None:
        with pytest.raises(DataError, match="broken"), warehouse.hold("approaches run"):
            raise DataError("broken")
        with warehouse.hold("approaches embed"):
            warehouse.check_available()

    def test_a_missing_table_is_named_with_the_next_command(self, warehouse: Warehouse) -> None:
        with pytest.raises(DataError, match=r"int_texts__distinct.* does not exist\. Build it: dbt build"):
            warehouse.read(TEXTS)
