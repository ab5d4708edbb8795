"""The history of the job tables, as it is declared."""

import hashlib
import json

import pyarrow as pa
import pytest
import yaml

from creative_approaches.tables import DATE, FLOAT, INT, JOB_TABLES, STRING, Migration, Table
from creative_approaches.tables.for_dbt import MACRO, TYPE_WORDS, history_macro
from tests.support.earlier_tables import STATES, read_state
from tests.support.paths import REPOSITORY

SOURCES = yaml.safe_load((REPOSITORY / "models/staging/jobs/_jobs__sources.yml").read_text())["sources"]
META = {node["name"]: node.get("config", {}).get("meta", {}) for node in SOURCES[0]["tables"]}


def table(*migrations: Migration, **columns: pa.DataType) -> Table:
    return Table("notes", pa.schema(columns.items()), ("id",), migrations=migrations)


def fingerprint(columns: dict[str, str]) -> str:
    """Of names and types, whatever their order."""
    return hashlib.sha256(json.dumps(columns, sort_keys=True).encode()).hexdigest()[:8]


def words(of: Table) -> list[dict[str, str]]:
    return [{name: TYPE_WORDS[arrow_type] for name, arrow_type in columns.items()} for columns in of.history]


@pytest.mark.parametrize("name", JOB_TABLES)
def test_a_table_changes_with_a_new_version_and_a_version_never_changes(name: str) -> None:
    """A change needs a migration, and then the fingerprint of the new version in the yml: docs/upgrading.md."""
    assert [fingerprint(columns) for columns in words(JOB_TABLES[name])] == META[name]["schema_versions"]


@pytest.mark.parametrize("commit", STATES)
def test_every_table_of_an_earlier_state_is_of_a_known_version(commit: str) -> None:
    for earlier in read_state(commit):
        assert earlier.columns in [dict(columns) for columns in words(JOB_TABLES[earlier.name])]


def test_dbt_knows_the_history_as_it_is_declared() -> None:
    """Write it anew: make generated"""
    assert MACRO.read_text() == history_macro(JOB_TABLES.values())


def test_a_history_is_undone_step_by_step() -> None:
    notes = table(
        Migration(renamed={"text": "note"}, added={"day": None}),
        Migration(widened={"points": INT}, dropped={"day": DATE}),
        id=STRING,
        note=STRING,
        points=FLOAT,
    )
    assert notes.version == 3
    assert notes.history == [
        {"id": STRING, "text": STRING, "points": INT},
        {"id": STRING, "note": STRING, "points": INT, "day": DATE},
        {"id": STRING, "note": STRING, "points": FLOAT},
    ]


@pytest.mark.parametrize(
    "migration",
    [
        Migration(added={"elsewhere": None}),
        Migration(renamed={"text": "elsewhere"}),
        Migration(renamed={"id": "points"}),
        Migration(widened={"elsewhere": INT}),
        Migration(dropped={"id": STRING}),
    ],
    ids=str,
)
def test_a_migration_that_leads_elsewhere_is_refused(migration: Migration) -> None:
    with pytest.raises(ValueError, match="does not lead to its columns"):
        _ = table(migration, id=STRING, points=FLOAT).history


@pytest.mark.parametrize("old", [STRING, DATE], ids=str)
def test_a_type_that_bigquery_cannot_widen_in_place_is_refused(old: pa.DataType) -> None:
    with pytest.raises(ValueError, match=r"notes\.points cannot be widened in place"):
        _ = table(Migration(widened={"points": old}), id=STRING, points=FLOAT).history


def test_no_migration_touches_what_bigquery_lays_a_table_out_by() -> None:
    """It renames, drops and retypes no column of a partition or cluster."""
    for one in JOB_TABLES.values():
        layout = {META[one.name].get("partition_by"), *META[one.name].get("cluster_by", ())}
        for migration in one.migrations:
            touched = {*migration.renamed, *migration.renamed.values(), *migration.widened, *migration.dropped}
            assert touched.isdisjoint(layout), one.name
