"""What becomes of an export: the right numbers, a stop that says why, or a warning that is heard; or silently wrong.

One parsed project reads one export after the other, from tables that are made anew each time. What a run would stop
or warn of comes from the check; the numbers come from the activity that the first stage of dbt makes, a row for each ad
and day. What an ad is, is known by its headline, so that no rule about ids is repeated here.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

import duckdb

from creative_approaches.adapters.dbt.project import DbtOptions, DbtProject, _Listener
from creative_approaches.core.raw_check import Finding, RawCheck
from creative_approaches.errors import ApproachesError
from tests.support.dirty_exports.export import NUMBERS, Export, together
from tests.support.raw_tables import load_raw
from tests.support.workspace import Workspace

Sums = dict[tuple[str | None, date, str], dict[str, Decimal]]
# The models that the numbers go through, with their tests.
BUILD: Final = [
    *("--no-write-json", "build", "--exclude-resource-type", "unit_test"),
    *("--select", "+int_activity__by_period", "--indirect-selection", "cautious"),
]
CENT: Final = Decimal("0.005")  # less than this is the same cent

# How an export can end, best first. The last three must not happen.
RIGHT, WARNED, STOPPED = "right", "warned", "stopped"
UNEXPLAINED, UNSETTLED, WRONG = "stopped without its reason", "wrong after it was settled", "silently wrong"


@dataclass(frozen=True)
class Verdict:
    """How an export ended, and what was said or what is wrong."""

    outcome: str
    detail: str = ""


class Judge:
    """Reads exports, one after the other, in a workspace of its own."""

    def __init__(self, workspace: Workspace) -> None:
        load_raw(workspace, [], [])
        workspace.set_vars(period_grain="day")
        self._workspace = workspace
        self._project = DbtProject(DbtOptions(workspace.directory, workspace.directory))

    def verdict(self, export: Export) -> Verdict:
        with duckdb.connect(str(self._workspace.database)) as connection:
            connection.execute("set TimeZone = 'UTC'")
            export.load(connection, "warehouse")
        first = self._read(export, export.vars)
        if first.outcome != STOPPED or not export.settles:
            return first
        settled = self._read(export, together(export.vars, export.settles))
        if settled.outcome in (RIGHT, WARNED):
            return first
        return Verdict(UNSETTLED, f"{export.settles}: {settled.outcome}: {settled.detail}\nfirst: {first.detail}")

    def _read(self, export: Export, variables: Mapping[str, Any]) -> Verdict:
        self._project.options = replace(self._project.options, vars=dict(variables))
        try:
            check = RawCheck.of(self._project.check_raw())
            if check.stop:
                return _stopped(export, check)
            self._project._run("build", BUILD, _Listener(lambda text: None))
        except ApproachesError as error:
            # Whatever else ends a run has to name its reason as well.
            said = str(error)
            is_named = any(word.lower() in said.lower() for word in export.words)
            return Verdict(STOPPED if is_named else UNEXPLAINED, said)
        tables = ("approaches_intermediate.int_activity__by_period", "approaches_intermediate.int_creatives__records")
        return compare(export, check.findings, sums_by_headline(self._workspace, *tables))


def sums_by_headline(workspace: Workspace, activity: str, contents: str) -> Sums:
    """The numbers of a table with a row for each content and period, by the headlines that another knows."""
    sums = ", ".join(f"sum(activity.{name})" for name in NUMBERS)
    rows = workspace.query(f"""
        select contents.headline, activity.period_start, activity.currency_code, {sums}
        from {activity} as activity
        left join (select distinct version_key, headline from {contents}) as contents using (version_key)
        group by 1, 2, 3
    """)
    return {row[:3]: dict(zip(NUMBERS, map(Decimal, row[3:]), strict=True)) for row in rows}


def _stopped(export: Export, check: RawCheck) -> Verdict:
    assert check.stop
    kinds = {finding.kind for finding in check.findings if finding.level == "stop"}
    said = f"{sorted(kinds)}: {check.stop}"
    is_named = any(word.lower() in check.stop.lower() for word in export.words)
    if kinds & export.kinds and is_named and len(check.stop.splitlines()) <= 2:
        return Verdict(STOPPED, said)
    return Verdict(UNEXPLAINED, said)


def _truth(export: Export, period: Callable[[date], date]) -> Sums:
    sums: Sums = defaultdict(lambda: dict.fromkeys(NUMBERS, Decimal(0)))
    for fact in export.facts:
        if fact.counts and any(fact.numbers.values()):
            for name in NUMBERS:
                sums[fact.headline, period(fact.day), fact.currency][name] += fact.numbers[name]
    return dict(sums)


def compare(
    export: Export, findings: Sequence[Finding], found: Sums, period: Callable[[date], date] = lambda day: day
) -> Verdict:
    """Whether what was found is what happened, and if not, whether so much was said.

    findings : what people hear of.  period : the first day of the period that a day counts in.
    """
    truth = _truth(export, period)
    none = dict.fromkeys(NUMBERS, Decimal(0))
    wrong = {
        key: {
            name: found.get(key, none)[name] - truth.get(key, none)[name]
            for name in NUMBERS
            if abs(found.get(key, none)[name] - truth.get(key, none)[name]) >= CENT
        }
        for key in truth.keys() | found.keys()
    }
    wrong = {key: numbers for key, numbers in wrong.items() if numbers}
    heard = [finding for finding in findings if finding.level == "warn"]
    kinds = sorted({finding.kind for finding in heard})
    if not wrong:
        if export.heard and not {finding.kind for finding in findings} & export.kinds:
            return Verdict(WRONG, f"rows are left out and nobody hears of it; warned of {kinds}")
        return Verdict(WARNED if set(kinds) & export.kinds else RIGHT, str(kinds))
    # Spend in the wrong place is missing in the right one; what is warned of has to be as much as what is wrong.
    # Credits count against spend, as they do in findings.
    missing = surplus = Decimal(0)
    for key in wrong:
        there, right = found.get(key, none)["spend"], truth.get(key, none)["spend"]
        if abs(there) < abs(right):
            missing += right - there
        else:
            surplus += there - right
    amount = max(abs(missing), abs(surplus))
    warned = sum(abs(finding.affected_spend or Decimal(0)) for finding in heard if finding.kind in export.kinds)
    said = f"{len(wrong)} of {len(truth)} ads' periods are wrong, by {amount:,.2f}; warned of {warned:,.2f} ({kinds}); "
    said += ", ".join(f"{key}: {numbers}" for key, numbers in list(wrong.items())[:2])
    return Verdict(WARNED if set(kinds) & export.kinds and warned >= amount - CENT else WRONG, said)
