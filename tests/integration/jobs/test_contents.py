"""What contents show, with what the media jobs loaded since dbt ran."""

from pathlib import Path

from creative_approaches.adapters.warehouses.port import Change
from creative_approaches.jobs.contents import SHOWN, ShownMedia, content_hashes, shown_by
from creative_approaches.tables import CONTENTS, IMAGE_HASHES, VIDEO_HASHES
from tests.support.direct_jobs import make_directly


def test_each_content_shows_its_image_and_its_film(tmp_path: Path) -> None:
    warehouse = make_directly(tmp_path, CONTENTS)
    contents: list[dict[str, str | None]] = [
        {"version_key": "both", "wording_hash": "w", "image_uri": "a.png", "video_uri": "a.mp4"},
        {"version_key": "the same", "wording_hash": "w", "image_uri": "b.png", "video_uri": "a.mp4"},
        {"version_key": "image of before", "wording_hash": "w", "image_uri": "gone.png", "image_sha256": "before"},
        {"version_key": "no words", "image_uri": "a.png"},
        {"version_key": "text", "wording_hash": "w"},
        {"version_key": "nothing"},
    ]
    digests = {"a.png": "image", "b.png": "image", "gone.png": None}
    images = [{"image_uri": uri, "content_sha256": digest} for uri, digest in digests.items()]
    warehouse.write(
        Change.of_all(CONTENTS, CONTENTS.rows(contents)),
        Change.of_all(IMAGE_HASHES, IMAGE_HASHES.rows(images)),
        Change.of_all(VIDEO_HASHES, VIDEO_HASHES.rows([{"video_uri": "a.mp4", "content_sha256": "film"}])),
    )
    rows = warehouse.read(CONTENTS.only(*SHOWN))
    hash_of, shown = content_hashes(warehouse, rows), shown_by(warehouse, rows)
    assert {key: shown[content_hash] for key, content_hash in hash_of.items()} == {
        "both": ShownMedia("image", "film"),
        "the same": ShownMedia("image", "film"),
        "image of before": ShownMedia("before", None),
        "no words": ShownMedia("image", None),
        "text": ShownMedia(None, None),
        "nothing": ShownMedia(None, None),
    }
    assert hash_of["both"] == hash_of["the same"]
    assert shown.keys() == set(hash_of.values())
