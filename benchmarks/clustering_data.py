"""What the benchmarks of clustering cluster: cohorts of real labelled texts, and made vectors of any number."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from creative_approaches.core.arrays import Floats, Labels
from tests.integration.raw.test_real_data import DATA

BANKING: Final = DATA / "banking77"
DIMENSIONS: Final = 768
EVENNESS: Final = 1.5  # parameter of the Dirichlet distribution of the groups' shares
BLOCK: Final = 10_000  # rows that are made at once, so that making them takes no memory to speak of


@dataclass(frozen=True, eq=False)
class LabelledVectors:
    """Unit vectors, float64, shape (n, d), and the group that each belongs to, 0 and up, shape (n,)."""

    vectors: Floats
    groups: Labels


def has_banking(benchmark: str) -> bool:
    """Whether the labelled texts are there; if not, a note on standard error says so."""
    is_there = BANKING.is_dir()
    if not is_there:
        print(f"{benchmark}: no data at {BANKING}", file=sys.stderr)
    return is_there


@cache
def banking() -> LabelledVectors:
    """The 13,083 questions of customers to a bank, in 77 intents (Casanueva et al. 2020), as MiniLM vectors."""
    newlines = pa_csv.ParseOptions(newlines_in_values=True)
    csvs = (pa_csv.read_csv(BANKING / name, parse_options=newlines) for name in ("train.csv", "test.csv"))
    category = {row["text"]: row["category"] for table in csvs for row in table.to_pylist()}
    table = pq.read_table(BANKING / "text_minilm.parquet")
    stored = table["embedding"].combine_chunks()
    vectors = stored.flatten().to_numpy(zero_copy_only=False).reshape(len(stored), -1).astype(np.float64)
    groups = pa.array([category[text] for text in table["text"].to_pylist()]).dictionary_encode().indices
    return LabelledVectors(_unit(vectors), groups.to_numpy().astype(np.int64))


def banking_cohort(size: int, groups: int, seed: int) -> LabelledVectors:
    """About `size` questions of some intents of uneven size: an intent has only so many questions."""
    everything = banking()
    rng = np.random.default_rng([size, seed])
    chosen = rng.choice(int(everything.groups.max()) + 1, groups, replace=False)
    wanted = rng.multinomial(size, rng.dirichlet(np.full(groups, EVENNESS)))
    rows = []
    for group, count in zip(chosen, wanted, strict=True):
        available = np.flatnonzero(everything.groups == group)
        rows.append(rng.choice(available, np.clip(count, 1, len(available)), replace=False))
    taken = np.concatenate(rows)
    return LabelledVectors(everything.vectors[taken], everything.groups[taken])


def grouped_vectors(rows: int, groups: int) -> Floats:
    """Made vectors of 768 dimensions, around the centres of groups of uneven size. Fewer rows are the first of more."""
    rng = np.random.default_rng([groups])
    centres = _unit(rng.normal(size=(groups, DIMENSIONS)))
    shares = rng.dirichlet(np.full(groups, EVENNESS))

    def block(rng: np.random.Generator) -> Floats:
        of_group = rng.choice(groups, BLOCK, p=shares)
        return centres[of_group] + _noise(rng, length=1.2)

    return _in_blocks(rows, block)


def repeated_banking(rows: int) -> Floats:
    """The questions, drawn with replacement, turned into 768 dimensions, each with noise of its own.

    The turn keeps all distances. The noise has a fifth of a vector's length; half of the questions have another one
    within two fifths. Fewer rows are the first of more.
    """
    questions = banking().vectors
    turn: Floats = np.linalg.qr(np.random.default_rng(0).normal(size=(DIMENSIONS, questions.shape[1])))[0].T

    def block(rng: np.random.Generator) -> Floats:
        drawn = questions[rng.choice(len(questions), BLOCK)]
        return drawn @ turn + _noise(rng, length=0.2)

    return _in_blocks(rows, block)


def _in_blocks(rows: int, block: Callable[[np.random.Generator], Floats]) -> Floats:
    vectors = np.empty((rows, DIMENSIONS))
    for start in range(0, rows, BLOCK):
        part = vectors[start : start + BLOCK]
        part[:] = _unit(block(np.random.default_rng(start))[: len(part)])
    return vectors


def _noise(rng: np.random.Generator, length: float) -> Floats:
    return rng.normal(scale=length / DIMENSIONS**0.5, size=(BLOCK, DIMENSIONS))


def _unit(vectors: Floats) -> Floats:
    unit: Floats = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit
