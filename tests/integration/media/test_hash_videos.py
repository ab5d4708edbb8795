"""Job hash-videos on a real DuckDB file, with films in real files and decoders in real processes."""

import os
from concurrent.futures import Future
from datetime import datetime, timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from weakref import ref

import pyarrow as pa
import pytest
from PIL import Image

from creative_approaches.adapters.warehouses.port import Change
from creative_approaches.core.media.thumbnail import thumbnail
from creative_approaches.core.media.video_hash import hash_video
from creative_approaches.jobs.job import JobResult
from creative_approaches.jobs.media import hash_videos as job
from creative_approaches.jobs.media.decoders import Decoded, Decoders
from creative_approaches.jobs.media.hash_videos import hash_videos
from creative_approaches.settings import Settings
from creative_approaches.tables import (
    CONTENTS,
    CREATIVE_TRAITS,
    MEDIA_THUMBNAILS,
    READING_COPIES,
    VIDEO_HASHES,
    VIDEO_KEYFRAMES,
    VIDEOS,
    Table,
)
from tests.support.direct_jobs import make_directly
from tests.support.media.drawn_films import Encoding, Scene, film

SMALL = Encoding(size=(64, 36), rate=8)
CARD = film([Scene(1, 1.0, is_still=True)], SMALL)
TWO_SHOTS = film([Scene(seed, 1.0, is_still=True) for seed in (1, 2)], SMALL)
THREE_SHOTS = film([Scene(seed, 1.0, is_still=True) for seed in (1, 2, 3)], SMALL)


class World:
    """A warehouse and the files beside it, and the job with the project's own settings."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.warehouse = make_directly(directory, VIDEOS, CONTENTS, CREATIVE_TRAITS)
        self.settings = Settings.of({})

    def show(self, *uris: str) -> None:
        self.warehouse.write(Change.of_all(VIDEOS, VIDEOS.rows([{"video_uri": uri} for uri in uris])))

    def put(self, **files: bytes) -> None:
        for name, content in files.items():
            (self.directory / f"{name}.mp4").write_bytes(content)

    def run(self, days_later: int = 0) -> JobResult:
        now = datetime(2026, 1, 5) + timedelta(days=days_later)
        return hash_videos(self.warehouse, self.settings, lambda items, _: items, lambda: now)

    def videos(self) -> dict[str, dict[str, Any]]:
        return {row["video_uri"]: row for row in self.warehouse.read(VIDEO_HASHES).to_pylist()}

    def keyframes(self, uri: str) -> list[dict[str, Any]]:
        rows = self.warehouse.read(VIDEO_KEYFRAMES).to_pylist()
        return [{**row, "video_uri": None} for row in rows if row["video_uri"] == uri]


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The contents that were decoded, in order."""
    seen: list[bytes] = []
    real = Decoders.submit

    def spy(self: Decoders, content: bytes) -> Future[Decoded]:
        seen.append(content)
        return real(self, content)

    monkeypatch.setattr(Decoders, "submit", spy)
    return seen


