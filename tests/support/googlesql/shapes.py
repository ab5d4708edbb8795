"""The project compiled for BigQuery without a warehouse, in the ways that its SQL can turn out."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import yaml

from tests.support.commands.warm import run_warm
from tests.support.googlesql.project import SourceTypes, read_manifest
from tests.support.workspace import make_workspace

COMPILE_TIMEOUT = 180  # seconds; a compile that asks the warehouse would wait for it
PROFILE = {
    "type": "bigquery",
    "method": "oauth-secrets",
    "token": "none",
    "project": "test",
    "dataset": "approaches",
    "location": "US",
    "job_retries": 0,
    "api_endpoint": "http://127.0.0.1:9",  # nothing listens there
    "threads": 2,
}
OWN_DATA = {
    "demo_data": False,
    "raw_metrics_layout": "ad_reporting",
    "tags_format": "array",
    "period_grain": "month",
    "embed_source": "text",
    "cohort_columns": ["platform", "account_id", "campaign_id", "format", "placement"],
}
OWN_TYPES: SourceTypes = {
    "creatives": {"tags": "array<string>"},
    "creative_daily_metrics": {"ad_id": "string", "creative_id": None, "currency_code": None, "reach": None},
}

# SQL that dbt sends beside the models, as scripts to compile with them. It is text of its own in the macros, so that
# it can be had without running it.
SCRIPTS = {
    "job_tables": """
        {% for table in graph.sources.values() if table.source_name in ['jobs', 'builds'] %}
            {{ job_schema_ddl(table) }};
            {{ job_table_ddl(table) }};
        {% endfor %}
    """,
    # From each schema version that a table ever had, as the ones of today would be migrated.
    "migrations": """
        {% set tables = {} %}
        {% for table in graph.sources.values() if table.source_name == 'jobs' %}
            {% do tables.update({table.name: table}) %}
            {{ job_table_ddl(table) }};
        {% endfor %}
        {% for name, known in job_table_history().items() %}
            {% for columns in known.versions[:-1] %}
                {% set found, ddl = {}, [] %}
                {% for column, type in columns.items() %}
                    {% do found.update({column: api.Column.create(column, job_column_type(type))}) %}
                    {% do ddl.append(column ~ ' ' ~ job_column_type(type)) %}
                {% endfor %}
                create or replace table {{ tables[name].relation_name }} ({{ ddl | join(', ') }})
                {{ table_layout(tables[name].config.meta) }};
                {{ migration_statements(tables, name, found, loop.index) | join(';\n') }};
            {% endfor %}
            {% if known.first_rows %}
                drop table {{ tables[name].relation_name }};
                {{ filled_job_table_ddl(tables[name], with_relations(known.first_rows, tables)) }};
            {% endif %}
        {% endfor %}
        {% for table in tables.values() %}
            {{ job_table_ddl(table) }};
        {% endfor %}
        {{ recorded_versions_statement(tables.table_versions, {'clusters': 1, 'job_runs': 2}) }};
    """,
    "table_versions": """
        {% for table in graph.sources.values() if table.name == 'table_versions' %}
            {{ recorded_versions_query(table) }};
        {% endfor %}
    """,
    "raw_findings": """
        {{ raw_findings_by_account() }};
        {{ raw_findings_by_account("date '2026-01-05'") }};
        {{ raw_accounts() }};
        {{ raw_accounts("date '2026-01-05'") }};
    """,
    # Columns of other types than the contract's: what each kind of type is read by.
    "raw_values": """
        {% set columns = raw_contract('creative_daily_metrics') %}
        {% set texts, numbers = {}, {} %}
        {% for column in columns %}
            {% do texts.update({column: 'text'}) %}
            {% do numbers.update({column: 'float' if column in raw_numbers() else 'text'}) %}
        {% endfor %}
        {% for types in [texts, numbers] %}
            with {{ raw_metrics_ctes(types, "date '2026-01-05'") }}, {{ faulty_value_ctes(types, "date '2026-01-05'") }}
            select keys.spend, faulty_values.examples from keys cross join faulty_values;
            with {{ raw_metrics_ctes(types, "date '2026-01-05'") }},
            {{ repeated_row_ctes(types, "date '2026-01-05'") }},
            {{ other_key_ctes(raw_metrics_other_columns(types)) }}
            select row_findings.examples, repeated_under_other_keys.column_name
            from row_findings cross join repeated_under_other_keys;
        {% endfor %}
        select
            {{ raw_day('timestamp(read_at)', 'moment') }} as day_of_a_moment,
            {{ has_a_zone('timestamp(read_at)', 'moment') }} as has_a_zone,
            {{ time_in_zone('timestamp(read_at)', 'Europe/Berlin') }} as time_of_a_moment,
            {{ raw_id('cast(1 as float64)', 'float') }} as id_of_a_float,
            {{ raw_account_id('cast(1 as numeric)', 'decimal') }} as id_of_a_decimal,
            {{ lost_digits('cast(1 as float64)', 'float') }} as digits,
            {{ raw_money_in_micros('1', 'integer') }} as money,
            {{ raw_count('cast(1 as numeric)', 'decimal') }} as number,
            {{ any_as_text('[1]') }} as anything,
            {{ ordered_version("'9'") }} as version,
            {{ raw_moment('read_at', 'clock') }} as moment,
            {{ raw_moment('cast(read_at as string)', 'text') }} as moment_of_a_text
        from (select cast('2026-01-05' as datetime) as read_at) as read_rows;
    """,
    "creative_records": """
        {% for node in graph.nodes.values() if node.name == 'int_creatives__records' %}
            {{ keep_creative_records(node.relation_name) }};
        {% endfor %}
    """,
    "begin_build": """
        {% for node in graph.nodes.values()
            if node.resource_type == 'model' and node.config.materialized == 'incremental_by_period' %}
            {{ begin_build_statement(node, none if flags.FULL_REFRESH else "date '2026-01-05'") }};
        {% endfor %}
    """,
    "incremental_builds": """
        {% for node in graph.nodes.values()
            if node.resource_type == 'model' and node.config.materialized == 'incremental_by_period' %}
            {{ window_start_query(node) }};
            {{ window_of_another_query(node) }};
            {{ replaced_from_query(node.name) }};
            {{ record_build_statement(node, node.relation_name, none) }};
            {{ record_build_statement(node, node.relation_name, "date '2026-01-05'") }};
        {% endfor %}
    """,
    # What dbt asks a contract's types by, and how it creates the table.
    "contracts": """
        {% for node in graph.nodes.values() if node.resource_type == 'model' and node.config.contract.enforced %}
            {% set table = api.Relation.create(database=node.database, schema=node.schema, identifier=node.alias) %}
            {{ get_empty_schema_sql(node.columns) }};
            create table if not exists {{ table.incorporate(path={'identifier': node.alias ~ '__contract'}) }} (
                {{ adapter.render_raw_columns_constraints(raw_columns=node.columns) | join(', ') }}
            );
        {% endfor %}
    """,
    "replace_since": """
        {% for node in graph.nodes.values()
            if node.resource_type == 'model' and node.config.materialized == 'incremental_by_period'
                and not flags.FULL_REFRESH %}
            {% set table = api.Relation.create(database=node.database, schema=node.schema, identifier=node.alias) %}
            {% set rows = 'select * from ' ~ table.incorporate(path={'identifier': node.alias ~ '__new'}) %}
            {{ replace_since_statement(
                table, rows, node.columns | list, node.config.partition_by.field, "date '2026-01-05'"
            ) }};
        {% endfor %}
    """,
}

# dbt learns while it parses which of them a script reads.
_RAW_TABLES = "{% do raw_table('creatives') %}{% do raw_table('creative_daily_metrics') %}"


def compile_shapes(directory: Path) -> dict[str, dict[str, Any]]:
    """The manifest of each shape: the demo's first build, a later run of it, and a run on data of one's own."""
    project = make_workspace(directory).directory
    profile = {"creative_approaches": {"target": "bigquery", "outputs": {"bigquery": PROFILE}}}
    (project / "profiles.yml").write_text(yaml.safe_dump(profile))
    (project / "analyses").mkdir()
    for name, sql in SCRIPTS.items():
        (project / "analyses" / f"{name}.sql").write_text(f"{_RAW_TABLES}{{% if execute %}}{sql}{{% endif %}}")

    def compile_demo() -> tuple[dict[str, Any], dict[str, Any]]:
        # One after the other in one folder: the second finds the project parsed.
        return _compile(project, "demo", "--full-refresh"), _compile(project, "demo")

    with ThreadPoolExecutor() as threads:
        demo = threads.submit(compile_demo)
        own_data = threads.submit(_compile, project, "own data", "--vars", yaml.safe_dump(OWN_DATA))
        first_build, later_run = demo.result()
        return {"first build": first_build, "later run": later_run, "own data": own_data.result()}


def _compile(project: Path, target: str, *arguments: str) -> dict[str, Any]:
    finished = run_warm(
        "dbt.cli.main",
        [
            *("compile", "--no-populate-cache", "--no-introspect"),
            *("--target-path", target, "--log-path", target, *arguments),
        ],
        project,
        {name: value for name, value in os.environ.items() if not name.startswith(("DBT_", "APPROACHES_"))},
        COMPILE_TIMEOUT,
    )
    if finished.returncode != 0:
        raise RuntimeError(f"dbt compile failed:\n{finished.stdout}{finished.stderr}")
    return read_manifest(project / target)
