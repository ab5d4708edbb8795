"""Names of approaches as rows, and back."""

from collections.abc import Sequence
from datetime import date

import pyarrow as pa

from creative_approaches.adapters.warehouses.port import Change, Warehouse
from creative_approaches.core.naming.approach_name import ApproachName, GivenName
from creative_approaches.core.naming.walk import StoredName
from creative_approaches.tables import APPROACH_NAME_MEMBERS, APPROACH_NAMES, Table

_KEY = ["approach_id", "from_period_start"]


def read_names(warehouse: Warehouse) -> dict[str, list[StoredName]]:
    """The names of earlier runs, by cohort."""
    members: dict[tuple[str, date], set[str]] = {}
    for row in warehouse.read(APPROACH_NAME_MEMBERS).to_pylist():
        members.setdefault((row["approach_id"], row["from_period_start"]), set()).add(row["creative_key"])
    names: dict[str, list[StoredName]] = {}
    for row in warehouse.read(APPROACH_NAMES).to_pylist():
        key = (row["approach_id"], row["from_period_start"])
        name = ApproachName(row["name"], row["description"], row["distinction"])
        names.setdefault(row["cohort_id"], []).append(
            StoredName(
                row["cohort_id"],
                *key,
                given=GivenName(name, row["fallback_reason"]),
                model=row["model"],
                prompt_version=row["prompt_version"],
                input_hash=row["input_hash"],
                creatives=frozenset(members.get(key, ())),
                traits=None if row["traits"] is None else tuple(filter(None, row["traits"].split(", "))),
            )
        )
    return names


def name_tables(names: Sequence[StoredName]) -> dict[Table, pa.Table]:
    """Rows of names, and of the members that each was given for, by table."""
    rows = [
        {
            "cohort_id": one.cohort_id,
            "approach_id": one.approach_id,
            "from_period_start": one.from_period_start,
            "name": one.name,
            "description": one.given.approach_name.description,
            "distinction": one.given.approach_name.distinction,
            "model": one.model,
            "prompt_version": one.prompt_version,
            "input_hash": one.input_hash,
            "fallback_reason": one.given.fallback_reason,
            "traits": None if one.traits is None else ", ".join(one.traits),
        }
        for one in names
    ]
    members = [
        {
            "cohort_id": one.cohort_id,
            "approach_id": one.approach_id,
            "from_period_start": one.from_period_start,
            "creative_key": creative_key,
        }
        for one in names
        for creative_key in sorted(one.creatives)
    ]
    return {APPROACH_NAMES: APPROACH_NAMES.rows(rows), APPROACH_NAME_MEMBERS: APPROACH_NAME_MEMBERS.rows(members)}


def store_names(warehouse: Warehouse, names: Sequence[StoredName]) -> int:
    """Write names with the members that each was given for, all together. Returns the number of rows written."""
    tables = name_tables(names)
    replaced = tables[APPROACH_NAMES].select(_KEY)
    return warehouse.write(*(Change(table, rows, replaced) for table, rows in tables.items()))
