"""Job group-media: which images and videos are the same, from pairs that SQL found and what people decided."""

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from creative_approaches.adapters.warehouses.port import Warehouse
from creative_approaches.core.arrays import Labels
from creative_approaches.core.ids import stable_id
from creative_approaches.core.media.themes.grouping import NONE, Joins, Themes, compared_by, group
from creative_approaches.core.media.themes.overrides import put_together, set_apart
from creative_approaches.jobs.job import JobResult, Progress, replace_tables
from creative_approaches.jobs.media.themes.compare_images import compare_images
from creative_approaches.jobs.media.themes.near_pairs import numbers_of, read_near_pairs
from creative_approaches.settings import Settings
from creative_approaches.tables import IMAGE_OVERRIDES, IMAGE_THEMES, MEDIA_CONTENTS

Flags = NDArray[np.bool_]

LEADER: Final = "leader"
FORCED: Final = "forced"
_IN_WORDS: Final = {LEADER: "what the theme is grouped around", FORCED: "put here by a correction"}


def group_media(warehouse: Warehouse, settings: Settings, progress: Progress) -> JobResult:
    """Group the contents that creatives show into themes, and write the rows that changed.

    A theme is known by its first content, so that a new leader leaves its id alone. The same input gives the same rows,
    whatever its order.
    """
    compared_pairs, formats = compare_images(warehouse)
    rows, without = _grouped(warehouse)
    written = replace_tables(warehouse, {IMAGE_THEMES: rows})
    told = f"{rows.num_rows:,} images and videos in {pc.count_distinct(rows['image_theme_id']).as_py():,} themes"
    if compared_pairs:
        told += f"; {compared_pairs:,} pairs compared, {formats:,} formats of one picture found"
    if without:
        told += f"; corrections of what no creative shows: {without:,}"
    return JobResult(rows.num_rows, written + formats, told)


def _grouped(warehouse: Warehouse) -> tuple[pa.Table, int]:
    """The rows of table image_themes, and how many of people's decisions are of what no creative shows."""
    contents = _first_created_first(warehouse.read(MEDIA_CONTENTS))
    known = contents["content_sha256"]
    overrides = warehouse.read(IMAGE_OVERRIDES)
    pairs = read_near_pairs(warehouse, known)
    joins = Joins.of(len(known), pairs.content, pairs.neighbour, pairs.confidence, pairs.kind)
    evidence = pairs.evidence
    del pairs  # some hundred megabytes
    compared = compared_by(joins, numbers_of(contents["representative_sha256"], known))
    together, apart = (_decided(overrides, kind, known) for kind in ("together", "apart"))
    themes = set_apart(put_together(group(joins, compared), *together), joins, compared, *apart)
    without = overrides.num_rows - len(together[0]) - len(apart[0])
    return _rows(contents, themes, joins, evidence), without


def _first_created_first(contents: pa.Table) -> pa.Table:
    """The contents in the order of their numbers. Of those without a time nobody knows whether they were the first."""
    return contents.sort_by([("created_at", "ascending"), ("content_sha256", "ascending")])  # null comes last


def _decided(overrides: pa.Table, kind: str, known: pa.ChunkedArray) -> tuple[Labels, Labels]:
    """The contents that people decided about, two and two, of which both are shown."""
    rows = overrides.filter(pc.equal(overrides["kind"], kind))
    content, other = (numbers_of(rows[column], known) for column in ("content_sha256", "other_sha256"))
    both = (content != NONE) & (other != NONE)
    return content[both], other[both]


def _rows(contents: pa.Table, themes: Themes, joins: Joins, evidence: pa.Table) -> pa.Table:
    """The rows of table image_themes, in the order of its key."""
    number = np.arange(joins.count)
    is_leader = themes.leader == number
    by = joins.between(number, themes.joined)
    # Who is not like the one that it joined is there because somebody said so.
    is_forced = ~is_leader & (themes.is_forced | (by == NONE))
    is_by_pair = ~is_leader & ~is_forced
    found = _at(evidence, joins.source, np.where(is_by_pair, by, NONE))
    to_leader = _at(evidence.select(["fine_distance"]), joins.source, joins.between(number, themes.leader))
    sure = np.minimum(
        joins.confidence_between(number, themes.joined), joins.confidence_between(themes.joined, themes.leader)
    )
    known = contents["content_sha256"].combine_chunks()
    is_picture = pc.equal(contents["media_type"], "image")
    columns = {
        "content_sha256": known,
        "media_type": contents["media_type"],
        "image_theme_id": _theme_ids(known, themes.first),
        "leader_sha256": known.take(pa.array(themes.leader)),
        "joined_sha256": known.take(pa.array(themes.joined)),
        "match_rule": _said(is_leader, LEADER, is_forced, FORCED, found["match_rule"]),
        "match_in_words": _said(is_leader, _IN_WORDS[LEADER], is_forced, _IN_WORDS[FORCED], found["match_in_words"]),
        "hash_kind": found["hash_kind"],
        "distance": found["distance"],
        "fine_distance": found["fine_distance"],
        "fine_distance_to_leader": pc.if_else(pc.and_(pa.array(is_leader), is_picture), 0, to_leader["fine_distance"]),
        "confidence": np.where(is_by_pair, sure, 1.0),
    }
    return pa.table(columns).cast(IMAGE_THEMES.schema).sort_by("content_sha256")


def _at(evidence: pa.Table, source: Labels, entry: Labels) -> pa.Table:
    """The evidence of entries of the joins; null where there is none."""
    rows = np.append(source, NONE)[entry]
    return evidence.take(pa.array(rows, mask=rows == NONE))


def _said(is_leader: Flags, of_leader: str, is_forced: Flags, of_forced: str, of_pair: pa.ChunkedArray) -> pa.Array:
    """Of each what it is: a leader, put there, or what its pair says."""
    condition = pa.StructArray.from_arrays([pa.array(is_leader), pa.array(is_forced)], ["leader", "forced"])
    return pc.case_when(condition, of_leader, of_forced, pc.cast(of_pair, pa.string()))


def _theme_ids(known: pa.Array, first: Labels) -> pa.Array:
    """The id of the theme of each content."""
    firsts, place = np.unique(first, return_inverse=True)
    ids = pa.array([stable_id(content) for content in known.take(pa.array(firsts)).to_pylist()], pa.string())
    return ids.take(pa.array(place))
