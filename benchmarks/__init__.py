"""Benchmarks: `python -m benchmarks [NAME]`, one JSON line per figure on standard output.

They share the tests' workspaces and servers, whose modules are not installed.
"""

import sys
from pathlib import Path

REPOSITORY = Path(__file__).parents[1]
sys.path[:0] = [str(REPOSITORY / "tests" / "integration"), str(REPOSITORY / "tests" / "unit")]
