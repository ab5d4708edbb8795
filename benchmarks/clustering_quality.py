"""Whether clusters of real texts are the groups that people gave them: agreement as the adjusted Rand index.

Outliers count as one more group, for every method alike, which is the naive way: it asks of a method that the texts
it leaves out have something in common.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from statistics import fmean
from types import MappingProxyType
from typing import Any, Final

import numpy as np
from sklearn.metrics import adjusted_rand_score

from benchmarks.clustering_data import LabelledVectors, banking_cohort, has_banking
from benchmarks.clustering_peers import bertopic, plain_hdbscan, plain_ward
from creative_approaches.core.arrays import Floats, Labels
from creative_approaches.core.clustering.cohort import cluster_vectors
from creative_approaches.core.clustering.rules import ClusteringRules

Method = Callable[[Floats], Labels]

GROUPS_BY_SIZE: Final = MappingProxyType({40: 5, 120: 8, 300: 12, 1_000: 25})
COHORTS: Final = 12  # of each size

OURS, PUBLISHED, WARD, HDBSCAN, BERTOPIC = "ours", "published", "ward", "hdbscan", "bertopic"


@dataclass(frozen=True)
class Scores:
    """Means over cohorts: adjusted Rand index, share of texts in a cluster, seconds of a cohort."""

    ari: float
    coverage: float
    seconds: float

    def figures(self) -> dict[str, float]:
        """What a line says of them."""
        return {"ari": round(self.ari, 4), "coverage": round(self.coverage, 4), "seconds": round(self.seconds, 4)}


def clustering_quality() -> Iterator[dict[str, Any]]:
    """Ours beside the published rule, Ward and HDBSCAN. Nothing where the data is missing.

    margin_over_published : our mean over the sizes less the published rule's.  worst_against_plain : at one size, ours
    less the better of Ward and HDBSCAN; the least of these.
    """
    if not has_banking("clustering_quality"):
        return
    rules = ClusteringRules()
    methods: dict[str, Method] = {
        OURS: partial(_ours, rules=rules),
        # With more clusters to choose from the published rule does worse.
        PUBLISHED: partial(_ours, rules=replace(rules, selection="silhouette_margin", max_clusters=30)),
        WARD: plain_ward,
        HDBSCAN: plain_hdbscan,
    }
    scores = {}
    for size, cohorts in _cohorts():
        scores[size] = _scores(methods, cohorts)
        for method, found in scores[size].items():
            yield {"method": method, "n": size, "cohorts": len(cohorts), **found.figures()}
    ours, published = (_mean_over_sizes(scores.values(), method) for method in (OURS, PUBLISHED))
    against_plain = (by[OURS].ari - max(by[WARD].ari, by[HDBSCAN].ari) for by in scores.values())
    yield {
        **ours.figures(),
        "margin_over_published": round(ours.ari - published.ari, 4),
        "worst_against_plain": round(min(against_plain), 4),
        "summary": True,
    }


def bertopic_quality() -> Iterator[dict[str, Any]]:
    """Ours beside the grouping of BERTopic, on the same cohorts. Nothing where the data is missing."""
    if not has_banking("bertopic"):
        return
    methods: dict[str, Method] = {OURS: partial(_ours, rules=ClusteringRules()), BERTOPIC: bertopic}
    scores = []
    for size, cohorts in _cohorts():
        found = _scores(methods, cohorts)
        scores.append(found)
        yield {"method": BERTOPIC, "n": size, "cohorts": len(cohorts), **found[BERTOPIC].figures()}
        yield {"n": size, "cohorts": len(cohorts), **found[OURS].figures(), **_ratio(found[BERTOPIC], found[OURS])}
    peer, ours = (_mean_over_sizes(scores, method) for method in (BERTOPIC, OURS))
    yield {"method": BERTOPIC, **peer.figures()}
    yield {**ours.figures(), **_ratio(peer, ours), "summary": True}


def _ours(vectors: Floats, rules: ClusteringRules) -> Labels:
    return cluster_vectors(vectors, rules).labels


def _cohorts() -> Iterator[tuple[int, list[LabelledVectors]]]:
    for size, groups in GROUPS_BY_SIZE.items():
        yield size, [banking_cohort(size, groups, seed) for seed in range(COHORTS)]


def _scores(methods: Mapping[str, Method], cohorts: list[LabelledVectors]) -> dict[str, Scores]:
    return {name: _mean(_score(method, cohort) for cohort in cohorts) for name, method in _warm(methods, cohorts[0])}


def _warm(methods: Mapping[str, Method], cohort: LabelledVectors) -> Iterator[tuple[str, Method]]:
    """Each method after it has run once: what it loads and compiles the first time is not its speed."""
    for name, method in methods.items():
        method(cohort.vectors)
        yield name, method


def _score(method: Method, cohort: LabelledVectors) -> Scores:
    start = time.perf_counter()
    labels = method(cohort.vectors)
    seconds = time.perf_counter() - start
    return Scores(float(adjusted_rand_score(cohort.groups, labels)), float(np.mean(labels >= 0)), seconds)


def _mean(scores: Iterable[Scores]) -> Scores:
    every = list(scores)
    return Scores(fmean(s.ari for s in every), fmean(s.coverage for s in every), fmean(s.seconds for s in every))


def _mean_over_sizes(scores: Iterable[Mapping[str, Scores]], method: str) -> Scores:
    return _mean(by_method[method] for by_method in scores)


def _ratio(peer: Scores, ours: Scores) -> dict[str, float]:
    return {"ratio": round(peer.seconds / ours.seconds, 1)}
