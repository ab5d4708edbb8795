"""The models of image themes on given hashes, without the creatives and jobs that they would come from."""

import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import duckdb
import pyarrow as pa

from creative_approaches.tables import IMAGE_HASHES
from tests.support.workspace import Workspace, make_workspace

MODELS: Final = (
    "int_images__pictures",
    "int_images__hash_pairs",
    "int_images__near_duplicates",
    "int_media__hashed",
    "int_media__near_pairs",
    "int_media__leaders_first",
    "int_media__leaders_second",
    "int_media__led",
    "int_media__led_together",
    "int_media__led_apart",
    "int_media__themes",
)


def load_hashes(directory: Path, hashes: pa.Table) -> Workspace:
    """A workspace whose images have these rows of `image_hashes` and are all shown."""
    workspace = make_workspace(directory)
    with duckdb.connect(str(workspace.database)) as connection:
        connection.execute("create schema approaches_jobs")
        connection.execute("create schema approaches_staging")
        connection.execute("create schema approaches_intermediate")
        connection.execute("create table approaches_jobs.image_hashes as select * from hashes")
        connection.execute(
            "create table approaches_intermediate.int_images__distinct as"
            " select image_uri, cast(null as timestamp) as created_at, true as is_latest from hashes"
        )
        # No videos.
        connection.execute(
            "create table approaches_intermediate.int_videos__films ("
            "video_uri varchar, created_at timestamp, content_sha256 varchar, representative_uri varchar)"
        )
        connection.execute(
            "create table approaches_intermediate.int_videos__near_duplicates ("
            "video_uri varchar, neighbour_uri varchar, share_of_video double)"
        )
        connection.execute(
            "create table approaches_staging.stg_seeds__image_overrides ("
            "override_number bigint, kind varchar, image_uri varchar, other_image_uri varchar)"
        )
    return workspace


def hash_rows(hashes: Sequence[dict[str, Any]]) -> pa.Table:
    """Rows of `image_hashes` with status hashed; columns that are left out are null."""
    empty = dict.fromkeys(IMAGE_HASHES.columns) | {"status": "hashed"}
    return IMAGE_HASHES.rows([empty | row for row in hashes])


def run_themes(workspace: Workspace, models: Sequence[str] = MODELS, **variables: Any) -> None:
    """Run the models. Raises CalledProcessError where dbt fails."""
    finished = workspace.dbt("run", "--select", *models, **variables)
    if finished.returncode:
        raise subprocess.CalledProcessError(finished.returncode, finished.args, finished.stdout, finished.stderr)


def themes_of(workspace: Workspace) -> dict[str, str]:
    """The theme of each image."""
    with duckdb.connect(str(workspace.database), read_only=True) as connection:
        return dict(
            connection.execute(
                "select media_uri, image_theme_id from approaches_intermediate.int_media__themes"
            ).fetchall()
        )
