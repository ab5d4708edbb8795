"""BigQuery as the warehouse of the jobs.

Rows are read as Arrow by the Storage Read API. They are written by one Parquet load to a staging table of this run,
then by one statement, or one transaction where several tables change together: a process that is killed between any
two requests leaves the old rows or the new ones. Staging tables that it leaves behind expire by themselves.
"""

import os
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import cached_property
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any, Final

import grpc
import pyarrow as pa
from google.api_core.exceptions import Conflict, GoogleAPICallError, NotFound
from google.auth.exceptions import GoogleAuthError
from google.cloud import bigquery
from google.cloud.bigquery_storage import BigQueryReadClient
from google.cloud.bigquery_storage_v1.services.big_query_read.transports import BigQueryReadGrpcTransport
from tenacity import RetryError, Retrying, retry_if_result, stop_after_delay, wait_exponential

from creative_approaches.adapters.dbt.project import DbtProject
from creative_approaches.adapters.warehouses.bigquery import lease, sql
from creative_approaches.adapters.warehouses.bigquery.calls import JobFailedError, Patience, is_busy, said
from creative_approaches.adapters.warehouses.bigquery.row_order import in_order_of
from creative_approaches.adapters.warehouses.bigquery.staging import schema_fields, staged_rows, statement, to_parquet
from creative_approaches.adapters.warehouses.port import Change, Range, missing_table, outdated_table
from creative_approaches.errors import ApproachesError, TemporaryError, UsageError
from creative_approaches.tables import JOB_RUNS, Table

STORAGE_ENDPOINT: Final = "APPROACHES_BIGQUERY_STORAGE_ENDPOINT"
APPLICATION: Final = "creative_approaches"
STAGING_LIFE: Final = timedelta(hours=24)
_MULTIPART_LIMIT: Final = 5_000_000  # bytes; larger files go up in resumable pieces


