"""Job test-tags: which tags set an approach apart from the rest of its cohort and period."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from creative_approaches.adapters.warehouses.port import Warehouse
from creative_approaches.core.tags.associations import tag_associations
from creative_approaches.jobs.assigned import AssignedPeriod, read_assigned
from creative_approaches.jobs.contents import SHOWN, content_hashes
from creative_approaches.jobs.job import JobResult, Progress, replace_tables
from creative_approaches.settings import Settings, TagTestSettings
from creative_approaches.tables import APPROACH_TAG_TESTS, CONTENTS, TAGS


def test_tags(warehouse: Warehouse, settings: Settings, progress: Progress) -> JobResult:
    """Test every supported tag of every approach, in every period.

    A tag that was part of the embedded text helped to form the clusters, so that its test only describes them.
    Derived tags are read off that text and are always descriptive. Closed periods outlive their data: where a creative
    is no longer there, the tests that were made stay.
    """
    periods = read_assigned(warehouse)
    tags_of: dict[str, list[str]] = {}
    derived: set[str] = set()
    for row in warehouse.read(TAGS).to_pylist():
        tags_of.setdefault(row["version_key"], []).append(row["tag"])
        if row["tag_source"] == "derived":
            derived.add(row["tag"])
    content_of = content_hashes(warehouse, warehouse.read(CONTENTS.only(*SHOWN)))
    old: dict[tuple[str, date], list[dict[str, Any]]] = {}
    for row in warehouse.read(APPROACH_TAG_TESTS).to_pylist():
        old.setdefault((row["cohort_id"], row["period_start"]), []).append(row)
    rows: list[dict[str, Any]] = []
    for period in progress(periods, "test-tags"):
        is_gone = any(creative.version_key not in content_of for creative in period.creatives)
        found = old.get((period.cohort_id, period.period_start)) if is_gone else None
        rows += found or _tests(_distinct(period, content_of), tags_of, derived, settings.test_tags)
    written = replace_tables(warehouse, {APPROACH_TAG_TESTS: APPROACH_TAG_TESTS.rows(rows)})
    discriminating = sum(row["is_discriminating"] for row in rows)
    return JobResult(len(rows), written, f"{discriminating:,} of {len(rows):,} tags of approaches discriminate")


def _distinct(period: AssignedPeriod, content_of: dict[str, str]) -> AssignedPeriod:
    """One creative per content: twenty copies of one ad are one observation."""
    first = {content_of.get(c.version_key, c.version_key): c for c in reversed(period.creatives)}
    return replace(period, creatives=sorted(first.values(), key=lambda creative: creative.version_key))


def _tests(
    period: AssignedPeriod, tags_of: dict[str, list[str]], derived: set[str], settings: TagTestSettings
) -> list[dict[str, Any]]:
    approaches = sorted({c.approach_id for c in period.creatives if c.approach_id is not None})
    carried = [tags_of.get(creative.version_key, []) for creative in period.creatives]
    tags = sorted({tag for carriers in carried for tag in carriers})
    if not approaches or not tags:
        return []
    index = {approach_id: number for number, approach_id in enumerate(approaches)}
    column = {tag: number for number, tag in enumerate(tags)}
    membership = np.array([-1 if c.approach_id is None else index[c.approach_id] for c in period.creatives], np.int64)
    row_of = np.repeat(np.arange(len(carried)), [len(carriers) for carriers in carried])
    column_of = np.array([column[tag] for carriers in carried for tag in carriers], np.int64)
    matrix = csr_matrix((np.ones(len(row_of), bool), (row_of, column_of)), shape=(len(carried), len(tags)))
    found = tag_associations(
        membership,
        matrix,
        len(approaches),
        min_support=settings.tag_min_support,
        max_q=settings.tag_max_q,
        family=settings.tag_family,
    )
    return [
        {
            "cohort_id": period.cohort_id,
            "period_start": period.period_start,
            "approach_id": approaches[found.approach[i]],
            "tag": tags[found.tag[i]],
            "with_tag_inside": int(found.with_tag_inside[i]),
            "without_tag_inside": int(found.without_tag_inside[i]),
            "with_tag_outside": int(found.with_tag_outside[i]),
            "without_tag_outside": int(found.without_tag_outside[i]),
            "odds_ratio": float(found.odds_ratio[i]),
            "odds_ratio_low": float(found.odds_ratio_low[i]),
            "odds_ratio_high": float(found.odds_ratio_high[i]),
            "direction": str(found.direction[i]),
            "p_value": float(found.p_value[i]),
            "p_value_greater": float(found.p_value_greater[i]),
            "q_value": float(found.q_value[i]),
            "is_discriminating": bool(found.is_discriminating[i]),
            "is_descriptive": period.tags_embedded or tags[found.tag[i]] in derived,
        }
        for i in range(len(found.tag))
    ]
