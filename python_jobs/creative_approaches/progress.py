"""How far a run is: bars on a terminal, plain log lines elsewhere."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from types import TracebackType
from typing import Protocol, Self, TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

T = TypeVar("T")


class Reporter(Protocol):
    """One step after another, each with a label, pieces of work and a closing sentence."""

    def begin(self, label: str) -> None:
        """Start a step."""

    def __call__(self, items: Sequence[T], label: str, /) -> Iterable[T]:
        """Yield the items, counting them."""

    def say(self, text: str) -> None:
        """A sentence while a step runs."""

    def node(self, done: int, total: int, name: str) -> None:
        """Count a finished dbt node."""

    def end(self, detail: str) -> None:
        """Close the step."""

    def __enter__(self) -> Self:
        """Take over the terminal."""

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Give it back."""


class Lines:
    """One line when a step begins and one when it ends, for logs."""

    def __init__(self, console: Console) -> None:
        """Write to this console."""
        self._console = console
        self._label = ""

    def begin(self, label: str) -> None:
        """Start a step."""
        self._label = label
        self.say("started")

    def __call__(self, items: Sequence[T], label: str, /) -> Iterable[T]:
        """Yield the items; a log shows whole steps only."""
        return items

    def node(self, done: int, total: int, name: str) -> None:
        """Count a finished dbt node; a log shows whole steps only."""

    def end(self, detail: str) -> None:
        """Close the step."""
        self.say(detail)

    def say(self, text: str) -> None:
        """A sentence while a step runs."""
        self._console.print(f"{datetime.now():%H:%M:%S} {self._label}: {text}", highlight=False, markup=False)

    def __enter__(self) -> Self:
        """Nothing to take over."""
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Nothing to give back."""


class Bars:
    """A bar per step that becomes a line when the step ends."""

    def __init__(self, console: Console) -> None:
        """Draw on this console."""
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._progress = Progress(*columns, console=console, transient=True)
        self._task = self._progress.add_task("", visible=False)
        self._label = ""

    def begin(self, label: str) -> None:
        """Start a step."""
        self._label = label
        self._progress.reset(self._task, description=label, total=None, visible=True)

    def __call__(self, items: Sequence[T], label: str, /) -> Iterable[T]:
        """Yield the items, moving the bar."""
        self._progress.update(self._task, total=len(items))
        for item in items:
            yield item
            self._progress.advance(self._task)

    def node(self, done: int, total: int, name: str) -> None:
        """Move the bar to the finished dbt node."""
        self._progress.update(self._task, completed=done, total=total)

    def end(self, detail: str) -> None:
        """Close the step."""
        self.say(detail)

    def say(self, text: str) -> None:
        """A sentence while a step runs."""
        self._progress.console.print(f"{self._label}: {text}", highlight=False, markup=False)

    def __enter__(self) -> Self:
        """Start drawing."""
        self._progress.start()
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Stop drawing."""
        self._progress.stop()


def bars() -> Reporter:
    """Progress bars on standard error."""
    return Bars(Console(stderr=True))


def lines() -> Reporter:
    """Log lines on standard error."""
    return Lines(Console(stderr=True, width=10_000, soft_wrap=True))
