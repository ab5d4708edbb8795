"""Job tables of every version become those of this one, in place, in a DuckDB file."""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import duckdb
import pytest

from creative_approaches.tables import JOB_TABLES, Table
from tests.support.earlier_tables import STATES, EarlierTable, read_state, write_to_duckdb
from tests.support.table_project import NOTES, OTHERS, MigrationError, TableProject

JOBS: Final = "approaches_jobs"


class Database:
    """A DuckDB file, its job tables, and the dbt project that migrates them."""

    def __init__(self, directory: Path, tables: Sequence[Table] | None = None) -> None:
        self.path = directory / "warehouse.duckdb"
        self.project = TableProject(
            directory, {"type": "duckdb", "path": str(self.path), "schema": "approaches"}, tables
        )

    def fill(self, earlier: Sequence[EarlierTable]) -> None:
        write_to_duckdb(self.path, JOBS, earlier)

    def execute(self, *statements: str) -> None:
        with duckdb.connect(str(self.path)) as connection:
            for statement in statements:
                connection.execute(statement)

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(self.path)) as connection:
            return connection.execute(sql).fetchall()

    def columns(self) -> dict[str, dict[str, str]]:
        """Each table's columns with their types."""
        found: dict[str, dict[str, str]] = {}
        for table, column, data_type in self.query(
            "select table_name, column_name, data_type from information_schema.columns order by all"
        ):
            found.setdefault(table, {})[column] = data_type
        return found

    def contents(self) -> dict[str, list[tuple[Any, ...]]]:
        """A value for each table that changes when any of its columns or rows does, whatever their order."""
        return {
            table: self.query(f"select count(*), sum(hash(row({', '.join(columns)}))) from {JOBS}.{table}")
            for table, columns in self.columns().items()
        } | {"columns": [(self.columns(),)]}


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """The project's own tables; each test begins with a file of its own in the same place."""
    return Database(tmp_path_factory.mktemp("migrated"))


@pytest.fixture
def database(migrated: Database) -> Database:
    migrated.path.unlink(missing_ok=True)
    return migrated


@pytest.fixture
def new(tmp_path: Path) -> Callable[..., Database]:
    def make(*tables: Table) -> Database:
        return Database(tmp_path, tables)

    return make


def test_nothing_is_said_where_all_tables_are_new(database: Database) -> None:
    assert database.project.migrate() == []
    assert database.columns().keys() == {*JOB_TABLES, "table_versions"}
    versions = dict(database.query(f"from {JOBS}.table_versions"))
    assert versions == {table.name: table.version for table in JOB_TABLES.values()}


@pytest.mark.parametrize("commit", STATES)
def test_an_earlier_state_gets_the_columns_of_new_tables_and_keeps_its_rows(database: Database, commit: str) -> None:
    database.project.migrate()
    expected = database.columns()
    database.path.unlink()
    earlier = read_state(commit)
    database.fill(earlier)
    said = database.project.migrate()
    assert len(said) == 1
    assert all(one.startswith("Job tables were brought up to date, with all their rows: ") for one in said)
    assert database.columns() == expected
    for table in earlier:
        kept = [column for column in table.columns if column in expected[table.name]]
        rows = f"select {', '.join(kept)} from {JOBS}.{table.name}"
        with duckdb.connect(str(database.path)) as connection:
            connection.register("before", table.rows.select(kept))
            assert connection.execute(f"{rows} except all from before").fetchall() == [], table.name
            assert connection.execute(f"from before except all {rows}").fetchall() == [], table.name
    assert database.project.statements() == []
    assert database.project.migrate() == []


def test_older_rows_get_what_is_known_of_them(database: Database) -> None:
    database.fill(read_state("2ee7f9c"))
    database.project.migrate()
    assert database.query(f"select distinct backend from {JOBS}.creative_embeddings") == [("offline",)]
    spaces = f"select distinct embedding_backend, embedding_dimensions from {JOBS}.cluster_runs"
    assert database.query(spaces) == [("offline", 512)]
    usage = f"select distinct requests, retries, tokens_are_estimated from {JOBS}.job_runs"
    assert database.query(usage) == [(0, 0, False)]
    limits = f"select count(centroid_distance) > 0, count(distance_limit) from {JOBS}.approach_snapshots"
    assert database.query(limits) == [(True, 0)]
    ids = f"select count(*), count(distinct step_id), bool_and(step_id = run_id), count(warnings) from {JOBS}.job_runs"
    assert database.query(ids) == [(6, 6, True, 0)]
    assert database.query(f"select distinct traits from {JOBS}.approach_names") == [(None,)]
    cut_off = f"select distinct status, is_truncated from {JOBS}.image_hashes"
    assert database.query(cut_off) == [("hashed", False)]
    assert database.query(f"select count(*) > 0, count(is_lost) from {JOBS}.image_hashes") == [(True, 0)]


def test_annotations_of_before_pictures_were_shown_keep_their_rows(database: Database) -> None:
    database.project.migrate()
    row = f"select content_hash, traits, detail, pictures_seen, media_detail from {JOBS}.creative_annotations"
    database.execute(
        f"alter table {JOBS}.creative_annotations drop column pictures_seen",
        f"alter table {JOBS}.creative_annotations drop column media_detail",
        f"insert into {JOBS}.creative_annotations (content_hash, traits, detail) values ('a', 'hook:question', 'why')",
        f"update {JOBS}.table_versions set version = 1 where table_name = 'creative_annotations'",
    )
    (said,) = database.project.migrate()
    assert "creative_annotations (schema version 1 to 2: added pictures_seen, media_detail)" in said
    assert database.query(row) == [("a", "hook:question", "why", None, None)]


