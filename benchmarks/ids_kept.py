"""How many ads keep the id of their approach from week to week, on real headlines in spaces of unlike distances.

The headlines are those of the Upworthy Research Archive, each from the week of its test on and for as many weeks as
chance gives it: of those of a week, seven in ten are there in the next.
"""

import csv
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from typing import Any, Final

import numpy as np
import pyarrow.parquet as pq
from scipy.optimize import linear_sum_assignment

from benchmarks.lineage import Ids, ids_of, published_ids
from creative_approaches.adapters.annotators.offline import OfflineAnnotator
from creative_approaches.adapters.annotators.port import Content
from creative_approaches.core.annotating.taxonomy import Taxonomy
from creative_approaches.core.annotating.trait_space import trait_vectors
from creative_approaches.core.arrays import Floats, Labels
from creative_approaches.core.clustering.cohort import cluster_vectors
from creative_approaches.core.clustering.rules import ClusteringRules
from creative_approaches.core.embedding.offline import embed_texts
from creative_approaches.core.embedding.space import EmbeddingSpace
from creative_approaches.core.lineage.cluster import Cluster
from creative_approaches.core.lineage.matching import LineageRules
from creative_approaches.core.lineage.trace import trace_lineage
from tests.integration.raw.test_real_data import DATA
from tests.support.paths import REPOSITORY
from tests.support.worlds.simulated_lineage import History

HEADLINES: Final = DATA / "upworthy"
TAXONOMY: Final = REPOSITORY / "seeds" / "creative_traits.csv"
WEEKS: Final = 48
STAY: Final = 0.7
FIRST_TEST: Final = 201325  # the weeks before have few
MOVED: Final = 2  # members that stay when all others change: the fewest that count as evidence
COME: Final = 8  # the fewest others that follow, so that those who stay are a fifth at most

_Numbered = Mapping[int, Labels]  # the rows of each cluster


@dataclass(frozen=True, eq=False)
class _Ads:
    """Texts, the week in which each is first there, and in how many weeks it is."""

    texts: Sequence[str]
    vectors: Floats  # by MiniLM
    first: Labels
    weeks: Labels

    def of_week(self, week: int) -> Labels:
        """The rows of those that are there."""
        return np.flatnonzero((self.first <= week) & (week < self.first + self.weeks))


def ids_kept() -> Iterator[dict[str, Any]]:
    """Ours beside the published rule. Nothing where the data is missing.

    kept : of the ads that are in a cluster in two weeks in a row, the share whose approach keeps its id.
    possible : the same if ids were given so that most ads kept theirs, one-to-one, week by week.
    changed_theme, same_theme : a cluster of one week is followed by one with two of its members, who are a fifth of
        it at most; the rest is of another cluster, or of the same. Of such pairs, the share in which the id goes on.
    """
    if not HEADLINES.is_dir():
        print(f"ids_kept: no data at {HEADLINES}", file=sys.stderr)
        return
    spaces: dict[str, Callable[[_Ads], Floats]] = {
        "offline text": lambda ads: embed_texts(ads.texts, 768),
        "MiniLM": lambda ads: ads.vectors,
        "traits": lambda ads: _traits(ads.texts),
    }
    ads, rules, reached = _ads(), LineageRules(), []
    for space, vectors_of in spaces.items():
        vectors = vectors_of(ads)
        weeks = [_clustered(vectors, ads.of_week(week)) for week in range(WEEKS)]
        dates = [date(2024, 1, 1) + timedelta(weeks=week) for week in range(WEEKS)]
        history = History(
            dates,
            {
                day: {number: _cluster(vectors, rows) for number, rows in numbered.items()}
                for day, numbered in zip(dates, weeks, strict=True)
            },
        )
        kept, possible = _kept(history, ids_of(trace_lineage("headlines", dates, history.clusters, rules)))
        published, _ = _kept(history, published_ids(history))
        yield {"method": "published", "space": space, "n": len(ads.texts), "kept": round(published, 4)}
        figures = {"space": space, "n": len(ads.texts), "kept": round(kept, 4), "possible": round(possible, 4)}
        same, changed = _followed(vectors, weeks, rules)
        yield {**figures, "same_theme": round(same, 4), "changed_theme": round(changed, 4)}
        reached.append({"kept_of_possible": kept / possible, "changed_theme": changed})
    yield {
        "kept_of_possible": round(min(found["kept_of_possible"] for found in reached), 4),
        "changed_theme": round(max(found["changed_theme"] for found in reached), 4),
        "summary": True,
    }


