"""Which creative belongs to which approach: cluster assignments joined with the members of approaches."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from creative_approaches.adapters.warehouses.port import Warehouse
from creative_approaches.errors import DataError
from creative_approaches.tables import APPROACH_MEMBERS, APPROACH_SNAPSHOTS, CLUSTER_ASSIGNMENTS, CLUSTER_RUNS


@dataclass(frozen=True)
class AssignedCreative:
    """A content of a creative that was clustered; an outlier has neither approach nor distance."""

    version_key: str
    creative_key: str
    approach_id: str | None
    distance_to_centroid: float | None


@dataclass(frozen=True)
class AssignedPeriod:
    """The clustered creatives of one cohort and period, in the order of their keys; there may be none.

    tags_embedded : whether given tags were part of the texts that were clustered.
    traits_embedded : whether it is traits that were clustered, alone or beside texts.
    """

    cohort_id: str
    period_start: date
    creatives: list[AssignedCreative]
    tags_embedded: bool
    traits_embedded: bool

    def members(self) -> dict[str, list[AssignedCreative]]:
        """The members of each approach, nearest to the centroid first, approaches in the order of their ids."""
        members: dict[str, list[AssignedCreative]] = {}
        for creative in self.creatives:
            if creative.approach_id is not None:
                members.setdefault(creative.approach_id, []).append(creative)
        return {
            approach_id: sorted(members[approach_id], key=lambda c: (c.distance_to_centroid or 0.0, c.version_key))
            for approach_id in sorted(members)
        }


def read_assigned(warehouse: Warehouse) -> list[AssignedPeriod]:
    """All cohorts and periods in order, without creatives that could not be clustered.

    Raises DataError if clusters are newer than their approaches.
    """
    runs = {(row["cohort_id"], row["period_start"]): row for row in warehouse.read(CLUSTER_RUNS).to_pylist()}
    tracked = {
        (row["cohort_id"], row["period_start"], row["approach_id"])
        for row in warehouse.read(APPROACH_SNAPSHOTS).to_pylist()
        if row["cluster"] is not None
        and row["cluster_input_hash"] == runs.get((row["cohort_id"], row["period_start"]), {}).get("input_hash")
    }
    approach_of = {
        (row["cohort_id"], row["period_start"], row["version_key"]): row["approach_id"]
        for row in warehouse.read(
            APPROACH_MEMBERS.only("cohort_id", "period_start", "version_key", "approach_id")
        ).to_pylist()
        if (row["cohort_id"], row["period_start"], row["approach_id"]) in tracked
    }
    periods = []
    rows = warehouse.read(CLUSTER_ASSIGNMENTS).to_pylist()
    for (cohort_id, period_start), group in groupby(rows, key=lambda row: (row["cohort_id"], row["period_start"])):
        creatives = []
        for row in group:
            if row["reason"] is not None:
                continue
            key = (cohort_id, period_start, row["version_key"])
            approach_id = None if row["is_outlier"] else approach_of.get(key)
            if approach_id is None and not row["is_outlier"]:
                raise DataError(
                    f"Cluster {row['cluster']} of cohort {cohort_id} in {period_start} has no approach yet. "
                    "Run first: approaches track"
                )
            creatives.append(
                AssignedCreative(row["version_key"], row["creative_key"], approach_id, row["distance_to_centroid"])
            )
        run = runs[cohort_id, period_start]
        traits_embedded = run["embed_source"] in ("traits", "both")
        periods.append(AssignedPeriod(cohort_id, period_start, creatives, run["tags_embedded"], traits_embedded))
    return periods
