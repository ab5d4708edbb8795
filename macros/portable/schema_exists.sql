{# Whether a schema is known to exist. #}
{% macro schema_exists(database, schema) %}
    {{ return(adapter.dispatch('schema_exists', 'creative_approaches')(database, schema)) }}
{% endmacro %}

{# DuckDB lets everybody create a schema that is there; asking would open a transaction (see existing_columns). #}
{% macro duckdb__schema_exists(database, schema) %}
    {{ return(false) }}
{% endmacro %}

{# BigQuery asks for the right to create datasets even where there is nothing to create. #}
{% macro bigquery__schema_exists(database, schema) %}
    {{ return(schema in adapter.list_schemas(database)) }}
{% endmacro %}
