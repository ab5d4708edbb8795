{# How a table is laid out, for DDL: by days of partition_by, and sorted by cluster_by, where the warehouse does that. #}
{% macro table_layout(layout) %}
    {{ return(adapter.dispatch('table_layout', 'creative_approaches')(layout)) }}
{% endmacro %}

{% macro duckdb__table_layout(layout) %}{% endmacro %}

{% macro bigquery__table_layout(layout) -%}
    {%- if 'partition_by' in layout %} partition by {{ layout.partition_by }}{% endif %}
    {%- if 'cluster_by' in layout %} cluster by {{ layout.cluster_by | join(', ') }}{% endif %}
{%- endmacro %}
