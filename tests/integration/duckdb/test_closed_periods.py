"""dbt and the jobs close the same periods."""

from datetime import date

from creative_approaches.core.periods import first_open_period, last_period
from creative_approaches.settings import Grain
from tests.support.workspace import Workspace

# Newest periods of cohorts by grain: in time, late, and silent. The first one is that of all.
NEWEST: dict[Grain, list[date]] = {
    "day": [date(2026, 3, 1), date(2026, 2, 28), date(2026, 2, 27)],
    "week": [date(2026, 1, 5), date(2025, 12, 29), date(2025, 12, 22)],
    "month": [date(2026, 3, 1), date(2026, 2, 1), date(2024, 2, 1)],
}
CASES = [
    (grain, own, newest[0], closed_after)
    for grain, newest in NEWEST.items()
    for own in newest
    for closed_after in (None, 1, 2, 8, 40)
]


def test_dbt_and_the_jobs_close_the_same_periods(workspace: Workspace) -> None:
    selects = []
    for number, (grain, own, newest, closed_after) in enumerate(CASES):
        last = f"last_period(\"date '{own}'\", \"date '{newest}'\", '{grain}')"
        opens = f"first_open_period({last}, {closed_after or 'none'}, '{grain}')"
        selects.append(f"select {number} as number, {{{{ {opens} }}}} as first_open_period")
    compiled = workspace.dbt("--quiet", "compile", "--inline", " union all ".join(selects))
    assert compiled.returncode == 0, compiled.stdout
    assert [opens for _, opens in workspace.query(compiled.stdout + " order by number")] == [
        first_open_period(last_period(own, newest, grain), closed_after, grain)
        for grain, own, newest, closed_after in CASES
    ]
