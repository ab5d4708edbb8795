"""Hashing of media of any kind: what is due, the way of its bytes, and the rows that are written of it."""

from collections import Counter
from collections.abc import Iterable
from functools import partial
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from creative_approaches.adapters.media.uris import host_of
from creative_approaches.adapters.warehouses.port import Change, Warehouse
from creative_approaches.jobs.job import Clock, JobResult, Progress
from creative_approaches.jobs.media.decoders import FAILED, Row
from creative_approaches.jobs.media.known_rows import KnownRows
from creative_approaches.jobs.media.medium import Medium
from creative_approaches.jobs.media.parts import Parts
from creative_approaches.jobs.media.rechecks import Rechecks
from creative_approaches.jobs.media.stream import Asked, MediaStream
from creative_approaches.tables import READING_COPIES


def hash_media(warehouse: Warehouse, medium: Medium, progress: Progress, clock: Clock) -> JobResult:
    """Hash the media that have no hash yet, and ask again for those that may have changed.

    One that failed keeps its reason, and is asked for again in the next run if that may help.
    """
    uris, rows_before = warehouse.read(medium.addresses)[medium.key], warehouse.read(medium.hashes)
    if not len(uris):
        return JobResult(0, 0, f"there are no {medium.plural}")
    rechecks = Rechecks(medium, clock())
    parts_before = Parts(partial(warehouse.read, medium.parts)) if medium.parts else None
    known = KnownRows(rows_before, rechecks, parts_before)
    due = _in_turns(known.due(uris))
    share = f"{len(due):,} of {len(uris):,} {medium.plural}"
    if due and medium.needs:
        return JobResult(len(uris), 0, f"{share} are left out: they need {medium.needs}")
    written = failures = 0
    with MediaStream(medium, max(1, min(medium.processes, len(due)))) as stream:
        for start in progress(range(0, len(due), medium.chunk), medium.job):
            counts = _hash_chunk(warehouse, stream, due[start : start + medium.chunk], known, rechecks)
            written, failures = written + counts[0], failures + counts[1]
    detail = f"{share} were new or due"
    if failures:
        detail += f", {failures:,} failed (reasons: table {medium.hashes.name})"
    return JobResult(len(uris), written, detail, failures)


def _hash_chunk(
    warehouse: Warehouse, stream: MediaStream, files: list[Asked], known: KnownRows, rechecks: Rechecks
) -> tuple[int, int]:
    """Hash some files and commit their rows. Returns how many rows were written, and how many files failed."""
    medium = rechecks.medium
    rows: list[Row] = []
    parts: list[Row] = []
    contents: dict[str, dict[tuple[Any, ...], Row]] = {table.name: {} for table in medium.contents}
    keys = {table.name: table.key for table in medium.contents}
    changed: dict[str, str | None] = {}
    failures = 0
    for file, found in stream.found(files, known.copy):
        before = known.row(file.uri)
        row = rechecks.settled(before, found and _row(medium, file, found.columns))
        failures += (row or before or {})["status"] == FAILED
        if row is None:
            continue
        rows.append(row)
        if before and before["content_sha256"] != row["content_sha256"]:
            changed[file.uri] = row["content_sha256"]
        if found:
            parts += ({medium.key: file.uri, **part} for part in found.parts)
            digest = row["content_sha256"]
            for table, content in found.contents:
                if table != READING_COPIES.name or medium.copies.are_kept(file.uri, digest):
                    made = {"content_sha256": digest, **content}
                    contents[table][tuple(made[column] for column in keys[table])] = made
    if rows:
        chunk = medium.hashes.rows(rows)
        # What is made of bytes stays. Rows that are only added are billed by their keys, which are small beside them.
        of_contents = (
            Change.of_new(table, table.rows(list(contents[table.name].values())))
            for table in medium.contents
            if contents[table.name]
        )
        warehouse.write(Change.of_keys(medium.hashes, chunk), *_of_parts(medium, parts), *of_contents)
        copied = {digest for digest, *_ in contents.get(READING_COPIES.name, ())}
        known.remember(chunk, changed, {part[medium.key] for part in parts}, copied)
    return len(rows), failures


def _row(medium: Medium, file: Asked, columns: Row) -> Row:
    return dict.fromkeys(medium.hashes.columns) | {medium.key: file.uri} | columns


def _of_parts(medium: Medium, rows: list[Row]) -> list[Change]:
    """The parts of those of which some are given, instead of what they had."""
    if not medium.parts or not rows:
        return []
    parts = medium.parts.rows(rows)
    return [Change(medium.parts, parts, pa.table({medium.key: pc.unique(parts[medium.key])}))]


def _in_turns(files: Iterable[Asked]) -> list[Asked]:
    """One file of each host after the other, so that a slow host does not hold up the others."""
    turns: Counter[str] = Counter()
    numbered = []
    for file in files:
        host = host_of(file.uri)
        turns[host] += 1
        numbered.append((turns[host], file))
    return [file for _, file in sorted(numbered, key=lambda pair: pair[0])]
