"""How well versions of drawn films are found, through the hashes of their keyframes and the models in DuckDB."""

import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import Any, Final

import duckdb
import numpy as np
from joblib import Parallel, delayed
from PIL import Image, ImageDraw

from creative_approaches.core.media.video_hash import VideoHashes, hash_video
from creative_approaches.jobs.media.film_decoder import film_rows
from creative_approaches.tables import VIDEO_HASHES, VIDEO_KEYFRAMES
from tests.support.media.drawn_films import Encoding, Scene, cut, draw_frames, encode
from tests.support.workspace import Workspace, make_workspace

FILMS: Final = 24
FILMS_PER_BRAND: Final = 8  # which share an end card
CARD_SECONDS: Final = 2.5
MASTER: Final = Encoding(size=(256, 144), rate=10, crf=20)
MODELS: Final = ("int_videos__films", "int_videos__keyframes", "int_videos__candidates", "int_videos__near_duplicates")
PEER_BITS: Final = 10  # of 64, what imagededup takes for a duplicate
PEER_SHARE: Final = 0.5


@dataclass(frozen=True)
class Planted:
    """A film of the test. family : what versions of one film share.  kind : what was done to it."""

    name: str
    family: str
    kind: str
    scenes: tuple[Scene, ...]
    encoding: Encoding = MASTER
    caption: bool = False


def video() -> Iterator[dict[str, Any]]:
    """Pairs of a film and a version of it that are found, beside two peers on the same frames.

    recall : per kind of version.  precision : of all pairs found but those of two versions, which may have nothing in
    common. Strangers share an end card, a scene, or have the scenes of another film in reversed order.
    """
    planted = [film for seed in range(FILMS) for film in plant(seed)]
    hashed = Parallel(n_jobs=-1)(delayed(_hash)(film) for film in planted)
    signatures = {film.name: signature for film, signature in zip(planted, hashed, strict=True)}
    with tempfile.TemporaryDirectory() as folder:
        workspace = load_signatures(Path(folder) / "video", signatures)
        start = time.perf_counter()
        found = near_duplicates(workspace)
        seconds = time.perf_counter() - start
    yield {"method": "first_frame", **score(planted, _first_frames(signatures))}
    yield {"method": "frame_vote", **score(planted, _frame_votes(signatures))}
    figures = score(planted, found)
    yield {"n": len(planted), "seconds": round(seconds, 1), **figures}
    yield {key: figures[key] for key in ("precision", "recall", "f1")} | {"summary": True}


