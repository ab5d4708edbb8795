"""What was read from the raw tables and whether it can be believed, as dbt's operation `check_raw_data` says it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any, Final, Self, TypeVar

LEVELS: Final = ("stop", "warn", "note")  # worst first
Spend = Mapping[str, Decimal]  # by currency; currencies are never added up


@dataclass(frozen=True)
class Finding:
    """Something odd in the raw rows of an account.

    affected, total : rows, of all that the account has.  affected_spend, total_spend : what was spent in them; of the
    creatives there is no total and no spend.  setting : the var that settles it.
    """

    kind: str
    level: str
    platform: str | None
    account_id: str | None
    currency_code: str | None
    column_name: str | None
    affected: int
    total: int | None
    affected_spend: Decimal | None
    total_spend: Decimal | None
    examples: str | None
    setting: str | None

    @property
    def is_of_unknown_spend(self) -> bool:
        """Whether what was spent cannot be read."""
        return self.affected_spend is None and self.total_spend is not None


@dataclass(frozen=True)
class AccountRead:
    """What was read of an account in one currency.

    spend_found : that of creatives which the creatives table holds.  creatives, with_text, with_media : the account's.
    """

    platform: str | None
    account_id: str | None
    currency_code: str | None
    rows: int
    days: int
    first_day: str | None
    last_day: str | None
    spend: Decimal
    spend_found: Decimal
    creatives: int
    with_text: int
    with_media: int


@dataclass(frozen=True)
class FindingGroup:
    """The findings of one kind and column at one level, the largest first."""

    level: str
    kind: str
    column_name: str | None
    findings: Sequence[Finding]

    @property
    def affected(self) -> int:
        """Rows of all accounts."""
        return sum(finding.affected for finding in self.findings)

    @property
    def accounts(self) -> int:
        """How many accounts are concerned."""
        return len({(finding.platform, finding.account_id) for finding in self.findings})

    @property
    def spend(self) -> Spend:
        """Spend of these rows, where it is known."""
        sums: dict[str, Decimal] = defaultdict(Decimal)
        for finding in self.findings:
            if finding.affected_spend is not None:
                sums[finding.currency_code or ""] += finding.affected_spend
        return sums


@dataclass(frozen=True)
class RawCheck:
    """All that was found.

    stop : what a run says when it ends here; None if it goes on.  since : the first day that was scanned, None for all.
    day_time_zone : the zone that days of points of time are read in, None where no var names one.
    """

    findings: Sequence[Finding]
    accounts: Sequence[AccountRead]
    stop: str | None
    since: str | None
    metrics: str
    creatives: str
    grain: str
    day_time_zone: str | None

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> Self:
        """What the operation said, as its JSON has it."""
        return cls(
            findings=[_row(Finding, row) for row in said["findings"]],
            accounts=[_row(AccountRead, row) for row in said["accounts"]],
            stop=said["stop"] and "\n".join(map(_visible, said["stop"].splitlines())),
            **said["scope"],
        )

    def groups(self, *levels: str) -> list[FindingGroup]:
        """The findings of these levels by kind and column: the worst level first, then that with the most rows."""
        found: dict[tuple[str, str, str | None], list[Finding]] = defaultdict(list)
        for finding in self.findings:
            if finding.level in levels:
                found[finding.level, finding.kind, finding.column_name].append(finding)
        groups = [FindingGroup(*key, sorted(rows, key=_size, reverse=True)) for key, rows in found.items()]
        return sorted(groups, key=lambda group: (LEVELS.index(group.level), -group.affected, group.kind))


def _size(finding: Finding) -> tuple[bool, Decimal, int]:
    return finding.is_of_unknown_spend, finding.affected_spend or Decimal(0), finding.affected


_MONEY: Final = {"affected_spend", "total_spend", "spend", "spend_found"}  # comes as text, so that it stays exact
R = TypeVar("R", Finding, AccountRead)


def _row(kind: type[R], said: Mapping[str, Any]) -> R:
    """A row of the operation, without the fields that nobody shows."""
    values: dict[str, Any] = {}
    for name in (field.name for field in fields(kind)):
        value = said[name]
        if isinstance(value, str):
            value = Decimal(value) if name in _MONEY else _visible(value)
        values[name] = value
    return kind(**values)


def _visible(text: str) -> str:
    """The text with signs that nobody sees written out: they may be why two ids do not meet, or move a cursor."""
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text)
