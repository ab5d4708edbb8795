"""Which videos are asked for in a run, and what of the answers is worth writing."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from creative_approaches.adapters.media.content import (
    REFUSED,
    TIMEOUT,
    TOO_LARGE,
    UNREACHABLE,
    UNREADABLE,
    too_large,
)
from creative_approaches.core.media.film import too_long

HASHED, FAILED = "hashed", "failed"
PASSING: Final = frozenset({TIMEOUT, UNREACHABLE, UNREADABLE})
AGAIN: Final = PASSING | {REFUSED}  # asked for again in each run: a refusal costs nothing, and settings may change it

Row = dict[str, Any]


@dataclass(frozen=True)
class VideoRechecks:
    """The rules of one run.

    days : after which a video is asked for again; None for never.
    max_bytes, max_seconds : of one film.
    """

    now: datetime
    days: int | None
    max_bytes: int
    max_seconds: float

    def is_due(self, known: Row | None) -> bool:
        """Whether to ask for a video, given its row."""
        return known is None or self._is_old(known) or known["reason"] in AGAIN or self._may_help_now(known)

    def settled(self, known: Row | None, found: Row | None) -> Row | None:
        """The row to write of what was found; None if the one that is there stays.

        found : None where the bytes are those of before. Hashes outlive their video: once it is gone, it still is
        what its creatives showed. A failure that repeats is not written again before it is old.
        """
        if known is not None and (found is None or (known["status"] == HASHED and found["status"] == FAILED)):
            is_passing = found is not None and found["reason"] in PASSING
            return None if is_passing else known | {"checked_at": self.now}
        if found is None:
            return None
        if known is None or found["status"] == HASHED or self._is_old(known):
            return found | {"checked_at": self.now}
        if all(known[column] == found[column] for column in ("reason", "detail")):
            return None
        return found | {"checked_at": self.now}

    def _may_help_now(self, known: Row) -> bool:
        """Whether it failed by a limit that is another one now."""
        limits = (too_large(0, self.max_bytes).detail, too_long(self.max_seconds))
        detail = known["detail"] or ""
        is_limit = detail.startswith(("It has more than", "It is longer than"))
        return known["reason"] == TOO_LARGE and is_limit and detail not in limits

    def _is_old(self, known: Row) -> bool:
        if self.days is None:
            return False
        return known["checked_at"] is None or known["checked_at"] <= self.now - timedelta(days=self.days)
