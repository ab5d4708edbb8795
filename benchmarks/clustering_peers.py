"""How others cluster vectors, written as anyone would with the packages' own calls. Labels are -1 for outliers."""

import warnings
from typing import Final

import hdbscan
import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import pdist, squareform
from sklearn.cluster import AgglomerativeClustering
from sklearn.metrics import silhouette_score

from creative_approaches.core.arrays import Floats, Labels

MOST_CLUSTERS: Final = 60


def plain_ward(vectors: Floats) -> Labels:
    """Ward's tree, cut where the silhouette is best, at 2 to 60 clusters or half of the points."""
    distances = pdist(vectors)
    tree, square = linkage(distances, "ward"), squareform(distances)
    cuts = [fcluster(tree, k, "maxclust") for k in range(2, min(MOST_CLUSTERS, len(vectors) // 2) + 1)]
    best: Labels = max(cuts, key=lambda labels: silhouette_score(square, labels, metric="precomputed"))
    return best


def plain_hdbscan(vectors: Floats) -> Labels:
    """HDBSCAN as its package comes, with clusters of at least 5."""
    labels: Labels = hdbscan.HDBSCAN(min_cluster_size=5).fit_predict(vectors)
    return labels


def bertopic(vectors: Floats) -> Labels:
    """The steps of BERTopic that group texts whose vectors are known: UMAP to 5 dimensions, then HDBSCAN.

    The parameters are its defaults, of which its page "Hyperparameter Tuning" tells the most important
    (https://maartengr.github.io/BERTopic/getting_started/parameter%20tuning/parametertuning.html). The seed is the one
    difference: without it, no two runs give the same topics, and UMAP takes all cores.
    """
    import umap  # of the extra `bench` alone; loading it takes seconds

    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="n_jobs value")  # what the seed does to UMAP
        reduced = umap.UMAP(
            n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", low_memory=False, random_state=42
        ).fit_transform(vectors)
    model = hdbscan.HDBSCAN(
        min_cluster_size=10, metric="euclidean", cluster_selection_method="eom", prediction_data=True
    )
    labels: Labels = model.fit_predict(reduced)
    return labels


def refitted_ward(vectors: Floats, min_clusters: int, max_clusters: int) -> Labels:
    """The cut of Ward's tree with the best silhouette: the tree and the silhouette anew for each number of clusters."""
    best, best_score = np.zeros(len(vectors), dtype=np.int64), -np.inf
    for clusters in range(min_clusters, max_clusters + 1):
        labels = AgglomerativeClustering(n_clusters=clusters, linkage="ward").fit_predict(vectors)
        score = silhouette_score(vectors, labels)
        if score > best_score:
            best, best_score = labels, score
    return best
