"""What a person sees of a dirty export: `approaches run`, its exit code, its last lines and the marts."""

from collections import defaultdict
from decimal import Decimal

import duckdb

from creative_approaches.errors import DataError
from tests.support.dirty_exports.export import Export
from tests.support.dirty_exports.judge import CENT, RIGHT, STOPPED, UNEXPLAINED, WARNED, WRONG, Verdict
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
    found = dict(
        workspace.query("select currency_code, sum(spend) from approaches_marts.fct_approach_periods group by 1")
    )
    truth: dict[str, Decimal] = defaultdict(Decimal)
    for fact in export.facts:
        if fact.counts:
            truth[fact.currency] += fact.numbers["spend"]
    is_heard = "\nWarning: " in finished.stderr
    if truth.keys() != found.keys() or any(abs(truth[code] - found[code]) >= CENT for code in truth):
        return Verdict(WARNED if is_heard else WRONG, f"{found} instead of {dict(truth)}\n{finished.stderr}")
    if export.heard and not is_heard:
        return Verdict(WRONG, f"rows are left out and nobody hears of it\n{finished.stderr}")
    return Verdict(WARNED if is_heard else RIGHT)
