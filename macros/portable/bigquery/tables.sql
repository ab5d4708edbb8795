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

{# BigQuery asks for the right to create datasets even where there is nothing to create. #}
{% macro bigquery__schema_exists(database, schema) %}
    {{ return(schema in adapter.list_schemas(database)) }}
{% endmacro %}

{% macro bigquery__table_layout(layout) -%}
    {%- if 'partition_by' in layout %} partition by {{ layout.partition_by }}{% endif %}
    {%- if 'cluster_by' in layout %} cluster by {{ layout.cluster_by | join(', ') }}{% endif %}
{%- endmacro %}

{# BigQuery takes five statements of a table in ten seconds: https://cloud.google.com/bigquery/quotas#standard_tables #}
{% macro bigquery__alter_table(relation, actions) %}
    {{ return(['alter table ' ~ relation ~ ' ' ~ actions | join(', ')] if actions else []) }}
{% endmacro %}

{% macro bigquery__rename_column(from, to) %}
    {{ return('rename column if exists ' ~ from ~ ' to ' ~ to) }}
{% endmacro %}

{# One request and no query: BigQuery bills a query of INFORMATION_SCHEMA, and may answer it with what was before. #}
{% macro bigquery__existing_tables(database, schema) %}
    {% set place = api.Relation.create(database=database, schema=schema).without_identifier() %}
    {{ return(adapter.list_relations_without_caching(place) | map(attribute='identifier') | map('lower') | list) }}
{% endmacro %}
