"""What people say that contents do, which goes before what any annotator read."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from creative_approaches.core.annotating.prompt import UNCLEAR
from creative_approaches.core.annotating.taxonomy import Taxonomy
from creative_approaches.core.arrays import Floats
from creative_approaches.errors import DataError

_SEED = "Seed trait_overrides"


def read_overrides(rows: Iterable[Mapping[str, Any]], taxonomy: Taxonomy) -> dict[str, dict[str, str]]:
    """The values that people gave, `unclear` among them, by content hash and attribute.

    taxonomy : the whole one. Raises DataError that names each row with an attribute or a value which is not in it,
    and each two of one attribute of a content.
    """
    values = {attribute.name: {value.name for value in attribute.values} for attribute in taxonomy.attributes}
    found: dict[str, dict[str, str]] = {}
    numbers: dict[tuple[str, str], Any] = {}
    problems = []
    for row in sorted(rows, key=lambda row: int(row["override_number"])):
        number, content, attribute, value = (
            row[name] for name in ("override_number", "content_hash", "attribute", "value")
        )
        if not content:
            problems.append(f"Override {number} names no content.")
        elif attribute not in values:
            problems.append(f"Override {number} names the attribute {attribute}, which seed creative_traits has not.")
        elif value not in values[attribute] | {UNCLEAR}:
            problems.append(f"Override {number} says {attribute} is {value}, which seed creative_traits has not.")
        elif (content, attribute) in numbers:
            problems.append(f"Overrides {numbers[content, attribute]} and {number} are of one content and attribute.")
        else:
            numbers[content, attribute] = number
            found.setdefault(content, {})[attribute] = value
    if problems:
        raise DataError(f"{_SEED} cannot be followed:\n" + "\n".join(problems))
    return found


def with_overrides(probabilities: Floats | None, said: Mapping[str, str], taxonomy: Taxonomy) -> Floats:
    """The probabilities of a content with what people say of it.

    probabilities : shape (taxonomy.size,); None where nobody read it, which leaves all other attributes unclear.
    said : a value by attribute; those that the taxonomy has not are left out.
    """
    corrected = np.empty(taxonomy.size)
    for attribute, place in taxonomy.columns():
        even = np.full(len(attribute.values), 1 / len(attribute.values))
        value = said.get(attribute.name)
        if value is None:
            corrected[place] = even if probabilities is None else probabilities[place]
        elif value == UNCLEAR:
            corrected[place] = even
        else:
            corrected[place] = [float(one.name == value) for one in attribute.values]
    return corrected
