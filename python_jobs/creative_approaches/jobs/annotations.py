"""What a reader said of contents, as the jobs need it that come after job annotate."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from creative_approaches.adapters.annotators.open import find_annotator
from creative_approaches.adapters.warehouses.port import Warehouse
from creative_approaches.core.annotating.annotation import Reader, read, traits_of, written
from creative_approaches.core.annotating.overrides import read_overrides, with_overrides
from creative_approaches.core.annotating.taxonomy import Taxonomy
from creative_approaches.core.arrays import Floats
from creative_approaches.settings import ReaderSettings
from creative_approaches.tables import CREATIVE_ANNOTATIONS, CREATIVE_TRAITS, TRAIT_OVERRIDES


@dataclass(frozen=True)
class Reading:
    """Who reads by the settings, and what of."""

    reader: Reader
    taxonomy: Taxonomy

    def rows_of(self, rows: pa.Table, taxonomy_version: str | None = None) -> pa.Table:
        """Those of CREATIVE_ANNOTATIONS that this reader wrote, by this taxonomy if no other version is named."""
        wanted = {
            "annotator": self.reader.annotator,
            "model": self.reader.model,
            "backend": self.reader.backend,
            "taxonomy_version": taxonomy_version or self.taxonomy.version,
        }
        for column, value in wanted.items():
            rows = rows.filter(pc.equal(rows[column], value))
        return rows


@dataclass(frozen=True)
class Annotations:
    """What was read of contents, or said by people, by their hash.

    probabilities : shape (taxonomy.size,), of those that were read.  traits : value by attribute, of those.
    faults : why a content was not read.
    revised : of those that this reader may have read otherwise by this taxonomy before: what makes the difference, the
    pictures that it saw, and what people say.
    """

    reading: Reading
    probabilities: dict[str, Floats]
    traits: dict[str, dict[str, str]]
    faults: dict[str, str]
    revised: dict[str, str]


def reading_of(warehouse: Warehouse, settings: ReaderSettings) -> Reading:
    """Who reads by the settings, and what of the taxonomy in the warehouse.

    Raises UsageError where the taxonomy asks what the annotator cannot know, and DataError where it is none.
    """
    annotator = find_annotator(settings)
    taxonomy = Taxonomy.of(warehouse.read(CREATIVE_TRAITS).to_pylist())
    return Reading(annotator.reader(settings), annotator.known(taxonomy))


def read_annotations(warehouse: Warehouse, settings: ReaderSettings, contents: Collection[str]) -> Annotations:
    """What was read of these contents, given by their hashes; what people say of them goes before.

    Raises DataError for overrides that cannot be followed.
    """
    reading = reading_of(warehouse, settings)
    taxonomy = Taxonomy.of(warehouse.read(CREATIVE_TRAITS).to_pylist())
    overrides = read_overrides(warehouse.read(TRAIT_OVERRIDES).to_pylist(), taxonomy)
    rows = reading.rows_of(warehouse.read(CREATIVE_ANNOTATIONS))
    rows = rows.filter(pc.is_in(rows["content_hash"], value_set=pa.array(contents, pa.string())))
    found = Annotations(reading, {}, {}, {}, {})
    for batch in rows.to_batches():
        for row in batch.to_pylist():
            if row["reason"] is None:
                found.probabilities[row["content_hash"]] = np.array(row["probabilities"], dtype=np.float64)
                found.traits[row["content_hash"]] = read(row["traits"])
                if row["pictures_seen"]:
                    found.revised[row["content_hash"]] = f"{row['pictures_seen']} pictures"
            else:
                found.faults[row["content_hash"]] = row["detail"] or row["reason"]
    for content in overrides.keys() & set(contents):
        corrected = with_overrides(found.probabilities.get(content), overrides[content], reading.taxonomy)
        found.probabilities[content] = corrected
        (found.traits[content],) = traits_of(corrected[None], reading.taxonomy)
        found.faults.pop(content, None)
        said = written(dict(sorted(overrides[content].items())))
        found.revised[content] = f"{found.revised.get(content, '')} {said}".strip()
    return found
