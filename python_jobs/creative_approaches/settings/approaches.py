"""How approaches are found, followed and tested."""

from dataclasses import dataclass
from typing import Literal

from creative_approaches.settings.schema import Group, setting

Selection = Literal["coverage", "silhouette_margin"]
TagFamily = Literal["approach", "cohort"]


@dataclass(frozen=True)
class ClusteringSettings(Group):
    """How the creatives of a cohort and period are clustered. Identical texts are one, unless you say otherwise."""

    title = "Clusters"

    selection: Selection = setting(
        "coverage",
        "Which clustering wins; `coverage`: the one that the others agree with and that resamples find again, each "
        "scored over all texts; `silhouette_margin`: the published rule, HDBSCAN if its silhouette over what it kept "
        "beats Ward's.",
    )
    max_clusters: int = setting(
        120,
        "Most clusters that a sweep tries. `coverage` also keeps to the square root of the distinct texts, rounded up, "
        "or to one for four texts while that is no more than ten; 30 suits `silhouette_margin`.",
        least=2,
        most=500,
    )
    min_cluster_size: int = setting(
        5, "Size of the smallest cluster. `coverage` asks fewer of cohorts under 82.", unit="distinct texts", least=2
    )
    max_outlier_spend: float = setting(
        0.1,
        "`coverage` only: share of spend that outliers may hold. Beyond it, the nearest ones join a cluster.",
        least=0,
        most=1,
    )
    max_themes: int = setting(
        12,
        "A cohort with more approaches than this gets themes of approaches, at most so many.",
        least=2,
        most=500,
    )
    collapse_identical: bool = setting(
        True,
        "Identical texts count once; `false`: each creative that shows a text counts towards the sizes of clusters, so "
        "that twenty copies of one ad can form an approach.",
    )


@dataclass(frozen=True)
class LineageSettings(Group):
    """Which cluster continues which approach from period to period."""

    title = "Approaches over time"

    continue_overlap: float = setting(
        0.40,
        "Jaccard overlap of members, or of those present in both periods, from which a cluster continues an approach.",
        above=0,
        most=1,
    )
    continue_within: float = setting(
        0.8,
        "Distance of the centroids below which the members present in both periods are believed, against what "
        "neighbouring approaches of one period typically are apart.",
        unit="times that distance",
        least=0,
        most=10,
    )
    theme_within: float = setting(
        0.64,
        "Distance of the centroids below which they alone decide, where hardly any member is present in both periods, "
        "against that of the nearest other approach of either period; `0`: they never do.",
        unit="times that distance",
        least=0,
        most=1,
    )
    rolling_periods: int = setting(
        4,
        "Periods after its last activity in which an approach can come back.",
        unit="periods",
        least=1,
        most=366,
    )


@dataclass(frozen=True)
class TagTestSettings(Group):
    """Which tags and traits set an approach apart."""

    title = "Tag tests"

    tag_max_q: float = setting(
        0.05, "False discovery rate at which a tag or a trait is called discriminating.", above=0, most=1
    )
    tag_min_support: int = setting(
        5,
        "Creatives of a cohort and period that must carry a tag, or have a trait, for it to be tested.",
        unit="creatives",
        least=1,
    )
    tag_family: TagFamily = setting(
        "approach",
        "The tests that share a false discovery rate, tags and traits apart; `approach`: those of one approach and "
        "period; `cohort`: those of all its approaches.",
    )
