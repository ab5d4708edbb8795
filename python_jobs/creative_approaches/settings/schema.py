"""How a setting is declared: a field of a frozen dataclass, with its default, range, unit and meaning.

Everything else follows from the field: the check of its value here and in dbt, the list of vars, the documentation.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from types import NoneType, UnionType
from typing import Any, ClassVar, Final, Literal, Self, Union, get_args, get_origin

from creative_approaches.errors import UsageError

Kind = Literal["bool", "int", "number", "string", "list", "mapping"]

_KINDS: Final[dict[type, Kind]] = {bool: "bool", int: "int", float: "number", str: "string", Mapping: "mapping"}
_NOUNS: Final = {
    "bool": "true or false",
    "int": "a whole number",
    "number": "a number",
}


@dataclass(frozen=True)
class Text:
    """What a text, or a mapping, may be. pattern : a regular expression of the whole text.  words : for people."""

    pattern: str
    words: str
    plural: str = ""


# What goes into SQL between quotes.
SQL_TEXT: Final = Text(
    r"""[^'"\\`\n]*[^'"\\`\s][^'"\\`\n]*""",
    "a string that is not empty, without quotes and backslashes",
    "strings without quotes and backslashes",
)
ANY_TEXT: Final = Text(r"(?s).*\S.*", "a string that is not empty", "strings that are not empty")


@dataclass(frozen=True)
class Rule:
    """The values that a setting may have.

    options : what a string, or each string of a list, is taken from; empty if it is free, but for its `text`.
    least, most : the range of a number, both included.  above : what it must exceed.  unit : what it is counted in.
    fewest : items of a list.
    """

    kind: Kind
    is_optional: bool
    options: tuple[str, ...]
    text: Text
    least: float | None
    above: float | None
    most: float | None
    unit: str
    fewest: int

    def allows(self, value: Any) -> bool:
        """Whether the setting may have this value."""
        if value is None:
            return self.is_optional
        match self.kind:
            case "bool":
                return isinstance(value, bool)
            case "int" | "number":
                is_number = isinstance(value, int if self.kind == "int" else int | float)
                return is_number and not isinstance(value, bool) and self._is_in_range(value)
            case "string":
                return self._allows_text(value)
            case "list":
                is_list = isinstance(value, list | tuple) and all(map(self._allows_text, value))
                return is_list and len(value) >= self.fewest and len(set(value)) == len(value)
            case "mapping":
                return isinstance(value, Mapping)

    def in_words(self) -> str:
        """What the value must be, as the end of a sentence."""
        if self.kind == "mapping":
            words = self.text.words
        elif self.kind == "string":
            words = f"one of {', '.join(self.options)}" if self.options else self.text.words
        elif self.kind == "list":
            count = "one or more" if self.fewest else "any number of"
            words = f"a list of {count} different {self._items()}"
        else:
            words = _NOUNS[self.kind] + self._range()
        unit = f" ({self.unit})" if self.unit else ""
        return f"{'null, or ' if self.is_optional else ''}{words}{unit}"

    def for_dbt(self) -> dict[str, Any]:
        """What macro check_setting needs to know."""
        known = {
            "kind": self.kind,
            "allowed": self.in_words(),
            "is_optional": self.is_optional or None,
            "options": list(self.options) or None,
            "pattern": self.text.pattern if self.kind in ("string", "list") and not self.options else None,
            "least": self.least,
            "above": self.above,
            "most": self.most,
            "fewest": self.fewest if self.kind == "list" else None,
        }
        return {name: value for name, value in known.items() if value is not None}

    def _allows_text(self, value: Any) -> bool:
        if not isinstance(value, str):
            return False
        return value in self.options if self.options else re.fullmatch(self.text.pattern, value) is not None

    def _is_in_range(self, value: float) -> bool:
        return (
            (self.least is None or value >= self.least)
            and (self.above is None or value > self.above)
            and (self.most is None or value <= self.most)
        )

    def _items(self) -> str:
        return f"values of {', '.join(self.options)}" if self.options else self.text.plural

    def _range(self) -> str:
        if self.above is not None:
            return f" above {self.above:,}" + ("" if self.most is None else f", at most {self.most:,}")
        if self.least is None:
            return ""
        return f", {self.least:,} or more" if self.most is None else f" from {self.least:,} to {self.most:,}"


def setting(
    default: Any,
    meaning: str,
    *,
    unit: str = "",
    least: float | None = None,
    above: float | None = None,
    most: float | None = None,
    text: Text = SQL_TEXT,
    fewest: int = 1,
) -> Any:
    """A field that is a setting; see `Rule`. meaning : what it decides, in sentences for people."""
    limits = {"unit": unit, "least": least, "above": above, "most": most, "text": text, "fewest": fewest}
    metadata = {"meaning": meaning, "limits": limits}
    if isinstance(default, dict):
        return field(default_factory=lambda: dict(default), metadata=metadata)
    return field(default=default, metadata=metadata)


@dataclass(frozen=True)
class Setting:
    """A declared setting."""

    name: str
    default: Any
    rule: Rule
    meaning: str

    def check(self, value: Any) -> None:
        """Raises UsageError for a value that it may not have, by name, value and range."""
        if not self.rule.allows(value):
            raise UsageError(
                f"Var {self.name} is {_shown(value)}. It must be {self.rule.in_words()}. "
                "Correct it in --vars or under vars in dbt_project.yml."
            )

    def stored(self, value: Any) -> Any:
        """A value as the dataclass holds it: nothing that can be changed, and one type whatever was written."""
        if self.rule.kind == "list":
            return tuple(value)
        return float(value) if self.rule.kind == "number" and value is not None else value


@dataclass(frozen=True)
class Group:
    """Settings that belong together. Values out of range are refused, wherever one is made.

    title : of their section in lists of settings; groups of one title share a section.
    """

    title: ClassVar[str]

    def __post_init__(self) -> None:
        for known in settings_of(type(self)):
            known.check(getattr(self, known.name))

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        """The group with those of these values that it has; the others are as declared."""
        known = {known.name: known for known in settings_of(cls)}
        for name in known.keys() & values.keys():
            known[name].check(values[name])
        return cls(**{name: known[name].stored(values[name]) for name in known if name in values})


def settings_of(group: type[Group]) -> tuple[Setting, ...]:
    """The settings of a group and of the groups that it is made of."""
    return tuple(_declared(found) for found in fields(group) if "limits" in found.metadata)


def own_settings(group: type[Group]) -> tuple[Setting, ...]:
    """The settings that are declared in a group itself."""
    return tuple(known for known in settings_of(group) if known.name in group.__annotations__)


def _declared(found: Field[Any]) -> Setting:
    default = found.default if found.default_factory is MISSING else found.default_factory()
    kind, is_optional, options = _read_type(found.type)
    rule = Rule(kind=kind, is_optional=is_optional, options=options, **found.metadata["limits"])
    return Setting(found.name, default, rule, found.metadata["meaning"])


def _read_type(annotation: Any) -> tuple[Kind, bool, tuple[str, ...]]:
    """Kind, whether null is one of its values, and options."""
    if get_origin(annotation) in (UnionType, Union):  # types make the first, literals the second
        (kind,) = (member for member in get_args(annotation) if member is not NoneType)
        return _read_type(kind)[0], True, _read_type(kind)[2]
    origin = get_origin(annotation) or annotation
    if origin is Literal:
        return "string", False, get_args(annotation)
    if origin is tuple:
        return "list", False, _read_type(get_args(annotation)[0])[2]
    return _KINDS[Mapping if issubclass(origin, Mapping) else origin], False, ()


def _shown(value: Any) -> str:
    return f"'{value}'" if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
