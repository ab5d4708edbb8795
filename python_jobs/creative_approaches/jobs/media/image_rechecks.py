"""Which images are asked for in a run, and what of the answers is worth writing."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from creative_approaches.adapters.media.content import (
    ADDRESS_REFUSED,
    FILES_REFUSED,
    REFUSED,
    TIMEOUT,
    TOO_LARGE,
    UNREACHABLE,
    UNREADABLE,
    MediaRules,
    too_large,
)
from creative_approaches.adapters.media.loader import host_of, scheme_of
from creative_approaches.jobs.media.image_worker import FAILED, HASHED, HashRules, Row, too_many_pixels

PASSING: Final = frozenset({TIMEOUT, UNREACHABLE, UNREADABLE})  # asked for again in each run


@dataclass(frozen=True)
class Rechecks:
    """The rules of one run.

    days : after which an image is asked for again; None for never.
    """

    now: datetime
    days: int | None
    media: MediaRules
    hashing: HashRules

    def is_due(self, known: Row | None) -> bool:
        """Whether to ask for an image, given its row."""
        if known is None or self.is_old(known):
            return True
        if known["status"] == HASHED:
            return not self.fits(known)
        return known["reason"] in PASSING or self._may_help_now(known)

    @property
    def oldest(self) -> datetime | None:
        """What was last asked for then or before may have changed; None if nothing ever does."""
        return None if self.days is None else self.now - timedelta(days=self.days)

    def is_old(self, known: Row) -> bool:
        """Whether it was last asked for so long ago that it may have changed."""
        if self.oldest is None:
            return False
        return known["checked_at"] is None or known["checked_at"] <= self.oldest

    def fits(self, known: Row) -> bool:
        """Whether it has hashes of the sizes that are wanted."""
        wanted = self.hashing.sizes
        sizes = (known["hash_size"], known["fine_hash_size"])
        return known["status"] == HASHED and sizes == (wanted.size, wanted.fine_size)

    def settled(self, known: Row | None, found: Row | None) -> Row | None:
        """The row to write of what was found; None if the one that is there stays.

        Hashes outlive their image: once it is gone, it still is what its creatives showed. A failure that repeats
        is not written again, unless it was not asked for in a long time.
        """
        if known is None or found is None:
            return (known or {}) | (found or {}) | {"checked_at": self.now}
        if found["status"] == FAILED:
            if known["status"] == HASHED and found["reason"] in PASSING:
                return None
            if self.fits(known):
                return known | {"checked_at": self.now}
            if not self.is_old(known) and all(known[column] == found[column] for column in ("reason", "detail")):
                return None
        return found | {"checked_at": self.now}

    def _may_help_now(self, known: Row) -> bool:
        """Whether it failed by a limit or a permission that is another one now."""
        uri, detail = known["image_uri"], known["detail"]
        if known["reason"] == REFUSED:
            is_file = detail == FILES_REFUSED and scheme_of(uri) == "file" and self.media.allow_local
            return is_file or (detail == ADDRESS_REFUSED and host_of(uri) in self.media.allowed_private_hosts)
        if known["reason"] == TOO_LARGE:
            limits = (too_large(0, self.media.max_bytes).detail, too_many_pixels(self.hashing.max_pixels))
            return detail.startswith("It has more than") and detail not in limits
        return False
