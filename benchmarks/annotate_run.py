"""Contents that the offline annotator reads: prints texts per second, the peak memory in MB and how many are wrong."""

import json
import resource
import sys
import time

import numpy as np

from annotator_training.corpus import read_taxonomy
from benchmarks.annotate import SEED, varied_contents
from creative_approaches.adapters.annotators.offline import OfflineAnnotator
from creative_approaches.core.annotating.annotation import PROBABILITY_DECIMALS
from creative_approaches.core.arrays import Floats
from creative_approaches.jobs.chunks import INSTANT_CHUNK

AGAIN = 500  # contents that are read once more, in another order and other company

contents = varied_contents(int(sys.argv[1]))
taxonomy = OfflineAnnotator.known(read_taxonomy())
start = time.perf_counter()
annotator = OfflineAnnotator(taxonomy)
chunks = (contents[place : place + INSTANT_CHUNK] for place in range(0, len(contents), INSTANT_CHUNK))
found: Floats = np.vstack([annotator.annotate(chunk).probabilities for chunk in chunks])
seconds = time.perf_counter() - start
peak_kb = sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))

step = 10.0**-PROBABILITY_DECIMALS
sums = np.stack([found[:, place].sum(axis=1) for _, place in taxonomy.columns()])
is_whole = (np.abs(sums - 1) < step * taxonomy.size).all(axis=0)  # false for nan
again = np.random.default_rng(SEED).choice(len(contents), min(AGAIN, len(contents)), replace=False)
alone = annotator.annotate([contents[number] for number in again]).probabilities
is_whole[again] &= (np.abs(alone - found[again]) < 1.5 * step).all(axis=1)
print(
    json.dumps(
        {
            "seconds": round(seconds, 1),
            "texts_per_second": round(len(contents) / seconds),
            "peak_mb": round(peak_kb / 1024),
            "distinct_share": round(len(set(contents)) / len(contents), 4),
            "wrong": int((~is_whole).sum()),
        }
    )
)
