"""Tests of tags: false discoveries, power and speed, beside a loop over SciPy's own test."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from statistics import fmean
from typing import Any, Final, TypeVar, get_args

import numpy as np
from numpy.typing import NDArray
from scipy import sparse, stats

from creative_approaches.core.tags.associations import TagAssociations, tag_associations
from creative_approaches.settings import TagFamily, TagTestSettings

RANDOM_COHORTS: Final = 400
PLANTED_COHORTS: Final = 40
PLANTED_TAGS: Final = 12  # tags of a cohort that one of its approaches carries more often
PLANTED_ODDS: Final = 6.0  # how many times as high their odds are there
OUTLIERS: Final = 0.1

T = TypeVar("T")
Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class _Cohort:
    """Creatives in approaches of unequal size, tags of unequal frequency.

    membership : int64, shape (creatives,), -1 for outliers.  tags : bool, shape (creatives, tags).
    planted : bool, shape (approaches, tags); every other pair of them is random.
    """

    membership: NDArray[np.int64]
    tags: sparse.csr_array
    planted: Bools


def tag_fdr() -> Iterator[dict[str, Any]]:
    """Ours beside one call of `scipy.stats.fisher_exact` per table, then Benjamini and Hochberg's procedure in a loop.

    false_discovery_share : mean share of wrong ones among what a family calls discriminating, 0 where it calls nothing.
    power : share of the planted pairs that are found.  decisions_differ, max_p_difference : between the two, over all
    planted cohorts.  ratio : of a cohort with 50 approaches and 500 tags, where the loop is given its counts.
    """
    settings = TagTestSettings()
    shares, powers, ours_wins = [], [], []
    decisions_differ, difference = 0, 0.0
    for family in get_args(TagFamily):
        settings = replace(settings, tag_family=family)
        random = [_cohort(seed, planted=0) for seed in range(RANDOM_COHORTS)]
        found = [_ours(cohort, settings) for cohort in random]
        shares.append(fmean(_false_shares(random, found, family)))
        yield {"family": family, "n": RANDOM_COHORTS, "planted": 0, "false_discovery_share": round(shares[-1], 4)}

        planted = [_cohort(seed, PLANTED_TAGS) for seed in range(PLANTED_COHORTS)]
        found = [_ours(cohort, settings) for cohort in planted]
        looped = [_scipy_loop(associations, settings) for associations in found]
        for associations, (p_values, is_discriminating) in zip(found, looped, strict=True):
            decisions_differ += int((associations.is_discriminating != is_discriminating).sum())
            difference = max(difference, float(np.abs(associations.p_value - p_values).max()))
        shares.append(fmean(_false_shares(planted, found, family)))
        powers.append(fmean(map(_power, planted, found, (each.is_discriminating for each in found))))
        loop_power = fmean(map(_power, planted, found, (decided for _, decided in looped)))
        ours_wins.append(powers[-1] >= loop_power)
        figures = {"family": family, "n": PLANTED_COHORTS, "planted": PLANTED_TAGS}
        yield {"method": "scipy_loop", **figures, "power": round(loop_power, 4)}
        yield {**figures, "power": round(powers[-1], 4), "false_discovery_share": round(shares[-1], 4)}

    large = _cohort(0, PLANTED_TAGS, approaches=50, tags=500, creatives=5_000)
    settings = replace(settings, tag_family="approach")
    _ours(large, settings)  # the first call imports what it needs of SciPy
    seconds, associations = _timed(lambda: _ours(large, settings))
    loop_seconds, (p_values, _) = _timed(lambda: _scipy_loop(associations, settings))
    difference = max(difference, float(np.abs(associations.p_value - p_values).max()))
    ratio = round(loop_seconds / seconds, 1)
    yield {"method": "scipy_loop", "n": len(p_values), "seconds": round(loop_seconds, 2)}
    yield {"n": len(p_values), "seconds": round(seconds, 3), "ratio": ratio}
    yield {
        "false_discovery_share": round(max(shares), 4),
        "nominal": settings.tag_max_q,
        "power": round(min(powers), 4),
        "power_is_that_of_scipy": all(ours_wins),
        "decisions_differ": decisions_differ,
        "max_p_difference": difference,
        "ratio": ratio,
        "summary": True,
    }


def _cohort(seed: int, planted: int, approaches: int = 12, tags: int = 60, creatives: int = 600) -> _Cohort:
    rng = np.random.default_rng([seed, planted])
    membership = rng.choice(approaches, creatives, p=rng.dirichlet(np.full(approaches, 1.5)))
    frequencies = np.exp(rng.uniform(np.log(0.01), np.log(0.5), tags))
    is_planted = np.zeros((approaches, tags), bool)
    is_planted[rng.integers(approaches, size=planted), rng.choice(tags, planted, replace=False)] = True
    odds = frequencies / (1 - frequencies) * np.where(is_planted, PLANTED_ODDS, 1)
    carried = rng.random((creatives, tags)) < (odds / (1 + odds))[membership]
    membership[rng.random(creatives) < OUTLIERS] = -1
    return _Cohort(membership, sparse.csr_array(carried), is_planted)


def _ours(cohort: _Cohort, settings: TagTestSettings) -> TagAssociations:
    return tag_associations(
        cohort.membership,
        cohort.tags,
        len(cohort.planted),
        min_support=settings.tag_min_support,
        max_q=settings.tag_max_q,
        family=settings.tag_family,
    )


def _scipy_loop(found: TagAssociations, settings: TagTestSettings) -> tuple[NDArray[np.float64], Bools]:
    """P values and decisions for the counts that ours has made."""
    cells = (found.with_tag_inside, found.without_tag_inside, found.with_tag_outside, found.without_tag_outside)
    tables = np.stack(cells, axis=1).reshape(-1, 2, 2)
    p_values = np.array([stats.fisher_exact(table).pvalue for table in tables])
    is_discriminating = np.zeros(len(tables), bool)
    for rows in _families(found, settings.tag_family):
        ranked = sorted(rows, key=lambda row: p_values[row])
        nominal = settings.tag_max_q / len(ranked)
        significant = [rank for rank, row in enumerate(ranked, 1) if p_values[row] <= rank * nominal]
        for row in ranked[: max(significant, default=0)]:
            (a, b), (c, d) = tables[row].tolist()
            is_discriminating[row] = a * d > b * c
    return p_values, is_discriminating


def _families(found: TagAssociations, family: TagFamily) -> list[NDArray[np.int64]]:
    if family == "cohort":
        return [np.arange(len(found.tag))]
    return [np.flatnonzero(found.approach == approach) for approach in np.unique(found.approach)]


def _false_shares(cohorts: list[_Cohort], found: list[TagAssociations], family: TagFamily) -> Iterator[float]:
    for cohort, associations in zip(cohorts, found, strict=True):
        is_wrong = associations.is_discriminating & ~cohort.planted[associations.approach, associations.tag]
        for rows in _families(associations, family):
            yield is_wrong[rows].sum() / max(1, associations.is_discriminating[rows].sum())


def _power(cohort: _Cohort, found: TagAssociations, is_discriminating: Bools) -> float:
    return float((is_discriminating & cohort.planted[found.approach, found.tag]).sum() / cohort.planted.sum())


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result
