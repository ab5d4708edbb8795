"""Approaches to name, on a real DuckDB file."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

from creative_approaches.adapters.namers.port import Named
from creative_approaches.adapters.warehouses.duckdb.warehouse import DuckDBWarehouse
from creative_approaches.adapters.warehouses.port import Change
from creative_approaches.core.naming.approach_name import ApproachName, GivenName
from creative_approaches.core.naming.prompt import NameAsk
from creative_approaches.errors import ApproachesError
from creative_approaches.jobs.job import JobResult
from creative_approaches.jobs.name import job as module
from creative_approaches.jobs.paid import Estimate
from creative_approaches.tables import (
    APPROACH_MEMBERS,
    APPROACH_NAME_MEMBERS,
    APPROACH_NAMES,
    APPROACH_OVERRIDES,
    APPROACH_SNAPSHOTS,
    CLUSTER_ASSIGNMENTS,
    CLUSTER_RUNS,
    CONTENTS,
    CREATIVE_TRAITS,
    MEMBERS,
    TAGS,
    Table,
)
from tests.support.direct_jobs import Narrator, make_directly, settings

Row = dict[str, Any]
Weeks = Sequence[Mapping[str, Sequence[str]]]  # by week: approach -> its members

WEEKS = [date(2026, 1, 5) + timedelta(weeks=week) for week in range(8)]


@dataclass
class StandIn(AbstractContextManager["StandIn"]):
    """A namer that names an approach after what it is asked, and stops, or is killed, where a test wants it to.

    asked : the approaches, in order.  killed_at, stopped_at : the number of asks after which it is.
    """

    language: str = "English"
    chunk: int = 3
    asked: list[str] = field(default_factory=list)
    killed_at: int | None = None
    stopped_at: int | None = None
    stopped: ApproachesError | None = None

    def name(self, asks: Sequence[NameAsk]) -> Named:
        names: list[GivenName | None] = []
        for ask in asks:
            if len(self.asked) == self.killed_at:
                raise KeyboardInterrupt
            if len(self.asked) == self.stopped_at:
                return Named([*names, *([None] * (len(asks) - len(names)))], self.stopped)
            self.asked.append(ask.evidence.approach_id)
            said = f"{len(ask.siblings)} siblings, {ask.evidence.exemplars[0]}"
            names.append(GivenName(ApproachName(said, "They do.", f"Unlike {ask.siblings}")))
        return Named(names)

    def __exit__(self, *_: object) -> None:
        pass


@dataclass(frozen=True)
class World:
    """A warehouse, and the job with the project's own settings but for a few."""

    warehouse: DuckDBWarehouse

    def fill(self, table: Table, rows: Iterable[Row]) -> None:
        self.warehouse.write(Change.of_all(table, table.rows(list(rows))))

    def rows(self, table: Table) -> list[Row]:
        return self.warehouse.read(table).to_pylist()  # type: ignore[no-any-return]  # pyarrow is untyped

    def load(self, cohorts: Mapping[str, Weeks], texts: Mapping[str, str]) -> None:
        """Approaches by cohort and week; texts by creative."""
        here = [
            (cohort, WEEKS[week], number, approach_id, members)
            for cohort, weeks in cohorts.items()
            for week, approaches in enumerate(weeks)
            for number, (approach_id, members) in enumerate(approaches.items())
        ]
        periods = sorted({(cohort, start) for cohort, start, *_ in here})
        self.fill(
            CLUSTER_RUNS,
            [{"cohort_id": c, "period_start": p, "tags_embedded": False, "input_hash": "h"} for c, p in periods],
        )
        keys = ("cohort_id", "period_start", "cluster", "approach_id")
        self.fill(
            APPROACH_SNAPSHOTS,
            [dict(zip(keys, row, strict=False)) | {"cluster_input_hash": "h"} for row in here],
        )
        members: list[Row] = [
            dict(zip(keys, row, strict=False))
            | {"version_key": key, "creative_key": key, "is_outlier": False, "distance_to_centroid": 0.1 * place}
            for row in here
            for place, key in enumerate(row[4])
        ]
        for table in (CLUSTER_ASSIGNMENTS, APPROACH_MEMBERS):
            self.fill(table, [{name: row[name] for name in table.columns if name in row} for row in members])
        self.fill(
            CONTENTS,
            [{"version_key": key, "wording_hash": key, "headline": text} for key, text in texts.items()],
        )

    def name(self, namer: StandIn, **changes: Any) -> JobResult:
        """Run the job with a namer that stands in for a paid one."""
        with patch.object(module, "open_namer", lambda *_: namer), patch.object(module, "MODEL_CHUNK", namer.chunk):
            return self.name_by_settings(namer="gemini", name_model="stand-in", name_language=namer.language, **changes)

    def name_by_settings(self, **changes: Any) -> JobResult:
        return module.name(self.warehouse, settings(**changes), Narrator())

    def due(self, **changes: Any) -> Estimate:
        return module.estimate_name(self.warehouse, settings(**changes))

    def names(self) -> dict[str, list[Row]]:
        return {table.name: self.rows(table) for table in (APPROACH_NAMES, APPROACH_NAME_MEMBERS)}


def make_world(directory: Path) -> World:
    return World(make_directly(directory, MEMBERS, CONTENTS, CREATIVE_TRAITS, TAGS, APPROACH_OVERRIDES))
