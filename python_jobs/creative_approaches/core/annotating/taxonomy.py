"""What may be said of a creative: attributes, and the values that each may have."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import Any, Final, Literal, Self

from creative_approaches.core.ids import content_hash
from creative_approaches.errors import DataError

Medium = Literal["text", "media"]

_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
_MEDIA: Final[Mapping[str, Medium]] = {"text": "text", "media": "media"}
# What marts say where no value is known.
_UNSAID: Final = frozenset({"unclear", "unread"})
_COLUMNS: Final = ("attribute", "value", "medium", "label", "phrase", "ideas", "meaning")
# The idea of what a creative does that does nothing of the kind: no offer, no proof, plain words.
_PLAIN: Final = "plain"


@dataclass(frozen=True)
class TraitValue:
    """One value of an attribute.

    label : its name for people.  phrase : how it ends a name: "with a deadline".  meaning : when a creative has it.
    ideas : words for what it says. Of two values that share one, a name has one.
    """

    name: str
    label: str
    phrase: str
    meaning: str
    ideas: frozenset[str] = frozenset()

    @property
    def is_plain(self) -> bool:
        """Whether it is what a creative does that does nothing of the kind."""
        return _PLAIN in self.ideas


@dataclass(frozen=True)
class Attribute:
    """One question that is asked of each creative. medium : what it takes to answer it.  values : in their order."""

    name: str
    medium: Medium
    values: tuple[TraitValue, ...]

    @cached_property
    def version(self) -> str:
        """Changes with what a reader is asked by it: its name, medium, values and meanings."""
        asked = [part for value in self.values for part in (value.name, value.meaning)]
        return content_hash("attribute", self.name, self.medium, *asked)[:16]


@dataclass(frozen=True)
class Taxonomy:
    """Attributes in the order of their names, each with its values in the order of theirs."""

    attributes: tuple[Attribute, ...]

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, Any]]) -> Self:
        """The taxonomy of these rows, in any order, each of an attribute and a value.

        Raises DataError for a row that cannot be one, by what is wrong with it.
        """
        known = sorted(({column: _text(row.get(column)) for column in _COLUMNS} for row in rows), key=_key)
        _check(known)
        return cls(
            tuple(
                Attribute(name, _MEDIA[values[0]["medium"]], tuple(_value(row) for row in values))
                for name, group in groupby(known, key=itemgetter("attribute"))
                for values in [list(group)]
            )
        )

    @cached_property
    def version(self) -> str:
        """Changes with any attribute, value or meaning: with what a reader is asked. Words of names do not count."""
        asked = [
            part
            for attribute in self.attributes
            for value in attribute.values
            for part in (attribute.name, attribute.medium, value.name, value.meaning)
        ]
        return content_hash("taxonomy", *asked)[:16]

    @property
    def size(self) -> int:
        """How many values there are, of all attributes."""
        return sum(len(attribute.values) for attribute in self.attributes)

    def of_medium(self, medium: Medium) -> "Taxonomy":
        """Only the attributes that take this medium to answer."""
        return Taxonomy(tuple(attribute for attribute in self.attributes if attribute.medium == medium))

    def columns(self) -> list[tuple[Attribute, slice]]:
        """Each attribute with the place of its values in a row of all values."""
        found, start = [], 0
        for attribute in self.attributes:
            found.append((attribute, slice(start, start + len(attribute.values))))
            start += len(attribute.values)
        return found


def _key(row: Mapping[str, str]) -> tuple[str, str]:
    return row["attribute"], row["value"]


def _value(row: Mapping[str, str]) -> TraitValue:
    return TraitValue(row["value"], row["label"], row["phrase"], row["meaning"], frozenset(row["ideas"].split()))


def _text(value: Any) -> str:
    return str(value or "").strip()


def _check(rows: Sequence[Mapping[str, str]]) -> None:
    media: dict[str, str] = {}
    seen = set()
    for row in rows:
        attribute, value = _key(row)
        if not (_NAME.fullmatch(attribute) and _NAME.fullmatch(value)):
            _refuse(row, "names are small letters, digits and underscores, a letter first")
        if value in _UNSAID:
            _refuse(row, "marts call a trait so that is not known")
        if row["medium"] not in _MEDIA:
            _refuse(row, "its medium is neither text nor media")
        if media.setdefault(attribute, row["medium"]) != row["medium"]:
            _refuse(row, "the other values of its attribute have another medium")
        if not row["label"]:
            _refuse(row, "it has no label")
        if (attribute, value) in seen:
            _refuse(row, "it is there twice")
        seen.add((attribute, value))


def _refuse(row: Mapping[str, str], why: str) -> None:
    raise DataError(f"Seed creative_traits: {row['attribute']!r}, {row['value']!r}: {why}.")