def test_films_are_hashed_and_what_is_none_is_recorded_with_its_reason(world: World) -> None:
    world.put(shots=THREE_SHOTS, page=b"<html>", half=THREE_SHOTS[: len(THREE_SHOTS) // 2])
    world.show("shots.mp4", "page.mp4", "half.mp4", "gone.mp4")
    result = world.run()
    assert (result.rows_read, result.rows_written, result.failed, result.outcome) == (4, 4, 3, "partial")
    assert result.detail == "4 of 4 videos were new or due, 3 failed (reasons: table video_hashes)"
    found = world.videos()
    assert {uri: row["reason"] or row["status"] for uri, row in found.items()} == {
        "shots.mp4": "hashed",
        "page.mp4": "not_a_video",
        "half.mp4": "truncated",
        "gone.mp4": "gone",
    }
    shots = found["shots.mp4"]
    assert (shots["format"], shots["codec"], shots["width"], shots["height"]) == ("mov", "h264", 64, 36)
    assert (shots["content_bytes"], shots["keyframes"]) == (len(THREE_SHOTS), 3)
    assert [(row["keyframe"], round(row["starts_at"])) for row in world.keyframes("shots.mp4")] == [
        (0, 0),
        (1, 1),
        (2, 2),
    ]
    assert not world.keyframes("page.mp4")


def test_a_second_run_changes_nothing(world: World, decoded: list[bytes]) -> None:
    world.put(card=CARD, page=b"<html>")
    world.show("card.mp4", "page.mp4")
    assert world.run().rows_written == 2
    decoded.clear()
    assert world.run(days_later=1).rows_written == 0
    assert not decoded


def test_an_old_film_is_asked_for_again_and_decoded_only_if_it_changed(world: World, decoded: list[bytes]) -> None:
    world.put(same=CARD, other=CARD)
    world.show("same.mp4", "other.mp4")
    world.run()
    world.put(other=THREE_SHOTS)
    decoded.clear()
    assert world.run(days_later=40).rows_written == 2
    assert decoded == [THREE_SHOTS]
    assert [len(world.keyframes(uri)) for uri in ("same.mp4", "other.mp4")] == [1, 3]
    assert {row["checked_at"] for row in world.videos().values()} == {datetime(2026, 2, 14)}


def test_a_film_that_can_be_read_at_last_is_hashed(world: World) -> None:
    world.put(card=CARD[: len(CARD) // 2])
    world.show("card.mp4")
    assert world.run().outcome == "partial"
    world.put(card=CARD)
    assert world.run(days_later=40).outcome == "done"
    assert world.videos()["card.mp4"]["reason"] is None
    assert len(world.keyframes("card.mp4")) == 1


@pytest.mark.parametrize(
    ("small", "large", "reason"),
    [
        ({"video_max_megabytes": 0.001}, {"video_max_megabytes": 10}, "too_many_bytes"),
        ({"video_max_seconds": 1}, {"video_max_seconds": 9}, "too_long"),
    ],
)
def test_a_film_beyond_a_limit_is_asked_for_when_the_limit_admits_it(
    world: World, decoded: list[bytes], small: dict[str, float], large: dict[str, float], reason: str
) -> None:
    world.put(shots=THREE_SHOTS)
    world.show("shots.mp4")
    world.settings = Settings.of(small)
    assert world.run().failed == 1
    assert world.videos()["shots.mp4"]["reason"] == reason
    decoded.clear()
    world.settings = Settings.of({name: value * 2 for name, value in small.items()})
    assert world.run(days_later=1).rows_written == 0
    assert not decoded
    world.settings = Settings.of(large)
    assert world.run(days_later=2).outcome == "done"
    assert world.videos()["shots.mp4"]["status"] == "hashed"


def test_hashes_outlive_their_film(world: World) -> None:
    world.put(card=CARD)
    world.show("card.mp4")
    world.run()
    (world.directory / "card.mp4").unlink()
    assert world.run(days_later=40).failed == 0
    assert world.videos()["card.mp4"]["status"] == "hashed"
    assert len(world.keyframes("card.mp4")) == 1


def test_the_same_bytes_are_decoded_once_in_all_runs(world: World, decoded: list[bytes]) -> None:
    world.put(a=THREE_SHOTS, b=THREE_SHOTS, c=THREE_SHOTS)
    world.show("a.mp4", "b.mp4")
    world.run()
    world.show("a.mp4", "b.mp4", "c.mp4")
    assert world.run().rows_written == 1
    assert decoded == [THREE_SHOTS]
    assert world.keyframes("a.mp4") == world.keyframes("b.mp4") == world.keyframes("c.mp4")
    a, _, c = (row | {"video_uri": None, "content_version": None} for row in world.videos().values())
    assert a == c


def test_bytes_of_a_film_that_changed_meanwhile_are_copied_from_no_other(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job, "CHUNK", 1)
    world.put(a=THREE_SHOTS)
    world.show("a.mp4")
    world.run()
    world.put(a=CARD, b=THREE_SHOTS, c=CARD)
    world.show("a.mp4", "b.mp4", "c.mp4")
    world.run(days_later=40)
    assert [len(world.keyframes(uri)) for uri in ("a.mp4", "b.mp4", "c.mp4")] == [1, 3, 1]


def test_the_same_bytes_are_decoded_once_over_all_chunks(
    world: World, decoded: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job, "CHUNK", 1)
    world.put(a=CARD, b=THREE_SHOTS, c=CARD, d=THREE_SHOTS, e=b"<html>", f=b"<html>")
    world.show(*(f"{name}.mp4" for name in "abcdef"))
    world.run()
    assert decoded == [CARD, THREE_SHOTS, b"<html>"]
    assert world.keyframes("a.mp4") == world.keyframes("c.mp4")
    assert world.keyframes("b.mp4") == world.keyframes("d.mp4")
    assert len(world.keyframes("d.mp4")) == 3


def test_keyframes_are_not_kept_once_they_are_committed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    class Frames(list[dict[str, Any]]):
        """A list that can be looked at from afar."""

    kept: list[ref[Frames]] = []
    alive: list[int] = []
    real = Decoders._decode

    def spy(self: Decoders, content: bytes) -> Decoded:
        alive.append(sum(frames() is not None for frames in kept))
        columns, parts, _ = real(self, content)
        frames = Frames(parts)
        kept.append(ref(frames))
        return Decoded(columns, frames)

    monkeypatch.setattr(Decoders, "_decode", spy)
    monkeypatch.setattr(job, "CHUNK", 1)
    world.put(a=CARD, b=THREE_SHOTS, c=TWO_SHOTS)
    world.show("a.mp4", "b.mp4", "c.mp4")
    world.run()
    assert alive == [0, 0, 0]


def test_the_keyframes_of_the_same_bytes_are_neither_read_nor_written_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.put(card=CARD)
    world.show("card.mp4")
    world.run()
    before = world.videos()["card.mp4"]
    os.utime(world.directory / "card.mp4", (0, 0))  # another version for the same bytes
    touched: list[Table] = []
    read, write = world.warehouse.read, world.warehouse.write

    def spying_read(table: Table) -> pa.Table:
        touched.append(table)
        return read(table)

    def spying_write(*changes: Change) -> int:
        touched.extend(change.table for change in changes)
        return write(*changes)

    monkeypatch.setattr(world.warehouse, "read", spying_read)
    monkeypatch.setattr(world.warehouse, "write", spying_write)
    assert world.run(days_later=40).rows_written == 1
    assert VIDEO_KEYFRAMES not in touched
    after = world.videos()["card.mp4"]
    assert after["content_version"] == f"0-{len(CARD)}" != before["content_version"]
    assert after["checked_at"] == datetime(2026, 2, 14)
    assert len(world.keyframes("card.mp4")) == 1


def test_a_film_has_one_thumbnail_whatever_its_addresses(world: World) -> None:
    world.put(a=THREE_SHOTS, b=THREE_SHOTS)
    world.show("a.mp4", "b.mp4")
    world.run()
    (row,) = world.warehouse.read(MEDIA_THUMBNAILS).to_pylist()
    expected = hash_video(THREE_SHOTS, 60)
    assert row == {
        "content_sha256": sha256(THREE_SHOTS).hexdigest(),
        "media_type": "video",
        "starts_at": expected.still_starts_at,
        **vars(thumbnail(expected.still)),
    }


def test_films_hashed_without_thumbnails_get_theirs_once(world: World, decoded: list[bytes]) -> None:
    world.put(card=CARD, gone=TWO_SHOTS)
    world.show("card.mp4", "gone.mp4")
    world.settings = Settings.of({"keep_thumbnails": False})
    world.run()
    assert world.warehouse.read(MEDIA_THUMBNAILS).num_rows == 0
    (world.directory / "gone.mp4").unlink()
    decoded.clear()
    world.settings = Settings.of({})
    world.run()
    assert world.warehouse.read(MEDIA_THUMBNAILS)["content_sha256"].to_pylist() == [sha256(CARD).hexdigest()]
    assert [len(world.keyframes(uri)) for uri in ("card.mp4", "gone.mp4")] == [1, 2]
    assert world.run().rows_written == 0
    assert decoded == [CARD]


def test_without_the_decoder_videos_are_left_out(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job, "find_spec", lambda _: None)
    world.show("a.mp4", "b.mp4")
    result = world.run()
    assert (result.outcome, result.failed) == ("unchanged", 0)
    assert result.detail == ("2 of 2 videos are left out: they need pip install 'creative-approaches[video]'")
    assert not world.videos()


def test_without_videos_no_process_is_started(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Decoders, "submit", None)
    world.show()
    assert world.run().outcome == "unchanged"


def test_frames_of_a_film_are_copied_for_an_annotator_that_looks_at_them(world: World, decoded: list[bytes]) -> None:
    shots = film([Scene(seed, 1.0, is_still=True) for seed in range(1, 12)], SMALL)
    world.put(shots=shots, card=CARD, same=CARD)
    world.show("shots.mp4", "card.mp4", "same.mp4")
    world.run()
    assert world.warehouse.read(READING_COPIES).num_rows == 0
    keyframes, of_before = world.keyframes("shots.mp4"), world.videos()
    contents = [{"version_key": uri, "video_uri": uri} for uri in ("shots.mp4", "card.mp4", "same.mp4")]
    world.warehouse.write(Change.of_all(CONTENTS, CONTENTS.rows(contents)))
    world.settings = Settings.of({"annotator": "gemini"})
    decoded.clear()
    world.run(days_later=1)
    assert len(decoded) == 2
    copies: dict[str, list[dict[str, Any]]] = {}
    for row in world.warehouse.read(READING_COPIES).to_pylist():
        copies.setdefault(row["content_sha256"], []).append(row)
    found = copies[sha256(shots).hexdigest()]
    assert [row["picture"] for row in found] == list(range(8))
    times = [row["starts_at_seconds"] for row in found]
    assert (len(keyframes), times[0], times[-1]) == (11, 0, keyframes[-1]["starts_at"])
    assert set(times) <= {row["starts_at"] for row in keyframes}
    assert {Image.open(BytesIO(row["webp"])).size for row in found} == {(64, 36)}
    assert [row["starts_at_seconds"] for row in copies[sha256(CARD).hexdigest()]] == [0]
    assert world.keyframes("shots.mp4") == keyframes
    assert world.videos().keys() == of_before.keys()
    assert world.run(days_later=1).rows_written == 0
