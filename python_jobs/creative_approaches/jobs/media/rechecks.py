"""Which media are asked for in a run, and what of the answers is worth writing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from creative_approaches.adapters.media.uris import host_of
from creative_approaches.core.media.faults import PASSING, REASONS, Reason
from creative_approaches.jobs.media.decoders import FAILED, HASHED, Row
from creative_approaches.jobs.media.medium import Medium


@dataclass(frozen=True)
class Rechecks:
    """The rules of one run."""

    medium: Medium
    now: datetime

    def is_due(self, known: Row | None) -> bool:
        """Whether to ask for a file, given its row.

        One that failed for a reason that is none of today's was recorded by another version: that is no reason now.
        """
        if known is None or self.is_old(known):
            return True
        if known["status"] == HASHED:
            return not self.fits(known)
        reason = REASONS.get(known["reason"])
        return reason is None or reason in PASSING or self._is_allowed_now(reason, known)

    @property
    def oldest(self) -> datetime | None:
        """What was last asked for then or before may have changed; None if nothing ever does."""
        days = self.medium.recheck_days
        return None if days is None else self.now - timedelta(days=days)

    def is_old(self, known: Row) -> bool:
        """Whether it was last asked for so long ago that it may have changed."""
        if self.oldest is None:
            return False
        return known["checked_at"] is None or known["checked_at"] <= self.oldest

    def fits(self, known: Row) -> bool:
        """Whether it is hashed as the settings want it, and all else was made of its bytes."""
        return self._is_good(known) and _holds(known, self.medium.extras)

    def settled(self, known: Row | None, found: Row | None) -> Row | None:
        """The row to write of what was found; None if the one that is there stays.

        Hashes outlive their file: once it is gone, it still is what its creatives showed. So do those of a whole file
        that now comes without its end. A failure that repeats
        is not written again, unless it was not asked for in a long time.
        """
        if known is None or found is None:
            return (known or {}) | {"is_lost": None} | (found or {}) | {"checked_at": self.now}
        if found["status"] == FAILED:
            if known["status"] == HASHED and found["reason"] in PASSING:
                return None
            is_same_file = known["content_sha256"] == found["content_sha256"]  # which is judged in another way now
            if self._is_good(known) and not is_same_file:
                # What could not be made of a file that is gone is not asked for again.
                return {**known, **self.medium.extras, "is_lost": True, "checked_at": self.now}
            if not self.is_old(known) and all(known[column] == found[column] for column in ("reason", "detail")):
                return None
        if found.get("is_truncated") and self.fits(known) and not known["is_truncated"]:
            return known | {"is_lost": None, "checked_at": self.now}
        return found | {"checked_at": self.now}

    def _is_good(self, known: Row) -> bool:
        return known["status"] == HASHED and _holds(known, self.medium.wanted)

    def _is_allowed_now(self, reason: Reason, known: Row) -> bool:
        """Whether it failed by a limit or a permission that is another one now."""
        loading = self.medium.loading
        if reason == Reason.LOCAL_FILES_REFUSED:
            return loading.allow_local
        if reason == Reason.PRIVATE_ADDRESS:
            return host_of(known[self.medium.key]) in loading.allowed_private_hosts
        return reason in self.medium.limits and self.medium.limits[reason].admits(known)


def _holds(known: Row, values: Mapping[str, Any]) -> bool:
    return all(known[column] == value for column, value in values.items())
