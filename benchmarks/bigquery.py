"""The BigQuery path against the local server: what client, adapter and statements take, not what BigQuery does."""

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from benchmarks.pipeline import timed_run
from creative_approaches.adapters.dbt.project import DbtOptions, DbtProject
from creative_approaches.adapters.warehouses.bigquery.warehouse import STORAGE_ENDPOINT
from creative_approaches.adapters.warehouses.open import open_warehouse
from creative_approaches.adapters.warehouses.port import Change, Warehouse
from creative_approaches.tables import CREATIVE_EMBEDDINGS
from tests.support.bigquery.server import FaultyWire, running_server
from tests.support.bigquery.workspace import make_bigquery_workspace

VECTORS, DIMENSIONS = 20_000, 768


def bigquery_run() -> Iterator[dict[str, Any]]:
    """The demo on the local server, twice: the second run is the incremental one."""
    with tempfile.TemporaryDirectory() as folder, running_server(Path(folder) / "log") as server:
        workspace = replace(make_bigquery_workspace(Path(folder) / "demo", server), starts_anew=True)
        # Without memory: the largest process is the server.
        first, second = timed_run(workspace)["seconds"], timed_run(workspace)["seconds"]
        yield {"run": "first", "seconds": first}
        yield {"run": "second", "seconds": second}
        yield {"seconds": first, "summary": True}


def bigquery_vectors() -> Iterator[dict[str, Any]]:
    """20,000 vectors of 768 floats, written and read back exactly; the peer reads by REST, without the Storage API."""
    with (
        tempfile.TemporaryDirectory() as folder,
        running_server(Path(folder) / "log") as server,
        FaultyWire(server) as wire,
    ):
        workspace = make_bigquery_workspace(Path(folder) / "vectors", server, api_endpoint=wire.rest)
        if workspace.dbt("seed", "--select", "creatives").returncode:  # the hooks create the job tables
            raise RuntimeError("dbt seed failed")
        wire.reset()
        project = DbtProject(DbtOptions(workspace.directory))
        vectors = np.random.default_rng(0).normal(size=(VECTORS, DIMENSIONS))
        with _storage_at(server.storage):
            warehouse = open_warehouse(project)
            start = time.perf_counter()
            warehouse.write(Change.of_new(CREATIVE_EMBEDDINGS, _rows(vectors)))
            seconds = _since(start)
            loads = sum(request.job_type == "load" for request in wire.requests)
            yield {"step": "write", "n": VECTORS, "seconds": seconds, "loads": loads}
            ours = _read(warehouse, vectors)
        peer = _read(open_warehouse(project), vectors)
        yield {"step": "read", "method": "rest", **peer}
        ratio = round(peer["seconds"] / ours["seconds"], 1)
        yield {"step": "read", **ours, "ratio": ratio, "summary": True}


def _rows(vectors: np.ndarray) -> pa.Table:
    return pa.table(
        {
            "text_hash": [f"{number:032x}" for number in range(len(vectors))],
            "model": pa.repeat("m", len(vectors)),
            "backend": pa.repeat("b", len(vectors)),
            "dimensions": pa.repeat(DIMENSIONS, len(vectors)),
            "embedding": pa.FixedSizeListArray.from_arrays(pa.array(vectors.ravel()), DIMENSIONS),
        }
    )


def _read(warehouse: Warehouse, expected: np.ndarray) -> dict[str, Any]:
    start = time.perf_counter()
    found = warehouse.read(CREATIVE_EMBEDDINGS)["embedding"].combine_chunks().flatten().to_numpy()
    seconds = _since(start)
    return {"n": VECTORS, "seconds": seconds, "exact": bool(np.array_equal(found, expected.ravel()))}


def _since(start: float) -> float:
    return round(time.perf_counter() - start, 1)


@contextmanager
def _storage_at(endpoint: str) -> Iterator[None]:
    os.environ[STORAGE_ENDPOINT] = endpoint
    try:
        yield
    finally:
        del os.environ[STORAGE_ENDPOINT]
