"""A kind of media: what the one job that hashes media needs to know of it."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from creative_approaches.adapters.media.content import MediaRules
from creative_approaches.core.media.faults import Reason
from creative_approaches.jobs.media.decoders import Decode, Row
from creative_approaches.jobs.media.reading_copies import CopiesWanted
from creative_approaches.tables import Table


@dataclass(frozen=True)
class Limit:
    """The most that the product of some columns of a row may be."""

    columns: tuple[str, ...]
    most: float

    def admits(self, row: Row) -> bool:
        """Whether what is recorded of a file is within it; False where nothing is."""
        sizes = [row[column] for column in self.columns]
        return None not in sizes and math.prod(sizes) <= self.most


@dataclass(frozen=True)
class Medium:
    """A kind of media, and how it is hashed in a run.

    job : its name.  plural : what results call the media.
    addresses : the table of those that are shown.  hashes : the table with one row for each, whose key is the address.
    parts : a table with several rows for each, the address first in its key; None without one.
    contents : the tables with what is made of each content, whose key begins with its SHA-256.
    decode : what follows from the bytes of a file.  seconds : after which a file is given up.
    wanted : by column, what a row holds that was hashed as the settings want it.
    extras : by column, what a row holds for which all else was made of the bytes that is made of them today. A row
    without it is good, and its file is asked for once more.
    decoder_limits : what the decoder allows now, by the reason with which it refuses more.
    loading : how far loading may go.  in_memory : files at once, from their first byte to their last hash.
    processes : that decode.  chunk : files that are hashed and committed together.
    recheck_days : after which a file is asked for again; None for never.  copies : which reading copies are kept.
    needs : the command that installs its decoder; None where it is there.
    """

    job: str
    plural: str
    addresses: Table
    hashes: Table
    parts: Table | None
    contents: tuple[Table, ...]
    decode: Decode
    seconds: float
    wanted: Mapping[str, Any]
    extras: Mapping[str, Any]
    decoder_limits: Mapping[Reason, Limit]
    loading: MediaRules
    in_memory: int
    processes: int
    chunk: int
    recheck_days: int | None
    copies: CopiesWanted = field(default_factory=CopiesWanted)
    needs: str | None = None

    @property
    def key(self) -> str:
        """The column with the address."""
        return self.hashes.key[0]

    @property
    def limits(self) -> Mapping[Reason, Limit]:
        """What is allowed now, by the reason with which more is refused."""
        return {Reason.TOO_MANY_BYTES: Limit(("content_bytes",), self.loading.max_bytes), **self.decoder_limits}