class BigQueryWarehouse:
    """Reads and writes BigQuery tables with dbt's own credentials, project, location and limits of the target."""

    def __init__(self, project: DbtProject) -> None:
        """Take everything from dbt's credentials of the target; the first call connects."""
        self._project = project
        self._credentials = project.credentials
        self._patience = Patience.of(project.credentials)
        self._run_id = uuid.uuid4().hex
        self._numbers = count(1)
        self._lease: lease.Lease | None = None

    @property
    def project_dir(self) -> Path:
        """The directory that relative image paths start from."""
        return self._project.options.project_dir

    @property
    def location(self) -> str:
        """Where the data is, for people."""
        return f"BigQuery project {self._credentials.database}, datasets {self._credentials.schema}_*"

    @property
    def exists(self) -> bool:
        """It is there before any of our tables."""
        return True

    @property
    def is_local(self) -> bool:
        """Others may write to it."""
        return False

    def explain(self, problems: Sequence[str]) -> ApproachesError | None:
        """The error that problems of dbt mean. All must be of a busy BigQuery: trying again helps no other."""
        if all(map(is_busy, problems)):
            return TemporaryError(f"BigQuery could not be used: {problems[0]}. Run the same command again later.")
        return None

    @contextmanager
    def hold(self, command: str) -> Iterator[None]:
        """Keep other commands from writing, by a lease that all machines see."""
        beside = _reference(self._project.relation(JOB_RUNS))
        reference = bigquery.DatasetReference(beside.project, beside.dataset_id).table(lease.TABLE)
        table = f"`{reference.project}`.`{reference.dataset_id}`.`{reference.table_id}`"
        location = self._make_lease(reference, table)

        def run(text: str) -> None:
            self._query(text, lease.TABLE, location)

        def read() -> Mapping[str, Any]:
            (row,) = self._patience.call(lambda: list(self._client.list_rows(reference, **self._one_attempt)))
            return dict(row.items())

        ours = lease.Lease(table, run, read, self.location)
        with ours.held(command):
            self._lease = ours
            try:
                yield
            finally:
                self._lease = None

    def check_available(self) -> None:
        """Ask BigQuery for the price of nothing: this needs working credentials and the right to run jobs."""
        self._prove_hold()
        config = bigquery.QueryJobConfig(dry_run=True, use_query_cache=False)
        try:
            self._patience.call(lambda: self._client.query("SELECT 1", config, job_retry=None, **self._one_attempt))
        except NotFound as error:
            raise UsageError(f"BigQuery has no such project or location: {said(error)}. {_CHECK_PROFILE}") from None

    def read(self, table: Table, between: Range | None = None) -> pa.Table:
        """All rows of a table in the order of its key, with exactly the declared columns and types.

        between : the lowest and the highest value of the first column of the key; None for all.
        Raises DataError when the table or one of its columns is missing.
        """
        found = self._existing(table)
        names = {*table.columns, *table.key}
        try:
            rows = self._patience.call(lambda: self._whole(self._rows(found, table, names, between)))
        except NotFound:
            raise missing_table(table, str(found.reference)) from None
        return in_order_of(rows, table.key).select(table.columns).cast(table.schema)

    @contextmanager
    def batches(self, table: Table) -> Iterator[Iterator[pa.Table]]:
        """The rows of a table, a part at a time in no particular order, for what does not fit in memory.

        Raises DataError as `read` does. A connection that fails midway is not taken up again.
        """
        found = self._existing(table)
        rows = self._patience.call(lambda: self._rows(found, table, set(table.columns)))
        with self._closed_on_failure():
            batches = rows.to_arrow_iterable(bqstorage_client=self._storage)
            yield (pa.Table.from_batches([batch]).select(table.columns).cast(table.schema) for batch in batches)

    def write(self, *changes: Change) -> int:
        """Apply all of the changes or none: neither a reader nor a crash ever sees some of them.

        Returns the number of rows written.
        """
        self._prove_hold()
        number = next(self._numbers)
        targets = [self._existing(change.table) for change in changes]
        staged = [
            self._stage(change, target, f"{number}_{part}")
            for part, (change, target) in enumerate(zip(changes, targets, strict=True), start=1)
        ]
        sources = [f"`{staging.project}`.`{staging.dataset_id}`.`{staging.table_id}`" for staging in staged]
        self._merge(changes, targets, sources, number)
        for staging in staged:
            with suppress(GoogleAPICallError, GoogleAuthError, OSError):  # it expires anyway
                self._client.delete_table(staging, not_found_ok=True, **self._one_attempt)
        return sum(change.rows.num_rows for change in changes)

    def note(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write a few small rows of a job table by one statement; each replaces the one with its key, or is added."""
        self._prove_hold()
        change = Change.of_keys(table, table.rows(rows))
        source = f"({sql.rows_as_query(staged_rows(change))})"
        self._merge([change], [self._existing(table)], [source], next(self._numbers))

    def fingerprints(self, relations: Sequence[str]) -> None:
        """None: BigQuery would bill a full scan of each relation."""

    @cached_property
    def google_credentials(self) -> Any:
        """What the profile's method, keyfile, token and impersonation come to."""
        from dbt.adapters.bigquery.credentials import create_google_credentials
        from dbt_common.exceptions import DbtBaseException

        try:
            return create_google_credentials(self._credentials)
        except (DbtBaseException, OSError, ValueError) as error:
            raise UsageError(f"The target's credentials cannot be used: {said(error)}. {_CHECK_PROFILE}") from None

    @property
    def google_project(self) -> str:
        """The project that jobs are billed to."""
        return str(self._credentials.execution_project or self._credentials.database)

    @cached_property
    def _client(self) -> bigquery.Client:
        from dbt.adapters.bigquery.clients import create_bigquery_client

        _ = self.google_credentials  # fails where dbt would go on to open a browser
        return create_bigquery_client(self._credentials)

    @cached_property
    def _storage(self) -> BigQueryReadClient | None:
        """The Storage Read API; None where the profile leads elsewhere and nobody said where that API is."""
        endpoint = os.environ.get(STORAGE_ENDPOINT)
        if endpoint and endpoint.startswith(("127.0.0.1:", "localhost:")):
            channel = grpc.insecure_channel(endpoint, options=[("grpc.max_receive_message_length", -1)])
            return BigQueryReadClient(transport=BigQueryReadGrpcTransport(channel=channel))
        if self._credentials.api_endpoint and not endpoint:
            return None
        options = {"api_endpoint": endpoint, "quota_project_id": self._credentials.quota_project}
        return BigQueryReadClient(
            credentials=self.google_credentials,
            client_options={name: value for name, value in options.items() if value},
        )

    def _make_lease(self, reference: bigquery.TableReference, table: str) -> str:
        """The location of the lease, which is made where it is missing."""
        try:
            return str(self._patience.call(lambda: self._client.get_table(reference, **self._one_attempt)).location)
        except NotFound:
            location = self._make_dataset(bigquery.DatasetReference(reference.project, reference.dataset_id))
            self._query(lease.create(table), lease.TABLE, location)
            return location

    def _make_dataset(self, reference: bigquery.DatasetReference) -> str:
        """The location of a dataset, which is made where it is missing: an account may have no right to make one."""

        def find() -> str:
            return str(self._client.get_dataset(reference, **self._one_attempt).location)

        try:
            return self._patience.call(find)
        except NotFound:
            dataset = bigquery.Dataset(reference)
            dataset.location = self._credentials.location
            with suppress(Conflict):  # another command made it meanwhile
                self._patience.call(lambda: self._client.create_dataset(dataset, **self._one_attempt))
            return self._patience.call(find)

    def _prove_hold(self) -> None:
        if self._lease:
            self._lease.prove()

    @property
    def _one_attempt(self) -> dict[str, Any]:
        return {"retry": None, "timeout": self._patience.request}

    def _existing(self, table: Table) -> bigquery.Table:
        """The table as BigQuery knows it. Raises DataError if it is missing or lacks a declared column."""
        reference = _reference(self._project.relation(table))
        try:
            found = self._patience.call(lambda: self._client.get_table(reference, **self._one_attempt))
        except NotFound:
            raise missing_table(table, str(reference)) from None
        types = {field.name: _type(field) for field in found.schema}
        for field in table.schema:
            wanted = sql.column_type(field.type)
            if types.get(field.name) != wanted:
                has = f"has {types[field.name]}" if field.name in types else "has none"
                raise outdated_table(table, str(reference), f"column {field.name} should be {wanted}, and it {has}")
        return found

    def _rows(self, found: bigquery.Table, table: Table, names: set[str], between: Range | None = None) -> Any:
        """What gives the rows. BigQuery lists those of tables; a part of them, and views, are asked by a query."""
        fields = [field for field in found.schema if field.name in names]
        if found.table_type != "VIEW" and not between:
            return self._client.list_rows(found, selected_fields=fields, **self._one_attempt)
        text = sql.select(table, [field.name for field in fields], self._project.relation(table), between)
        job = self._query(text, table.name, found.location, step="read")
        return job.result(**self._one_attempt)

    def _whole(self, rows: Any) -> pa.Table:
        with self._closed_on_failure():
            return rows.to_arrow(
                bqstorage_client=self._storage, create_bqstorage_client=False, timeout=self._patience.job
            )

    @contextmanager
    def _closed_on_failure(self) -> Iterator[None]:
        """A thread of the client may still wait for a stream, and would keep this process from ending."""
        try:
            yield
        except Exception:
            storage = self.__dict__.pop("_storage", None)
            if storage is not None:
                storage.transport.close()
            raise

    def _stage(self, change: Change, target: bigquery.Table, number: str) -> bigquery.Table:
        """Load new rows, and the values that old rows go by, into a table of their own."""
        rows = staged_rows(change)
        name = f"{change.table.name}__staging_{self._run_id}_{number}"
        staging = bigquery.Table(f"{target.project}.{target.dataset_id}.{name}", schema=schema_fields(rows.schema))
        staging.expires = datetime.now(UTC) + STAGING_LIFE
        staging.labels = {"application": APPLICATION}
        with suppress(Conflict):  # an attempt whose answer was lost
            self._patience.call(lambda: self._client.create_table(staging, **self._one_attempt))
        content = to_parquet(rows)
        parquet = bigquery.ParquetOptions()
        parquet.enable_list_inference = True  # without it arrays arrive empty, silently
        config = bigquery.LoadJobConfig(
            schema=staging.schema,
            source_format=bigquery.SourceFormat.PARQUET,
            write_disposition=bigquery.WriteDisposition.WRITE_EMPTY,
            labels=_labels(change.table.name, "load"),
        )
        config.parquet_options = parquet

        def load(job_id: str) -> bigquery.LoadJob:
            return self._client.load_table_from_file(
                BytesIO(content),
                staging.reference,
                size=len(content) if len(content) < _MULTIPART_LIMIT else None,
                num_retries=0,
                job_id=job_id,
                location=target.location,
                job_config=config,
                timeout=self._patience.request,
            )

        self._run(f"{number}_load", target.location, load)
        return staging

    def _merge(
        self, changes: Sequence[Change], targets: list[bigquery.Table], sources: Sequence[str], number: int
    ) -> None:
        """Bring rows into their tables by one job. sources : where the rows of each change are, as SQL."""
        relations = [self._project.relation(change.table) for change in changes]
        statements = [
            statement(change, relation, source)
            for change, relation, source in zip(changes, relations, sources, strict=True)
        ]
        text = statements[0] if len(statements) == 1 else sql.transaction(statements)
        names = "-".join(change.table.name for change in changes)
        self._query(text, names, targets[0].location, number)

    def _query(
        self, text: str, tables: str, location: str, number: int | None = None, step: str = "merge"
    ) -> bigquery.QueryJob:
        """Run a statement as one job, and give the job that has ended."""
        config = bigquery.QueryJobConfig(labels=_labels(tables, step))
        if self._credentials.maximum_bytes_billed:
            config.maximum_bytes_billed = self._credentials.maximum_bytes_billed
        if reservation := getattr(self._credentials, "reservation", None):  # since dbt-bigquery 1.12
            config.reservation = reservation
        if self._credentials.priority:
            config.priority = self._credentials.priority.upper()

        def query(job_id: str) -> bigquery.QueryJob:
            return self._client.query(
                text, config, job_id=job_id, location=location, job_retry=None, **self._one_attempt
            )

        return self._run(f"{number or next(self._numbers)}_{step}", location, query)

    def _run(self, step: str, location: str, start: Callable[[str], Any]) -> Any:
        """Start a job, wait for its end and give it; one that failed for a passing reason is started again.

        The id of a job is known before it is sent. A request whose answer was lost is sent again under the same
        id, so that nothing happens twice.
        """
        attempts = count(1)

        def attempt() -> Any:
            job_id = f"{APPLICATION}_{self._run_id}_{step}_{next(attempts)}"
            try:
                job = self._patience.call(lambda: start(job_id))
            except (Conflict, NotFound):  # what a request gets whose first answer was lost
                job = self._patience.call(lambda: self._client.get_job(job_id, location=location, **self._one_attempt))
            self._finish(job)
            return job

        try:
            return self._patience.call(attempt)
        except NotFound as error:
            found = error.__context__ if isinstance(error.__context__, NotFound) else error
            raise UsageError(f"BigQuery cannot find what it needs: {said(found)}. {_CHECK_PROFILE}") from None

    def _finish(self, job: Any) -> None:
        polls = Retrying(
            retry=retry_if_result(lambda done: not done),
            wait=wait_exponential(multiplier=0.1, max=5),
            stop=stop_after_delay(self._patience.job),
        )
        try:
            polls(lambda: self._patience.call(lambda: job.done(**self._one_attempt)))
        except RetryError:
            with suppress(GoogleAPICallError, OSError):
                job.cancel(**self._one_attempt)
            raise TemporaryError(
                f"BigQuery did not finish job {job.job_id} in {self._patience.job:,.0f} seconds. Raise "
                "job_execution_timeout_seconds of the target in profiles.yml, or run the same command again later."
            ) from None
        if job.error_result:
            raise JobFailedError(job.error_result)


_CHECK_PROFILE = "Check project, location and login of the target in profiles.yml with: dbt debug"


def _reference(relation: str) -> bigquery.TableReference:
    project, dataset, table = relation.strip("`").split("`.`")
    return bigquery.DatasetReference(project, dataset).table(table)


def _labels(table: str, step: str) -> dict[str, str]:
    return {"application": APPLICATION, "table": table[:63], "step": step}


def _type(field: bigquery.SchemaField) -> str:
    name = {"FLOAT": "FLOAT64", "INTEGER": "INT64", "BOOLEAN": "BOOL"}.get(field.field_type, field.field_type)
    return f"ARRAY<{name}>" if field.mode == "REPEATED" else name
