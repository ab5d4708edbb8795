"""Names of approaches from what their ads do: the two traits that set one apart from its siblings.

The head of a name is the label of one trait, its addition the phrase of another: "Social proof with a deadline".
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import numpy as np

from creative_approaches.core.annotating.taxonomy import Taxonomy
from creative_approaches.core.arrays import Floats
from creative_approaches.core.naming.approach_name import SENTENCE_LENGTH, ApproachName, first_free
from creative_approaches.core.naming.offline import Evidence
from creative_approaches.core.naming.typical_traits import TypicalTrait, typical_traits
from creative_approaches.core.plain_text import clean_quote, clean_sentence

_TOLD_APART: Final = 5  # traits in the sentence that tells an approach apart
# Of an addition that is not sure: nobody knows an approach by a feeling or a call that some of its ads may have.
_LEAST_RANK: Final = 0.4
_READ_SHARE: Final = 0.5  # of the members must have traits
_LEAST_EXAMPLE: Final = 20  # characters of a text that are worth showing

Traits = Mapping[str, Sequence[TypicalTrait]]


def traits_of(cohort: Iterable[Evidence], taxonomy: Taxonomy) -> dict[str, list[TypicalTrait]]:
    """What sets each approach of a cohort apart, most telling first; without those whose members were hardly read."""
    read: dict[str, Floats] = {}
    for evidence in cohort:
        found = [member.traits for member in evidence.members if member.traits is not None]
        if found and len(found) >= _READ_SHARE * len(evidence.members):
            read[evidence.approach_id] = np.stack(found)
    return typical_traits(read, taxonomy)


def heads(traits: Iterable[TypicalTrait]) -> list[TypicalTrait]:
    """Those that hold an approach together, each of which could name it."""
    return [trait for trait in traits if trait.is_sure]


def name_by_traits(
    cohort: Iterable[Evidence],
    traits: Traits,
    terms: Mapping[str, Sequence[str]],
    kept: Mapping[str, str],
    taken: Iterable[str] = (),
) -> dict[str, ApproachName]:
    """Names for the approaches of one cohort and period that have traits, even if none sets them apart.

    traits, terms : by approach, what sets it apart; terms are words, which do where traits do not.
    kept : approach -> name for those that keep theirs.  taken : further names that none may get.
    Names are unique, whatever their case. Where two could have one name, the approach that it tells more of gets it.
    """
    used = {*kept.values(), *taken}
    names: dict[str, ApproachName] = {}
    due = [evidence for evidence in cohort if evidence.approach_id in traits.keys() - kept.keys()]
    for evidence in sorted(due, key=lambda one: (-_most(traits[one.approach_id]), one.approach_id)):
        own = traits[evidence.approach_id]
        pairs = {_compose(pair): pair for pair in _pairs(own)} or _mixed(own)
        best = next(iter(pairs))
        name = first_free([*pairs, *(f"{best}: {term}" for term in terms[evidence.approach_id])], used)
        used.add(name)
        description = _describe(pairs.get(name, pairs[best]), evidence)
        names[evidence.approach_id] = ApproachName(name, description, _tell_apart(own))
    return names


def _most(traits: Sequence[TypicalTrait]) -> float:
    return max((trait.weight for trait in heads(traits)), default=0.0)


def _pairs(traits: Sequence[TypicalTrait]) -> Iterator[tuple[TypicalTrait, ...]]:
    """A head and an addition, or a head alone, from the best to the last resort; no idea twice."""
    for head in heads(traits):
        for other in traits:
            if not other.repeats(head) and (other.is_sure or other.rank >= _LEAST_RANK):
                is_first = other.is_sure and other.rank > head.rank and other.weight > head.weight / 2
                yield (other, head) if is_first else (head, other)
        yield (head,)


def _mixed(traits: Sequence[TypicalTrait]) -> dict[str, tuple[TypicalTrait, ...]]:
    """Names where nothing is sure, which say so."""
    names: dict[str, tuple[TypicalTrait, ...]] = {
        f"Mixed, some {_inner(trait.value.label)}": (trait,) for trait in traits
    }
    return names or {"Mixed, no common approach": ()}


def _compose(pair: tuple[TypicalTrait, ...]) -> str:
    return " ".join([pair[0].value.label, *(trait.value.phrase for trait in pair[1:])])


def _describe(pair: tuple[TypicalTrait, ...], evidence: Evidence) -> str:
    """One sentence: how many members have the traits, how many of the siblings' have them, and the nearest text."""
    clauses = [
        f"{trait.value.label if is_first else _inner(trait.value.label)} in {trait.inside} of {trait.size} creatives"
        + (f", against {trait.outside} of {trait.others} others" if trait.others else "")
        for trait, is_first in zip(pair, (True, False), strict=False)
    ]
    text = clean_sentence("; ".join(clauses) or "No trait is more frequent here than in the others", SENTENCE_LENGTH)
    room = SENTENCE_LENGTH - len(text) - len("; such as ''")
    example = clean_quote(evidence.exemplars[0], max(room, 0)) if evidence.exemplars else ""
    return f"{text[:-1]}; such as '{example}'." if example and room >= _LEAST_EXAMPLE else text


def _tell_apart(traits: Sequence[TypicalTrait]) -> str | None:
    """One sentence: the traits that are more frequent than among the siblings; None where there are none."""
    if not traits or not traits[0].others:
        return None
    labels = list(dict.fromkeys(_inner(trait.value.label) for trait in traits))
    return clean_sentence(f"More than its siblings: {'; '.join(labels[:_TOLD_APART])}", SENTENCE_LENGTH)


def _inner(label: str) -> str:
    """A label within a sentence; acronyms stay."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
