"""Methods compete for the clusters of a cohort: what each found, how it fared, and which one wins."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, sqrt
from typing import Any, Final

import numpy as np

from creative_approaches.core.candidates import Candidate, Space, hdbscan_candidate, make_space, sweep_tree
from creative_approaches.core.centroids import nearest_clusters
from creative_approaches.core.clustering_rules import ClusteringRules
from creative_approaches.core.neighbourhood import average_neighbours
from creative_approaches.core.silhouette import DECIMALS, Floats, Labels
from creative_approaches.core.stability import adjusted_rand_index, jaccard_overlaps, resample

# Pieces of a tree per cluster that a sweep may reach, most of them outliers then. Six found nothing better.
PIECES_PER_CLUSTER: Final = 3


@dataclass(frozen=True, eq=False)
class Contender:
    """A candidate with what its method made of the resamples.

    agreement : mean adjusted Rand index with the other candidates, every outlier given to its nearest cluster; None
        for an only one.
    stability : mean adjusted Rand index with the same method on the resamples; None if not measured.
    cluster_stability : for each cluster its mean Jaccard overlap over the resamples, 0 to 1; None if not measured.
    """

    candidate: Candidate
    agreement: float | None = None
    stability: float | None = None
    cluster_stability: tuple[float | None, ...] = ()

    @property
    def score(self) -> float:
        """What candidates compete by under 'coverage': agreement times stability, as far as measured."""
        known = [value for value in (self.agreement, self.stability) if value is not None]
        return round(float(np.prod([max(value, 0.0) for value in known])), DECIMALS)

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
            "score": self.score,
            "agreement": self.agreement,
            "stability": self.stability,
            "sweep": {str(pieces): round(score, 6) for pieces, score in candidate.sweep},
        }


def choose_by_agreement(contenders: tuple[Contender, ...], rules: ClusteringRules) -> tuple[Contender, float, str]:
    """The contender of the highest agreement times stability, of equal ones the first; its score; and why."""
    able = [contender for contender in contenders if contender.candidate.coverage_score is not None]
    ranked = sorted(able, key=lambda contender: -contender.score)
    winner = ranked[0]
    name = f"{winner.candidate.name} with {winner.candidate.clusters} clusters"
    if len(ranked) == 1:
        return winner, winner.score, f"{name} wins: no other method found two clusters."
    others = ", ".join(f"{c.candidate.name} {c.candidate.clusters} ({c.score:.4f})" for c in ranked[1:])
    measured = [
        f"{measure} {value:.4f}"
        for measure, value in (("agreement with the others", winner.agreement), ("stability", winner.stability))
        if value is not None
    ]
    return winner, winner.score, f"{name} wins with {winner.score:.4f}: {' times '.join(measured)}. Others: {others}."


def choose_by_margin(contenders: tuple[Contender, ...], rules: ClusteringRules) -> tuple[Contender, float, str]:
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
    if round(theirs - ours, DECIMALS) > rules.silhouette_margin:
        return hdbscan, theirs, f"{rival} wins: it beats {best_cut} by more than {rules.silhouette_margin}."
    return ward, ours, f"{best_cut} wins: {rival} does not beat it by more than {rules.silhouette_margin}."


def averaged_vectors(points: Floats, weights: Floats, rules: ClusteringRules) -> Floats | None:
    """Vectors averaged over neighbours, if the rules have candidates on them."""
    return average_neighbours(points, weights) if rules.selection == "coverage" else None


def make_candidates(space: Space, rules: ClusteringRules, with_hdbscan: bool) -> tuple[Candidate, ...]:
    """What each method finds best in a space; none for a method that could not cut it."""
    if rules.selection == "silhouette_margin":
        made = [sweep_tree(space, "ward", "raw", (rules.min_clusters, rules.max_clusters))]
        if with_hdbscan:
            made.append(hdbscan_candidate(space, "raw", rules.min_cluster_size))
    else:
        root = sqrt(space.weights.sum())
        most = max(min(rules.max_clusters, ceil(root)), rules.min_clusters)
        smallest = min(rules.min_cluster_size, max(2, round(root / 2)))
        clusters, pieces = (rules.min_clusters, most), PIECES_PER_CLUSTER * most
        made = [
            sweep_tree(space, "ward", "raw", clusters, smallest, pieces),
            sweep_tree(space, "ward", "averaged", clusters, smallest, pieces),
            sweep_tree(space, "average", "averaged", clusters, smallest, pieces),
        ]
        if with_hdbscan:
            made += [hdbscan_candidate(space, "raw", smallest), hdbscan_candidate(space, "averaged", smallest)]
    return tuple(candidate for candidate in made if candidate is not None)


def hold_competition(
    space: Space, candidates: tuple[Candidate, ...], rules: ClusteringRules, with_hdbscan: bool
) -> tuple[Contender, ...]:
    """Agreement and stability of every candidate that found two clusters."""
    complete = {
        _method(candidate): nearest_clusters(space, candidate.labels)
        for candidate in candidates
        if candidate.coverage_score is not None
    }
    rand_indices: dict[tuple[str, str], list[float]] = {method: [] for method in complete}
    overlaps: dict[tuple[str, str], list[Floats]] = {method: [] for method in complete}
    for taken in resample(space.points, rules.resamples):
        rows = np.flatnonzero(taken)
        if len(rows) <= rules.min_clusters:
            continue
        sample = _sample(space, rows, rules)
        found = {_method(c): c for c in make_candidates(sample, rules, with_hdbscan) if c.coverage_score is not None}
        for method, labels in complete.items():
            again = nearest_clusters(sample, found[method].labels) if method in found else np.zeros_like(rows)
            rand_indices[method].append(adjusted_rand_index(labels[rows], again, sample.weights))
            overlaps[method].append(jaccard_overlaps(labels[rows], again, int(labels.max()) + 1, sample.weights))
    contenders = []
    for candidate in candidates:
        method = _method(candidate)
        if method not in complete:
            contenders.append(Contender(candidate))
            continue
        agreements = [
            adjusted_rand_index(complete[method], labels, space.weights)
            for other, labels in complete.items()
            if other != method
        ]
        contenders.append(
            Contender(candidate, _mean(agreements), _mean(rand_indices[method]), _column_means(overlaps[method]))
        )
    return tuple(contenders)


def _sample(space: Space, rows: Labels, rules: ClusteringRules) -> Space:
    points, weights = space.points[rows], space.weights[rows]
    averaged = averaged_vectors(points, weights, rules)
    return make_space(points, weights, averaged, space.distances[np.ix_(rows, rows)])


def _method(candidate: Candidate) -> tuple[str, str]:
    return candidate.algorithm, candidate.geometry


def _mean(values: list[float]) -> float | None:
    return round(float(np.mean(values)), DECIMALS) if values else None


def _column_means(rows: list[Floats]) -> tuple[float | None, ...]:
    """Means of columns without their nans; None for a column of nothing else."""
    if not rows:
        return ()
    table = np.array(rows)
    known = ~np.isnan(table)
    sums, counts = np.where(known, table, 0).sum(axis=0), known.sum(axis=0)
    return tuple(round(float(s / c), DECIMALS) if c else None for s, c in zip(sums, counts, strict=True))
