"""Train the offline annotator from the corpus: make annotator."""

import hashlib
from collections.abc import Sequence
from typing import Final

from annotator_training.corpus import FOLDER, Ad, fingerprint, read_corpus, read_taxonomy
from annotator_training.train import train_attribute
from creative_approaches.adapters.annotators.offline import WEIGHTS
from creative_approaches.adapters.annotators.sentence_encoder import encode_ads
from creative_approaches.adapters.universal_sentence_encoder import MODEL
from creative_approaches.core.annotating.reading import read_ad
from creative_approaches.core.annotating.taxonomy import Taxonomy
from creative_approaches.core.annotating.trait_model import TraitModel, word_features, wording_of

# What decides the weights besides the ads.
_SOURCES: Final = (
    FOLDER / "train.py",
    FOLDER.parent / "creative_approaches/core/annotating/reading.py",
    FOLDER.parent / "creative_approaches/core/annotating/trait_model.py",
)


def train(ads: Sequence[Ad], taxonomy: Taxonomy) -> TraitModel:
    """A model of the attributes that texts tell of, from all of these ads."""
    readings = [read_ad(ad.headline, ad.description) for ad in ads]
    vectors = encode_ads([(reading.headline, reading.description) for reading in readings])
    words = word_features([wording_of(reading.headline, reading.description) for reading in readings])
    attributes = {
        attribute.name: train_attribute(
            vectors, words, [ad.traits[attribute.name] for ad in ads], [value.name for value in attribute.values]
        )
        for attribute in taxonomy.of_medium("text").attributes
    }
    return TraitModel(attributes, model_version())


def model_version() -> str:
    """Changes with the ads, their labels, how they are learned and the encoder."""
    code = b"".join(path.read_bytes() for path in _SOURCES)
    return hashlib.sha256(f"{MODEL} {fingerprint()}".encode() + code).hexdigest()[:12]


if __name__ == "__main__":
    train(read_corpus(), read_taxonomy()).save(WEIGHTS)
