"""Which traits set an approach apart from its siblings.

What an annotator says of a single ad is a guess; many like guesses in one approach, and few in the others, are more.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from creative_approaches.core.annotating.taxonomy import Taxonomy, TraitValue
from creative_approaches.core.arrays import DECIMALS, Floats

Counts = NDArray[np.int64]

# How much an attribute tells of an approach: why people should buy comes before how it is told.
_RANKS: Final = {
    "persuasion": 1.0, "offer": 0.8, "urgency": 0.8, "proof": 0.6, "voice": 0.6, "structure": 0.5, "hook": 0.4,
    "emotion": 0.3, "call_to_action": 0.3,
}  # fmt: skip
_OTHER_RANK: Final = 0.5


@dataclass(frozen=True)
class TypicalTrait:
    """A value of an attribute that is more frequent in an approach than among its siblings.

    inside : for how many of the `size` members that were read it is the likeliest value.
    outside : for how many of the `others`, those of the siblings.
    weight : how much it tells, above 0.  is_sure : whether it may be the head of a name.
    """

    attribute: str
    value: TraitValue
    inside: int
    size: int
    outside: int
    others: int
    weight: float
    is_sure: bool

    @property
    def rank(self) -> float:
        """How much its attribute tells of an approach, 0 to 1."""
        return _rank(self.attribute)

    def repeats(self, other: "TypicalTrait") -> bool:
        """Whether it says what the other says already."""
        return self.attribute == other.attribute or not self.value.ideas.isdisjoint(other.value.ideas)


@dataclass(frozen=True)
class _Bar:
    """What a trait must reach.

    share : its mean probability in the approach, against how sure the annotator is of its attribute, 0 to 1.
    odds : against its odds among the siblings.
    correlation : between its probability and membership, times the root of the number of ads: about what a standard
    normal variable is by chance.  enough : a correlation that is enough where ads are few.
    """

    share: float
    odds: float
    correlation: float
    enough: float


# A trait reaches either. In one of eight groups of 5 to 15 ads drawn at random from eight approaches, one of 97 values
# does; of 56 such approaches themselves, 51 are told by a trait that is theirs, and five by none.
_HEADS: Final = (
    _Bar(share=0.35, odds=3, correlation=3.5, enough=0.7),
    _Bar(share=0.7, odds=3, correlation=2.5, enough=0.5),
)
_ADDITION: Final = _Bar(share=0.3, odds=2, correlation=2.5, enough=0.5)
_ALONE: Final = 0.5  # the share that names an approach without siblings
_PRIOR: Final = 1.0  # members as the whole cohort has them, that each side is given on top
_TINY: Final = 1e-9  # keeps what is never read from dividing by zero


@dataclass(frozen=True, eq=False)
class _Cohort:
    """All ads of a cohort that were read. Arrays have shape (taxonomy.size,).

    mean, spread : of the probability of each value.  sureness : mean of the highest probability of its attribute.
    likeliest : of how many ads it is the likeliest value.
    """

    size: int
    mean: Floats
    spread: Floats
    sureness: Floats
    likeliest: Counts


def typical_traits(cohort: Mapping[str, Floats], taxonomy: Taxonomy) -> dict[str, list[TypicalTrait]]:
    """What sets each approach of a cohort apart from its siblings, most telling first; nothing that is plain.

    cohort : by approach, the probability of each value for each of its members, shape (members, taxonomy.size), members
    1 or more.
    An approach that is alone has the traits that most of its members share.
    """
    if not cohort:
        return {}
    whole = _summed_up(np.concatenate([cohort[key] for key in sorted(cohort)]), taxonomy)
    values = [(attribute.name, value) for attribute in taxonomy.attributes for value in attribute.values]
    says_something = np.array([not value.is_plain for _, value in values])
    traits = {}
    for key, members in cohort.items():
        inside = _likeliest(members, taxonomy)
        tells, is_sure, is_typical = _judge(members, whole)
        is_typical &= says_something & (inside >= min(2, len(members)))
        found = [
            TypicalTrait(
                *values[i],
                inside=int(inside[i]),
                size=len(members),
                outside=int(whole.likeliest[i] - inside[i]),
                others=whole.size - len(members),
                weight=float(tells[i]) * _rank(values[i][0]),
                is_sure=bool(is_sure[i]),
            )
            for i in np.flatnonzero(is_typical).tolist()
        ]
        traits[key] = sorted(found, key=lambda trait: -trait.weight)
    return traits


def _rank(attribute: str) -> float:
    return _RANKS.get(attribute, _OTHER_RANK)


def _summed_up(everyone: Floats, taxonomy: Taxonomy) -> _Cohort:
    sureness = [np.full(len(one.values), everyone[:, place].max(axis=1).mean()) for one, place in taxonomy.columns()]
    return _Cohort(
        size=len(everyone),
        mean=everyone.mean(axis=0),
        spread=everyone.std(axis=0),
        sureness=np.concatenate(sureness),
        likeliest=_likeliest(everyone, taxonomy),
    )


def _likeliest(ads: Floats, taxonomy: Taxonomy) -> Counts:
    """Of how many ads each value is the likeliest one of its attribute, shape (taxonomy.size,)."""
    return np.concatenate(
        [np.bincount(ads[:, place].argmax(axis=1), minlength=len(one.values)) for one, place in taxonomy.columns()]
    )


def _judge(members: Floats, whole: _Cohort) -> tuple[Floats, NDArray[np.bool_], NDArray[np.bool_]]:
    """How much each value tells of the members of an approach; whether it can be a head; whether it can be added."""
    size, total = len(members), whole.size
    mean = members.mean(axis=0)
    # An annotator that is never sure has low probabilities even where all members share a trait.
    share = mean / np.maximum(whole.sureness, _TINY)
    inside = (size * mean + _PRIOR * whole.mean) / (size + _PRIOR)
    if size == total:
        share = np.round(share, DECIMALS)
        return np.round(inside, DECIMALS), share >= _ALONE, share >= _ADDITION.share
    outside = (total * whole.mean - size * mean + _PRIOR * whole.mean) / (total - size + _PRIOR)
    correlation = (mean - whole.mean) * np.sqrt(size / (total - size)) / np.where(whole.spread > 0, whole.spread, 1)
    odds = inside * (1 - outside) / np.maximum(outside * (1 - inside), _TINY)
    # The value's part of the divergence of Kullback and Leibler.
    tells = inside * np.log(np.maximum(inside, _TINY) / np.maximum(outside, _TINY))
    # The order of members, which is noise in sums, decides nothing.
    share, odds, correlation, tells = (np.round(numbers, DECIMALS) for numbers in (share, odds, correlation, tells))

    def reaches(bar: _Bar) -> NDArray[np.bool_]:
        is_no_chance = correlation >= min(round(bar.correlation / np.sqrt(total), DECIMALS), bar.enough)
        reached: NDArray[np.bool_] = (share >= bar.share) & (odds >= bar.odds) & is_no_chance
        return reached

    return tells, np.any([reaches(bar) for bar in _HEADS], axis=0), reaches(_ADDITION)
