"""What was read and whether it can be believed: one screen, worst first."""

from collections.abc import Iterable
from itertools import groupby

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from creative_approaches.core.raw_check import LEVELS, AccountRead, Finding, FindingGroup, RawCheck

SHOWN_ACCOUNTS = 8  # the others are counted
SHOWN_OF_A_KIND = 3
STYLES = {"stop": "bold red", "warn": "yellow", "note": "dim"}


def show(check: RawCheck) -> RenderableType:
    """What was read of each account, then what is odd about it, then what a run would do."""
    parts: list[RenderableType] = [Text(_scope(check)), Text(), _accounts(check)]
    hidden = len(check.accounts) - SHOWN_ACCOUNTS
    if hidden > 0:
        parts.append(Text(f"and {hidden:,} more. All of them: approaches check --json"))
    parts += [part for group in check.groups("stop", "warn") for part in _group(group)]
    notes = [Text.assemble(("NOTE", STYLES["note"]), f"  {_in_short(group)}") for group in check.groups("note")]
    return Group(*parts, Text(), *notes, Text(), Text(verdict(check), style="bold"))


def verdict(check: RawCheck) -> str:
    """How many kinds of findings there are at each level, and what a run would do."""
    counts = ", ".join(f"{len(check.groups(level))} {level}" for level in LEVELS)
    if check.stop:
        return f"{counts}. A run ends here, before it writes anything: settle what stops first."
    if check.groups("warn"):
        return f"{counts}. Nothing stops a run. It says each warning again at its end."
    return f"{counts}. Nothing stops a run."


def warnings(check: RawCheck, mart: str) -> list[str]:
    """A line per kind of warning, with the query that shows the rows of `mart`."""
    return [
        f"{_in_short(group)}. See them: select * from {mart} where kind = '{group.kind}' and level = '{group.level}'"
        for group in check.groups("warn")
    ]


def _scope(check: RawCheck) -> str:
    days = f"from {check.since} on, as a run" if check.since else "all days"
    days += f", in the time of {check.day_time_zone}" if check.day_time_zone else ""
    return (
        f"Creatives: {check.creatives}\nMetrics:   {check.metrics}, {days}\n           raw_metrics_grain: {check.grain}"
    ).replace('"', "")


def _accounts(check: RawCheck) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("platform\naccount", overflow="fold")
    table.add_column("rows\ndays", justify="right", no_wrap=True)
    table.add_column("first day\nlast day", no_wrap=True)
    table.add_column("spend\nof known creatives", justify="right", no_wrap=True)
    table.add_column("creatives\nwith text", justify="right", no_wrap=True)
    table.add_column("\nwith media", justify="right", no_wrap=True)
    for account in _worst_first(check)[:SHOWN_ACCOUNTS]:
        cells = (
            f"{account.platform or '(none)'}\n{account.account_id or '(none)'}",
            f"{account.rows:,}\n{account.days:,}",
            f"{account.first_day or ''}\n{account.last_day or ''}",
            f"{account.spend:,.2f} {account.currency_code or ''}\n{_share(account)}",
            f"{account.creatives:,}\n{account.with_text:,}",
            f"\n{account.with_media:,}",
        )
        table.add_row(*map(Text, cells))  # a string would be read as markup
    return table


def _worst_first(check: RawCheck) -> list[AccountRead]:
    """The accounts by their worst finding, then by spend."""
    worst = {
        account: min(LEVELS.index(finding.level) for finding in found)
        for account, found in groupby(sorted(check.findings, key=_account), _account)
    }
    return sorted(
        check.accounts, key=lambda read: (worst.get(_account(read), len(LEVELS)), -read.spend, _account(read))
    )


def _account(row: AccountRead | Finding) -> tuple[str, str]:
    return row.platform or "", row.account_id or ""


def _share(account: AccountRead) -> str:
    return f"{account.spend_found / account.spend:.1%}" if account.spend else ""


def _group(group: FindingGroup) -> Iterable[RenderableType]:
    yield Text()
    column = f" ({group.column_name})" if group.column_name else ""
    yield Text.assemble((group.level.upper(), STYLES[group.level]), f"  {_words(group)}{column}")
    yield Padding(Text("\n".join(_details(group))), (0, 0, 0, 6), expand=False)


def _details(group: FindingGroup) -> Iterable[str]:
    shown, rest = group.findings[:SHOWN_OF_A_KIND], group.findings[SHOWN_OF_A_KIND:]
    for finding in shown:
        account = " ".join(part for part in (finding.platform, finding.account_id) if part)
        of_all = (
            f"{finding.affected:,} of {finding.total:,} rows" if finding.total else _counted(finding.affected, "row")
        )
        yield f"{account or 'all accounts'}: {of_all}{_spend(finding)}"
    if rest:
        others = FindingGroup(group.level, group.kind, group.column_name, rest)
        yield f"and {_counted(others.accounts, 'more account')}: {_amount(others)}"
    first = next((finding for finding in shown if finding.examples), None)
    if first:
        yield f"Such as: {first.examples}"
    settings = sorted({finding.setting for finding in group.findings if finding.setting})
    if settings:
        yield f"Settle it by: {', '.join(settings)}"


def _spend(finding: Finding) -> str:
    if finding.affected_spend is None:
        return ", unknown spend" if finding.is_of_unknown_spend else ""
    of_spend = "" if finding.total_spend is None else f" of {_money(finding.total_spend, finding.currency_code)}"
    return f", {finding.affected_spend:,.2f}{of_spend}"


def _in_short(group: FindingGroup) -> str:
    return f"{_words(group)}: {_amount(group)} in {_counted(group.accounts, 'account')}"


def _words(group: FindingGroup) -> str:
    return group.kind.replace("_", " ")


def _amount(group: FindingGroup) -> str:
    amounts = [_money(amount, currency) for currency, amount in sorted(group.spend.items())]
    unknown = any(finding.is_of_unknown_spend for finding in group.findings)
    return ", ".join([_counted(group.affected, "row"), *amounts, *(["unknown spend"] if unknown else [])])


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _money(amount: object, currency: str | None) -> str:
    return f"{amount:,.2f} {currency or ''}".rstrip()