@cache
def _ads() -> _Ads:
    tests = pq.read_table(HEADLINES / "upworthy_clean.parquet", columns=["headline", "test_week"])
    week_of: dict[str, int] = {}
    for row in tests.to_pylist():
        week_of[row["headline"]] = min(row["test_week"], week_of.get(row["headline"], row["test_week"]))
    stored = pq.read_table(HEADLINES / "headline_minilm.parquet")
    texts = stored["text"].to_pylist()
    weeks = np.array([week_of[text] for text in texts])
    chosen = np.unique(weeks[weeks >= FIRST_TEST])[:WEEKS]
    rows = np.flatnonzero(np.isin(weeks, chosen))
    embeddings = stored["embedding"].combine_chunks().flatten().to_numpy(zero_copy_only=False)
    vectors = embeddings.reshape(len(texts), -1)[rows].astype(np.float64)
    return _Ads(
        [texts[row] for row in rows],
        vectors / np.linalg.norm(vectors, axis=1, keepdims=True),
        np.searchsorted(chosen, weeks[rows]),
        np.random.default_rng(0).geometric(1 - STAY, len(rows)),
    )


def _traits(texts: Sequence[str]) -> Floats:
    with TAXONOMY.open(encoding="utf-8", newline="") as file:
        taxonomy = OfflineAnnotator.known(Taxonomy.of(csv.DictReader(file)))
    probabilities = OfflineAnnotator(taxonomy).annotate([Content(text, None) for text in texts]).probabilities
    return trait_vectors(probabilities, taxonomy)


def _clustered(vectors: Floats, rows: Labels) -> _Numbered:
    found = cluster_vectors(vectors[rows], ClusteringRules())
    return {number: rows[found.labels == number] for number in range(len(found.centroids))}


def _cluster(vectors: Floats, rows: Labels) -> Cluster:
    mean = vectors[rows].mean(axis=0)
    length = float(np.linalg.norm(mean))
    space = EmbeddingSpace("model", "backend", vectors.shape[1])
    return Cluster(frozenset(f"ad {row}" for row in rows), mean / length, space, 1 - length)


def _kept(history: History, ids: Ids) -> tuple[float, float]:
    kept = possible = both = 0
    for before, now in pairwise(history.periods):
        shared = np.array(
            [
                [len(old.members & new.members) for new in history.clusters[now].values()]
                for old in history.clusters[before].values()
            ]
        )
        goes_on = np.array(
            [[ids[before, old] == ids[now, new] for new in history.clusters[now]] for old in history.clusters[before]]
        )
        kept += int(shared[goes_on].sum())
        possible += int(shared[linear_sum_assignment(shared, maximize=True)].sum())
        both += int(shared.sum())
    return kept / both, possible / both


def _followed(vectors: Floats, weeks: Sequence[_Numbered], rules: LineageRules) -> tuple[float, float]:
    """Shares of the followers of the same and of another theme that take the id."""
    rng = np.random.default_rng(0)
    same, changed = [], []
    for numbered in weeks[::4]:
        for number, members in numbered.items():
            others = [rows for other, rows in numbered.items() if other != number]
            left, come = np.array_split(rng.permutation(members)[MOVED:], 2)
            moved = np.setdiff1d(members, np.r_[left, come])
            large = [place for place, rows in enumerate(others) if len(rows) >= COME]
            if len(come) < COME or not large:
                continue
            before = [_cluster(vectors, rows) for rows in (np.r_[moved, left], *others)]
            now = [_cluster(vectors, rows) for rows in (np.r_[moved, come], *others)]
            same.append(_goes_on(before, now, rules))
            other = int(rng.choice(large))
            del before[1 + other], now[1 + other]
            now[0] = _cluster(vectors, np.r_[moved, rng.permutation(others[other])[: len(come)]])
            changed.append(_goes_on(before, now, rules))
    return float(np.mean(same)), float(np.mean(changed))


def _goes_on(before: Sequence[Cluster], now: Sequence[Cluster], rules: LineageRules) -> bool:
    """Whether the first of now continues the first of before."""
    weeks = [date(2024, 1, 1), date(2024, 1, 8)]
    clusters = {week: dict(enumerate(found)) for week, found in zip(weeks, (before, now), strict=True)}
    ids = ids_of(trace_lineage("headlines", weeks, clusters, rules))
    return ids[weeks[0], 0] == ids[weeks[1], 0]
