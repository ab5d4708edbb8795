"""What an earlier reading by another taxonomy said of attributes that are asked for today in the same words.

Table taxonomy_attributes holds what each version of the taxonomy asked, so that a changed taxonomy costs the attributes
that changed, and what was read by the old one stays readable.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from creative_approaches.adapters.warehouses.port import Change, Warehouse
from creative_approaches.core.annotating.taxonomy import Taxonomy
from creative_approaches.core.arrays import Floats
from creative_approaches.jobs.annotations import Reading
from creative_approaches.tables import ANNOTATORS, CREATIVE_ANNOTATIONS, TAXONOMY_ATTRIBUTES


@dataclass(frozen=True)
class Earlier:
    """An earlier version of the taxonomy that shares attributes with today's.

    places : where the probabilities of each shared attribute stand in its rows, by its name.
    asked : what is left to ask.
    """

    version: str
    places: Mapping[str, slice]
    asked: Taxonomy


@dataclass(frozen=True)
class TakenOver:
    """What was read of contents by an earlier taxonomy, by their hash: the row that it has."""

    rows: Mapping[str, Mapping[str, Any]]
    earlier: Earlier

    def whole(self, content_hash: str, probabilities: Floats, taxonomy: Taxonomy) -> Floats:
        """The probabilities of all of today's values. probabilities : of what was asked, shape (asked.size,)."""
        before = np.array(self.rows[content_hash]["probabilities"], dtype=np.float64)
        asked = {attribute.name: place for attribute, place in self.earlier.asked.columns()}
        found = np.empty(taxonomy.size)
        for attribute, place in taxonomy.columns():
            old = self.earlier.places.get(attribute.name)
            found[place] = probabilities[asked[attribute.name]] if old is None else before[old]
        return found


def note_reading(warehouse: Warehouse, reading: Reading) -> None:
    """Say in table annotators who reads now, and in taxonomy_attributes what is asked: SQL cannot know either."""
    taxonomy = reading.taxonomy
    now = {
        "annotator": reading.reader.annotator,
        "model": reading.reader.model,
        "backend": reading.reader.backend,
        "taxonomy_version": taxonomy.version,
        "attributes": ", ".join(attribute.name for attribute in taxonomy.attributes),
    }
    asked = [
        {
            "taxonomy_version": taxonomy.version,
            "attribute": attribute.name,
            "attribute_version": attribute.version,
            "medium": attribute.medium,
            "value_names": ", ".join(value.name for value in attribute.values),
        }
        for attribute in taxonomy.attributes
    ]
    changes = []
    if now not in warehouse.read(ANNOTATORS).to_pylist():
        changes.append(Change.of_keys(ANNOTATORS, ANNOTATORS.rows([now])))
    if taxonomy.version not in warehouse.read(TAXONOMY_ATTRIBUTES)["taxonomy_version"].to_pylist():
        changes.append(Change.of_new(TAXONOMY_ATTRIBUTES, TAXONOMY_ATTRIBUTES.rows(asked)))
    if changes:
        warehouse.write(*changes)


def find_earlier(warehouse: Warehouse, taxonomy: Taxonomy) -> list[Earlier]:
    """The earlier versions that share attributes with this taxonomy, the one that shares most of them first."""
    asked: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in warehouse.read(TAXONOMY_ATTRIBUTES).to_pylist():
        if row["taxonomy_version"] != taxonomy.version:
            asked[row["taxonomy_version"]].append(row)
    found = [_earlier(version, rows, taxonomy) for version, rows in asked.items()]
    return sorted((one for one in found if one.places), key=lambda one: (-len(one.places), one.version))


def read_taken_over(warehouse: Warehouse, reading: Reading, earlier: Earlier, hashes: Sequence[str]) -> TakenOver:
    """What this reader said of these contents by an earlier taxonomy."""
    rows = reading.rows_of(warehouse.read(CREATIVE_ANNOTATIONS), earlier.version)
    rows = rows.filter(pc.is_in(rows["content_hash"], value_set=pa.array(hashes, pa.string())))
    columns = rows.select(["content_hash", "probabilities", "approach_phrase", "pictures_seen", "media_detail"])
    return TakenOver({row["content_hash"]: row for batch in columns.to_batches() for row in batch.to_pylist()}, earlier)


def _earlier(version: str, rows: Sequence[Mapping[str, Any]], taxonomy: Taxonomy) -> Earlier:
    today = {attribute.name: attribute.version for attribute in taxonomy.attributes}
    places, start = {}, 0
    for row in sorted(rows, key=lambda row: str(row["attribute"])):  # as a taxonomy orders them
        size = len(row["value_names"].split(", "))
        if today.get(row["attribute"]) == row["attribute_version"]:
            places[row["attribute"]] = slice(start, start + size)
        start += size
    left = tuple(attribute for attribute in taxonomy.attributes if attribute.name not in places)
    return Earlier(version, places, Taxonomy(left))
