"""What an annotator said of contents, in a warehouse whose contents are there."""

import csv
from collections.abc import Callable, Mapping

from annotator_training.corpus import TAXONOMY
from creative_approaches.adapters.warehouses.port import Change, Warehouse
from creative_approaches.core.annotating.annotation import written
from creative_approaches.core.annotating.taxonomy import Taxonomy
from creative_approaches.jobs.annotations import reading_of
from creative_approaches.jobs.contents import SHOWN, content_hashes
from creative_approaches.tables import CONTENTS, CREATIVE_ANNOTATIONS, CREATIVE_TRAITS
from tests.support.direct_jobs import settings

Traits = Mapping[str, str]


def fill_readings(warehouse: Warehouse, traits_of: Callable[[str], Traits | None]) -> None:
    """The offline annotator said this of each content, by its version_key, and nothing of those without."""
    with TAXONOMY.open(encoding="utf-8", newline="") as file:
        warehouse.write(Change.of_all(CREATIVE_TRAITS, CREATIVE_TRAITS.rows(list(csv.DictReader(file)))))
    reading = reading_of(warehouse, settings().annotate)
    reader = {
        "annotator": reading.reader.annotator,
        "model": reading.reader.model,
        "backend": reading.reader.backend,
        "taxonomy_version": reading.taxonomy.version,
    }
    hashes = content_hashes(warehouse, warehouse.read(CONTENTS.only(*SHOWN)))
    said = {content_hash: traits for key, content_hash in hashes.items() if (traits := traits_of(key)) is not None}
    rows = [
        {
            **reader,
            "content_hash": content_hash,
            "traits": written(traits),
            "probabilities": _probabilities(traits, reading.taxonomy),
        }
        for content_hash, traits in said.items()
    ]
    warehouse.write(Change.of_all(CREATIVE_ANNOTATIONS, CREATIVE_ANNOTATIONS.rows(rows)))


def _probabilities(traits: Traits, taxonomy: Taxonomy) -> list[float]:
    return [
        0.9 if traits.get(attribute.name, "none") == value.name else 0.1 / len(attribute.values)
        for attribute in taxonomy.attributes
        for value in attribute.values
    ]
