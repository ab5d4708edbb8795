{# How a table is laid out, for DDL: by days of partition_by, and sorted by cluster_by, where the warehouse does that. #}
{% macro table_layout(layout) %}
    {{ return(adapter.dispatch('table_layout', 'creative_approaches')(layout)) }}
{% endmacro %}
