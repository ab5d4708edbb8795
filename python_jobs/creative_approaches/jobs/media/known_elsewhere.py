"""Media that are known under another address: platforms sign theirs anew, and move them among hosts of one domain.

A host that is asked for the new address with the entity tag of the old one answers that nothing changed, and the bytes
are not sent again.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

MOST: Final = 8  # versions to ask for at once; one address may be known in several sizes
# A weak tag (W/) and a date may be those of what the picture was made from, in all of its sizes.
_STRONG: Final = r'^"[^"]+"$'
# Without what is signed: the last two labels of the host with its port, and the path.
_PLACE: Final = (
    r"(?i)^https?://(?:[^/?#@]*@)?(?:[^/?#@]*?\.)??"
    r"(?P<site>(?:[^./?#@:]+\.)?[^./?#@:]+(?::\d+)?)(?P<path>/[^?#]+)"
)


class Known(NamedTuple):
    """Bytes whose hashes are known."""

    content_sha256: str
    content_bytes: int


def known_elsewhere(uris: Sequence[str], rows: pa.Table, key: str) -> dict[str, dict[str, Known]]:
    """For each uri that has some, the bytes of other addresses of the same place, by their version, the newest first.

    rows : what is known, with the address in the column `key`. A version that was ever given to different bytes says
    nothing, wherever it was.
    """
    rows = rows.filter(pc.fill_null(pc.match_substring_regex(rows["content_version"], _STRONG), False))
    places = _places(pa.array(uris, pa.string()))
    of_rows = _places(rows[key].combine_chunks())
    is_asked = pc.is_in(of_rows, places.drop_null())
    candidates = rows.append_column("place", of_rows).filter(is_asked).sort_by([("checked_at", "descending")])
    sure = _of_one_content(rows, candidates["content_version"])
    by_place: dict[str, dict[str, Known]] = {}
    for row in candidates.select(["place", "content_version", *Known._fields]).to_pylist():
        versions = by_place.setdefault(row["place"], {})
        if row["content_version"] in sure and len(versions) < MOST:
            versions.setdefault(row["content_version"], Known(row["content_sha256"], row["content_bytes"]))
    found = ((uri, by_place.get(place)) for uri, place in zip(uris, places.to_pylist(), strict=True))
    return {uri: versions for uri, versions in found if versions}


def _places(uris: pa.Array) -> pa.Array:
    found = pc.extract_regex(uris, _PLACE)
    site = pc.utf8_lower(pc.struct_field(found, "site"))
    return pc.binary_join_element_wise(site, pc.struct_field(found, "path"), "")


def _of_one_content(rows: pa.Table, versions: pa.ChunkedArray) -> set[str]:
    with_them = rows.filter(pc.is_in(rows["content_version"], versions.combine_chunks()))
    counts = with_them.group_by("content_version").aggregate([("content_sha256", "count_distinct")])
    single = counts.filter(pc.equal(counts["content_sha256_count_distinct"], 1))
    return set(single["content_version"].to_pylist())
