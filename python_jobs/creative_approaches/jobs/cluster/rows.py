"""What job cluster writes of a cohort and period: its run, its clusters, and where every creative went."""

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from math import fsum
from typing import Any, NamedTuple

import pyarrow as pa

from creative_approaches.core.clustering.cohort import Clustering


class Member(NamedTuple):
    """A content of a creative that has a vector.

    vector_key : what its vector is made of.  product : what is taken out of it; None where nothing is.
    spend_share : its part of the spend of the cohort and period, 0 to 1; None if nothing was spent.
    fault : why its vector cannot be used; None if it can.
    """

    version_key: str
    creative_key: str
    vector_key: str
    content_hash: str
    product: str | None
    tags_embedded: bool
    spend_share: float | None
    fault: str | None


@dataclass
class ClusterRows:
    """Rows of the three tables, and the cohorts and periods whose old rows they replace."""

    assignments: list[dict[str, Any]] = field(default_factory=list)
    clusters: list[dict[str, Any]] = field(default_factory=list)
    runs: list[dict[str, Any]] = field(default_factory=list)
    replaced: list[tuple[str, date]] = field(default_factory=list)

    def add(
        self, key: tuple[str, date], members: list[Member], found: Clustering | None, about: dict[str, Any]
    ) -> None:
        """Add what was found for a cohort and period.

        members : all of them.  found : its rows are the members without a fault, in their order; None if there are
        none.  about : the columns of the run that do not depend on what was found.
        """
        keys = dict(zip(("cohort_id", "period_start"), key, strict=True))
        assignments = [keys | row for row in _assignments(members, found)]
        self.assignments += assignments
        self.clusters += [keys | row for row in _clusters(members, assignments, found)]
        self.runs.append(keys | about | _run(members, assignments, found))
        self.replaced.append(key)

    def replaced_keys(self) -> pa.Table:
        """The replaced cohorts and periods as a table."""
        cohort_ids, period_starts = zip(*self.replaced, strict=True) if self.replaced else ((), ())
        return pa.table(
            {"cohort_id": pa.array(cohort_ids, pa.string()), "period_start": pa.array(period_starts, pa.date32())}
        )


def _assignments(members: list[Member], found: Clustering | None) -> list[dict[str, Any]]:
    outcomes = iter(
        ()
        if found is None
        else zip(found.labels.tolist(), found.attached.tolist(), found.distances.tolist(), strict=True)
    )
    rows = []
    for member in members:
        label, is_attached, distance = (None, False, None) if member.fault else next(outcomes)
        is_outlier = label == -1
        rows.append(
            {
                "version_key": member.version_key,
                "creative_key": member.creative_key,
                "cluster": None if is_outlier else label,
                "is_outlier": is_outlier,
                "is_attached": is_attached,
                "distance_to_centroid": None if is_outlier else distance,
                "reason": member.fault,
            }
        )
    return rows


def _clusters(
    members: list[Member], assignments: list[dict[str, Any]], found: Clustering | None
) -> list[dict[str, Any]]:
    if found is None:
        return []
    creatives = Counter(cluster for cluster, _ in {(row["cluster"], row["creative_key"]) for row in assignments})
    attached = Counter(
        cluster for cluster, _ in {(row["cluster"], row["creative_key"]) for row in assignments if row["is_attached"]}
    )
    contents = {(row["cluster"], member.content_hash) for row, member in zip(assignments, members, strict=True)}
    distinct_contents = Counter(cluster for cluster, _ in contents)
    of_cluster = zip(found.themes, found.cluster_stability, found.centroids.tolist(), strict=True)
    return [
        {
            "cluster": cluster,
            "theme": theme,
            "creatives": creatives[cluster],
            "attached": attached[cluster],
            "distinct_contents": distinct_contents[cluster],
            "stability": stability,
            "centroid": centroid,
        }
        for cluster, (theme, stability, centroid) in enumerate(of_cluster)
    ]


def _run(members: list[Member], assignments: list[dict[str, Any]], found: Clustering | None) -> dict[str, Any]:
    covered = [member for member, row in zip(members, assignments, strict=True) if row["cluster"] is not None]
    spend = fsum(member.spend_share or 0 for member in members)
    counts = {
        "creatives": len({member.creative_key for member in members}),
        "distinct_contents": len({member.content_hash for member in members}),
        "outliers": len({row["creative_key"] for row in assignments if row["is_outlier"]}),
        "attached": len({row["creative_key"] for row in assignments if row["is_attached"]}),
        "unusable": len({member.creative_key for member in members if member.fault is not None}),
        # What has no usable vector counts against both.
        "coverage": len(covered) / len(members),
        "spend_coverage": fsum(member.spend_share or 0 for member in covered) / spend if spend > 0 else None,
        "tags_embedded": any(member.tags_embedded for member in members),
    }
    if found is None:
        return counts | {
            "algorithm": "none",
            "reason": "No cluster: no creative has a vector that can be used.",
            "points": 0,
            "is_approximate": False,
            "clusters": 0,
            "themes": 0,
            "score": None,
            "stability": None,
            "candidates": "[]",
        }
    return counts | {
        "algorithm": found.algorithm,
        "reason": found.reason,
        "points": found.points,
        "is_approximate": found.is_approximate,
        "clusters": len(found.themes),
        "themes": len(set(found.themes)),
        "score": found.score,
        "stability": found.stability,
        "candidates": json.dumps([candidate.described() for candidate in found.candidates], sort_keys=True),
    }
