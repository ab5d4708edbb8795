"""A benchmark that finds what must never be prints all of its figures and ends as a failure."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from benchmarks import dirty_exports as dirty
from benchmarks.disturbed_runs import EXIT_CODES, disturbed
from benchmarks.figures import WrongResultError, print_figures
from tests.support.dirty_exports.catalogue import DIRTS, Case
from tests.support.dirty_exports.judge import RIGHT, STOPPED, UNEXPLAINED, UNSETTLED, WARNED, WRONG, Verdict


def figures_of(benchmark: Iterator[dict[str, Any]]) -> tuple[list[dict[str, Any]], bool]:
    """What a benchmark yields, and whether it raises after that."""
    figures = []
    try:
        for line in benchmark:
            figures.append(line)  # noqa: PERF402  it may end in an error
    except WrongResultError:
        return figures, True
    return figures, False


def test_the_benchmarks_after_a_wrong_one_are_run_and_all_figures_are_printed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def wrong() -> Iterator[dict[str, Any]]:
        yield {"n": 1}
        raise WrongResultError("1 of 1 is wrong")

    def right() -> Iterator[dict[str, Any]]:
        yield {"n": 2}

    with pytest.raises(SystemExit) as ended:
        print_figures({"one": wrong, "two": right}, ["one", "two"])
    assert ended.value.code == "one: 1 of 1 is wrong"  # Python prints it and ends with 1
    assert [json.loads(line)["n"] for line in capsys.readouterr().out.splitlines()] == [1, 2]
    print_figures({"two": right}, ["two"])


@pytest.mark.parametrize(
    ("outcome", "fails"),
    [(RIGHT, False), (WARNED, False), (STOPPED, False), (UNEXPLAINED, True), (UNSETTLED, True), (WRONG, True)],
)
def test_a_dirty_export_that_ends_in_none_of_the_three_ways_fails(
    outcome: str, fails: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = Case(0, (DIRTS[0],))
    verdicts = [("clean", case, Verdict(RIGHT)), ("whole runs", case, Verdict(outcome)), ("rows", case, Verdict(RIGHT))]
    monkeypatch.setattr(dirty, "_verdicts", lambda folder: iter(verdicts))
    figures, raised = figures_of(dirty.dirty_exports())
    assert raised is fails
    assert [line["n"] for line in figures] == [1, 1, 1, 3]


@pytest.mark.parametrize(
    ("different", "codes", "outcomes", "fails"),
    [
        ([], sorted(EXIT_CODES), ["success", "killed"], False),
        (["approaches_marts.dim_creatives"], [0], ["success"], True),
        ([], [1], ["success"], True),
        ([], [3, 0], ["success"], True),
        ([], [0], ["success", "running"], True),
    ],
)
def test_a_disturbed_run_that_ends_otherwise_than_its_twin_fails(
    different: list[str], codes: list[int], outcomes: list[str], fails: bool
) -> None:
    class Engine:
        """What the benchmark asks of two worlds."""

        def __init__(self) -> None:
            self.codes: list[int] = []
            self.disturbed = SimpleNamespace(outcomes=lambda: outcomes)

        def measure(self) -> None:
            pass

        def disturb(self, how: Callable[..., list[int]]) -> list[str]:
            self.codes = [*self.codes, *codes]
            return different

    def make(folder: Path) -> AbstractContextManager[Any]:
        return nullcontext(Engine())

    figures, raised = figures_of(disturbed(lambda pair: iter([lambda world: []]), {"one": make, "two": make}))
    assert raised is fails
    assert [line["n"] for line in figures] == [1, 1, 2]
