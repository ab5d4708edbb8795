{# The columns of a table or view in the warehouse, by their names in lower case; empty where it does not exist. #}
{% macro existing_columns(database, schema, identifier) %}
    {{ return(adapter.dispatch('existing_columns', 'creative_approaches')(database, schema, identifier)) }}
{% endmacro %}

{# dbt's own way opens a transaction here that nobody commits, so what a hook creates after it would be rolled back. #}
{% macro duckdb__existing_columns(database, schema, identifier) %}
    {% set query %}
        select
            column_name,
            data_type
        from system.information_schema.columns
        where
            lower(table_catalog) = lower('{{ database }}')
            and lower(table_schema) = lower('{{ schema }}')
            and lower(table_name) = lower('{{ identifier }}')
    {% endset %}
    {% set columns = {} %}
    {% for row in run_query(query).rows %}
        {% do columns.update({row[0] | lower: api.Column(row[0], row[1])}) %}
    {% endfor %}
    {{ return(columns) }}
{% endmacro %}

{% macro bigquery__existing_columns(database, schema, identifier) %}
    {% set columns = {} %}
    {% set relation = adapter.get_relation(database, schema, identifier) %}
    {% if relation is not none %}
        {% for column in adapter.get_columns_in_relation(relation) %}
            {% do columns.update({column.name | lower: column}) %}
        {% endfor %}
    {% endif %}
    {{ return(columns) }}
{% endmacro %}
