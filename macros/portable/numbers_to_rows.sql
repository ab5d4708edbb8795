{# A select: one row per number of an array of a relation, with the row's key. Rows whose array is empty drop out. #}
{% macro numbers_to_rows(relation, key, numbers, number) %}
    {{ return(adapter.dispatch('numbers_to_rows', 'creative_approaches')(relation, key, numbers, number)) }}
{% endmacro %}