def test_tables_that_are_new_beside_older_ones_hold_what_those_jobs_would_have_written(database: Database) -> None:
    """Members of approaches keep closed periods closed, members of names keep names from being paid for again."""
    database.fill(read_state("2ee7f9c"))
    database.project.migrate()
    written = {table.name: table for table in read_state("aefa3b9")}
    for name in ("approach_members", "approach_name_members"):
        found = database.query(f"select {', '.join(written[name].columns)} from {JOBS}.{name} order by all")
        assert found == sorted(tuple(row.values()) for row in written[name].rows.to_pylist())


def test_a_migration_that_was_killed_anywhere_is_finished_by_the_next_one(database: Database) -> None:
    # Of each kind of change one: the others are of today, so that there are fewer places to stop at.
    kinds = {"creative_embeddings", "cluster_runs", "approach_names"}
    unknown_then = {"approach_members", "approach_name_members"}
    today = [table for table in read_state(STATES[-1]) if table.name not in kinds | unknown_then]
    tables = today + [table for table in read_state("2ee7f9c") if table.name in kinds]
    database.fill([replace(table, rows=table.rows.slice(0, 50)) for table in tables])
    before = database.path.with_suffix(".before")
    shutil.copy(database.path, before)
    statements = database.project.statements()
    assert len(statements) > 12
    database.project.migrate()
    expected = database.contents()
    for done in range(1, len(statements)):
        shutil.copy(before, database.path)
        database.execute(*statements[:done])
        database.project.migrate()
        assert database.contents() == expected, statements[done - 1]


OLD_NOTES: Final = (
    f"create schema {JOBS}",
    f"create table {JOBS}.notes (id varchar, text varchar, points bigint, day_text varchar)",
    f"insert into {JOBS}.notes values ('a', 'hello', 1, '2026-01-05'), ('b', null, null, null)",
    f"create table {JOBS}.others (id varchar, length bigint)",
    f"insert into {JOBS}.others values ('a', 5)",
)


def test_columns_are_renamed_widened_made_from_others_and_dropped_wherever_it_is_killed(
    new: Callable[..., Database],
) -> None:
    database = new(NOTES, OTHERS)
    database.execute(*OLD_NOTES)
    before = database.path.with_suffix(".before")
    shutil.copy(database.path, before)
    statements = database.project.statements()
    said = "notes (schema version 1 to 4: renamed text to note, added day, length, widened points, dropped day_text)"
    for done in range(len(statements)):
        shutil.copy(before, database.path)
        database.execute(*statements[:done])
        assert database.project.migrate() == [f"Job tables were brought up to date, with all their rows: {said}."]
        assert database.query(f"select id, note, points, day::varchar, length from {JOBS}.notes order by id") == [
            ("a", "hello", 1.0, "2026-01-05", 5),
            ("b", None, None, None, None),
        ]
        types = {"id": "VARCHAR", "note": "VARCHAR", "points": "DOUBLE", "day": "DATE", "length": "BIGINT"}
        assert database.columns()["notes"] == dict(sorted(types.items()))
        assert database.project.migrate() == []


def test_a_table_of_a_newer_version_is_refused_by_name_and_nothing_changes(database: Database) -> None:
    database.fill(read_state("57104df"))
    database.execute(
        f"create table {JOBS}.table_versions as select 'creative_embeddings' as table_name, 4::bigint as version"
    )
    before = database.contents()
    with pytest.raises(
        MigrationError,
        match=r"approaches_jobs\.creative_embeddings has schema version 4, and this .* knows 3 at most\. Nothing .*"
        r"docs/upgrading\.md",
    ):
        database.project.migrate()
    assert database.contents() == before


def test_a_table_that_no_version_wrote_is_refused_with_its_columns_and_nothing_changes(database: Database) -> None:
    database.fill(read_state("57104df"))
    database.execute(
        f"alter table {JOBS}.job_runs drop column detail", f"alter table {JOBS}.job_runs add column remark varchar"
    )
    before = database.contents()
    with pytest.raises(
        MigrationError,
        match=r"approaches_jobs\.job_runs is none that any version .* wrote: column 'detail' is missing, "
        r"column 'remark' is unknown\. Nothing was changed",
    ):
        database.project.migrate()
    assert database.contents() == before


def test_a_table_that_a_migration_needs_and_somebody_dropped_is_made_before_it(database: Database) -> None:
    database.fill([table for table in read_state("2ee7f9c") if table.name not in ("clusters", "cluster_assignments")])
    database.project.migrate()
    spaces = f"select distinct embedding_backend, embedding_dimensions from {JOBS}.cluster_runs"
    assert database.query(spaces) == [("offline", None)]
    assert database.query(f"from {JOBS}.approach_members") == []


def test_a_table_that_is_missing_beside_current_ones_is_made_again(database: Database) -> None:
    database.project.migrate()
    database.execute(f"drop table {JOBS}.clusters")
    assert database.project.migrate() == ["Job tables were brought up to date, with all their rows: clusters is new."]
    assert database.query(f"from {JOBS}.clusters") == []
    assert database.project.migrate() == []


def test_a_column_of_ones_own_stays_in_a_table_whose_version_is_recorded(database: Database) -> None:
    database.project.migrate()
    database.execute(f"alter table {JOBS}.job_runs add column remark varchar")
    assert database.project.migrate() == []
    assert "remark" in database.columns()["job_runs"]
