"""The local BigQuery server is never kinder than BigQuery: what the catalogue plants is refused over the wire."""

import pytest
from google.api_core.exceptions import BadRequest
from google.auth.credentials import AnonymousCredentials
from google.cloud.bigquery import Client, QueryJobConfig, SchemaField, Table

from tests.support.bigquery.server import BigQueryServer
from tests.support.refusals.catalogue import CATALOGUE
from tests.support.refusals.entry import COLUMNS, CREATIVES, STAGED, Planted

PLANTED = {
    entry.name: entry.held for entry in CATALOGUE if isinstance(entry.held, Planted) and not entry.held.missed_by_server
}


def field(name: str, type_: str) -> SchemaField:
    element = type_.removeprefix("ARRAY<").removesuffix(">")
    return SchemaField(name, element, "NULLABLE" if element == type_ else "REPEATED")


@pytest.fixture(scope="module")
def client(server: BigQueryServer) -> Client:
    client = Client(server.project, AnonymousCredentials(), client_options={"api_endpoint": server.rest})
    client.create_dataset("ads")
    for table in (CREATIVES, STAGED):
        client.create_table(Table(table.replace("`", ""), [field(*column) for column in COLUMNS]))
    return client


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_statement_is_refused_over_the_wire(client: Client, name: str) -> None:
    with pytest.raises(BadRequest) as refused:
        client.query(PLANTED[name].statement, retry=None, job_retry=None).result()
    assert refused.value.errors[0]["reason"] == "invalidQuery"
    assert PLANTED[name].message in refused.value.errors[0]["message"]


def test_a_dry_run_is_refused_too(client: Client) -> None:
    with pytest.raises(BadRequest, match="Parameterized types are not allowed"):
        client.query("SELECT CAST(1 AS NUMERIC(3, 1)) AS x", QueryJobConfig(dry_run=True), job_retry=None)


def test_what_dbt_sends_is_read_word_by_word(client: Client) -> None:
    with pytest.raises(BadRequest, match="Parameterized types are not allowed"):
        client.query('/* {"app": "dbt"} */ select cast(1 as numeric(3, 1)) as x', job_retry=None).result()
