{# The column type for DDL, from a data_type as the yml files write it. #}
{% macro column_type(data_type) %}
    {{ return(adapter.dispatch('column_type', 'creative_approaches')(data_type)) }}
{% endmacro %}

{% macro default__column_type(data_type) %}
    {% do return({'float64': 'double', 'array<float64>': 'double[]'}.get(data_type, data_type)) %}
{% endmacro %}

{% macro bigquery__column_type(data_type) %}
    {% do return(data_type) %}
{% endmacro %}
