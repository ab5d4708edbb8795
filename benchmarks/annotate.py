"""How fast the offline annotator reads, and in how much memory, on ads that are varied from its corpus."""

import json
import random
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, Final

from annotator_training.corpus import Ad, read_corpus
from benchmarks.figures import WrongResultError
from creative_approaches.adapters.annotators.port import Content

TEXTS: Final = 100_000
SEED: Final = 11


def annotate() -> Iterator[dict[str, Any]]:
    """100,000 contents, read in the job's own chunks by a process of its own.

    texts_per_second : with the start of the model.  peak_mb : of the process and those that it started.
    wrong : contents whose probabilities are none, do not add up to 1, or are others when they are read among others.
    """
    finished = subprocess.run(
        [sys.executable, "-m", "benchmarks.annotate_run", str(TEXTS)], check=True, capture_output=True, text=True
    )
    figures = json.loads(finished.stdout)
    yield {"n": TEXTS, **figures, "summary": True}
    if figures["wrong"]:
        raise WrongResultError(f"{figures['wrong']:,} of {TEXTS:,} contents are read wrong")


def varied_contents(number: int) -> list[Content]:
    """So many ads of the corpus, each with a word of another ad of its language put into either text."""
    ads = read_corpus()
    words: dict[str, list[str]] = defaultdict(list)
    for ad in ads:
        words[ad.language] += f"{ad.headline} {ad.description}".split()
    chance = random.Random(SEED)
    return [_varied(ads[n % len(ads)], words, chance) for n in range(number)]


def _varied(ad: Ad, words: dict[str, list[str]], chance: random.Random) -> Content:
    headline, description = (
        _with(chance.choice(words[ad.language]), text, chance) for text in (ad.headline, ad.description)
    )
    return Content(headline, description)


def _with(word: str, text: str, chance: random.Random) -> str:
    if not text:
        return text
    found: Sequence[str] = text.split(" ")
    place = chance.randint(0, len(found))
    return " ".join([*found[:place], word, *found[place:]])
