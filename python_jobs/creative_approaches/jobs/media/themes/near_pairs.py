"""The pairs of contents that may be one, as SQL finds them: some millions, held as numbers."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from creative_approaches.adapters.warehouses.port import Warehouse
from creative_approaches.core.arrays import Floats, Labels
from creative_approaches.tables import NEAR_PAIRS

NOT_KNOWN: Final = -1
_ROWS_AT_ONCE: Final = 500_000  # rows whose contents are held as texts
_EVIDENCE: Final = NEAR_PAIRS.only("match_rule", "match_in_words", "hash_kind", "distance", "fine_distance")


@dataclass(frozen=True)
class NearPairs:
    """One row per pair, in no particular order.

    content, neighbour : shape (m,), numbers of contents.  confidence : shape (m,), 0 to 1.
    kind : shape (m,), which rule found it; a lower number for the name that is first by the alphabet.
    evidence : of the pair, as it is written to table image_themes.
    """

    content: Labels
    neighbour: Labels
    confidence: Floats
    kind: Labels
    evidence: pa.Table


def read_near_pairs(warehouse: Warehouse, known: pa.ChunkedArray) -> NearPairs:
    """The pairs of contents that are known, by their places there. known : the SHA-256 of each content."""
    parts = []
    with warehouse.batches(NEAR_PAIRS) as batches:
        for rows in _together(batches):
            sides = [numbers_of(rows[column], known) for column in ("content_sha256", "neighbour_sha256")]
            both = (sides[0] != NOT_KNOWN) & (sides[1] != NOT_KNOWN)
            # Few texts are in very many rows.
            kept = rows.select([*_EVIDENCE.columns, "confidence"]).filter(pa.array(both))
            parts.append((sides[0][both], sides[1][both], _with_dictionaries(kept)))
    if not parts:
        nobody = np.empty(0, np.int64)
        return NearPairs(nobody, nobody, np.empty(0), nobody, _EVIDENCE.rows([]))
    content, neighbour, evidence = zip(*parts, strict=True)
    rows = pa.concat_tables(evidence).unify_dictionaries()
    rules = rows["match_rule"].combine_chunks()
    rank = pc.rank(rules.dictionary, tiebreaker="dense").to_numpy().astype(np.int64)
    return NearPairs(
        np.concatenate(content),
        np.concatenate(neighbour),
        rows["confidence"].to_numpy(),
        rank[rules.indices.to_numpy()],
        rows.drop_columns("confidence"),
    )


def numbers_of(contents: pa.ChunkedArray, known: pa.ChunkedArray) -> Labels:
    """The places of contents among those that are known; -1 where they are null or not there."""
    places = pc.fill_null(pc.index_in(contents, known, skip_nulls=True), NOT_KNOWN)
    numbers: Labels = places.to_numpy().astype(np.int64)
    return numbers


def _together(batches: Iterator[pa.Table]) -> Iterator[pa.Table]:
    """Some batches at a time, because to look contents up costs the same for few as for many."""
    waiting: list[pa.Table] = []
    for batch in batches:
        waiting.append(batch)
        if sum(rows.num_rows for rows in waiting) >= _ROWS_AT_ONCE:
            yield pa.concat_tables(waiting)
            waiting = []
    if waiting:
        yield pa.concat_tables(waiting)


def _with_dictionaries(rows: pa.Table) -> pa.Table:
    for place, field in enumerate(rows.schema):
        if pa.types.is_string(field.type):
            rows = rows.set_column(place, field.name, rows[field.name].dictionary_encode())
    return rows.combine_chunks()
