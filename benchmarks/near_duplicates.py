"""How well themes gather the edits of a picture and keep others out, beside single hashes and their packages."""

import io
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from multiprocessing import get_context
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import imagehash
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from benchmarks.imagededup_hash import imagededup_phash
from benchmarks.picture_edits import EDITS
from creative_approaches.core.media.formats.local_features import local_features
from creative_approaches.core.media.image_hash import HashSizes, ImageHashes, hash_content
from creative_approaches.core.media.layout import Layout, layout_of
from tests.integration.raw.test_real_data import DATA
from tests.support.media.image_models import feature_rows, hash_rows, load_hashes, run_themes, themes_of

PHOTOS_VARIABLE: Final = "APPROACHES_PHOTOS"  # a folder with photographs of your own, none of them twice
PHOTOS: Final = (
    *sorted((DATA / "images/imagededup/base_images").glob("*.jpg")),
    DATA / "images/pdq/bridge-mods/aaa-orig.jpg",
)
# Edits that others made, by the photograph that they show.
OTHERS_EDITS: Final = MappingProxyType(
    {
        "aaa-orig": (*DATA.glob("images/pdq/bridge-mods/*.jpg"), *DATA.glob("images/pdq/modes/*")),
        "ukbench00120": (
            *DATA.glob("images/imagededup/ukbench00120_gray.jpg"),
            *DATA.glob("images/imagededup/mixed_images/ukbench00120_resize.jpg"),
        ),
    }
)
LONGEST_SIDE: Final = 1080  # pixels of an original
MAX_PIXELS: Final = 50_000_000
# Bits up to which a package calls two images duplicates: imagededup's default max_distance_threshold, and the cutoff
# in the example of imagehash's README.
PACKAGES: Final = MappingProxyType({"imagehash": 5, "imagededup": 10})
FINE_DHASH: Final = tuple(f"fine_dhash_{word}" for word in range(1, 5))
FINE_PHASH: Final = tuple(f"fine_phash_{word}" for word in range(1, 5))
HASHES: Final = MappingProxyType(
    {
        "aHash": ("ahash",),
        "dHash": ("dhash",),
        "pHash": ("phash",),
        "256-bit dHash": FINE_DHASH,
        "256-bit pHash": FINE_PHASH,
        "both, 512 bits": FINE_DHASH + FINE_PHASH,
    }
)
LEAST_PRECISION: Final = 0.99
ORIGINAL: Final = ("original", "original")
Bits = NDArray[np.uint8]


class Edited(NamedTuple):
    """One image: the picture it shows, the family and strength of its edit, and what was made of it."""

    picture: int
    edit: tuple[str, str]
    hashes: ImageHashes
    layout: Layout
    words: list[int]
    features: bytes
    imagehash: int
    imagededup: int | None


class Found(NamedTuple):
    """What one method makes of all images.

    by_edit : share of the images of an edit that are found with the original of their picture.
    """

    method: str
    threshold: int | None
    precision: float
    recall: float
    by_edit: Mapping[tuple[str, str], float]


def near_duplicates() -> Iterator[dict[str, Any]]:
    """Pairwise precision and recall over the originals and all edits; recall of each edit.

    ours : whether two images are in one theme.  A hash by its name : at the threshold of its greatest recall with a
    precision of 0.99.  imagehash, imagededup : pHash at the packages' recommended thresholds.
    """
    photos = photographs()
    if len(photos) < 2:
        print(f"near_duplicates: no data at {DATA / 'images'} and no {PHOTOS_VARIABLE}", file=sys.stderr)
        return
    edited = edit_and_hash(photos)
    found = evaluate(edited)
    for one in found:
        for (family, strength), recall in one.by_edit.items():
            yield {"method": one.method, "edit": f"{family} {strength}", "recall": round(recall, 4)}
    for one in found:
        summary = {"summary": True} if one.method == "ours" else {}
        threshold = {} if one.threshold is None else {"threshold": one.threshold}
        overall = {"precision": round(one.precision, 4), "recall": round(one.recall, 4)}
        yield {"method": one.method, "pictures": len(photos), "n": len(edited), **threshold, **overall, **summary}


def photographs() -> list[Path]:
    """Those of the folder that the environment names, or the shared ones; files that are no images are left out."""
    folder = os.environ.get(PHOTOS_VARIABLE)
    files = sorted(Path(folder).rglob("*")) if folder else PHOTOS
    return [file for file in files if file.suffix.lower() in (".jpg", ".jpeg", ".png", ".webp") and file.is_file()]


def edit_and_hash(photos: Sequence[Path]) -> list[Edited]:
    """Each photograph and all of its edits, hashed by all methods."""
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        made = [one for edits in pool.map(_edits_of, range(len(photos)), photos) for one in edits]
    if not os.environ.get(PHOTOS_VARIABLE):
        made += [
            _edited(place, ("by others", file.stem), file.read_bytes())
            for stem, files in OTHERS_EDITS.items()
            for place in [next(place for place, photo in enumerate(photos) if photo.stem == stem)]
            for file in sorted(files)
            if file not in photos
        ]
    return made


