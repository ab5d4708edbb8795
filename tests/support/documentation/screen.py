"""The part of `approaches summary` that the README shows: the demo's last account.

As a program it renews the README, as make pages does: approaches summary | python -m tests.support.documentation.screen
"""

import sys
from typing import Final

from tests.support.paths import REPOSITORY

README: Final = REPOSITORY / "README.md"
BEGIN: Final = "<!-- what approaches summary prints -->\n```\n"
END: Final = "```\n"


def excerpt(summary: str) -> str:
    """The last cohort of a whole summary, without blanks at the ends of lines."""
    lines = [line.rstrip() for line in summary.splitlines()]
    first = max(number for number, line in enumerate(lines) if line.startswith("Cohort "))
    last = next(number for number, line in enumerate(lines) if line.startswith("Data: "))
    return "\n".join(lines[first:last]).strip() + "\n"


def shown() -> str:
    """What the README shows now."""
    return _parts()[1]


def _parts() -> tuple[str, str, str]:
    """The README before the excerpt, the excerpt, and what follows. Raises ValueError where there is no marker."""
    before, rest = README.read_text().split(BEGIN)
    text, _, after = rest.partition(END)
    return before + BEGIN, text, END + after


if __name__ == "__main__":
    before, _, after = _parts()
    README.write_text(before + excerpt(sys.stdin.read()) + after)
