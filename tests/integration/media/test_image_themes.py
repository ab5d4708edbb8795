import io
from collections.abc import Callable, Sequence
from itertools import combinations
from pathlib import Path

import duckdb
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageEnhance, ImageFont, ImageOps

from benchmarks.picture_edits import EDITS
from creative_approaches.core.media.image_hash import DEFAULT_SIZES
from creative_approaches.jobs.media.image_decoder import decode_image
from creative_approaches.tables import IMAGE_FEATURES
from tests.integration.raw.test_real_data import DATA
from tests.support.media.drawn_graphics import drawn_graphics
from tests.support.media.image_models import feature_rows, hash_rows, load_hashes, run_themes, themes_of
from tests.support.workspace import Workspace, make_workspace

DISTANCES = range(15)  # that var image_theme_max_distance may be
PHOTOS = sorted((DATA / "images/imagededup/base_images").glob("*.jpg"))
MAX_PIXELS = 50_000_000


@pytest.fixture(scope="module")
def queries(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What the macro makes of each distance."""
    workspace = make_workspace(tmp_path_factory.mktemp("macro") / "project")
    sql = "{% for distance in range(15) %}{{ near_hash_pairs('hashes', distance) }};{% endfor %}"
    finished = workspace.dbt("--quiet", "compile", "--inline", sql)
    return finished.stdout.split(";")[: len(DISTANCES)]


def near_hashes(seed: int) -> list[int]:
    """Distinct signed numbers in families, whose members differ in 0 to 16 bits of any place from the first."""
    rng = np.random.default_rng(seed)
    hashes = {0, -1, 2**63 - 1, -(2**63)}
    for first in rng.integers(-(2**63), 2**63 - 1, 12):
        for bits in range(17):
            flipped = sum(1 << int(bit) for bit in rng.choice(64, bits, replace=False))
            hashes.add(int(np.uint64(int(first) % 2**64 ^ flipped).view(np.int64)))
    return sorted(hashes)


def bits_apart(left: int, right: int) -> int:
    return ((left ^ right) & (2**64 - 1)).bit_count()


@pytest.mark.parametrize("max_distance", DISTANCES)
def test_the_banded_join_finds_exactly_the_pairs_within_the_distance(queries: list[str], max_distance: int) -> None:
    hash_value = near_hashes(max_distance)
    with duckdb.connect() as connection:
        connection.execute("create table hashes as select unnest($1::bigint[]) as hash_value", [hash_value])
        found = connection.execute(queries[max_distance]).fetchall()
    expected = [
        (left, right, bits_apart(left, right))
        for left, right in combinations(hash_value, 2)
        if bits_apart(left, right) <= max_distance
    ]
    assert sorted(found) == expected
    assert len(expected) >= 12 * (max_distance > 0)


def jpeg(image: Image.Image, quality: int = 90) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=quality)
    return buffer.getvalue()


def png(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def loaded(directory: Path, contents: dict[str, bytes], signature: str = "") -> Workspace:
    """A workspace with the hashes of images, whose names stand for their bytes and, signed, for their addresses."""
    decoded = {
        name: decode_image(content, DEFAULT_SIZES, MAX_PIXELS, False, False) for name, content in contents.items()
    }
    hashes = [
        one.columns | {"image_uri": f"{name}{signature}", "content_sha256": name} for name, one in decoded.items()
    ]
    features = feature_rows({name: dict(one.contents)[IMAGE_FEATURES.name] for name, one in decoded.items()})
    return load_hashes(directory / "themes", hash_rows(hashes), features)


def grouped(directory: Path, contents: dict[str, bytes]) -> set[frozenset[str]]:
    """The themes of images, as sets of their names."""
    workspace = loaded(directory, contents)
    run_themes(workspace)
    return as_sets(workspace)


def as_sets(workspace: Workspace) -> set[frozenset[str]]:
    themes = themes_of(workspace)
    return {frozenset(name for name in themes if themes[name] == theme) for theme in themes.values()}


def card(colour: tuple[int, int, int], logo: Sequence[str] = ()) -> Image.Image:
    image = Image.new("RGB", (600, 600), colour)
    draw = ImageDraw.Draw(image)
    for shape in logo:
        if shape == "disc":
            draw.ellipse((200, 200, 400, 400), fill="white")
        elif shape == "square":
            draw.rectangle((230, 180, 370, 420), fill="white")
        else:
            draw.text((300, 480), shape, font=ImageFont.load_default(60), fill="white", anchor="mm")
    return image


def test_flat_images_are_one_by_equal_content_or_by_fine_hashes_and_colour(tmp_path: Path) -> None:
    green, red, teal = (30, 110, 60), (150, 40, 40), (30, 110, 90)
    contents = {
        "disc": png(card(green, ["disc"])),
        "disc.jpg": jpeg(card(green, ["disc"]), 60),
        "disc, smaller": png(card(green, ["disc"]).resize((150, 150))),
        "disc on red": png(card(red, ["disc"])),
        "disc on teal": png(card(teal, ["disc"])),
        "square": png(card(green, ["square"])),
        "disc and name": png(card(green, ["disc", "Northwind"])),
    }
    assert grouped(tmp_path, contents) == {
        frozenset({"disc", "disc.jpg", "disc, smaller"}),
        frozenset({"disc on red"}),
        frozenset({"disc on teal"}),
        frozenset({"square"}),
        frozenset({"disc and name"}),
    }


def webp(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "WEBP", quality=60)
    return buffer.getvalue()


def test_drawn_pictures_of_one_frame_template_or_pattern_are_separate_and_their_copies_are_not(tmp_path: Path) -> None:
    copies: Sequence[Callable[[Image.Image], bytes]] = (
        lambda image: png(image.resize((image.width // 2, image.height // 2), Image.Resampling.LANCZOS)),
        lambda image: jpeg(image, 75),
        webp,
        lambda image: png(ImageEnhance.Color(image).enhance(0.9)),
    )
    pictures = drawn_graphics(seed=1)
    contents = {name: png(image) for name, image in pictures.items()}
    for number, (name, image) in enumerate(pictures.items()):
        contents[f"{name}, copied"] = copies[number % len(copies)](image)
    assert grouped(tmp_path, contents) == {frozenset({name, f"{name}, copied"}) for name in pictures}


def test_the_same_bytes_at_other_addresses_keep_their_themes_and_what_people_decided(tmp_path: Path) -> None:
    """As addresses do that are signed anew in each export. Two pictures are alike, and were set apart."""
    pictures = {"one": png(card((30, 110, 60), ["disc"])), "two": png(card((30, 110, 60), ["disc"]).resize((300, 300)))}
    workspace = loaded(tmp_path, pictures, signature=".png?signed=1")
    run_themes(workspace)
    alike = themes_of(workspace)
    workspace.execute(
        "insert into approaches_staging.stg_seeds__image_overrides"
        " values (1, 'apart', 'one.png?signed=1', 'two.png?signed=1')"
    )
    assert workspace.approaches("group-media").returncode == 0
    apart = themes_of(workspace)
    assert (len(set(alike.values())), len(set(apart.values()))) == (1, 2)
    signed_anew = "replace(image_uri, 'signed=1', 'signed=2')"
    workspace.execute(
        f"insert into approaches_jobs.image_hashes by name select * replace ({signed_anew} as image_uri)"
        " from approaches_jobs.image_hashes",
        f"update approaches_intermediate.int_images__distinct set image_uri = {signed_anew}",
    )
    finished = workspace.approaches("group-media")
    assert finished.returncode == 0, finished.stderr
    assert themes_of(workspace) == apart
    outcomes = workspace.query("select outcome from approaches_jobs.job_runs order by started_at")
    assert outcomes == [("done",), ("done",), ("unchanged",)]


@pytest.mark.real_data
@pytest.mark.skipif(not PHOTOS, reason=f"no photographs at {DATA / 'images'}")
def test_edits_of_photographs_are_in_the_theme_of_their_picture(tmp_path: Path) -> None:
    families = ("resized", "re-encoded", "recoloured", "captioned", "watermarked")
    contents = {}
    for photo in PHOTOS:
        original = ImageOps.exif_transpose(Image.open(photo)).convert("RGB")
        contents[photo.stem] = photo.read_bytes()
        for family in families:
            name, edit = list(EDITS[family].items())[PHOTOS.index(photo) % len(EDITS[family])]
            contents[f"{photo.stem} {family} {name}"] = jpeg(edit(original))
    assert grouped(tmp_path, contents) == {
        frozenset(name for name in contents if name.startswith(photo.stem)) for photo in PHOTOS
    }
