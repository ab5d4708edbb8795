"""Creatives to cluster, on a real DuckDB file."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol, TypeVar

import numpy as np

from creative_approaches.adapters.warehouses.duckdb.warehouse import DuckDBWarehouse
from creative_approaches.adapters.warehouses.port import Change
from creative_approaches.core.embedding.offline import MODEL
from creative_approaches.jobs.cluster.job import cluster
from creative_approaches.jobs.job import JobResult
from creative_approaches.settings import Settings
from creative_approaches.tables import (
    APPROACH_OVERRIDES,
    CLUSTER_ASSIGNMENTS,
    CLUSTER_RUNS,
    CLUSTERS,
    CONTENTS,
    CREATIVE_EMBEDDINGS,
    CREATIVE_TRAITS,
    MEMBERS,
    TAGS,
    Table,
)
from tests.support.direct_jobs import make_directly, settings

T = TypeVar("T")
Row = dict[str, Any]

DIMENSIONS = 64
FIRST, SECOND = date(2026, 1, 5), date(2026, 1, 12)
WRITTEN = (CLUSTER_RUNS, CLUSTERS, CLUSTER_ASSIGNMENTS)


@dataclass(frozen=True)
class _Progress:
    """Shows nothing; `on_item` is called after each item."""

    on_item: Callable[[], None] = lambda: None

    def __call__(self, items: Sequence[T], label: str, /) -> Iterator[T]:
        for item in items:
            yield item
            self.on_item()

    def say(self, text: str) -> None:
        pass


class _Job(Protocol):
    def __call__(self, warehouse: DuckDBWarehouse, settings: Settings, progress: _Progress, /) -> JobResult: ...


@dataclass(frozen=True)
class World:
    """A warehouse, and jobs with the project's own settings but for a few."""

    warehouse: DuckDBWarehouse

    def fill(self, table: Table, rows: Iterable[Row]) -> None:
        self.warehouse.write(Change.of_all(table, table.rows(list(rows))))

    def show(self, members: Iterable[Row]) -> None:
        """Fill in members, with what they show: their content_hash stands for its words."""
        rows = list(members)
        contents = {row["version_key"]: {**row, "wording_hash": row["content_hash"]} for row in rows}
        self.fill(MEMBERS, rows)
        self.fill(CONTENTS, contents.values())

    def load(self, members: Iterable[Row], vectors: dict[str, Sequence[float]]) -> None:
        self.show(members)
        self.fill(CREATIVE_EMBEDDINGS, [embedding(text, vector) for text, vector in vectors.items()])

    def cluster(self, on_cohort: Callable[[], None] = lambda: None, **changes: Any) -> JobResult:
        """Run the job; `on_cohort` is called after each cohort."""
        return self.run(cluster, on_cohort, **changes)

    def run(self, job: _Job, on_item: Callable[[], None] = lambda: None, **changes: Any) -> JobResult:
        """Run a job; `on_item` is called after each of its items."""
        usual = {"embed_source": "text", "embedding_dimensions": DIMENSIONS, "cluster_processes": 1}
        return job(self.warehouse, settings(**(usual | changes)), _Progress(on_item))

    def rows(self, table: Table) -> list[Row]:
        return self.warehouse.read(table).to_pylist()  # type: ignore[no-any-return]  # pyarrow is untyped

    def written(self) -> dict[str, list[Row]]:
        """What job cluster wrote."""
        return {table.name: self.rows(table) for table in WRITTEN}


def make_world(directory: Path) -> World:
    """A new warehouse, empty."""
    return World(make_directly(directory, MEMBERS, CONTENTS, TAGS, CREATIVE_TRAITS, APPROACH_OVERRIDES))


def embedding(text: str, vector: Sequence[float] | None, **other: Any) -> Row:
    space = {"model": MODEL, "backend": "offline", "dimensions": DIMENSIONS}
    return {"text_hash": text, **space, "embedding": vector, **other}


def member(cohort: str, number: int, text: str | None, period: date = FIRST, **other: Any) -> Row:
    return {
        "cohort_id": cohort,
        "period_start": period,
        "version_key": f"{cohort} {number:04}",
        "creative_key": f"{cohort} {number:04}",
        "content_hash": f"content of {text}",
        "text_hash": text,
        "has_text": text is not None,
        "product": None,
        "tags_embedded": False,
        "spend_share": None,
        **other,
    }


def grouped_vectors(texts: Sequence[str], groups: int, seed: int = 0) -> dict[str, Sequence[float]]:
    """Unit vectors around the centres of groups, which the texts go to in turn."""
    random = np.random.default_rng(seed)
    centres = random.normal(size=(groups, DIMENSIONS))
    vectors = centres[np.arange(len(texts)) % groups] + 0.3 * random.normal(size=(len(texts), DIMENSIONS))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return dict(zip(texts, vectors.tolist(), strict=True))


def many_cohorts() -> tuple[list[Row], dict[str, Sequence[float]]]:
    """Eight cohorts of 9 to 65 creatives, half of them in two periods, of 40 texts in 4 groups."""
    texts = [f"text {number}" for number in range(40)]
    members = [
        member(f"cohort {cohort}", number, texts[(number * 7 + cohort) % len(texts)], period, spend_share=1 / size)
        for cohort, size in enumerate(range(9, 73, 8))
        for period in (FIRST, SECOND)[: 1 + cohort % 2]
        for number in range(size)
    ]
    return members, grouped_vectors(texts, groups=4)
