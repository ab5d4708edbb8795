"""Results belong to what was shown on their day, whether the source keeps its versions or overwrites them."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from creative_approaches.jobs.contents import SHOWN, content_hashes
from creative_approaches.tables import CONTENTS, Table
from tests.support.raw_tables import load_raw
from tests.support.workspace import Workspace, make_workspace

Row = dict[str, Any]

# A closed week, a week before, and one in which ads are edited on Wednesday.
DAYS = {
    "2026-03-02": "0.50",
    "2026-06-15": "1.01",
    "2026-06-22": "2.02",
    "2026-06-23": "4.04",
    "2026-06-24": "8.08",
    "2026-06-28": "16.16",
}
CLOSED, BEFORE, WEEK = "2026-03-02", "2026-06-15", "2026-06-22"
EDITED_ON = "2026-06-24 09:30:00"

DISCOUNT = [f"Save {percent}% today with code SAVE{percent}, free shipping" for percent in (10, 15, 20, 25, 30, 35)]
PRAISE = [f"Rated {stars} out of 5 by {stars}000 happy customers, read their reviews" for stars in (3, 4, 5, 6, 7, 8)]
PICTURE, COPY, OTHER = "seeds/images/card_black.png", "seeds/images/same_bytes.png", "seeds/images/fh_ridge.jpg"


def creative(account: str, name: str, headline: str, updated_at: str | None, **other: Any) -> Row:
    return {
        "creative_id": f"{account} {name}",
        "account_id": account,
        "headline": headline,
        "updated_at": updated_at,
        **other,
    }


def ads(account: str) -> list[Row]:
    """Two kinds of ads that nobody touches."""
    return [creative(account, f"ad {number}", text, None) for number, text in enumerate([*DISCOUNT, *PRAISE])]


def edited(account: str, first_day: str | None = "2026-01-01", second_day: str | None = EDITED_ON) -> tuple[Row, Row]:
    """An ad that spoke of a discount, and speaks of reviews after it was edited."""
    before, after = "Save 40% today with code SAVE40, free shipping", "Rated 9 out of 5 by 9000 happy customers"
    return creative(account, "edited", before, first_day), creative(account, "edited", after, second_day)


VERSIONS = [
    *edited("kept"),
    creative("kept", "back", DISCOUNT[0], "2026-01-01"),
    creative("kept", "back", PRAISE[0], "2026-06-10"),
    creative("kept", "back", DISCOUNT[0], "2026-06-24"),
    creative("kept", "rotated", DISCOUNT[1], "2026-01-01", image_uri=PICTURE, tags="a"),
    creative("kept", "rotated", DISCOUNT[1], EDITED_ON, image_uri=COPY, tags="b"),
    creative("kept", "redrawn", DISCOUNT[2], "2026-01-01", image_uri=PICTURE),
    creative("kept", "redrawn", DISCOUNT[2], EDITED_ON, image_uri=OTHER),
]
ACCOUNTS = ("kept", "overwritten", "undated")


@dataclass(frozen=True)
class History:
    """A warehouse after its last run, and the rows that it had after each of its runs."""

    workspace: Workspace
    first: dict[str, list[tuple[Any, ...]]]
    second: dict[str, list[tuple[Any, ...]]]
    third: dict[str, list[tuple[Any, ...]]]

    def spend(self, name: str) -> list[tuple[Any, ...]]:
        """By week and content, with the words of it."""
        return self.workspace.query(
            "select period_start::varchar, versions.headline, members.spend "
            "from approaches_marts.fct_approach_members as members "
            "inner join approaches_marts.dim_creatives as creatives using (creative_key) "
            "inner join (select distinct version_key, headline from approaches_marts.dim_creative_versions) as versions"
            f" using (version_key) where creatives.creative_id = '{name}' order by period_start, members.spend"
        )


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> History:
    """A run, one after two accounts have overwritten an ad, and one after nothing happened."""
    workspace = make_workspace(tmp_path_factory.mktemp("history") / "a project")
    shutil.copy(workspace.directory / PICTURE, workspace.directory / COPY)
    untouched = [row for account in ACCOUNTS for row in ads(account)]
    of_accounts = {"overwritten": edited("overwritten"), "undated": edited("undated", None, None)}
    rows = [*untouched, *VERSIONS]
    names = sorted({(row["creative_id"], row["account_id"]) for row in (*rows, *sum(of_accounts.values(), ()))})
    names += [("nobody", "kept"), (None, "kept")]
    metrics = [
        {"creative_id": name, "account_id": account, "date_day": day, "spend": spend}
        for name, account in names
        for day, spend in DAYS.items()
    ]
    snapshots = []
    for version in (0, 1, 1):
        load_raw(workspace, [*rows, *(versions[version] for versions in of_accounts.values())], metrics)
        finished = workspace.approaches("run")
        assert finished.returncode == 0, finished.stderr
        snapshots.append(workspace.rows())
    return History(workspace, *snapshots)


def test_an_edited_ad_keeps_the_results_of_its_old_text(history: History) -> None:
    before, after = (row["headline"] for row in edited("kept"))
    assert history.spend("kept edited") == [
        (CLOSED, before, Decimal("0.50")),
        (BEFORE, before, Decimal("1.01")),
        (WEEK, before, Decimal("6.06")),
        (WEEK, after, Decimal("24.24")),
    ]


def test_a_source_that_overwrites_gives_the_rows_of_one_that_keeps_its_versions(history: History) -> None:
    assert history.spend("overwritten edited") == history.spend("kept edited")


def test_what_is_overwritten_without_a_day_is_shown_from_the_day_on_which_it_was_found(history: History) -> None:
    before, _ = (row["headline"] for row in edited("kept"))
    assert {headline for _, headline, _ in history.spend("undated edited")} == {before}
    ((latest, contents),) = history.workspace.query(
        "select headline, contents from approaches_marts.dim_creatives where creative_id = 'undated edited'"
    )
    assert (latest == before, contents) == (False, 2)


def test_two_contents_in_one_week_are_in_two_approaches_and_one_creative(history: History) -> None:
    found = history.workspace.query(
        "select count(*), count(distinct version_key), count(distinct approach_id), count(distinct creative_key) "
        "from approaches_marts.fct_approach_members inner join approaches_marts.dim_creatives using (creative_key) "
        f"where creative_id = 'kept edited' and period_start = '{WEEK}' and assignment_status = 'assigned'"
    )
    assert found == [(2, 2, 2, 1)]
    # 12 ads, and the four that were edited.
    assert history.workspace.query(
        f"select creatives from approaches_marts.fct_cluster_runs where cohort_id = 'kept' and period_start = '{WEEK}'"
    ) == [(16,)]


def test_a_text_that_comes_back_is_the_content_that_it_was(history: History) -> None:
    assert history.spend("kept back") == [
        (CLOSED, DISCOUNT[0], Decimal("0.50")),
        (BEFORE, PRAISE[0], Decimal("1.01")),
        (WEEK, PRAISE[0], Decimal("6.06")),
        (WEEK, DISCOUNT[0], Decimal("24.24")),
    ]
    assert history.workspace.query(
        "select versions.creative_key = version_key, valid_from::varchar, valid_to::varchar "
        "from approaches_marts.dim_creative_versions as versions "
        "inner join approaches_marts.dim_creatives using (creative_key) "
        "where creative_id = 'kept back' order by valid_from nulls first"
    ) == [(True, None, "2026-06-09"), (False, "2026-06-10", "2026-06-23"), (True, "2026-06-24", None)]


def test_an_address_is_no_content_and_another_picture_is_one(history: History) -> None:
    found = history.workspace.query(
        "select creative_id, valid_from::varchar, versions.image_uri "
        "from approaches_marts.dim_creative_versions as versions "
        "inner join approaches_marts.dim_creatives using (creative_key) "
        "where creative_id in ('kept rotated', 'kept redrawn') order by creative_id, valid_from nulls first"
    )
    assert found == [
        ("kept redrawn", None, PICTURE),
        ("kept redrawn", "2026-06-24", OTHER),
        ("kept rotated", None, COPY),
    ]
    (with_same_words,) = history.workspace.query(
        "select count(distinct content_hash) filter (creative_id in ('kept rotated', 'kept ad 1')) "
        "from approaches_marts.dim_creatives"
    )
    assert with_same_words == (2,)  # one shows a picture


def test_a_run_after_which_nothing_happened_changes_no_row(history: History) -> None:
    assert history.third == history.second


def test_closed_weeks_stay_as_they_were(history: History) -> None:
    tables = ("approaches_jobs.approach_members", "approaches_jobs.cluster_assignments")
    for table in tables:
        first, second = (
            [row for row in rows[table] if CLOSED in map(str, row)] for rows in (history.first, history.second)
        )
        assert first
        assert first == second


def test_spend_without_a_creative_is_unattributed(history: History) -> None:
    total = sum(map(Decimal, DAYS.values()))
    assert history.workspace.query(
        "select creative_id, sum(spend) from approaches_marts.fct_approach_members "
        "inner join approaches_marts.dim_creatives using (creative_key) "
        "where assignment_status = 'unattributed' group by 1 order by 1 nulls first"
    ) == [(None, total), ("nobody", total)]


class _Tables:
    """Reads the tables of a workspace as a job would."""

    def __init__(self, workspace: Workspace) -> None:
        self._database = str(workspace.database)

    def read(self, table: Table) -> pa.Table:
        schema = "approaches_jobs" if table.is_job_table else "approaches_intermediate"
        with duckdb.connect(self._database) as connection:
            found = connection.execute(f"select {', '.join(table.columns)} from {schema}.{table.name}")
            return found.to_arrow_table()


def test_the_jobs_and_the_marts_know_the_same_contents(history: History) -> None:
    tables: Any = _Tables(history.workspace)
    found = content_hashes(tables, tables.read(CONTENTS.only(*SHOWN)))
    marts = dict(
        history.workspace.query(
            "select version_key, content_hash from approaches_intermediate.int_creatives__content_hashes"
        )
    )
    assert found == marts
    assert len(set(found.values())) < len(found)


def test_a_full_refresh_forgets_nothing(history: History, copy_of: Callable[[Workspace], Workspace]) -> None:
    again = copy_of(history.workspace)
    built = again.dbt("run", "--full-refresh", "--select", "int_creatives__records", "int_creatives__versions")
    assert built.returncode == 0, built.stdout
    for table in ("approaches_jobs.creative_records", "approaches_intermediate.int_creatives__versions"):
        query = f"select * from {table} order by all"
        assert again.query(query) == history.workspace.query(query)
