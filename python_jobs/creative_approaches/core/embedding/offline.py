# ruff: noqa: SIM905  word lists read best as text
"""Embeddings of ad texts without a model: what the copy does weighs more than what it sells.

A vector has two blocks. The first has one dimension per concept of ad_concepts, so that two discounts are
close whatever is discounted and however it is worded. The rest holds hashed words and word pairs, so that
texts without known cues still find their like.
"""

import math
import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction import FeatureHasher

from creative_approaches.core.embedding.ad_concepts import CONCEPTS, find_concepts
from creative_approaches.core.words import ANY_STOP_WORD, UNSPACED, fold, words

MODEL: Final = "offline-lexical-v2"
MIN_DIMENSIONS: Final = 64

# The length of the concept block, when a text has one cue of full weight, against 1 for its words.
_CONCEPT_STRENGTH: Final = 2.0
# Weights of a word, a pair of neighbours, a part that only says where the ad runs, and a word's beginning.
_WORD, _PAIR, _DELIVERY, _PIECE = 1.0, 0.35, 0.15, 0.35
_PIECE_LENGTH: Final = 5
_ENDINGS: Final = (("ies", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("ly", ""), ("s", ""))

_STOP_WORDS: Final = frozenset(fold(word) for word in ANY_STOP_WORD)
_DELIVERY_WORDS: Final = frozenset(
    """
    image video carousel collection display banner text native story stories reel reels feed search shopping
    audio gif static single animated responsive slideshow playable vertical horizontal square landscape
    portrait placement format network audience instagram facebook messenger youtube tiktok pinterest
    linkedin twitter snapchat reddit google discover shorts instream in stream outstream explore right
    column top bumper app mobile desktop web marketplace sponsored ad ads photo pmax gdn
    """.split()
)
_SYMBOL: Final = re.compile(r"[^\w\s|]")


def embed_texts(texts: Sequence[str], dimensions: int) -> npt.NDArray[np.float64]:
    """Unit vectors of texts such as "headline | description | tags | format | placement".

    Returns float64, shape (len(texts), dimensions). A row depends on its own text alone, so that it may be
    cached; the same text gives the same row on every machine. Raises ValueError for less than 64 dimensions
    and for texts without content.
    """
    if dimensions < MIN_DIMENSIONS:
        raise ValueError(f"dimensions must be at least {MIN_DIMENSIONS}, not {dimensions}")
    for index, text in enumerate(texts):
        if not text.strip():
            raise ValueError(f"text {index} is empty")
    vectors = np.zeros((len(texts), dimensions))
    if not texts:
        return vectors
    parts = [text.split(" | ") for text in texts]
    for row, copy in enumerate(parts):
        for concept, strength in _concept_strengths(copy):
            vectors[row, concept] = strength
    vectors[:, len(CONCEPTS) :] = _lexical_block(parts, dimensions - len(CONCEPTS))
    return _unit_rows(vectors)


def _is_delivery(position: int, part: str) -> bool:
    """Whether a part only says where and in which format the ad runs; the first part is always copy."""
    tokens = words(fold(part))
    return position > 0 and bool(tokens) and _DELIVERY_WORDS.issuperset(tokens)


def _concept_strengths(parts: Sequence[str]) -> list[tuple[int, float]]:
    """Concepts of a text with their strengths: present or not, so that length hardly counts."""
    copy = (part for position, part in enumerate(parts) if not _is_delivery(position, part))
    found = find_concepts(" | ".join(copy))
    length = math.sqrt(math.fsum(CONCEPTS[index].weight ** 2 for index in found))
    # The block grows with the root of its length: three cues say more than one, but not three times as much.
    scale = _CONCEPT_STRENGTH / math.sqrt(max(1.0, length))
    return [(index, scale * CONCEPTS[index].weight) for index in found]


def _lexical_block(parts: Sequence[Sequence[str]], dimensions: int) -> npt.NDArray[np.float64]:
    hasher = FeatureHasher(dimensions, input_type="pair")
    hashed = hasher.transform(_token_weights([fold(part) for part in copy]).items() for copy in parts)
    return _unit_rows(np.asarray(hashed.toarray(), dtype=np.float64))


def _unit_rows(vectors: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    # Exactly rounded sums: numpy's own order of addition differs between processors.
    for row in vectors:
        length = math.sqrt(math.fsum(row[row != 0] ** 2))
        if length > 0:
            row /= length
        else:  # nothing known, or everything cancelled out
            row[-1] = 1.0
    return vectors


def _token_weights(parts: Sequence[str]) -> dict[str, float]:
    """Weight of each word, word pair and piece of a text; repetitions count with their square root."""
    squares: dict[str, float] = defaultdict(float)
    for position, part in enumerate(parts):
        tokens = words(part)
        if _is_delivery(position, part):
            squares[" ".join(tokens)] += _DELIVERY**2
            continue
        stems: list[str] = []
        for token in tokens:
            if UNSPACED.fullmatch(token):
                for piece in _pieces(token):
                    squares[piece] += _WORD**2
            elif token not in _STOP_WORDS:
                stems.append(word_stem(token))
        for stem in stems:
            squares[stem] += _WORD**2
            if len(stem) > _PIECE_LENGTH:
                squares[stem[:_PIECE_LENGTH] + "*"] += _PIECE**2
        for pair in pairwise(stems):
            squares[" ".join(pair)] += _PAIR**2
    if not squares:  # only stop words, emoji or punctuation
        text = " ".join(parts)
        for token in words(text) or _SYMBOL.findall(text):
            squares[token] += _WORD**2
    return {token: math.sqrt(square) for token, square in squares.items()}


def _pieces(run: str) -> list[str]:
    return [run[start : start + 2] for start in range(max(1, len(run) - 1))]


def word_stem(word: str) -> str:
    """An English word without its commonest ending; other words mostly as they are."""
    if not word.isascii() or len(word) < 4 or word.endswith(("ss", "us", "is")):
        return word
    for ending, replacement in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            stem = word.removesuffix(ending) + replacement
            if ending in ("ing", "ed") and stem[-1] == stem[-2] and stem[-1] not in "ls":
                stem = stem[:-1]
            return stem.removesuffix("e") if len(stem) > 4 else stem
    return word.removesuffix("e") if len(word) > 4 else word
