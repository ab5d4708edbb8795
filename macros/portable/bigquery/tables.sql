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
