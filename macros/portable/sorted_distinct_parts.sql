{# The non-empty parts of a delimited string, trimmed, distinct, sorted by their bytes and joined by ', '. Null where none is left. #}
{% macro sorted_distinct_parts(text, delimiter) %}
    {{ return(adapter.dispatch('sorted_distinct_parts', 'creative_approaches')(text, delimiter)) }}
{% endmacro %}

{% macro duckdb__sorted_distinct_parts(text, delimiter) -%}
    nullif(array_to_string(list_sort(list_distinct(
        [trim(part) for part in string_split({{ text }}, '{{ delimiter }}') if trim(part) <> '']
    )), ', '), '')
{%- endmacro %}

{% macro bigquery__sorted_distinct_parts(text, delimiter) -%}
    (
        select string_agg(distinct trim(part), ', ' order by trim(part))
        from unnest(split({{ text }}, '{{ delimiter }}')) as part
        where trim(part) <> ''
    )
{%- endmacro %}
