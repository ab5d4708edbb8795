"""What a statement reads, and what BigQuery bills for it, on statements whose answer is plain."""

from datetime import date
from typing import get_args

import pytest

from annotator_training.corpus import read_taxonomy
from benchmarks.bigquery_jobs import DAILY, EDITED, job_writes
from benchmarks.bigquery_reads import Read, reads
from benchmarks.bigquery_volumes import Volume, value_bytes
from creative_approaches.settings.models import EmbedSource
from creative_approaches.tables import CLUSTER_ASSIGNMENTS
from tests.support.googlesql.checker import Checker, Column

PARTITIONS = {"days": "day"}
JANUARY = date(2026, 1, 5)


@pytest.fixture(scope="module")
def checker() -> Checker:
    checker = Checker()
    checker.add_table("`p`.`d`.`days`", [Column("day", "DATE"), Column("id", "STRING"), Column("spend", "NUMERIC")])
    checker.add_table("`p`.`d`.`names`", [Column("id", "STRING"), Column("name", "STRING")])
    return checker


def read_by(checker: Checker, sql: str) -> list[Read]:
    (tree,) = checker.trees(sql)
    return reads(tree, PARTITIONS)


def test_columns_that_the_result_does_not_need_are_not_read(checker: Checker) -> None:
    sql = "with days as (select *, length(id) as unused from p.d.days) select sum(spend) as spend from days"
    assert read_by(checker, sql) == [Read("days", frozenset({"spend"}))]


def test_columns_of_filters_joins_and_groups_are_read(checker: Checker) -> None:
    sql = """
        select names.name, count(*) as number from p.d.days inner join p.d.names on days.id = names.id
        where days.spend > 0 group by names.name, days.day
    """
    days, names = read_by(checker, sql)
    assert days.columns == {"id", "spend", "day"}
    assert names.columns == {"id", "name"}


def test_distinct_rows_need_all_their_columns(checker: Checker) -> None:
    sql = """
        with pairs as (select id, spend from p.d.days union distinct select id, spend from p.d.days)
        select 1 as one from pairs
    """
    assert read_by(checker, sql) == [Read("days", frozenset({"id", "spend"}))]


def test_a_window_function_that_nobody_needs_reads_nothing(checker: Checker) -> None:
    sql = "select id from (select *, sum(spend) over (partition by day) as total from p.d.days)"
    assert read_by(checker, sql) == [Read("days", frozenset({"id"}))]


@pytest.mark.parametrize(
    ("sql", "since"),
    [
        ("select id from p.d.days where day >= date '2026-01-05'", JANUARY),
        ("select id from (select day, id from p.d.days) where day >= date '2026-01-05' and id != ''", JANUARY),
        ("with days as (select * from p.d.days) select id from days where day >= date '2026-01-05'", JANUARY),
        ("select id from p.d.days where day between date '2026-01-05' and date '2026-02-01'", JANUARY),
        ("select id from p.d.days where day >= date '2026-01-05' or id = ''", None),
        ("select id from p.d.days where date_add(day, interval 1 day) >= date '2026-01-05'", None),
        (
            "select id from (select *, count(*) over (partition by id) as n from p.d.days) where day >= '2026-01-05'",
            None,
        ),
        ("select id from p.d.days where day >= '2026-01-05' union all select id from p.d.days", None),
    ],
)
def test_only_a_plain_filter_on_the_partition_column_prunes(checker: Checker, sql: str, since: date | None) -> None:
    assert [read.since for read in read_by(checker, sql)] == [since]


def test_a_merge_that_deletes_rewrites_the_partitions_it_looks_at(checker: Checker) -> None:
    sql = """
        merge into p.d.days as old using p.d.names as staged on false
        when not matched by source and date(old.day) >= date '2026-01-05' then delete
        when not matched then insert (id) values (staged.id)
    """
    assert read_by(checker, sql) == [
        Read("days", frozenset({"day"}), JANUARY),
        Read("days", frozenset({"*"}), JANUARY, rewritten=True),
        Read("names", frozenset({"id"})),
    ]


def test_a_merge_that_only_inserts_rewrites_nothing(checker: Checker) -> None:
    sql = """
        merge into p.d.names as old using p.d.names as staged on old.id = staged.id
        when not matched then insert (id, name) values (staged.id, staged.name)
    """
    assert [read.rewritten for read in read_by(checker, sql)] == [False]


def test_a_value_that_is_assigned_is_read_and_what_it_is_assigned_to_is_not(checker: Checker) -> None:
    found = read_by(checker, "update p.d.days set spend = 0 where id = 'a'")
    assert found == [Read("days", frozenset({"id"})), Read("days", frozenset({"*"}), rewritten=True)]


def test_values_are_as_wide_as_bigquery_documents() -> None:
    volume = Volume(1_000, embed_source="text", embedding_dimensions=512)
    widths = [
        value_bytes("spend", "NUMERIC", volume),
        value_bytes("creative_key", "STRING", volume),
        value_bytes("embedding", "ARRAY<FLOAT64>", volume),
    ]
    assert widths == [16, 2 + 32, 512 * 8]


def test_a_vector_that_is_clustered_has_a_number_for_each_trait_and_each_dimension_of_a_text() -> None:
    of_text = sum(len(attribute.values) for attribute in read_taxonomy().of_medium("text").attributes)
    widths = {
        source: value_bytes("centroid", "ARRAY<FLOAT64>", Volume(1_000, embed_source=source, embedding_dimensions=512))
        for source in get_args(EmbedSource)
    }
    assert widths == {"traits": of_text * 8, "text": 512 * 8, "both": (of_text + 512) * 8}
    assert value_bytes("probabilities", "ARRAY<FLOAT64>", Volume(1_000)) == of_text * 8


@pytest.mark.parametrize(
    ("run", "commits"),
    [
        # 300 of the 1,000 creatives of a cohort are active in its newest week: 334 of 10,000 cohorts reach 100,000.
        (DAILY, 30),
        # 15,600 rows in its 52 weeks: 7 cohorts.
        (EDITED, 264),
    ],
)
def test_cohorts_are_committed_together(run: str, commits: int) -> None:
    volume = Volume(10_000_000, creatives_per_cohort=1_000, period_grain="week", history_days=364)
    (write,) = (write for write in job_writes()[run] if write.sample.table is CLUSTER_ASSIGNMENTS)
    assert write.times(volume) == commits
