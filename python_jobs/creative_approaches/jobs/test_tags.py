"""Job test-tags: which tags and which traits set an approach apart from the rest of its cohort and period."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from creative_approaches.adapters.warehouses.port import Warehouse
from creative_approaches.core.tags.associations import tag_associations
from creative_approaches.jobs.annotations import read_annotations
from creative_approaches.jobs.assigned import AssignedPeriod, read_assigned
from creative_approaches.jobs.contents import SHOWN, content_hashes
from creative_approaches.jobs.job import JobResult, Progress, replace_tables
from creative_approaches.settings import Settings, TagTestSettings
from creative_approaches.tables import APPROACH_TAG_TESTS, APPROACH_TRAIT_TESTS, CONTENTS, TAGS, Table

Mark = tuple[str, ...]  # what a creative carries: a tag, or an attribute and its value
Row = dict[str, Any]


@dataclass(frozen=True)
class _Marks:
    """What is tested of creatives, in one family of tests.

    table : where the tests go.  key : its columns of a mark.  word : of a mark, in its other columns.
    carried_by : the marks of a creative, by its version_key; None where it is not among those that are tested.
    is_descriptive : whether a mark helped to form the clusters of a period.
    """

    table: Table
    key: tuple[str, ...]
    word: str
    carried_by: Callable[[str], Sequence[Mark] | None]
    is_descriptive: Callable[[AssignedPeriod, Mark], bool]


def test_tags(warehouse: Warehouse, settings: Settings, progress: Progress) -> JobResult:
    """Test every supported tag and trait of every approach, in every period.

    What was part of the vectors that were clustered helped to form the clusters, so that its test only describes them.
    Derived tags are read off the texts and are always descriptive. A creative that was not read is in no test of
    traits; one that is unclear in an attribute has none of its values. Closed periods outlive their data: where a
    creative is no longer there, the tests that were made stay.
    """
    periods = read_assigned(warehouse)
    content_of = content_hashes(warehouse, warehouse.read(CONTENTS.only(*SHOWN)))
    kinds = [_tags(warehouse), _traits(warehouse, settings, content_of)]
    old = {marks.word: _by_period(warehouse, marks.table) for marks in kinds}
    rows: dict[Table, list[Row]] = {marks.table: [] for marks in kinds}
    for period in progress(periods, "test-tags"):
        is_gone = any(creative.version_key not in content_of for creative in period.creatives)
        distinct = _distinct(period, content_of)
        for marks in kinds:
            made = old[marks.word].get((period.cohort_id, period.period_start)) if is_gone else None
            rows[marks.table] += made or _tests(distinct, marks, settings.test_tags)
    written = replace_tables(warehouse, {table: table.rows(found) for table, found in rows.items()})
    told = [
        f"{sum(row['is_discriminating'] for row in found):,} of {len(found):,} {marks.word}s"
        for marks, found in zip(kinds, rows.values(), strict=True)
    ]
    return JobResult(sum(map(len, rows.values())), written, f"{' and '.join(told)} of approaches discriminate")


def _tags(warehouse: Warehouse) -> _Marks:
    tags: dict[str, list[Mark]] = {}
    derived: set[Mark] = set()
    for row in warehouse.read(TAGS).to_pylist():
        tags.setdefault(row["version_key"], []).append((row["tag"],))
        if row["tag_source"] == "derived":
            derived.add((row["tag"],))
    return _Marks(
        APPROACH_TAG_TESTS,
        ("tag",),
        "tag",
        lambda version_key: tags.get(version_key, ()),
        lambda period, tag: period.tags_embedded or tag in derived,
    )


def _traits(warehouse: Warehouse, settings: Settings, content_of: Mapping[str, str]) -> _Marks:
    traits = read_annotations(warehouse, settings.test_tags, set(content_of.values())).traits
    carried = {key: list(traits[content].items()) for key, content in content_of.items() if content in traits}
    return _Marks(
        APPROACH_TRAIT_TESTS, ("attribute", "value"), "trait", carried.get, lambda period, _: period.traits_embedded
    )


def _by_period(warehouse: Warehouse, table: Table) -> dict[tuple[str, date], list[Row]]:
    found: dict[tuple[str, date], list[Row]] = {}
    for row in warehouse.read(table).to_pylist():
        found.setdefault((row["cohort_id"], row["period_start"]), []).append(row)
    return found


def _distinct(period: AssignedPeriod, content_of: Mapping[str, str]) -> AssignedPeriod:
    """One creative per content: twenty copies of one ad are one observation."""
    first = {content_of.get(c.version_key, c.version_key): c for c in reversed(period.creatives)}
    return replace(period, creatives=sorted(first.values(), key=lambda creative: creative.version_key))


def _tests(period: AssignedPeriod, marks: _Marks, settings: TagTestSettings) -> list[Row]:
    tested = [(c.approach_id, of) for c in period.creatives if (of := marks.carried_by(c.version_key)) is not None]
    carried = [of for _, of in tested]
    approaches = sorted({approach_id for approach_id, _ in tested if approach_id is not None})
    known = sorted({mark for carriers in carried for mark in carriers})
    if not approaches or not known:
        return []
    index = {approach_id: number for number, approach_id in enumerate(approaches)}
    column = {mark: number for number, mark in enumerate(known)}
    membership = np.array([-1 if approach_id is None else index[approach_id] for approach_id, _ in tested], np.int64)
    row_of = np.repeat(np.arange(len(carried)), [len(carriers) for carriers in carried])
    column_of = np.array([column[mark] for carriers in carried for mark in carriers], np.int64)
    matrix = csr_matrix((np.ones(len(row_of), bool), (row_of, column_of)), shape=(len(carried), len(known)))
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
            **dict(zip(marks.key, known[found.tag[i]], strict=True)),
            f"with_{marks.word}_inside": int(found.with_tag_inside[i]),
            f"without_{marks.word}_inside": int(found.without_tag_inside[i]),
            f"with_{marks.word}_outside": int(found.with_tag_outside[i]),
            f"without_{marks.word}_outside": int(found.without_tag_outside[i]),
            "odds_ratio": float(found.odds_ratio[i]),
            "odds_ratio_low": float(found.odds_ratio_low[i]),
            "odds_ratio_high": float(found.odds_ratio_high[i]),
            "direction": str(found.direction[i]),
            "p_value": float(found.p_value[i]),
            "p_value_greater": float(found.p_value_greater[i]),
            "q_value": float(found.q_value[i]),
            "is_discriminating": bool(found.is_discriminating[i]),
            "is_descriptive": marks.is_descriptive(period, known[found.tag[i]]),
        }
        for i in range(len(found.tag))
    ]
