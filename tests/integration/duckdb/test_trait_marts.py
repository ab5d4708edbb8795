"""Intervals of traits in SQL against the same numbers made the slow way, and what people say of traits."""

import shutil
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
import scipy.stats

from creative_approaches.core.annotating.annotation import read as read_traits
from creative_approaches.jobs.annotations import read_annotations
from tests.support.compiled_models import rebuild
from tests.support.direct_jobs import open_built, settings
from tests.support.workspace import Workspace

PARTS = {
    "ctr": ("clicks", "impressions", "impressions"),
    "conversion_rate": ("conversions", "clicks", "conversions"),
    "cost_per_conversion": ("spend", "conversions", "conversions"),
    "return_on_spend": ("conversions_value", "spend", "conversions"),
}
LEAST = {"impressions": 1000, "conversions": 30}
CONTENTS = """
    select
        cohort_id, period_start, currency_code, attribute, value,
        list({clicks: clicks, impressions: impressions, conversions: conversions::double, spend: spend::double,
            conversions_value: conversions_value::double}) as contents
    from (
        select
            cohort_id, period_start, currency_code, content_key, sum(clicks) as clicks, sum(impressions) as impressions,
            sum(conversions) as conversions, sum(spend) as spend, sum(conversions_value) as conversions_value
        from approaches_intermediate.int_contents__activity
        group by all
    )
    join approaches_intermediate.int_contents__traits using (content_key)
    group by all
"""
KEYS = "cohort_id, period_start, currency_code, attribute, value"


def interval(contents: list[dict[str, float]], metric: str) -> tuple[float, float] | None:
    """The ratio without each content in turn, around the ratio; None where there is too little of it."""
    numerator, denominator, support = PARTS[metric]

    def ratio(of: list[dict[str, float]]) -> float:
        return sum(one[numerator] for one in of) / sum(one[denominator] for one in of)

    units = [one for one in contents if one[numerator] or one[denominator]]
    if sum(one[support] for one in contents) < LEAST[support] or len(units) < 2:
        return None
    if any(not sum(one[denominator] for one in units if one is not left_out) for left_out in units):
        return None
    all_of_them = ratio(units)
    moves = [ratio([one for one in units if one is not left_out]) - all_of_them for left_out in units]
    margin = scipy.stats.t.ppf(0.975, len(units) - 1) * sum(move**2 for move in moves) ** 0.5
    return (max(all_of_them - margin, 0), all_of_them + margin) if margin > 1e-12 else None


@pytest.mark.parametrize("metric", PARTS)
def test_intervals_are_those_of_leaving_out_each_content(demo: Workspace, metric: str) -> None:
    rows = demo.query(f"select {KEYS}, {metric}_low, {metric}_high from approaches_marts.fct_trait_periods")
    found = {row[:5]: None if row[5] is None else row[5:] for row in rows}
    expected = {row[:5]: interval(row[5], metric) for row in demo.query(CONTENTS)}
    assert {key for key, limits in found.items() if limits} == {key for key, limits in expected.items() if limits}
    assert sum(limits is not None for limits in found.values()) > 100
    for key, limits in expected.items():
        if limits is not None:  # macro t_critical is off by 0.12 percent at most
            assert found[key] == pytest.approx(limits, rel=1e-9, abs=1.3e-3 * (limits[1] - limits[0])), key


def test_pairs_are_crossed_once_and_are_those_of_their_traits(demo: Workspace) -> None:
    """A pair that was tried is one of a content shown in the four periods or since; the others are what is left."""
    sides: dict[tuple[Any, ...], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    tried = set()
    query = """
        with newest as (
            select cohort_id, max(period_start) as last
            from approaches_intermediate.int_contents__activity
            join approaches_intermediate.int_cohorts__periods using (cohort_id, period_start)
            where is_mature
            group by all
        )
        select cohort_id, currency_code, content_key, list((attribute, value))
        from (select distinct cohort_id, currency_code, content_key, period_start
            from approaches_intermediate.int_contents__activity)
        join newest using (cohort_id)
        join approaches_intermediate.int_contents__traits using (content_key)
        where period_start >= last - interval 3 weeks
        group by all
    """
    for cohort, currency, _, traits in demo.query(query):
        for attribute, value in traits:
            sides[cohort, currency][attribute].add(value)
            tried |= {(cohort, currency, attribute, value, *other) for other in traits if other[0] > attribute}
    unsaid = {"unclear", "unread"}
    possible = {
        (*cohort, attribute, value, other, other_value)
        for cohort, values in sides.items()
        for attribute in values
        for other in values
        if other > attribute
        for value in values[attribute]
        for other_value in values[other]
        if not {value, other_value} & unsaid
    }
    rows = demo.query(
        "select cohort_id, currency_code, attribute, value, other_attribute, other_value, is_tried "
        "from approaches_marts.fct_trait_pairs"
    )
    assert len(rows) == len(tried | possible)
    assert {row[:6] for row in rows if row[6]} == tried
    assert {row[:6] for row in rows if not row[6]} == possible - tried


def test_what_people_say_of_traits_is_the_same_for_marts_and_jobs_and_measures_the_annotator(
    demo: Workspace, tmp_path: Path
) -> None:
    """And its intervals are those of Newcombe 1998, table I, method 3, by Wilson: 81 of 263, here of all hooks."""
    corrected = Workspace(tmp_path)
    shutil.copy(demo.database, corrected.database)
    read = demo.query(
        "select content_hash, regexp_extract(traits, 'hook:(\\w+)', 1) "
        "from approaches_intermediate.int_contents__annotations where traits like '%hook:%' order by 1 limit 263"
    )
    assert len(read) == 263
    said = dict(read[:81])
    said |= {content: "story" if hook != "story" else "unclear" for content, hook in read[81:]}
    unread = "of nobody"
    rows = [(n, content, "hook", value) for n, (content, value) in enumerate((said | {unread: "quote"}).items())]
    values = ", ".join(map(str, rows))
    corrected.execute(f"insert into approaches_raw.trait_overrides values {values}")
    rebuild(corrected, demo, "int_contents__annotations", "fct_attribute_quality")
    marts = dict(
        corrected.query(
            "select content_hash, traits from approaches_intermediate.int_contents__annotations "
            "where traits is not null"
        )
    )
    jobs = read_annotations(open_built(corrected.database), settings().cluster, list(marts)).traits
    assert {content: read_traits(traits) for content, traits in marts.items()} == jobs
    assert {content: traits.get("hook", "unclear") for content, traits in jobs.items() if content in said} == said
    assert jobs[unread] == {"hook": "quote"}
    ((contents, share, low, high),) = corrected.query(
        "select people_contents, people_agreement, people_agreement_low, people_agreement_high "
        "from approaches_marts.fct_attribute_quality where attribute = 'hook'"
    )
    assert contents == 263
    assert (share, low, high) == pytest.approx((81 / 263, 0.2553, 0.3662), abs=5e-5)
