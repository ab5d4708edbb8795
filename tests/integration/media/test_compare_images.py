"""Candidates for formats of one picture, from the view that proposes them to the rows of those that are."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageOps

from creative_approaches.adapters.warehouses.duckdb.warehouse import DuckDBWarehouse
from creative_approaches.adapters.warehouses.port import Change
from creative_approaches.core.media.formats.local_features import VERSION, local_features
from creative_approaches.jobs.media.themes.compare_images import compare_images
from creative_approaches.tables import IMAGE_PAIRS, PAIRS_OF_NEIGHBOURS, PAIRS_TO_COMPARE
from tests.support.direct_jobs import make_directly
from tests.support.media.scenes import VERSIONS, bordered, cropped, scene

Propose = Callable[..., None]


@pytest.fixture
def warehouse(tmp_path: Path) -> DuckDBWarehouse:
    return make_directly(tmp_path, PAIRS_TO_COMPARE, PAIRS_OF_NEIGHBOURS)


@pytest.fixture
def propose(warehouse: DuckDBWarehouse) -> Propose:
    def write(*pairs: tuple[str, Image.Image, str, Image.Image, bool]) -> None:
        rows = [
            {
                "content_sha256": name,
                "neighbour_sha256": neighbour,
                "is_mirrored": mirrored,
                "features": local_features(image.convert("L")).packed(),
                "neighbour_features": local_features(other.convert("L")).packed(),
            }
            for name, image, neighbour, other, mirrored in pairs
        ]
        warehouse.write(Change.of_all(PAIRS_TO_COMPARE, PAIRS_TO_COMPARE.rows(rows)))

    return write


def test_formats_of_a_picture_are_told_from_other_pictures(warehouse: DuckDBWarehouse, propose: Propose) -> None:
    image, other = scene(0), scene(1)
    propose(("a", image, "b", VERSIONS["4:5"](image), False), ("a", image, "c", other, False))
    assert compare_images(warehouse) == (2, 1)
    row, turned_down = warehouse.read(IMAGE_PAIRS).to_pylist()
    assert (row["content_sha256"], row["neighbour_sha256"], row["is_mirrored"]) == ("a", "b", False)
    assert row["share_of_content"] == pytest.approx(0.512 * 0.8 / 0.8, abs=0.03)
    assert row["share_of_neighbour"] == pytest.approx(1, abs=0.03)
    assert row["points"] >= 12
    assert 0.9 < row["confidence"] <= 1
    said = {"content_sha256": "a", "neighbour_sha256": "c", "features_version": VERSION, "confidence": 0.0}
    assert turned_down == dict.fromkeys(IMAGE_PAIRS.columns) | said


def test_what_was_done_is_said_of_each_as_seen_from_the_other(warehouse: DuckDBWarehouse, propose: Propose) -> None:
    image = scene(2)
    right = cropped(image, 0.4, 0, 1, 1)
    propose(("a", image, "b", bordered(0.05)(right), False))
    compare_images(warehouse)
    (row,) = warehouse.read(IMAGE_PAIRS).to_pylist()
    assert row["content_in_words"] == "with more around it, without the frame"
    assert row["neighbour_in_words"] == "cropped to 60%, shifted right, in a frame"


def test_a_mirrored_part_is_told_where_it_lies_in_the_other(warehouse: DuckDBWarehouse, propose: Propose) -> None:
    image = scene(3)
    propose(("a", ImageOps.mirror(cropped(image, 0, 0, 0.7, 1)), "b", image, True))
    compare_images(warehouse)
    (row,) = warehouse.read(IMAGE_PAIRS).to_pylist()
    assert row["is_mirrored"]
    assert row["content_in_words"] == "mirrored, cropped to 70%, shifted left"
    assert row["neighbour_in_words"] == "mirrored, with more around it"


@pytest.mark.parametrize("is_mirrored", [False, True])
def test_a_pair_is_tried_the_other_way_before_it_is_turned_down(
    warehouse: DuckDBWarehouse, propose: Propose, is_mirrored: bool
) -> None:
    """It is not proposed again."""
    image = scene(6)
    propose(("a", image, "b", ImageOps.mirror(image) if is_mirrored else image, not is_mirrored))
    compare_images(warehouse)
    (row,) = warehouse.read(IMAGE_PAIRS).to_pylist()
    assert (row["is_mirrored"], row["neighbour_in_words"]) == (
        is_mirrored,
        "mirrored" if is_mirrored else "the same layout",
    )


def test_of_two_ways_to_match_the_better_one_counts(warehouse: DuckDBWarehouse, propose: Propose) -> None:
    image = scene(4)
    propose(
        ("a", image, "b", cropped(image, 0, 0, 0.9, 0.9), True),
        ("a", image, "b", cropped(image, 0, 0, 0.9, 0.9), False),
    )
    assert compare_images(warehouse) == (2, 1)
    assert warehouse.read(IMAGE_PAIRS)["is_mirrored"].to_pylist() == [False]


def test_without_candidates_nothing_is_written(warehouse: DuckDBWarehouse, propose: Propose) -> None:
    propose()
    assert compare_images(warehouse) == (0, 0)


def test_comparing_again_writes_the_same_rows(warehouse: DuckDBWarehouse, propose: Propose) -> None:
    image = scene(5)
    propose(("a", image, "b", VERSIONS["on a blurred fill"](image), False))
    compare_images(warehouse)
    before = warehouse.read(IMAGE_PAIRS)
    compare_images(warehouse)
    assert warehouse.read(IMAGE_PAIRS).equals(before)
