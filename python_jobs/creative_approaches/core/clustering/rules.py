"""How one cohort is clustered: every knob with its meaning."""

from dataclasses import dataclass
from typing import Literal

from creative_approaches.core.clustering.stability import MOST_RESAMPLES


@dataclass(frozen=True)
class ClusteringRules:
    """How candidates are made and which one wins.

    selection : 'coverage', our rule: each method sends its best cut by the silhouette of all points, outliers counted
        as 0, and the one wins that the others agree with and that resamples find again. 'silhouette_margin', the
        published rule: HDBSCAN wins if its silhouette over non-noise points beats Ward's by more than the margin.
    ward_only_below : HDBSCAN competes from this many points on.
    min_clusters, max_clusters : the numbers of clusters that a tree may be cut into, both included; at least 2.
        'coverage' goes no higher than the square root of the points, rounded up, and holds HDBSCAN to both as well.
    min_cluster_size : points of the smallest cluster, at least 2. 'coverage' asks for no more than half the square
        root of the points, rounded, but for 2; 'silhouette_margin' asks it of HDBSCAN only.
    silhouette_margin : what HDBSCAN's silhouette must beat Ward's by, under 'silhouette_margin'.
    resamples : how many resamples measure stability, 0 to 30.
    outlier_reach : an outlier joins the nearest cluster if its cosine distance from the centroid is no more than so
        many times that of the cluster's furthest member; 0: never. 'coverage' only, as the next.
    max_outlier_spend : share of the spend that outliers may hold; beyond it the nearest of them join clusters.
    max_themes : clusters above which there are themes of clusters, and the most of those.
    exact_points : points up to which every pair is compared.
    collapse_identical : whether equal rows count as one point. If not, each weighs in the trees of Ward and average
        linkage and towards the smallest cluster; scores and HDBSCAN look at distinct points either way.
    """

    selection: Literal["coverage", "silhouette_margin"]
    ward_only_below: int
    min_clusters: int
    max_clusters: int
    min_cluster_size: int
    silhouette_margin: float
    resamples: int
    outlier_reach: float
    max_outlier_spend: float
    max_themes: int
    exact_points: int
    collapse_identical: bool

    def __post_init__(self) -> None:
        """Refuse rules that no clustering can follow."""
        if self.selection not in ("coverage", "silhouette_margin"):
            raise ValueError(f"selection is 'coverage' or 'silhouette_margin', not {self.selection!r}")
        if not 2 <= self.min_clusters <= self.max_clusters:
            given = f"{self.min_clusters} and {self.max_clusters}"
            raise ValueError(f"2 <= min_clusters <= max_clusters is needed, got {given}")
        for name, least in (("min_cluster_size", 2), ("max_themes", 2), ("exact_points", 3), ("resamples", 0)):
            if getattr(self, name) < least:
                raise ValueError(f"{name} is at least {least}, got {getattr(self, name)}")
        if self.min_clusters >= self.exact_points:
            raise ValueError(f"min_clusters is below exact_points, got {self.min_clusters} and {self.exact_points}")
        if self.resamples > MOST_RESAMPLES:
            raise ValueError(f"resamples is at most {MOST_RESAMPLES}, got {self.resamples}")
