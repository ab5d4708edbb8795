"""What the pipeline recovered of the demo's hidden truth."""

import csv
from collections import Counter, defaultdict
from pathlib import Path

from sklearn.metrics import adjusted_rand_score

from tests.support.paths import TRUTH
from tests.support.workspace import Workspace


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Recovered:
    """The demo's approaches beside the true ones."""

    def __init__(self, demo: Workspace) -> None:
        self._demo = demo
        members = demo.query(
            "select distinct creatives.creative_id, members.period_start::varchar, members.version_key, "
            "members.approach_id from approaches_marts.fct_approach_members as members "
            "inner join approaches_marts.dim_creatives as creatives using (creative_key) "
            "where members.assignment_status in ('assigned', 'outlier')"
        )
        truth = {(row["creative_id"], row["period_start"]): row["approach"] for row in read(TRUTH / "truth.csv")}
        self.true = [truth[(creative_id, period)] for creative_id, period, _, _ in members]
        # An outlier is in no approach: it counts as a group of its own.
        self.found = [approach or key for _, _, key, approach in members]
        self.complete = {(creative_id, period) for creative_id, period, _, _ in members} == set(truth)
        self._votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for true, (_, period, _, approach) in zip(self.true, members, strict=True):
            if approach:
                self._votes[(true, period)][approach] += 1
        self.periods = sorted({period for _, period in self._votes})

    def adjusted_rand_index(self) -> float:
        """Agreement over all periods; 1 is perfect, 0 is chance."""
        return float(adjusted_rand_score(self.true, self.found))

    def approach(self, true: str, period: str) -> str:
        """The approach that holds most members of a true one in a period."""
        ((found, _),) = self._votes[(true, period)].most_common(1)
        return found

    def before(self, true: str, period: str) -> str:
        """The same in the last period before in which the true one was active."""
        return self.approach(true, max(p for t, p in self._votes if t == true and p < period))

    def statuses(self, approach: str) -> dict[str, str]:
        return dict(
            self._demo.query(
                f"select period_start::varchar, status from approaches_jobs.approach_snapshots "
                f"where approach_id = '{approach}'"
            )
        )

    def event(self, kind: str, period: str) -> set[tuple[str | None, str | None]]:
        return set(
            self._demo.query(
                f"select from_approach_id, to_approach_id from approaches_marts.fct_approach_events "
                f"where kind = '{kind}' and period_start = '{period}'"
            )
        )

    def labels(self, approach: str) -> dict[str, str]:
        """The trend label of the CTR by period, in the currency with most spend."""
        return dict(
            self._demo.query(
                f"select period_start::varchar, arg_max(trend_label, spend) "
                f"from approaches_marts.fct_approach_trends "
                f"inner join approaches_marts.fct_approach_periods using (approach_id, period_start, currency_code) "
                f"where metric = 'ctr' and approach_id = '{approach}' group by all"
            )
        )
