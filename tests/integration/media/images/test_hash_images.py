"""Images, from their addresses to the rows that are written."""

import os
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from creative_approaches.adapters.warehouses.port import Change
from creative_approaches.core.media.formats.local_features import VERSION, local_features
from creative_approaches.core.media.image_hash import HashSizes, hash_content
from creative_approaches.core.media.thumbnail import thumbnail
from creative_approaches.jobs.media import hash_images as job
from creative_approaches.jobs.media import image_decoder
from creative_approaches.jobs.media.decoders import Decoded
from creative_approaches.tables import IMAGE_FEATURES, IMAGE_HASHES, MEDIA_THUMBNAILS
from tests.support.media.server import status
from tests.support.worlds.image_world import FIRST_RUN, Row, World, encoded, picture


def test_an_image_has_its_hashes_and_where_they_come_from(world: World) -> None:
    body = picture(1)
    uri = world.serve("/a.png", body, '"v1"')
    result = world.run(uri)
    row = world.rows()[uri]
    expected, _ = hash_content(body, HashSizes(8, 16), 10**6)
    assert {name: row[name] for name in vars(expected)} == vars(expected)
    assert row["content_sha256"] == sha256(body).hexdigest()
    assert (row["content_version"], row["content_bytes"]) == ('"v1"', len(body))
    assert (row["checked_at"], row["hash_size"], row["fine_hash_size"]) == (FIRST_RUN, 8, 16)
    assert (row["status"], row["reason"], row["detail"]) == ("hashed", None, None)
    assert (result.rows_read, result.rows_written, result.outcome) == (1, 1, "done")


def test_images_of_files_and_of_the_web_are_hashed_alike(world: World) -> None:
    (world.directory / "a.png").write_bytes(picture(1))
    uri = world.serve("/a.png", picture(1))
    world.run(uri, "a.png")
    rows = world.rows()
    assert rows[uri]["phash"] == rows["a.png"]["phash"] is not None


def test_no_images_are_no_work(world: World) -> None:
    assert world.run().outcome == "unchanged"


def test_a_second_run_asks_for_nothing_and_writes_nothing(world: World) -> None:
    uris = [world.serve("/a.png", picture(1)), world.serve("/b.jpg", b"no image"), world.site.uri("/gone.jpg")]
    world.run(*uris)
    before, asked = world.rows(), dict(world.site.asked)
    world.now += timedelta(days=1)
    result = world.run()
    assert (world.rows(), dict(world.site.asked)) == (before, asked)
    assert (result.rows_written, result.outcome) == (0, "unchanged")


def test_bytes_seen_in_an_earlier_run_are_not_hashed_again(world: World) -> None:
    first = world.serve("/a.png", picture(1))
    world.run(first)
    planted = world.rows()[first] | {"phash": 4711}
    world.warehouse.write(Change.of_all(IMAGE_HASHES, IMAGE_HASHES.rows([planted])))
    copy = world.serve("/copy.png", picture(1), '"v7"')
    world.run(first, copy)
    row = world.rows()[copy]
    assert (row["phash"], row["content_version"]) == (4711, '"v7"')


def test_bytes_are_decoded_once_in_a_run(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job, "decode_image", _noted)
    monkeypatch.setattr(job, "CHUNK", 3)
    monkeypatch.setenv("NOTES", str(world.directory))
    world.run(*(world.serve(f"/{number}.png", picture(number % 2)) for number in range(8)))
    assert len(list(world.directory.glob("note *"))) == 2
    assert len({row["phash"] for row in world.rows().values()}) == 2


def _noted(body: bytes, sizes: HashSizes, max_pixels: int, keep_thumbnail: bool, keep_copies: bool) -> Decoded:
    Path(os.environ["NOTES"], f"note {sha256(body).hexdigest()}").touch(exist_ok=False)
    return image_decoder.decode_image(body, sizes, max_pixels, keep_thumbnail, keep_copies)


