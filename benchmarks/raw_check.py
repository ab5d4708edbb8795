"""How long it takes to say what was read of three million rows of metrics, and whether it can be believed."""

import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import duckdb

from benchmarks.grown_raw import SCHEMA, raw_statements
from tests.support.workspace import make_workspace

CREATIVES: Final = 30_000
ROWS: Final = 3_000_000
SETTINGS: Final = {"demo_data": False, "raw_schema": SCHEMA}

# The twelve weeks of the other benchmarks again and again, until there are enough rows.
_MORE: Final = f"""
create or replace table {SCHEMA}.creative_daily_metrics as
select metrics.* replace (metrics.date_day - (84 * history.number)::int as date_day)
from {SCHEMA}.creative_daily_metrics as metrics
cross join range((select ceil({ROWS} / count(*))::bigint from {SCHEMA}.creative_daily_metrics)) as history (number)
limit {ROWS}
"""
# A late row for one day in a thousand, which are copies.
_CLEAN: Final = f"""
create or replace table {SCHEMA}.creative_daily_metrics as
select *
from {SCHEMA}.creative_daily_metrics
qualify row_number() over (partition by date_day, creative_id order by impressions) = 1
"""


def raw_check() -> Iterator[dict[str, Any]]:
    """The seconds of `approaches check` as a user starts it, the start of Python and dbt included."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = replace(make_workspace(Path(folder) / "checked"), starts_anew=True)
        with duckdb.connect(str(workspace.database)) as connection:
            first, *others = raw_statements()
            connection.execute(first, [CREATIVES])
            for statement in (*others, _CLEAN, _MORE):
                connection.execute(statement)
            ((rows,),) = connection.execute(f"select count(*) from {SCHEMA}.creative_daily_metrics").fetchall()
        seconds = []
        for _ in range(2):  # the second finds the project parsed
            started = time.perf_counter()
            finished = workspace.approaches("check", **SETTINGS)
            seconds.append(time.perf_counter() - started)
            if finished.returncode:
                raise subprocess.CalledProcessError(
                    finished.returncode, finished.args, finished.stdout, finished.stderr
                )
        yield {
            "n": rows,
            "creatives": CREATIVES,
            "seconds_first": round(seconds[0], 1),
            "seconds": round(seconds[1], 1),
            "summary": True,
        }
