"""A warehouse, a host of images on the loopback, and the job that hashes them."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from creative_approaches.adapters.warehouses.duckdb.warehouse import DuckDBWarehouse
from creative_approaches.adapters.warehouses.port import Change
from creative_approaches.jobs.job import JobResult
from creative_approaches.jobs.media import hash_images as job
from creative_approaches.settings import Settings
from creative_approaches.tables import CONTENTS, CREATIVE_TRAITS, IMAGE_HASHES, IMAGES
from tests.support.direct_jobs import make_directly
from tests.support.media.server import Site, content, running_site

Row = dict[str, Any]

FIRST_RUN = datetime(2026, 1, 5, 6)


def settings(**changes: Any) -> Settings:
    return Settings.of({"image_processes": 1, "allowed_private_hosts": ["localhost"], "demo_data": False} | changes)


@dataclass
class World:
    """A warehouse, a host of images, and the job with the project's own settings but for a few."""

    warehouse: DuckDBWarehouse
    directory: Path
    site: Site
    now: datetime = FIRST_RUN

    def run(self, *uris: str, **changes: Any) -> JobResult:
        """Run the job on these images; on those of before if there are none."""
        if uris:
            self.warehouse.write(Change.of_all(IMAGES, IMAGES.rows([{"image_uri": uri} for uri in sorted(uris)])))
        return job.hash_images(self.warehouse, settings(**changes), lambda items, _: items, lambda: self.now)

    def rows(self) -> dict[str, Row]:
        return {row["image_uri"]: row for row in self.warehouse.read(IMAGE_HASHES).to_pylist()}

    def serve(self, path: str, body: bytes, etag: str | None = None) -> str:
        self.site.answers[path] = content(body, etag)
        return self.site.uri(path)


@contextmanager
def image_world(directory: Path) -> Iterator[World]:
    with running_site() as site:
        yield World(make_directly(directory, IMAGES, CONTENTS, CREATIVE_TRAITS), directory, site)


def picture(seed: int, file_format: str = "PNG") -> bytes:
    """Soft blocks of random colours, other ones for each seed."""
    blocks = np.random.default_rng(seed).integers(0, 256, (6, 9, 3), dtype=np.uint8)
    return encoded(Image.fromarray(blocks).resize((90, 60), Image.Resampling.BICUBIC), file_format)


def encoded(image: Image.Image, file_format: str = "PNG") -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, file_format)
    return buffer.getvalue()
