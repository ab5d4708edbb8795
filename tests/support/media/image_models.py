"""The views and the job of image themes on given hashes, without the creatives and jobs that they would come from."""

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import duckdb
import pyarrow as pa

from creative_approaches.core.media.formats.local_features import VERSION
from creative_approaches.tables import IMAGE_FEATURES, IMAGE_HASHES
from tests.support.workspace import Workspace, make_workspace

VIEWS: Final = (
    "int_images__shared_words",
    "int_images__pairs_to_compare",
    "int_images__pairs_of_neighbours",
    "int_images__hashed",
    "int_images__pictures",
    "int_images__hash_pairs",
    "int_images__near_duplicates",
    "int_media__addresses",
    "int_media__contents",
    "int_media__near_pairs",
    "int_media__overrides",
)


def load_hashes(directory: Path, hashes: pa.Table, features: pa.Table | None = None) -> Workspace:
    """A workspace whose images have these rows of `image_hashes` and `image_features`, and are all shown."""
    workspace = make_workspace(directory)
    with duckdb.connect(str(workspace.database)) as connection:
        connection.execute("create schema approaches_jobs")
        connection.execute("create schema approaches_staging")
        connection.execute("create schema approaches_intermediate")
        connection.execute("create table approaches_jobs.image_hashes as select * from hashes")
        connection.register("compared", IMAGE_FEATURES.rows([]) if features is None else features)
        connection.execute("create table approaches_jobs.image_features as select * from compared")
        connection.execute(
            "create table approaches_intermediate.int_images__distinct as"
            " select image_uri, cast(null as timestamp) as created_at, true as is_latest from hashes"
        )
        # No videos.
        connection.execute(
            "create table approaches_intermediate.int_videos__distinct ("
            "video_uri varchar, created_at timestamp, is_latest boolean)"
        )
        connection.execute(
            "create table approaches_intermediate.int_videos__films ("
            "content_sha256 varchar, video_uri varchar, created_at timestamp)"
        )
        connection.execute(
            "create table approaches_intermediate.int_videos__near_duplicates ("
            "content_sha256 varchar, neighbour_sha256 varchar, share_of_video double)"
        )
        connection.execute(
            "create table approaches_staging.stg_seeds__image_overrides ("
            "override_number bigint, kind varchar, image_uri varchar, other_image_uri varchar)"
        )
    return workspace


def hash_rows(hashes: Sequence[dict[str, Any]]) -> pa.Table:
    """Rows of `image_hashes` with status hashed, whose address stands for their bytes; what is left out is null."""
    empty = dict.fromkeys(IMAGE_HASHES.columns) | {"status": "hashed"}
    return IMAGE_HASHES.rows([empty | {"content_sha256": row["image_uri"]} | row for row in hashes])


def feature_rows(features: Mapping[str, Mapping[str, Any]]) -> pa.Table:
    """Rows of `image_features` of today's version, by the SHA-256 of contents: words and packed features."""
    return IMAGE_FEATURES.rows(
        [{"content_sha256": content, "features_version": VERSION, **row} for content, row in features.items()]
    )


def run_themes(workspace: Workspace, **variables: Any) -> None:
    """Make the views and run job group-media. Raises CalledProcessError where either fails."""
    for finished in (
        workspace.dbt("run", "--select", *VIEWS, **variables),
        workspace.approaches("group-media", **variables),
    ):
        if finished.returncode:
            raise subprocess.CalledProcessError(finished.returncode, finished.args, finished.stdout, finished.stderr)


def themes_of(workspace: Workspace) -> dict[str, str]:
    """The theme of each image, by its bytes."""
    return dict(workspace.query("select content_sha256, image_theme_id from approaches_jobs.image_themes"))
