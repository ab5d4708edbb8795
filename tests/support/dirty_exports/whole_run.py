"""What a person sees of a dirty export: `approaches run`, its exit code, its last lines and the marts."""

import json
from datetime import date, timedelta

import duckdb

from creative_approaches.core.raw_check import RawCheck
from creative_approaches.errors import DataError
from tests.support.dirty_exports.export import Export
from tests.support.dirty_exports.judge import STOPPED, UNEXPLAINED, Verdict, compare, sums_by_headline
from tests.support.raw_tables import load_raw
from tests.support.workspace import Workspace


def verdict_of_run(workspace: Workspace, export: Export) -> Verdict:
    """How a run on a new warehouse ends."""
    load_raw(workspace, [], [])
    with duckdb.connect(str(workspace.database)) as connection:
        connection.execute("set TimeZone = 'UTC'")
        export.load(connection, "warehouse")
    finished = workspace.approaches("run", **export.vars)
    if finished.returncode == DataError.exit_code:
        message = finished.stderr[finished.stderr.index("Error: ") :].strip()
        is_named = any(word.lower() in message.lower() for word in export.words)
        is_early = not workspace.query(
            "select 1 from information_schema.schemata where schema_name = 'approaches_marts'"
        )
        is_short = len(message.splitlines()) <= 2
        return Verdict(STOPPED if is_named and is_early and is_short else UNEXPLAINED, message)
    if finished.returncode:
        return Verdict(UNEXPLAINED, finished.stderr)
    # Only what is on the terminal is heard.
    check = RawCheck.of(json.loads(workspace.approaches("check", "--json", **export.vars).stdout))
    heard = [
        finding
        for finding in check.findings
        if finding.level != "warn" or f"kind = '{finding.kind}' and level = 'warn'" in finished.stderr
    ]
    found = sums_by_headline(
        workspace, "approaches_marts.fct_approach_members", "approaches_marts.dim_creative_versions"
    )
    return compare(export, heard, found, period=_week)


def _week(day: date) -> date:
    return day - timedelta(days=day.weekday())
