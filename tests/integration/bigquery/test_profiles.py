"""The targets of profiles.yml.example reach BigQuery as whom they say."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from creative_approaches.adapters.dbt.project import DbtOptions, DbtProject
from creative_approaches.adapters.warehouses.bigquery.warehouse import BigQueryWarehouse
from creative_approaches.adapters.warehouses.open import open_warehouse
from tests.support.bigquery.server import FaultyWire, running_server
from tests.support.workspace import Workspace, make_workspace

EMAIL = "jobs@your-project.iam.gserviceaccount.com"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return make_workspace(tmp_path_factory.mktemp("profiles") / "a project")


@pytest.fixture
def tokens() -> Iterator[str]:
    """The address of a server that gives every service account the same token."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            content = json.dumps({"access_token": "a token", "expires_in": 3600, "token_type": "Bearer"}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/token"
        server.shutdown()


@pytest.fixture
def keyfile(tmp_path: Path, tokens: str) -> Path:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
    path = tmp_path / "key.json"
    path.write_text(
        json.dumps({"type": "service_account", "client_email": EMAIL, "private_key": pem, "token_uri": tokens})
    )
    return path


@pytest.fixture
def login(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What gcloud auth application-default login leaves behind."""
    path = tmp_path / "application_default_credentials.json"
    user = {"type": "authorized_user", "client_id": "c", "client_secret": "s", "refresh_token": "of a user"}
    path.write_text(json.dumps(user))
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(path))
    monkeypatch.setenv("NO_GCE_CHECK", "true")


def credentials_of(workspace: Workspace, target: str) -> Any:
    warehouse = open_warehouse(DbtProject(DbtOptions(workspace.directory, target=target)))
    assert isinstance(warehouse, BigQueryWarehouse)
    return warehouse.google_credentials


@pytest.mark.usefixtures("login")
def test_target_bigquery_is_who_is_logged_in(workspace: Workspace) -> None:
    assert credentials_of(workspace, "bigquery").refresh_token == "of a user"


@pytest.mark.usefixtures("login")
def test_target_bigquery_impersonated_acts_as_the_service_account(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("APPROACHES_SERVICE_ACCOUNT", EMAIL)
    credentials = credentials_of(workspace, "bigquery_impersonated")
    assert credentials.service_account_email == EMAIL
    assert credentials._source_credentials.refresh_token == "of a user"


def test_target_bigquery_service_account_sends_the_token_of_its_key(
    workspace: Workspace, keyfile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(keyfile))
    with running_server(tmp_path / "log") as server, FaultyWire(server) as wire:
        profiles = yaml.safe_load((workspace.directory / "profiles.yml").read_text())
        output = profiles["creative_approaches"]["outputs"]["bigquery_service_account"]
        output |= {"api_endpoint": wire.rest}
        (tmp_path / "profiles.yml").write_text(yaml.safe_dump(profiles))
        options = DbtOptions(workspace.directory, profiles_dir=tmp_path, target="bigquery_service_account")
        open_warehouse(DbtProject(options)).check_available()
        (request,) = wire.requests
        assert request.headers["Authorization"] == "Bearer a token"
        assert request.job["jobReference"] == {
            "projectId": "your-project",
            "location": "EU",
            "jobId": request.job_id,
        }
