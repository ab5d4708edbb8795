{# The tables that no model builds, empty and typed as their sources declare them, so that dbt works before any job ran.
   The statements are the hook's own text. No query may open a transaction before them: dbt would roll it back
   after the hooks, and the tables with it (see existing_columns). #}
{% macro create_job_tables() %}
    {% if touches_the_warehouse() %}
        {% set tables = graph.sources.values() | selectattr('source_name', 'in', ['jobs', 'builds']) | list %}
        {% for table in tables %}
            {% do refuse_outdated_job_table(table) %}
        {% endfor %}
        {# An account that may not make datasets can still use those that are there. #}
        {% set schemas = [] %}
        {% for table in tables if table.schema not in schemas and not schema_exists(table.database, table.schema) %}
            {% do schemas.append(table.schema) %}
            {{ job_schema_ddl(table) }}
        {% endfor %}
        {% for table in tables %}
            {{ job_table_ddl(table) }}
        {% endfor %}
    {% endif %}
{% endmacro %}

{# Statement that creates the schema of a table. #}
{% macro job_schema_ddl(table) %}
    create schema if not exists {{ api.Relation.create(database=table.database, schema=table.schema) }};
{% endmacro %}

{# Statement that creates a table where it is missing. #}
{% macro job_table_ddl(table) %}
    {% set columns = [] %}
    {% for column in table.columns.values() %}
        {% do columns.append(column.name ~ ' ' ~ column.data_type) %}
    {% endfor %}
    create table if not exists {{ table.relation_name }} ({{ columns | join(', ') }}) {{ table_layout(table.config.meta) }};
{% endmacro %}

{% macro refuse_outdated_job_table(table) %}
    {% set found = existing_columns(table.database, table.schema, table.identifier) %}
    {% for name in table.columns if found and name not in found %}
        {% do exceptions.raise_compiler_error(
            "Table " ~ table.schema ~ "." ~ table.identifier ~ " is missing column '" ~ name
            ~ "'. It was written by an older version. Drop it and run again: approaches " ~ table.config.meta.get('job', 'run')
        ) %}
    {% endfor %}
{% endmacro %}
