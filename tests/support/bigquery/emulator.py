"""A local BigQuery server: the bqemulator package on loopback, offline, with the fixes that the tests need.

Usage: python -m tests.support.bigquery.emulator FILE_DESCRIPTOR. Both addresses are written there as one JSON object
once they answer.
The server ends with the process that holds its standard input, however that process ends, and after MAXIMUM_LIFE.
"""

import asyncio
import importlib.resources
import json
import os
import select
import sys
import threading
from functools import lru_cache
from typing import Any

import duckdb
import grpc
from bqemulator.api.dependencies import AppContext
from bqemulator.api.routes import jobs, tabledata, upload
from bqemulator.catalog.models import JobMeta, TableMeta
from bqemulator.config import LogLevel, Settings
from bqemulator.domain.errors import AlreadyExistsError, ValidationError
from bqemulator.grpc_api import read_servicer
from bqemulator.jobs import executor
from bqemulator.server import EmulatorServer
from bqemulator.sql.rewriter import create_table_schema_ctas
from bqemulator.sql.rules import register
from bqemulator.sql.rules._base import TranslationRule
from bqemulator.sql.translator import SQLTranslator
from bqemulator.storage.engine import DuckDBEngine
from bqemulator.storage.sql_identifiers import quoted_schema, quoted_table_ref
from google.cloud.bigquery_storage_v1.types import CreateReadSessionRequest
from sqlglot import exp
from sqlglot.dialects.dialect import Dialect

from tests.support.bigquery.emulator_alter import learn_columns, single_changes
from tests.support.bigquery.emulator_checks import check_job, check_statement, start_analyzer
from tests.support.commands.garbage import look_for_garbage_seldom

MAXIMUM_LIFE = 6 * 60 * 60  # seconds: longer than any benchmark, which would wait for a server that is gone
LARGEST_MESSAGE = 1 << 30  # bytes


# The server refuses to start without DuckDB's spatial extension, which it would download.
def load_spatial_from_its_wheel(engine: DuckDBEngine) -> None:
    wheel = importlib.resources.files("duckdb_extension_spatial")
    extension = wheel / "extensions" / f"v{duckdb.__version__}" / "spatial.duckdb_extension"
    engine.connection.execute(f"load '{extension}'")


DuckDBEngine._load_spatial = load_spatial_from_its_wheel


# dbt builds a model under contract with `create table t (columns) as (select ...)`. Without the parentheses the server
# understands it, with them it is a syntax error.
first_select = create_table_schema_ctas._first_select


def first_select_within_parentheses(body: Any) -> Any:
    while isinstance(body, exp.Subquery | exp.Paren):
        body = body.this
    return first_select(body)


create_table_schema_ctas._first_select = first_select_within_parentheses


# A NUMERIC of BigQuery has nine decimals, also without parameters, which one of the server's passes drops. Its DuckDB
# would keep three.
@register
class NumericRule(TranslationRule):  # type: ignore[misc]  # the package is untyped
    name = "NUMERIC"

    def applies_to(self, node: exp.Expression) -> bool:
        return isinstance(node, exp.DataType) and node == exp.DataType.build("decimal", dialect="duckdb")

    def rewrite(self, node: exp.Expression) -> exp.Expression:
        return exp.DataType.build("decimal(38, 9)", dialect="duckdb")


executor._translator = SQLTranslator()  # the one that was made on import does not know the rule


# The server reads each statement some twenty times, which took more than half of its time.
parse = Dialect.parse


@lru_cache(maxsize=100)
def trees(dialect: Dialect, sql: str, options: frozenset[tuple[str, Any]]) -> list[Any]:
    return list(parse(dialect, sql, **dict(options)))


def parse_once(dialect: Dialect, sql: str, **options: Any) -> list[Any]:
    return [tree and tree.copy() for tree in trees(dialect, sql, frozenset(options.items()))]


Dialect.parse = parse_once  # type: ignore[assignment]  # the method itself is what all callers share


# The server takes much that BigQuery refuses: it is asked only what has passed the suite's own check.
execute_query = jobs.execute_query_job
answer_dry_run = jobs._dry_run_response


async def execute_checked_query(
    project: str, job_id: str, sql: str, query_params: Any, ctx: AppContext, **options: Any
) -> JobMeta:
    check_statement(ctx.catalog, project, sql)  # at once: statements are done in the order in which they came
    first, *others = single_changes(ctx.catalog, project, sql)
    job: JobMeta = await execute_query(project, job_id, first, query_params, ctx, **options)
    for number, statement in enumerate(others):
        await execute_query(project, f"{job_id}_{number}", statement, query_params, ctx, **options)
    learn_columns(ctx, project, sql)
    return job


async def answer_checked_dry_run(*, project_id: str, bq_sql: str, ctx: AppContext, **options: Any) -> Any:
    check_statement(ctx.catalog, project_id, bq_sql)
    return await answer_dry_run(project_id=project_id, bq_sql=bq_sql, ctx=ctx, **options)


jobs.execute_query_job = execute_checked_query
jobs._dry_run_response = answer_checked_dry_run


