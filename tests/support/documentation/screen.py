"""The part of `approaches summary` that the README shows: the demo's last account.

As a program it renews the README, as make pages does: approaches summary | python -m tests.support.documentation.screen
"""

import sys
from typing import Final

from tests.support.documentation.computed import Computed
from tests.support.paths import REPOSITORY

SCREEN: Final = Computed(REPOSITORY / "README.md", "<!-- what approaches summary prints -->\n```\n", "```\n")


def excerpt(summary: str) -> str:
    """The last cohort of a whole summary, without blanks at the ends of lines."""
    lines = [line.rstrip() for line in summary.splitlines()]
    first = max(number for number, line in enumerate(lines) if line.startswith("Cohort "))
    last = next(number for number, line in enumerate(lines) if line.startswith("Data: "))
    return "\n".join(lines[first:last]).strip() + "\n"


if __name__ == "__main__":
    SCREEN.renew(excerpt(sys.stdin.read()))
