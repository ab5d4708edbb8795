"""A part of a page that a program writes, between two lines that mark it."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Computed:
    """What stands between `begin`, which is in the page once, and the first `end` after it."""

    page: Path
    begin: str
    end: str

    def text(self) -> str:
        """What the page shows now. Raises ValueError where it is not marked."""
        return self._parts()[1]

    def renew(self, text: str) -> None:
        before, _, after = self._parts()
        self.page.write_text(before + text + after)

    def _parts(self) -> tuple[str, str, str]:
        before, rest = self.page.read_text().split(self.begin)
        text, after = rest.split(self.end, maxsplit=1)
        return before + self.begin, text, self.end + after