def evaluate(edited: Sequence[Edited]) -> list[Found]:
    """All methods on the images, ours last."""
    pictures = np.array([one.picture for one in edited])
    same = pictures[:, None] == pictures[None, :]
    counted = np.triu(np.ones_like(same), 1)
    found = []
    distances = {name: _distances(_bits(edited, columns)) for name, columns in HASHES.items()}
    for name, matrix in distances.items():
        found.append(_judged(edited, name, _best_threshold(matrix[counted], same[counted]), matrix, same, counted))
    for package, threshold in PACKAGES.items():
        numbers = [getattr(one, package) for one in edited]
        if None not in numbers:
            matrix = _distances(np.array(numbers, dtype=np.uint64)[:, None].view(np.uint8))
            found.append(_judged(edited, package, threshold, matrix, same, counted))
    themes = _themes(edited)
    apart = (themes[:, None] != themes[None, :]).astype(np.uint16)
    return [*found, _judged(edited, "ours", None, apart, same, counted)]


def distances_from_original(edited: Sequence[Edited]) -> dict[str, dict[tuple[str, str], list[int]]]:
    """Bits in which each image differs from its original, by hash and edit."""
    result: dict[str, dict[tuple[str, str], list[int]]] = {}
    originals = {one.picture: place for place, one in enumerate(edited) if one.edit == ORIGINAL}
    for name, columns in HASHES.items():
        bits = _bits(edited, columns)
        for place, one in enumerate(edited):
            distance = int(np.bitwise_count(bits[place] ^ bits[originals[one.picture]]).sum())
            result.setdefault(name, {}).setdefault(one.edit, []).append(distance)
    return result


def distances_of_different(edited: Sequence[Edited]) -> dict[str, NDArray[np.int64]]:
    """Bits in which the originals of different pictures differ, in order, by hash."""
    originals = [one for one in edited if one.edit == ORIGINAL]
    upper = np.triu_indices(len(originals), 1)
    return {
        name: np.sort(_distances(_bits(originals, columns))[upper].astype(np.int64)) for name, columns in HASHES.items()
    }


def _edits_of(picture: int, photo: Path) -> list[Edited]:
    opened = Image.open(photo)
    opened.draft("RGB", (2 * LONGEST_SIDE, 2 * LONGEST_SIDE))
    original = ImageOps.exif_transpose(opened).convert("RGB")
    original.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    edits = [(ORIGINAL, original)]
    edits += [((family, name), edit(original)) for family, named in EDITS.items() for name, edit in named.items()]
    return [_edited(picture, edit, _jpeg(image)) for edit, image in edits]


def _edited(picture: int, edit: tuple[str, str], content: bytes) -> Edited:
    image = Image.open(io.BytesIO(content))
    plain = int(str(imagehash.phash(image)), 16)
    hashes, shown = hash_content(content, HashSizes(), MAX_PIXELS)
    found = local_features(shown.convert("L"))
    words, features = found.words().tolist(), found.packed()
    return Edited(picture, edit, hashes, layout_of(shown), words, features, plain, imagededup_phash(image))


def _jpeg(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=92)
    return buffer.getvalue()


def _bits(edited: Sequence[Edited], columns: Sequence[str]) -> Bits:
    words = [[getattr(one.hashes, column) for column in columns] for one in edited]
    return np.array(words, dtype=np.int64).view(np.uint8)


def _distances(bits: Bits) -> NDArray[np.uint16]:
    """Hamming distances of all rows, shape (n, n)."""
    words = np.ascontiguousarray(bits).view(np.uint64)
    total = np.zeros((len(words), len(words)), dtype=np.uint16)
    for word in words.T:
        total += np.bitwise_count(word[:, None] ^ word[None, :])
    return total


def _best_threshold(distances: NDArray[np.uint16], same: NDArray[np.bool_]) -> int:
    """The largest threshold up to which precision is high enough."""
    of_same = np.bincount(distances[same], minlength=513).cumsum()
    of_all = np.bincount(distances, minlength=513).cumsum()
    precise = np.flatnonzero(of_same >= LEAST_PRECISION * np.maximum(of_all, 1))
    return int(precise[-1]) if len(precise) else 0


def _judged(
    edited: Sequence[Edited],
    method: str,
    threshold: int | None,
    distances: NDArray[np.uint16],
    same: NDArray[np.bool_],
    counted: NDArray[np.bool_],
) -> Found:
    matched = distances <= (threshold or 0)
    right = int((matched & same & counted).sum())
    originals = {one.picture: place for place, one in enumerate(edited) if one.edit == ORIGINAL}
    by_edit: dict[tuple[str, str], list[bool]] = {}
    for place, one in enumerate(edited):
        if one.edit != ORIGINAL:
            by_edit.setdefault(one.edit, []).append(bool(matched[place, originals[one.picture]]))
    return Found(
        method,
        threshold,
        precision=right / max(1, int((matched & counted).sum())),
        recall=right / int((same & counted).sum()),
        by_edit={edit: float(np.mean(hits)) for edit, hits in by_edit.items()},
    )


def _themes(edited: Sequence[Edited]) -> NDArray[np.int64]:
    rows = [asdict(one.hashes) | asdict(one.layout) | {"image_uri": f"{place:06}"} for place, one in enumerate(edited)]
    with tempfile.TemporaryDirectory() as folder:
        features = {f"{place:06}": {"words": one.words, "features": one.features} for place, one in enumerate(edited)}
        workspace = load_hashes(Path(folder) / "themes", hash_rows(rows), feature_rows(features))
        run_themes(workspace)
        themes = themes_of(workspace)
    return np.unique([themes[f"{place:06}"] for place in range(len(edited))], return_inverse=True)[1]
