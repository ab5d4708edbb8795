"""Dirty exports end in the right numbers, in a stop that says why, or in a warning. All of them: `make bench`."""

import re
from collections.abc import Iterator

import pytest

from creative_approaches.adapters.dbt.project import CHECKED
from tests.support.dirty_exports.catalogue import DIRTS, Case, Dirt, pairs, singles
from tests.support.dirty_exports.judge import RIGHT, STOPPED, WARNED, Judge
from tests.support.dirty_exports.reports import CONTRACT, REPORTS
from tests.support.paths import REPOSITORY
from tests.support.workspace import make_workspace

BY_NAME = {dirt.name: dirt for dirt in DIRTS}
# One of each group that ends in each way, in several layouts, and pairs whose dirts meet in one row.
SAMPLE = [
    (("clean",), RIGHT),
    (("ids with U+200E inside", "days as {day}T00:00:00 in varchar", "ad_reporting"), RIGHT),
    (("counts in text with .0", "ids in varchar and double", "tiktok_ads"), RIGHT),
    (("a row for each age", "facebook_ads"), RIGHT),
    (("loaded twice",), WARNED),
    (("loaded twice", "microsoft_ads"), WARNED),
    (("loaded twice, once with no campaigns",), WARNED),
    (("loaded twice by source_relation", "facebook_ads"), WARNED),
    (("currencies that are '€' in some rows",), WARNED),
    (("midnight without its zone (timestamp)",), WARNED),
    (("a day of 2099-01-01",), WARNED),
    (("clicks without impressions",), WARNED),
    (("no text in an account",), WARNED),
    (("credits and refunds", "several texts at once", "facebook_ads"), WARNED),
    (("a row for each gender",), STOPPED),
    (("restated downwards",), STOPPED),
    (("versions 9 and 10",), RIGHT),
    (("versions 31.03.2026 and 01.04.2026",), STOPPED),
    (("a row for each age, all of one version",), STOPPED),
    (("versions without an id",), WARNED),
    (("spend as 1.234", "google_ads"), STOPPED),
    (("spend of nan (double)",), STOPPED),
    (("ids as 1,2021E+17, both sides",), STOPPED),
    (("ids as float, as a whole number, both sides",), STOPPED),
    (("midnight in Europe/Berlin",), STOPPED),
    (("micros called cost_micros",), STOPPED),
]


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(CHECKED, "true")  # as a run does, which has just checked
        yield Judge(make_workspace(tmp_path_factory.mktemp("dirty exports") / "a project"))


@pytest.mark.parametrize(("names", "outcome"), SAMPLE, ids=[" + ".join(names) for names, _ in SAMPLE])
def test_no_dirty_export_is_silently_wrong(judge: Judge, names: tuple[str, ...], outcome: str) -> None:
    """A stop is settled by what it says, and then every number is right."""
    dirts: tuple[Dirt, ...] = tuple(BY_NAME[name] for name in names if name not in REPORTS)
    layout = next((name for name in names if name in REPORTS), CONTRACT)
    verdict = judge.verdict(Case(17, dirts, layout).export())
    assert verdict.outcome == outcome, verdict.detail


def test_a_dirty_export_expects_only_findings_that_there_are() -> None:
    known = re.findall(r"'(\w+)': \{'level'", (REPOSITORY / "macros/findings/finding_kinds.sql").read_text())
    expected = {kind: case.name for case in singles() for kind in case.export().kinds}
    assert {kind: name for kind, name in expected.items() if kind not in known} == {}


def test_two_dirts_at_once_are_made_in_every_layout_and_of_the_same_rows() -> None:
    """What is written in another way may be rows that were made before."""
    cases = list(pairs(60))
    assert {case.layout for case in cases} == {CONTRACT, *REPORTS}
    groups = {tuple(dirt.group for dirt in case.dirts) for case in pairs(600)}
    assert {("rows", "numbers"), ("rows", "days")} <= groups
    assert all(case.export().metrics.rows for case in cases)


def test_no_two_rows_of_an_export_are_one_object_so_that_the_next_dirt_changes_each_once() -> None:
    exported = {case.name: case.export().metrics.rows for case in singles()}
    assert [name for name, rows in exported.items() if len({id(row) for row in rows}) < len(rows)] == []
