"""The table of marts in the documentation, as the yml of each mart describes it.

As a program it renews the page, as make pages does: python -m tests.support.documentation.marts
"""

from typing import Final

import yaml

from tests.support.documentation.computed import Computed
from tests.support.paths import REPOSITORY

MARTS_PAGE: Final = Computed(
    REPOSITORY / "docs" / "marts.md", "<!-- from the yml of the marts, by make pages -->\n\n", "\n\n<!-- end -->\n"
)


def table() -> str:
    """A row for each mart, by subject: the folder that it is in."""
    lines = ["| mart | what it holds | one row per |", "| --- | --- | --- |"]
    for path in sorted((REPOSITORY / "models" / "marts").rglob("*.yml")):
        lines += [_row(model) for model in yaml.safe_load(path.read_text())["models"]]
    return "\n".join(lines)


def _row(model: dict[str, str]) -> str:
    holds, _, grain = " ".join(model["description"].split()).partition(" One row per ")
    return f"| `{model['name']}` | {holds} | {grain.rstrip('.')} |"


if __name__ == "__main__":
    MARTS_PAGE.renew(table())
