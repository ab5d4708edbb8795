"""Figures as JSON lines, and what is said of a benchmark whose figures show something wrong."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

Benchmarks = Mapping[str, Callable[[], Iterator[dict[str, Any]]]]


class WrongResultError(Exception):
    """What a benchmark raises after its last figure if it found what must never be."""


def print_figures(benchmarks: Benchmarks, names: Sequence[str]) -> None:
    """Run these, one after the other, and print every figure. Ends with exit code 1 if any found something wrong."""
    wrong = []
    for name in names:
        try:
            for figures in benchmarks[name]():
                print(json.dumps({"name": name, "method": "ours", **figures}), flush=True)
        except WrongResultError as error:
            wrong.append(f"{name}: {error}")
    if wrong:
        sys.exit("\n".join(wrong))
