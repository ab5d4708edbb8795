"""Job name: a name for each new approach, and for one whose members really changed."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice, takewhile
from typing import Final

import pyarrow as pa

from creative_approaches.adapters.namers.open import find_namer, naming_rules, open_namer
from creative_approaches.adapters.namers.port import Named
from creative_approaches.adapters.warehouses.port import Warehouse
from creative_approaches.core.annotating.taxonomy import Taxonomy
from creative_approaches.core.naming.approach_name import GivenName
from creative_approaches.core.naming.offline import Member
from creative_approaches.core.naming.prompt import NameAsk
from creative_approaches.core.naming.walk import CohortNames, PeriodMembers, StoredName
from creative_approaches.core.tokens import Tokens
from creative_approaches.errors import ApproachesError, StoppedError
from creative_approaches.jobs.annotations import Annotations, read_annotations
from creative_approaches.jobs.assigned import AssignedPeriod, read_assigned
from creative_approaches.jobs.contents import SHOWN, content_hashes
from creative_approaches.jobs.job import JobResult, Narration, replace_tables
from creative_approaches.jobs.name.rows import name_tables, read_names, store_names
from creative_approaches.jobs.overrides import overrides_of
from creative_approaches.jobs.paid import Estimate, located, price_of, spending_on
from creative_approaches.settings import NameSettings, Settings
from creative_approaches.tables import APPROACH_OVERRIDES, CONTENTS, TAGS

# Approaches that are named and committed together.
FREE_CHUNK = 10_000
MODEL_CHUNK = 64
_CONTENT: Final = tuple(dict.fromkeys((*SHOWN, "headline", "description")))


def name(warehouse: Warehouse, settings: Settings, progress: Narration) -> JobResult:
    """Walk through each cohort's periods, naming what has no name that still fits.

    A name holds from the period it was given in. It stays while enough is left of the members that it was given for,
    whatever becomes of its siblings. A name that a person gave is no sibling's. Closed periods outlive their data:
    where a member is no longer among the creatives, the name that was given stays.

    Names are committed as they are made, so that a killed or stopped run keeps them.
    """
    inputs = _read(warehouse, settings.name)
    namer_type = find_namer(settings.name)
    is_paid = namer_type.is_paid
    spending = spending_on(namer_type.identity(settings.name).model, is_paid, settings.name)
    if is_paid:
        estimate = _estimate(inputs, settings.name)
        if estimate.tokens:
            progress.say(str(estimate))
    naming = _Naming(lambda names: store_names(warehouse, names))
    walks = _walks(inputs, settings.name, progress(inputs.cohorts, "name"))
    try:
        with open_namer(located(settings.name, warehouse), spending, warehouse.google_credentials) as namer:
            naming.run(walks, namer.name, MODEL_CHUNK if is_paid else FREE_CHUNK)
        if not naming.stopped:
            naming.written += replace_tables(warehouse, name_tables(naming.names))
    except (ApproachesError, KeyboardInterrupt) as error:
        if not spending.usage.requests:
            raise
        naming.stopped = error if isinstance(error, ApproachesError) else StoppedError()
    fallbacks = sum(one.given.fallback_reason is not None for one in naming.made)
    detail = f"{len(naming.made):,} of {len(naming.names):,} names are new"
    if fallbacks:
        detail += f", {fallbacks:,} of them from the offline namer, which stood in"
    return JobResult(len(naming.names), naming.written, detail, fallbacks, spending.usage, naming.stopped)


def estimate_name(warehouse: Warehouse, settings: Settings) -> Estimate:
    """What `name` would ask for now. Approaches that are not tracked yet are not among them."""
    return _estimate(_read(warehouse, settings.name), settings.name)


@dataclass(frozen=True)
class _Inputs:
    """What is named by what.

    taxonomy : what the texts were read for.  renamed : approach -> the name that a person gave it.  known : names by
    their cohort.
    """

    cohorts: list[list[AssignedPeriod]]
    texts: Mapping[str, Member]
    taxonomy: Taxonomy
    known: Mapping[str, Sequence[StoredName]]
    renamed: Mapping[str, str]


@dataclass
class _Naming:
    """One way through all cohorts. store : commits names, and returns how many rows that were.

    names : all so far, made : those of them that are new.  stopped : why it ended early.
    """

    store: Callable[[Sequence[StoredName]], int]
    names: list[StoredName] = field(default_factory=list)
    made: list[StoredName] = field(default_factory=list)
    written: int = 0
    stopped: ApproachesError | None = None

    def run(self, walks: Iterator[CohortNames], ask: Callable[[Sequence[NameAsk]], Named], chunk: int) -> None:
        """Ask for the names that are due, of several cohorts at once."""
        under_way: list[CohortNames] = []
        while not self.stopped:
            due = sum(len(walk.due) for walk in under_way)
            while due < chunk and (walk := next(walks, None)):
                under_way.append(walk)
                due += len(walk.due)
            batch = list(islice(((walk, one) for walk in under_way for one in walk.due), chunk))
            if batch:
                named = ask([one for _, one in batch])
                self.stopped = named.stopped
                self._take(batch, named)
            self.names += [one for walk in under_way if not walk.due for one in walk.names]
            under_way = [walk for walk in under_way if walk.due]
            if not batch:
                return

    def _take(self, batch: Sequence[tuple[CohortNames, NameAsk]], named: Named) -> None:
        new: list[StoredName] = []
        for walk, group in groupby(zip(batch, named.names, strict=True), key=lambda pair: pair[0][0]):
            # Up to the first without a name: whose name comes first does not depend on where a run stopped.
            answered = takewhile(lambda pair: pair[1] is not None, group)
            new += walk.take({one.evidence.approach_id: given for (_, one), given in answered if given})
        if new:
            self.written += self.store(new)
        self.made += new


def _read(warehouse: Warehouse, settings: NameSettings) -> _Inputs:
    periods = read_assigned(warehouse)
    contents = warehouse.read(CONTENTS.only(*_CONTENT))
    hashes = content_hashes(warehouse, contents)
    annotations = read_annotations(warehouse, settings, set(hashes.values()))
    return _Inputs(
        cohorts=[list(group) for _, group in groupby(periods, key=lambda period: period.cohort_id)],
        texts=_texts(warehouse, contents, hashes, annotations),
        taxonomy=annotations.reading.taxonomy,
        known=read_names(warehouse),
        renamed={
            override.approach_id: override.new_name
            for override in overrides_of(warehouse.read(APPROACH_OVERRIDES))
            if override.new_name
        },
    )


def _walks(inputs: _Inputs, settings: NameSettings, cohorts: Iterable[list[AssignedPeriod]]) -> Iterator[CohortNames]:
    """The cohorts, each as far as it goes without asking."""
    rules = naming_rules(settings)
    for cohort in cohorts:
        cohort_id = cohort[0].cohort_id
        members = [_members(period) for period in cohort]
        known = inputs.known.get(cohort_id, ())
        yield CohortNames(cohort_id, members, inputs.texts, known, inputs.renamed, rules, inputs.taxonomy)


def _estimate(inputs: _Inputs, settings: NameSettings) -> Estimate:
    """What would be asked: offline titles stand for the names to come."""
    namer = find_namer(settings)
    tokens: list[Tokens] = []

    def count(asks: Sequence[NameAsk]) -> Named:
        tokens.extend(namer.expected_tokens(settings, ask) for ask in asks)
        return Named([GivenName(ask.title) for ask in asks])

    naming = _Naming(lambda names: 0)
    naming.run(_walks(inputs, settings, inputs.cohorts), count, FREE_CHUNK)
    model = namer.identity(settings).model
    requests = len(tokens) if namer.is_paid else 0
    return Estimate("names", model, price_of(model, namer.is_paid), len(naming.names), requests, tokens)


def _texts(
    warehouse: Warehouse, contents: pa.Table, hashes: Mapping[str, str], annotations: Annotations
) -> dict[str, Member]:
    tags: dict[str, set[str]] = {}
    for row in warehouse.read(TAGS).to_pylist():
        tags.setdefault(row["version_key"], set()).add(row["tag"])
    return {
        row["version_key"]: Member(
            text=" ".join(part for part in (row["headline"], row["description"]) if part),
            tags=frozenset(tags.get(row["version_key"], ())),
            traits=annotations.probabilities.get(hashes[row["version_key"]]),
        )
        for row in contents.select(["version_key", "headline", "description"]).to_pylist()
    }


def _members(period: AssignedPeriod) -> PeriodMembers:
    members = period.members()
    return PeriodMembers(
        period.period_start,
        {key: [c.version_key for c in members[key]] for key in members},
        {key: frozenset(c.creative_key for c in members[key]) for key in members},
    )