def plant(seed: int) -> Iterator[Planted]:
    """A film, its versions, and strangers that have something of it."""
    rng = np.random.default_rng([seed, 7])
    brand = seed // FILMS_PER_BRAND
    card = Scene(1_000_000 + brand, CARD_SECONDS, is_still=True)
    shots = _shots(1_000 * seed, rng)
    scenes = (*shots, card)
    length = sum(scene.seconds for scene in shots)
    family = f"film {seed}"

    def version(kind: str, scenes: Sequence[Scene], **options: Any) -> Planted:
        return Planted(f"{family} {kind}", family, kind, tuple(scenes), **options)

    yield version("master", scenes)
    yield version("re-encoded", scenes, encoding=Encoding((256, 144), 10, "mpeg4"))
    yield version("web", scenes, encoding=Encoding((192, 108), 8, "libvpx-vp9", "webm", crf=45))
    yield version("enlarged", scenes, encoding=Encoding((320, 180), 20, crf=33))
    start = round(rng.uniform(0.1, 0.4) * length, 2)
    yield version("cut-down", [*cut(shots, start, start + 0.5 * length), card])
    trimmed = [part for shot in shots for part in cut([shot], 0.3, max(1.0, 0.6 * shot.seconds))]
    yield version("short shots", [*trimmed, card])
    yield version("other end card", [*shots, Scene(1_000_100 + seed, CARD_SECONDS, is_still=True)])
    yield version("captioned", scenes, caption=True)
    yield version("late start", [Scene(-1, 0.7), *cut(scenes, 0.25, 1_000)])
    stranger = _shots(1_000 * seed + 100, rng)
    guest = shots[len(shots) // 2]
    for kind, other in (
        ("reversed", [*reversed(shots), card]),
        ("same brand", [*_shots(1_000 * seed + 200, rng), card]),
        ("one scene", [*stranger[:2], guest, *stranger[2:]]),
    ):
        yield Planted(f"{family} {kind}", f"{family} {kind}", "stranger", tuple(other))


def _shots(first_seed: int, rng: np.random.Generator) -> list[Scene]:
    """Six to nine shots of one to three and a half seconds."""
    return [Scene(first_seed + number, round(rng.uniform(1.0, 3.5), 2)) for number in range(rng.integers(6, 10))]


def _hash(film: Planted) -> VideoHashes:
    encoding = film.encoding
    frames = draw_frames(film.scenes, encoding.size, encoding.rate)
    captioned = (_caption(frame) if film.caption else frame for frame in frames)
    return hash_video(encode(captioned, encoding), max_seconds=600)


def _caption(frame: np.ndarray) -> np.ndarray:
    image = Image.fromarray(frame)
    width, height = image.size
    pen = ImageDraw.Draw(image)
    pen.rectangle([0.15 * width, 0.84 * height, 0.85 * width, 0.95 * height], fill="black")
    pen.text((0.2 * width, 0.86 * height), "Jetzt im neuen Katalog", fill="white", font_size=0.07 * height)
    return np.asarray(image)


def load_signatures(directory: Path, signatures: Mapping[str, VideoHashes]) -> Workspace:
    """A workspace whose staging holds the films."""
    workspace = replace(make_workspace(directory), starts_anew=True)
    rows = {name: film_rows(film) for name, film in signatures.items()}
    hashes = VIDEO_HASHES.rows(  # noqa: F841 - DuckDB reads them by name
        [{"video_uri": name, "content_sha256": name, "status": "hashed", **row} for name, (row, _, _) in rows.items()]
    )
    frames = VIDEO_KEYFRAMES.rows(  # noqa: F841
        [{"video_uri": name, **frame} for name, (_, frames, _) in rows.items() for frame in frames]
    )
    with duckdb.connect(str(workspace.database)) as connection:
        connection.execute("create schema approaches_jobs; create schema approaches_intermediate")
        connection.execute("create table approaches_jobs.video_hashes as from hashes")
        connection.execute("create table approaches_jobs.video_keyframes as from frames")
        connection.execute(
            """
            create table approaches_intermediate.int_videos__distinct as
            select video_uri, null::timestamp as created_at, true as is_latest from hashes
            """
        )
        connection.execute("create table approaches_intermediate.int_images__pictures (image_uri varchar)")
    return workspace


def near_duplicates(workspace: Workspace, **variables: Any) -> set[frozenset[str]]:
    """The pairs that the models find. Raises CalledProcessError where dbt fails."""
    finished = workspace.dbt("run", "--select", *MODELS, **variables)
    if finished.returncode:
        raise subprocess.CalledProcessError(finished.returncode, finished.args, finished.stdout, finished.stderr)
    pairs = workspace.query("select video_uri, neighbour_uri from approaches_intermediate.int_videos__near_duplicates")
    return {frozenset(pair) for pair in pairs}


def score(planted: Sequence[Planted], found: set[frozenset[str]]) -> dict[str, Any]:
    """Precision, recall and F1 of the pairs, and the recall of each kind of version."""
    by_name = {film.name: film for film in planted}
    masters = {film.family: film.name for film in planted if film.kind == "master"}
    versions = [film for film in planted if film.kind not in ("master", "stranger")]
    hits = {film.name for film in versions if frozenset((film.name, masters[film.family])) in found}
    wrong = sum(len({by_name[name].family for name in pair}) == 2 for pair in found)
    precision, recall = len(hits) / max(1, len(hits) + wrong), len(hits) / len(versions)
    kinds = dict.fromkeys(film.kind for film in versions)
    return {
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(2 * precision * recall / max(1e-9, precision + recall), 4),
        **{kind: round(np.mean([film.name in hits for film in versions if film.kind == kind]), 4) for kind in kinds},
    }


def _first_frames(signatures: Mapping[str, VideoHashes]) -> set[frozenset[str]]:
    """The peer that looks at the first frame only."""
    first = {name: film.keyframes[0].hashes.phash for name, film in signatures.items()}
    return {frozenset(pair) for pair in combinations(first, 2) if _bits(first[pair[0]], first[pair[1]]) <= PEER_BITS}


def _frame_votes(signatures: Mapping[str, VideoHashes]) -> set[frozenset[str]]:
    """The peer that asks which part of the keyframes of the shorter film has a like one in the other, in any order."""
    words = {
        name: np.array([frame.hashes.phash for frame in film.keyframes], np.int64).view(np.uint64)
        for name, film in signatures.items()
    }
    found = set()
    for left, right in combinations(words, 2):
        a, b = sorted((words[left], words[right]), key=len)
        nearest = np.bitwise_count(a[:, None] ^ b[None, :]).min(axis=1)
        if np.mean(nearest <= PEER_BITS) >= PEER_SHARE:
            found.add(frozenset((left, right)))
    return found


def _bits(left: int, right: int) -> int:
    return ((left ^ right) & (2**64 - 1)).bit_count()
