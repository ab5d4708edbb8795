"""A cue is found in the same texts by Python, DuckDB and BigQuery, whose engines of regular expressions differ."""

import duckdb
import pyarrow as pa
import pytest

from annotator_training.corpus import CORPUS, HELD_OUT, read_corpus
from creative_approaches.wording.cues import CUES, shows
from tests.support.googlesql.executor import numbers_of

EXAMPLES = [text for cue in CUES.values() for text in (*cue.shown_by, *cue.not_by)]
ADS = [f"{ad.headline} {ad.description}" for folder in (CORPUS, HELD_OUT) for ad in read_corpus(folder)]
CHUNK = 1_500  # texts that one query holds


@pytest.fixture(scope="module")
def texts() -> list[str]:
    return [*EXAMPLES, *(text.upper() for text in EXAMPLES), *ADS]


@pytest.fixture(scope="module")
def by_python(texts: list[str]) -> dict[str, list[int]]:
    return {name: [place for place, text in enumerate(texts) if shows(name, text)] for name in CUES}


def test_every_cue_stands_in_the_corpus(by_python: dict[str, list[int]]) -> None:
    assert min(len([place for place in places if place >= 2 * len(EXAMPLES)]) for places in by_python.values()) >= 50


def test_duckdb_finds_what_python_finds(texts: list[str], by_python: dict[str, list[int]]) -> None:
    read = pa.table({"place": range(len(texts)), "text": texts})
    with duckdb.connect() as connection:
        connection.register("read", read)
        found = {
            name: connection.execute(
                f"select place from read where regexp_matches(lower(text), '{cue.pattern}') order by place"
            ).fetchall()
            for name, cue in CUES.items()
        }
    assert {name: [place for (place,) in places] for name, places in found.items()} == by_python


def test_bigquery_finds_what_python_finds(texts: list[str], by_python: dict[str, list[int]]) -> None:
    found: dict[str, list[int]] = {name: [] for name in CUES}
    for start in range(0, len(texts), CHUNK):
        literals = ", ".join(_literal(text) for text in texts[start : start + CHUNK])
        columns = ", ".join(
            f"array(select place from read where regexp_contains(lower(text), r'{cue.pattern}') order by place)"
            for cue in CUES.values()
        )
        read = f"with read as (select text, place from unnest([{literals}]) as text with offset as place)"
        for name, places in zip(CUES, numbers_of(f"{read} select {columns}"), strict=True):
            found[name] += [start + place for place in places]
    assert found == by_python


def _literal(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
