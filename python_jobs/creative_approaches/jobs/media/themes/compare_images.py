"""Which images are formats of one picture: candidates that SQL found by words, looked at closely."""

from collections.abc import Iterable
from typing import Any, Final

import pyarrow as pa

from creative_approaches.adapters.warehouses.port import Change, Warehouse
from creative_approaches.core.media.formats.local_features import VERSION, LocalFeatures
from creative_approaches.core.media.formats.picture_match import Match, match
from creative_approaches.core.media.formats.picture_versions import confidence, in_words, is_same_picture
from creative_approaches.jobs.media.decoders import Row
from creative_approaches.tables import IMAGE_PAIRS, PAIRS_OF_NEIGHBOURS, PAIRS_TO_COMPARE, Table

DIFFERENT: Final = 0.0  # confidence of a pair that shows two pictures
_ROUNDS: Final = 3  # in which neighbours of neighbours are compared: each doubles how far apart they may be


def compare_images(warehouse: Warehouse) -> tuple[int, int]:
    """Write what became of each pair. Returns how many were compared, and how many are formats of one picture."""
    compared, formats = _compare(warehouse, PAIRS_TO_COMPARE)
    for _ in range(_ROUNDS):  # the first also for a run that was killed before it
        looked_at, new = _compare(warehouse, PAIRS_OF_NEIGHBOURS)
        compared, formats = compared + looked_at, formats + new
        if not new:
            break
    return compared, formats


def _compare(warehouse: Warehouse, candidates: Table) -> tuple[int, int]:
    compared = 0
    found: dict[tuple[str, str], Row] = {}
    with warehouse.batches(candidates) as batches:
        for row in _rows(batches):
            compared += 1
            pair = _compared(row)
            key = (row["content_sha256"], row["neighbour_sha256"])
            # What is symmetric may match both ways.
            if key not in found or _rank(pair) > _rank(found[key]):
                found[key] = pair
    if found:
        warehouse.write(Change.of_keys(IMAGE_PAIRS, IMAGE_PAIRS.rows(list(found.values()))))
    return compared, sum(pair["confidence"] > DIFFERENT for pair in found.values())


def _rows(batches: Iterable[pa.Table]) -> Iterable[Row]:
    for batch in batches:
        yield from batch.to_pylist()


def _compared(row: Row) -> Row:
    """The row of table image_pairs. Two that do not match as they were proposed are tried the other way, too.

    So each pair is decided once, whichever way later pictures make it be proposed again.
    """
    content = LocalFeatures.unpack(row["features"])
    neighbour = LocalFeatures.unpack(row["neighbour_features"])
    pair = {name: row[name] for name in IMAGE_PAIRS.key} | {"features_version": VERSION}
    for is_mirrored in (row["is_mirrored"], not row["is_mirrored"]):
        found = match(content, neighbour.mirrored() if is_mirrored else neighbour)
        if found is not None and is_same_picture(found):
            return pair | {
                "is_mirrored": is_mirrored,
                "points": found.points,
                "share_of_points": round(found.share_of_points, 4),
                "agreement": round(found.agreement, 4),
                "share_of_content": round(found.share_of_first, 4),
                "share_of_neighbour": round(found.share_of_second, 4),
                "confidence": round(confidence(found), 4),
                **_in_words(content, neighbour, found, is_mirrored),
            }
    return dict.fromkeys(IMAGE_PAIRS.columns) | pair | {"confidence": DIFFERENT}


def _in_words(content: LocalFeatures, neighbour: LocalFeatures, found: Match, mirrored: bool) -> dict[str, Any]:
    across, down = found.shift_in_second
    shares = (found.share_of_first, found.share_of_second)
    # The neighbour was looked at in the mirror.
    seen = (-across, down) if mirrored else (across, down)
    return {
        "content_in_words": in_words(content.area, neighbour.area, *shares, seen, mirrored),
        "neighbour_in_words": in_words(neighbour.area, content.area, *shares[::-1], found.shift_in_first, mirrored),
    }


def _rank(pair: Row) -> tuple[int, bool]:
    return pair["points"] or 0, not pair["is_mirrored"]
