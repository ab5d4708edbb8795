"""What the summary says of an approach that is not to be relied on."""

from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any

import pyarrow as pa
import pytest
from rich.console import Console

from creative_approaches.summary import summarise
from creative_approaches.tables import BRIEFS, PERIODS, Table

BRIEF = {"approach_id": "a", "cohort_id": "shop", "approach_name": "Social proof", "status": "ACTIVE", "creatives": 8}
PERIOD = {
    "cohort_id": "shop",
    "period_start": date(2026, 1, 5),
    "assignment_status": "assigned",
    "approach_id": "a",
    "currency_code": "USD",
    "spend": Decimal(9),
}


class Marts:
    """Three marts in memory."""

    location = "memory"

    def __init__(self, **brief: Any) -> None:
        self.rows = {BRIEFS.name: [BRIEF | brief], PERIODS.name: [PERIOD]}

    def read(self, table: Table) -> pa.Table:
        return table.rows(self.rows.get(table.name, []))


def summary_of(**brief: Any) -> list[str]:
    marts: Any = Marts(**brief)
    console = Console(width=200, record=True, file=StringIO())
    console.print(summarise(marts, {"fct_approach_trends": "trends"}))
    return [" ".join(line.split()) for line in console.export_text().splitlines()]


@pytest.mark.parametrize(
    ("brief", "row", "reasons"),
    [
        (
            {"stability": 0.861, "is_stable": True, "name_traits": "persuasion:social_proof"},
            "Social proof ACTIVE 0.86 8 too little data 9.00 USD",
            [],
        ),
        (
            {"stability": 0.41, "is_stable": False, "name_traits": ""},
            "Social proof (not stable, mixed) ACTIVE 0.41 8 too little data 9.00 USD",
            [
                "not stable: samples of the same creatives do not reliably form it again",
                "mixed: no trait holds its creatives together",
            ],
        ),
        ({}, "Social proof ACTIVE 8 too little data 9.00 USD", []),
    ],
    ids=["sound", "weak", "unknown"],
)
def test_an_approach_that_is_not_stable_or_mixed_says_so(brief: dict[str, Any], row: str, reasons: list[str]) -> None:
    lines = summary_of(**brief)
    assert row in lines
    assert [line for line in lines if line.startswith(("not stable:", "mixed:"))] == reasons
