{# Gives DuckDB BigQuery's name for a double, the one type name that it lacks. #}
{% macro create_portable_types() %}
    {{ return(adapter.dispatch('create_portable_types', 'creative_approaches')()) }}
{% endmacro %}

{% macro default__create_portable_types() %}
    create type if not exists float64 as double
{% endmacro %}

{% macro bigquery__create_portable_types() %}{% endmacro %}
