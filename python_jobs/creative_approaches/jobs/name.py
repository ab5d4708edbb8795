"""Job name: a name for each new approach, and for one whose members really changed."""

from collections.abc import Mapping
from datetime import date
from itertools import groupby
from typing import Any

from creative_approaches.adapters.warehouse import Warehouse
from creative_approaches.core.ids import content_hash
from creative_approaches.core.naming import MODEL, ApproachName, Evidence, Member, name_approaches
from creative_approaches.jobs.assigned import AssignedCreative, AssignedPeriod, read_assigned
from creative_approaches.jobs.job import JobResult, Progress, replace_tables
from creative_approaches.jobs.overrides import overrides_of
from creative_approaches.jobs.paid import Estimate
from creative_approaches.settings import NameSettings, Settings
from creative_approaches.tables import APPROACH_NAMES, APPROACH_OVERRIDES, CREATIVES, TAGS

PROMPT_VERSION = "1"  # part of every input hash: a new way of asking names every approach anew

UNKNOWN = Member(text="", tags=frozenset())

Texts = Mapping[str, Member]


def name(warehouse: Warehouse, settings: Settings, progress: Progress) -> JobResult:
    """Walk through each cohort's periods, naming what has no name that still fits.

    A name holds from the period it was given in. The members it was made for are hashed with it, so that it is
    kept while they are the same, whatever becomes of its siblings. A name that a person gave is no sibling's.

    Closed periods outlive their data: where a member is no longer among the creatives, the name that was given stays.
    """
    renamed = {
        override.approach_id: override.new_name
        for override in overrides_of(warehouse.read(APPROACH_OVERRIDES))
        if override.new_name
    }
    texts = _texts(warehouse)
    known = {
        key: row
        for row in warehouse.read(APPROACH_NAMES).to_pylist()
        for key in (
            (row["approach_id"], row["from_period_start"], row["input_hash"]),
            (row["approach_id"], row["from_period_start"], None),
        )
    }
    periods = read_assigned(warehouse)
    cohorts = [list(group) for _, group in groupby(periods, key=lambda period: period.cohort_id)]
    rows: list[dict[str, Any]] = []
    for cohort in progress(cohorts, "name"):
        rows += _name_cohort(cohort, texts, known, renamed, settings.name)
    written = replace_tables(warehouse, {APPROACH_NAMES: APPROACH_NAMES.rows(rows)})
    made = sum((row["approach_id"], row["from_period_start"], row["input_hash"]) not in known for row in rows)
    return JobResult(len(rows), written, f"{made:,} of {len(rows):,} names are new")


def _texts(warehouse: Warehouse) -> Texts:
    tags: dict[str, set[str]] = {}
    for row in warehouse.read(TAGS).to_pylist():
        tags.setdefault(row["creative_key"], set()).add(row["tag"])
    return {
        row["creative_key"]: Member(
            text=" ".join(part for part in (row["headline"], row["description"]) if part),
            tags=frozenset(tags.get(row["creative_key"], ())),
        )
        for row in warehouse.read(CREATIVES).to_pylist()
    }


def _name_cohort(
    cohort: list[AssignedPeriod],
    texts: Texts,
    known: Mapping[tuple[str, date, str | None], dict[str, Any]],
    renamed: Mapping[str, str],
    settings: NameSettings,
) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    current: dict[str, str] = {}
    named_for: dict[str, frozenset[str]] = {}
    here = {creative.approach_id for period in cohort for creative in period.creatives}
    given = {approach_id: new_name for approach_id, new_name in renamed.items() if approach_id in here}
    for period in cohort:
        members = {key: frozenset(c.creative_key for c in creatives) for key, creatives in period.members().items()}
        due = {
            approach_id
            for approach_id, now in members.items()
            if approach_id not in current or _overlap(named_for[approach_id], now) < settings.rename_overlap
        }
        if not due:
            continue
        kept = {approach_id: name for approach_id, name in current.items() if approach_id not in due}
        evidence = [_evidence(key, creatives, texts, settings) for key, creatives in period.members().items()]
        hashes = {one.approach_id: _input_hash(one) for one in evidence if one.approach_id in due}
        names = {}
        for approach_id, input_hash in hashes.items():
            is_gone = not members[approach_id] <= texts.keys()
            row = known.get((approach_id, period.period_start, None if is_gone else input_hash))
            if row and not _is_siblings(row["name"], approach_id, given):
                names[approach_id] = ApproachName(row["name"], row["description"])
                kept[approach_id] = row["name"]
        names |= name_approaches(evidence, kept, taken=given.values())
        for approach_id in sorted(due):
            current[approach_id] = names[approach_id].name
            named_for[approach_id] = members[approach_id]
            rows.append(
                {
                    "cohort_id": period.cohort_id,
                    "approach_id": approach_id,
                    "from_period_start": period.period_start,
                    "name": names[approach_id].name,
                    "description": names[approach_id].description,
                    "model": MODEL,
                    "prompt_version": PROMPT_VERSION,
                    "input_hash": hashes[approach_id],
                }
            )
    return rows


def _evidence(
    approach_id: str, nearest_first: list[AssignedCreative], texts: Texts, settings: NameSettings
) -> Evidence:
    members = tuple(texts.get(creative.creative_key, UNKNOWN) for creative in nearest_first)
    exemplars = dict.fromkeys(member.text for member in members if member.text)
    return Evidence(
        approach_id,
        members=members,
        exemplars=tuple(exemplars)[: settings.name_exemplars],
    )


def _input_hash(evidence: Evidence) -> str:
    """What an approach is named for: its own members. Siblings only make its name differ from theirs."""
    members = sorted((member.text, *sorted(member.tags)) for member in evidence.members)
    return content_hash(MODEL, PROMPT_VERSION, repr(members), repr(evidence.exemplars))


def _is_siblings(name: str, approach_id: str, given: Mapping[str, str]) -> bool:
    """Whether a person gave the name to another approach."""
    return any(name.casefold() == new_name.casefold() and key != approach_id for key, new_name in given.items())


def _overlap(then: frozenset[str], now: frozenset[str]) -> float:
    return len(then & now) / len(then | now)


def estimate_name(warehouse: Warehouse, settings: Settings) -> "Estimate":
    raise NotImplementedError
