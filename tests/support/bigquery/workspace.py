"""A copy of the project whose target is a local BigQuery server."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from creative_approaches.adapters.warehouses.bigquery.warehouse import STORAGE_ENDPOINT
from tests.support.bigquery.server import BigQueryServer
from tests.support.workspace import Workspace, make_workspace


def make_bigquery_workspace(directory: Path, server: BigQueryServer, **target: Any) -> Workspace:
    """Settings of the target in profiles.yml may be given, such as `api_endpoint` to lead it over a faulty wire."""
    workspace = make_workspace(directory)
    write_profile(workspace, server, **target)
    environment = {
        STORAGE_ENDPOINT: server.storage,
        "PATH": str(Path(sys.executable).parent),  # no gcloud, which dbt would start to log in
        "NO_GCE_CHECK": "true",  # no question to the network whether this is a machine of Google's
    }
    return replace(workspace, environment=environment)


def write_profile(workspace: Workspace, server: BigQueryServer, **target: Any) -> None:
    profile = {"target": "bigquery", "outputs": {"bigquery": profile_output(server, **target)}}
    (workspace.directory / "profiles.yml").write_text(yaml.safe_dump({"creative_approaches": profile}))


def profile_output(server: BigQueryServer, **target: Any) -> dict[str, Any]:
    """The target of a profile."""
    output = {
        "type": "bigquery",
        "method": "oauth-secrets",
        "token": "no secret",
        "project": server.project,
        "dataset": "approaches",
        "location": "US",
        "threads": 4,
        "job_retries": 0,
        "api_endpoint": server.rest,
    }
    return output | target
