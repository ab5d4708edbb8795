{# The non-empty parts of a delimited string, trimmed, distinct, sorted by their bytes and joined by ', '. Null where none is left. #}
{% macro sorted_distinct_parts(text, delimiter) %}
    {{ return(adapter.dispatch('sorted_distinct_parts', 'creative_approaches')(text, delimiter)) }}
{% endmacro %}
