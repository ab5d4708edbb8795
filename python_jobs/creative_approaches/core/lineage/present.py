"""The clusters of the period that tracing is at."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from creative_approaches.core.lineage.cluster import Cluster
from creative_approaches.core.lineage.matching import Approach


@dataclass(frozen=True, eq=False)
class Present:
    """The clusters of one period, by their numbers, in the order of their least members."""

    index: int
    period: date
    clusters: Mapping[int, Cluster]
    cluster_of: Mapping[str, int]

    @classmethod
    def of(cls, index: int, period: date, clusters: Mapping[int, Cluster]) -> Self:
        """Index : the period's place among all periods.  clusters : by their numbers, in any order."""
        numbered = sorted(clusters.items(), key=lambda item: min(item[1].members))
        cluster_of = {member: number for number, cluster in numbered for member in cluster.members}
        return cls(index, period, dict(numbered), cluster_of)

    @property
    def clustered(self) -> frozenset[str]:
        """All creatives that are in a cluster."""
        return frozenset(self.cluster_of)

    def number(self, members: Iterable[str]) -> int:
        """The cluster that holds most of them, the first of equals."""
        counts = Counter(self.cluster_of[member] for member in members)
        return max((number for number in self.clusters if number in counts), key=lambda number: counts[number])

    def made_of(self, members: frozenset[str]) -> Cluster:
        """Members as a cluster. Its centroid is that of the cluster that it is most of; a lesser part has none."""
        most = self.clusters[self.number(members)]
        return (
            replace(most, members=members) if 2 * len(members & most.members) > len(most.members) else Cluster(members)
        )

    def gathered(self, approach_of: Mapping[str, str]) -> dict[str, Approach]:
        """The approaches by their ids, where each creative's is known."""
        members: dict[str, set[str]] = {}
        for version_key, approach_id in approach_of.items():
            members.setdefault(approach_id, set()).add(version_key)
        return {key: Approach(key, self.made_of(frozenset(part)), self.index) for key, part in members.items()}
