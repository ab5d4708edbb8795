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

{# DuckDB lets everybody create a schema that is there; asking would open a transaction (see existing_columns). #}
{% macro duckdb__schema_exists(database, schema) %}
    {{ return(false) }}
{% endmacro %}

{% macro duckdb__table_layout(layout) %}{% endmacro %}

{# DuckDB takes one action in a statement. #}
{% macro duckdb__alter_table(relation, actions) %}
    {% set statements = [] %}
    {% for action in actions %}
        {% do statements.append('alter table ' ~ relation ~ ' ' ~ action) %}
    {% endfor %}
    {{ return(statements) }}
{% endmacro %}

{# One process holds the file, so there is no other run. #}
{% macro duckdb__rename_column(from, to) %}
    {{ return('rename column ' ~ from ~ ' to ' ~ to) }}
{% endmacro %}

{# Not dbt's own way, for the reason at existing_columns. #}
{% macro duckdb__existing_tables(database, schema) %}
    {% set query %}
        select lower(table_name) as table_name
        from system.information_schema.tables
        where
            lower(table_catalog) = lower('{{ database }}')
            and lower(table_schema) = lower('{{ schema }}')
    {% endset %}
    {{ return(run_query(query).columns[0].values() | list) }}
{% endmacro %}
