"""The pages of the documentation: their text, links, names and blocks of code.

A block of commands or SQL is run by a test. A comment right before it says if it is not, and why:
<!-- not run: it needs a key -->
"""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.support.paths import REPOSITORY

PAGES: Final = (*sorted(REPOSITORY.glob("*.md")), *sorted((REPOSITORY / "docs").glob("*.md")))
NOT_RUN: Final = "not run: "
_BLOCK = re.compile(
    r"(?:^<!-- (?P<mark>[^\n]+) -->\n)?^```(?P<language>\w*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


@dataclass(frozen=True)
class Block:
    """mark : the comment before it; empty if there is none.  heading : the one above it."""

    page: Path
    line: int
    heading: str
    language: str
    text: str
    mark: str

    def __str__(self) -> str:
        """Where it is, as editors open it."""
        return f"{self.page.relative_to(REPOSITORY)}:{self.line}"

    @property
    def is_run(self) -> bool:
        return not self.mark.startswith(NOT_RUN)

    def commands(self) -> Iterator[list[str]]:
        """The words of each command. A quoted word may go over several lines."""
        waiting = ""
        for line in self.text.splitlines():
            waiting += line
            try:
                words = shlex.split(waiting, comments=True)
            except ValueError:  # the quote is not closed yet
                waiting += "\n"
                continue
            waiting = ""
            if words:
                yield words


def blocks(language: str) -> list[Block]:
    return [block for page in PAGES for block in blocks_of(page) if block.language == language]


def blocks_of(page: Path) -> Iterator[Block]:
    text = page.read_text()
    for found in _BLOCK.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        heading = re.findall(r"^#+ (.+)$", text[: found.start()], re.MULTILINE)[-1]
        yield Block(page, line, heading, found["language"], found["text"], found["mark"] or "")


def prose(page: Path) -> str:
    """The page without blocks of code and comments."""
    return _COMMENT.sub("", _BLOCK.sub("", page.read_text()))


def inline_code(page: Path) -> list[str]:
    return re.findall(r"`([^`\n]+)`", prose(page))


def links(page: Path) -> list[str]:
    """Where links lead, but for those to other sites."""
    return [link for link in re.findall(r"\]\(([^)\s]+)\)", prose(page)) if "://" not in link]


def anchors(page: Path) -> set[str]:
    """What links may name after #, as GitHub makes it from headings."""
    headings = re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
