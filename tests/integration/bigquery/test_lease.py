"""Who may write to BigQuery: one command, as long as it is heard of."""

import threading
from collections.abc import Iterator
from typing import Any, Final

import pytest
from google.auth.credentials import AnonymousCredentials
from google.cloud import bigquery

from creative_approaches.adapters.dbt.project import DbtOptions, DbtProject
from creative_approaches.adapters.warehouses.bigquery import lease
from creative_approaches.adapters.warehouses.bigquery.sql import column_type
from creative_approaches.adapters.warehouses.holder import Holder
from creative_approaches.adapters.warehouses.open import open_warehouse
from creative_approaches.adapters.warehouses.port import Warehouse
from creative_approaches.errors import TemporaryError
from tests.support.bigquery.server import BigQueryServer
from tests.support.bigquery.workspace import make_bigquery_workspace
from tests.support.googlesql.checker import Checker, Column

TABLE: Final = "`test`.`approaches_jobs`.`run_lease`"
NO_PROCESS: Final = 2**22 + 1  # more than Linux gives
ELSEWHERE: Final = Holder("approaches run", "another-machine", "another boot", 1, "2026-01-05 06:00:00")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, server: BigQueryServer) -> DbtProject:
    """A new warehouse: nothing is in it, no dataset either."""
    workspace = make_bigquery_workspace(tmp_path_factory.mktemp("lease") / "a project", server)
    return DbtProject(DbtOptions(workspace.directory))


@pytest.fixture
def warehouse(project: DbtProject) -> Warehouse:
    return open_warehouse(project)


@pytest.fixture
def client(server: BigQueryServer, warehouse: Warehouse) -> Iterator[bigquery.Client]:
    """A client of a warehouse whose lease exists and is free."""
    with warehouse.hold("approaches track"):
        pass
    client = bigquery.Client(server.project, AnonymousCredentials(), client_options={"api_endpoint": server.rest})
    yield client
    client.query(lease.update(TABLE, {"owner": None}, "TRUE")).result()


def held_by(client: bigquery.Client, holder: Holder, seconds_ago: int = 0) -> None:
    client.query(lease.update(TABLE, {**holder.written(), "owner": "theirs"}, "TRUE")).result()
    ago = f"TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL {seconds_ago} SECOND)"
    client.query(f"UPDATE {TABLE} SET heartbeat_at = {ago} WHERE TRUE").result()


def owner(client: bigquery.Client) -> Any:
    (row,) = client.list_rows("test.approaches_jobs.run_lease")
    return row["owner"]


def test_an_account_that_may_make_no_dataset_uses_the_one_that_is_there(
    warehouse: Warehouse, client: bigquery.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.delete_table("test.approaches_jobs.run_lease")
    monkeypatch.setattr(bigquery.Client, "create_dataset", lambda *_, **__: pytest.fail("it made a dataset"))
    with warehouse.hold("approaches run"):
        assert owner(client) is not None


def test_a_command_elsewhere_that_is_heard_of_keeps_it(warehouse: Warehouse, client: bigquery.Client) -> None:
    held_by(client, ELSEWHERE, lease.SILENCE - 60)
    with pytest.raises(TemporaryError, match="PID 1 on another-machine, since 2026-01-05"), warehouse.hold("x"):
        pytest.fail("two commands at once")
    assert owner(client) == "theirs"


def test_it_is_free_again_where_it_was_taken_and_could_not_be_read(client: bigquery.Client) -> None:
    def run(text: str) -> None:
        client.query(text).result()

    def fail() -> dict[str, Any]:
        assert owner(client) is not None
        raise TemporaryError("BigQuery does not answer.")

    held = lease.Lease(TABLE, run, fail, "here")
    with pytest.raises(TemporaryError, match="does not answer"), held.held("approaches run"):
        pytest.fail("it was not read")
    assert owner(client) is None


def test_a_command_that_is_silent_is_taken_over(warehouse: Warehouse, client: bigquery.Client) -> None:
    held_by(client, ELSEWHERE, lease.SILENCE + 60)
    with warehouse.hold("approaches run"):
        assert owner(client) not in (None, "theirs")
    assert owner(client) is None


def test_one_that_died_on_this_machine_is_not_waited_for(warehouse: Warehouse, client: bigquery.Client) -> None:
    here = Holder.this("approaches run")
    held_by(client, Holder(here.command, here.host, here.place, NO_PROCESS, here.since))
    with warehouse.hold("approaches run"):
        assert owner(client) not in (None, "theirs")


def test_one_that_lives_on_this_machine_keeps_it(warehouse: Warehouse, client: bigquery.Client) -> None:
    held_by(client, Holder.this("approaches run"))
    with pytest.raises(TemporaryError, match="approaches run"), warehouse.hold("x"):
        pytest.fail("two commands at once")


def test_who_was_silent_too_long_writes_no_more(
    warehouse: Warehouse, client: bigquery.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    with warehouse.hold("approaches run"):
        warehouse.check_available()
        held_by(client, ELSEWHERE)
        monkeypatch.setattr(lease, "monotonic", lambda: 1e9)  # much later, without a heartbeat
        for _ in range(2):
            with pytest.raises(TemporaryError, match="another one took over"):
                warehouse.check_available()
    assert owner(client) == "theirs"


def test_who_was_silent_and_still_has_it_goes_on(
    warehouse: Warehouse, client: bigquery.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    with warehouse.hold("approaches run"):
        monkeypatch.setattr(lease, "monotonic", lambda: 1e9)
        warehouse.check_available()
        assert owner(client) is not None


def test_a_heartbeat_is_sent_while_a_command_works(
    warehouse: Warehouse, client: bigquery.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = threading.Event()
    monkeypatch.setattr(lease, "HEARTBEAT", 0.01)
    monkeypatch.setattr(lease.Lease, "_renew", lambda _: heard.set())
    with warehouse.hold("approaches run"):
        assert heard.wait(60)


def test_bigquery_takes_each_statement() -> None:
    checker = Checker()
    checker.add_table(TABLE, [Column(name, column_type(kind)) for name, kind in lease.COLUMNS.items()])
    mine = {**Holder.this("it's `me`").written(), "owner": "mine"}
    statements = [
        lease.create("`test`.`approaches_jobs`.`another`"),
        lease.update(TABLE, mine, lease.is_free()),
        lease.update(TABLE, {"owner": None}, "owner = 'mine'"),
    ]
    script = checker.script(";".join(statements))
    assert script.problems == ()
    assert len(script.statements) == 3
