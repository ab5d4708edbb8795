
{# A select: one row per part of a delimited string of a relation, with the row's key. Rows whose string is null drop out. #}
{% macro split_to_rows(relation, key, text, delimiter, part) %}
    {{ return(adapter.dispatch('split_to_rows', 'creative_approaches')(relation, key, text, delimiter, part)) }}
{% endmacro %}


{# A select: one row per number of an array of a relation, with the row's key. Rows whose array is empty drop out. #}
{% macro numbers_to_rows(relation, key, numbers, number) %}
    {{ return(adapter.dispatch('numbers_to_rows', 'creative_approaches')(relation, key, numbers, number)) }}
{% endmacro %}
