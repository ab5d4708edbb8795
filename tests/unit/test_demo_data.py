"""The demo data is reproducible, looks like a real export, and its hidden truth is in the numbers."""

import csv
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import combinations, pairwise
from pathlib import Path

import imagehash
import numpy as np
import pytest
from PIL import Image

from tests.support.paths import REPOSITORY, SEEDS, TRUTH

TWINS = ("_small", "_translated", "_recolored")

Row = dict[str, str]


def _read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _week(day: str) -> str:
    moment = date.fromisoformat(day)
    return (moment - timedelta(days=moment.weekday())).isoformat()


@pytest.fixture(scope="module")
def creatives() -> list[Row]:
    return _read(SEEDS / "creatives.csv")


@pytest.fixture(scope="module")
def metrics() -> list[Row]:
    return _read(SEEDS / "creative_daily_metrics.csv")


@pytest.fixture(scope="module")
def truth() -> list[Row]:
    return _read(TRUTH / "truth.csv")


@pytest.fixture(scope="module")
def fates() -> list[Row]:
    return _read(TRUTH / "fates.csv")


@pytest.fixture(scope="module")
def members(truth: list[Row]) -> dict[tuple[str, str], set[str]]:
    """(approach, week) -> creatives."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in truth:
        found[row["approach"], row["period_start"]].add(row["creative_id"])
    return found


@pytest.fixture(scope="module")
def click_through(truth: list[Row], metrics: list[Row]) -> dict[str, list[float]]:
    """Approach -> its click-through rate in each week in which it ran."""
    approach_of = {(row["creative_id"], row["period_start"]): row["approach"] for row in truth}
    sums: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for row in metrics:
        week = _week(row["date_day"])
        approach = approach_of.get((row["creative_id"], week))
        if approach and row["impressions"] and row["clicks"]:
            sums[approach, week].update(impressions=int(row["impressions"]), clicks=int(row["clicks"]))
    rates: dict[str, list[float]] = defaultdict(list)
    for (approach, _), counts in sorted(sums.items()):
        rates[approach].append(counts["clicks"] / counts["impressions"])
    return rates


def test_generator_writes_the_committed_files_again_byte_for_byte(tmp_path: Path) -> None:
    """With the pinned Pillow: another release may encode the same picture in other bytes."""
    command = [sys.executable, "-m", "tests.support.demo_data.generate", "--out", str(tmp_path)]
    subprocess.run(command, cwd=REPOSITORY, check=True)
    for written, committed in (("seeds", SEEDS), ("truth", TRUTH), ("seeds/images", SEEDS / "images")):
        files = sorted(path for path in (tmp_path / written).iterdir() if path.is_file())
        assert files
        changed = [path.name for path in files if path.read_bytes() != (committed / path.name).read_bytes()]
        assert changed == []
    drawn = {path.name for path in (tmp_path / "seeds" / "images").iterdir()}
    assert drawn == {path.name for path in (SEEDS / "images").iterdir()}


def test_demo_account_has_the_size_of_a_real_one(creatives: list[Row], metrics: list[Row]) -> None:
    assert len({row["creative_id"] for row in creatives}) >= 500
    assert len({_week(row["date_day"]) for row in metrics}) >= 10
    assert len({row["platform"].strip().lower() for row in creatives}) >= 2
    assert len({row["account_id"] for row in creatives}) >= 2


def test_big_accounts_have_more_than_fifty_active_creatives_in_every_week(truth: list[Row]) -> None:
    active = Counter((row["account_id"], row["period_start"]) for row in truth)
    small = {account for (account, _), count in active.items() if count < 50}
    assert len(small) == 1
    assert len({account for account, _ in active}) == 3


def test_export_has_the_dirt_of_a_real_one(creatives: list[Row], metrics: list[Row]) -> None:
    creative_rows = [tuple(row.values()) for row in creatives]
    metric_rows = [tuple(row.values()) for row in metrics]
    ids = {row["creative_id"] for row in creatives}
    assert len(creative_rows) - len(set(creative_rows)) == 15
    assert len(set(creative_rows)) - len(ids) == 10  # late versions
    assert len(metric_rows) - len(set(metric_rows)) == 40
    assert len({row["creative_id"] for row in metrics} - ids) == 2
    assert sum(not (row["headline"] + row["description"] + row["tags"]).strip() for row in creatives) == 3
    assert sum(not row["headline"] and row["description"] != "" for row in creatives) >= 10
    for column in ("impressions", "clicks", "conversions", "reach"):
        assert any(row[column] == "" for row in metrics)
    assert any(row["platform"] != row["platform"].strip().lower() for row in metrics)
    assert any(not text.isascii() for text in (row["headline"] for row in creatives))


def test_one_account_is_billed_in_two_currencies(metrics: list[Row]) -> None:
    currencies = defaultdict(set)
    for row in metrics:
        currencies[row["account_id"]].add(row["currency_code"].upper())
    assert sorted(len(found) for found in currencies.values()) == [1, 1, 2]
    assert set().union(*currencies.values()) == {"USD", "EUR", "GBP"}


def test_metrics_of_one_key_never_contradict_each_other(metrics: list[Row]) -> None:
    versions = defaultdict(set)
    for row in metrics:
        key = (row["date_day"], row["creative_id"], row["campaign_id"], row["currency_code"].upper())
        versions[key].add(tuple(row.values()))
    assert all(len(rows) == 1 for rows in versions.values())


def test_reach_and_clicks_stay_below_impressions(metrics: list[Row]) -> None:
    for row in metrics:
        for column in ("reach", "clicks"):
            if row[column] and row["impressions"]:
                assert int(row[column]) <= int(row["impressions"])


def test_headlines_of_an_approach_share_no_template(creatives: list[Row], truth: list[Row]) -> None:
    headline_of = {row["creative_id"]: row["headline"].strip().lower() for row in creatives}
    approaches = defaultdict(set)
    for row in truth:
        approaches[row["approach"]].add(row["creative_id"])
    for approach, ids in approaches.items():
        headlines = [headline_of[creative] for creative in sorted(ids) if headline_of[creative]]
        words = [set(headline.split()) for headline in headlines]
        overlap = [len(a & b) / len(a | b) for a, b in combinations(words, 2)]
        assert np.mean(overlap) < 0.12, approach
        assert Counter(headlines).most_common(1)[0][1] <= 6, approach
        openings = Counter(" ".join(headline.split()[:2]) for headline in headlines)
        assert openings.most_common(1)[0][1] <= 0.2 * len(headlines), approach


def test_truth_names_every_active_creative_that_has_a_text(
    creatives: list[Row], metrics: list[Row], truth: list[Row]
) -> None:
    columns = ("impressions", "clicks", "spend", "conversions", "conversions_value")
    texts = {row["creative_id"] for row in creatives if (row["headline"] + row["description"]).strip()}
    active = {
        (row["creative_id"], _week(row["date_day"]))
        for row in metrics
        if row["creative_id"] in texts and any(float(row[column] or 0) for column in columns)
    }
    assert len(truth) == len(active)
    assert {(row["creative_id"], row["period_start"]) for row in truth} == active


def test_most_members_of_an_approach_stay_from_week_to_week(members: dict[tuple[str, str], set[str]]) -> None:
    overlaps = []
    for (approach, week), now in members.items():
        before = members.get((approach, (date.fromisoformat(week) - timedelta(weeks=1)).isoformat()))
        if before:
            overlaps.append(len(now & before) / len(now | before))
    assert min(overlaps) >= 0.5
    assert 0.65 < np.mean(overlaps) < 0.85


def test_split_and_merge_carry_members_across(fates: list[Row], members: dict[tuple[str, str], set[str]]) -> None:
    moves = [row for row in fates if row["other_approach"]]
    assert sorted(row["fate"] for row in moves) == ["merging", "splitting"]
    for row in moves:
        week = row["period_start"]
        before = (date.fromisoformat(week) - timedelta(weeks=1)).isoformat()
        source, target = members[row["approach"], before], members[row["other_approach"], week]
        assert len(source & target) >= 3
        assert bool(members.get((row["approach"], week))) == (row["fate"] == "splitting")


def test_approaches_end_start_late_and_come_back_with_the_same_creatives(
    fates: list[Row], members: dict[tuple[str, str], set[str]]
) -> None:
    weeks_of = defaultdict(list)
    for approach, week in sorted(members):
        weeks_of[approach].append(week)
    last_week = max(week for _, week in members)
    kinds = {row["fate"] for row in fates}
    assert kinds >= {"steady", "improving", "peaked", "ending", "coming_back", "starting_late"}
    for row in fates:
        weeks, start = weeks_of[row["approach"]], row["period_start"]
        if row["fate"] == "ending":
            assert max(weeks) < start <= last_week
        if row["fate"] == "starting_late":
            assert min(weeks) == start
        if row["fate"] == "coming_back":
            before = max(week for week in weeks if week < start)
            assert 3 <= (date.fromisoformat(start) - date.fromisoformat(before)).days / 7 <= 4
            left, returned = members[row["approach"], before], members[row["approach"], start]
            assert len(left & returned) / len(left | returned) >= 0.8


def test_click_through_rates_follow_the_fates(fates: list[Row], click_through: dict[str, list[float]]) -> None:
    for row in fates:
        rates = click_through[row["approach"]]
        if row["fate"] == "steady":
            assert max(rates) / min(rates) < 1.12, row["approach"]
        if row["fate"] == "improving":
            assert rates[-1] > 1.5 * rates[-7], row["approach"]
            assert all(later > earlier for earlier, later in pairwise(rates[-6:])), row["approach"]
        if row["fate"] == "peaked":
            peak = rates.index(max(rates))
            assert 9 <= peak <= 11, row["approach"]
            assert max(rates) > 1.6 * rates[0], row["approach"]
            assert rates[-1] < 0.8 * max(rates), row["approach"]


def test_twins_of_a_picture_are_near_and_other_pictures_far(creatives: list[Row]) -> None:
    hashes = {path.name: imagehash.phash(Image.open(path)) for path in sorted((SEEDS / "images").glob("*.jpg"))}
    assert len({row["image_uri"] for row in creatives} - {""}) == 60
    assert sum(path.stat().st_size for path in (SEEDS / "images").iterdir()) < 1_200_000
    for one, other in combinations(hashes, 2):
        distance = hashes[one] - hashes[other]
        if _picture(one) == _picture(other):
            assert distance <= 6, (one, other)
        else:
            assert distance >= 16, (one, other)


def test_every_image_of_the_seed_exists(creatives: list[Row]) -> None:
    for uri in {row["image_uri"] for row in creatives} - {""}:
        assert (REPOSITORY / uri).is_file(), uri


def test_truth_is_not_read_by_what_it_judges() -> None:
    for folder in ("python_jobs", "models", "macros"):
        for path in (REPOSITORY / folder).rglob("*"):
            if path.suffix in {".py", ".sql", ".yml"}:
                text = path.read_text(encoding="utf-8")
                assert not any(name in text for name in ("truth.csv", "fates.csv", "tests/support/demo_data")), path


def _picture(name: str) -> str:
    stem = name.removesuffix(".jpg")
    for twin in TWINS:
        stem = stem.removesuffix(twin)
    return stem