# Google's client declares every multipart upload as */*, which the server answers with "unsupported Content-Type".
upload._PERMITTED_MEDIA_CONTENT_TYPES += ("*/*",)


# Views have no rows to list: BigQuery refuses both ways, https://cloud.google.com/bigquery/docs/views-intro#view_limitations.
# The server gives their rows.
selected_fields = tabledata._parse_selected_fields


def selected_fields_of_a_table(wanted: str | None, table: TableMeta) -> Any:
    if table.table_type == "VIEW":
        raise ValidationError("Cannot list a table of type VIEW.")
    return selected_fields(wanted, table)


tabledata._parse_selected_fields = selected_fields_of_a_table


# A query's result is a table that the Storage Read API can read. The server keeps it elsewhere and answers "not found".
create_read_session = read_servicer.BigQueryReadHandler._handle_create_read_session


def create_read_session_of_a_result(handler: read_servicer.BigQueryReadHandler, request: bytes, context: Any) -> Any:
    table = CreateReadSessionRequest.deserialize(request).read_session.table
    project, dataset, name = read_servicer._parse_table_path(table) or ("", "", "")
    meta = handler._ctx.catalog.get_table(project, dataset, name)
    if meta is not None and meta.table_type == "VIEW":
        context.set_code(grpc.StatusCode.INVALID_ARGUMENT)
        context.set_details("request failed: non-table entities cannot be read with the storage API")
        return b""
    results = {"anon" + job_id.replace("-", ""): rows for job_id, rows in executor.JOB_RESULTS.items()}
    if dataset == "_bqemu_anonymous" and name in results:
        cursor = handler._ctx.engine.connection.cursor()
        cursor.register("result_rows", results[name])
        cursor.execute(f"create schema if not exists {quoted_schema(project, dataset)}")
        relation = quoted_table_ref(project, dataset, name)
        cursor.execute(f"create or replace table {relation} as select * from result_rows")
    return create_read_session(handler, request, context)


read_servicer.BigQueryReadHandler._handle_create_read_session = create_read_session_of_a_result


# A job id names one job for good. The server runs a second insert of an id again, and gives an uploaded load an id of
# its own, so that a client which lost an answer would do the work twice and a test of that would not notice.
insert_query = jobs._handle_query_job
upload_configuration = upload._load_configuration_from_envelope
run_upload = upload._run_load


def refuse_a_known_job(context: AppContext, project: str, job_id: str) -> None:
    if context.catalog.get_job(project, job_id) is not None:
        raise AlreadyExistsError(f"Already Exists: Job {project}:US.{job_id}")


async def insert_new_query(project_id: str, job_id: str, config: dict[str, Any], **options: Any) -> Any:
    check_job(job_id, config.get("labels", {}))
    refuse_a_known_job(options["ctx"], project_id, job_id)
    return await insert_query(project_id, job_id, config, **options)


def upload_configuration_with_job_id(envelope: dict[str, Any]) -> dict[str, Any]:
    job_id = envelope["jobReference"]["jobId"]
    check_job(job_id, envelope["configuration"].get("labels", {}))
    return {**upload_configuration(envelope), "jobId": job_id}


async def run_new_upload(
    project_id: str, configuration: dict[str, Any], media_path: str, ctx: AppContext
) -> tuple[str, JobMeta]:
    job_id = configuration.pop("jobId")
    refuse_a_known_job(ctx, project_id, job_id)
    own_id, job = await run_upload(project_id=project_id, configuration=configuration, media_path=media_path, ctx=ctx)
    ctx.catalog.delete_job(project_id, own_id)
    return job_id, ctx.catalog.upsert_job(job.model_copy(update={"job_id": job_id}))


jobs._handle_query_job = insert_new_query
upload._load_configuration_from_envelope = upload_configuration_with_job_id
upload._run_load = run_new_upload


def end_with_the_parent() -> None:
    closed, _, _ = select.select([sys.stdin], [], [], MAXIMUM_LIFE)  # readable once the other end is closed
    if not closed:
        print(f"The local BigQuery ends itself after {MAXIMUM_LIFE} seconds.", file=sys.stderr, flush=True)
    os._exit(1)


async def serve(file_descriptor: int) -> None:
    settings = Settings(
        rest_port=0,  # any free one
        grpc_port=0,
        default_project_id="test",
        log_level=LogLevel.WARNING,
        enable_format_extensions=False,  # Avro, which would be downloaded
        write_api_max_request_bytes=LARGEST_MESSAGE,  # caps what a stream of the Storage Read API sends at once
    )
    server = EmulatorServer(settings)
    await server.start()
    with os.fdopen(file_descriptor, "w") as addresses:
        json.dump({"rest": server.rest_url, "storage": server.grpc_endpoint}, addresses)
    await asyncio.Event().wait()


if __name__ == "__main__":
    look_for_garbage_seldom()
    threading.Thread(target=end_with_the_parent, daemon=True).start()
    threading.Thread(target=start_analyzer, daemon=True).start()
    asyncio.run(serve(int(sys.argv[1])))
