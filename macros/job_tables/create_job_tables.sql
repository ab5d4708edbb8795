{# Job tables as this version declares them, before anything reads one. Each job asks for the same, see migrate_job_tables. #}
{% macro create_job_tables() %}
    {% if touches_the_warehouse() %}
        {% do migrate_job_tables() %}
    {% endif %}
{% endmacro %}

{# Statement that creates the schema of a table. #}
{% macro job_schema_ddl(table) %}
    create schema if not exists {{ api.Relation.create(database=table.database, schema=table.schema) }}
{% endmacro %}

{# Statement that creates a table where it is missing. #}
{% macro job_table_ddl(table) %}
    {% set columns = [] %}
    {% for column in table.columns.values() %}
        {% do columns.append(column.name ~ ' ' ~ column.data_type) %}
    {% endfor %}
    create table if not exists {{ table.relation_name }} ({{ columns | join(', ') }}) {{ table_layout(table.config.meta) }}
{% endmacro %}

{# Statement that creates a table where it is missing, with rows: all of them or no table, whenever it is killed. #}
{% macro filled_job_table_ddl(table, rows) %}
    create table if not exists {{ table.relation_name }} {{ table_layout(table.config.meta) }} as
    {{ rows }}
{% endmacro %}
