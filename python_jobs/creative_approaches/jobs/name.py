"""Job name: a name for each new approach, and for one whose members really changed."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice

from creative_approaches.adapters.namer import Named, Namer, OfflineNamer, naming_rules, open_namer
from creative_approaches.adapters.warehouse import Warehouse
from creative_approaches.core.naming import Member
from creative_approaches.core.naming_prompt import NameAsk, expected_tokens, write_prompt
from creative_approaches.core.naming_walk import CohortNames, PeriodMembers, StoredName
from creative_approaches.core.prices import PRICES
from creative_approaches.core.spending import Spending
from creative_approaches.core.tokens import Tokens
from creative_approaches.jobs.assigned import AssignedPeriod, read_assigned
from creative_approaches.jobs.job import JobResult, Progress, replace_tables
from creative_approaches.jobs.name_rows import name_tables, read_names, store_names
from creative_approaches.jobs.overrides import overrides_of
from creative_approaches.settings import NameSettings, Settings
from creative_approaches.tables import APPROACH_OVERRIDES, CREATIVES, TAGS

_DRY_CHUNK = 1_000


@dataclass(frozen=True)
class DueNames:
    """What a run would name.

    due : approaches that a namer would be asked for.  cached : names that stay.  tokens : estimated; none where the
    offline namer names.
    """

    due: int
    cached: int
    tokens: Tokens


def name(warehouse: Warehouse, settings: Settings, progress: Progress) -> JobResult:
    """Name what has no name that still fits, by the namer of the settings."""
    limits = settings.name.max_cost_usd, settings.name.max_requests
    spending = Spending(PRICES.get(settings.name.name_model), *limits)
    with open_namer(settings.name, spending, warehouse.google_credentials) as namer:
        return name_with(namer, warehouse, settings, progress)


def name_with(namer: Namer, warehouse: Warehouse, settings: Settings, progress: Progress) -> JobResult:
    """Walk through each cohort's periods, naming what has no name that still fits.

    A name holds from the period it was given in. It stays while enough is left of the members that it was given for,
    whatever becomes of its siblings. A name that a person gave is no sibling's. Closed periods outlive their data:
    where a member is no longer among the creatives, the name that was given stays.

    Names are committed as they are made, so that a killed run keeps them. Raises what stopped the namer, once they are.
    """
    written = 0

    def store(names: Sequence[StoredName]) -> None:
        nonlocal written
        written += store_names(warehouse, names)

    walks = _walks(warehouse, settings.name, progress)
    names, made = _name_all(walks, namer.name, namer.chunk, store)
    written += replace_tables(warehouse, name_tables(names))
    fallbacks = sum(one.given.fallback_reason is not None for one in made)
    detail = f"{len(made):,} of {len(names):,} names are new"
    if fallbacks:
        detail += f", {fallbacks:,} of them from the offline namer, which stood in"
    return JobResult(len(names), written, detail, fallbacks)


def due_names(warehouse: Warehouse, settings: Settings, progress: Progress) -> DueNames:
    """What a run would name now. Asks nobody and writes nothing: offline titles stand for the names to come."""
    tokens: list[Tokens] = []

    def count(asks: Sequence[NameAsk]) -> Named:
        if settings.name.namer != "offline":
            tokens.extend(expected_tokens(write_prompt(ask, settings.name.name_language)) for ask in asks)
        return OfflineNamer().name(asks)

    walks = _walks(warehouse, settings.name, progress)
    names, made = _name_all(walks, count, _DRY_CHUNK, lambda _: None)
    total = Tokens(sum(one.input for one in tokens), sum(one.output for one in tokens))
    return DueNames(len(made), len(names) - len(made), total)


def _name_all(
    walks: Iterator[CohortNames],
    ask: Callable[[Sequence[NameAsk]], Named],
    chunk: int,
    store: Callable[[Sequence[StoredName]], None],
) -> tuple[list[StoredName], list[StoredName]]:
    """Ask for the names that are due, of several cohorts at once; returns all names, and those that were made."""
    names: list[StoredName] = []
    made: list[StoredName] = []
    under_way: list[CohortNames] = []
    while True:
        due = sum(len(walk.due) for walk in under_way)
        while due < chunk and (walk := next(walks, None)):
            under_way.append(walk)
            due += len(walk.due)
        batch = list(islice(((walk, one) for walk in under_way for one in walk.due), chunk))
        if not batch:
            break
        named = ask([one for _, one in batch])
        new: list[StoredName] = []
        for walk, group in groupby(zip(batch, named.names, strict=True), key=lambda pair: pair[0][0]):
            answers = {one.evidence.approach_id: given for (_, one), given in group if given}
            new += walk.take(answers)
        if new:
            store(new)
        if named.stopped:
            raise named.stopped
        made += new
        names += [one for walk in under_way if not walk.due for one in walk.names]
        under_way = [walk for walk in under_way if walk.due]
    return names + [one for walk in under_way for one in walk.names], made


def _walks(warehouse: Warehouse, settings: NameSettings, progress: Progress) -> Iterator[CohortNames]:
    """The cohorts, each as far as it goes without asking."""
    renamed = {
        override.approach_id: override.new_name
        for override in overrides_of(warehouse.read(APPROACH_OVERRIDES))
        if override.new_name
    }
    texts = _texts(warehouse)
    known = read_names(warehouse)
    periods = read_assigned(warehouse)
    cohorts = [list(group) for _, group in groupby(periods, key=lambda period: period.cohort_id)]
    rules = naming_rules(settings)
    for cohort in progress(cohorts, "name"):
        cohort_id = cohort[0].cohort_id
        members = [_members(period) for period in cohort]
        yield CohortNames(cohort_id, members, texts, known.get(cohort_id, ()), renamed, rules)


def _texts(warehouse: Warehouse) -> dict[str, Member]:
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


def _members(period: AssignedPeriod) -> PeriodMembers:
    members = period.members()
    return PeriodMembers(period.period_start, {key: [c.creative_key for c in members[key]] for key in members})