def test_other_hash_sizes_are_other_hashes(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    uri = world.serve("/a.png", picture(1), '"v1"')
    world.run(uri)
    monkeypatch.setattr(job, "DEFAULT_SIZES", HashSizes(6))
    world.run()
    assert world.rows()[uri]["hash_size"] == 6
    assert world.site.asked["/a.png"] == 2


def test_an_image_that_did_not_change_is_only_checked(world: World) -> None:
    uri = world.serve("/a.png", picture(1), '"v1"')
    world.run(uri)
    before = world.rows()[uri]
    world.now += timedelta(days=30)
    assert world.run().rows_written == 1
    assert world.rows()[uri] == before | {"checked_at": world.now}
    assert world.run().rows_written == 0


def test_an_image_that_changed_is_hashed_again(world: World) -> None:
    uri = world.serve("/a.png", picture(1), '"v1"')
    world.run(uri)
    before = world.rows()[uri]
    world.serve("/a.png", picture(2), '"v2"')
    world.run()
    assert world.rows()[uri] == before
    world.now += timedelta(days=30)
    world.run()
    row = world.rows()[uri]
    assert (row["content_sha256"], row["content_version"]) == (sha256(picture(2)).hexdigest(), '"v2"')
    assert row["phash"] != before["phash"]


def test_an_image_without_its_last_bytes_is_hashed_and_marked(world: World) -> None:
    whole, cut = picture(1, "JPEG"), picture(2, "JPEG")[:-2]
    uris = [world.serve("/whole.jpg", whole), world.serve("/cut.jpg", cut)]
    assert world.run(*uris).failed == 0
    rows = world.rows()
    assert [(rows[uri]["status"], rows[uri]["is_truncated"]) for uri in uris] == [("hashed", False), ("hashed", True)]
    world.serve("/cut.jpg", picture(2, "JPEG"))
    world.now += timedelta(days=30)
    world.run()
    assert not world.rows()[uris[1]]["is_truncated"]


def test_a_whole_image_is_not_replaced_by_a_part_of_it(world: World) -> None:
    uri = world.serve("/a.jpg", picture(1, "JPEG"))
    world.run(uri)
    before = world.rows()[uri]
    world.serve("/a.jpg", picture(1, "JPEG")[:-100])
    world.now += timedelta(days=30)
    world.run()
    assert world.rows()[uri] == before | {"checked_at": world.now}


@pytest.mark.parametrize(("code", "is_lost"), [(404, True), (403, True), (503, False)])
def test_hashes_outlive_their_image(world: World, code: int, is_lost: bool) -> None:
    uri = world.serve("/a.png", picture(1))
    world.run(uri)
    before = world.rows()[uri]
    world.site.answers["/a.png"] = status(code)
    world.now += timedelta(days=30)
    world.run()
    assert world.rows()[uri] == before | ({"is_lost": True, "checked_at": world.now} if is_lost else {})
    world.serve("/a.png", picture(1))
    world.now += timedelta(days=30)
    world.run()
    assert world.rows()[uri] == before | {"checked_at": world.now}


def test_nothing_is_ever_asked_for_again_if_nobody_wants_it(world: World) -> None:
    uris = [world.serve("/a.png", picture(1)), world.site.uri("/gone.jpg")]
    world.run(*uris)
    world.now += timedelta(days=10_000)
    assert world.run(image_recheck_days=None).rows_written == 0
    assert world.site.asked.total() == 2


def test_a_content_has_the_features_that_its_formats_are_found_by_once(world: World) -> None:
    body = picture(1)
    world.run(world.serve("/a.png", body, '"v1"'), world.serve("/b.png", body, '"v1"'))
    (row,) = world.warehouse.read(IMAGE_FEATURES).to_pylist()
    expected = local_features(Image.open(BytesIO(body)).convert("L"))
    assert row == {
        "content_sha256": sha256(body).hexdigest(),
        "features_version": VERSION,
        "words": expected.words().tolist(),
        "features": expected.packed(),
    }


def test_images_that_an_earlier_version_hashed_get_their_features(world: World) -> None:
    uri, gone = world.serve("/a.png", picture(1), '"v1"'), world.serve("/gone.png", picture(2))
    world.run(uri, gone)
    of_before = [row | {"features_version": None} for row in world.rows().values()]
    world.warehouse.write(Change.of_all(IMAGE_HASHES, IMAGE_HASHES.rows(of_before)))
    world.warehouse.write(Change.of_all(IMAGE_FEATURES, IMAGE_FEATURES.rows([])))
    world.site.answers["/gone.png"] = status(404)
    world.run()
    assert [row["content_sha256"] for row in world.warehouse.read(IMAGE_FEATURES).to_pylist()] == [
        sha256(picture(1)).hexdigest()
    ]
    rows, asked = world.rows(), dict(world.site.asked)
    assert {row["status"] for row in rows.values()} == {"hashed"}
    assert rows[gone]["phash"] is not None
    world.run()
    assert dict(world.site.asked) == asked


def thumbnails(world: World) -> dict[str, Row]:
    return {row["content_sha256"]: row for row in world.warehouse.read(MEDIA_THUMBNAILS).to_pylist()}


def test_a_content_has_one_thumbnail_whatever_its_addresses(world: World) -> None:
    body = picture(1)
    world.run(world.serve("/a.png", body), world.serve("/b.png", body), world.serve("/c.png", picture(2)))
    made = thumbnails(world)
    assert made.keys() == {sha256(body).hexdigest(), sha256(picture(2)).hexdigest()}
    row = made[sha256(body).hexdigest()]
    assert (row["media_type"], row["starts_at"]) == ("image", None)
    assert vars(thumbnail(Image.open(BytesIO(body)))).items() <= row.items()


def test_a_thumbnail_stays_as_it_was_first_made(world: World) -> None:
    uri = world.serve("/a.png", picture(1))
    world.run(uri)
    (row,) = thumbnails(world).values()
    planted = row | {"webp": b"kept"}
    world.warehouse.write(Change.of_all(MEDIA_THUMBNAILS, MEDIA_THUMBNAILS.rows([planted])))
    world.warehouse.write(Change.of_all(IMAGE_HASHES, IMAGE_HASHES.rows([])))
    world.run()
    assert list(thumbnails(world).values()) == [planted]


def test_thumbnails_can_be_switched_off(world: World) -> None:
    uri = world.serve("/a.png", picture(1))
    world.run(uri, keep_thumbnails=False)
    assert (world.rows()[uri]["status"], thumbnails(world)) == ("hashed", {})
    assert world.run(keep_thumbnails=False).rows_written == 0


def test_images_hashed_without_thumbnails_get_theirs_once(world: World) -> None:
    uri, gone = world.serve("/a.png", picture(1), '"v1"'), world.serve("/gone.png", picture(2))
    world.run(uri, gone, keep_thumbnails=False)
    before = world.rows()
    world.site.answers["/gone.png"] = status(404)
    world.run()
    assert thumbnails(world).keys() == {sha256(picture(1)).hexdigest()}
    assert world.rows() == {
        address: row | {"thumbnail_tried": True, "is_lost": True if address == gone else None}
        for address, row in before.items()
    }
    asked = dict(world.site.asked)
    assert world.run().rows_written == 0
    assert dict(world.site.asked) == asked


def test_a_blank_image_has_its_reason_and_no_hashes(world: World) -> None:
    pixel = world.serve("/pixel.gif", encoded(Image.new("RGB", (1, 1)), "GIF"))
    white = world.serve("/white.png", encoded(Image.new("RGBA", (300, 250)), "PNG"))
    world.run(pixel, white)
    rows = world.rows()
    assert {(row["status"], row["reason"], row["phash"]) for row in rows.values()} == {("failed", "blank", None)}
    assert rows[pixel]["detail"] == "It has 1 x 1 pixels, too few to show anything."
    assert (rows[white]["width"], rows[white]["height"]) == (300, 250)
    assert rows[white]["content_sha256"] is not None


def test_a_blank_image_that_an_earlier_version_hashed_loses_its_hashes(world: World) -> None:
    white = world.serve("/white.png", encoded(Image.new("RGB", (300, 250)), "PNG"), '"v1"')
    world.run(white)
    of_before = hash_content(encoded(Image.new("RGB", (300, 250)), "PNG"), HashSizes(), 10**6)[0]
    before = world.rows()[white] | vars(of_before) | {"status": "hashed", "reason": None, "detail": None}
    world.warehouse.write(Change.of_all(IMAGE_HASHES, IMAGE_HASHES.rows([before])))
    world.run()
    assert world.rows()[white]["reason"] == "blank"


def test_a_picture_that_is_blank_by_now_stays_what_it_showed(world: World) -> None:
    uri = world.serve("/a.png", picture(1), '"v1"')
    world.run(uri)
    before = world.rows()[uri]
    world.serve("/a.png", encoded(Image.new("RGB", (1, 1)), "PNG"), '"v2"')
    world.now += timedelta(days=40)
    world.run()
    assert world.rows()[uri] == before | {"is_lost": True, "checked_at": world.now}
