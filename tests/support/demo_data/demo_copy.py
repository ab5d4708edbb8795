"""The shape of a copy bank: whole sentences, written by hand, one per line."""

from typing import NamedTuple


class Bank(NamedTuple):
    """Headlines, descriptions and closing lines of one way to write; `{p}` stands for a product."""

    headlines: tuple[str, ...]
    descriptions: tuple[str, ...]
    closings: tuple[str, ...]


def bank(headlines: str, descriptions: str, closings: str) -> Bank:
    """Read three blocks of text, one sentence per line."""
    return Bank(_lines(headlines), _lines(descriptions), _lines(closings))


def _lines(block: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in block.splitlines() if line.strip())
