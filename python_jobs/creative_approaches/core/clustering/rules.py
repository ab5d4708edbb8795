"""How one cohort is clustered: the settings, and what no setting changes."""

from dataclasses import dataclass

from creative_approaches.core.clustering.space import Measure
from creative_approaches.settings import ClusteringSettings


@dataclass(frozen=True)
class ClusteringRules(ClusteringSettings):
    """How candidates are made and which one wins. docs/decisions.md says why the values that are given here are fixed.

    ward_only_below : HDBSCAN competes from this many points on.
    min_clusters : the fewest that a tree may be cut into, at least 2.
    silhouette_margin : what HDBSCAN's silhouette must beat Ward's by, under `selection` 'silhouette_margin'.
    resamples : how many resamples measure stability, 0 to 30.
    outlier_reach : an outlier joins the nearest cluster if its cosine distance from the centroid is no more than the
        median of the members' and so many of their median absolute deviations; 0: never. 'coverage' only.
    exact_points : points up to which every pair is compared.
    measure : the distances of the silhouettes that choose the cuts. 'coverage' only.

    Of the settings, `min_cluster_size` counts points: 'coverage' asks for no more than half the square root of the
    points, rounded, but for 2; 'silhouette_margin' asks it of HDBSCAN only. Where `collapse_identical` is false, each
    row weighs in the trees of Ward and average linkage and towards the smallest cluster; scores and HDBSCAN look at
    distinct points either way.
    """

    ward_only_below: int = 50
    min_clusters: int = 2
    silhouette_margin: float = 0.05
    resamples: int = 10
    outlier_reach: float = 3.0
    exact_points: int = 5_000
    measure: Measure = "raw"
