"""Methods compete for the clusters of a cohort: what each found, how it fared, and which one wins."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, prod, sqrt
from typing import Any, Final

import numpy as np
from sklearn.metrics import adjusted_rand_score

from creative_approaches.core.arrays import DECIMALS, Floats, Labels
from creative_approaches.core.clustering.candidates import Algorithm, Candidate, hdbscan_candidate, sweep_tree
from creative_approaches.core.clustering.centroids import nearest_clusters
from creative_approaches.core.clustering.rules import ClusteringRules
from creative_approaches.core.clustering.space import Geometry, Space, exact_space
from creative_approaches.core.clustering.stability import SHARE, jaccard_overlaps, resample

# Pieces of a tree per cluster that a sweep may reach, most of them outliers then. Six found nothing better.
PIECES_PER_CLUSTER: Final = 3
# Clusters that a small cohort may have, as long as each has four points: one brand's forty ads often have eight
# approaches, and the square root of forty is seven.
FEW_CLUSTERS: Final = 10
FEWEST_POINTS: Final = 4
# Points of the smallest cluster whose stability is measured. A pair is found again by its mere nearness: of clusters
# in 10 random vectors 85% seemed stable.
LEAST_MEASURED: Final = 5

_Method = tuple[Algorithm, Geometry]


@dataclass(frozen=True, eq=False)
class Contender:
    """A candidate with what its method made of the resamples.

    agreement : mean adjusted Rand index with the other candidates, every outlier given to its nearest cluster; None
        for an only one.
    stability : mean adjusted Rand index with the same method on the resamples; None if not measured.
    cluster_stability : for each cluster, without the outliers that may join it, its mean Jaccard overlap over the
        resamples, 0 to 1; None under five points. Empty if not measured.
    """

    candidate: Candidate
    agreement: float | None = None
    stability: float | None = None
    cluster_stability: tuple[float | None, ...] = ()

    @property
    def score(self) -> float | None:
        """What candidates compete by under 'coverage': agreement times stability, as far as measured."""
        known = [max(value, 0.0) for value in (self.agreement, self.stability) if value is not None]
        return round(prod(known), DECIMALS) if known else None

    def described(self) -> dict[str, Any]:
        """Parameters and scores, for JSON."""
        candidate = self.candidate
        return {
            "algorithm": candidate.algorithm,
            "vectors": candidate.geometry,
            "parameters": candidate.parameters,
            "clusters": candidate.clusters,
            "coverage": candidate.coverage,
            "silhouette": candidate.silhouette,
            "coverage_score": candidate.coverage_score,
            "agreement_times_stability": self.score,
            "agreement": self.agreement,
            "stability": self.stability,
            "sweep": {str(pieces): round(score, 6) for pieces, score in candidate.sweep},
        }


def choose_by_agreement(contenders: tuple[Contender, ...]) -> tuple[Contender, float | None, str]:
    """The contender of the highest agreement times stability, of equal ones the first; its score; and why."""
    able = [contender for contender in contenders if contender.candidate.coverage_score is not None]
    ranked = sorted(able, key=lambda contender: -(contender.score or 0.0))
    winner = ranked[0]
    name = f"{winner.candidate.name} with {winner.candidate.clusters} clusters"
    if len(ranked) == 1:
        return winner, winner.score, f"{name}: no other method found clusters."
    others = ", ".join(f"{c.candidate.name} {c.candidate.clusters} ({c.score or 0:.4f})" for c in ranked[1:])
    measured = [
        f"{measure} {value:.4f}"
        for measure, value in (("agreement with the others", winner.agreement), ("stability", winner.stability))
        if value is not None
    ]
    return winner, winner.score, f"{name}, {winner.score or 0:.4f}: {' times '.join(measured)}. Others: {others}."


def choose_by_margin(contenders: tuple[Contender, ...], margin: float) -> tuple[Contender, float | None, str]:
    """The published rule on Ward's best cut and HDBSCAN, if it competes; the winner's silhouette; and why.

    Equal to the margin, HDBSCAN loses.
    """
    by_algorithm: Mapping[str, Contender] = {contender.candidate.algorithm: contender for contender in contenders}
    ward = by_algorithm["ward"]
    ours = ward.candidate.silhouette
    assert ours is not None  # a cut has at least two clusters
    best_cut = f"Ward with {ward.candidate.clusters} clusters (silhouette {ours:.4f})"
    if "hdbscan" not in by_algorithm:
        return ward, ours, f"{best_cut} wins: HDBSCAN does not compete in a cohort of this size."
    hdbscan = by_algorithm["hdbscan"]
    theirs = hdbscan.candidate.silhouette
    if theirs is None:
        return ward, ours, f"{best_cut} wins: HDBSCAN found fewer than two clusters."
    rival = (
        f"HDBSCAN with {hdbscan.candidate.clusters} clusters "
        f"(silhouette {theirs:.4f} at {hdbscan.candidate.coverage:.1%} coverage)"
    )
    if round(theirs - ours, DECIMALS) > margin:
        return hdbscan, theirs, f"{rival} wins: it beats {best_cut} by more than {margin}."
    return ward, ours, f"{best_cut} wins: {rival} does not beat it by more than {margin}."


@dataclass(frozen=True)
class Limits:
    """What candidates of a cohort may be.

    clusters : fewest and most clusters.  smallest : points of the smallest.  with_hdbscan : whether it competes.
    """

    clusters: tuple[int, int]
    smallest: int
    with_hdbscan: bool


def limits_for(points: int, is_grouped: bool, rules: ClusteringRules) -> Limits:
    """The limits of a cohort of so many points. HDBSCAN cannot weigh points, and sits out where they are grouped."""
    with_hdbscan = points >= rules.ward_only_below and not is_grouped
    if rules.selection == "silhouette_margin":
        return Limits((rules.min_clusters, rules.max_clusters), rules.min_cluster_size, with_hdbscan)
    bound = max(ceil(sqrt(points)), min(FEW_CLUSTERS, points // FEWEST_POINTS))
    most = max(rules.min_clusters, min(rules.max_clusters, bound))
    return Limits(
        (rules.min_clusters, most), min(rules.min_cluster_size, max(2, round(sqrt(points) / 2))), with_hdbscan
    )


def make_candidates(space: Space, rules: ClusteringRules, limits: Limits) -> tuple[Candidate, ...]:
    """What each method finds best in a space; none for a method that could not cut it."""
    made: list[Candidate | None]
    if rules.selection == "silhouette_margin":
        made = [sweep_tree(space, "ward", "raw", limits.clusters)]
        if limits.with_hdbscan:
            made.append(hdbscan_candidate(space, "raw", limits.smallest))
    else:
        clusters, smallest, pieces = limits.clusters, limits.smallest, PIECES_PER_CLUSTER * limits.clusters[1]
        made = [
            sweep_tree(space, "ward", "raw", clusters, smallest, pieces),
            sweep_tree(space, "ward", "averaged", clusters, smallest, pieces),
            sweep_tree(space, "average", "averaged", clusters, smallest, pieces),
        ]
        if limits.with_hdbscan:
            made.append(hdbscan_candidate(space, "raw", smallest, clusters))
            made.append(hdbscan_candidate(space, "averaged", smallest, clusters))
    return tuple(candidate for candidate in made if candidate is not None)


def hold_competition(
    space: Space, candidates: tuple[Candidate, ...], rules: ClusteringRules, limits: Limits
) -> tuple[Contender, ...]:
    """Agreement and stability of every candidate that competes.

    space : where the candidates were found. Resamples are of its points, also where places are groups: of four fifths
    of them, or of as many as may be compared in pairs.
    """
    points = space.points
    able = {_method(candidate): candidate for candidate in candidates if candidate.coverage_score is not None}
    complete = {method: nearest_clusters(points, found.labels) for method, found in able.items()}
    rand_indices: dict[_Method, list[float]] = {method: [] for method in able}
    overlaps: dict[_Method, list[Floats]] = {method: [] for method in able}
    for taken in resample(points, rules.resamples, min(SHARE, rules.exact_points / len(points))):
        rows = np.flatnonzero(taken)
        if len(rows) <= limits.clusters[0]:
            continue
        known = None if space.is_grouped else space.places["raw"].distances[np.ix_(rows, rows)]
        sample = exact_space(points[rows], "averaged" in space.places, known, space.copies[rows], space.measure)
        again = {_method(found): found for found in make_candidates(sample, rules, limits)}
        for method, candidate in able.items():
            found = again.get(method)
            # A method that finds nothing to tell apart has put all into one cluster.
            labels = np.zeros_like(rows) if found is None or found.coverage_score is None else found.labels
            index = adjusted_rand_score(complete[method][rows], nearest_clusters(sample.points, labels))
            rand_indices[method].append(float(index))
            overlaps[method].append(jaccard_overlaps(candidate.labels[rows], labels, candidate.clusters))
    contenders = []
    for candidate in candidates:
        method = _method(candidate)
        if method not in able:
            contenders.append(Contender(candidate))
            continue
        agreements = [
            float(adjusted_rand_score(complete[method], labels))
            for other, labels in complete.items()
            if other != method
        ]
        contenders.append(
            Contender(
                candidate,
                _mean(agreements),
                _mean(rand_indices[method]),
                _cluster_stability(overlaps[method], candidate.labels),
            )
        )
    return tuple(contenders)


def _method(candidate: Candidate) -> _Method:
    return candidate.algorithm, candidate.geometry


def _mean(values: list[float]) -> float | None:
    return round(float(np.mean(values)), DECIMALS) if values else None


def _cluster_stability(overlaps: list[Floats], labels: Labels) -> tuple[float | None, ...]:
    """Mean overlaps of the clusters; None for one that is too small, or was in no resample."""
    if not overlaps:
        return ()
    table = np.array(overlaps)
    known = ~np.isnan(table)
    sums, counts = np.where(known, table, 0).sum(axis=0), known.sum(axis=0)
    sizes = np.bincount(labels[labels >= 0])
    return tuple(
        round(float(total / count), DECIMALS) if count and size >= LEAST_MEASURED else None
        for total, count, size in zip(sums, counts, sizes, strict=True)
    )
