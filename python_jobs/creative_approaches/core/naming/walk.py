"""Which approaches of a cohort need a name, and which keep theirs: a walk through its periods, without a namer."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from creative_approaches.core.annotating.taxonomy import Taxonomy
from creative_approaches.core.ids import content_hash
from creative_approaches.core.naming.approach_name import ApproachName, GivenName, first_free
from creative_approaches.core.naming.by_traits import heads, name_by_traits, traits_of
from creative_approaches.core.naming.offline import Evidence, Member, name_approaches, typical_terms
from creative_approaches.core.naming.prompt import NO_ANSWER, NameAsk
from creative_approaches.core.naming.typical_traits import TypicalTrait

_UNKNOWN = Member(text="", tags=frozenset())


@dataclass(frozen=True)
class NamingRules:
    """Who names, and when anew.

    model, prompt_version : names of another namer are given anew.
    exemplars : texts nearest the centroid that a name is built from: more say the same at a higher price.
    rename_overlap : Jaccard overlap, 0 to 1, with the creatives it was named for, below which it is named anew.
    """

    model: str
    prompt_version: str
    exemplars: int = 8
    rename_overlap: float = 0.2


@dataclass(frozen=True)
class PeriodMembers:
    """The approaches of a cohort in one period, by their ids.

    members : the keys of what is in them, nearest to the centroid first.  creatives : whose contents that are. An ad
    that was edited is another member, and the same creative.
    """

    period_start: date
    members: Mapping[str, Sequence[str]]
    creatives: Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class StoredName:
    """A name, the period that it holds from, and what it was given for.

    model, prompt_version : the namer that was asked.  creatives : those that it was given for.
    traits : those that hold them together, `attribute:value`, most telling first; None where their ads were not read.
    """

    cohort_id: str
    approach_id: str
    from_period_start: date
    given: GivenName
    model: str
    prompt_version: str
    input_hash: str
    creatives: frozenset[str]
    traits: tuple[str, ...] | None = None

    @property
    def name(self) -> str:
        """The name alone."""
        return self.given.approach_name.name


class CohortNames:
    """Names of one cohort: walks through its periods, up to the first one in which names are due.

    `due` holds what is to be asked then; `take` takes the answers, a part at a time if need be, and walks on once all
    are there. A walk that was cut short, and begun again with the names it had made by then, asks and ends as one that
    was not: what is asked depends on the names of earlier periods and on offline titles only.
    """

    def __init__(
        self,
        cohort_id: str,
        periods: Iterable[PeriodMembers],
        texts: Mapping[str, Member],
        known: Iterable[StoredName],
        given: Mapping[str, str],
        rules: NamingRules,
        taxonomy: Taxonomy,
    ) -> None:
        """Start to walk.

        periods : in order.  texts : by creative key.  known : names from earlier runs.  given : approach -> the name
        that a person gave it; no other approach gets that.  taxonomy : what the texts were read for.
        """
        periods = list(periods)
        self._texts = texts
        self._cohort_id = cohort_id
        self._rules = rules
        self._taxonomy = taxonomy
        here = {approach_id for period in periods for approach_id in period.members}
        self._given = {approach_id: name for approach_id, name in given.items() if approach_id in here}
        self._known = {(one.approach_id, one.from_period_start): one for one in known if one.approach_id in here}
        self._left = iter(periods)
        self._current: dict[str, StoredName] = {}
        self.names: list[StoredName] = []
        self.due: list[NameAsk] = []
        self._walk_on()

    def take(self, answers: Mapping[str, GivenName]) -> list[StoredName]:
        """Take answers by their approaches, all of them due; returns the names to store."""
        made = []
        for ask in self.due:
            approach_id = ask.evidence.approach_id
            if approach_id in answers:
                taken = self._others(approach_id) | self._later(approach_id)
                given = self._told_apart(approach_id, answers[approach_id], taken)
                made.append(self._stored(ask.evidence, given))
                self._keep(made[-1])
        self.due = [ask for ask in self.due if ask.evidence.approach_id not in answers]
        if not self.due:
            self._walk_on()
        return made

    def _walk_on(self) -> None:
        while not self.due and (period := next(self._left, None)):
            self._period = _Period(period, self._texts, self._taxonomy, self._rules.exemplars)
            due = [
                approach_id
                for approach_id in sorted(period.members)
                if approach_id not in self._current or not self._fits(self._current[approach_id], period)
            ]
            earlier = {key: one.name for key, one in self._current.items() if key not in due}
            for approach_id in due:
                self._current.pop(approach_id, None)
            kept = [one for approach_id in due if (one := self._still_good(approach_id))]
            for one in kept:
                given = self._told_apart(one.approach_id, one.given, self._others(one.approach_id))
                self._keep(replace(one, given=given))
            missing = set(due) - {one.approach_id for one in kept}
            if missing:
                self.due = self._asks(due, missing, earlier)

    def _fits(self, one: StoredName, period: PeriodMembers) -> bool:
        now = period.creatives[one.approach_id]
        return len(one.creatives & now) / len(one.creatives | now) >= self._rules.rename_overlap

    def _is_of_namer(self, one: StoredName) -> bool:
        return (one.model, one.prompt_version) == (self._rules.model, self._rules.prompt_version)

    def _still_good(self, approach_id: str) -> StoredName | None:
        """The name that an earlier run gave to the approach in this period, if nothing speaks against it.

        Where a member is gone from the data it stays: a closed period outlives its data.
        """
        period = self._period.period
        one = self._known.get((approach_id, period.period_start))
        if one is None or not set(period.members[approach_id]) <= self._texts.keys():
            return one
        if not self._is_of_namer(one) or not self._fits(one, period):
            return None
        if one.given.fallback_reason is None:
            return one
        # An answer that could not be used would be paid for in each run; one that did not come may come now.
        is_same = one.input_hash == self._input_hash(self._period.evidence[approach_id])
        return one if is_same and one.given.fallback_reason != NO_ANSWER else None

    def _asks(self, due: Sequence[str], missing: set[str], earlier: Mapping[str, str]) -> list[NameAsk]:
        evidence = self._period.evidence
        titles = self._period.titles(earlier, self._given.values())
        siblings = {**earlier, **{key: titles[key].name for key in due}, **self._given}
        # Those of the period come first: they are what it is most easily confused with.
        order = sorted(siblings, key=lambda approach_id: (approach_id not in evidence, approach_id))
        return [
            NameAsk(
                evidence[key],
                tuple(siblings[other] for other in order if other != key),
                titles[key],
                tuple(self._period.traits.get(key, ())),
            )
            for key in due
            if key in missing
        ]

    def _told_apart(self, approach_id: str, given: GivenName, taken: set[str]) -> GivenName:
        """The name, or one like it that no sibling has."""
        name = given.approach_name.name
        if name.casefold() not in taken:
            return given
        terms = self._period.terms[approach_id]
        candidates = [name, *(f"{name}{', ' if ':' in name else ': '}{term}" for term in terms)]
        return replace(given, approach_name=replace(given.approach_name, name=first_free(candidates, taken)))

    def _others(self, approach_id: str) -> set[str]:
        """Names that others have at this point of the walk, in lower case."""
        names = {key: one.name for key, one in self._current.items()}
        return {name.casefold() for of in (names, self._given) for key, name in of.items() if key != approach_id}

    def _later(self, approach_id: str) -> set[str]:
        """Names that others were given in later periods and may keep, in lower case."""
        return {
            one.name.casefold()
            for one in self._known.values()
            if one.approach_id != approach_id
            and one.from_period_start > self._period.period.period_start
            and self._is_of_namer(one)
        }

    def _stored(self, evidence: Evidence, given: GivenName) -> StoredName:
        traits = self._period.traits.get(evidence.approach_id)
        return StoredName(
            self._cohort_id,
            evidence.approach_id,
            self._period.period.period_start,
            given,
            self._rules.model,
            self._rules.prompt_version,
            self._input_hash(evidence),
            self._period.period.creatives[evidence.approach_id],
            None if traits is None else tuple(f"{trait.attribute}:{trait.value.name}" for trait in heads(traits)),
        )

    def _input_hash(self, evidence: Evidence) -> str:
        """What an approach is named for: its own members. Siblings only make its name differ from theirs."""
        members = sorted((member.text, *sorted(member.tags)) for member in evidence.members)
        return content_hash(self._rules.model, self._rules.prompt_version, repr(members), repr(evidence.exemplars))

    def _keep(self, one: StoredName) -> None:
        self._current[one.approach_id] = one
        self.names.append(one)


class _Period:
    """A period, and what a namer may know of its approaches, found out only if it is needed."""

    def __init__(self, period: PeriodMembers, texts: Mapping[str, Member], taxonomy: Taxonomy, exemplars: int) -> None:
        self.period = period
        self._texts = texts
        self._taxonomy = taxonomy
        self._exemplars = exemplars

    @cached_property
    def evidence(self) -> dict[str, Evidence]:
        return {
            approach_id: self._evidence(approach_id, self.period.members[approach_id])
            for approach_id in sorted(self.period.members)
        }

    @cached_property
    def terms(self) -> dict[str, list[str]]:
        return typical_terms(list(self.evidence.values()))

    @cached_property
    def traits(self) -> dict[str, list[TypicalTrait]]:
        return traits_of(self.evidence.values(), self._taxonomy)

    def titles(self, kept: Mapping[str, str], taken: Collection[str]) -> dict[str, ApproachName]:
        """Offline names: by traits, and by words where the ads of an approach were not read."""
        cohort = list(self.evidence.values())
        told = name_by_traits(cohort, self.traits, self.terms, kept, taken)
        return told | name_approaches(cohort, {**kept, **{key: one.name for key, one in told.items()}}, taken)

    def _evidence(self, approach_id: str, nearest_first: Sequence[str]) -> Evidence:
        members = tuple(self._texts.get(key, _UNKNOWN) for key in nearest_first)
        exemplars = dict.fromkeys(member.text for member in members if member.text)
        return Evidence(approach_id, members, tuple(exemplars)[: self._exemplars])
