"""Exports as they really are: does each end in the right numbers, in a stop that says why, or in a warning?"""

import os
import random
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.figures import WrongResultError
from creative_approaches.adapters.dbt.project import CHECKED
from tests.support.dirty_exports.catalogue import Case, pairs, singles
from tests.support.dirty_exports.judge import RIGHT, STOPPED, UNEXPLAINED, UNSETTLED, WARNED, WRONG, Judge, Verdict
from tests.support.dirty_exports.whole_run import verdict_of_run
from tests.support.workspace import make_workspace

GOOD = (RIGHT, WARNED, STOPPED)
OUTCOMES = (*GOOD, UNEXPLAINED, UNSETTLED, WRONG)
PAIRS = 60
WHOLE_RUNS = 12


def dirty_exports() -> Iterator[dict[str, Any]]:
    """Each kind of dirt alone, some of them two at once, and a dozen as whole runs: a line per group, and one for all.

    Exports that end in none of the three ways are named on standard error, with the seed that makes them again. Raises
    WrongResultError if there are any.
    """
    groups: dict[str, Counter[str]] = defaultdict(Counter)
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        for group, case, verdict in _verdicts(Path(folder)):
            groups[group][verdict.outcome] += 1
            if verdict.outcome not in GOOD:
                print(f"seed {case.seed}, {case.name}: {verdict.outcome}: {verdict.detail}", file=sys.stderr)
    for group, outcomes in groups.items():
        yield {"dirt": group, **_figures(outcomes)}
    total = sum(groups.values(), Counter[str]())
    yield {**_figures(total), "seconds": round(time.perf_counter() - start), "summary": True}
    wrong = sum(number for outcome, number in total.items() if outcome not in GOOD)
    if wrong:
        raise WrongResultError(f"{wrong} of {total.total()} exports end in none of: {', '.join(GOOD)}")


def _verdicts(folder: Path) -> Iterator[tuple[str, Case, Verdict]]:
    alone, together = list(singles()), list(pairs(PAIRS))
    for case in random.Random(0).sample([*alone, *together], WHOLE_RUNS):
        workspace = make_workspace(folder / f"run {case.seed}")
        yield "whole runs", case, verdict_of_run(workspace, case.export())
    os.environ[CHECKED] = "true"  # as a run does, which has just checked
    judge = Judge(make_workspace(folder / "judge"))
    for case in [*alone, *together]:
        group = case.dirts[0].group if len(case.dirts) == 1 else "two at once"
        yield group, case, judge.verdict(case.export())


def _figures(outcomes: Counter[str]) -> dict[str, int]:
    return {"n": outcomes.total(), **{name.replace(" ", "_"): outcomes[name] for name in OUTCOMES}}
