"""Themes: clusters of clusters, for a cohort with more clusters than anyone reads."""

from typing import Final

import numpy as np

from creative_approaches.core.arrays import Labels
from creative_approaches.core.clustering.agglomeration import cut_tree, merge_tree
from creative_approaches.core.clustering.centroids import centroids
from creative_approaches.core.clustering.silhouette import distances_to_clusters, euclidean_distances, silhouettes
from creative_approaches.core.clustering.space import Space

FEWEST_SHARE: Final = 0.5  # of the most themes: fewer lines than that tell too little


def find_themes(space: Space, labels: Labels, most: int) -> Labels:
    """The theme of each cluster.

    labels : shape (points,), clusters 0 to k - 1, -1 for outliers.  most : themes allowed.
    Up to `most` clusters are a theme each. More are merged further, by Ward's method over their centroids with
    their sizes as weights. It grows the clusters' own tree on where Ward made them; average linkage and HDBSCAN have
    no tree above their clusters that outliers do not cut to pieces. Of the cuts into `most` themes to half as many
    the one with the best silhouette is taken, of equal ones that with fewer themes. Returns shape (k,), 0 to
    themes - 1.
    """
    clusters = int(labels.max()) + 1
    if clusters <= most:
        return np.arange(clusters)
    sizes = np.bincount(labels[labels >= 0]).astype(np.float64)
    tree = merge_tree(euclidean_distances(centroids(space.points, labels)), "ward", sizes)
    judged = labels[space.judges]
    rows = np.flatnonzero(judged >= 0)
    sums = distances_to_clusters(space.judged, judged, clusters)[rows]
    best, best_score = np.zeros(clusters, dtype=np.int64), -np.inf
    for themes in range(max(2, int(most * FEWEST_SHARE)), most + 1):
        theme_of_cluster, _ = cut_tree(tree, themes)
        merged = sums @ np.eye(themes)[theme_of_cluster]
        score = round(float(silhouettes(merged, theme_of_cluster[judged[rows]]).sum()), 9)
        if score > best_score:
            best, best_score = theme_of_cluster, score
    return best
