"""What people decide about approaches, against what was found: rows that rename, merge, split back and pin them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from types import MappingProxyType
from typing import Any, Final, Literal, get_args

Kind = Literal["rename", "merge", "split_back", "pin"]

# The columns that each kind needs beside approach_id, and those that it may leave empty.
_NEEDS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {"rename": ("new_name",), "merge": ("into_approach_id",), "split_back": (), "pin": ("creative_key",)}
)
_MAY_HAVE: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {kind: () if kind == "rename" else ("from_period_start",) for kind in _NEEDS}
)
_COLUMNS: Final = ("new_name", "into_approach_id", "creative_key", "from_period_start")


class OverrideError(ValueError):
    """Overrides that cannot be followed; each line of the message names one or two by their numbers."""

    def __init__(self, problems: Iterable[str]) -> None:
        """Make one error of all problems."""
        super().__init__("\n".join(problems))


@dataclass(frozen=True)
class Override:
    """A row that is complete for its kind.

    rename : the approach bears new_name, in all periods.  merge : what would be the approach counts to
    into_approach_id.  split_back : where the approach would end, what is left of its creatives is the approach.
    pin : the cluster that holds creative_key is the approach.

    from_period_start : the first day from which it holds; the least date if it holds in all periods.
    """

    number: int
    kind: Kind
    approach_id: str
    new_name: str | None = None
    into_approach_id: str | None = None
    creative_key: str | None = None
    from_period_start: date = date.min

    @property
    def approaches(self) -> tuple[str, ...]:
        """The approaches that it names, one or two."""
        return (self.approach_id, self.into_approach_id) if self.into_approach_id else (self.approach_id,)


def read_overrides(rows: Iterable[Mapping[str, Any]]) -> list[Override]:
    """The overrides of rows with all columns of an override and `override_number`, in the order of their numbers.

    Raises OverrideError for rows without a number or with one that another has, for columns that a kind lacks or does
    not take, and for rows that contradict each other whatever the data is.
    """
    rows = sorted(rows, key=lambda row: (row["override_number"] is None, row["override_number"], repr(row)))
    problems = list(_incomplete(rows))
    if problems:
        raise OverrideError(problems)
    overrides = [
        Override(
            row["override_number"],
            row["kind"],
            row["approach_id"],
            **{column: row[column] for column in _COLUMNS if row[column] is not None},
        )
        for row in rows
    ]
    problems = list(_contradictions(overrides))
    if problems:
        raise OverrideError(problems)
    return overrides


def renames_to_one_name(overrides: Sequence[Override], cohort_of: Mapping[str, str]) -> Iterator[str]:
    """A problem for each two approaches of one cohort that would bear the same name, whatever its case."""
    for one, other in combinations((o for o in overrides if o.new_name), 2):
        is_same = str(one.new_name).casefold() == str(other.new_name).casefold()
        if is_same and cohort_of.get(one.approach_id) == cohort_of.get(other.approach_id):
            yield (
                f"Overrides {one.number} and {other.number} give two approaches of one cohort the name "
                f"{one.new_name!r}. Change one of the names."
            )


def _incomplete(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    numbers = [row["override_number"] for row in rows]
    for row in rows:
        number, kind = row["override_number"], row["kind"]
        if number is None:
            yield f"A row ({kind} {row['approach_id']}) has no override_number. Give it one that no other row has."
            continue
        if kind not in _NEEDS:
            yield f"Override {number} has the kind {kind!r}. Write one of: {', '.join(get_args(Kind))}."
            continue
        for column in ("approach_id", *_NEEDS[kind]):
            if row[column] is None:
                yield f"Override {number} ({kind}) has no {column}. Fill it in."
        for column in _COLUMNS:
            if row[column] is not None and column not in _NEEDS[kind] + _MAY_HAVE[kind]:
                yield f"Override {number} ({kind}) has a {column}, which says nothing there. Leave it empty."
    for number in sorted({number for number in numbers if number is not None and numbers.count(number) > 1}):
        yield f"Override {number} is there {numbers.count(number)} times. Give each row a number of its own."


def _contradictions(overrides: Sequence[Override]) -> Iterator[str]:
    for one, other in combinations(overrides, 2):
        both = f"Overrides {one.number} and {other.number}"
        kinds = {one.kind, other.kind}
        if one.kind == other.kind == "pin":
            if (one.creative_key, one.from_period_start) == (other.creative_key, other.from_period_start):
                yield (
                    f"{both} pin creative {one.creative_key} from the same period. "
                    "Delete one, or give the later one a from_period_start."
                )
        elif one.approach_id == other.approach_id and one.kind == other.kind:
            yield f"{both} both {one.kind.replace('_', ' ')} approach {one.approach_id}. Delete one of them."
        elif one.approach_id == other.approach_id and kinds == {"merge", "split_back"}:
            yield f"{both} merge approach {one.approach_id} and split it back. Delete one of them."
    merges = {o.approach_id: o for o in overrides if o.kind == "merge"}
    for merge in merges.values():
        into = str(merge.into_approach_id)
        if into == merge.approach_id:
            yield f"Override {merge.number} merges approach {into} into itself. Name another into_approach_id."
        elif into in merges:
            yield (
                f"Override {merge.number} merges {merge.approach_id} into {into}, which override "
                f"{merges[into].number} merges into {merges[into].into_approach_id}. "
                "Name one that stays, or delete one of the rows."
            )
